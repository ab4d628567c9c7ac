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
  const { tags, faults } = readTags(text);
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
    policyFault: p === null || (sp === null && tags.has('sp')) || (np === null && tags.has('np')),
    psd: pick('psd', ['y', 'n', 'u']) ?? 'u',
    testing: pick('t', ['y', 'n']) === 'y',
    rua: uris('rua'),
    ruf: uris('ruf'),
    retired: ['pct', 'rf', 'ri'].filter((name) => tags.has(name)),
    faults,
  };
}

function readTags(text: string): { tags: Map<string, string>; faults: string[] } {
  const tags = new Map<string, string>();
  const faults: string[] = [];
  for (const part of text.split(';').slice(1)) {
    const whole = trimmed(part);
    if (whole === '') continue;
    const equals = whole.indexOf('=');
    const name = trimmed(whole.slice(0, Math.max(equals, 0))).toLowerCase();
    if (!/^[a-z]+$/.test(name) || tags.has(name)) faults.push(whole);
    else tags.set(name, trimmed(whole.slice(equals + 1)));
  }
  return { tags, faults };
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
