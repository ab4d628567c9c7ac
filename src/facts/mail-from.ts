/** The envelope subdomain: the domain of the Return-Path, its relation to From, and where bounces go. */
import { getDomain } from 'tldts';
import type { DnsStatus } from '../ports.ts';
import { recordsOf, unanswered } from './dns.ts';
import type { Gathering } from './gather.ts';

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
  mx: { status: DnsStatus; exchangers: readonly MailExchanger[] } | null;
  /**
   * What may be published there. `apart`: all, since it is a name for sending alone. `shared`: the name has other
   * uses, or is not the sender's. `alias`: nothing beside its CNAME (RFC 1034 section 3.6.2).
   */
  place: 'apart' | 'shared' | 'alias' | null;
  /** Without MX, mail goes to its A or AAAA (RFC 5321 section 5.1). null: not asked, or no answer. */
  hasAddress: boolean | null;
}

/** Asks for the MX of the MAIL FROM domain. Never fails. */
export async function gatherMailFrom(gathering: Gathering): Promise<MailFromFact> {
  const { from, mailFrom } = gathering.submission;
  if (mailFrom === null) return { domain: null, relation: null, mx: null, place: null, hasAddress: null };
  const answer = await gathering.dns(mailFrom, 'MX');
  const exchangers = recordsOf(answer)
    .map(({ data }) => {
      const [preference, host = ''] = data.split(' ');
      return { preference: Number(preference), host: host.replace(/\.$/, '').toLowerCase() };
    })
    .toSorted((one, other) => one.preference - other.preference);
  const relation = relate(mailFrom, from.domain);
  const isAlias = answer.records.some(({ name, type }) => type === 'CNAME' && name === mailFrom);
  return {
    domain: mailFrom,
    relation,
    mx: { status: answer.status, exchangers },
    place: isAlias ? 'alias' : relation === 'subdomain' || relation === 'sibling' ? 'apart' : 'shared',
    hasAddress: answer.status === 'nodata' ? await findAddress(mailFrom, gathering) : null,
  };
}

async function findAddress(name: string, { dns }: Gathering): Promise<boolean | null> {
  const answers = await Promise.all([dns(name, 'A'), dns(name, 'AAAA')]);
  if (answers.some(({ status }) => status === 'answered')) return true;
  return answers.some(unanswered) ? null : false;
}

function relate(mailFrom: string, author: string): MailFromFact['relation'] {
  if (mailFrom === author) return 'same';
  if (mailFrom.endsWith(`.${author}`)) return 'subdomain';
  // With private suffixes, so that two customers of one host are no siblings.
  const registered = getDomain(author, { allowPrivateDomains: true });
  return registered !== null && mailFrom.endsWith(`.${registered}`) ? 'sibling' : 'outside';
}
