/** What the tree of an SPF record says as a whole. Pure: the names were looked up before. */
import type { Policy } from '../../rule.ts';
import type { Addresses } from './addresses.ts';
import { readReach, type SpfReach, type Wide } from './reach.ts';
import type { Misspelt, Qualifier, SpfTerm } from './record.ts';
import { type SpfProposal, shorten } from './shorter.ts';
import { readTerms, type SpfTermNote } from './terms.ts';
import { type Blamed, blame } from './width.ts';

/**
 * `none`: the name has no SPF record. `unanswered`: DNS did not say. `loop`: it includes itself. `cut`: not
 * followed, the tree is far over the limit already. `macro`: its name depends on the mail (section 7).
 */
export type SpfState = 'found' | 'none' | 'several' | 'unanswered' | 'loop' | 'cut' | 'macro';

export interface SpfNode {
  domain: string;
  state: SpfState;
  /** All SPF records found; more than one is a permanent error. */
  records: readonly string[];
  branches: readonly SpfBranch[];
  /** Of several records: what their terms lead to, each once. Receivers read none of them. */
  parts: readonly SpfBranch[];
  /** Terms that cannot be read. */
  faults: readonly string[];
  /** Where there is no record: the one that was meant to be. */
  misspelt: Misspelt | null;
  /** Of the answer to the question for its TXT records, as a DNS message. */
  octets: number;
  /** A CNAME stands there, so that no other record can. */
  isAlias: boolean;
}

export interface SpfBranch extends SpfTerm {
  /** Which of the look-ups it spends, from 1; null when it spends none. */
  lookup: number | null;
  /** Its look-up returned no record at all (section 4.6.4). null: it spends none, or nobody knows. */
  isVoid: boolean | null;
  /** For mx: how many servers it names; over ten is a permanent error (section 4.6.4). */
  exchangers: number | null;
  /** For include and redirect. */
  node: SpfNode | null;
  /** For a and mx: which addresses match. null: nobody has looked. */
  servers: SpfServers | null;
}

export interface SpfServers {
  addresses: Addresses;
  /** false: there may be more, since DNS was silent or there are too many. */
  whole: boolean;
}

/** A place below the root where a receiver that gets there stops with a permanent error. */
export interface SpfBreak {
  /**
   * The target of include or redirect has no SPF record (`vanished`, sections 5.2 and 6.1), several, parts that
   * cannot be read (`invalid`), or comes back to itself (`loop`); or `mx` names over ten servers (`crowded`).
   */
  cause: 'vanished' | 'several' | 'invalid' | 'loop' | 'crowded';
  /** Whose record holds the term. */
  domain: string;
  term: string;
  /** What the term points at. */
  target: string;
  /** The term of the root record that leads there: the one that whoever owns the root can take out. */
  via: string;
}

export interface SpfTree {
  root: SpfNode;
  lookups: number;
  voids: number;
  /** The terms whose look-up is void, and whose records hold them. */
  voidTerms: readonly { domain: string; term: string }[];
  /** Names whose answer is missing: the numbers are then lower bounds. */
  unanswered: readonly string[];
  /** Qualifier of the `all` that ends it, redirects followed; null: without one. `unknown`: nobody knows. */
  all: Qualifier | null | 'unknown';
  wide: Wide;
  /** Who is to blame where it is wide; null where it is not, or nobody knows. */
  everyone: Blamed | null;
  breaks: readonly SpfBreak[];
  /** Whether any server can pass at all. `unknown`: it hangs on the mail, or on a name that was not read. */
  passes: boolean | 'unknown';
  /** Which addresses pass. */
  reach: SpfReach;
  /** Targets of include and redirect whose servers pass: all qualifiers on the way are `+`. */
  trusted: readonly string[];
  /** What each term of the root record brings, in order; not of a record with more than can be compared. */
  terms: readonly SpfTermNote[];
  /** Where it is over the limits: records that let the same addresses pass within them. */
  shorter: SpfProposal | null;
  /** Where the domain has no record: one that stands at a name where nobody looks for it. */
  misplaced: { name: string; text: string } | null;
  /** Includes and redirects that were not followed, and why. */
  unread: readonly { kind: 'include' | 'redirect'; state: 'macro' | 'cut'; term: string }[];
}

const mostExchangers = 10;

/** Counts and sums up. Gives the branches their numbers. */
export function readWhole(
  root: SpfNode,
  unanswered: readonly string[],
  misplaced: SpfTree['misplaced'],
  limits: Policy['spf'],
): SpfTree {
  const counted = { lookups: 0 };
  number(root, counted);
  const voidTerms = voids(root);
  const { reach, wide } = readReach(root);
  const terms = readTerms(root);
  return {
    root,
    ...counted,
    voids: voidTerms.length,
    voidTerms,
    unanswered,
    all: ending(root),
    wide,
    everyone: wide === true ? blame(root) : null,
    breaks: breaks(root),
    passes: passes(reach),
    reach,
    trusted: trusted(root),
    terms: terms.map(({ note }) => note),
    shorter: unanswered.length > 0 ? null : shorten(root, terms, limits),
    misplaced,
    unread: unread(root),
  };
}

/** Numbers the look-ups in the order in which a receiver that matches nothing would spend them. */
function number(node: SpfNode, counted: { lookups: number }): void {
  for (const branch of node.branches) {
    if (branch.lookup === null) continue;
    counted.lookups += 1;
    branch.lookup = counted.lookups;
    if (branch.node) number(branch.node, counted);
  }
}

function voids({ domain, branches }: SpfNode): { domain: string; term: string }[] {
  return branches.flatMap(({ text, isVoid, node }) => [
    ...(isVoid ? [{ domain, term: text }] : []),
    ...(node ? voids(node) : []),
  ]);
}

function ending({ branches, state }: SpfNode): SpfTree['all'] {
  if (state === 'unanswered' || state === 'cut' || state === 'macro') return 'unknown';
  const all = branches.find(({ kind }) => kind === 'all');
  if (all) return all.qualifier;
  const redirect = branches.find(({ kind }) => kind === 'redirect');
  return redirect?.node ? ending(redirect.node) : null;
}

function passes({ sure, maybe, hosts }: SpfReach): SpfTree['passes'] {
  if (sure.length > 0 || hosts) return true;
  return maybe.length > 0 ? 'unknown' : false;
}

function trusted({ branches }: SpfNode): string[] {
  return branches.flatMap(({ qualifier, node }) =>
    node && qualifier === '+' ? [node.domain, ...trusted(node)] : [],
  );
}

function unread({ branches }: SpfNode): SpfTree['unread'] {
  return branches.flatMap(({ kind, text, node }) => {
    if (!node || (kind !== 'include' && kind !== 'redirect')) return [];
    const { state } = node;
    return state === 'macro' || state === 'cut' ? [{ kind, state, term: text }] : unread(node);
  });
}

const causes: Partial<Record<SpfState, SpfBreak['cause']>> = {
  none: 'vanished',
  several: 'several',
  loop: 'loop',
};

function breaks({ domain, branches }: SpfNode, above?: string): SpfBreak[] {
  return branches.flatMap(({ text, domain: target, exchangers, node }) => {
    const via = above ?? text;
    const found = (cause: SpfBreak['cause'], at: string) => [{ cause, domain, term: text, target: at, via }];
    if (exchangers !== null && exchangers > mostExchangers) return found('crowded', target ?? domain);
    if (!node) return [];
    const cause = causes[node.state] ?? (node.faults.length > 0 ? 'invalid' : undefined);
    return cause ? found(cause, node.domain) : breaks(node, via);
  });
}
