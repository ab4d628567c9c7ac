/**
 * A returned message, taken apart: what is said to people, what is said to programs (RFC 3464, RFC 5965), and
 * what is left of the original. Much of what servers write is no MIME at all, so each may be cut from plain text.
 */
import PostalMime, { decodeWords, type Email } from 'postal-mime';

export interface ReportParts {
  /** Name in lower case, decoded value. */
  headers: readonly { key: string; value: string }[];
  /** Content-Type of the whole, in lower case with its parameters; empty: none. */
  contentType: string;
  human: string;
  /** Fields of the machine's part; empty: none was found. */
  machine: string;
  /** Whether the machine's part is a feedback report. */
  isFeedback: boolean;
  original: string;
}

/** Bytes that are read: a report says at its beginning what happened. */
export const readAtMost = 1024 * 1024;
/** Characters of each part that are looked at. */
const lookedAt = 64 * 1024;
const linesAtMost = 50_000;

/** Where servers that know no MIME begin to quote the message. */
const quotes = [
  /^-{2,}[- ]*(?:this is a copy of|below (?:this|the next) line|original message|unsent message|undelivered message|message header|returned message|message text follows|begin message|message text|the (?:header|body|unsent message))/i,
  /^(?:this is a copy of (?:the|your) message|(?:the )?text of the message follows|your (?:original )?message (?:follows|reads)|copy of the original message|received: *\(?(?:from|by|qmail)\b|return-path: *<|message header follows|original message:?$|original message follows|--- the header of the original|original message headers?|received: from \S+)/i,
];

export async function readParts(bytes: Uint8Array): Promise<ReportParts | undefined> {
  const read = bytes.subarray(0, readAtMost);
  if (lines(read) > linesAtMost) return undefined;
  let email: Email;
  try {
    email = await PostalMime.parse(read, {
      maxNestingDepth: 20,
      maxHeadersSize: 256 * 1024,
      forceRfc822Attachments: true,
    });
  } catch {
    return undefined;
  }
  const headers = email.headers.map(({ key, value }) => ({ key, value: decodeWords(value.slice(0, 2000)) }));
  const contentType = headers.find(({ key }) => key === 'content-type')?.value.toLowerCase() ?? '';
  const machine: string[] = [];
  const original: string[] = [];
  let isFeedback = false;
  for (const { mimeType, content } of email.attachments) {
    const type = mimeType.toLowerCase();
    if (/^message\/(?:global-)?delivery-status$/.test(type)) machine.push(textOf(content));
    else if (type === 'message/feedback-report') {
      isFeedback = true;
      machine.push(textOf(content));
    } else if (/^(?:message\/|text\/rfc822)/.test(type)) original.push(textOf(content));
  }
  const isBare = email.text === undefined && email.html === undefined && email.attachments.length === 0;
  // A multipart without its boundaries is text all the same.
  const spoken = (
    isBare ? bodyOf(read) : (email.text ?? (email.html === undefined ? '' : plain(email.html)))
  ).slice(0, 4 * lookedAt);
  const written = spoken.replace(/\r\n?/g, '\n').split('\n');
  const end = written.findIndex((line) => quotes.some((quote) => quote.test(line.slice(0, 200).trim())));
  const human = (end === -1 ? written : written.slice(0, end)).join('\n');
  if (end !== -1) original.push(written.slice(end).join('\n'));
  return {
    headers,
    contentType,
    human: human.slice(0, lookedAt),
    machine: (machine.join('\n\n') || quotedFields(written)).slice(0, lookedAt),
    isFeedback,
    original: original.join('\n').slice(0, lookedAt),
  };
}

/** Fields of a delivery report that stand in the text, as when a report was passed on or lost its MIME. */
function quotedFields(written: readonly string[]): string {
  const start = written.findIndex((line) =>
    /^[> \t]{0,8}(?:final|original)-recipient *:/i.test(line.slice(0, 200)),
  );
  if (start === -1) return '';
  return written
    .slice(start, start + 60)
    .map((line) => line.slice(0, 2000).replace(/^> ?/, ''))
    .join('\n');
}

function bodyOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, 4 * lookedAt)).replace(/\r\n?/g, '\n');
  const end = text.indexOf('\n\n');
  return end === -1 ? '' : text.slice(end + 2);
}

function plain(html: string): string {
  return html
    .slice(0, 4 * lookedAt)
    .replace(/<(?:style|script)\b[^<>]{0,200}>[^<]{0,20000}/gi, ' ')
    .replace(/<(?:br|\/p|\/div|\/tr|\/li|\/h\d)\b[^<>]{0,200}>/gi, '\n')
    .replace(/<[^<>]{0,2000}>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;|&apos;/g, "'")
    .replace(/&nbsp;|&#160;/g, ' ')
    .replace(/&amp;/g, '&');
}

function textOf(content: ArrayBuffer | Uint8Array | string): string {
  if (typeof content === 'string') return content.slice(0, lookedAt);
  return new TextDecoder().decode(new Uint8Array(content).subarray(0, lookedAt));
}

function lines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}
