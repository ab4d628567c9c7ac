/** Whether the domain that a lost name lies below is anybody's. */
import { parse } from 'tldts';
import { askable, unanswered } from '../dns.ts';
import type { SenderGathering as Gathering } from '../gather.ts';

/**
 * `free`: the registered domain does not exist in DNS, so it is for sale, or has lapsed. `held`: it exists. `none`:
 * the name lies below no public suffix, so there is nothing to register.
 */
export type Holding = 'free' | 'held' | 'none' | 'unanswered';

/** Of a name that is not there. */
export async function holdingOf(
  target: string,
  { dns }: Gathering,
): Promise<{ registered: string | null; holding: Holding }> {
  // By the public suffix list of ICANN alone: below a private suffix nobody registers anything.
  const { domain, isIcann } = parse(target, { allowPrivateDomains: false });
  if (domain === null || !isIcann || !askable(domain)) return { registered: null, holding: 'none' };
  const answer = await dns(domain, 'SOA');
  if (unanswered(answer)) return { registered: domain, holding: 'unanswered' };
  const isGone = answer.status === 'nxdomain' && answer.records.length === 0;
  return { registered: domain, holding: isGone ? 'free' : 'held' };
}
