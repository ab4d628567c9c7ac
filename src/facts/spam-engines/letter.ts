/** The mail as its first server gets it: samples filled in, and what only the sending adds made up. */
import type { MimeWriter } from '../../ports.ts';
import { withoutTransport } from '../../submission/transport-headers.ts';
import type { Submission } from '../../submission.ts';

/** Nobody's. */
const reader = 'reader@example.com';
const encoder = new TextEncoder();

/**
 * A message that is sent as it was handed in stays so, byte for byte, but for what servers have written into it; all
 * else is composed as the service composes it.
 * @throws TypeError for what cannot be written as a mail.
 */
export async function letterOf(submission: Submission, mime: MimeWriter, now: Date): Promise<Uint8Array> {
  const { message } = submission;
  return message && isWhole(submission)
    ? completed(withoutTransport(message), submission, now)
    : mime.write(composed(submission, now));
}

/** Nothing was filled in, and no server of ours writes it anew. */
function isWhole({ routes, template: { parts, headers }, ...filled }: Submission): boolean {
  return (
    routes.every(({ transport }) => transport === null) &&
    (filled.markup?.html ?? null) === parts.html &&
    filled.text === parts.text &&
    filled.subject === headers.subject
  );
}

function composed(submission: Submission, now: Date): Parameters<MimeWriter['write']>[0] {
  const { from, replyTo, subject, markup, text, attachments, template } = submission;
  return {
    from: { name: from.name, address: from.address },
    to: reader,
    replyTo: replyTo.map(({ name, address }) => ({ name, address })),
    subject: subject ?? '',
    messageId: messageId(submission),
    date: now,
    html: markup?.html ?? null,
    text,
    headers: template.headers.other.map(([name, value]) => ({ name, value })),
    attachments,
  };
}

/** What a server that takes mail in for sending adds where it is missing (RFC 6409 section 8), and a reader. */
function completed(message: Uint8Array, submission: Submission, now: Date): Uint8Array {
  const has = (wanted: RegExp) => submission.headers.some(({ name }) => wanted.test(name));
  const added = [
    ...(has(/^date$/i) ? [] : [`Date: ${now.toUTCString().replace('GMT', '+0000')}`]),
    ...(has(/^message-id$/i) ? [] : [`Message-ID: ${messageId(submission)}`]),
    ...(has(/^(?:to|cc|bcc)$/i) ? [] : [`To: <${reader}>`]),
  ];
  if (added.length === 0) return message;
  return joined(encoder.encode(`${added.join('\r\n')}\r\n`), message);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function messageId({ from, digest }: Submission): string {
  return `<${digest.slice(0, 32)}@${from.domain}>`;
}
