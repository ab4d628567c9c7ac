/** What the message says of itself, as rules need it. */
import { getDomain } from 'tldts';
import type { Place } from '../place.ts';
import { reservedSamples } from '../submission/merging.ts';
import type { HeaderField, Mailbox, MailClass, Submission } from '../submission.ts';
import { lostIn, type OddLetters, oddLettersIn, quoted } from './garbling.ts';
import { fold } from './html/text.ts';
import { walked } from './html/walked.ts';
import { writtenLinks } from './link-answers/written.ts';
import { type ListUnsubscribe, readListUnsubscribe } from './message/list-unsubscribe.ts';
import { isSettled, mergeFieldsOf, mergeFieldsOfAddress, undeclaredFields } from './message/merge-fields.ts';
import { linkHost, type WebHost, writtenHost } from './message/web-host.ts';
import { headerPlaces } from './mime/header-lines.ts';

export type MessagePart = 'from' | 'to' | 'replyTo' | 'listUnsubscribe' | 'subject' | 'text';

export interface MessageFact {
  class: MailClass;
  from: Mailbox;
  /** `related`: under the same registered domain as From, by the public suffix list. */
  replyTo: readonly (Mailbox & { related: boolean })[];
  /** Of the Sender header; null: there is none, or none that can be read. */
  sender: { domain: string; related: boolean } | null;
  subject: string | null;
  headers: readonly HeaderField[];
  /** Where each header begins, by its name in small letters; empty for a template. */
  headerPlaces: ReadonlyMap<string, readonly Place[]>;
  /** False for a template: its header is made when it is sent, so nothing can be said of it yet. */
  hasHeader: boolean;
  /** Our module fills in its merge fields when it is sent: what stands unfilled now is filled in by nobody. */
  filled: boolean;
  /** Another tool's merge fields are filled in with sample data: what stands unfilled now has no value there. */
  sampled: boolean;
  /** What stands where the sending of the mail writes an address of its own; null: nothing does. */
  standIn: string | null;
  /** Names of merge fields that were said to be required; `lacking`: those that stand nowhere in the mail. */
  requiredFields: { count: number; lacking: readonly string[] };
  /** Klarsignal composes it anew for each reader, and writes the headers of a mailing itself. */
  composed: boolean;
  text: string | null;
  /** The text part as a reader sees it: white space and invisible characters folded. */
  visibleText: string;
  /** Letters that a wrong encoding made: the first of each kind in each part. `at`: in the text part, and in source. */
  odd: readonly {
    part: 'from' | 'subject' | 'text' | 'html';
    kind: OddLetters['kind'];
    text: string;
    at: Place | undefined;
  }[];
  /** Web addresses in a mail of text alone, which mail programs make links of. */
  writtenLinks: readonly { href: string; text: string; target: WebHost | null; at: Place | undefined }[];
  /** null: a template, or the message has no such header. */
  listUnsubscribe: ListUnsubscribe | null;
  /** Host of the mail address that the display name of From shows; null: it shows none. */
  shownHost: (WebHost & { related: boolean }) | null;
  /** Merge fields that stand as written in what is no HTML. */
  mergeFields: readonly { field: string; part: MessagePart; settled: boolean }[];
  /** Of a mail that Klarsignal fills in: what nobody has declared, wherever in its parts it stands. It is not composed. */
  undeclared: readonly { field: string; part: 'html' | 'text' | 'subject' }[];
  attachments: readonly { filename: string | null; contentType: string; bytes: number }[];
}

const privately = { allowPrivateDomains: true };

/** Never fails: all of it stands in the submission. */
export function gatherMessage({ submission }: { submission: Submission }): MessageFact {
  const { from, replyTo } = submission;
  const composed = submission.routes.some(({ transport }) => transport !== null);
  const filled = submission.mergeFields.length > 0 || composed;
  const own = registered(from);
  return {
    class: submission.class,
    from,
    replyTo: replyTo.map((one) => ({
      ...one,
      related: one.domain === from.domain || (own !== null && registered(one) === own),
    })),
    sender: senderOf(submission.headers, from, own),
    subject: submission.subject,
    headers: submission.headers,
    headerPlaces: submission.message ? headerPlaces(submission.message) : new Map(),
    hasHeader: submission.format === 'eml',
    filled,
    composed,
    sampled: submission.sampled,
    standIn: submission.template.parts.html?.includes('{{unsubscribe_url}}')
      ? reservedSamples.unsubscribe_url
      : null,
    requiredFields: { count: submission.requiredFields, lacking: submission.lackingFields },
    text: submission.text,
    visibleText: fold(submission.text ?? ''),
    odd: oddIn(submission),
    writtenLinks: submission.markup ? [] : writtenIn(submission.text ?? ''),
    listUnsubscribe: readListUnsubscribe(submission.headers),
    shownHost: shownHost(from),
    mergeFields: fieldsOf(submission),
    undeclared: filled ? undeclaredIn(submission) : [],
    attachments: submission.attachments.map(({ filename, contentType, bytes }) => ({
      filename,
      contentType,
      bytes: bytes.length,
    })),
  };
}

