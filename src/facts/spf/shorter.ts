/**
 * A record that means the same and stays within the limits. First goes what does nothing; then includes are written
 * out as the addresses they stand for now, as few as need be, those that cost most first. Pure.
 */
import { type Addresses, addressesOf, minus, termsOf, unionOf } from './addresses.ts';
import type { SpfTermNote, SpfTermRead } from './terms.ts';
import type { SpfNode } from './tree.ts';

export interface SpfProposal {
  /** The record itself, then those that it includes. */
  records: readonly { name: string; text: string }[];
  /** Terms that did nothing. */
  dropped: readonly string[];
  /** Terms that are written out: to be renewed when whoever is behind them moves. */
  flattened: readonly string[];
  lookups: number;
}

interface Limits {
  lookups: number;
  voids: number;
  answerOctets: number;
}

interface Item extends SpfTermNote {
  /** null: not known for certain. */
  set: Addresses | null;
}

/** Of a DNS message beside the texts: header, question and one record without its name (RFC 1035 section 4.1). */
const overhead = 12 + 6 + 12;
/** Of those that cost the same written out last: what other records that we offer include. */
const staysLonger = /^include:amazonses\.com$/i;
/** A TXT record has its text in strings of 255, each with an octet for its length. */
const stringOctets = 255;

/** @returns null where the record needs no shortening, or none can be made that surely means the same. */
export function shorten(root: SpfNode, terms: readonly SpfTermRead[], limits: Limits): SpfProposal | null {
  const items = terms.map(({ note, set }): Item => ({ ...note, set }));
  const isLong = exceeds(cost(items), limits);
  if (!isLong || root.records.length !== 1 || root.faults.length > 0) return null;
  const body = items.filter(({ kind }) => kind !== 'all');
  const kept = body.filter((item) => !isUseless(item));
  const dropped = body.filter((item) => !kept.includes(item)).map(({ term }) => term);
  // The dearest first, so that as few as possible have to be renewed; what finds nothing breaks a record sooner.
  const candidates = kept
    .filter(({ lookups, set, blocks }) => lookups > 0 && set !== null && blocks !== null)
    .toSorted(
      (one, other) =>
        other.lookups + 10 * other.voids - one.lookups - 10 * one.voids ||
        Number(staysLonger.test(one.term)) - Number(staysLonger.test(other.term)),
    );
  for (let count = 0; count <= candidates.length; count += 1) {
    const flat = new Set(candidates.slice(0, count));
    const left = kept.filter((item) => !flat.has(item));
    const spent = cost(left);
    if (exceeds(spent, limits)) continue;
    // Where something is refused on the way, the order decides, and nothing can be moved.
    if (flat.size > 0 && kept.some(({ qualifier }) => qualifier !== '+')) return null;
    const records = write(root, left, flat, limits);
    const lookups = spent.lookups + records.length - 1;
    if (lookups > limits.lookups) continue;
    return { records, dropped, flattened: [...flat].map(({ term }) => term), lookups };
  }
  return null;
}

function exceeds(spent: { lookups: number; voids: number }, limits: Limits): boolean {
  return spent.lookups > limits.lookups || spent.voids > limits.voids;
}

/** The record without what is left out; with others for the blocks where they have no room in it. */
function write(
  root: SpfNode,
  left: readonly Item[],
  flat: ReadonlySet<Item>,
  limits: Limits,
): SpfProposal['records'] {
  const { domain, records } = root;
  const [record = ''] = records;
  const modifiers = record.split(' ').filter((word) => /^(?!v=|redirect=)[a-z][a-z0-9._-]*=/i.test(word));
  const isRedirect = ({ kind }: Item) => kind === 'redirect';
  const others = left.filter((item) => !isRedirect(item));
  const last = [
    ...ending(root, [...flat].some(isRedirect)),
    ...left.filter(isRedirect).map(({ term }) => term),
    ...modifiers,
  ];
  const text = (words: readonly string[]) => ['v=spf1', ...words, ...last].join(' ');
  if (flat.size === 0) return [{ name: domain, text: text(others.map(({ term }) => term)) }];
  const named = others.filter(({ kind }) => kind !== 'ip4' && kind !== 'ip6');
  const blocks = pool([...flat, ...others], named);
  const terms = named.map(({ term }) => term);
  const room = (name: string) => limits.answerOctets - overhead - name.length;
  const beside = root.octets - overhead - domain.length - strings(record);
  const whole = text([...blocks, ...terms]);
  if (strings(whole) <= room(domain) - beside) return [{ name: domain, text: whole }];
  const parts = share(blocks, domain, room);
  return [{ name: domain, text: text([...parts.map(({ name }) => `include:${name}`), ...terms]) }, ...parts];
}

/** It decides nothing, for any address: it matches none, or what it matches is decided before. */
function isUseless({ kind, set, idle, reserved }: Item): boolean {
  if (idle !== null || reserved !== null) return true;
  return kind !== 'redirect' && set !== null && set.length === 0;
}

function cost(items: readonly SpfTermNote[]): { lookups: number; voids: number } {
  return {
    lookups: items.reduce((sum, { lookups }) => sum + lookups, 0),
    voids: items.reduce((sum, { voids }) => sum + voids, 0),
  };
}

/** All addresses as the fewest blocks, without those that an include names anyway. */
function pool(items: readonly Item[], includes: readonly Item[]): string[] {
  const own = items.filter((item) => !includes.includes(item)).flatMap(({ set }) => (set ? [set] : []));
  const named = unionOf(includes.flatMap(({ kind, set }) => (kind === 'include' && set ? [set] : [])));
  return termsOf(unionOf(own)).filter((term) => minus(addressesOf(term), named).length > 0);
}

/** The `all` that ends it; of a redirect that is written out, the one that ended the other record. */
function ending({ branches }: SpfNode, isFlat: boolean): string[] {
  const all = branches.find(({ kind }) => kind === 'all');
  if (all) return [all.text];
  const redirect = branches.find(({ kind }) => kind === 'redirect');
  return isFlat && redirect?.node ? ending(redirect.node, true) : [];
}

function share(
  blocks: readonly string[],
  domain: string,
  room: (name: string) => number,
): { name: string; text: string }[] {
  const parts: string[][] = [];
  for (const block of blocks) {
    const last = parts.at(-1);
    const name = `_spf${parts.length}.${domain}`;
    const fits = last && strings(['v=spf1', ...last, block, '-all'].join(' ')) <= room(name);
    if (fits) last.push(block);
    else parts.push([block]);
  }
  return parts.map((part, i) => ({
    name: `_spf${i + 1}.${domain}`,
    text: ['v=spf1', ...part, '-all'].join(' '),
  }));
}

function strings(text: string): number {
  return text.length + Math.max(1, Math.ceil(text.length / stringOctets));
}
