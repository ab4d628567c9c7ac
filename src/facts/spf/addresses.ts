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

/** One address as a number of the same line; null: it is none. IPv4 in IPv6 (::ffff:0:0/96) is IPv4. */
export function addressValue(ip: string): bigint | null {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return addressValue(mapped);
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(ip)) {
    const parts = ip.split('.').map(Number);
    return parts.some((part) => part > 255)
      ? null
      : four + parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
  }
  if (!ip.includes(':') || !URL.canParse(`http://[${ip}]/`)) return null;
  const value = value6(ip);
  return value >> 32n === 0xffffn ? four + (value & 0xffffffffn) : value;
}

/** Of `addressValue`. */
export function isFour(value: bigint): boolean {
  return value >= four;
}

/** The block of that many leading bits that an address lies in: `four` of IPv4, `six` of IPv6. */
export function blockOf(value: bigint, bits: { four: number; six: number }): Addresses {
  return isFour(value)
    ? block(value - four, 32n - BigInt(bits.four), four)
    : block(value, 128n - BigInt(bits.six), 0n);
}

export function holds(addresses: Addresses, value: bigint): boolean {
  return addresses.some(([from, to]) => value >= from && value < to);
}

/** The same set as the fewest `ip4:` and `ip6:` terms; of a set with `most` or more of them, not all. */
export function termsOf(addresses: Addresses, most = Number.POSITIVE_INFINITY): string[] {
  const terms: string[] = [];
  for (const [start, to] of addresses) {
    if (terms.length >= most) break;
    for (let from = start; from < to; ) {
      const base = isFour(from) ? four : 0n;
      const width = isFour(from) ? 32n : 128n;
      // The largest block that begins here, and the largest that has room.
      const offset = from - base;
      const begins = offset === 0n ? width : lengthOf(offset & -offset);
      const fits = lengthOf(to - from);
      const bits = begins < fits ? begins : fits;
      const prefix = bits === 0n ? '' : `/${width - bits}`;
      terms.push(isFour(from) ? `ip4:${written4(from - four)}${prefix}` : `ip6:${written6(from)}${prefix}`);
      from += 1n << bits;
    }
  }
  return terms;
}

/** How many bits follow the first. */
function lengthOf(value: bigint): bigint {
  return BigInt(value.toString(2).length - 1);
}

function written4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
}

/** In its shortest form (RFC 5952), which URL knows. */
function written6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
  );
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}

/** As macros write an address (RFC 7208 section 7.3): the parts of IPv4, the nibbles of IPv6. */
export function dotted(value: bigint): string {
  if (isFour(value)) return written4(value - four);
  return [...value.toString(16).toUpperCase().padStart(32, '0')].join('.');
}

/** As people read it: what the macro `c` stands for. */
export function written(value: bigint): string {
  return isFour(value) ? written4(value - four) : written6(value);
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
  return other.length === 0 ? one : unionOf([one, other]);
}

export function unionOf(sets: readonly Addresses[]): Addresses {
  const joined: [bigint, bigint][] = [];
  const sorted = sets.flat().toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
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
