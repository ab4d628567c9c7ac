/** What the message says of itself, as rules need it. */
import { getDomain } from 'tldts';
import type { HeaderField, Mailbox, MailClass, Submission } from '../submission.ts';
import { fold } from './html-text.ts';

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
  attachments: readonly { filename: string | null; contentType: string; bytes: number }[];
}

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
    attachments: submission.attachments.map(({ filename, contentType, bytes }) => ({
      filename,
      contentType,
      bytes: bytes.length,
    })),
  };
}

/** With the list's private part: two customers of one blog host are not one sender. */
function registered({ domain }: Mailbox): string | null {
  return getDomain(domain, { allowPrivateDomains: true });
}
