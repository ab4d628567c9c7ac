/** The From domain, as those who answer the mail and receivers who look at it find it: does it exist, and take mail. */
import { unanswered } from './dns.ts';
import type { SenderGathering as Gathering } from './gather.ts';
import { findExchange, type MailServer } from './mail-servers/exchangers.ts';

export interface AuthorFact {
  domain: string;
  /** null: no answer. */
  exists: boolean | null;
  /**
   * Where mail to it goes. `host`: to its MX, or without one to its address (RFC 5321 section 5.1). `refused`: it says
   * that it takes none (null MX, RFC 7505). `nowhere`: neither MX nor address. `lost`: its MX records name no server
   * that anybody reaches. null: no answer.
   */
  mail: 'host' | 'refused' | 'nowhere' | 'lost' | null;
  /** What its MX records name, the first few. */
  hosts: readonly string[];
  /** `name TYPE` that DNS did not answer about. */
  silent: readonly string[];
}

/** Asks for the MX of the From domain, and for addresses. Never fails. */
export async function gatherAuthor(gathering: Gathering): Promise<AuthorFact> {
  const { domain } = gathering.submission.from;
  const answer = await gathering.dns(domain, 'MX');
  const nothing = { domain, hosts: [], silent: [] };
  if (unanswered(answer)) return { ...nothing, exists: null, mail: null, silent: [`${domain} MX`] };
  // Behind an alias NXDOMAIN speaks of the alias's target (RFC 6604), and the name exists.
  const exists = answer.status !== 'nxdomain' || answer.records.some(({ name }) => name === domain);
  if (answer.status === 'nxdomain') return { ...nothing, exists, mail: 'nowhere' };
  const { servers, count } = await findExchange(domain, gathering);
  // Beside others a null MX says nothing (RFC 7505 section 3).
  const named = servers.filter(({ kind }) => kind !== 'null');
  const hosts = named.map(({ host }) => host);
  if (count > 0 && named.length === 0) return { ...nothing, exists, mail: 'refused' };
  if (named.some(isReached)) return { ...nothing, exists, mail: 'host', hosts };
  const silent = named.flatMap((server) => server.silent);
  if (silent.length > 0 || servers.length < count) return { ...nothing, exists, mail: null, hosts, silent };
  return { ...nothing, exists, mail: named.length === 0 ? 'nowhere' : 'lost', hosts };
}

function isReached({ addresses }: MailServer): boolean {
  return addresses.length > 0;
}
