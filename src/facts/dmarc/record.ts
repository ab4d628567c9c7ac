/** One DMARC record, read as RFC 9989 sections 4.7 and 4.8 write it. No DNS here. */
import { mend } from './mending.ts';
import {
  type DmarcPolicy,
  dmarcPolicies,
  isPolicy,
  isUri,
  knownTags,
  policyTags,
  readTag,
  retiredTags,
  trimmed,
  withoutSize,
} from './tags.ts';

export { type DmarcPolicy, dmarcPolicies } from './tags.ts';

/** The policy that receivers apply under t=y (section 4.7). */
export function lowered(policy: DmarcPolicy): DmarcPolicy {
  return policy === 'reject' ? 'quarantine' : 'none';
}

export interface DmarcRecord {
  /** Domain it was found for, without `_dmarc.`. */
  domain: string;
  text: string;
  /** As written; null when absent or not one of the three. */
  p: DmarcPolicy | null;
  sp: DmarcPolicy | null;
  np: DmarcPolicy | null;
  /** `r` unless the record says `s`. */
  adkim: 'r' | 's';
  aspf: 'r' | 's';
  /** p is missing, or p, sp or np is not one of the three: it counts as p=none, or as nothing (4.10.1). */
  policyFault: boolean;
  psd: 'y' | 'n' | 'u';
  /** `t=y` asks receivers to apply the next lower policy. */
  testing: boolean;
  /** The retired `pct`, as older receivers read it; 100 where it is not a number from 0 to 100. */
  percent: number;
  /** Whether p follows v at once, as RFC 7489 section 6.3 wants it; true without p. */
  policyFirst: boolean;
  /** URIs whose syntax is sound, without the retired size limit (`!10m`). */
  rua: readonly string[];
  ruf: readonly string[];
  /** Tags of RFC 7489 that RFC 9989 took away. */
  retired: readonly string[];
  /** p, sp and np, as written, whose value is not one of the three. */
  wrong: readonly string[];
  /** Tags written in capitals, which are other tags to RFC 6376 section 3.2. */
  capitals: readonly string[];
  /** Tags that stand more than once, which makes the whole list invalid there. */
  repeated: readonly string[];
  /** Other values and parts that are passed over, as written: `aspf=strict`, or words without a tag. */
  unread: readonly string[];
  /** rua and ruf, as written, that name an address in a form that nothing can be sent to. */
  lost: readonly string[];
  /**
   * The same record with those mended, `none` for what is not a policy, and p put in where it is missing. null: a
   * part could have meant several things.
   */
  mended: string | null;
  /** What is passed over for its syntax, as written: the default counts in its place (section 4.8). */
  faults: readonly string[];
}

/**
 * True when a TXT record is a DMARC record: the first tag is exactly `v=DMARC1`. Section 4.8 alone would take
 * `V=DMARC1`, RFC 6376 section 3.2 would not; what some receivers pass over is not safe to publish.
 */
export function isDmarcRecord(text: string): boolean {
  return /^v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/.test(text);
}

/** Parses a record that isDmarcRecord accepted. Unknown tags are ignored; the first of a repeated tag counts. */
export function parseDmarc(domain: string, text: string): DmarcRecord {
  const { tags, faults, strays, capitals, repeated } = readTags(text);
  const unread = [...strays];
  const pick = <const V extends string>(name: string, allowed: readonly V[]): V | null => {
    const value = tags.get(name);
    if (value === undefined) return null;
    const match = allowed.find((one) => one === value.toLowerCase());
    if (match !== undefined) return match;
    faults.push(`${name}=${value}`);
    if (!policyTags.some((tag) => tag === name)) unread.push(`${name}=${value}`);
    return null;
  };
  const lost: string[] = [];
  const uris = (name: string): string[] => {
    const value = tags.get(name);
    if (value === undefined) return [];
    const each = value.split(',').map(withoutSize);
    const sound = each.filter(isUri);
    if (sound.length < each.length) faults.push(`${name}=${value}`);
    // A comma too many names no address, and loses none.
    if (each.some((uri) => uri !== '' && !isUri(uri))) lost.push(`${name}=${value}`);
    return sound;
  };
  const p = pick('p', dmarcPolicies);
  const sp = pick('sp', dmarcPolicies);
  const np = pick('np', dmarcPolicies);
  return {
    domain,
    text,
    p,
    sp,
    np,
    adkim: pick('adkim', ['r', 's']) ?? 'r',
    aspf: pick('aspf', ['r', 's']) ?? 'r',
    wrong: policyTags.flatMap((name) =>
      tags.has(name) && !isPolicy(tags.get(name)) ? [`${name}=${tags.get(name)}`] : [],
    ),
    capitals,
    repeated,
    unread,
    lost,
    mended: mend(text),
    policyFault: p === null || (sp === null && tags.has('sp')) || (np === null && tags.has('np')),
    psd: pick('psd', ['y', 'n', 'u']) ?? 'u',
    testing: pick('t', ['y', 'n']) === 'y',
    percent: percentOf(tags.get('pct')),
    policyFirst: !tags.has('p') || [...tags.keys()][0] === 'p',
    rua: uris('rua'),
    ruf: uris('ruf'),
    retired: retiredTags.filter((name) => tags.has(name)),
    faults,
  };
}

function percentOf(value = ''): number {
  return /^\d{1,3}$/.test(value) && Number(value) <= 100 ? Number(value) : 100;
}

function readTags(text: string) {
  const tags = new Map<string, string>();
  const faults: string[] = [];
  const strays: string[] = [];
  const capitals: string[] = [];
  const repeated: string[] = [];
  for (const part of text.split(';').slice(1)) {
    const whole = trimmed(part);
    if (whole === '') continue;
    const { name, value } = readTag(part);
    const capital = name !== name.toLowerCase() && knownTags.has(name.toLowerCase());
    if (capital) capitals.push(name);
    if (name === 'v' || tags.has(name)) repeated.push(name);
    if (!/^[a-z]+$/.test(name) || name === 'v' || tags.has(name)) faults.push(whole);
    else tags.set(name, value);
    // What other letters and digits name is a tag that nobody knows yet.
    if (!capital && !/^[a-z][a-z0-9_]*$/i.test(name)) strays.push(whole);
  }
  return { tags, faults, strays, capitals: [...new Set(capitals)], repeated: [...new Set(repeated)] };
}
