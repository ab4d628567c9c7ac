/** `klarsignal clearance-key`: the keys that sign clearances, listed and replaced, while the service runs or not. */
import { join } from 'node:path';
import { type KeyState, KeysError, listKeys, rotateKey } from '../../adapters/keys/keyring.ts';
import type { Locale } from '../../rule.ts';
import { configOf } from '../cli-environment.ts';
import { bad, readFlags } from '../cli-flags.ts';
import { systemClock } from '../parts.ts';
import { harmlessJson } from '../terminal.ts';
import { clearanceKeyWords } from './clearance-key-words.ts';

export async function clearanceKey(argv: string[], locale: Locale): Promise<number> {
  const words = clearanceKeyWords[locale];
  const { positionals, format } = readFlags(argv, {}, locale);
  const [action = '', more] = positionals;
  if (action !== 'list' && action !== 'rotate')
    bad('action-unknown', action || 'clearance-key', words.action);
  if (more !== undefined) bad('argument-unexpected', more, words.unexpected);
  const dir = join(configOf(locale).dataDir, 'keys');
  const keys = done(() => {
    return action === 'list' ? listKeys(dir, systemClock) : rotateKey(dir, 'clearance', systemClock);
  }, locale);
  process.stdout.write(`${format === 'json' ? harmlessJson({ keys }) : table(keys, locale)}\n`);
  if (action === 'rotate') process.stderr.write(`${words.rotated}\n`);
  return 0;
}

/** @throws BadInput for keys that cannot be used as they are. */
function done(work: () => KeyState[], locale: Locale): KeyState[] {
  try {
    return work();
  } catch (error) {
    const words = clearanceKeyWords[locale];
    if (error instanceof KeysError) return bad(error.code, 'KLARSIGNAL_DATA', words.faults[error.code]);
    if (error instanceof Error && 'syscall' in error)
      return bad('keys-unusable', 'KLARSIGNAL_DATA', words.unusable);
    throw error;
  }
}

function table(keys: readonly KeyState[], locale: Locale): string {
  const { columns, states } = clearanceKeyWords[locale];
  const minute = (at: string | null) => at?.slice(0, 16).replace('T', ' ') ?? '';
  const rows = keys.map(({ kid, madeAt, retiredAt, state }) => [
    kid,
    minute(madeAt),
    minute(retiredAt),
    states[state],
  ]);
  const all = [columns, ...rows];
  const widths = columns.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ');
  return all.map((row) => line(row).trimEnd()).join('\n');
}
