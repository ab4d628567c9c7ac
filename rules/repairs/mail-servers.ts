/** The mail servers that checks are about, and what is said of all of them alike. */
import { type Facts, type NotApplicable, notApplicable, type Unknown, unanswered, unknown } from '#rule';
import { isFeedbackHost } from '../providers/amazon-ses.ts';

type Exchange = Facts['mailServers'];
/** Without `bounceServers` it is about mail to the From domain alone. */
type Known = Pick<Facts, 'mailServers'> & Partial<Pick<Facts, 'bounceServers'>>;
export type MailServer = Exchange['servers'][number];
export type GreetedServer = Facts['greetings']['servers'][number];

/** The MX record of a server that is to be taken away. */
export function withoutServer(domain: string, preference: number, host: string) {
  return { kind: 'dns', type: 'MX', name: domain, old: `${preference} ${host}`, new: null } as const;
}

/**
 * Looks at each server that takes mail or bounces for the sender; those of Amazon SES are other checks' matter.
 * Without a problem, what DNS did not say is unknown.
 */
export function overServers<R extends readonly unknown[]>(
  { mailServers, bounceServers }: Known,
  find: (server: MailServer, exchange: Exchange) => R,
): R[number][] | Unknown | NotApplicable {
  const exchanges = [mailServers, ...(bounceServers ? [bounceServers] : [])];
  const pairs = exchanges.flatMap((exchange) =>
    exchange.servers.filter(({ host }) => !isFeedbackHost(host)).map((server) => ({ server, exchange })),
  );
  const problems = pairs.flatMap(({ server, exchange }) => find(server, exchange));
  if (problems.length > 0) return problems;
  const silent = [
    ...exchanges.filter(({ status }) => isSilent(status)).map(({ domain }) => `${domain} MX`),
    ...pairs.flatMap(({ server }) => server.silent),
  ];
  if (silent.length > 0) return unanswered(silent);
  return pairs.length > 0 ? [] : notApplicable('no-record');
}

/** Those that can take mail, as far as DNS says. That the others are to go is the matter of their own checks. */
export function takingMail({ servers }: Exchange): string[] {
  return servers
    .filter(({ kind, addresses, silent }) => kind === 'name' && addresses.length + silent.length > 0)
    .map(({ host }) => host);
}

export function isSilent(status: Exchange['status']): boolean {
  return status !== 'answered' && status !== 'nodata' && status !== 'nxdomain';
}

/**
 * Looks at each server that was greeted, each once; where Amazon SES takes bounces, nobody here can mend it. Without a
 * problem, one that said nothing is unknown: it may be the way. Without `bounceGreetings` it is about mail to From alone.
 */
export function overGreeted<R extends readonly unknown[]>(
  { greetings, bounceGreetings }: Pick<Facts, 'greetings'> & Partial<Pick<Facts, 'bounceGreetings'>>,
  find: (server: GreetedServer) => R,
): R[number][] | Unknown | NotApplicable {
  const all = [greetings, ...(bounceGreetings ? [bounceGreetings] : [])];
  const ofBounces = bounceGreetings?.servers.filter(({ host }) => !isFeedbackHost(host)) ?? [];
  const servers = [...new Map([...greetings.servers, ...ofBounces].map((one) => [one.host, one])).values()];
  const problems = servers.flatMap(find);
  if (problems.length > 0) return problems;
  const open = all.filter(({ status }) => isSilent(status));
  if (open.length > 0) return unanswered(open.map(({ domain }) => `${domain} MX`));
  if (servers.some(({ state }) => state === 'silent' || state === 'refused'))
    return unknown('servers-silent');
  const silent = all.flatMap((one) => one.silent);
  if (silent.length > 0) return unanswered(silent);
  return servers.length > 0 ? [] : notApplicable('no-record');
}

/** Those who use a mail host cannot change its servers themselves. */
export const askHost = {
  en: 'If a mail host runs the server, ask it: you cannot change it yourself.',
  sv: 'Sköts servern av en mejlleverantör får du be den, för du kan inte ändra den själv.',
};

/** What MTA-STS publishes: a record whose id is a time, as RFC 8461 section 3.1 does it. */
export function stsRecord(now: Date): string {
  return `v=STSv1; id=${now.toISOString().replace(/\D/g, '').slice(0, 14)}`;
}

/** Lines of the policy file, one after the other as a person reads them. */
export function stsPolicy(hosts: readonly string[], mode: 'testing' | 'enforce'): string {
  return ['version: STSv1', `mode: ${mode}`, ...hosts.map((host) => `mx: ${host}`), 'max_age: 2592000'].join(
    '\n',
  );
}
