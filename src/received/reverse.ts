/** The name of the server that a mail came from, as large receivers want it: one that leads back to the address. */
import type { DnsAnswer, Resolver } from '../ports.ts';
import { octetsOf, reverseName } from '../submission/ip.ts';

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
