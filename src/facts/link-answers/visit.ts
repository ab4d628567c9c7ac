/** One address, visited hop by hop: each is looked at anew before anybody goes there. */
import { parse } from 'tldts';
import type { LinkLimits } from '../../rule.ts';
import type { Asking, Visit } from '../asking.ts';
import { linkHost, type WebHost } from '../message/web-host.ts';
import { leftAlone, sameAddress } from './permission.ts';

/**
 * `answered`: there is something. `gone`: the server says that there is nothing (404, 410). `absent`: the host has no
 * address in DNS. `certificate`: no browser opens it without a warning. `error`: the server fails. `closed`: it does
 * not let a program in, or only a reader could know. `silent`: no answer.
 */
export type VisitState = 'answered' | 'gone' | 'absent' | 'certificate' | 'error' | 'closed' | 'silent';

/** What every browser refuses; that an intermediate certificate is missing some of them mend by themselves. */
const refusedCertificates = new Set([
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);
/** RFC 9110: a method, a name or a right that a reader may have and a program has not. */
const goneStatus = new Set([404, 410]);
const redirectStatus = new Set([301, 302, 303, 307, 308]);

export interface Through {
  state: VisitState;
  /** Of the last answer. */
  status: number | null;
  /** Why there was none. */
  failure: string | null;
  /** All addresses that were asked for, the first included. */
  chain: readonly string[];
  /** Where it ended, as far as it was followed; null: at no host of the web. */
  end: WebHost | null;
  /** The end's address. */
  endUrl: string;
  /** The last answer, where there was one. */
  last: Visit | null;
}

/** @param most bytes of what is read at its end; 0: the header is enough. */
export async function visitThrough(
  href: string,
  { dns, visit, mayVisit }: Pick<Asking, 'dns' | 'visit' | 'mayVisit'>,
  limits: LinkLimits,
  most = 0,
): Promise<Through> {
  const chain: string[] = [];
  const ended = (state: VisitState, url: string, more: Partial<Through> = {}): Through => {
    const rest = { status: null, failure: null, last: null };
    return { state, chain, end: linkHost(url), endUrl: url, ...rest, ...more };
  };
  // A zone file does not have the names of the whole world: what it does not have may be there all the same.
  mayVisit();
  let url = sameAddress(href);
  for (;;) {
    chain.push(url);
    const host = hostOf(url);
    if (parse(host).isIp !== true) {
      // Where DNS says nothing, the visit ends the same way, or says that nothing may be visited.
      if ((await isKnown(host, dns)) === 'absent') return ended('absent', url);
    }
    const last = await visit(url, most);
    const { status, failure, location } = last;
    if (status === null) return ended(failed(failure ?? ''), url, { failure });
    if (!redirectStatus.has(status) || location === null) {
      return ended(stateOf(status, host, limits), url, { status, last });
    }
    if (!URL.canParse(location, url)) return ended('error', url, { status });
    const next = sameAddress(new URL(location, url).href);
    // To a program, such as a shop of apps: a reader's device knows the way.
    if (!/^https?:/.test(next)) return ended('answered', url, { status });
    if (chain.includes(next) || chain.length > limits.redirects) return ended('closed', url, { status });
    // What a redirect leads to may act as well; a session of our own is nobody's.
    if (leftAlone(next, limits) === 'acting') return ended('answered', next, { status });
    url = next;
  }
}

function stateOf(status: number, host: string, { closedSites }: LinkLimits): VisitState {
  if (status >= 200 && status < 300) return 'answered';
  if (closedSites.includes(parse(host).domain ?? '')) return 'closed';
  if (goneStatus.has(status)) return 'gone';
  // 503 is what many answer a program that they take for a robot.
  return status >= 500 && status < 600 && status !== 503 ? 'error' : 'closed';
}

function failed(failure: string): VisitState {
  if (refusedCertificates.has(failure)) return 'certificate';
  return /-refused$/.test(failure) ? 'closed' : 'silent';
}

/** A name without an address leads nobody anywhere; one that is not answered for may lead somewhere. */
async function isKnown(host: string, dns: Asking['dns']): Promise<'known' | 'absent' | 'unanswered'> {
  const name = host.replace(/\.$/, '');
  const four = await dns(name, 'A');
  if (four.status === 'nxdomain') return 'absent';
  if (four.status === 'answered' && four.records.some(({ type }) => type === 'A')) return 'known';
  const six = await dns(name, 'AAAA');
  if (six.status === 'answered' && six.records.some(({ type }) => type === 'AAAA')) return 'known';
  const both = [four, six].every(({ status }) => status === 'nodata' || status === 'answered');
  return both ? 'absent' : 'unanswered';
}

function hostOf(url: string): string {
  return new URL(url).hostname;
}
