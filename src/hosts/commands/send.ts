/** `klarsignal send`: begins a mailing on a running service by its API, and follows it. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { sayPause } from '../../campaigns/words.ts';
import type { Locale } from '../../rule.ts';
import { readBounded } from '../cli-files.ts';
import { BadInput, bad, readFlags } from '../cli-flags.ts';
import { cliWords } from '../cli-words.ts';
import { fitted, harmless, harmlessJson } from '../terminal.ts';
import { handedOver, isToNobody, isWatched, leftOf, resumed, tried } from './send-confirm.ts';
import { createService, type SendJson, type Service, Unreachable } from './send-service.ts';
import { sendWords } from './send-words.ts';

export const sendFlags = {
  clearance: { type: 'string' },
  recipients: { type: 'string' },
  at: { type: 'string' },
  'per-minute': { type: 'string' },
  standard: { type: 'boolean' },
  'audit-again': { type: 'boolean' },
  'leave-out-earlier': { type: 'boolean' },
  wait: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean' },
  url: { type: 'string' },
  'key-file': { type: 'string' },
} as const;

/** Bytes of a clearance, and of a key. */
const tokenBytes = 8192;
/** Milliseconds between two looks at a mailing. */
const lookEvery = 2000;
/** Looks without an answer, one after the other, after which nobody waits on. */
const silentLooks = 30;

const ended = { done: 0, paused: 1, cancelled: 1 } as const;
const flagOf: Record<string, string> = {
  clearance: '--clearance',
  recipients: '--recipients',
  startsAt: '--at',
  perMinute: '--per-minute',
  standard: '--standard',
  onExpiry: '--audit-again',
  leaveOutEarlier: '--leave-out-earlier',
  list: '--recipients',
};

export async function send(argv: string[], locale: Locale): Promise<number> {
  const words = sendWords[locale];
  const { values, positionals, format } = readFlags(argv, sendFlags, locale);
  if (positionals[0] !== undefined) bad('argument-unexpected', positionals[0], words.unexpected);
  const list = values.recipients ?? bad('recipients-missing', '--recipients', words.noRecipients);
  const dry = values['dry-run'] ?? false;
  const asks = !dry && !values.yes && isWatched();
  const order = {
    clearance: await tokenIn(
      values.clearance ?? bad('clearance-missing', '--clearance', words.noClearance),
      '--clearance',
      locale,
    ),
    ...(values.at === undefined ? {} : { startsAt: values.at }),
    ...(values['per-minute'] === undefined ? {} : { perMinute: numberOf(values['per-minute'], locale) }),
    ...(values.standard ? { standard: true } : {}),
    ...(values['audit-again'] ? { onExpiry: 'audit-again' } : {}),
    ...(values['leave-out-earlier'] ? { leaveOutEarlier: true } : {}),
    ...(dry ? { dryRun: true } : {}),
    // Nothing goes before somebody has said so.
    ...(asks ? { hold: true } : {}),
  };
  const service = createService(
    addressOf(values.url, locale),
    await keyOf(values['key-file'], locale),
    locale,
  );
  const version = await versionOf(list, locale);

  const made = await answered(locale, async () => {
    let begun = await service.begin(order, dry ? `cli-${randomUUID()}` : keyFor(order, version));
    // Somebody has said no before, and has come back.
    for (let again = 1; asks && begun.state === 'cancelled' && again < 100; again++)
      begun = await service.begin(order, keyFor(order, [...version, again]));
    // A repeat finds its list there already.
    return begun.lines > 0 || begun.importing || begun.state !== 'preparing'
      ? begun
      : handedIn(service, begun.id, list);
  });
  const say = (text: string) => process.stderr.write(fitted(`${harmless(text)}\n`, process.stderr));
  if (!dry) say(words.made(made.id, service.pageOf(made.id)));
  const held =
    (dry || asks) && made.state === 'preparing' ? await followed(service, made, say, locale) : made;
  if (dry) return tried(service, held, say, { format, locale });
  const waits = held.state === 'paused' && held.pauseReason === 'to-confirm';
  const go = asks && waits ? await resumed(service, held, say, locale) : held;
  if (!go) return ended.cancelled;
  const last = values.wait ? await followed(service, go, say, locale) : go;
  for (const { text } of last.warnings ?? []) say(text);
  const left = leftOf(last);
  if (left > 0) say(words.left(numbers[locale].format(left), left === 1));
  const nobody = isToNobody(last);
  if (nobody) say(words.nobody);
  else if (last.earlier) say(words.earlier(numbers[locale].format(last.earlier)));
  if (last.state === 'paused' && last.pauseReason !== null && !nobody)
    say(words.paused(sayPause(last.pauseReason, {}, locale).title));
  if (format === 'json') process.stdout.write(`${harmlessJson(last)}\n`);
  else process.stdout.write(`${last.id} ${last.state}\n`);
  if (nobody) return ended.cancelled;
  return values.wait && last.state in ended ? ended[last.state as keyof typeof ended] : 0;
}

/** A list that is refused leaves no mailing waiting for another one: the command that is run again makes its own. */
async function handedIn(service: Service, id: string, list: string): Promise<SendJson> {
  try {
    const body = Readable.toWeb(createReadStream(list)) as ReadableStream;
    return await service.handIn(id, body, formatOf(list));
  } catch (error) {
    if (error instanceof BadInput) await service.change(id, 'cancel').catch(() => undefined);
    throw error;
  }
}

