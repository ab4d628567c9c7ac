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
} from './addresses.ts';
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
}
/** `a/8` lets in a whole network round a server. */
const network = 16;

export function reachOf(root: SpfNode): SpfReach {
  return reach(root, { left: rangesRead, large: rangesRead });
}

function reach({ state, branches }: SpfNode, ranges: Ranges): SpfReach {
  if (state === 'unanswered' || state === 'cut' || state === 'macro') return anything;
  const found = { sure: none, maybe: none, hosts: false };
  /** Addresses that no earlier term has decided, for certain and perhaps. */
  let left = all;
  let open = all;
  for (const branch of branches) {
    const { sure, maybe, hosts } = matched(branch, ranges);
    if (branch.qualifier === '+') {
      found.sure = union(found.sure, both(left, sure));
      found.maybe = union(found.maybe, both(open, maybe));
      found.hosts ||= hosts && open.length > 0;
      // What may match passes here, or goes on.
      left = minus(left, sure);
    } else {
      left = minus(left, maybe);
    }
    open = minus(open, sure);
  }
  return found;
}

/** Which addresses each of the terms matches by itself; as many are read as of the whole tree. */
export function matchedByEach(branches: readonly SpfBranch[]): SpfReach[] {
  const ranges = { left: rangesRead, large: rangesRead };
  return branches.map((branch) => matched(branch, ranges));
}

const nothing: SpfReach = { sure: none, maybe: none, hosts: false };
const anything: SpfReach = { sure: none, maybe: all, hosts: false };
const exactly = (addresses: Addresses): SpfReach => ({ sure: addresses, maybe: addresses, hosts: false });

function matched(branch: SpfBranch, ranges: Ranges): SpfReach {
  const { kind, text, isVoid, node, domain, servers } = branch;
  if (node) return reach(node, ranges);
  if (kind === 'all') return exactly(all);
  if (kind === 'ip4' || kind === 'ip6') {
    const of = Number(/\/(\d+)$/.exec(text)?.[1] ?? 128) <= large ? 'large' : 'left';
    ranges[of] -= 1;
    return ranges[of] < 0 ? anything : exactly(addressesOf(text));
  }
  // The names of another's servers may be those of a service that sends.
  if (kind === 'ptr') return { ...(domain === null ? nothing : anything), hosts: true };
  if (isVoid === null) return anything;
  if (isVoid) return nothing;
  if (kind === 'exists') return exactly(all);
  if (servers) {
    ranges.left -= servers.addresses.length;
    if (ranges.left < 0) return anything;
    return servers.whole ? exactly(servers.addresses) : { sure: servers.addresses, maybe: all, hosts: true };
  }
  const [, of4, of6] = /(?:\/(\d+))?(?:\/\/(\d+))?$/.exec(text) ?? [];
  const sure = union(of4 === '0' ? all4 : none, of6 === '0' ? all6 : none);
  const wide = [of4, of6].some((prefix) => prefix !== undefined && Number(prefix) < network);
  return { sure, maybe: wide ? all : none, hosts: true };
}

/** Half of all addresses or more: nobody has so many servers. */
export function isWide({ sure }: SpfReach): boolean {
  return share(sure) >= 500;
}

/** Whether all of these pass. */
export function letsPass({ sure, maybe }: SpfReach, addresses: Addresses): boolean | 'unknown' {
  if (minus(addresses, sure).length === 0) return true;
  return minus(addresses, maybe).length === 0 ? 'unknown' : false;
}
