/** Who hosts the zones that the sender's records stand in: their topmost names, name servers, and whose those are. */
import { getDomain } from 'tldts';
import type { DnsAnswer } from '../ports.ts';
import type { ZonePlace } from '../rule.ts';
import { unanswered } from './dns.ts';
import type { SenderGathering as Gathering } from './gather.ts';

export interface ZoneFact {
  /** The From domain. */
  domain: string;
  /** Of the From domain; null: no name on the way up to the registered domain has name servers of its own. */
  own: ZonePlace | null;
  /** DNS denies the From domain and all above it up to the registered one: nothing can be published for it. */
  absent: boolean;
  /** Its own first, then those of sending subdomains that stand apart. */
  zones: readonly ZonePlace[];
  /** Names that DNS was silent about. */
  silent: readonly string[];
}

/** Names whose zones are looked for, and levels that are climbed for each. */
const namesAsked = 8;
const levels = 6;

/** Looks for the zone of the From domain and of each MAIL FROM of the sender's own. Never fails. */
export async function gatherZone(gathering: Gathering): Promise<ZoneFact> {
  const { submission, routes } = gathering;
  const { domain } = submission.from;
  const top = getDomain(domain, { allowPrivateDomains: true }) ?? domain;
  const subdomains = [submission.mailFrom, ...routes.map(({ mail_from }) => mail_from)].filter((name) =>
    name?.endsWith(`.${top}`),
  ) as string[];
  const names = [...new Set([domain, ...subdomains])].slice(0, namesAsked);
  const found = await Promise.all(names.map((name) => findZone(name, top, gathering)));
  const zones = new Map(found.flatMap(({ zone }) => (zone ? [[zone.apex, zone] as const] : [])));
  return {
    domain,
    own: found[0]?.zone ?? null,
    absent: found[0]?.absent ?? false,
    zones: [...zones.values()],
    silent: [...new Set(found.flatMap(({ silent }) => silent))],
  };
}

/** The nearest name at or above that has name servers. A silent one on the way may be it. */
async function findZone(
  name: string,
  top: string,
  { dns, policy }: Gathering,
): Promise<{ zone: ZonePlace | null; absent: boolean; silent: string[] }> {
  const answers = await Promise.all(upward(name, top).map((one) => dns(one, 'NS')));
  for (const answer of answers) {
    if (unanswered(answer)) return { zone: unknownZone(answer.name), absent: false, silent: [answer.name] };
    const servers = answer.records
      .filter((record) => record.type === 'NS' && record.name === answer.name)
      .map(({ data }) => data.replace(/\.$/, '').toLowerCase());
    if (servers.length > 0) {
      const zone = { apex: answer.name, servers, host: hostOf(servers, policy.zoneHosts) };
      return { zone, absent: false, silent: [] };
    }
  }
  // Behind an alias it speaks of the alias's target (RFC 6604), and the name exists.
  const isDenied = ({ name: at, status, records }: DnsAnswer) =>
    status === 'nxdomain' && !records.some((record) => record.name === at);
  return { zone: null, absent: answers.every(isDenied), silent: [] };
}

function upward(name: string, top: string): string[] {
  const names = [name];
  for (let one = name; one !== top && one.includes('.') && names.length < levels; ) {
    one = one.slice(one.indexOf('.') + 1);
    names.push(one);
  }
  return names.includes(top) ? names : [...names.slice(0, -1), top];
}

function unknownZone(apex: string): ZonePlace {
  return { apex, servers: [], host: null };
}

/** All of them have to be one host's: with two hosts nobody can say where a change is made. */
function hostOf(servers: readonly string[], hosts: Gathering['policy']['zoneHosts']): ZonePlace['host'] {
  const host = hosts.find((one) => servers.every((server) => one.servers.test(server)));
  if (!host) return null;
  const { id, name, settings, terraform = null } = host;
  return { id, name, settings, terraform };
}
