/**
 * What the names of a sender's mail point at and is no longer there. A name below a domain that nobody holds can be
 * brought to life by anybody who registers that domain, and then speaks for the sender.
 */
import { type DanglingName, findNames } from './dangling/names.ts';
import { type DanglingTerm, findTerms } from './dangling/terms.ts';
import type { Silent, Use } from './dangling/use.ts';
import type { SenderGathering as Gathering } from './gather.ts';

export type { Holding } from './dangling/holding.ts';
export type { DanglingName } from './dangling/names.ts';
export type { DanglingTerm } from './dangling/terms.ts';

export interface DanglingFact {
  terms: readonly DanglingTerm[];
  names: readonly DanglingName[];
  /** What DNS was silent about: of the SPF trees, and of the names by their use. */
  silent: { terms: readonly string[] } & Readonly<Record<Use, readonly string[]>>;
}

/** Looks at every name that the mail uses. Never fails. */
export async function gatherDangling(gathering: Gathering): Promise<DanglingFact> {
  const [terms, names] = await Promise.all([findTerms(gathering), findNames(gathering)]);
  return {
    terms: terms.found,
    names: names.found,
    silent: { terms: terms.silent.map(({ name }) => name), ...byUse(names.silent) },
  };
}

function byUse(silent: readonly Silent[]): Record<Use, string[]> {
  const of = (use: Use) => [...new Set(silent.filter((one) => one.use === use).map(({ name }) => name))];
  return { sending: of('sending'), other: of('other') };
}
