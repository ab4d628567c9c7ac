/**
 * The DMARC record to publish in place of one that has faults. There is one for a name, whoever offers it: what is
 * amiss now is mended in it all at once, and what lessens the policy waits until only that is left.
 */
import { type Facts, type NotApplicable, notApplicable, type Unknown, unknown } from '#rule';

type Dmarc = Facts['dmarc'];
/** `dmarcPassing`: what begins to count binds at once only where the mail passes by every route. */
type Known = Pick<Facts, 'dmarc' | 'dmarcPassing'>;
export type AppliedPolicy = Exclude<Dmarc['applied'], string>;
type DmarcRecord = AppliedPolicy['record'];
type Tags = Readonly<Record<string, string | null>>;
const policyTags = ['p', 'sp', 'np'] as const;

/** `alias`: beside a CNAME no other record stands. `none`: nobody can tell which one, or not yet. */
export type DmarcBox = 'shown' | 'alias' | 'none';

/**
 * What to say of the record at `_dmarc.<domain>`, and what to put there. `old`: as it stands; `next`: mended, null
 * where there is none to offer.
 */
function dmarcBox({ author, partedBy }: Dmarc, domain: string, old: string, next: string | null) {
  const isAlias = [...author.steps, partedBy].some((step) => step?.domain === domain && step.isAlias);
  const box: DmarcBox = isAlias ? 'alias' : next === null ? 'none' : 'shown';
  const change = { kind: 'dns', type: 'TXT', name: `_dmarc.${domain}`, old, new: next } as const;
  const changed = box === 'shown' && next !== null ? differing(old, next).join(', ') : '';
  return {
    data: { domain, box, changed, wakes: '', lowered: '', waits: '' },
    more: box === 'shown' ? { change } : {},
  };
}

/**
 * The box of a finding that can be mended now, with the policies that come to count. `from`: what stands in place of the record, where that is misspelt.
 * @param record null: nobody can tell what was meant.
 */
export function mendedBox(
  known: Known,
  record: DmarcRecord | null,
  from: { domain: string; text: string } | null = record,
) {
  const { dmarc } = known;
  const { domain, text } = from ?? { domain: dmarc.domain, text: '' };
  const next = record && mendedRecord(known, record);
  const { data, more } = dmarcBox(dmarc, domain, text, next);
  return { data: data.box === 'shown' ? { ...data, ...begins(known, record, next) } : data, more };
}

/**
 * Policies that its owner wrote and that have not counted until now. `wakes`: they do when `next` is published.
 * `lowered`: they are left out of it.
 */
export function begins({ dmarc, dmarcPassing }: Known, record: DmarcRecord | null, next: string | null) {
  if (!record || next === null) return { wakes: '', lowered: '' };
  const [meant, offered] = [tagsOf(record.mended ?? ''), tagsOf(next)];
  const told = (tags: readonly string[]) => tags.map((tag) => `${tag}=${meant.get(tag)}`).join(', ');
  const wakes = dormant(dmarc, record).filter((tag) => offered.get(tag) === meant.get(tag));
  const lowered = Object.keys(rested({ dmarc, dmarcPassing }, record)).length > 0;
  return { wakes: told(wakes), lowered: lowered ? told(dormant(dmarc, record)) : '' };
}

/** Policies that bind as they were meant, and that do not count as they stand. */
function dormant(dmarc: Dmarc, record: DmarcRecord): ('p' | 'sp' | 'np')[] {
  const written = tagsOf(record.mended ?? '');
  // It is read as it was meant, where nothing that can be read stands.
  const step = dmarc.author.steps.find(({ domain }) => domain === record.domain);
  const isRead = !(step?.misspelt && step.record === null) && !record.policyFault;
  return policyTags.filter((tag) => {
    const policy = written.get(tag);
    return /^(?:quarantine|reject)$/.test(policy ?? '') && !(isRead && record[tag] === policy);
  });
}

/** What to write in place of those where nobody knows that the mail passes: none, or nothing for what follows p. */
function rested({ dmarc, dmarcPassing }: Known, record: DmarcRecord): Tags {
  if (dmarcPassing.passes === true) return {};
  const asleep = dormant(dmarc, record);
  const { applied } = dmarc;
  const written = tagsOf(record.mended ?? '');
  // What a domain above asks for at From already is not taken away from it.
  const above = typeof applied === 'object' && applied.record.domain !== record.domain ? applied : null;
  const order = ['none', 'quarantine', 'reject'];
  const isRise = order.indexOf(written.get('p') ?? '') > order.indexOf(above?.effective ?? 'none');
  if (asleep.includes('p') && isRise) return { p: 'none', sp: null, np: null, t: null, pct: null };
  return asleep.includes('p') ? {} : Object.fromEntries(asleep.map((tag) => [tag, null]));
}

