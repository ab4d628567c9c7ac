/** The mail servers of the From domain: who takes its mail, and what they say when they are greeted. */
import { getDomain } from 'tldts';
import type { SenderGathering as Gathering } from './gather.ts';
import { serverOf } from './mail-from.ts';
import { type Exchange, findExchange } from './mail-servers/exchangers.ts';
import { type GreetedServer, greetServers } from './mail-servers/greetings.ts';

export type { Exchange, MailServer } from './mail-servers/exchangers.ts';
export type { CertificateFault, GreetedServer } from './mail-servers/greetings.ts';

export type MailServersFact = Exchange;

export interface GreetingsFact {
  domain: string;
  /** How the question for MX ended. */
  status: Exchange['status'];
  /** Of those that have an address, the first few by preference. */
  servers: readonly GreetedServer[];
  /** `name TYPE` that DNS did not answer about. */
  silent: readonly string[];
}

/** Asks for MX and addresses. Never fails. */
export function gatherMailServers(gathering: Gathering): Promise<MailServersFact> {
  return findExchange(gathering.submission.from.domain, gathering);
}

/**
 * Those of the MAIL FROM domain, where bounces go. null: it is From's own, somebody else's, or nobody has said which.
 * Never fails.
 */
export async function gatherBounceServers(gathering: Gathering): Promise<Exchange | null> {
  const { from, mailFrom } = gathering.submission;
  const organisation = getDomain(from.domain, { allowPrivateDomains: true }) ?? from.domain;
  const isOwn = mailFrom !== null && (mailFrom === organisation || mailFrom.endsWith(`.${organisation}`));
  return isOwn && mailFrom !== from.domain ? findExchange(mailFrom, gathering) : null;
}

/** Greets them. @throws FactError where nobody can be greeted from here. */
export async function gatherGreetings(gathering: Gathering): Promise<GreetingsFact> {
  return greetAll(await gatherMailServers(gathering), gathering);
}

/**
 * Greets those of the MAIL FROM domain; null as for `gatherBounceServers`, and where a route by Amazon SES leaves them
 * to Amazon. @throws FactError where nobody can be greeted from here.
 */
export async function gatherBounceGreetings(gathering: Gathering): Promise<GreetingsFact | null> {
  const server = serverOf(gathering);
  if (server !== null && server !== 'unknown' && server.kind === 'ses') return null;
  const exchange = await gatherBounceServers(gathering);
  return exchange && greetAll(exchange, gathering);
}

async function greetAll(exchange: Exchange, gathering: Gathering): Promise<GreetingsFact> {
  const { domain, status } = exchange;
  const silent = exchange.servers.flatMap((server) => (server.addresses.length > 0 ? [] : server.silent));
  return { domain, status, servers: await greetServers(exchange, gathering), silent };
}
