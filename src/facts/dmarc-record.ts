/** One DMARC record, read as RFC 9989 sections 4.7 and 4.8 write it. No DNS here. */

export const dmarcPolicies = ['none', 'quarantine', 'reject'] as const;
export type DmarcPolicy = (typeof dmarcPolicies)[number];

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
  /** The same record with those mended, `none` for what is not a policy, and p put in where it is missing. */
  mended: string;
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

/** A record that receivers pass over, though it was plainly meant to be one. */
export interface MisspeltDmarc {
  text: string;
  /** What was meant, where that is plain. */
  mended: string | null;
}

/** A TXT record that was meant as DMARC and is none: `v` not first or in small letters, no semicolons, quotes. */
export function readMisspeltDmarc(text: string): MisspeltDmarc | null {
  // Whatever is longer was never meant so, and the patterns stay quick.
  const start = text.slice(0, 1000);
  if (isDmarcRecord(text) || !/\bv\s{0,9}=\s{0,9}dmarc1/i.test(start)) return null;
  const clean = start.replace(/[^\x21-\x7e]|["'`]/g, ' ').replaceAll(', ', ',');
  const parts = clean
    .replace(/\s*([=;])\s*/g, '$1')
    .split(/[; ]/)
    .filter((part) => part !== '' && !/^v=/i.test(part));
  const mended = ['v=DMARC1', ...parts.map((part) => part.replace(/^[a-z]+(?==)/i, lower))].join('; ');
  const { policyFault, faults } = parseDmarc('', mended);
  return { text, mended: !policyFault && faults.length === 0 ? mended : null };
}

const lower = (text: string) => text.toLowerCase();

/** Parses a record that isDmarcRecord accepted. Unknown tags are ignored; the first of a repeated tag counts. */
export function parseDmarc(domain: string, text: string): DmarcRecord {
  const { tags, faults, capitals, repeated } = readTags(text);
  const pick = <const V extends string>(name: string, allowed: readonly V[]): V | null => {
    const value = tags.get(name);
    if (value === undefined) return null;
    const match = allowed.find((one) => one === value.toLowerCase());
    if (match === undefined) faults.push(`${name}=${value}`);
    return match ?? null;
  };
  const uris = (name: string): string[] => {
    const value = tags.get(name);
    if (value === undefined) return [];
    const each = value.split(',').map((uri) => trimmed(uri).replace(/!\d+[kmgt]?$/i, ''));
    const sound = each.filter(isUri);
    if (sound.length < each.length) faults.push(`${name}=${value}`);
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
    mended: mend(text),
    policyFault: p === null || (sp === null && tags.has('sp')) || (np === null && tags.has('np')),
    psd: pick('psd', ['y', 'n', 'u']) ?? 'u',
    testing: pick('t', ['y', 'n']) === 'y',
    rua: uris('rua'),
    ruf: uris('ruf'),
    retired: ['pct', 'rf', 'ri'].filter((name) => tags.has(name)),
    faults,
  };
}

const policyTags = ['p', 'sp', 'np'] as const;
const knownTags = new Set(['v', ...policyTags, 'adkim', 'aspf', 'fo', 'psd', 'rua', 'ruf', 't']);

const isPolicy = (value: string | undefined) =>
  dmarcPolicies.some((policy) => policy === value?.toLowerCase());

function readTags(text: string) {
  const tags = new Map<string, string>();
  const faults: string[] = [];
  const capitals: string[] = [];
  const repeated: string[] = [];
  for (const part of text.split(';').slice(1)) {
    const whole = trimmed(part);
    if (whole === '') continue;
    const { name, value } = readTag(part);
    if (name !== name.toLowerCase() && knownTags.has(name.toLowerCase())) capitals.push(name);
    if (name === 'v' || tags.has(name)) repeated.push(name);
    if (!/^[a-z]+$/.test(name) || name === 'v' || tags.has(name)) faults.push(whole);
    else tags.set(name, value);
  }
  return { tags, faults, capitals: [...new Set(capitals)], repeated: [...new Set(repeated)] };
}

function readTag(part: string): { name: string; value: string } {
  const equals = Math.max(part.indexOf('='), 0);
  return { name: trimmed(part.slice(0, equals)), value: trimmed(part.slice(equals + 1)) };
}

function mend(text: string): string {
  const [start = '', ...parts] = text.split(';');
  const seen = new Set(['v']);
  const kept = parts.flatMap((part) => {
    const { name: written, value } = readTag(part);
    const name = written.toLowerCase();
    if (!knownTags.has(name)) return [part];
    if (seen.has(name)) return [];
    seen.add(name);
    if (policyTags.some((tag) => tag === name) && !isPolicy(value)) return [` ${name}=none`];
    return name === written ? [part] : [` ${name}=${value}`];
  });
  return [start, ...(seen.has('p') ? [] : [' p=none']), ...kept].join(';');
}

/** Without spaces and tabs at the ends, and nothing else: a no-break space is a fault that receivers see too. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  const blank = (at: number) => text[at] === ' ' || text[at] === '\t';
  while (start < end && blank(start)) start += 1;
  while (end > start && blank(end - 1)) end -= 1;
  return text.slice(start, end);
}

/** RFC 3986, with `,` and `!` encoded as section 4.8 wants; a mailto has an address (RFC 6068 section 2). */
function isUri(text: string): boolean {
  if (!/^[a-z][a-z0-9+.-]*:(?:[a-z0-9._~:/?#[\]@$&'()*+;=-]|%[0-9a-f]{2})+$/i.test(text)) return false;
  return !/^mailto:/i.test(text) || /^mailto:[^@?]+@[^@?]+(?:\?|$)/i.test(text);
}