/**
 * The box of a finding that waits for the reports: none before all else is mended. `binding`: p has to bind in it.
 * `barred`: the mail would not pass what it asks for.
 */
export function waitingBox(known: Known, record: DmarcRecord, { binding = false, barred = false } = {}) {
  const { dmarc } = known;
  const isMended = Object.keys(mending(known, record)).length === 0 && isSound(record);
  const isOffered = isMended && !barred && !(binding && isApart(dmarc, record));
  const next = isOffered ? rewritten(record, waited(dmarc, record)) : null;
  return dmarcBox(dmarc, record.domain, record.text, next);
}

/** Which of pct and t lessen a policy in it that binds: to take those away waits for the reports. */
export function lessens(record: DmarcRecord): { percent: boolean; testing: boolean } {
  const binds = policiesOf(record).some((policy) => policy === 'quarantine' || policy === 'reject');
  return { percent: record.percent < 100 && binds, testing: record.testing && binds };
}

/**
 * A record that never counted, mended, where none of what it asks for may bind but `policy`: nobody has seen reports.
 * `lowered`: what in it would have bound.
 */
export function restedRecord(dmarc: Dmarc, record: DmarcRecord, policy: string) {
  const written = tagsOf(record.mended ?? '');
  const binding = policyTags.filter((tag) => /^(?:quarantine|reject)$/.test(written.get(tag) ?? ''));
  const lowered = binding.map((tag) => `${tag}=${written.get(tag)}`).join(', ');
  const isBinding = binding.length > 0 || policy !== 'none';
  const rest = isBinding ? { p: policy, sp: null, np: null, t: null, pct: null } : {};
  const now = mending({ dmarc, dmarcPassing: { passes: true } }, record);
  return { text: rewritten(record, { ...now, ...rest }), lowered };
}

/** The record with everything mended that can be now; null where parts of it could have meant anything. */
export function mendedRecord(known: Known, record: DmarcRecord): string | null {
  const isLost = between(known.dmarc, record) && record.psd === 'y';
  return isLost ? null : rewritten(record, mending(known, record));
}

/**
 * The record of a step of the plan, to `wanted`: the one that the findings which wait offer, where it comes to that.
 * @param tag the one that speaks for the From domain.
 */
export function steppedRecord(
  known: Known,
  record: DmarcRecord,
  tag: 'p' | 'sp' | 'np',
  wanted: string,
): string | null {
  if (mendedRecord(known, record) === null) return null;
  const now = mending(known, record);
  const next = rewritten(record, { ...now, ...waited(known.dmarc, record) });
  const written = tagsOf(next ?? '');
  return (written.get(tag) ?? written.get('p')) === wanted
    ? next
    : rewritten(record, { ...now, [tag]: wanted, t: null, pct: null });
}

/** Nothing is wrong with its spelling. That p is missing is none: without it the policy is none. */
function isSound({ wrong, capitals, repeated, unread, lost, policyFirst, psd }: DmarcRecord): boolean {
  const faults = [wrong, capitals, repeated, unread, lost];
  return policyFirst && psd !== 'y' && faults.every(({ length }) => length === 0);
}

/** The tags to set or to take away beside what is misspelt. A stronger or a weaker policy never comes of it. */
function mending(known: Known, record: DmarcRecord): Tags {
  const { dmarc } = known;
  const { domain, retired, rua, lost } = record;
  const written = tagsOf(record.mended ?? '');
  const { percent, testing } = lessens(record);
  // A misspelt one at From applies as soon as it can be read.
  const isApplied =
    domain === dmarc.domain || typeof dmarc.applied === 'string' || dmarc.applied.record.domain === domain;
  const asks = rua.length > 0 || lost.some((part) => part.startsWith('rua='));
  const isParting = dmarc.partedAt.includes(domain) && !between(dmarc, record);
  // What did not count until now, and would lessen what does, is not brought to life.
  const weak = (tag: 'sp' | 'np') =>
    record[tag] === null &&
    !record.wrong.some((part) => part.startsWith(`${tag}=`)) &&
    isWeaker(written, tag);
  const isStrict = (tag: 'aspf' | 'adkim') => isApplied && written.get(tag) === 's' && dmarc.relaxed[tag];
  return {
    ...Object.fromEntries(retired.filter((tag) => tag !== 'pct' || !percent).map((tag) => [tag, null])),
    ...(written.get('t') === 'y' && !testing ? { t: null } : {}),
    ...(isParting && written.has('psd') ? { psd: null } : {}),
    ...(isStrict('aspf') ? { aspf: null } : {}),
    // One that counts already is its owner's choice.
    ...(isStrict('adkim') && record.adkim === 'r' ? { adkim: null } : {}),
    ...(weak('sp') ? { sp: null } : {}),
    ...(weak('np') ? { np: null } : {}),
    ...rested(known, record),
    ...(asks || !isApplied ? {} : { rua: `mailto:dmarc@${domain}` }),
  };
}

