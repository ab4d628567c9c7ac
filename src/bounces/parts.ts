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
  /** Whether those fields stand in the text alone. */
  isQuoted: boolean;
  /** Whether the machine's part is a feedback report. */
  isFeedback: boolean;
  original: string;
}

/**
 * How much of a report is read: it says at its beginning what happened. 404 real ones have at most 17 kB, 290 lines
 * and 14 delimiters; what is hostile costs the parser time that grows with the square of each.
 */
const most = { bytes: 128 * 1024, lines: 2000, delimiters: 50, nesting: 8, field: 4096, fields: 50 };
/** Characters of each part that are looked at. */
const lookedAt = 64 * 1024;

/** Where servers that know no MIME begin to quote the message. */
const quotes = [
  /^-{2,}[- ]*(?:this is a copy of|below (?:this|the next) line|original message|unsent message|undelivered message|message header|returned message|message text follows|begin message|message text|the (?:header|body|unsent message))/i,
  /^(?:this is a copy of (?:the|your) message|(?:the )?text of the message follows|your (?:original )?message (?:follows|reads)|copy of the original message|received: *\(?(?:from|by|qmail)\b|return-path: *<|message header follows|original message:?$|original message follows|--- the header of the original|original message headers?|received: from \S+)/i,
];

export async function readParts(bytes: Uint8Array): Promise<ReportParts | undefined> {
  const read = beginning(bytes);
  let email: Email;
  try {
    email = await PostalMime.parse(read, {
      maxNestingDepth: most.nesting,
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
    isQuoted: machine.length === 0,
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

const newline = 10;
const hyphen = 45;

/**
 * As much as is read: of the header the fields that are looked at, and the rest until there are too many lines or
 * delimiters (RFC 2046 section 5.1.1).
 */
function beginning(whole: Uint8Array): Uint8Array {
  const bytes = whole.subarray(0, most.bytes);
  const kept: Uint8Array[] = [];
  let isField = false;
  let fields = 0;
  let size = 0;
  let delimiters = 0;
  let at = 0;
  let body: number | undefined;
  for (let line = 0; at < bytes.length && line < most.lines; line++) {
    const found = bytes.indexOf(newline, at);
    const next = found === -1 ? bytes.length : found + 1;
    const text = bytes.subarray(at, next);
    if (body === undefined) {
      if (text[0] === newline || (text[0] === 13 && text[1] === newline)) body = at;
      else {
        const isFolded = text[0] === 32 || text[0] === 9;
        if (!isFolded) {
          isField = fields < most.fields && looked.test(ascii(text.subarray(0, 40)));
          fields += Number(isField);
          size = 0;
        }
        size += text.length;
        if (isField && size <= most.field) kept.push(text);
      }
    } else if (text[0] === hyphen && text[1] === hyphen && ++delimiters > most.delimiters) break;
    at = next;
  }
  return joined([...kept, bytes.subarray(body ?? at, at)]);
}

/** What tells a report from other mail, and how its body is written. */
const looked =
  /^(?:content-[a-z-]{1,30}|mime-version|subject|from|return-path|x-failed-recipients|auto-submitted)[ \t]*:/i;

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
