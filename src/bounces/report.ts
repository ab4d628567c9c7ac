/** A returned message becomes one reading: what happened, to whom, and why. */
import { isOfPolicy, subjectOf, type Verification, verificationIn } from './about.ts';
import { bouncedIn } from './delivery-status.ts';
import { classOfOtherWords } from './languages.ts';
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
  /** Final-Recipient as it stands, where there is one: the address may have become another on the way. */
  final: string | null;
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
  final: null,
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
  const { said, enhanced, code, action, recipient, final } = failure;
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
    final,
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
  const verification = verificationIn(said);
  if (verification && subjectOf(said) !== 'sender') return judgeVerification(verification);
  const byStatus = enhanced === null ? undefined : classOfStatus(enhanced);
  const byReply = code === null ? undefined : classOfReply(code);
  // Google says 4.0.0 of a domain that there is not; a server's own 4xx may be grey-listing.
  const temporary = (code ?? '').startsWith('4') || /(?:^|[^\d.])4\.\d\.\d/.test(said);
  const bySaid = classOfWords(said) ?? classOfOtherWords(said) ?? byStatus;
  const found = bySaid ?? classOfWords(beside) ?? classOfOtherWords(beside) ?? byReply ?? 'unknown';
  // Nothing but who it is about.
  if (found === 'unknown' && !temporary && ['sender', 'client'].includes(subjectOf(said) ?? ''))
    return 'policy-block';
  if (found !== 'bad-address') return found;
  // An address that may be found later is not bad yet.
  if (temporary) return 'transient';
  // What stands beside a reply tells of headers and attachments without meaning them.
  const about = bySaid ? subjectOf(said) : subjectOf(beside);
  if (isOfPolicy(said) || (about && (bySaid || about !== 'content'))) return 'policy-block';
  // "User unknown or over quota", and the status says which.
  const own = /^[45]\d\d[ -](5\.2\.[0234])(?!\S)/.exec(said)?.[1];
  return own === undefined ? found : (classOfStatus(own) ?? 'unknown');
}

/** What the next server said is judged as its own; where it was never reached, nobody knows the address to be bad. */
function judgeVerification({ inner, ended }: Verification): BounceClass {
  const code = /(?:^|[^\d.\w])([45]\d\d)(?=[ \-:#]|$)/.exec(inner)?.[1] ?? null;
  const enhanced = /(?:^|[^\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(inner)?.[1] ?? null;
  const found = judge({ said: inner, code, enhanced });
  return found === 'bad-address' && !ended ? 'transient' : found;
}

/** A feedback report (RFC 5965); `not-spam` takes a complaint back, and `auth-failure` (RFC 6591) is none. */
function readFeedback({ machine, original }: ReportParts): Report {
  const type = /^[\w-]{1,40}/.exec(fieldIn(machine, 'feedback-type'))?.[0].toLowerCase() ?? null;
  if (type === null || type === 'not-spam' || type.startsWith('auth-failure'))
    return { ...other, action: type };
  const recipient =
    bare(fieldIn(machine, '(?:original-rcpt-to|removal-recipient)')) ??
    /[^\s<>,"]{1,64}@[^\s<>,"]{1,190}/.exec(fieldIn(original, 'to'))?.[0] ??
    null;
  return { ...other, kind: 'complaint', permanent: true, recipient, action: type };
}

/** Original-Mail-From of a feedback report (RFC 5965 section 3.2), or what the original's own field says. */
function returnPath({ machine, original }: ReportParts): string | null {
  return (
    bare(fieldIn(machine, 'original-mail-from')) ??
    /^<([^\s<>]{3,254})>/.exec(fieldIn(original, 'return-path'))?.[1] ??
    null
  );
}

function messageId(original: string): string | null {
  return /^<([^<>\s]{3,250})>/.exec(fieldIn(original, 'message-id'))?.[1] ?? null;
}

const bare = (value: string): string | undefined => /^<?([^\s<>]{3,254})/.exec(value)?.[1];

/**
 * What the first field of that name says, with a line that is folded under it; empty: there is none. Cut before it is
 * looked at: two runs of spaces in one pattern cost the square of their length.
 */
function fieldIn(text: string, name: string): string {
  const [, line = '', folded = ''] =
    new RegExp(`^${name}:([^\\n]*)(?:\\n[ \\t]+([^\\n]*))?`, 'im').exec(text) ?? [];
  return `${line.trim()} ${folded.trim()}`.trim().slice(0, 500);
}
