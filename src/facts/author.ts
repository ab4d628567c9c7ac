/** The From domain, as those who answer the mail and receivers who look at it find it: does it exist, and take mail. */
import { recordsOf, unanswered } from './dns.ts';
import type { Gathering } from './gather.ts';

export interface AuthorFact {
  domain: string;
  /** null: no answer. */
  exists: boolean | null;
  /**
   * Where mail to it goes. `host`: to its MX, or without one to its address (RFC 5321 section 5.1). `refused`: it says
   * that it takes none (null MX, RFC 7505). `nowhere`: neither MX nor address. null: no answer.
   */
  mail: 'host' | 'refused' | 'nowhere' | null;
}

/** Asks for the MX of the From domain, and for its address where there is none. Never fails. */
export async function gatherAuthor({ submission, dns }: Gathering): Promise<AuthorFact> {
  const { domain } = submission.from;
  const answer = await dns(domain, 'MX');
  if (unanswered(answer)) return { domain, exists: null, mail: null };
  // Behind an alias NXDOMAIN speaks of the alias's target (RFC 6604), and the name exists.
  const exists = answer.status !== 'nxdomain' || answer.records.some(({ name }) => name === domain);
  if (!exists) return { domain, exists, mail: 'nowhere' };
  const hosts = recordsOf(answer).map(({ data }) => data.split(' ')[1] ?? '');
  if (hosts.length > 0) {
    return { domain, exists, mail: hosts.every((host) => /^\.?$/.test(host)) ? 'refused' : 'host' };
  }
  const addresses = await Promise.all([dns(domain, 'A'), dns(domain, 'AAAA')]);
  if (addresses.some((one) => recordsOf(one).length > 0)) return { domain, exists, mail: 'host' };
  return { domain, exists, mail: addresses.some(unanswered) ? null : 'nowhere' };
}