function oddIn(submission: Submission): MessageFact['odd'] {
  const { from, subject, text, markup } = submission;
  const parts = { from: from.name, subject, text, html: markup ? walked(markup).text : null };
  const read = Object.entries(parts).flatMap(([name, read]): MessageFact['odd'] =>
    oddLettersIn(read ?? '').map(({ kind, index, length }) => {
      const part = name as keyof typeof parts;
      const line = (read ?? '').slice(0, index).split('\n').length;
      const at: Place | undefined = part === 'text' ? { part, line, column: 1 } : undefined;
      return { part, kind, text: quoted(read ?? '', index, length), at };
    }),
  );
  const told = read.some(({ part, kind }) => part === 'html' && kind === 'lost');
  return told ? read : [...read, ...lostInSource(submission)];
}

/** In a message an alternative text, an address or a style may have lost letters too when it was decoded. */
function lostInSource({ format, markup }: Submission): MessageFact['odd'] {
  const index = markup && format === 'eml' ? lostIn(markup.html) : -1;
  if (!markup || index === -1) return [];
  const before = markup.html.slice(0, index).split('\n');
  const at: Place = { part: 'html', line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  return [{ part: 'html', kind: 'lost', text: quoted(markup.html, index, 1), at }];
}

function writtenIn(text: string): MessageFact['writtenLinks'] {
  return writtenLinks(text).map(({ href, text, at }) => ({
    href: href ?? '',
    text,
    target: linkHost(href ?? ''),
    at,
  }));
}

/** The last address of the field, as From is read by those who look at no more than its domain. */
function senderOf(headers: readonly HeaderField[], from: Mailbox, own: string | null): MessageFact['sender'] {
  const written = headers.find(({ name }) => /^sender$/i.test(name))?.value.slice(0, 1000) ?? '';
  const domain = /@([\w.-]{1,253})>?\s{0,9}$/.exec(written)?.[1]?.toLowerCase();
  if (!domain) return null;
  const related = domain === from.domain || (own !== null && getDomain(domain, privately) === own);
  return { domain, related };
}

/** Headers that a reader sees, answers to, or unsubscribes with. */
function fieldsOf(submission: Submission): MessageFact['mergeFields'] {
  const { from, replyTo, subject, text, headers } = submission;
  const written = (name: string) =>
    headers.filter((field) => field.name.toLowerCase() === name.toLowerCase()).map(({ value }) => value);
  const parts: [MessagePart, string[]][] = [
    ['from', [from.name, ...written('From')].flatMap(mergeFieldsOf)],
    ['subject', mergeFieldsOf(subject ?? '')],
    ['to', written('To').flatMap(mergeFieldsOf)],
    ['replyTo', [...replyTo.map(({ name }) => name), ...written('Reply-To')].flatMap(mergeFieldsOf)],
    ['listUnsubscribe', written('List-Unsubscribe').flatMap(mergeFieldsOfAddress)],
    ['text', mergeFieldsOf(text ?? '')],
  ];
  return parts.flatMap(([part, fields]) =>
    [...new Set(fields)].map((field) => ({ field, part, settled: isSettled(field) })),
  );
}

/** Of those a report names the first few. */
const undeclaredAtMost = 50;

/** Also in comments, styles and examples of code: composing refuses the mail for each. */
function undeclaredIn({ template, mergeFields }: Submission): MessageFact['undeclared'] {
  const { parts, headers } = template;
  const declared = mergeFields.map(({ name }) => name);
  const texts = { html: parts.html, text: parts.text, subject: headers.subject };
  return Object.entries(texts).flatMap(([part, text]) => {
    const fields = text === null ? [] : undeclaredFields(text, declared);
    return fields.slice(0, undeclaredAtMost).map((field) => ({ field, part: part as keyof typeof texts }));
  });
}

/** What follows the @ of an address, wherever it stands in a text. */
const addressHost = /(?<=[^\s@<>()[\]"',;:]@)[\p{L}\p{N}.-]{1,253}/gu;

/**
 * A bare domain may be a name, as Booking.com is; an address is none. Of several one that is not related is told.
 * Wide characters (＠) look like the usual ones, and readers take them for those.
 */
function shownHost(from: Mailbox): MessageFact['shownHost'] {
  const own = registered(from);
  const hosts = (from.name.normalize('NFKC').match(addressHost) ?? []).slice(0, 20).flatMap((text) => {
    const found = writtenHost(text);
    if (!found) return [];
    const related = found.host === from.domain || (own !== null && own === getDomain(found.host, privately));
    return [{ ...found, related }];
  });
  return hosts.find(({ related }) => !related) ?? hosts[0] ?? null;
}

/** With the list's private part: two customers of one blog host are not one sender. */
function registered({ domain }: Mailbox): string | null {
  return getDomain(domain, privately);
}
