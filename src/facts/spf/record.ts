/** One SPF record, read as RFC 7208 sections 4.5, 4.6 and 12 write it. No DNS here. */
import { expandName, lettersOf } from './macros.ts';

export type Qualifier = '+' | '-' | '~' | '?';
export type Mechanism = 'all' | 'include' | 'a' | 'mx' | 'ptr' | 'ip4' | 'ip6' | 'exists';

export interface SpfTerm {
  /** As written. */
  text: string;
  kind: Mechanism | 'redirect';
  qualifier: Qualifier;
  /** Target of a term that names one, macros unexpanded, in lower case; null: the record's own domain. */
  domain: string | null;
}

export interface SpfRecord {
  text: string;
  terms: readonly SpfTerm[];
  /** Terms that make the whole record a permanent error (section 4.6), and those that nobody can have meant. */
  faults: readonly string[];
  /** Receivers stop at a permanent error: some fault is one by the grammar too. */
  broken: boolean;
  /** The domain-spec of `exp=`, as written (section 6.2). */
  explanation: string | null;
}

/**
 * Characters of all the records that one tree, or one evaluation, reads: as many as one DNS message can hold. Sound
 * trees have a tenth of it; a hostile one has 60 KB behind each include.
 */
export const charactersRead = 65_536;
/** Of a domain-spec: what fills a name of 253 octets with macros of one each. */
export const specRead = 1012;

/** True when a TXT record is an SPF record: exactly `v=spf1`, then a space or the end (section 4.5). */
export function isSpfRecord(text: string): boolean {
  return /^v=spf1(?: |$)/i.test(text);
}

/** A record that receivers pass over, though it was plainly meant to be one. */
export interface Misspelt {
  text: string;
  /** What was meant, where that is plain. */
  mended: string | null;
}

const nearly = /^\W{0,20}v\s{0,9}=\s{0,9}spf1/i;

