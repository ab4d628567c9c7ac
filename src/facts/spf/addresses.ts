/** Sets of IP addresses, as ranges in order. IPv6 lies from 0, and IPv4 after it: a range never holds both. */

/** From and up to, without the last. */
type Range = readonly [bigint, bigint];
export type Addresses = readonly Range[];

const four = 1n << 128n;
export const none: Addresses = [];
export const all4: Addresses = [[four, four + (1n << 32n)]];
export const all6: Addresses = [[0n, four]];
export const all: Addresses = [[0n, four + (1n << 32n)]];

/** The range of `ip4:` or `ip6:` as the record writes it; the parser has found it sound. */
export function addressesOf(text: string): Addresses {
  const [, address = '', prefix] = /^[^:]*:([^/]*)(?:\/(\d+))?$/.exec(text) ?? [];
  if (!address.includes(':')) {
    const value = address.split('.').reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
    return block(value, 32n - BigInt(prefix ?? 32), four);
  }
  return block(value6(address), 128n - BigInt(prefix ?? 128), 0n);
}

function block(value: bigint, bits: bigint, base: bigint): Addresses {
  const from = base + ((value >> bits) << bits);
  return [[from, from + (1n << bits)]];
}

function value6(address: string): bigint {
  // URL writes it in its shortest form, without dots.
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].reduce((sum, part) => (sum << 16n) + BigInt(`0x${part}`), 0n);
}

export function union(one: Addresses, other: Addresses): Addresses {
  if (one.length === 0) return other;
  if (other.length === 0) return one;
  const joined: [bigint, bigint][] = [];
  const sorted = [...one, ...other].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (!last || from > last[1]) joined.push([from, to]);
    else if (to > last[1]) last[1] = to;
  }
  return joined;
}

export function minus(one: Addresses, other: Addresses): Addresses {
  const kept: Range[] = [];
  let at = 0;
  for (const [start, to] of one) {
    let from = start;
    while (at < other.length && (other[at]?.[1] ?? 0n) <= from) at += 1;
    for (let i = at; from < to; i += 1) {
      const [lost, end] = other[i] ?? [to, to];
      if (lost > from) kept.push([from, lost < to ? lost : to]);
      if (lost >= to) break;
      from = end;
    }
  }
  return kept;
}

export function both(one: Addresses, other: Addresses): Addresses {
  return minus(one, minus(all, other));
}

/** How many of the addresses of one kind it holds, in thousandths; of IPv6, of those in use (2000::/3). */
export function share(addresses: Addresses): number {
  const parts = [all4, [[1n << 125n, 1n << 126n]] as Addresses];
  return Math.max(...parts.map((part) => Number((size(both(addresses, part)) * 1000n) / size(part))));
}

function size(addresses: Addresses): bigint {
  return addresses.reduce((sum, [from, to]) => sum + to - from, 0n);
}
