/**
 * Where DMARC reports are asked to go (rua and ruf): whether another organisation has agreed to take them (RFC 9990
 * section 4, RFC 9991 section 5), and whether mail arrives there at all.
 */
import { askable, recordsOf, unanswered } from '../dns.ts';
import type { SenderGathering as Gathering } from '../gather.ts';
import { isDmarcRecord, parseDmarc } from './record.ts';
import { type DmarcWalk, recordFor, sameOrganisation, walkTree } from './walk.ts';

export interface ReportDestination {
  /** The domain that the reports are sent to. */
  host: string;
  /** The tags that name it. */
  tags: readonly ('rua' | 'ruf')[];
  /** The first address there, as written. */
  uri: string;
  /**
   * `own`: of the same organisation, which need not agree. `given`: it has agreed. `elsewhere`: its record sends them
   * on to another host, which nobody does. `missing`: no agreement. `impossible`: the name of one is too long for DNS.
   * null: no answer.
   */
  consent: 'own' | 'given' | 'elsewhere' | 'missing' | 'impossible' | null;
  /** Where the agreement stands, or would. */
  name: string;
  /**
   * `host`: to its MX or address. `refused`: it says that it takes none (null MX, RFC 7505). `nowhere`: neither MX nor
   * address. `gone`: the domain does not exist. null: no answer.
   */
  mail: 'host' | 'refused' | 'nowhere' | 'gone' | null;
}

export interface DmarcReportsFact {
  /** Where the record stands that asks for them. null: there is none. `unknown`: a missing answer could change it. */
  domain: string | 'unknown' | null;
  destinations: readonly ReportDestination[];
  /** Addresses, as written, that reports are not sent to: they are sent by mail alone. */
  unmailed: readonly string[];
  /** How many more destinations there are than were looked at. */
  omitted: number;
}

/** Each is up to twelve questions. Receivers need not send to more than two (RFC 7489 section 6.2). */
export const destinationsAtMost = 5;

/** Looks at each destination. Never fails: what DNS did not say is null. */
export async function gatherDmarcReports(gathering: Gathering): Promise<DmarcReportsFact> {
  const nothing = { destinations: [], unmailed: [], omitted: 0 };
  const record = recordFor(await walkTree(gathering.submission.from.domain, gathering));
  if (record === 'unknown') return { domain: record, ...nothing };
  if (record === 'none') return { domain: null, ...nothing };
  const named = (['rua', 'ruf'] as const).flatMap((tag) =>
    record[tag].map((uri) => ({ tag, uri, host: hostOf(uri) })),
  );
  const hosts = [...new Set(named.map(({ host }) => host).filter((host) => host !== null))];
  // What the author domain comes to need not be what the record's domain does: the record is what asks.
  const asking = walkTree(record.domain, gathering);
  const destinations = hosts.slice(0, destinationsAtMost).map(async (host): Promise<ReportDestination> => {
    const all = named.filter((one) => one.host === host);
    const name = `${record.domain}._report._dmarc.${host}`;
    const [consent, mail] = await Promise.all([
      findConsent({ host, name, domain: record.domain, asking }, gathering),
      findMail(host, gathering),
    ]);
    const tags = [...new Set(all.map(({ tag }) => tag))];
    return { host, tags, uri: all[0]?.uri.slice(0, 200) ?? '', consent, name, mail };
  });
  return {
    domain: record.domain,
    destinations: await Promise.all(destinations),
    unmailed: named
      .filter(({ host }) => host === null)
      .slice(0, destinationsAtMost)
      .map(({ uri }) => uri.slice(0, 200)),
    omitted: Math.max(0, hosts.length - destinationsAtMost),
  };
}

/** Of a mailto; null for anything else. */
function hostOf(uri: string): string | null {
  const address = /^mailto:([^?]+)/i.exec(uri)?.[1];
  if (address === undefined) return null;
  const at = address.lastIndexOf('@');
  return address
    .slice(at + 1)
    .toLowerCase()
    .replace(/\.$/, '');
}

async function findConsent(
  { host, name, domain, asking }: { host: string; name: string; domain: string; asking: Promise<DmarcWalk> },
  { dns }: Gathering,
): Promise<ReportDestination['consent']> {
  if (host === domain) return 'own';
  // A name that cannot be asked for stands in nobody's zone, and findMail says so.
  if (!askable(host)) return 'missing';
  const fits = askable(name);
  const [answer, from, to] = await Promise.all([
    fits ? dns(name, 'TXT') : null,
    asking,
    walkTree(host, { dns }),
  ]);
  const same = sameOrganisation(from, to);
  if (same === true) return 'own';
  if (answer && unanswered(answer)) return null;
  const agreed = answer
    ? recordsOf(answer)
        .map(({ data }) => data)
        .filter(isDmarcRecord)
    : [];
  if (agreed.length > 0) {
    const uris = agreed.flatMap((text) => parseDmarc(host, text).rua);
    return uris.every((uri) => hostOf(uri) === host) ? 'given' : 'elsewhere';
  }
  if (same === null) return null;
  return fits ? 'missing' : 'impossible';
}

/** Where mail to it goes (RFC 5321 section 5.1). */
async function findMail(host: string, { dns }: Gathering): Promise<ReportDestination['mail']> {
  if (!askable(host)) return 'gone';
  const answer = await dns(host, 'MX');
  if (unanswered(answer)) return null;
  // Behind an alias NXDOMAIN speaks of the alias's target (RFC 6604), where nothing takes mail either.
  if (answer.status === 'nxdomain') return answer.records.length > 0 ? 'nowhere' : 'gone';
  const exchangers = recordsOf(answer).map(({ data }) => data.split(' ')[1] ?? '');
  if (exchangers.length > 0) return exchangers.every((one) => /^\.?$/.test(one)) ? 'refused' : 'host';
  const addresses = await Promise.all([dns(host, 'A'), dns(host, 'AAAA')]);
  if (addresses.some((one) => recordsOf(one).length > 0)) return 'host';
  return addresses.some(unanswered) ? null : 'nowhere';
}
