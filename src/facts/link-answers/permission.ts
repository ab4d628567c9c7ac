/**
 * Which links may be visited. One that could unsubscribe, confirm or answer for a reader never is, and what tells one
 * reader from another is not touched: an address without it cannot know whom to unsubscribe. In doubt the answer is no.
 */
import type { LinkLimits } from '../../rule.ts';
import type { Link } from '../html.ts';
import { mergeFieldsOfAddress } from '../message/merge-fields.ts';

/**
 * `acting`: it may do something. `personal`: it may be one reader's own. `unfinished`: a merge field is in it.
 * `placeholder`: the template's own example, which another check tells of.
 */
export type LeftAlone = 'acting' | 'personal' | 'unfinished' | 'placeholder' | 'elsewhere' | 'too-many';

/** Characters before and after a link in which words may be about it. */
const near = 140;
/** Longer addresses are somebody's own. */
const addressLength = 2000;

/** What the parts of a query are called that tell who opens it. */
const personalName =
  /^(?:e?mail|e-?post|uid|u|user|user_?id|sub|sid|subscriber(?:_?id)?|recipient|rid|member(?:_?id)?|medlem|contact(?:_?id)?|cid|eid|mid|token|key|hash|sig|signature|auth|code|pass|jwt|session|mc_eid|_hsenc|mkt_tok|vero_id|ml_subscriber|ct|ml|c|k|h|s|m|e|x|q|d|data|enc|p|r|t|id)$/i;
/** Of those, names that shops and papers use for pages as well: a short number or word is a page's. */
const plainValue = /^(?:\d{1,5}|[a-zåäö-]{1,20})$/i;
/** Which no finished address has, but for those round an IPv6 address. */
const fieldSigns = /[{}[\]|]|%7[bcd]|%5[bd]|%%/i;
const numbered = /^https?:\/\/\[[0-9a-f:.]{1,45}\]/i;
const mailAddress = /[^\s/?&=]{1,64}(?:@|%40)[^\s/?&=]{1,253}\./i;

/** Null: it may be visited. */
export function leftAlone(href: string, { address }: Pick<LinkLimits, 'address'>): LeftAlone | null {
  if (mergeFieldsOfAddress(href).length > 0 || fieldSigns.test(href.replace(numbered, '')))
    return 'unfinished';
  if (!/^https?:\/\//i.test(href) || !URL.canParse(href)) return 'elsewhere';
  if (href.length > addressLength) return 'personal';
  const url = new URL(href);
  const whole = readable(url);
  const forms = [href, whole, withoutMarks(whole)];
  if (address.some((words) => forms.some((form) => words.test(form)))) return 'acting';
  return isPersonal(url, whole) ? 'personal' : null;
}

/** Lower case, å as a and ø as o: addresses are written so, and lists of words. */
function withoutMarks(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[øæßł]/g, (letter) => plainLetters[letter] ?? letter);
}
const plainLetters: Record<string, string> = { ø: 'o', æ: 'ae', ß: 'ss', ł: 'l' };

/** With what is escaped read as it is meant, which is how the server reads it. */
function readable({ host, pathname, search }: URL): string {
  let text = `${host}${pathname}${search}`;
  // Twice, since a redirector carries addresses escaped within its own.
  for (let i = 0; i < 2; i += 1) {
    try {
      text = decodeURIComponent(text);
    } catch {
      break;
    }
  }
  return text;
}

function isPersonal(url: URL, whole: string): boolean {
  if (mailAddress.test(whole.slice(whole.indexOf('/')))) return true;
  for (const [name, value] of url.searchParams) {
    if (name.toLowerCase().startsWith('utm_')) continue;
    if (personalName.test(name) && !plainValue.test(value)) return true;
    if (isToken(value)) return true;
    if (value === '' && isToken(name)) return true;
  }
  return whole
    .slice(whole.indexOf('/'))
    .split(/[/;?&=]/)
    .some(isToken);
}

/** A run that no person wrote: letters and digits mixed, hexadecimal, or a long number that is no date. */
function isToken(text: string): boolean {
  return text.split(/[-_.,~+:!*'() ]/).some((run) => {
    if (run.length < 8) return false;
    if (/^\d+$/.test(run)) return run.length > 8 || !/^(?:19|20)\d{6}$/.test(run);
    const letters = run.replace(/[^a-z]/gi, '').length;
    const digits = run.replace(/\D/g, '').length;
    if (digits > 0 && letters > 0 && digits + letters > 9) return !/^[a-zåäö]+\d{1,4}$/i.test(run);
    // Capitals within a word, as base64 has them and headings do not.
    return run.length > 15 && (run.match(/[a-z][A-Z]/g)?.length ?? 0) > 2;
  });
}

/** What the words of a link, and those round it, say of it. `own`: where other links' texts stand, which speak for those. `known`: what the same words said of links before. */
export function actsByWords(
  { text, span }: Pick<Link, 'text' | 'span'>,
  { page, spans }: { page: string; spans: readonly (readonly [number, number])[] },
  { text: words, around }: Pick<LinkLimits, 'text' | 'around'>,
  known: Map<string, boolean> = new Map(),
): boolean {
  const says = (kind: string, said: string, patterns: readonly RegExp[]) => {
    const key = kind + said;
    const before = known.get(key);
    if (before !== undefined) return before;
    const plain = withoutMarks(said);
    const found = patterns.some((one) => one.test(said) || one.test(plain));
    known.set(key, found);
    return found;
  };
  if (says('own ', text, words)) return true;
  if (!span) return true;
  const [start, end] = [Math.max(0, span[0] - near), Math.min(page.length, span[1] + near)];
  let beside = page.slice(start, end);
  for (const other of spans) {
    if (other[1] <= start || other[0] >= end || other[0] === other[1]) continue;
    // Another link's own words: they say what that one does.
    const first = Math.max(other[0], start) - start;
    const last = Math.min(other[1], end) - start;
    beside = beside.slice(0, first) + ' '.repeat(last - first) + beside.slice(last);
  }
  return says('near ', beside, around);
}

/** An address without what the server does not see, and without differences that make none. */
export function sameAddress(href: string): string {
  const url = URL.parse(href);
  if (!url) return href.trim();
  if (href.includes('#')) url.hash = '';
  return url.href;
}

/** The List-Unsubscribe header's addresses, by host and path: a link with another query may do the same. */
export function placesOf(addresses: readonly string[]): ReadonlySet<string> {
  return new Set(addresses.flatMap((one) => placeOf(one) ?? []));
}

/** null: it is no address of the web. */
export function placeOf(address: string): string | null {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return null;
  const { host, pathname } = new URL(address);
  return `${host}${pathname.replace(/\/+$/, '')}`.toLowerCase();
}
