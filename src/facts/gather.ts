/**
 * Looks everything up, each fact once, all together, each within its budget. What fails, or is late, costs
 * its own fact and nothing else.
 */
import type { Browser, Clock, DnsAnswer, RecordType, Resolver, Scanner } from '../ports.ts';
import type { Client, Policy } from '../rule.ts';
import type { Submission } from '../submission.ts';
import { gatherAuthor } from './author.ts';
import { gatherCss } from './css.ts';
import { gatherDkim } from './dkim.ts';
import { gatherDmarc } from './dmarc.ts';
import {
  type Evidence,
  type Fact,
  FactError,
  type FactName,
  type Facts,
  type GatheredFacts,
} from './facts.ts';
import { gatherHtml } from './html.ts';
import { gatherMailFrom } from './mail-from.ts';
import { gatherMalware } from './malware.ts';
import { gatherMarkup } from './markup.ts';
import { gatherMessage } from './message.ts';
import { gatherRendering } from './rendering.ts';
import { gatherSpf } from './spf.ts';

/** What a gatherer may use. Every DNS question is asked once an audit, whoever asks. */
export interface Gathering {
  submission: Submission;
  policy: Policy;
  clients: readonly Client[];
  browser: Browser;
  /** undefined: none is set up. */
  scanner?: Scanner | undefined;
  signal: AbortSignal;
  dns(name: string, type: RecordType): Promise<DnsAnswer>;
  progress(done: number, of: number): void;
}

type Budget = 'none' | keyof Policy['budgets'];

const gatherers: {
  [N in FactName]: { budget: Budget; gather(gathering: Gathering): Facts[N] | Promise<Facts[N]> };
} = {
  message: { budget: 'none', gather: gatherMessage },
  html: { budget: 'none', gather: gatherHtml },
  css: { budget: 'none', gather: gatherCss },
  markup: { budget: 'none', gather: gatherMarkup },
  author: { budget: 'dns', gather: gatherAuthor },
  spf: { budget: 'dns', gather: gatherSpf },
  dkim: { budget: 'dns', gather: gatherDkim },
  dmarc: { budget: 'dns', gather: gatherDmarc },
  mailFrom: { budget: 'dns', gather: gatherMailFrom },
  rendering: { budget: 'rendering', gather: gatherRendering },
  malware: { budget: 'malware', gather: gatherMalware },
};

/** Whether a fact rests on what DNS answers now. */
export function asksDns(name: FactName): boolean {
  return gatherers[name].budget === 'dns';
}

export type Progress =
  | { fact: FactName; state: 'waiting' | 'running' | 'known' | 'unknown' | 'left-out' }
  | { fact: FactName; state: 'running'; done: number; of: number };

export interface World {
  resolver: Resolver;
  browser: Browser;
  /** Looks for malware; without one, what is attached is unknown. */
  scanner?: Scanner | undefined;
  clock: Clock;
  policy: Policy;
  clients: readonly Client[];
}

export interface GatherOptions {
  /** Parts left out by choice. */
  leaveOut: { dns: boolean; previews: boolean };
  signal: AbortSignal;
  onProgress(progress: Progress): void;
}

/** Milliseconds a gatherer gets after its budget to hand over what it has. */
const grace = 300;

