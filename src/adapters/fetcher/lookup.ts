/**
 * Look-ups by the service's own resolver: the system's run a few at a time in a pool that all of the process shares, and
 * nothing ends one that a stranger's silent name server holds open.
 */
import type { lookup as systemLookup } from 'node:dns';
import type { DnsAnswer, Resolver } from '../../ports.ts';

type Found = { address: string; family: 4 | 6 };

/** @param ms for both of A and AAAA together. */
export function lookupBy(resolver: Resolver, ms: number): typeof systemLookup {
  const lookUp = async (name: string): Promise<Found[]> => {
    const asked = name.toLowerCase().replace(/\.$/, '');
    const signal = AbortSignal.timeout(ms);
    const [four, six] = await Promise.all([
      resolver.ask({ name: asked, type: 'A' }, signal),
      resolver.ask({ name: asked, type: 'AAAA' }, signal),
    ]);
    return [
      ...addressesOf(four).map((address) => ({ address, family: 4 }) as const),
      ...addressesOf(six).map((address) => ({ address, family: 6 }) as const),
    ];
  };
  return ((name: string, _: unknown, callback: (error: Error | null, found: Found[]) => void) => {
    lookUp(name).then(
      (found) => (found.length > 0 ? callback(null, found) : callback(notFound(name), [])),
      (error: Error) => callback(error, []),
    );
  }) as typeof systemLookup;
}

/** At the end of the CNAME chain; what else stands in the answer says nothing. */
function addressesOf({ name, type, status, records }: DnsAnswer): string[] {
  if (status !== 'answered') return [];
  const targets = new Map(records.filter((one) => one.type === 'CNAME').map((one) => [one.name, one.data]));
  let owner = name;
  for (let target = targets.get(owner); target !== undefined; target = targets.get(owner)) {
    targets.delete(owner);
    owner = target;
  }
  return records.filter((one) => one.name === owner && one.type === type).map(({ data }) => data);
}

function notFound(name: string): Error {
  return Object.assign(new Error(`no address for ${name}`), { code: 'ENOTFOUND' });
}