/** The tags of what waits for the reports. */
function waited(dmarc: Dmarc, record: DmarcRecord): Tags {
  const { applied } = dmarc;
  const isApplied = typeof applied === 'object' && applied.record.domain === record.domain;
  return { t: null, pct: null, ...(isApplied && !isApart(dmarc, record) ? raised(record) : {}) };
}

/** From is under sp or np, which bind already: what p is to be is not asked there. */
function isApart({ applied }: Dmarc, record: DmarcRecord): boolean {
  return record.p === 'none' && typeof applied === 'object' && applied.policy !== 'none';
}

/** It stands above From and below the registered domain: without its psd tag another one may come into force. */
function between({ domain, registeredDomain, author }: Dmarc, record: DmarcRecord): boolean {
  const isAbove = author.steps.some((step) => step.domain === record.domain);
  return isAbove && record.domain !== domain && record.domain.endsWith(`.${registeredDomain}`);
}

function policiesOf({ mended, p, sp, np }: DmarcRecord): (string | null | undefined)[] {
  const written = tagsOf(mended ?? '');
  return [p, sp, np, ...policyTags.map((tag) => written.get(tag))];
}

function isWeaker(written: ReadonlyMap<string, string>, tag: 'sp' | 'np'): boolean {
  const order = ['none', 'quarantine', 'reject'];
  const [own, top] = [written.get(tag), written.get('p')].map((policy) => order.indexOf(policy ?? ''));
  return own !== undefined && top !== undefined && own >= 0 && own < top;
}

/** Of a sound record, in small letters; the version too. */
function tagsOf(text: string): Map<string, string> {
  const parts = text.split(';').map((part) => part.split('='));
  return new Map(parts.map(([name = '', ...value]) => [name.trim(), value.join('=').trim().toLowerCase()]));
}

/** Names of the tags that are not the same in both. */
function differing(old: string, next: string): string[] {
  const [before, after] = [tagsOf(old), tagsOf(next)];
  const names = [...new Set([...before.keys(), ...after.keys()])].filter((name) => /^[a-z]+$/i.test(name));
  const changed = names.filter((name) => before.get(name) !== after.get(name));
  return [...new Set(changed.map((name) => name.toLowerCase()))].slice(0, 12);
}

/** The policy that applies, where it has any power and the record is the sender's to change; else what to answer. */
export function ownPolicy({
  applied,
  domain,
}: Dmarc): { applied: AppliedPolicy } | { otherwise: Unknown | NotApplicable } {
  if (applied === 'unknown') return { otherwise: unknown('unanswered') };
  if (applied === 'none') return { otherwise: notApplicable('no-record') };
  // A record without any power is the matter of dmarc-policy.
  if (applied.policy === null) return { otherwise: notApplicable('faulty-record') };
  // Nobody but the registry can change the record of a public suffix.
  const isTheirs = applied.isSuffix && applied.record.domain !== domain;
  return isTheirs ? { otherwise: notApplicable('not-yours') } : { applied };
}

/**
 * The record with some tags set or, where null, taken away; what is wrong with it otherwise is mended too. `p` comes
 * right after the version, as older receivers want it. null where parts of it could have meant anything.
 */
function rewritten({ mended }: DmarcRecord, tags: Tags): string | null {
  if (mended === null) return null;
  const [version = '', ...rest] = mended.split(';');
  const parts = rest.map((part) => part.trim()).filter((part) => part !== '');
  const nameOf = (part: string) => part.split('=')[0]?.trim() ?? '';
  const kept = parts.flatMap((part) => {
    const tag = tags[nameOf(part)];
    if (tag === undefined) return [part];
    return tag === null ? [] : [`${nameOf(part)}=${tag}`];
  });
  const written = new Set(kept.map(nameOf));
  const added = Object.entries(tags).filter(([name, value]) => value !== null && !written.has(name));
  const all = [...kept, ...added.map(([name, value]) => `${name}=${value}`)];
  const first = all.filter((part) => nameOf(part) === 'p');
  return [version.trim(), ...first, ...all.filter((part) => nameOf(part) !== 'p')].join('; ');
}

/**
 * The tags to set for the next step upward, the same for every rule that offers one: never a weaker policy than the
 * owner wrote. What is weaker below the domain follows it, from none by way of quarantine.
 */
function raised({ p, sp, np }: DmarcRecord): Tags {
  const strength = { none: 0, quarantine: 1, reject: 2 };
  const top = p === null || p === 'none' ? 'quarantine' : p;
  const weak = (policy: typeof p) => policy !== null && strength[policy] < strength[top];
  return {
    ...(p === top ? {} : { p: top }),
    ...(weak(sp) ? { sp: sp === 'none' && top === 'reject' ? 'quarantine' : null } : {}),
    ...(weak(np) ? { np: null } : {}),
  };
}
