/** What each term of one record brings: what it costs, whom it lets in, and whether any earlier one did. Pure. */
import { type Addresses, addressesOf, all, both, minus, none, termsOf, union, unionOf } from './addresses.ts';
import { matchedByEach } from './reach.ts';
import type { Qualifier } from './record.ts';
import type { SpfBranch, SpfNode } from './tree.ts';

export interface SpfTermNote {
  term: string;
  kind: SpfBranch['kind'];
  qualifier: Qualifier;
  /** Look-ups that it spends, with all that is below it. */
  lookups: number;
  /** Of them those that find nothing. */
  voids: number;
  /** The addresses that it matches, as `ip4:` and `ip6:` terms; null: not known for certain, or too many. */
  blocks: readonly string[] | null;
  /**
   * It decides nothing: an earlier term says the same (`same`), or earlier ones match all that it does (`covered`).
   * `by` is the first that does so alone; null: only together.
   */
  idle: { how: 'same' | 'covered'; by: string | null } | null;
  /** Of an `ip4` or `ip6` term with bits after its prefix: the block as receivers read it. */
  network: string | null;
  /** Of an `ip4` or `ip6` term: it lies where no server of the internet can be. */
  reserved: 'private' | 'loopback' | 'link-local' | null;
}

/** More are not compared: each is set against all before it. */
const termsCompared = 200;
const blocksKept = 400;
/** Of all terms of a record. */
const blocksWritten = 4000;

/** IANA's special-purpose registries (RFC 6890): what is never seen on the internet. */
const reserved: readonly [Exclude<SpfTermNote['reserved'], null>, Addresses][] = [
  [
    'private',
    // RFC 1918, RFC 6598 (shared by the customers of a carrier), RFC 4193.
    ['ip4:10.0.0.0/8', 'ip4:172.16.0.0/12', 'ip4:192.168.0.0/16', 'ip4:100.64.0.0/10', 'ip6:fc00::/7'],
  ],
  ['loopback', ['ip4:127.0.0.0/8', 'ip6:::1']],
  ['link-local', ['ip4:169.254.0.0/16', 'ip6:fe80::/10']],
].map(([name, terms]) => [name, unionOf((terms as string[]).map(addressesOf))] as never);

/** A note with the addresses that the term matches; null: not known for certain. */
export interface SpfTermRead {
  note: SpfTermNote;
  set: Addresses | null;
}

/** Of the terms that are reached. */
export function readTerms({ branches }: SpfNode): SpfTermRead[] {
  if (branches.length > termsCompared) return [];
  const reaches = matchedByEach(branches);
  const read: SpfTermRead[] = [];
  const before: Earlier[] = [];
  let decided = none;
  let blocksLeft = blocksWritten;
  for (const [i, branch] of branches.entries()) {
    const { kind, qualifier, text } = branch;
    const { sure, maybe, hosts } = reaches[i] ?? { sure: none, maybe: all, hosts: true };
    const exact = !hosts && minus(maybe, sure).length === 0 ? sure : null;
    const blocks =
      exact === null || kind === 'all' || blocksLeft <= 0 ? null : termsOf(exact, blocksKept + 1);
    blocksLeft -= blocks?.length ?? 0;
    const note: SpfTermNote = {
      term: text,
      kind,
      qualifier,
      ...costOf(branch),
      blocks: blocks === null || blocks.length > blocksKept ? null : blocks,
      idle: idleness(branch, exact, decided, before),
      network: networkOf(branch),
      reserved: kind === 'ip4' || kind === 'ip6' ? reservedOf(addressesOf(text)) : null,
    };
    read.push({ note, set: exact });
    before.push({ text, plain: bare(text), kind, set: exact });
    if (standing.has(kind)) decided = union(decided, sure);
  }
  return read;
}

function costOf({ lookup, isVoid, node }: SpfBranch): { lookups: number; voids: number } {
  const below = (node?.branches ?? []).map(costOf);
  return {
    lookups: below.reduce((sum, { lookups }) => sum + lookups, lookup === null ? 0 : 1),
    voids: below.reduce((sum, { voids }) => sum + voids, isVoid ? 1 : 0),
  };
}

interface Earlier {
  text: string;
  plain: string;
  kind: SpfBranch['kind'];
  set: Addresses | null;
}

/** Their addresses stay when a server of the domain moves. */
const standing = new Set<SpfBranch['kind']>(['ip4', 'ip6', 'include']);

function idleness(
  { text, kind, node }: SpfBranch,
  set: Addresses | null,
  decided: Addresses,
  before: readonly Earlier[],
): SpfTermNote['idle'] {
  if (kind === 'all' || kind === 'redirect') return null;
  const plain = bare(text);
  const twin = before.find((one) => one.plain === plain);
  if (twin) return { how: 'same', by: twin.text };
  // Taking out what may break the record would change more than who passes.
  const sound = node === null || node.state === 'found';
  if (!sound || set === null || set.length === 0 || minus(set, decided).length > 0) return null;
  const by = before.find(
    (one) => one.set !== null && standing.has(one.kind) && minus(set, one.set).length === 0,
  );
  // What a service or a name means may grow tomorrow beyond the addresses that stand beside it.
  if (kind !== 'ip4' && kind !== 'ip6' && !(kind === 'include' && by?.kind === 'include')) return null;
  return { how: 'covered', by: by?.text ?? null };
}

/** Without its qualifier: the first of two that match the same decides. */
function bare(text: string): string {
  return text.replace(/^[+\-~?]/, '').toLowerCase();
}

function networkOf({ kind, qualifier, text }: SpfBranch): string | null {
  const [, address, prefix] = /^[^:]*:([^/]*)(?:\/(\d+))?$/.exec(text) ?? [];
  if ((kind !== 'ip4' && kind !== 'ip6') || address === undefined || prefix === undefined) return null;
  const [start] = addressesOf(`${kind}:${address}`);
  const set = addressesOf(text);
  if (start?.[0] === set[0]?.[0]) return null;
  const [whole = ''] = termsOf(set);
  return `${qualifier === '+' ? '' : qualifier}${whole}`;
}

function reservedOf(set: Addresses): SpfTermNote['reserved'] {
  // A block that is larger than such a range is a matter of its size.
  const found = reserved.find(([, range]) => both(set, range).length > 0 && minus(set, range).length === 0);
  return found?.[0] ?? null;
}
