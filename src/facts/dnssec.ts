/**
 * DNSSEC of the names that the mail rests on, as the resolver says. Its word (the AD bit, RFC 4035 section 3.2.3) is
 * worth what the way to it is worth: it is shown with who gave it, and nothing is opened by it.
 */
import { getDomain } from 'tldts';
import type { DnsAnswer } from '../ports.ts';
import { askable, recordsOf, unanswered } from './dns.ts';
import type { SenderGathering as Gathering } from './gather.ts';

/**
 * `signed`: validated. `unsigned`: the zone above has no DS for it. `ignored`: signed in a way that the resolver does
 * not accept, so that it takes it as unsigned. `broken`: what was asked for is held back, since a signature does not
 * hold. `unvalidated`: the resolver does not tell. `unanswered`: DNS did not.
 */
export type DnssecState = 'signed' | 'unsigned' | 'ignored' | 'broken' | 'unvalidated' | 'unanswered';

export interface DnssecKey {
  /** The numbers of the IANA registries (RFC 9904). */
  algorithm: number;
  digest: number;
}

export interface DnssecName {
  name: string;
  state: DnssecState;
  /** Where its records are signed and its DS stands: the name itself, or the registered domain above it. */
  zone: string;
  /** What the DS records of the zone name. */
  keys: readonly DnssecKey[];
  /** `name TYPE` of what is held back, with its extended error; without one, of what is silent. */
  held: readonly { question: string; extendedError: number | null }[];
}

export interface DnssecFact {
  /** The resolver validates: it says so of the top-level domain, whose DS is always signed. null: no answer. */
  validates: boolean | null;
  /** From's domain and the registered one above it first, then the MAIL FROM domains below the same. */
  names: readonly DnssecName[];
}

/** Names that are looked at: From's two, and the MAIL FROM domains of the first routes. */
const namesAtMost = 8;

/** What is wrong with a signature, and not with the resolver or the way (RFC 8914 sections 4.7 to 4.13). */
const signatureFaults = [6, 7, 8, 9, 10, 11, 12];

/** Asks for what the audit asks anyway, and for SOA and DS beside it, all at once. Never fails. */
export async function gatherDnssec(gathering: Gathering): Promise<DnssecFact> {
  const { from, mailFrom } = gathering.submission;
  const organisation = getDomain(from.domain, { allowPrivateDomains: true }) ?? from.domain;
  const envelopes = [mailFrom, ...gathering.routes.map((route) => route.mail_from)].filter(
    (name) => name !== null && isWithin(name, organisation),
  );
  const names = [...new Set([from.domain, organisation, ...envelopes])].filter((name) => name !== null);
  const top = organisation.slice(organisation.lastIndexOf('.') + 1);
  const [above, ...asked] = await Promise.all([
    gathering.dns(top, 'DS'),
    ...names.slice(0, namesAtMost).map((name) => {
      const isAuthor = name === from.domain;
      const texts = isAuthor || name === organisation ? [`_dmarc.${name}`] : [];
      return askName(name, isAuthor || envelopes.includes(name), texts, gathering);
    }),
  ]);
  const validates = unanswered(above) ? null : above.authenticated;
  const registered = asked.find(({ name }) => name === organisation);
  return {
    validates,
    names: asked.flatMap((one) => read(one, registered ?? one, validates, !unanswered(above)) ?? []),
  };
}

interface AskedName {
  name: string;
  soa: DnsAnswer;
  ds: DnsAnswer;
  /** What the mail needs of it. */
  data: readonly DnsAnswer[];
}

async function askName(
  name: string,
  isUsed: boolean,
  texts: readonly string[],
  { dns }: Gathering,
): Promise<AskedName> {
  const [soa, ds, ...data] = await Promise.all([
    dns(name, 'SOA'),
    dns(name, 'DS'),
    ...(isUsed ? [dns(name, 'MX'), dns(name, 'TXT')] : []),
    ...texts.filter(askable).map((text) => dns(text, 'TXT')),
  ]);
  return { name, soa, ds, data };
}

/**
 * `reached`: the resolver answered about the top-level domain, so a fault below it is not the resolver's own. null:
 * nothing can be said.
 */
function read(
  { name, soa, ds, data }: AskedName,
  registered: AskedName,
  validates: boolean | null,
  reached: boolean,
): DnssecName | null {
  const isAlias = soa.records.some((one) => one.type === 'CNAME' && one.name === name);
  const isApex = !isAlias && recordsOf(soa).length > 0;
  const delegation = isApex ? ds : registered.ds;
  const keys = keysOf(delegation);
  const zone = isApex ? name : registered.name;
  const all = [soa, ...data];
  const faulty = all.filter(
    ({ extendedError: code }) => code !== undefined && signatureFaults.includes(code),
  );
  const held = faulty.filter(unanswered);
  const tell = (state: DnssecState, answers: readonly DnsAnswer[] = []): DnssecName => ({
    name,
    state,
    zone,
    keys,
    held: answers.map((one) => ({
      question: `${one.name} ${one.type}`,
      extendedError: one.extendedError ?? null,
    })),
  });
  if (held.length > 0 && reached) return tell('broken', held);
  const silent = all.filter(unanswered);
  if (silent.length > 0) return tell('unanswered', silent);
  if (validates === null) return tell('unanswered');
  if (!validates) return tell('unvalidated');
  // AD for a zone that nothing above vouches for: the resolver gives the bit back as it got it.
  if (soa.authenticated) return tell(isApex && ds.status === 'nodata' ? 'unvalidated' : 'signed');
  // What it is an alias of is another's.
  if (isAlias) return null;
  if (unanswered(delegation)) return tell('unanswered', [delegation]);
  return tell(keys.length > 0 ? 'ignored' : 'unsigned');
}

function keysOf(answer: DnsAnswer): DnssecKey[] {
  return recordsOf(answer).map(({ data }) => {
    const [, algorithm, digest] = data.split(' ');
    return { algorithm: Number(algorithm), digest: Number(digest) };
  });
}

function isWithin(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}