/** A TXT record that was meant as SPF and is none: a space or quote before it, `v=spf1;`, a tab or no-break space. */
export function readMisspeltSpf(text: string): Misspelt | null {
  if (isSpfRecord(text) || !nearly.test(text)) return null;
  const words = text
    .replace(nearly, '')
    .replace(/[^\x21-\x7e]|["'`;]/g, ' ')
    .split(' ');
  const mended = ['v=spf1', ...words.filter(Boolean)].join(' ');
  return { text, mended: parseSpf(mended).faults.length === 0 ? mended : null };
}

// Every pattern below takes each character once: a hostile record has 64 KB to make a backtracking one slow.
const mechanism = /^([+\-~?]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?![a-z0-9._-])(.*)$/i;
const modifier = /^([a-z][a-z0-9._-]*)=(.*)$/i;
const literal = '[\\x21-\\x24\\x26-\\x7e]';
const macro = (letters: string) => `%%|%_|%-|%\\{[${letters}](?!0+[^0-9])[0-9]*r?[.\\-+,/_=]*\\}`;
/** Not all digits, and no hyphen at its ends. */
const topLabel = '(?=[^.]*[a-z-])[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
/** Section 7.1. The letters c, r and t stand in explanations only (section 7.2). */
const domainSpec = new RegExp(
  `^(?:${literal}|${macro('slodiphv')})*(?:${macro('slodiphv')}|\\.${topLabel}\\.?)$`,
  'i',
);
const macroString = new RegExp(`^(?:${literal}|${macro('slodiphvcrt')})*$`, 'i');
const explanations = new RegExp(`^(?: |${literal}|${macro('slodiphvcrt')})*$`, 'i');

/** `parseSpf` for those that come back to the same records. */
export function parsedOnce(): typeof parseSpf {
  const known = new Map<string, SpfRecord>();
  return (text) => {
    const record = known.get(text) ?? parseSpf(text);
    known.set(text, record);
    return record;
  };
}

/** Parses a record that isSpfRecord accepted. Faults are kept, not thrown: the tree still shows the rest. */
export function parseSpf(text: string): SpfRecord {
  const terms: SpfTerm[] = [];
  const faults: string[] = [];
  const seen = new Set<string>();
  let lapses = 0;
  let explanation: string | null = null;
  for (const word of text.split(' ').slice(1)) {
    if (word === '') continue;
    const found = mechanism.exec(word);
    if (found) {
      const kind = (found[2] ?? '').toLowerCase() as Mechanism;
      const target = readTarget(kind, found[3] ?? '');
      if (target === undefined) {
        // `include=x` is an unknown modifier by the grammar, yet never what was meant, and some call it an error.
        if (!found[1] && found[3]?.startsWith('=') && macroString.test(found[3].slice(1))) lapses += 1;
        faults.push(word);
      } else terms.push({ text: word, kind, qualifier: (found[1] || '+') as Qualifier, domain: target });
      continue;
    }
    const named = modifier.exec(word);
    const name = named?.[1]?.toLowerCase();
    const value = named?.[2] ?? '';
    if (!name) {
      faults.push(word);
    } else if (name === 'redirect' || name === 'exp') {
      const domain = readDomain(value);
      if (seen.has(name) || domain === undefined) faults.push(word);
      else if (name === 'redirect') terms.push({ text: word, kind: 'redirect', qualifier: '+', domain });
      else explanation = value;
      seen.add(name);
    } else if (!macroString.test(value)) {
      faults.push(word);
    }
  }
  return { text, terms, faults, broken: faults.length > lapses, explanation };
}

/** Whether a text can be an explanation (section 6.2): c, r and t may stand in it. */
export function isExplanation(text: string): boolean {
  return explanations.test(text);
}

/** What a sound `include`, `a`, `mx`, `ptr`, `exists` or `redirect` says: its domain-spec as written, and its prefixes. */
export function targetOf(text: string): { spec: string | null; four: number; six: number } {
  const [, rest = '', four = '32', six = '128'] =
    /^[+\-~?]?[a-z]+(?:[:=](.*?)|)(?:\/(\d+))?(?:\/\/(\d+))?$/i.exec(text) ?? [];
  return { spec: rest === '' ? null : rest, four: Number(four), six: Number(six) };
}

/**
 * A domain-spec with its macros filled in, where `d` (the domain at hand) and `o` (the sender's domain) are
 * all it takes (section 7.3); null when it depends on the mail, or is longer than any name needs.
 */
export function expandDomain(spec: string, current: string, sender: string): string | null {
  if (spec.length > specRead) return null;
  for (const letter of lettersOf(spec)) if (letter !== 'd' && letter !== 'o') return null;
  return expandName(spec, { d: current, o: sender });
}

/** The domain of a mechanism's argument, null for the record's own, undefined for a syntax error. */
function readTarget(kind: Mechanism, rest: string): string | null | undefined {
  if (kind === 'all') return rest === '' ? null : undefined;
  if (kind === 'ip4') return ip4(rest) ? null : undefined;
  if (kind === 'ip6') return ip6(rest) ? null : undefined;
  if (kind === 'ptr' && rest === '') return null;
  if (kind === 'include' || kind === 'exists' || kind === 'ptr') {
    return rest.startsWith(':') ? readDomain(rest.slice(1)) : undefined;
  }
  const prefix = /(?:\/(0|[1-9]\d?))?(?:\/\/(0|[1-9]\d{0,2}))?$/.exec(rest);
  if (Number(prefix?.[1] ?? 0) > 32 || Number(prefix?.[2] ?? 0) > 128) return undefined;
  const domain = rest.slice(0, prefix?.index ?? rest.length);
  if (domain === '') return null;
  return domain.startsWith(':') ? readDomain(domain.slice(1)) : undefined;
}

function readDomain(text: string): string | undefined {
  return domainSpec.test(text) ? text.toLowerCase().replace(/\.$/, '') : undefined;
}

function ip4(rest: string): boolean {
  const found = /^:(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(0|[1-9]\d?))?$/.exec(rest);
  if (!found || Number(found[5] ?? 0) > 32) return false;
  return found
    .slice(1, 5)
    .every((part) => part !== undefined && Number(part) <= 255 && String(Number(part)) === part);
}

function ip6(rest: string): boolean {
  const found = /^:([0-9a-f:.]{2,45})(?:\/(0|[1-9]\d{0,2}))?$/i.exec(rest);
  if (!found?.[1]?.includes(':') || Number(found[2] ?? 0) > 128) return false;
  return URL.canParse(`http://[${found[1]}]/`);
}
