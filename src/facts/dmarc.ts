/**
 * DMARC as RFC 9989 finds it: the tree walk (section 4.10), the policy that applies to the author domain
 * (section 4.10.1), and whether the MAIL FROM domain and those of signatures align with it (section 4.10.2).
 */
import { getDomain } from 'tldts';
import { signingDomains } from './dkim.ts';
import {
  type DmarcPolicy,
  type DmarcRecord,
  isDmarcRecord,
  type MisspeltDmarc,
  parseDmarc,
  readMisspeltDmarc,
} from './dmarc/record.ts';
import { recordsOf, unanswered } from './dns.ts';
import type { Gathering } from './gather.ts';

export type { DmarcPolicy, DmarcRecord } from './dmarc/record.ts';

export interface DmarcStep {
  domain: string;
  /** `several`: more than one record, which counts as none. */
  state: 'record' | 'none' | 'several' | 'unanswered';
  record: DmarcRecord | null;
  /** Where there is no record: the one that was meant to be. */
  misspelt: MisspeltDmarc | null;
  /** A CNAME stands at `_dmarc.`, and no other record may stand beside it. */
  isAlias: boolean;
}

export interface DmarcWalk {
  /** From the starting name upward, to the first record with psd=y or psd=n or to the top. */
  steps: readonly DmarcStep[];
  /** null: a missing answer on the way could change it. */
  organisationalDomain: string | null;
}

export interface AppliedPolicy {
  record: DmarcRecord;
  /** Which tag of it speaks for the author domain. `rua` alone means p=none. */
  tag: 'p' | 'sp' | 'np' | 'rua';
  /** The record stands at a public suffix, by the public suffix list: a registry's. */
  isSuffix: boolean;
  /** null: the record has neither a valid policy nor a report address, so it asks for nothing. */
  policy: DmarcPolicy | null;
}

export interface DmarcFact {
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
  /** Of each domain that a signature is for, or may be for: whether DMARC would count it. */
  signers: readonly { domain: string; alignment: Alignment }[];
}

export type Alignment = 'aligned' | 'not-aligned' | 'unknown';

/** Walks up from the From and the MAIL FROM domain. Never fails: what DNS did not say is `unknown`. */
export async function gatherDmarc(gathering: Gathering): Promise<DmarcFact> {
  const { from, mailFrom } = gathering.submission;
  const signing = signingDomains(gathering.submission);
  const others = [...new Set([...(mailFrom === null ? [] : [mailFrom]), ...signing])];
  const [author, ...walks] = await Promise.all(
    [from.domain, ...others].map((domain) => walkTree(domain, gathering)),
  );
  if (!author) throw new Error('the From domain was not walked');
  const applied = await findPolicy(author, from.domain, gathering);
  const modeOf = (tag: 'aspf' | 'adkim') =>
    applied === 'unknown' ? 'unknown' : applied === 'none' ? 'r' : applied.record[tag];
  const alignmentOf = (domain: string, tag: 'aspf' | 'adkim'): Alignment => {
    if (domain === from.domain) return 'aligned';
    const walk = walks[others.indexOf(domain)];
    return walk ? align(modeOf(tag), author, walk) : 'unknown';
  };
  const isBarred = (domain: string, tag: 'aspf' | 'adkim') => {
    const walk = walks[others.indexOf(domain)];
    if (domain === from.domain || modeOf(tag) !== 's' || !walk) return false;
    return align('r', author, walk) === 'aligned';
  };
  const barred = [
    ...(mailFrom !== null && isBarred(mailFrom, 'aspf') ? [mailFrom] : []),
    ...signing.filter((domain) => isBarred(domain, 'adkim')),
  ];
  return {
    author,
    mailFrom,
    barredByStrict: [...new Set(barred)],
    registeredDomain: getDomain(from.domain, { allowPrivateDomains: true }) ?? from.domain,
    applied,
    spfAlignment: mailFrom === null ? null : alignmentOf(mailFrom, 'aspf'),
    signers: signing.map((domain) => ({ domain, alignment: alignmentOf(domain, 'adkim') })),
  };
}

/** The names a walk asks for: at most 8; a name of 8 labels or more jumps to its last 7 (section 4.10). */
export function walkNames(domain: string): string[] {
  const labels = domain.split('.');
  const names = [domain];
  for (let count = Math.min(labels.length - 1, 7); count >= 1; count -= 1) {
    names.push(labels.slice(-count).join('.'));
  }
  return names;
}

async function walkTree(domain: string, gathering: Gathering): Promise<DmarcWalk> {
  // All at once: the names do not depend on the answers, and one round trip is kinder than eight.
  const all = await Promise.all(walkNames(domain).map((name) => step(name, gathering)));
  const end = all.findIndex(({ record }) => record !== null && record.psd !== 'u');
  const steps = end === -1 ? all : all.slice(0, end + 1);
  const [only, ...others] = new Set(readings([steps]).map(([one]) => one?.domain));
  return { steps, organisationalDomain: others.length === 0 ? (only ?? domain) : null };
}

