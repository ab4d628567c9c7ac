/** The name of the server that a mail came from, as large receivers want it: one that leads back to the address. */
import type { DnsAnswer, Resolver } from '../ports.ts';

/** Names that are followed; RFC 7208 section 5.5 stops at ten too. */
const followed = 10;

/**
 * @param ip IPv4, IPv6, or IPv4 written as IPv6
 * @returns `confirmed`: a PTR record names a host that has this address. `unknown`: DNS gave no definite answer.
 */
export async function reverseOf(
  ip: string,
  resolver: Resolver,
  signal: AbortSignal,
): Promise<'confirmed' | 'absent' | 'unknown'> {
  const own = octetsOf(ip);
  if (!own) return 'unknown';
  const answer = await resolver.ask({ name: reverseName(own), type: 'PTR' }, signal);
  if (!isDefinite(answer)) return 'unknown';
  const names = answer.records
    .filter(({ type }) => type === 'PTR')
    .map(({ data }) => data.trim().toLowerCase().replace(/\.$/, ''))
    .slice(0, followed);
  const type = own.length === 4 ? 'A' : 'AAAA';
  const answers = await Promise.all(names.map((name) => resolver.ask({ name, type }, signal)));
  const leadsBack = answers
    .flatMap(({ records }) => records)
    .some((record) => record.type === type && octetsOf(record.data)?.join() === own.join());
  if (leadsBack) return 'confirmed';
  return answers.every(isDefinite) ? 'absent' : 'unknown';
}

function isDefinite({ status }: DnsAnswer): boolean {
  return status === 'answered' || status === 'nodata' || status === 'nxdomain';
}

/** RFC 1035 section 3.5, RFC 3596 section 2.5. */
function reverseName(octets: readonly number[]): string {
  if (octets.length === 4) return `${[...octets].reverse().join('.')}.in-addr.arpa`;
  const nibbles = octets.flatMap((octet) => [...octet.toString(16).padStart(2, '0')]);
  return `${nibbles.reverse().join('.')}.ip6.arpa`;
}

/** Four octets, or sixteen; undefined: no address. */
function octetsOf(text: string): number[] | undefined {
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
