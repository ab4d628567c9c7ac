/**
 * What SES tells of a message: the bodies of event publishing (`eventType`) and of the older feedback notifications
 * (`notificationType`), as the SES Developer Guide has them ("Contents of event data that Amazon SES publishes to
 * Amazon SNS", "Amazon SNS notification contents for Amazon SES"), read in November 2026.
 */
import { type Attempt, type BounceClass, judge, readAttempt } from '../bounces.ts';
import type { DeliveryEvent } from '../ports.ts';

/** Tag of a message that says which attempt it is. */
export const deliveryTag = 'klarsignal-delivery';

export type SesEvent = Omit<DeliveryEvent, 'id' | keyof Attempt>;

export type SesReading =
  | {
      kind: 'event';
      attempt: Attempt;
      event: SesEvent;
      /** Whose bounce it is, as SES names him; null: it does not. */
      recipient: string | null;
    }
  /** Of a kind that says nothing of a delivery, such as an opening. */
  | { kind: 'ignored' }
  /** It names no attempt of ours: mail that somebody else sends by the same account. */
  | { kind: 'foreign' }
  | { kind: 'unreadable' };

type Json = Readonly<Record<string, unknown>>;

/** Reads the message of a notification. `at`: when it was published, for what has no time of its own. */
export function readSesEvent(message: string, at: string): SesReading {
  let body: unknown;
  try {
    body = JSON.parse(message);
  } catch {
    return { kind: 'unreadable' };
  }
  if (!isObject(body)) return { kind: 'unreadable' };
  const type = text(body.eventType) ?? text(body.notificationType);
  const name = (type ?? '').replace(/\s/g, '');
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  // SES says once in plain words that a topic was tied to it.
  if (type === null) return { kind: 'unreadable' };
  if (!read) return { kind: 'ignored' };
  const event = read(body, at);
  if (!event) return { kind: 'ignored' };
  const attempt = attemptOf(object(body.mail));
  const recipient = text(object(array(object(body.bounce).bouncedRecipients)[0]).emailAddress);
  return attempt ? { kind: 'event', attempt, event, recipient } : { kind: 'foreign' };
}

const readers: Readonly<Record<string, (body: Json, at: string) => SesEvent | undefined>> = {
  Bounce: (body, at) => readBounce(object(body.bounce), at),
  Complaint: (body, at) => readComplaint(object(body.complaint), at),
  Delivery: ({ delivery }, at) => {
    const { timestamp, smtpResponse } = object(delivery);
    return { kind: 'delivered', at: time(timestamp, at), response: line(smtpResponse) };
  },
  Reject: ({ reject }, at) => {
    const { reason } = object(reject);
    return { kind: 'rejected', at, code: 'Reject', response: line(reason) };
  },
  RenderingFailure: ({ failure }, at) => {
    const { errorMessage } = object(failure);
    return { kind: 'rejected', at, code: 'RenderingFailure', response: line(errorMessage) };
  },
  DeliveryDelay: ({ deliveryDelay }, at) => {
    const { timestamp, delayType, delayedRecipients } = object(deliveryDelay);
    const { status, diagnosticCode } = object(array(delayedRecipients)[0]);
    const response = line(diagnosticCode) ?? line(delayType);
    return {
      kind: 'delayed',
      at: time(timestamp, at),
      code: text(delayType),
      enhanced: enhancedOf(status),
      response,
    };
  },
};

/** Bounce types and subtypes that say why by themselves. */
const classes: Readonly<Record<string, BounceClass>> = {
  'Permanent/Suppressed': 'bad-address',
  'Permanent/OnAccountSuppressionList': 'bad-address',
  'Transient/MailboxFull': 'mailbox',
  'Transient/MessageTooLarge': 'mailbox',
  'Transient/ContentRejected': 'policy-block',
  'Transient/AttachmentRejected': 'policy-block',
  'Transient/CustomTimeoutExceeded': 'transient',
};

