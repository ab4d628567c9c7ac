/** Who is to blame where a record lets half of all addresses pass. Pure. */
import { none, share, union, unionOf } from './addresses.ts';
import { isWide, matchedByEach } from './reach.ts';
import type { SpfNode } from './tree.ts';

/** The term that lets any address pass, or those that together let half of all pass (`half`). */
export interface Blamed {
  /** Whose record holds them. */
  domain: string;
  term: string;
  half: boolean;
}

/** Of terms that only together let half of all pass. */
const namedTerms = 4;
/** In thousandths: a term is named beside those that are enough. */
const much = 60;

/** Of a tree that is wide. */
export function blame(root: SpfNode): Blamed {
  return everyone(root) ?? widest(root);
}

/** `+all`, a prefix of no bits, an `exists` that every address meets, or an include that ends so. */
function everyone({ domain, branches }: SpfNode): Blamed | null {
  for (const { kind, qualifier, text, isVoid, node } of branches) {
    if (kind === 'all') return qualifier === '+' ? { domain, term: text, half: false } : null;
    if (qualifier !== '+') continue;
    const inner = node && everyone(node);
    if (inner) return inner;
    const wide = /\/0(?:\/\/|$)/.test(text) && (kind === 'ip4' || kind === 'ip6' || isVoid === false);
    if (wide || (kind === 'exists' && isVoid === false)) return { domain, term: text, half: false };
  }
  return null;
}

/**
 * The terms of the first record on the way down that lets half of all pass by what it holds itself, the largest first;
 * those of an include are another's.
 */
function widest({ domain, branches }: SpfNode): Blamed {
  const reaches = matchedByEach(branches);
  const passing = branches
    .map(({ qualifier, text, node }, i) => ({ qualifier, text, node, sure: reaches[i]?.sure ?? none }))
    .filter(({ qualifier }) => qualifier === '+');
  const own = passing.filter(({ node }) => node === null);
  const isOwn = isWide({ sure: unionOf(own.map(({ sure }) => sure)) });
  const inner = isOwn ? undefined : passing.find((one) => one.node && isWide(one));
  if (inner?.node) return widest(inner.node);
  const sized = (isOwn ? own : passing)
    .map((one) => ({ ...one, of: share(one.sure) }))
    .toSorted((one, other) => other.of - one.of);
  const terms: string[] = [];
  let sure = none;
  for (const one of sized.slice(0, namedTerms)) {
    if (isWide({ sure }) && one.of < much) break;
    terms.push(one.text);
    sure = union(sure, one.sure);
  }
  return { domain, term: terms.join(' '), half: true };
}
