/** A whole message (RFC 5322, MIME) taken apart into what its reader gets. */
import PostalMime, { addressParser, decodeWords, type Email } from 'postal-mime';

export interface HeaderField {
  /** As written. */
  name: string;
  /** Unfolded, not decoded. */
  value: string;
}

export interface Attachment {
  filename: string | null;
  contentType: string;
  disposition: string | null;
  /** Without angle brackets. */
  contentId: string | null;
  bytes: Uint8Array;
}

export interface MessageParts {
  headers: HeaderField[];
  /** The From field as written; several fields are joined by commas, since a message may have only one. */
  from: string | null;
  replyTo: string | null;
  /** Domain of the first Return-Path that has one. */
  returnPath: string | null;
  /** Decoded. */
  subject: string | null;
  html: string | null;
  text: string | null;
  attachments: Attachment[];
}

export interface MessageLimits {
  headerBytes: number;
  mimeDepth: number;
  attachments: number;
}

/** The parser spends 10 µs and half a kilobyte on each line; 10 MB of attachments have about 140,000. */
const linesAtMost = 200_000;

/** Reads a message within bounds. undefined: too deep, headers too large, or too many parts, lines or pads. */
export async function readMessage(
  bytes: Uint8Array,
  limits: MessageLimits,
): Promise<MessageParts | undefined> {
  if (linesOf(bytes) > linesAtMost) return undefined;
  let email: Email;
  try {
    const parser = new PostalMime({
      maxNestingDepth: limits.mimeDepth,
      maxHeadersSize: limits.headerBytes,
      // A message inside a message is something that is sent along, not what the reader sees first.
      forceRfc822Attachments: true,
    });
    boundUnits(parser);
    email = await parser.parse(bytes);
  } catch {
    return undefined;
  }
  if (email.attachments.length > limits.attachments) return undefined;
  const fields = email.headers.filter(({ originalKey }) => fieldName.test(originalKey));
  // A tab in a header is a fold's white space (RFC 5322 section 2.2.3), no control character of the sender's.
  const written = (key: string) =>
    fields.filter((field) => field.key === key).map(({ value }) => value.replaceAll('\t', ' '));
  const [subject] = written('subject');
  return {
    headers: fields.map(({ originalKey, value }) => ({ name: originalKey, value })),
    from: written('from').join(', ') || null,
    replyTo: written('reply-to').join(', ') || null,
    returnPath: returnPathDomain(fields),
    subject: subject === undefined ? null : decodeWords(subject),
    html: email.html ?? null,
    text: email.text ?? null,
    attachments: email.attachments.map((attachment) => ({
      filename: attachment.filename,
      contentType: attachment.mimeType,
      disposition: attachment.disposition,
      contentId: attachment.contentId?.replace(/^<|>$/g, '') ?? null,
      bytes: toBytes(attachment.content),
    })),
  };
}

/** RFC 5322 section 3.6.8. Anything else, such as the From line of a mailbox file, is no header field. */
const fieldName = /^[!-9;-~]+$/;

function returnPathDomain(fields: Email['headers']): string | null {
  const value = fields.find(({ key }) => key === 'return-path')?.value.slice(0, 1000) ?? '';
  const address = addressParser(value)[0]?.address ?? '';
  return address.slice(address.lastIndexOf('@') + 1) || null;
}

/** As much of the parser as is looked at. */
interface Parsing {
  /** What is told of a base64 decoder alone: the `remainder` it carries on. */
  currentNode: { contentDecoder: { remainder?: string } | null };
  processLine(line: Uint8Array, isFinal: boolean): Promise<void>;
}

/**
 * Its base64 decoder keeps a kilobyte for each run of `=`, and a line has no length that it may not exceed: ten
 * megabytes would take five gigabytes. Some programs pad each line, and of lines there may be as many.
 */
function boundUnits(parser: PostalMime): void {
  // Not public in its types; only the parser knows which of the lines it decodes.
  const parsing = parser as unknown as Parsing;
  const processLine = parsing.processLine.bind(parser);
  let units = 0;
  parsing.processLine = (line, isFinal) => {
    if (parsing.currentNode.contentDecoder?.remainder !== undefined) units += padsIn(line);
    if (units > linesAtMost) throw new Error('too many pads');
    return processLine(line, isFinal);
  };
}

/** Runs of `=`. */
function padsIn(line: Uint8Array): number {
  let pads = 0;
  for (let at = line.indexOf(pad); at !== -1; at = line.indexOf(pad, at + 1)) {
    if (line[at + 1] !== pad) pads += 1;
  }
  return pads;
}

const pad = 0x3d;

function linesOf(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}

function toBytes(content: ArrayBuffer | Uint8Array | string): Uint8Array {
  if (typeof content === 'string') return new TextEncoder().encode(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}
