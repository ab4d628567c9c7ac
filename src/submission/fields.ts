/** The fields beside the file, and those that a message brings with it. */
import type { InputError } from './errors.ts';
import { shown } from './errors.ts';
import {
  asciiDomain,
  controlCharacters,
  type Mailbox,
  type MailboxProblem,
  readMailbox,
  readMailboxes,
} from './mailbox.ts';
import type { MessageParts } from './message.ts';

/** What a person says beside the file; each but From wins over the message's own. */
export interface HandedFields {
  from?: string | undefined;
  replyTo?: string | undefined;
  subject?: string | undefined;
  mailFrom?: string | undefined;
  dkimSelectors?: readonly string[] | undefined;
  /** IP addresses of the servers that send the mail. */
  sendingAddresses?: readonly string[] | undefined;
}

export interface Fields {
  from: Mailbox;
  /** Empty when answers go to the From address. */
  replyTo: readonly Mailbox[];
  subject: string | null;
  /** Domain of the Return-Path (RFC5321.MailFrom), A-labels; null when nobody has said. */
  mailFrom: string | null;
  /** Selectors; or whole names, `s1._domainkey.example.org`, of domains that are neither of the two. */
  dkimSelectors: readonly string[];
  /** In their shortest form. */
  sendingAddresses: readonly string[];
}

/** Each one is a question to DNS. */
export const selectorsAtMost = 10;
const selectorLength = 200;
const selectorForm = /^[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63})*$/;

type Written = Pick<MessageParts, 'from' | 'replyTo' | 'returnPath' | 'subject'>;

/** Reads all of them, so that every error is told at once. `written` is undefined when the file was not read. */
export function readFields(
  handed: HandedFields,
  written: Written | undefined,
  subjectLength: number,
): { ok: true; value: Fields } | { ok: false; errors: InputError[] } {
  const errors: InputError[] = [];
  const said = given(handed.from);
  const stored = given(written?.from);
  const replyTo = given(handed.replyTo) ?? given(written?.replyTo) ?? undefined;
  if (!said && !stored && written) errors.push({ code: 'from-missing', field: 'from', data: {} });
  const author = readAuthor(said, stored, errors);
  const answers = replyTo === undefined ? [] : readAnswers(replyTo, errors);
  for (const [field, boxes] of [
    ['from', author ? [author] : []],
    ['replyTo', answers],
  ] as const) {
    const odd = boxes.find(({ name }) => name.includes('=?'));
    if (odd) errors.push({ code: 'encoded-word', field, data: { value: shown(odd.name) } });
  }
  const subject = readSubject(given(handed.subject) ?? written?.subject ?? null, subjectLength, errors);
  const mailFrom = readMailFrom(given(handed.mailFrom), written?.returnPath ?? null, errors);
  const places = [author?.domain, mailFrom].filter((domain) => typeof domain === 'string');
  const dkimSelectors = readSelectors(handed.dkimSelectors ?? [], places, errors);
  const sendingAddresses = readAddresses(handed.sendingAddresses ?? [], errors);
  if (errors.length > 0 || !author) return { ok: false, errors };
  return {
    ok: true,
    value: { from: author, replyTo: answers, subject, mailFrom, dkimSelectors, sendingAddresses },
  };
}

/** A message has an author of its own: what is said beside it must not hide that. */
function readAuthor(
  said: string | undefined,
  stored: string | undefined,
  errors: InputError[],
): Mailbox | undefined {
  const [one, other] = [said, stored].map((text) => (text === undefined ? undefined : readMailbox(text)));
  for (const [text, result] of [
    [said, one],
    [stored, other],
  ] as const) {
    if (result && !result.ok) refuse('from', text ?? '', result.problem, errors);
  }
  if (one?.ok && other?.ok && one.mailbox.address !== other.mailbox.address) {
    const data = { value: shown(one.mailbox.address), own: shown(other.mailbox.address) };
    errors.push({ code: 'from-differs', field: 'from', data });
  }
  return other?.ok ? other.mailbox : one?.ok ? one.mailbox : undefined;
}

function readAnswers(text: string, errors: InputError[]): Mailbox[] {
  const result = readMailboxes(text);
  if (result.ok) return result.mailboxes;
  refuse('replyTo', text, result.problem, errors);
  return [];
}

