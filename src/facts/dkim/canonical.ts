/** A message as bytes: its header fields and its body, in the two forms that are signed (RFC 6376 section 3.4). */

export type Canonicalization = 'simple' | 'relaxed';
type Bytes = Uint8Array<ArrayBuffer>;

export interface RawField {
  /** In small letters. */
  name: string;
  /** As it stands, folds included, a character for each byte, without the line break at its end. */
  raw: string;
  /** From 1, in the message. */
  line: number;
}

const cr = 0x0d;
const lf = 0x0a;
const space = 0x20;
const tab = 0x09;

/** Takes a message apart. Every line break comes out as CRLF, since saving a mail often leaves LF alone. */
export function splitMessage(bytes: Uint8Array): { fields: RawField[]; body: Bytes } {
  const whole = withCrlf(bytes);
  const fields: RawField[] = [];
  let lines: string[] = [];
  let start = 0;
  let number = 0;
  const end = () => {
    const [first = ''] = lines;
    const name = /^([\x21-\x39\x3b-\x7e]+)[ \t]*:/.exec(first)?.[1];
    if (name)
      fields.push({ name: name.toLowerCase(), raw: lines.join('\r\n'), line: number - lines.length + 1 });
    lines = [];
  };
  while (start < whole.length) {
    const at = whole.indexOf(lf, start);
    const stop = at === -1 ? whole.length : at - 1;
    const line = binary(whole.subarray(start, stop));
    start = at === -1 ? whole.length : at + 1;
    if (!/^[ \t]/.test(line)) end();
    if (line === '') break;
    lines.push(line);
    number += 1;
  }
  end();
  return { fields, body: whole.slice(start) };
}

/** One header field, with the CRLF that ends it. */
export function canonicalField({ raw }: Pick<RawField, 'raw'>, form: Canonicalization): string {
  if (form === 'simple') return `${raw}\r\n`;
  const colon = raw.indexOf(':');
  const value = raw
    .slice(colon + 1)
    .replaceAll('\r\n', '')
    .replace(/[ \t]+/g, ' ');
  const name = raw.slice(0, colon).replace(/[ \t\r\n]+$/, '');
  return `${name.toLowerCase()}:${value.replace(/^ | $/g, '')}\r\n`;
}

/** The body, whose lines end in CRLF. */
export function canonicalBody(body: Bytes, form: Canonicalization): Bytes {
  const written = form === 'simple' ? body : relaxed(body);
  let end = written.length;
  while (end >= 2 && written[end - 1] === lf && written[end - 2] === cr) end -= 2;
  // An empty body is an empty line in the simple form and nothing in the relaxed one (sections 3.4.3, 3.4.4).
  if (end === 0 && form === 'relaxed') return new Uint8Array();
  const ended = new Uint8Array(end + 2);
  ended.set(written.subarray(0, end));
  ended.set([cr, lf], end);
  return ended;
}

/** White space within a line becomes one space, at its end none. */
function relaxed(body: Bytes): Bytes {
  const out = new Uint8Array(body.length);
  let length = 0;
  let blank = false;
  for (let i = 0; i < body.length; i += 1) {
    const octet = body[i] ?? 0;
    if (octet === space || octet === tab) {
      blank = true;
      continue;
    }
    const ends = octet === cr && body[i + 1] === lf;
    if (blank && !ends) out[length++] = space;
    blank = false;
    out[length++] = octet;
    if (ends) {
      out[length++] = lf;
      i += 1;
    }
  }
  return out.subarray(0, length);
}

function withCrlf(bytes: Uint8Array): Bytes {
  let bare = 0;
  for (let i = 0; i < bytes.length; i += 1) if (bytes[i] === lf && bytes[i - 1] !== cr) bare += 1;
  if (bare === 0) return Uint8Array.from(bytes);
  const out = new Uint8Array(bytes.length + bare);
  let length = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    if (bytes[i] === lf && bytes[i - 1] !== cr) out[length++] = cr;
    out[length++] = bytes[i] ?? 0;
  }
  return out;
}

/** A character for each byte. */
function binary(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}

/** The bytes of a text that has a character for each. */
export function bytesOf(text: string): Bytes {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
