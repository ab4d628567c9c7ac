/** A returned message becomes one reading: what happened, to whom, and why. */
import { bouncedIn } from './delivery-status.ts';
import { type ReportParts, readParts } from './parts.ts';
import { classOfReply, classOfStatus, classOfWords } from './words.ts';

/**
 * `bad-address`: for good, and about the address or its domain. `mailbox`: it exists and cannot take the mail
 * (full, too large, suspended). `policy-block`: refused for who sends or for what it says. `transient`: for now,
 * or time ran out.
 */
export type BounceClass = 'bad-address' | 'mailbox' | 'policy-block' | 'transient' | 'unknown';

export interface Report {
  kind: 'bounce' | 'complaint' | 'other';
  /** null unless a bounce. */
  class: BounceClass | null;
  /** The server has given up. */
  permanent: boolean;
  /** Whom it speaks of first; null: it does not say, or nobody failed. */
  recipient: string | null;
  /** SMTP reply code. */
  code: string | null;
  /** RFC 3463. */
  enhanced: string | null;
  /** What the server said, on one line, at most 500 characters. */
  response: string | null;
  /** Of a delivery report (RFC 3464 section 2.3.3), or the Feedback-Type of a complaint. */
  action: string | null;
  /** Message-ID of the original, without its brackets. */
  original: string | null;
  /** Of the original, as far as the report says. */
  returnPath: string | null;
}

const other: Report = {
  kind: 'other',
  class: null,
  permanent: false,
  recipient: null,
  code: null,
  enhanced: null,
  response: null,
  action: null,
  original: null,
  returnPath: null,
};

/** Reads any message; what is no report is `other`. Never rejects, and looks at its first megabyte alone. */
export async function readReport(bytes: Uint8Array): Promise<Report> {
  const parts = await readParts(bytes);
  if (!parts) return other;
  const about = { original: messageId(parts.original), returnPath: returnPath(parts) };
  if (parts.isFeedback) return { ...readFeedback(parts), ...about };
  const failure = bouncedIn(parts);
  if (!failure) return { ...other, ...about };
  const { said, enhanced, code, action, recipient } = failure;
  const found = judge(failure);
  // What will be tried again has not failed, whatever the server said last.
  const delayed = action === 'delayed';
  return {
    kind: 'bounce',
    class: delayed && found !== 'mailbox' && found !== 'policy-block' ? 'transient' : found,
    permanent:
      !delayed &&
      found !== 'transient' &&
      (found === 'bad-address' || !(code ?? enhanced ?? '5').startsWith('4')),
    recipient,
    code,
    enhanced,
    response: said.replace(/\s+/g, ' ').trim().slice(0, 500) || null,
    action,
    ...about,
  };
}

/**
 * The class of what a server said.
 * @param said its words; what programs in between added comes in `beside`
 */
export function judge({
  said,
  beside = '',
  enhanced,
  code,
}: {
  said: string;
  beside?: string;
  enhanced: string | null;
  code: string | null;
}): BounceClass {
  const byStatus = enhanced === null ? undefined : classOfStatus(enhanced);
  const byReply = code === null ? undefined : classOfReply(code);
  // Google says 4.0.0 of a domain that there is not; a server's own 4xx may be grey-listing.
  const temporary = (code ?? '').startsWith('4') || /(?:^|[^\d.])4\.\d\.\d/.test(said);
  const found = classOfWords(said) ?? byStatus ?? classOfWords(beside) ?? byReply ?? 'unknown';
  // An address that may be found later is not bad yet.
  return found === 'bad-address' && temporary ? 'transient' : found;
}

/** A feedback report (RFC 5965); `not-spam` takes a complaint back, and `auth-failure` (RFC 6591) is none. */
function readFeedback({ machine, original }: ReportParts): Report {
  const type = /^feedback-type: *([\w-]{1,40})/im.exec(machine)?.[1]?.toLowerCase() ?? null;
  if (type === null || type === 'not-spam' || type.startsWith('auth-failure'))
    return { ...other, action: type };
  const recipient =
    /^(?:original-rcpt-to|removal-recipient): *<?([^\s<>]{3,254})/im.exec(machine)?.[1] ??
    /^to: *[^\n]{0,200}?<?([^\s<>,"]{1,64}@[^\s<>,"]{1,190})/im.exec(original)?.[1] ??
    null;
  return { ...other, kind: 'complaint', permanent: true, recipient, action: type };
}

/** Original-Mail-From of a feedback report (RFC 5965 section 3.2), or what the original's own field says. */
function returnPath({ machine, original }: ReportParts): string | null {
  return (
    /^original-mail-from: *<?([^\s<>]{3,254})/im.exec(machine)?.[1] ??
    /^return-path: *<([^\s<>]{3,254})>/im.exec(original)?.[1] ??
    null
  );
}

function messageId(original: string): string | null {
  return /^message-id: *\r?\n?[ \t]*<([^<>\s]{3,250})>/im.exec(original)?.[1] ?? null;
}
