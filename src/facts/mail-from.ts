/** The envelope subdomain: the domain of the Return-Path, its relation to From, and where bounces go. */
import { getDomain } from 'tldts';
import type { DnsStatus } from '../ports.ts';
import type { SendingServer } from './asking.ts';
import { askable, recordsOf, unanswered } from './dns.ts';
import type { SenderGathering as Gathering } from './gather.ts';

export interface MailExchanger {
  preference: number;
  /** Empty for a null MX (RFC 7505). */
  host: string;
}

export interface MailFromFact {
  /** null: nobody has said which domain it is. */
  domain: string | null;
  /** To the From domain. `sibling`: beside it, below the same registered domain. */
  relation: 'subdomain' | 'sibling' | 'same' | 'outside' | null;
  /** `status` before anything else: an empty list without an answer says nothing. */
  mx: {
    status: DnsStatus;
    exchangers: readonly MailExchanger[];
    /** Some server has an address. false: none has. null: nobody knows, or there is none to look for. */
    reached: boolean | null;
  } | null;
  /**
   * What may be published there. `apart`: all, since it is a name for sending alone. `shared`: the name has other
   * uses. `alias`: nothing beside its CNAME (RFC 1034 section 3.6.2). `foreign`: nothing, it is not the sender's.
   */
  place: 'apart' | 'shared' | 'alias' | 'foreign' | null;
  /** The registered domain of From: what lies below it is the sender's own. null: From has none. */
  organisation: string | null;
  /** Without MX, mail goes to its A or AAAA (RFC 5321 section 5.1). null: not asked, or no answer. */
  hasAddress: boolean | null;
  /** Of the route. null: a system of the sender's own. `unknown`: a server that is not set up here. */
  server: SendingServer | 'unknown' | null;
  /** What other routes that have this MAIL FROM go by. */
  sharedWith: readonly SendingServer[];
}

/** Asks for the MX of the MAIL FROM domain. Never fails. */
export async function gatherMailFrom(gathering: Gathering): Promise<MailFromFact> {
  const { from, mailFrom } = gathering.submission;
  const own = { server: serverOf(gathering), sharedWith: sharedWith(gathering) };
  // With private suffixes, so that two customers of one host are no siblings.
  const organisation = getDomain(from.domain, { allowPrivateDomains: true });
  if (mailFrom === null) {
    return { domain: null, relation: null, mx: null, place: null, organisation, hasAddress: null, ...own };
  }
  const answer = await gathering.dns(mailFrom, 'MX');
  const exchangers = recordsOf(answer)
    .map(({ data }) => {
      const [preference, host = ''] = data.split(' ');
      return { preference: Number(preference), host: host.replace(/\.$/, '').toLowerCase() };
    })
    .toSorted((one, other) => one.preference - other.preference);
  const relation = relate(mailFrom, from.domain, organisation);
  const isAlias = answer.records.some(({ name, type }) => type === 'CNAME' && name === mailFrom);
  return {
    domain: mailFrom,
    relation,
    mx: { status: answer.status, exchangers, reached: await findServer(exchangers, gathering) },
    place: !isOwn(mailFrom, from.domain, organisation)
      ? 'foreign'
      : isAlias
        ? 'alias'
        : relation === 'subdomain' || relation === 'sibling'
          ? 'apart'
          : 'shared',
    organisation,
    hasAddress: answer.status === 'nodata' ? await findAddress(mailFrom, gathering) : null,
    ...own,
  };
}

/** The sending server that the route goes by. */
export function serverOf({ submission, transports }: Gathering): MailFromFact['server'] {
  const { transport } = submission.routes[0];
  return transport === null ? null : (transports.find(({ id }) => id === transport) ?? 'unknown');
}

function sharedWith({ submission, transports, routes }: Gathering): SendingServer[] {
  const [{ transport }] = submission.routes;
  if (transport === null || submission.mailFrom === null) return [];
  const others = routes.filter(
    (route) => route.transport !== transport && route.mail_from === submission.mailFrom,
  );
  return transports.filter(({ id }) => others.some((route) => route.transport === id));
}

async function findAddress(name: string, { dns }: Gathering): Promise<boolean | null> {
  const answers = await Promise.all([dns(name, 'A'), dns(name, 'AAAA')]);
  if (answers.some(({ status }) => status === 'answered')) return true;
  return answers.some(unanswered) ? null : false;
}

/** Servers that are looked up: the first a sender would try. */
const serversAsked = 10;

/** A server without an address takes no mail (RFC 5321 section 5.1). */
async function findServer(
  exchangers: readonly MailExchanger[],
  gathering: Gathering,
): Promise<boolean | null> {
  const hosts = [...new Set(exchangers.map(({ host }) => host).filter(Boolean))];
  const found = await Promise.all(
    hosts.slice(0, serversAsked).map((host) => (askable(host) ? findAddress(host, gathering) : false)),
  );
  if (found.includes(true)) return true;
  return found.length === 0 || found.length < hosts.length || found.includes(null) ? null : false;
}

function relate(mailFrom: string, author: string, organisation: string | null): MailFromFact['relation'] {
  if (mailFrom === author) return 'same';
  if (mailFrom.endsWith(`.${author}`)) return 'subdomain';
  return organisation !== null && mailFrom.endsWith(`.${organisation}`) ? 'sibling' : 'outside';
}

function isOwn(mailFrom: string, author: string, organisation: string | null): boolean {
  return (
    mailFrom === author ||
    mailFrom === organisation ||
    mailFrom.endsWith(`.${author}`) ||
    (organisation !== null && mailFrom.endsWith(`.${organisation}`))
  );
}
