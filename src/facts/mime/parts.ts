/** The parts of a message in the order that they stand, found in one pass over its lines (RFC 2046 section 5.1). */
import { withoutComments } from './comments.ts';
import { parameterOf, type RawField, readFields } from './fields.ts';

export interface MimePart {
  /** Without parameters, in small letters; text/plain where nothing is said. */
  type: string;
  /** It has a Content-Type of its own. */
  declared: boolean;
  charset: string | null;
  /** The `method` of a calendar entry. */
  method: string | null;
  /** Content-Transfer-Encoding in small letters; 7bit where nothing is said. */
  encoding: string;
  /** Content-Disposition says that it is a file, or it has a name. */
  file: boolean;
  /** Content-Disposition alone says so: text that only has a name is read with the rest of the mail. */
  attached: boolean;
  /** Content-ID without its angle brackets. */
  id: string | null;
  /** Content-Location, an address that its message may show it by (RFC 2557 section 4.2). */
  location: string | null;
  /** Place in the list of what it stands in; null: the message itself. */
  within: number | null;
  /** Of a text that is not encoded: it has octets over 127. */
  eightBit: boolean;
  /** Of what holds parts: none has been found in it, or its end has not. */
  state: 'whole' | 'empty' | 'open';
}

/** The parser takes no more, and a reader of a mail sees far fewer. */
const partsAtMost = 500;
const depthAtMost = 30;
/** Lines of one header of a part. */
const linesAtMost = 200;
/** RFC 2046 section 5.1.1: a boundary has 70 characters at most; some have more. */
const boundaryLength = 250;
const newline = 0x0a;
const hyphen = 0x2d;

interface Open {
  boundary: string;
  closing: string;
  index: number;
}

export function readParts(message: Uint8Array): MimePart[] {
  const decoder = new TextDecoder('latin1');
  const parts: MimePart[] = [];
  const stack: Open[] = [];
  /** Of the part whose header is being read; null: a body, or what stands between parts. */
  let header: string[] | null = [];
  /** Of the part whose body is being read. */
  let body: MimePart | null = null;
  const begin = () => {
    const part = partOf(readFields(header ?? [], 1), stack.at(-1)?.index ?? null);
    const boundary = part.boundary;
    parts.push(part.part);
    if (boundary !== null && stack.length < depthAtMost)
      stack.push({ boundary, closing: `${boundary}--`, index: parts.length - 1 });
    body = boundary === null && part.part.type.startsWith('text/') ? part.part : null;
    header = null;
  };
  for (let at = 0; at < message.length; ) {
    const found = message.indexOf(newline, at);
    const end = found === -1 ? message.length : found;
    const length = end > at && message[end - 1] === 0x0d ? end - 1 - at : end - at;
    const isMark: boolean = message[at] === hyphen && message[at + 1] === hyphen && stack.length > 0;
    const line: string =
      isMark || header ? decoder.decode(message.subarray(at, at + Math.min(length, 2000))) : '';
    const level = isMark ? levelOf(line, stack) : -1;
    if (level >= 0) {
      if (header) begin();
      const { boundary, index } = stack[level] as Open;
      const closes: boolean = line.startsWith(`--${boundary}--`);
      stack.length = closes ? level : level + 1;
      if (closes) (parts[index] as MimePart).state = parts.length > index + 1 ? 'whole' : 'empty';
      body = null;
      header = closes ? null : [];
      if (parts.length >= partsAtMost) return parts;
    } else if (header) {
      if (length === 0) begin();
      else if (header.length < linesAtMost) header.push(line);
    } else if (body && !(body as MimePart).eightBit) {
      (body as MimePart).eightBit = isEightBit(message, at, end, (body as MimePart).encoding);
    }
    at = end + 1;
  }
  // A message may end with its header.
  if (header && (header as string[]).length > 0) begin();
  return parts;
}

function isEightBit(message: Uint8Array, from: number, to: number, encoding: string): boolean {
  if (encoding === 'base64') return false;
  for (let at = from; at < to; at += 1) if ((message[at] as number) > 0x7f) return true;
  return false;
}

/** The innermost that the line belongs to; -1: none. */
function levelOf(line: string, stack: readonly Open[]): number {
  const text = line.trimEnd().slice(2);
  for (let level = stack.length - 1; level >= 0; level -= 1) {
    const { boundary, closing } = stack[level] as Open;
    if (text === boundary || text === closing) return level;
  }
  return -1;
}

function partOf(
  fields: readonly RawField[],
  within: number | null,
): { part: MimePart; boundary: string | null } {
  const value = (name: string) => fields.find((field) => field.name.toLowerCase() === name)?.value ?? null;
  const content = value('content-type');
  const named = /^([\w.+-]{1,80})\s{0,9}\/\s{0,9}([\w.+-]{1,120})/.exec(withoutComments(content ?? ''));
  const type = named ? `${named[1]}/${named[2]}`.toLowerCase() : 'text/plain';
  const disposition = value('content-disposition') ?? '';
  const read = (name: string) => parameterOf(content ?? '', name);
  const holds = type.startsWith('multipart/');
  const boundary = holds ? (read('boundary')?.trimEnd().slice(0, boundaryLength) ?? null) : null;
  return {
    boundary: boundary || null,
    part: {
      type,
      declared: content !== null,
      charset: read('charset'),
      method: read('method'),
      encoding: withoutComments(value('content-transfer-encoding') ?? '7bit')
        .toLowerCase()
        .slice(0, 40),
      attached: /^attachment\s*(?:;|$)/i.test(withoutComments(disposition)),
      file:
        /^attachment\b/i.test(withoutComments(disposition)) ||
        read('name') !== null ||
        parameterOf(disposition, 'filename') !== null,
      id: withoutComments(value('content-id') ?? '').replace(/^<|>$/g, '') || null,
      // A long address is folded with white space that does not belong to it.
      location: (value('content-location') ?? '').slice(0, 2000).replace(/\s/g, '') || null,
      within,
      eightBit: false,
      state: holds ? (boundary ? 'open' : 'empty') : 'whole',
    },
  };
}