/** Asks again and again until it has ended, and shows how far it has come: a line that moves, where one can. */
async function followed(
  service: Service,
  from: SendJson,
  say: (text: string) => void,
  locale: Locale,
): Promise<SendJson> {
  const line = movingLine(process.stderr);
  let last = from;
  let said = '';
  for (let silent = 0; ; await wait(lookEvery)) {
    try {
      last = await service.look(from.id);
      silent = 0;
    } catch (error) {
      silent += 1;
      if (error instanceof BadInput) throw error;
      if (silent >= silentLooks) {
        line?.clear();
        say(sendWords[locale].silent);
        throw error;
      }
      continue;
    }
    const text = toldOf(last, locale);
    if (line) line.show(text);
    else if (text !== said) say(text);
    said = text;
    if (last.state in ended) {
      line?.end();
      return last;
    }
  }
}

function toldOf({ state, importing, lines, recipients, counts, pace }: SendJson, locale: Locale): string {
  const words = sendWords[locale];
  const number = numbers[locale];
  const name = words.states[state] ?? state;
  if (importing || state === 'preparing') return `${name}: ${words.reading(number.format(lines))}`;
  if (isToNobody({ state, recipients, counts })) return words.nobody;
  const { suppressed = 0 } = counts;
  const handed = handedOver({ counts });
  const all = recipients - suppressed;
  const share = all === 0 ? 0 : Math.floor((100 * handed) / all) / 100;
  const told = words.progress(number.format(handed), number.format(all), percents[locale].format(share));
  const kept = suppressed > 0 ? `, ${words.suppressed(number.format(suppressed))}` : '';
  return `${name}: ${told}${kept}${pace ? `, ${words.pace(number.format(Math.round(pace)))}` : ''}`;
}

const numbers: Record<Locale, Intl.NumberFormat> = {
  en: new Intl.NumberFormat('en-GB'),
  sv: new Intl.NumberFormat('sv-SE'),
};
const percents: Record<Locale, Intl.NumberFormat> = {
  en: new Intl.NumberFormat('en-GB', { style: 'percent' }),
  sv: new Intl.NumberFormat('sv-SE', { style: 'percent' }),
};

/** undefined where nobody watches: a log gets whole lines. */
function movingLine(stream: NodeJS.WriteStream) {
  if (!stream.isTTY || process.env.TERM === 'dumb') return undefined;
  const clear = () => void stream.write('\r\u001b[K');
  return {
    clear,
    show: (text: string) => {
      clear();
      stream.write(harmless(text).slice(0, (stream.columns || 80) - 1));
    },
    end: () => void stream.write('\n'),
  };
}

/** The same order and list have the same key, so a command that is run again makes nothing new. */
function keyFor(order: object, list: readonly (string | number)[]): string {
  return `cli-${createHash('sha256')
    .update(JSON.stringify([order, ...list]))
    .digest('hex')
    .slice(0, 40)}`;
}

function formatOf(list: string): 'text/csv' | 'application/x-ndjson' {
  return /\.(ndjson|jsonl)$/i.test(list) ? 'application/x-ndjson' : 'text/csv';
}

/** What tells this list from another one, without reading it. */
async function versionOf(list: string, locale: Locale): Promise<(string | number)[]> {
  const about = await stat(list).catch((error: unknown) => unreadable('--recipients', codeOf(error), locale));
  if (!about.isFile()) return unreadable('--recipients', about.isDirectory() ? 'EISDIR' : 'ENOTREG', locale);
  return [list, about.size, about.mtimeMs];
}

async function tokenIn(path: string, flag: string, locale: Locale): Promise<string> {
  const read = await readBounded(path, tokenBytes);
  if (!read.ok && read.reason === 'too-large') return bad('file-too-large', flag, sendWords[locale].tooLarge);
  if (!read.ok) return unreadable(flag, read.code, locale);
  return new TextDecoder().decode(read.bytes).trim();
}

function unreadable(flag: string, code: string, locale: Locale): never {
  const reason = cliWords[locale].reasons[code] ?? code;
  return bad('file-unreadable', flag, `${sendWords[locale].unreadable}: ${reason}`);
}

async function keyOf(file: string | undefined, locale: Locale): Promise<string> {
  const key =
    file === undefined ? process.env.KLARSIGNAL_KEY?.trim() : await tokenIn(file, '--key-file', locale);
  // What cannot stand in a header is no key, and must not be shown in an error of it.
  if (!key || !/^[\x21-\x7e]+$/.test(key)) return bad('key-missing', '--key-file', sendWords[locale].noKey);
  return key;
}

function addressOf(text: string | undefined, locale: Locale): URL {
  const words = sendWords[locale];
  if (text === undefined) return bad('url-missing', '--url', words.noUrl);
  const url = URL.canParse(text) ? new URL(text) : bad('url-invalid', '--url', words.badUrl);
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && here)) return url;
  return bad(
    url.protocol === 'http:' ? 'url-insecure' : 'url-invalid',
    '--url',
    url.protocol === 'http:' ? words.insecureUrl : words.badUrl,
  );
}

function numberOf(text: string, locale: Locale): number {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= 100_000
    ? number
    : bad('per-minute-invalid', '--per-minute', sendWords[locale].badNumber);
}

/** What the service says no to is told by the flag that it came from. */
async function answered<T>(locale: Locale, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Unreachable)
      return bad('service-unreachable', '--url', sendWords[locale].unreachable);
    if (!(error instanceof BadInput)) throw error;
    throw new BadInput(error.errors.map((one) => ({ ...one, field: flagOf[one.field] ?? one.field })));
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
}
