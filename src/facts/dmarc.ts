/**
 * DMARC as RFC 9989 finds it: the tree walk (section 4.10), the policy that applies to the author domain
 * (section 4.10.1), and whether the MAIL FROM domain and those of signatures align with it (section 4.10.2).
 */
import { getDomain } from 'tldts';
import { byRoute } from './by-route.ts';
import { signingDomains } from './dkim/signing.ts';
import { type OlderDmarc, readOlder, registeredDomain } from './dmarc/older.ts';
import { type DmarcPolicy, type DmarcRecord, lowered } from './dmarc/record.ts';
import {
  type DmarcStep,
  type DmarcWalk,
  readStep,
  recordFor,
  sameOrganisation,
  walkTree,
} from './dmarc/walk.ts';
import { unanswered } from './dns.ts';
import type { SenderGathering as Gathering } from './gather.ts';

export type { OlderDmarc } from './dmarc/older.ts';
export type { DmarcPolicy, DmarcRecord } from './dmarc/record.ts';
export { type DmarcStep, type DmarcWalk, walkNames } from './dmarc/walk.ts';

export interface AppliedPolicy {
  record: DmarcRecord;
  /** Which tag of it speaks for the author domain. `rua` alone means p=none. */
  tag: 'p' | 'sp' | 'np' | 'rua';
  /** The record stands at a public suffix, by the public suffix list: a registry's. */
  isSuffix: boolean;
  /** null: the record has neither a valid policy nor a report address, so it asks for nothing. */
  policy: DmarcPolicy | null;
  /** What receivers then do: under t=y the next lower one. */
  effective: DmarcPolicy | null;
}

export interface DmarcFact {
  /** The author domain: that of From. */
  domain: string;
  author: DmarcWalk;
  /** By the public suffix list: where a sender without any record publishes the first. */
  registeredDomain: string;
  /** `unknown`: a missing answer could change it. */
  applied: AppliedPolicy | 'none' | 'unknown';
  /** null when nobody has said. */
  mailFrom: string | null;
  /** null when the MAIL FROM domain is not known. */
  spfAlignment: Alignment | null;
  /** Domains of these that would count, did the record not ask for the very same one (aspf=s, adkim=s). */
  barredByStrict: readonly string[];
  /** The step whose record, by its psd tag alone, makes the MAIL FROM domain another organisation's than From's. */
  partedBy: DmarcStep | null;
  /**
   * Over all routes, so that each offers the same record: whether a MAIL FROM domain or a signature's counts as From's
   * for as long alone as the record does not ask for the very same one.
   */
  relaxed: { aspf: boolean; adkim: boolean };
  /** Over all routes too: where a psd tag alone parts a MAIL FROM domain from From. */
  partedAt: readonly string[];
  /** Of each domain that a signature is for, or may be for: whether DMARC would count it. */
  signers: readonly { domain: string; alignment: Alignment }[];
  /** What a receiver by RFC 7489 concludes. `unknown`: a missing answer could change it. */
  older: OlderDmarc | 'unknown';
}

export type Alignment = 'aligned' | 'not-aligned' | 'unknown';

/** Walks up from the From and the MAIL FROM domain. Never fails: what DNS did not say is `unknown`. */
export async function gatherDmarc(gathering: Gathering): Promise<DmarcFact> {
  const { from, mailFrom } = gathering.submission;
  const signing = signingDomains(gathering.submission);
  const all = everyRoute(gathering);
  const bounces = [...new Set([mailFrom, ...all.bounces])].filter((domain) => domain !== null);
  const others = [...new Set([...bounces, ...signing, ...all.signing])];
  const registered = registeredDomain(from.domain);
  const [author, own, above, walks] = await Promise.all([
    walkTree(from.domain, gathering),
    readStep(from.domain, gathering),
    readStep(registered, gathering),
    Promise.all(others.map((domain) => walkTree(domain, gathering))),
  ]);
  const applied = await findPolicy(author, from.domain, gathering);
  const modeOf = (tag: 'aspf' | 'adkim') =>
    applied === 'unknown' ? 'unknown' : applied === 'none' ? 'r' : applied.record[tag];
  const alignmentOf = (domain: string, tag: 'aspf' | 'adkim'): Alignment => {
    if (domain === from.domain) return 'aligned';
    const walk = walks[others.indexOf(domain)];
    return walk ? align(modeOf(tag), author, walk) : 'unknown';
  };
  const isRelated = (domain: string) => {
    const walk = walks[others.indexOf(domain)];
    return domain !== from.domain && walk !== undefined && align('r', author, walk) === 'aligned';
  };
  const isBarred = (domain: string, tag: 'aspf' | 'adkim') => modeOf(tag) === 's' && isRelated(domain);
  const partedFrom = (domain: string) => partedBy(author, walks[others.indexOf(domain)], registered);
  // It would count, too, were there a record that can be read, and no tag in it that parts them.
  const isRelaxed = (domain: string) =>
    isRelated(domain) ||
    partedFrom(domain) !== null ||
    (applied === 'none' && domain !== from.domain && registeredDomain(domain) === registered);
  const barred = [
    ...(mailFrom !== null && isBarred(mailFrom, 'aspf') ? [mailFrom] : []),
    ...signing.filter((domain) => isBarred(domain, 'adkim')),
  ];
  return {
    domain: from.domain,
    author,
    mailFrom,
    barredByStrict: [...new Set(barred)],
    partedBy: mailFrom === null ? null : partedFrom(mailFrom),
    relaxed: { aspf: bounces.some(isRelaxed), adkim: [...signing, ...all.signing].some(isRelaxed) },
    partedAt: [...new Set(bounces.flatMap((domain) => partedFrom(domain)?.domain ?? []))],
    registeredDomain: registered,
    applied,
    spfAlignment: mailFrom === null ? null : alignmentOf(mailFrom, 'aspf'),
    signers: signing.map((domain) => ({ domain, alignment: alignmentOf(domain, 'adkim') })),
    older: readOlder([own, above], mailFrom, signing),
  };
}