/** Gathers the named facts. Never rejects. */
export async function gather(
  names: readonly FactName[],
  submission: Submission,
  world: World,
  { leaveOut, signal, onProgress }: GatherOptions,
): Promise<GatheredFacts> {
  const { policy, clients, browser, scanner } = world;
  const deadlines: Record<keyof Policy['budgets'], AbortSignal> = {
    dns: AbortSignal.any([signal, AbortSignal.timeout(policy.budgets.dns)]),
    rendering: AbortSignal.any([signal, AbortSignal.timeout(policy.budgets.rendering)]),
    malware: AbortSignal.any([signal, AbortSignal.timeout(policy.budgets.malware)]),
  };
  const ask = askOnce(world.resolver, deadlines.dns);

  const gatherOne = async <N extends FactName>(name: N): Promise<Fact<Facts[N]>> => {
    const { budget, gather: look } = gatherers[name];
    if ((budget === 'dns' && leaveOut.dns) || (budget === 'rendering' && leaveOut.previews)) {
      onProgress({ fact: name, state: 'left-out' });
      return { known: false, reason: 'left-out', detail: '', evidence: [] };
    }
    const deadline = budget === 'none' ? signal : deadlines[budget];
    const evidence = new Map<string, Evidence | undefined>();
    let left = keptOfFact;
    // A gatherer that was given up may go on: what it still asks or says belongs to no one.
    let ended = false;
    onProgress({ fact: name, state: 'running' });
    const gathering: Gathering = {
      submission,
      policy,
      clients,
      browser,
      scanner,
      signal: deadline,
      async dns(question, type) {
        if (ended) throw new FactError('late', 'asked after its end');
        const key = `${question} ${type}`;
        if (!evidence.has(key)) evidence.set(key, undefined);
        const answer = await ask(question, type);
        if (!ended && !evidence.get(key)) {
          const kept = evidenceOf(answer, left);
          left -= kept.records.reduce((sum, { data }) => sum + data.length, 0);
          evidence.set(key, kept);
        }
        return answer;
      },
      progress(done, of) {
        if (!ended) onProgress({ fact: name, state: 'running', done, of });
      },
    };
    const late = lateness(deadline);
    const end = () => {
      ended = true;
      late.cancel();
      return [...evidence.values()].filter((one) => one !== undefined);
    };
    try {
      const value = await Promise.race([Promise.resolve(look(gathering)), late.promise]);
      const seen = end();
      onProgress({ fact: name, state: 'known' });
      return { known: true, value, evidence: seen };
    } catch (error) {
      const seen = end();
      onProgress({ fact: name, state: 'unknown' });
      const detail = error instanceof Error ? error.message : String(error);
      const reason = error instanceof FactError ? error.reason : 'crashed';
      return { known: false, reason, detail, evidence: seen };
    }
  };

  const wanted = [...new Set(names)];
  for (const name of wanted) onProgress({ fact: name, state: 'waiting' });
  // The first questions to DNS are on their way before what only takes time begins.
  const asking = (name: FactName) => (gatherers[name].budget === 'dns' ? 0 : 1);
  const order = wanted.toSorted((one, other) => asking(one) - asking(other));
  const gathered = await Promise.all(order.map(async (name) => [name, await gatherOne(name)] as const));
  return Object.fromEntries(gathered);
}

/** Every question once an audit, whoever asks. */
function askOnce(
  resolver: Resolver,
  signal: AbortSignal,
): (name: string, type: RecordType) => Promise<DnsAnswer> {
  const asked = new Map<string, Promise<DnsAnswer>>();
  return (name, type) => {
    const key = `${name} ${type}`;
    const answer = asked.get(key) ?? resolver.ask({ name, type }, signal);
    asked.set(key, answer);
    return answer;
  };
}

/** What of one answer goes into a report: a hostile zone fills 64 KB for each question. */
const keptRecords = 50;
const keptCharacters = 4000;
/** Of one fact: a sound SPF tree of ten records has about 3000. */
const keptOfFact = 24_000;

function evidenceOf(answer: DnsAnswer, allowed: number): Evidence {
  const { records } = answer;
  let left = Math.min(keptCharacters, allowed);
  let cut = records.length > keptRecords;
  const kept = records.slice(0, keptRecords).flatMap(({ strings: _, ...record }) => {
    if (left <= 0 || record.data.length > left) cut = true;
    if (left <= 0) return [];
    const data = record.data.length > left ? `${record.data.slice(0, left)} …` : record.data;
    left -= record.data.length;
    return [{ ...record, data }];
  });
  const detail = cut ? { detail: `shortened, of ${records.length} records` } : {};
  return { kind: 'dns', ...answer, records: kept, ...detail };
}

/** Rejects a little after the deadline, for gatherers that do not look at their signal. */
function lateness(deadline: AbortSignal): { promise: Promise<never>; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = () => {};
  const promise = new Promise<never>((_, reject) => {
    onAbort = () => {
      timer = setTimeout(() => reject(new FactError('late', 'over its budget')), grace);
    };
    if (deadline.aborted) onAbort();
    else deadline.addEventListener('abort', onAbort, { once: true });
  });
  return {
    promise,
    cancel() {
      clearTimeout(timer);
      deadline.removeEventListener('abort', onAbort);
    },
  };
}
