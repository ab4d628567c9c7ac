/** One DMARC record, read as RFC 9989 sections 4.7 and 4.8 write it. No DNS here. */

export const dmarcPolicies = ['none', 'quarantine', 'reject'] as const;
export type DmarcPolicy = (typeof dmarcPolicies)[number];

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

/** A record that receivers pass over, though it was plainly meant to be one. */
export interface MisspeltDmarc {
  text: string;
  /** What was meant, where that is plain. */
  mended: string | null;
}

/** A TXT record that was meant as DMARC and is none: `v` not first or in small letters, no semicolons, quotes. */
export function readMisspeltDmarc(text: string): MisspeltDmarc | null {
  if (isDmarcRecord(text) || !/\bv\s{0,9}=\s{0,9}dmarc1/i.test(text.slice(0, longest))) return null;
  if (text.length > longest) return { text, mended: null };
  // Every part by itself, and no space where a part could be torn apart.
  const clean = text.replace(/[^\x21-\x7e]|["'`]/g, ' ').replace(/\s*([=;])\s*/g, '$1');
  const parts = clean
    .split(';')
    .flatMap((part) => part.split(glued))
    .map((part) => part.replace(/^[\s,]+|[\s,]+$/g, ''))
    .filter((part) => part !== '' && !/^v=dmarc1[.,:]?$/i.test(part));
  const mended = mend(['v=DMARC1', ...parts.map((part) => ` ${part}`)].join(';'));
  return { text, mended: mended === null || parseDmarc('', mended).policyFault ? null : mended };
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

const policyTags = ['p', 'sp', 'np'] as const;
const retiredTags = ['pct', 'rf', 'ri'];
const knownTags = new Set(['v', ...policyTags, 'adkim', 'aspf', 'fo', 'psd', 'rua', 'ruf', 't']);
/** Whatever is longer was never meant so, and the patterns stay quick. */
const longest = 1000;
/** In place of the semicolon: spaces or commas before what can only be the next tag. */
const glued = new RegExp(
  `(?<=[^\\s,])[\\s,]+(?=(?:${[...knownTags, ...retiredTags].join('|')})\\s{0,9}=)`,
  'i',
);

const isPolicy = (value: string | undefined) =>
  dmarcPolicies.some((policy) => policy === value?.toLowerCase());

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

function readTag(part: string): { name: string; value: string } {
  const equals = Math.max(part.indexOf('='), 0);
  return { name: trimmed(part.slice(0, equals)), value: trimmed(part.slice(equals + 1)) };
}

/** See DmarcRecord.mended. What is sound stays as it is written. */
function mend(text: string): string | null {
  if (text.length > longest) return null;
  const [start = '', ...rest] = text.split(';');
  const parts = rest.flatMap((part) => {
    const [first = '', ...more] = part.split(glued);
    // A tag that stood inside another never counted: taken away again where it says nothing.
    return [first, ...more.filter((one) => !/^pct\s*=\s*100\s*$/i.test(one)).map((one) => ` ${one}`)];
  });
  const written = new Set(parts.map((part) => readTag(part).name));
  const seen = new Set(['v']);
  const kept: string[] = [];
  for (const part of parts) {
    const { name: spelt, value } = readTag(part);
    const name = spelt.toLowerCase();
    if (name === 'v' && value !== 'DMARC1') return null;
    if (!knownTags.has(name)) {
      if (trimmed(part) !== '' && !/^[a-z][a-z0-9_]*$/.test(name)) return null;
      kept.push(part);
    } else if (!seen.has(name) && (spelt === name || !written.has(name))) {
      // In capitals it gives way to the one in small letters, which is what counts today.
      seen.add(name);
      const meant = meantBy(name, value);
      if (meant === null) return null;
      if (meant !== '') kept.push(spelt === name && meant === value ? part : ` ${name}=${meant}`);
    }
  }
  return [start, ...(seen.has('p') ? [] : [' p=none']), ...kept].join(';');
}

const yes = /^(?:y|yes|true|1)$/i;
const no = /^(?:n|no|false|0)$/i;

/** What a tag's value was to say; empty where the tag is better left out, null where nobody can tell. */
function meantBy(name: string, value: string): string | null {
  const bare = value.replace(/^["'\s]+|["',.\s]+$/g, '');
  if (policyTags.some((tag) => tag === name)) return isPolicy(value) ? value : isPolicy(bare) ? bare : 'none';
  if (name === 'adkim' || name === 'aspf') {
    if (/^[rs]$/i.test(value)) return value;
    return /^s(?:trict)?$/i.test(bare) ? 's' : /^r(?:elaxed)?$/i.test(bare) ? 'r' : null;
  }
  if (name === 't') return /^[yn]$/i.test(value) ? value : yes.test(bare) ? 'y' : no.test(bare) ? 'n' : null;
  // Registries alone have a use for y, and u is what counts without it.
  if (name === 'psd') return no.test(bare) ? (bare.length === 1 ? value : 'n') : '';
  return name === 'rua' || name === 'ruf' ? meantByUris(value) : value;
}

/** Addresses as mailto:, with commas between; null when one is no address at all. */
function meantByUris(value: string): string | null {
  if (value.split(',').every((uri) => isUri(withoutSize(uri)))) return value;
  const each = value
    .replace(/["'<>]/g, ' ')
    .replace(/(mailto:)\s+/gi, '$1')
    .split(/[\s,]+/)
    .filter((uri) => uri !== '');
  const uris = each.map((uri) => (uri.includes(':') ? uri : `mailto:${uri}`));
  return uris.every((uri) => isUri(withoutSize(uri))) ? uris.join(',') : null;
}

/** Without the size limit (`!10m`) that RFC 9989 retired. */
function withoutSize(uri: string): string {
  return trimmed(uri).replace(/!\d+[kmgt]?$/i, '');
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
