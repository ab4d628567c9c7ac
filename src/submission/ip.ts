/** IP addresses as octets: their names in reverse DNS and in blocklists, and whether the internet can see them. */

/** Four octets, or sixteen; IPv4 written as IPv6 is IPv4. undefined: no address. */
export function octetsOf(text: string): number[] | undefined {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) {
    const octets = text.split('.').map(Number);
    return octets.every((octet) => octet <= 255) ? octets : undefined;
  }
  let host: string;
  try {
    // The parser of URLs writes every form of an IPv6 address alike.
    host = new URL(`http://[${text.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
  } catch {
    return undefined;
  }
  const [head = '', tail] = host.split('::');
  const groups = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const all = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  const octets = all.flatMap((group) => [group >> 8, group & 255]);
  const isMapped =
    octets.slice(0, 10).every((octet) => octet === 0) && octets[10] === 255 && octets[11] === 255;
  return isMapped ? octets.slice(12) : octets;
}

/** Backwards with dots, as reverse DNS and blocklists write an address: octets, or hexadecimal digits. */
export function reversed(octets: readonly number[]): string {
  if (octets.length === 4) return [...octets].reverse().join('.');
  return [...hexDigits(octets)].reverse().join('.');
}

/** RFC 1035 section 3.5, RFC 3596 section 2.5. */
export function reverseName(octets: readonly number[]): string {
  return `${reversed(octets)}.${octets.length === 4 ? 'in-addr' : 'ip6'}.arpa`;
}

export function hexDigits(octets: readonly number[]): string {
  return octets.map((octet) => octet.toString(16).padStart(2, '0')).join('');
}

/**
 * First octets and bits of what is no global unicast address (IANA's special-purpose address registries, as of
 * 2026-11).
 */
const special4: readonly (readonly [readonly number[], number])[] = [
  [[0], 8],
  [[10], 8],
  [[100, 64], 10],
  [[127], 8],
  [[169, 254], 16],
  [[172, 16], 12],
  [[192, 0, 0], 24],
  [[192, 0, 2], 24],
  [[192, 88, 99], 24],
  [[192, 168], 16],
  [[198, 18], 15],
  [[198, 51, 100], 24],
  [[203, 0, 113], 24],
  [[224], 3],
];
const special6: typeof special4 = [
  [[0x20, 0x01, 0x00], 23],
  [[0x20, 0x01, 0x0d, 0xb8], 32],
  [[0x20, 0x02], 16],
  [[0x3f, 0xff, 0x00], 20],
];
const global6 = [[0x20], 3] as const;

/** True for an address that a receiver on the internet can see mail come from. */
export function isGlobalAddress(octets: readonly number[]): boolean {
  if (octets.length === 4) return !special4.some((block) => lies(octets, block));
  return lies(octets, global6) && !special6.some((block) => lies(octets, block));
}

function lies(octets: readonly number[], [start, bits]: readonly [readonly number[], number]): boolean {
  for (let i = 0; i * 8 < bits; i += 1) {
    const shift = Math.max(0, 8 - (bits - i * 8));
    if ((octets[i] ?? 0) >> shift !== (start[i] ?? 0) >> shift) return false;
  }
  return true;
}