function readBounce(bounce: Json, at: string): SesEvent {
  const type = text(bounce.bounceType) ?? '';
  const subType = text(bounce.bounceSubType) ?? '';
  const { status, diagnosticCode } = object(array(bounce.bouncedRecipients)[0]);
  const said = (line(diagnosticCode) ?? '').replace(/^[\w-]{1,30} *; */, '');
  // What the server says itself comes before what SES makes of it.
  const own = /(?:^|[^\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(said)?.[1] ?? null;
  const enhanced = own ?? enhancedOf(status);
  const code = /\b([45]\d\d)\b/.exec(said)?.[1] ?? null;
  const isPermanent = type === 'Permanent';
  const known = `${type}/${subType}`;
  const bounceClass =
    (Object.hasOwn(classes, known) ? classes[known] : undefined) ??
    classOfOther(
      type,
      subType,
      judge({ said, enhanced, code }),
      said !== '' && judge({ said, enhanced: own, code }),
    );
  return {
    kind: 'bounced',
    at: time(bounce.timestamp, at),
    bounceClass,
    // Of what it keeps back by a list of the account's own, SES says that it does not count toward the bounce rate.
    permanent: isPermanent && !subType.endsWith('SuppressionList'),
    code: code ?? (`${type}/${subType}`.slice(0, 80) || null),
    enhanced,
    response: said || null,
    ...(bounceClass === 'bad-address' ? { suppress: 'bad-address' as const } : {}),
  };
}

/** `General` and `NoEmail` leave open why: the server's words say it, where SES passes them on. */
function classOfOther(
  type: string,
  subType: string,
  judged: BounceClass,
  bySaid: BounceClass | false,
): BounceClass {
  if (type === 'Permanent' && ['General', 'NoEmail'].includes(subType)) {
    // AWS: take the address off the list. Not where the server's own words are about us, or of time that ran out.
    if (judged !== 'unknown' && judged !== 'bad-address') return judged;
    // `General` says less than words that nobody here can read.
    return subType === 'General' && bySaid === 'unknown' ? 'unknown' : 'bad-address';
  }
  // And nobody is taken off for a kind of bounce that is not known here.
  if (type === 'Permanent') return judged === 'bad-address' ? 'unknown' : judged;
  if (type !== 'Transient') return judged === 'bad-address' ? 'unknown' : judged;
  return judged === 'bad-address' || judged === 'unknown' ? 'transient' : judged;
}

/** RFC 5965 section 7.3, RFC 6591: what takes a complaint back, or tells of something else. */
const noComplaint = new Set(['not-spam', 'auth-failure']);

function readComplaint(complaint: Json, at: string): SesEvent | undefined {
  const type = text(complaint.complaintFeedbackType);
  if (type !== null && noComplaint.has(type.toLowerCase())) return undefined;
  const response = line(type ?? complaint.complaintSubType);
  return { kind: 'complained', at: time(complaint.timestamp, at), response, suppress: 'complaint' };
}

/** By our tag; feedback notifications carry none, but may carry the Message-ID that we wrote. */
function attemptOf(mail: Json): Attempt | undefined {
  const [tag] = array(object(mail.tags)[deliveryTag]);
  const byTag = readAttempt(text(tag) ?? '');
  if (byTag) return byTag;
  const written = text(object(mail.commonHeaders).messageId) ?? '';
  return readAttempt(/^<?([^<>@]{1,80})@/.exec(written)?.[1] ?? '');
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function object(value: unknown): Json {
  return isObject(value) ? value : {};
}

function array(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** On one line, at most 500 characters, as the ledger keeps it. */
function line(value: unknown): string | null {
  return text(value)?.slice(0, 4000).replace(/\s+/g, ' ').trim().slice(0, 500) || null;
}

function enhancedOf(value: unknown): string | null {
  return /^[245]\.\d{1,3}\.\d{1,3}$/.exec(text(value) ?? '')?.[0] ?? null;
}

/** ISO 8601 with milliseconds, as the store wants it. */
function time(value: unknown, otherwise: string): string {
  const read = new Date(text(value) ?? '');
  return Number.isNaN(read.getTime()) ? otherwise : read.toISOString();
}
