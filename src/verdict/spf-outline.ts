/** The SPF tree of a verdict, small enough to be kept and drawn. Pure. */
import type { SpfBranch, SpfFact, SpfNode, SpfState } from '../facts/spf.ts';
import type { Policy } from '../rule.ts';

export interface SpfOutline {
  domain: string;
  /** Whose tree it is: that of MAIL FROM, which receivers read, or of From where MAIL FROM is not known. */
  of: 'mailFrom' | 'from';
  lookups: number;
  /** How many a receiver makes at most (RFC 7208 section 4.6.4). */
  limit: number;
  /** Look-ups that return nothing, and how many a receiver stands (section 4.6.4); absent in older verdicts. */
  voids?: { count: number; limit: number };
  /** false: answers are missing, or parts were not followed, so `lookups` is a lower bound. */
  complete: boolean;
  root: SpfOutlineNode;
}

export interface SpfOutlineNode {
  domain: string;
  state: SpfState;
  terms: SpfOutlineTerm[];
  /** How many more terms there are, here and below them, than are listed. */
  omitted?: number;
}

export interface SpfOutlineTerm {
  text: string;
  /** Which of the look-ups it spends, from 1; null when it spends none. */
  lookup: number | null;
  /** Its look-up returned no record; null: it spends none, or nobody knows. */
  isVoid: boolean | null;
  /** It cannot be read, and receivers stop at once (RFC 7208 section 4.6). */
  fault?: true;
  /** What include or redirect leads to. */
  node: SpfOutlineNode | null;
}

/** Of one tree: nobody reads more, and every verdict that is kept holds them. */
const termsAtMost = 100;
/** Of one record, beside those: the first already breaks it. */
const faultsAtMost = 5;
/** Longer than the longest name with its mechanism; a hostile record has terms of 64 KB. */
const textAtMost = 270;

/** Draws up the tree that receivers read. Pure. Terms near the root are kept before those deep down. */
export function outlineSpf({ author, mailFrom }: SpfFact, { spf }: Pick<Policy, 'spf'>): SpfOutline {
  const { root, lookups, voidTerms, unanswered, unread } = mailFrom ?? author;
  return {
    domain: root.domain,
    of: mailFrom ? 'mailFrom' : 'from',
    lookups,
    limit: spf.lookups,
    voids: { count: voidTerms.length, limit: spf.voids },
    complete: unanswered.length === 0 && unread.length === 0,
    root: outlineNode(root, kept(root)),
  };
}

function kept(root: SpfNode): Set<SpfBranch> {
  const found = new Set<SpfBranch>();
  const nodes = [root];
  for (const { branches } of nodes) {
    for (const branch of branches) {
      if (found.size === termsAtMost) return found;
      found.add(branch);
      if (branch.node) nodes.push(branch.node);
    }
  }
  return found;
}

function outlineNode(
  { domain, state, branches, faults }: SpfNode,
  keeps: ReadonlySet<SpfBranch>,
): SpfOutlineNode {
  const shown = faults.slice(0, faultsAtMost);
  const omitted = count(branches.filter((branch) => !keeps.has(branch))) + faults.length - shown.length;
  return {
    domain: short(domain),
    state,
    terms: [
      ...shown.map(
        (text) => ({ text: short(text), lookup: null, isVoid: null, fault: true, node: null }) as const,
      ),
      ...branches
        .filter((branch) => keeps.has(branch))
        .map(({ text, lookup, isVoid, node }) => ({
          text: short(text),
          lookup,
          isVoid,
          node: node && outlineNode(node, keeps),
        })),
    ],
    ...(omitted > 0 ? { omitted } : {}),
  };
}

function count(branches: readonly SpfBranch[]): number {
  return branches.reduce(
    (sum, { node }) => sum + 1 + (node ? node.faults.length + count(node.branches) : 0),
    0,
  );
}

function short(text: string): string {
  return text.length > textAtMost ? `${text.slice(0, textAtMost)}…` : text;
}
