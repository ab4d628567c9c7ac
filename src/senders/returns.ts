/** Where the bounces of mail go: to the hosts that the MX of its MAIL FROM names (RFC 5321 section 5.1). */
import type { Resolver } from '../ports.ts';

/** `elsewhere`: to others, or to nobody. `unanswered`: DNS gave no definite answer. */
export type Returns = 'here' | 'elsewhere' | 'unanswered';

/** `mailFrom`: a domain; `host`: who takes its bounces for us, in small letters. */
export async function askReturns(
  resolver: Resolver,
  { mailFrom, host }: { mailFrom: string; host: string },
  signal: AbortSignal,
): Promise<Returns> {
  const { status, records } = await resolver.ask({ name: mailFrom, type: 'MX' }, signal);
  if (status === 'nodata' || status === 'nxdomain') return 'elsewhere';
  if (status !== 'answered') return 'unanswered';
  const hosts = records
    .filter(({ type }) => type === 'MX')
    .map(({ data }) => data.trim().split(/\s+/))
    .map(([preference, name = '']) => ({
      preference: Number(preference),
      name: name.toLowerCase().replace(/\.$/, ''),
    }));
  // Others take mail only while these are away; then it waits there, or is lost.
  const first = Math.min(...hosts.map(({ preference }) => preference));
  const ours = hosts.filter(({ preference }) => preference === first);
  return ours.length > 0 && ours.every(({ name }) => name === host) ? 'here' : 'elsewhere';
}
