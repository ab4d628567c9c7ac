/** `klarsignal key`: API keys of the first organisation, made, listed and revoked. */
import { accessWords } from '../../access/words.ts';
import { createAccess, type Key } from '../../access.ts';
import type { Locale } from '../../rule.ts';
import { configOf } from '../cli-environment.ts';
import { BadInput, bad, readFlags } from '../cli-flags.ts';
import { systemClock } from '../parts.ts';
import { fitted, harmless, harmlessJson } from '../terminal.ts';
import { accessCommandWords } from './access-words.ts';
import { keyFlags } from './key-flags.ts';
import { besideService } from './store-beside.ts';

interface Call {
  /** After the action. */
  rest: readonly string[];
  values: { scope?: string[] | undefined; name?: string | undefined; days?: string | undefined };
  format: 'text' | 'json';
  locale: Locale;
}

const actions = new Map<string, (call: Call) => Promise<void>>([
  ['create', create],
  ['list', list],
  ['revoke', revoke],
]);

export async function key(argv: string[], locale: Locale): Promise<number> {
  const { values, positionals, format } = readFlags(argv, keyFlags, locale);
  const [name = '', ...rest] = positionals;
  const action = actions.get(name);
  if (!action) return bad('action-unknown', name || 'key', accessCommandWords[locale].keyAction);
  await action({ rest, values, format, locale });
  return 0;
}

async function create({ rest, values, format, locale }: Call): Promise<void> {
  const words = accessCommandWords[locale];
  nothingMore(rest, locale);
  const order = { name: values.name ?? words.unnamed, scopes: values.scope ?? [], days: values.days };
  const made = await besideService(configOf(locale), { make: true }, locale, async (store) =>
    createAccess({ store, clock: systemClock }).createKey(await store.firstOrganisation(), order),
  );
  if (made.kind === 'invalid') {
    const say = accessWords[locale].keyErrors;
    throw new BadInput(made.errors.map(({ code, field }) => ({ code, field, text: say[code] })));
  }
  // Of 64 random bits there is never a second.
  if (made.kind === 'repeated') throw new Error('a key id came twice');
  const { token } = made;
  if (format === 'json') process.stdout.write(`${harmlessJson({ key: token, ...made.key })}\n`);
  else {
    process.stdout.write(`${token}\n`);
    process.stderr.write(`${words.keyNote}\n`);
  }
}

async function list({ rest, values, format, locale }: Call): Promise<void> {
  nothingMore(rest, locale);
  noFlags(values, locale);
  const keys = await besideService(configOf(locale), { make: false }, locale, async (store) =>
    createAccess({ store, clock: systemClock }).keys(await store.firstOrganisation()),
  );
  const text = format === 'json' ? harmlessJson({ keys }) : table(keys, locale);
  process.stdout.write(`${text}\n`);
}

async function revoke({ rest: [id, ...rest], values, format, locale }: Call): Promise<void> {
  const words = accessCommandWords[locale];
  if (id === undefined) bad('key-id-missing', 'ID', words.noKeyId);
  nothingMore(rest, locale);
  noFlags(values, locale);
  const found = await besideService(configOf(locale), { make: false }, locale, async (store) =>
    createAccess({ store, clock: systemClock }).revokeKey(await store.firstOrganisation(), id),
  );
  if (!found) bad('key-missing', id, words.noKey);
  if (format === 'json') process.stdout.write(`${harmlessJson({ id, state: 'revoked' })}\n`);
  else process.stdout.write(`${fitted(words.revoked(id), process.stdout)}\n`);
}

function nothingMore([more]: readonly string[], locale: Locale): void {
  if (more !== undefined) bad('argument-unexpected', more, accessCommandWords[locale].unexpected);
}

/** Those of `create`. */
function noFlags(values: Call['values'], locale: Locale): void {
  const [given] = Object.keys(values).filter((name) => Object.hasOwn(keyFlags, name));
  if (given) bad('flag-unexpected', `--${given}`, accessCommandWords[locale].unexpected);
}

function table(keys: readonly Key[], locale: Locale): string {
  const words = accessCommandWords[locale];
  if (keys.length === 0) return words.noKeys;
  const rows = keys.map(({ id, name, lastFour, scopes, usedAt, state }) => [
    id,
    harmless(name),
    `ksk_…${lastFour}`,
    scopes.join(' '),
    usedAt?.slice(0, 16).replace('T', ' ') ?? words.never,
    words.states[state],
  ]);
  const all = [words.columns, ...rows];
  const widths = words.columns.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
