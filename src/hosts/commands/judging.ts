/** What the commands that judge have in common: whom they ask, how they are stopped, and how they tell. */
import { policy } from '../../../rules/policy.ts';
import { createZoneResolver, parseZone } from '../../adapters/resolver/zone.ts';
import type { Answering } from '../../preflight.ts';
import type { Report } from '../../report/report.ts';
import { type RecordForm, recordForms, textReport } from '../../report/text.ts';
import type { Locale } from '../../rule.ts';
import { readBounded } from '../cli-files.ts';
import { bad, choice } from '../cli-flags.ts';
import { cliWords } from '../cli-words.ts';
import type { Config } from '../config.ts';
import { chooseNetwork, chooseResolver, systemClock } from '../parts.ts';
import { fitted, harmlessJson, terminalStyle } from '../terminal.ts';
import { auditWords } from './audit-words.ts';
import { jsonFault, zoneFault } from './zone-words.ts';

export const exitCodes = { clear: 0, blocked: 1, undecided: 2 } as const;
const signalExits = { SIGINT: 130, SIGTERM: 143 } as const;

/** Whom to ask in place of the system's own DNS servers. */
interface WorldFlags {
  zone?: string | undefined;
  resolver?: string | undefined;
  offline?: boolean | undefined;
}

/** @throws BadInput when there are several. */
export function oneWorld(values: WorldFlags, locale: Locale): void {
  const worlds = (['zone', 'resolver', 'offline'] as const).filter((flag) => values[flag] !== undefined);
  if (worlds.length > 1)
    bad('flags-conflict', worlds.map((flag) => `--${flag}`).join(' '), auditWords[locale].conflict);
}

/**
 * What answers. A zone file is a world of its own, and `--offline` asks nobody: nothing is fetched then, and no server
 * is greeted.
 */
export async function chooseWorld(
  { zone, resolver: named, offline = false }: WorldFlags,
  config: Config,
  locale: Locale,
): Promise<{
  answering: Omit<Answering, 'clock'>;
  simulated: boolean;
  close(): Promise<void>;
}> {
  const words = auditWords[locale];
  if (zone === undefined) {
    const resolver = chooseResolver(named ?? config.resolver);
    if (!resolver)
      bad('resolver-invalid', named === undefined ? 'KLARSIGNAL_RESOLVER' : '--resolver', words.badResolver);
    const simulated = (named ?? config.resolver) !== undefined;
    const answering = offline ? { resolver } : chooseNetwork(resolver, config);
    return { answering, simulated, close: async () => {} };
  }
  const read = await readBounded(zone, policy.limits.uploadBytes);
  if (!read.ok && read.reason === 'too-large') bad('zone-invalid', zone, words.zoneTooLarge);
  if (!read.ok) bad('zone-unreadable', zone, unusable(words.unreadable, read, locale));
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8').decode(read.bytes));
  } catch (error) {
    bad('zone-invalid', zone, `${words.badZone}: ${jsonFault(error, locale)}`);
  }
  const parsed = parseZone(content);
  if (!parsed.ok) {
    bad('zone-invalid', zone, `${words.badZone}: ${zoneFault(parsed, locale)}`);
  }
  const resolver = await createZoneResolver(parsed.zone, systemClock);
  return { answering: { resolver, dnsAlone: true }, simulated: true, close: resolver.close };
}

interface Printing {
  format: 'text' | 'json';
  records: RecordForm;
}

/** How a report is to be printed. @throws BadInput when the form is none. */
export function printingOf(
  { records }: { records?: string | undefined },
  format: Printing['format'],
  locale: Locale,
): Printing {
  return { format, records: choice('records', records, recordForms, locale) ?? 'plain' };
}

/** The report on standard output. `json`: as the API gives it, where that is another shape. */
export function printReport(
  report: Report,
  { format, records }: Printing,
  locale: Locale,
  json: unknown = report,
): void {
  process.stdout.write(
    format === 'json'
      ? `${harmlessJson(json)}\n`
      : fitted(
          textReport(report, locale, terminalStyle(process.stdout), auditWords[locale].asks, records),
          process.stdout,
        ),
  );
}

/** Told to stop, the audit is cut off and the browser goes too. `unhear`: how to stop listening. */
export function onSignals(close: () => Promise<unknown>): {
  signal: AbortSignal;
  /** How a process ends that was stopped so. */
  exitCode(): number;
  unhear(): void;
} {
  const names = ['SIGINT', 'SIGTERM'] as const;
  const stopping = new AbortController();
  const stop = (name: NodeJS.Signals) => {
    const exit = () => process.exit(signalExits[name as keyof typeof signalExits]);
    stopping.abort(name);
    close().then(exit, exit);
  };
  for (const name of names) process.once(name, stop);
  return {
    signal: stopping.signal,
    exitCode: () => signalExits[stopping.signal.reason as keyof typeof signalExits],
    unhear: () => {
      for (const name of names) process.off(name, stop);
    },
  };
}

export function unusable(text: string, { code }: { code: string }, locale: Locale): string {
  return `${text}: ${cliWords[locale].reasons[code] ?? code}.`;
}
