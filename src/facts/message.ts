/** What the message says of itself, as rules need it. */
import { getDomain } from 'tldts';
import type { HeaderField, Mailbox, MailClass, Submission } from '../submission.ts';
import { fold } from './html/text.ts';
import { type ListUnsubscribe, readListUnsubscribe } from './message/list-unsubscribe.ts';
import { mergeFieldsOf } from './message/merge-fields.ts';
import { type WebHost, writtenHost } from './message/web-host.ts';

export interface MessageFact {
  class: MailClass;
  from: Mailbox;
  /** `related`: under the same registered domain as From, by the public suffix list. */
  replyTo: readonly (Mailbox & { related: boolean })[];
  subject: string | null;
  headers: readonly HeaderField[];
  /** False for a template: its header is made when it is sent, so nothing can be said of it yet. */
  hasHeader: boolean;
  text: string | null;
  /** The text part as a reader sees it: white space and invisible characters folded. */
  visibleText: string;
  /** null: a template, or the message has no such header. */
  listUnsubscribe: ListUnsubscribe | null;
  /** Host of the mail address that the display name of From shows; null: it shows none. */
  shownHost: (WebHost & { related: boolean }) | null;
  /** Merge fields that stand as written in what is no HTML. */
  mergeFields: readonly { field: string; part: 'from' | 'subject' | 'text' }[];
  attachments: readonly { filename: string | null; contentType: string; bytes: number }[];
}

const privately = { allowPrivateDomains: true };

/** Never fails: all of it stands in the submission. */
export function gatherMessage({ submission }: { submission: Submission }): MessageFact {
  const { from, replyTo } = submission;
  const own = registered(from);
  return {
    class: submission.class,
    from,
    replyTo: replyTo.map((one) => ({
      ...one,
      related: one.domain === from.domain || (own !== null && registered(one) === own),
    })),
    subject: submission.subject,
    headers: submission.headers,
    hasHeader: submission.format === 'eml',
    text: submission.text,
    visibleText: fold(submission.text ?? ''),
    listUnsubscribe: readListUnsubscribe(submission.headers),
    shownHost: shownHost(from),
    mergeFields: (
      [
        ['from', from.name],
        ['subject', submission.subject],
        ['text', submission.text],
      ] as const
    ).flatMap(([part, text]) => mergeFieldsOf(text ?? '').map((field) => ({ field, part }))),
    attachments: submission.attachments.map(({ filename, contentType, bytes }) => ({
      filename,
      contentType,
      bytes: bytes.length,
    })),
  };
}

/** A bare domain may be a name, as Booking.com is; an address is none. */
function shownHost(from: Mailbox): MessageFact['shownHost'] {
  const name = from.name.trim();
  const found = name.includes('@') ? writtenHost(name.slice(name.lastIndexOf('@') + 1)) : null;
  if (!found) return null;
  const own = registered(from);
  return {
    ...found,
    related: found.host === from.domain || (own !== null && own === getDomain(found.host, privately)),
  };
}

/** With the list's private part: two customers of one blog host are not one sender. */
function registered({ domain }: Mailbox): string | null {
  return getDomain(domain, privately);
}