/** What the other routes use, where there are several; one alone may be of a person's making. */
function everyRoute({ routes, submission }: Gathering): { bounces: (string | null)[]; signing: string[] } {
  const [, ...more] = routes;
  const each = more.length === 0 ? [] : routes;
  return {
    bounces: each.map((route) => route.mail_from),
    signing: [...new Set(each.flatMap((route) => signingDomains(byRoute(submission, route))))],
  };
}

/** Author domain first, then the organisational domain, then a public suffix that publishes psd=y (4.10.1). */
async function findPolicy(
  walk: DmarcWalk,
  domain: string,
  gathering: Gathering,
): Promise<DmarcFact['applied']> {
  const record = recordFor(walk);
  if (typeof record === 'string') return record;
  if (record.domain === domain) return apply(record, 'p');
  const { np, sp, p, policyFault } = record;
  // Whether the domain exists is asked only where it decides.
  if (policyFault || np === null || np === (sp ?? p)) return apply(record, 'sp');
  const answer = await gathering.dns(domain, 'TXT');
  if (unanswered(answer)) return 'unknown';
  return apply(record, denies(answer) ? 'np' : 'sp');
}

/** Section 3.2.13: NXDOMAIN. Behind an alias it speaks of the alias's target (RFC 6604), and the name exists. */
function denies({ name, status, records }: Awaited<ReturnType<Gathering['dns']>>): boolean {
  return status === 'nxdomain' && !records.some((record) => record.name === name);
}

function apply(record: DmarcRecord, wanted: 'p' | 'sp' | 'np'): AppliedPolicy {
  const tag = wanted !== 'p' && record[wanted] === null ? 'p' : wanted;
  const policy = record[tag];
  const isSuffix = getDomain(record.domain, { allowPrivateDomains: true }) === null;
  if (policy !== null && !record.policyFault) {
    return { record, tag, isSuffix, policy, effective: record.testing ? lowered(policy) : policy };
  }
  const implied = record.rua.length > 0 ? 'none' : null;
  return { record, tag: 'rua', isSuffix, policy: implied, effective: implied };
}

function align(mode: 'r' | 's' | 'unknown', author: DmarcWalk, signer: DmarcWalk): Alignment {
  if (mode === 's') return 'not-aligned';
  const same = sameOrganisation(author, signer);
  if (same === false) return 'not-aligned';
  return same === true && mode === 'r' ? 'aligned' : 'unknown';
}

/** See DmarcFact.partedBy. A registry's own psd=y rightly parts what stands below it. */
function partedBy(author: DmarcWalk, mailFrom: DmarcWalk | undefined, registered: string): DmarcStep | null {
  if (!mailFrom || sameOrganisation(author, mailFrom) !== false) return null;
  const [one, other] = [author, mailFrom].map(({ steps }) => steps[0]?.domain ?? '');
  const isWithin = (domain: string | undefined) => `.${domain}`.endsWith(`.${registered}`);
  if (!isWithin(one) || !isWithin(other)) return null;
  // At the top psd=n only says what is so.
  const parts = ({ domain, record }: DmarcStep) =>
    isWithin(domain) && (record?.psd === 'y' || (record?.psd === 'n' && domain !== registered));
  return [...mailFrom.steps, ...author.steps].find(parts) ?? null;
}
