/** Where mail for a domain goes: its MX records as they stand, and the addresses behind them. */
import type { DnsAnswer, DnsStatus } from '../../ports.ts';
import { isGlobalAddress, octetsOf } from '../../submission/ip.ts';
import type { Asking } from '../asking.ts';
import { askable, recordsOf, unanswered } from '../dns.ts';

export interface MailServer {
  preference: number;
  /** Lower case, without the dot at its end; empty for a null MX (RFC 7505). */
  host: string;
  /** `literal`: an address where a name belongs. `unreadable`: no name of DNS. */
  kind: 'name' | 'literal' | 'unreadable' | 'null';
  /** A CNAME stands there (RFC 2181 section 10.3). */
  isAlias: boolean;
  /** The name at the end of its aliases, where the addresses stand. null: it is no alias, or leads nowhere. */
  end: string | null;
  /** Those that the internet reaches, both kinds in turn, at most a few. */
  addresses: readonly string[];
  /** Those that nobody outside a network of its own reaches. */
  inner: readonly string[];
  /** `name TYPE` that DNS did not answer about. */
  silent: readonly string[];
  /** The resolver has validated its addresses. */
  authenticated: boolean;
}

export interface Exchange {
  domain: string;
  /** How the question for MX ended. */
  status: DnsStatus;
  /** The resolver has validated the MX records. */
  authenticated: boolean;
  /** There is no MX, and mail goes to the address of the domain itself (RFC 5321 section 5.1). */
  implicit: boolean;
  /** The first by preference, each host once. */
  servers: readonly MailServer[];
  /** Of different hosts in all. */
  count: number;
  /** Hosts that stand there more than once. */
  repeated: readonly string[];
}

/** Servers that are looked up: the first that a sender would try. */
const serversAsked = 10;
const addressesKept = 8;
const repeatedKept = 10;

const literal = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.*|.*:.*)$/;
/** For examples in documents (RFC 5737, RFC 3849): nobody's inner network. */
const documentation = /^(?:192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:)/;

/** Asks for the MX records, and for the addresses of the servers that they name. Never fails. */
export async function findExchange(domain: string, asking: Pick<Asking, 'dns'>): Promise<Exchange> {
  const answer = await asking.dns(domain, 'MX');
  const { named, count, repeated } = readExchangers(answer);
  const { status, authenticated } = answer;
  const implicit = status === 'nodata';
  const asked = implicit ? [{ preference: 0, host: domain }] : named;
  const servers = await Promise.all(asked.map((one) => findServer(one, asking)));
  return {
    domain,
    status,
    authenticated,
    implicit,
    // Without an address either there is no server at all.
    servers: implicit
      ? servers.filter((one) => one.addresses.length + one.inner.length + one.silent.length > 0)
      : servers,
    count,
    repeated,
  };
}

/** The first servers by preference, each host once. */
export function readExchangers(answer: DnsAnswer): {
  named: readonly Pick<MailServer, 'preference' | 'host'>[];
  count: number;
  repeated: string[];
} {
  const all = recordsOf(answer)
    .map(({ data }) => {
      const [preference, host = ''] = data.split(' ');
      return { preference: Number(preference), host: host.replace(/\.$/, '').toLowerCase() };
    })
    .toSorted((one, other) => one.preference - other.preference);
  const times = new Map<string, number>();
  for (const { host } of all) times.set(host, (times.get(host) ?? 0) + 1);
  const seen = new Set<string>();
  const named = all.filter(({ host }) => !seen.has(host) && seen.add(host)).slice(0, serversAsked);
  const repeated = [...times].filter(([, number]) => number > 1).map(([host]) => host);
  return { named, count: times.size, repeated: repeated.slice(0, repeatedKept) };
}

async function findServer(
  { preference, host }: Pick<MailServer, 'preference' | 'host'>,
  { dns }: Pick<Asking, 'dns'>,
): Promise<MailServer> {
  const kind = kindOf(host);
  const nothing = { isAlias: false, end: null, addresses: [], inner: [], silent: [], authenticated: false };
  if (kind !== 'name') return { preference, host, kind, ...nothing };
  const answers = await Promise.all([dns(host, 'A'), dns(host, 'AAAA')]);
  const found = answers.map((answer) =>
    recordsOf(answer)
      .slice(0, addressesKept)
      .map(({ data }) => data),
  );
  const [four = [], six = []] = found;
  // A machine may know one kind alone, so whoever tries two has tried both.
  const inTurn = Array.from({ length: addressesKept }, (_, i) => [four[i], six[i]]).flat();
  const all = inTurn.filter((one) => one !== undefined);
  return {
    preference,
    host,
    kind,
    isAlias: answers.some(({ records }) =>
      records.some(({ name, type }) => type === 'CNAME' && name === host),
    ),
    end: answers.map(endOf).find((name) => name !== null && name !== host) ?? null,
    addresses: all.filter((one) => !isInner(one)).slice(0, addressesKept),
    inner: all.filter(isInner).slice(0, addressesKept),
    silent: answers.filter(unanswered).map(({ name, type }) => `${name} ${type}`),
    authenticated: answers.every((answer) => answer.authenticated),
  };
}

/** Of an answer with addresses: whose they are. */
function endOf(answer: DnsAnswer): string | null {
  const [record] = recordsOf(answer);
  return record ? record.name.replace(/\.$/, '').toLowerCase() : null;
}

function kindOf(host: string): MailServer['kind'] {
  if (host === '') return 'null';
  if (literal.test(host)) return 'literal';
  return askable(host) ? 'name' : 'unreadable';
}

function isInner(address: string): boolean {
  const octets = octetsOf(address);
  return octets !== undefined && !isGlobalAddress(octets) && !documentation.test(address);
}
