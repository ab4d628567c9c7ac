/** Which addresses an SPF tree lets pass: terms are tried in turn, and the first that matches decides. Pure. */
import {
  type Addresses,
  addressesOf,
  all,
  all4,
  all6,
  both,
  minus,
  none,
  share,
  union,
  unionOf,
} from './addresses.ts';
import { targetOf } from './record.ts';
import type { SpfBranch, SpfNode } from './tree.ts';

export interface SpfReach {
  /** Pass whatever the answers that are missing would say. */
  sure: Addresses;
  /** Pass if those answers say so; all that are sure as well. */
  maybe: Addresses;
  /** It also lets servers pass that are named by `a`, `mx` or `ptr`, and whose addresses are not known. */
  hosts: boolean;
}

/**
 * Of one tree, and as many large ones: a hostile record has thousands, and each is set against all before it.
 * The rest may be any.
 */
const rangesRead = 500;
/** Longest prefix of a block that is large. */
const large = 8;

interface Ranges {
  left: number;
  large: number;
  /** How much of all addresses those that were not read may be, at most: 1 is all. */
  unread: number;
  /** A whole network round a server that each mail may choose. */
  eachMail: boolean;
}

/** Half of all addresses pass, or more; else why nobody knows. */
export type Wide = boolean | 'each-mail' | 'cut-short';
/** Longest prefix, and one more, of a whole network round a server. */
const network = 16;

const unspent = (): Ranges => ({ left: rangesRead, large: rangesRead, unread: 0, eachMail: false });

export function reachOf(root: SpfNode): SpfReach {
  return reach(root, unspent());
}

/** The reach, and whether that is wide. */
export function readReach(root: SpfNode): { reach: SpfReach; wide: Wide } {
  const ranges = unspent();
  const found = reach(root, ranges);
  if (isWide(found)) return { reach: found, wide: true };
  if (share(found.sure) + 1000 * ranges.unread < half) return { reach: found, wide: false };
  return { reach: found, wide: ranges.eachMail ? 'each-mail' : 'cut-short' };
}

function reach({ state, branches }: SpfNode, ranges: Ranges): SpfReach {
  if (state === 'unanswered' || state === 'cut' || state === 'macro') return anything;
  const found: Found = { sure: none, maybe: none, hosts: false, left: all, open: all, opened: false };
  for (let at = 0; at < branches.length; ) {
    const branch = branches[at] as SpfBranch;
    const passes = branch.qualifier === '+';
    const blocks = blocksFrom(branches, at, ranges);
    decide(found, passes, blocks.length > 0 ? exactly(unionOf(blocks)) : matched(branch, ranges));
    at += Math.max(1, blocks.length);
  }
  const { sure, maybe, hosts } = found;
  return { sure, maybe, hosts };
}

interface Found extends SpfReach {
  /** Addresses that no earlier term has decided, for certain (`left`) and perhaps (`open`). */
  left: Addresses;
  open: Addresses;
  /** All that was open may pass: no later term can add to it. */
  opened: boolean;
}

/** What passes or not is set off against all before only where it can matter: hostile records have thousands. */
function decide(found: Found, passes: boolean, { sure, maybe, hosts }: SpfReach): void {
  // While all is known for certain, both sides are the same.
  const exact = sure === maybe && found.left === found.open && found.sure === found.maybe;
  if (passes) {
    found.hosts ||= hosts && found.open.length > 0;
    if (found.left.length > 0 && sure.length > 0) found.sure = union(found.sure, both(found.left, sure));
    if (exact) found.maybe = found.sure;
    else if (!found.opened) found.maybe = union(found.maybe, both(found.open, maybe));
    found.opened ||= maybe === all;
  }
  // What may match passes here, or goes on.
  const taken = passes ? sure : maybe;
  if (found.left.length > 0 && taken.length > 0) found.left = minus(found.left, taken);
  if (exact) found.open = found.left;
  else if (found.open.length > 0 && sure.length > 0) found.open = minus(found.open, sure);
}

