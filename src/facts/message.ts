/** What the message says of itself, as rules need it. */
import { getDomain } from 'tldts';
import type { HeaderField, Mailbox, MailClass, Submission } from '../submission.ts';

export interface MessageFact {
  class: MailClass;
  from: Mailbox;
  replyTo: Mailbox | null;
  /** By the public suffix list; null where that tells nothing (a public suffix itself). */
  registeredDomain: { from: string | null; replyTo: string | null };
  subject: string | null;
  headers: readonly HeaderField[];
  /** False for a template: its header is made when it is sent, so nothing can be said of it yet. */
  hasHeader: boolean;
  text: string | null;
  attachments: readonly { filename: string | null; contentType: string; bytes: number }[];
}

/** Never fails: all of it stands in the submission. */
export function gatherMessage({ submission }: { submission: Submission }): MessageFact {
  const { from, replyTo } = submission;
  return {
    class: submission.class,
    from,
    replyTo,
    registeredDomain: { from: registered(from), replyTo: replyTo && registered(replyTo) },
    subject: submission.subject,
    headers: submission.headers,
    hasHeader: submission.format === 'eml',
    text: submission.text,
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