function refuse(
  field: 'from' | 'replyTo',
  text: string,
  problem: MailboxProblem,
  errors: InputError[],
): void {
  const codes = {
    invalid: 'address-invalid',
    several: 'address-several',
    comma: 'address-comma',
    'name-comma': 'address-name-comma',
    domain: 'address-domain',
    'local-part-not-ascii': 'address-local-part',
    'control-characters': 'header-control-characters',
  } as const;
  errors.push({ code: codes[problem], field, data: { value: shown(text) } });
}

function readSubject(subject: string | null, limit: number, errors: InputError[]): string | null {
  if (subject === null) return null;
  if (controlCharacters(subject)) {
    errors.push({ code: 'header-control-characters', field: 'subject', data: { value: shown(subject) } });
  } else if (subject.length > limit) {
    errors.push({ code: 'subject-too-long', field: 'subject', data: { length: subject.length, limit } });
  }
  return subject;
}

/** What a receiving server wrote into a stored message may be anything; only what a person says is an error. */
function readMailFrom(said: string | undefined, stored: string | null, errors: InputError[]): string | null {
  if (said === undefined) return stored === null ? null : (asciiDomain(stored) ?? null);
  const domain = asciiDomain(said);
  if (!domain) errors.push({ code: 'mail-from-invalid', field: 'mailFrom', data: { value: shown(said) } });
  return domain ?? null;
}

function readSelectors(texts: readonly string[], places: readonly string[], errors: InputError[]): string[] {
  const selectors = [...new Set(texts.map((text) => bareSelector(text, places)).filter(Boolean))];
  if (selectors.length > selectorsAtMost) {
    const data = { count: selectors.length, limit: selectorsAtMost };
    errors.push({ code: 'dkim-selectors-too-many', field: 'dkimSelectors', data });
    return [];
  }
  for (const selector of selectors) {
    const [bare = '', domain] = selector.split(keyLabel);
    const isName = domain === undefined || asciiDomain(domain) === domain;
    if (bare.length <= selectorLength && selectorForm.test(bare) && isName) continue;
    errors.push({ code: 'dkim-selector-invalid', field: 'dkimSelectors', data: { value: shown(selector) } });
  }
  return selectors;
}

/** Each one is some questions to DNS, and some to every blocklist. */
export const sendingAddressesAtMost = 10;

/** One address each, no ranges. */
function readAddresses(texts: readonly string[], errors: InputError[]): string[] {
  const field = 'sendingAddresses';
  const given = texts.map((text) => text.trim()).filter(Boolean);
  const addresses = given.map(readAddress);
  if (new Set(addresses).size > sendingAddressesAtMost) {
    const data = { count: given.length, limit: sendingAddressesAtMost };
    errors.push({ code: 'sending-addresses-too-many', field, data });
    return [];
  }
  for (const [i, text] of given.entries()) {
    if (addresses[i] === null) {
      errors.push({ code: 'sending-address-invalid', field, data: { value: shown(text) } });
    }
  }
  return [...new Set(addresses.filter((address) => address !== null))];
}

/** The shortest form of an IP address, as RFC 5952 has it; null: it is none. */
function readAddress(text: string): string | null {
  if (/^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/.test(text)) {
    return text.split('.').every((part) => Number(part) <= 255) ? text : null;
  }
  if (!/^[0-9a-f:.]{2,45}$/i.test(text) || !text.includes(':') || !URL.canParse(`http://[${text}]/`))
    return null;
  return new URL(`http://[${text}]/`).hostname.slice(1, -1);
}

const keyLabel = '._domainkey.';

/**
 * Without what surrounds it where people copy it from: `s=`, a semicolon, or the whole name of its record. Another
 * domain than the two places, or one above them, is kept: the key stands there and nowhere else.
 */
function bareSelector(text: string, places: readonly string[]): string {
  const [first = '', ...more] = text.trim().toLowerCase().replace(/\.$/, '').split('._domainkey');
  const selector = first.replace(/^s=/, '').replace(/;$/, '');
  const written = more.join('').replace(/^\./, '');
  const domain = asciiDomain(written) ?? written;
  const isKnown = places.some((place) => place === domain || place.endsWith(`.${domain}`));
  return written === '' || isKnown || places.length === 0 ? selector : `${selector}${keyLabel}${domain}`;
}

function given(text: string | null | undefined): string | undefined {
  return text === undefined || text === null || text.trim() === '' ? undefined : text;
}