/** The blocks of the terms from here that stand side by side with the same say: the order among them is nothing. */
function blocksFrom(branches: readonly SpfBranch[], start: number, ranges: Ranges): Addresses[] {
  const blocks: Addresses[] = [];
  const passes = branches[start]?.qualifier === '+';
  for (let at = start; at < branches.length; at += 1) {
    const branch = branches[at] as SpfBranch;
    if ((branch.qualifier === '+') !== passes || !isBlock(branch)) break;
    const of = sizeOf(branch);
    if (ranges[of] <= 0) break;
    ranges[of] -= 1;
    blocks.push(addressesOf(branch.text));
  }
  return blocks;
}

/** Which addresses each of the terms matches by itself; as many are read as of the whole tree. */
export function matchedByEach(branches: readonly SpfBranch[]): SpfReach[] {
  const ranges = unspent();
  return branches.map((branch) => matched(branch, ranges));
}

const nothing: SpfReach = { sure: none, maybe: none, hosts: false };
const anything: SpfReach = { sure: none, maybe: all, hosts: false };
const exactly = (addresses: Addresses): SpfReach => ({ sure: addresses, maybe: addresses, hosts: false });

function isBlock({ kind }: SpfBranch): boolean {
  return kind === 'ip4' || kind === 'ip6';
}

function sizeOf({ text }: SpfBranch): 'left' | 'large' {
  return Number(/\/(\d+)$/.exec(text)?.[1] ?? 128) <= large ? 'large' : 'left';
}

/** Of IPv4, or of the IPv6 in use (2000::/3). */
function partOf({ kind, text }: SpfBranch): number {
  const prefix = Number(/\/(\d+)$/.exec(text)?.[1] ?? 32);
  return 2 ** -(kind === 'ip6' ? Math.max(0, prefix - 3) : prefix);
}

/** `a/8` lets in a whole network round a server. */
function isNetwork({ kind, text }: SpfBranch): boolean {
  if (kind !== 'a' && kind !== 'mx') return false;
  const { four, six } = targetOf(text);
  return four < network || six < network;
}

function matched(branch: SpfBranch, ranges: Ranges): SpfReach {
  const { kind, text, isVoid, node, domain, servers } = branch;
  if (node) return reach(node, ranges);
  if (kind === 'all') return exactly(all);
  if (isBlock(branch)) {
    const of = sizeOf(branch);
    ranges[of] -= 1;
    if (ranges[of] >= 0) return exactly(addressesOf(text));
    ranges.unread += partOf(branch);
    return anything;
  }
  // The names of another's servers may be those of a service that sends.
  if (kind === 'ptr') return { ...(domain === null ? nothing : anything), hosts: true };
  // Whoever writes the mail may choose the name, and so have the network.
  if (isNetwork(branch) && (isVoid === null || servers?.whole === false)) {
    ranges.unread += 1;
    ranges.eachMail ||= servers === null;
  }
  if (isVoid === null) return anything;
  if (isVoid) return nothing;
  if (kind === 'exists') return exactly(all);
  if (servers) {
    ranges.left -= servers.addresses.length;
    if (ranges.left < 0) {
      ranges.unread += share(servers.addresses) / 1000;
      return anything;
    }
    return servers.whole ? exactly(servers.addresses) : { sure: servers.addresses, maybe: all, hosts: true };
  }
  const [, of4, of6] = /(?:\/(\d+))?(?:\/\/(\d+))?$/.exec(text) ?? [];
  const sure = union(of4 === '0' ? all4 : none, of6 === '0' ? all6 : none);
  return { sure, maybe: isNetwork(branch) ? all : none, hosts: true };
}

/** In thousandths. */
const half = 500;

/** Half of all addresses or more: nobody has so many servers. */
export function isWide({ sure }: Pick<SpfReach, 'sure'>): boolean {
  return share(sure) >= half;
}

/** Whether all of these pass. */
export function letsPass({ sure, maybe }: SpfReach, addresses: Addresses): boolean | 'unknown' {
  if (minus(addresses, sure).length === 0) return true;
  return minus(addresses, maybe).length === 0 ? 'unknown' : false;
}