async function step(domain: string, gathering: Gathering): Promise<DmarcStep> {
  const name = `_dmarc.${domain}`;
  // The prefix can make a name too long to ask for; then no record can stand there.
  const without = { domain, record: null, misspelt: null, isAlias: false };
  if (name.length > 253) return { ...without, state: 'none' };
  const answer = await gathering.dns(name, 'TXT');
  if (unanswered(answer)) return { ...without, state: 'unanswered' };
  const isAlias = answer.records.some((one) => one.type === 'CNAME' && one.name === name);
  const texts = recordsOf(answer).map(({ data }) => data);
  const records = texts.filter(isDmarcRecord);
  const [text] = records;
  if (text === undefined) {
    const [misspelt = null] = texts.map(readMisspeltDmarc).filter((one) => one !== null);
    return { ...without, state: 'none', misspelt, isAlias };
  }
  if (records.length > 1) return { ...without, state: 'several', isAlias };
  return { ...without, state: 'record', isAlias, record: parseDmarc(domain, text) };
}

/** How far a walk has been read: the organisational domain so far, and whether a record ended the selection. */
interface Reading {
  domain: string;
  ended: boolean;
}

/**
 * The organisational domain of each walk (section 4.10.2), read from the longest name to the shortest. Where an
 * answer is missing, every reading that it could lead to; a name that walks share says the same to each of them.
 */
function readings(walks: readonly (readonly DmarcStep[])[]): Reading[][] {
  const starts = walks.map(([first]) => first?.domain ?? '');
  const steps = new Map(walks.flat().map((one) => [one.domain, one]));
  const passes = (domain: string) => walks.map((walk) => walk.some((one) => one.domain === domain));
  const sharing = ({ domain }: DmarcStep) => passes(domain).filter(Boolean).length;
  let all = [starts.map((domain): Reading => ({ domain, ended: false }))];
  // What a walk has by itself is longer than all that it shares.
  for (const here of [...steps.values()].sort((one, other) => sharing(one) - sharing(other))) {
    const { domain, state, record } = here;
    const says: readonly Said[] = state === 'unanswered' ? ['none', 'u', 'y', 'n'] : [record?.psd ?? 'none'];
    const passing = passes(domain);
    const next = all.flatMap((each) =>
      says.map((said) =>
        each.map((one, i) => (passing[i] ? read(one, { start: starts[i] ?? '', domain, said }) : one)),
      ),
    );
    all = [...new Map(next.map((each) => [JSON.stringify(each), each])).values()];
  }
  return all;
}

/** What a name says of where the organisation's domain lies: its record's psd, or nothing. */
type Said = 'none' | DmarcRecord['psd'];

function read(
  reading: Reading,
  { start, domain, said }: { start: string; domain: string; said: Said },
): Reading {
  if (reading.ended || said === 'none') return reading;
  if (said !== 'y' || domain === start) return { domain, ended: said !== 'u' };
  const labels = domain.split('.').length + 1;
  return { domain: start.split('.').slice(-labels).join('.'), ended: true };
}

/** Author domain first, then the organisational domain, then a public suffix that publishes psd=y (4.10.1). */
async function findPolicy(
  { steps, organisationalDomain: organisation }: DmarcWalk,
  domain: string,
  gathering: Gathering,
): Promise<DmarcFact['applied']> {
  const [own] = steps;
  if (own?.state === 'unanswered') return 'unknown';
  if (own?.record) return apply(own.record, 'p');
  if (organisation === null) return 'unknown';
  const suffix = steps.find(({ record }) => record?.psd === 'y');
  const above = steps.find((one) => one.domain === organisation && one.record) ?? suffix;
  if (!above?.record) return 'none';
  const { np, sp, p, policyFault } = above.record;
  // Whether the domain exists is asked only where it decides.
  if (policyFault || np === null || np === (sp ?? p)) return apply(above.record, 'sp');
  const answer = await gathering.dns(domain, 'TXT');
  if (unanswered(answer)) return 'unknown';
  return apply(above.record, denies(answer) ? 'np' : 'sp');
}

/** Section 3.2.13: NXDOMAIN. Behind an alias it speaks of the alias's target (RFC 6604), and the name exists. */
function denies({ name, status, records }: Awaited<ReturnType<Gathering['dns']>>): boolean {
  return status === 'nxdomain' && !records.some((record) => record.name === name);
}

function apply(record: DmarcRecord, wanted: 'p' | 'sp' | 'np'): AppliedPolicy {
  const tag = wanted !== 'p' && record[wanted] === null ? 'p' : wanted;
  const policy = record[tag];
  const isSuffix = getDomain(record.domain, { allowPrivateDomains: true }) === null;
  if (policy !== null && !record.policyFault) return { record, tag, isSuffix, policy };
  return { record, tag: 'rua', isSuffix, policy: record.rua.length > 0 ? 'none' : null };
}

function align(mode: 'r' | 's' | 'unknown', author: DmarcWalk, signer: DmarcWalk): Alignment {
  if (mode === 's') return 'not-aligned';
  const all = readings([author.steps, signer.steps]);
  const shared = all.filter(([one, other]) => one?.domain === other?.domain);
  if (shared.length === 0) return 'not-aligned';
  return shared.length === all.length && mode === 'r' ? 'aligned' : 'unknown';
}
