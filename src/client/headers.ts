/** Which header fields of an audited message go out again. */
import type { Template } from './template.ts';

/**
 * What composing writes itself, what structures MIME, addresses people, tells of an earlier transport, or
 * orders a sending service about: none of it is taken over.
 */
const dropped = new RegExp(
  `^(?:${[
    'from|sender|reply-to|to|cc|bcc|apparently-to|subject|date|message-id',
    'mime-version|content-.*',
    'return-path|received|received-spf|delivered-to|envelope-to|x-original-to|x-envelope-.*|resent-.*',
    'dkim-signature|x-google-dkim-signature|domainkey-signature|arc-.*|authentication-results|x-received',
    'return-receipt-to|disposition-notification-to|x-confirm-reading-to|errors-to',
    'x-ses-.*|x-smtpapi|x-msys-.*|x-sparkpost-.*|x-mailgun-.*|x-mc-.*|x-mj-.*|x-pm-.*|x-postmark-.*',
    'x-mt-.*|x-mailin-.*|x-tm-.*',
  ].join('|')})$`,
);

/** @param name in lower case. */
export function isCarried(name: string): boolean {
  return !dropped.test(name);
}

/** Replaced in marketing mail by whoever sends it (RFC 8058). Any case. */
export function isUnsubscribing(name: string): boolean {
  return /^list-unsubscribe(?:-post)?$/i.test(name);
}

/** Without white space: no server can fold it into lines of 998 octets (RFC 5322 section 2.1.1). */
const unfoldable = /[!-~]{990}/;

/**
 * What of a template cannot be written into a header as it was audited. `encoded-word`: the name of somebody or of a file
 * holds the beginning of one (RFC 2047), and would be read as what that decodes to.
 */
export function headerFault({
  headers: { from, reply_to: replyTo, other },
  parts: { attachments },
}: Pick<Template, 'headers' | 'parts'>): 'encoded-word' | 'header-too-long' | undefined {
  const names = [from, ...replyTo].map(({ name }) => name);
  const files = attachments.map(({ filename }) => filename ?? '');
  if ([...names, ...files].some((name) => name.includes('=?'))) return 'encoded-word';
  // In a quoted string each of these two takes another with it.
  const quoted = names.map((name) => name.replace(/["\\]/g, '\\$&'));
  const described = attachments.flatMap(({ contentType, contentId }) => [contentType, contentId ?? '']);
  const fields = other.map(([name, value]) => `${name}:${value}`);
  return [...quoted, ...described, ...fields].some((text) => unfoldable.test(text))
    ? 'header-too-long'
    : undefined;
}

/**
 * What a DKIM signature of this mail has to cover, as nodemailer’s `dkim.headerFieldNames` takes it: its own list lacks
 * List-Unsubscribe-Post, without which nobody believes the one click (RFC 8058 section 4).
 */
export const signedHeaderFields = [
  'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding',
  'In-Reply-To:References:List-Id:List-Help:List-Unsubscribe:List-Unsubscribe-Post:List-Subscribe:List-Post',
  'List-Owner:List-Archive:Feedback-ID:Auto-Submitted:Precedence',
].join(':');

/** Who writes and what, and the one click: a signature of marketing mail that leaves one out does not show it. */
const needed = ['From', 'Subject', 'List-Unsubscribe', 'List-Unsubscribe-Post'];

/** Whether a signature over these fields covers all of them. Any case. */
export function coversOneClick(signed: readonly string[]): boolean {
  const names = new Set(signed.map((name) => name.toLowerCase()));
  return needed.every((name) => names.has(name.toLowerCase()));
}
