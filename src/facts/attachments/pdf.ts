/** PDF (ISO 32000-1): its words are read as they stand and out of the streams that hold objects, never its pages. */
import { unpacked } from './budget.ts';
import { type Look, noteInside } from './look.ts';
import { octetsOf } from './octets.ts';

const streamAtMost = 8 * 1024 * 1024;
const stringAtMost = 64 * 1024;
const nameAtMost = 200;
const filesAtMost = 1000;
/** Strings that never close, each searched as far as one may reach; a file that is whole has none. */
const unclosedAtMost = 100;

const packedAtMost = 3000;
const otherPackings = [
  'LZWDecode',
  'ASCIIHexDecode',
  'ASCII85Decode',
  'RunLengthDecode',
  'Crypt',
  'Predictor',
];

/** Names that say something here; a page has thousands of others. */
const telling = new Set([
  ...['ObjStm', 'FlateDecode', ...otherPackings, 'Encrypt', 'Root', 'Size'],
  ...['JavaScript', 'Launch', 'XFA', 'EF'],
]);
/** Keys of a file's name (section 7.11.3). */
const fileKeys = new Set(['F', 'UF', 'DOS', 'Unix', 'Mac']);

/** A stream that holds objects: where its octets stand, and the names of its dictionary. */
interface Packed {
  start: number;
  end: number;
  names: ReadonlySet<string>;
}

/** One object, as far as it is read: names of its dictionary, and the files that it speaks of. */
interface Thing {
  names: Set<string>;
  files: string[];
}

export async function lookIntoPdf(bytes: Uint8Array, look: Look): Promise<void> {
  const packed: Packed[] = [];
  const things: Thing[] = [];
  const note = (thing: Thing) => things.push(thing);
  const whole = read(octetsOf(bytes), note, ({ names }, start, end) => {
    if (names.has('ObjStm')) packed.push({ start, end, names });
  });
  // What says how stands beside the root or the size, in a trailer or in the stream for it (sections 7.5.5, 7.5.8).
  const isLocked = things.some(
    ({ names }) => names.has('Encrypt') && (names.has('Root') || names.has('Size')),
  );
  if (isLocked) look.encrypted = true;
  if (!whole || packed.length > packedAtMost) look.unread.add('code').add('files');
  // Nobody else sees the files in a locked one either, and another check tells of the lock.
  if (isLocked && packed.length > 0) look.unread.add('code');
  if (!isLocked) {
    for (const one of packed.slice(0, packedAtMost)) {
      const text = await objectsIn(bytes, one, look);
      if (text === undefined || !read(text, note, () => {})) look.unread.add('code').add('files');
    }
  }
  const has = (name: string) => things.some(({ names }) => names.has(name));
  if (has('JavaScript')) look.acts.add('script');
  if (has('Launch')) look.acts.add('launch');
  // A form of this kind carries its own programs, in XML that is packed (section 12.7.8).
  if (has('XFA')) look.unread.add('code');
  const holding = isLocked ? [] : things.filter(({ names }) => names.has('EF'));
  for (const { files } of holding) {
    if (files.length === 0) look.unread.add('files');
    for (const name of files) noteInside(look, name);
  }
}

/** Objects of a stream that holds them (section 7.5.7). undefined: it is packed in another way, broken, or too large. */
async function objectsIn(
  bytes: Uint8Array,
  { start, end, names }: Packed,
  look: Look,
): Promise<string | undefined> {
  if (otherPackings.some((name) => names.has(name))) return undefined;
  if (!names.has('FlateDecode')) {
    // It begins with numbers of objects and their places; anything else is packed in a way that is said elsewhere.
    const text = octetsOf(bytes.subarray(start, end));
    return /^\s{0,99}\d{1,10}\s/.test(text) ? text : undefined;
  }
  // A line's end before “endstream” is left over, so that none ends as whole.
  const { bytes: found } = await unpacked(bytes.subarray(start, end), 'deflate', look.budget, streamAtMost);
  return found.length === 0 || found.length >= streamAtMost ? undefined : octetsOf(found);
}

/** White space and delimiters (section 7.2.2), by their numbers. */
const ends = new Uint8Array(256);
for (const sign of '\0\t\n\f\r ()<>[]{}/%') ends[sign.charCodeAt(0)] = 1;
const signs = { percent: 0x25, open: 0x28, less: 0x3c, slash: 0x2f };

/**
 * Reads words one after the other. What stands in strings, comments and streams is none of them.
 * @returns false when it is too broken to be read to its end.
 */
function read(
  text: string,
  onThing: (thing: Thing) => void,
  onStream: (thing: Thing, start: number, end: number) => void,
): boolean {
  let thing: Thing = { names: new Set(), files: [] };
  let last = '';
  let files = 0;
  let unclosed = 0;
  const close = () => {
    if (thing.names.size === 0) return;
    onThing(thing);
    thing = { names: new Set(), files: [] };
  };
  const noteString = (start: number, end: number, read: (text: string) => string) => {
    if (fileKeys.has(last) && files++ < filesAtMost) thing.files.push(asText(read(text.slice(start, end))));
    last = '';
  };
  for (let at = 0; at < text.length; ) {
    if (unclosed > unclosedAtMost) return false;
    const sign = text.charCodeAt(at);
    if (sign === signs.percent) {
      at = lineEnd(text, at);
    } else if (sign === signs.open) {
      const end = stringEnd(text, at);
      if (end === undefined) unclosed += 1;
      else noteString(at + 1, Math.min(end - 1, at + 2000), literal);
      at = end ?? at + 1;
    } else if (sign === signs.less && text.charCodeAt(at + 1) !== signs.less) {
      const length = text.slice(at, at + stringAtMost).indexOf('>');
      if (length === -1) unclosed += 1;
      else noteString(at + 1, at + Math.min(length, 4000), fromHex);
      at += length === -1 ? 1 : length + 1;
    } else if (sign === signs.slash) {
      const start = at + 1;
      at = wordEnd(text, start);
      last = nameOf(text.slice(start, Math.min(at, start + nameAtMost)));
      if (telling.has(last)) thing.names.add(last);
    } else if (ends[sign] === 1) {
      at += sign === signs.less ? 2 : 1;
    } else {
      const start = at;
      at = wordEnd(text, start);
      last = '';
      if (at - start < 3 || at - start > 20) continue;
      const word = text.slice(start, at);
      if (word === 'stream') {
        const from = text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
        const found = text.indexOf('endstream', from);
        const end = found === -1 ? text.length : found;
        onStream(thing, from, end);
        at = end;
      } else if (word.endsWith('obj') || word === 'trailer' || word === 'startxref') close();
    }
  }
  close();
  return true;
}

/** With the signs that stand in it as digits (section 7.3.5). */
function nameOf(written: string): string {
  if (!written.includes('#')) return written;
  return written.replace(/#([\da-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && ends[text.charCodeAt(at)] !== 1) at += 1;
  return at;
}

function lineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === 0x0a || sign === 0x0d) return at;
  }
  return text.length;
}

/** After its closing bracket; undefined: it never closes, and is no string. */
function stringEnd(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length && at - from < stringAtMost; at += 1) {
    const sign = text[at];
    if (sign === '\\') at += 1;
    else if (sign === '(') depth += 1;
    else if (sign === ')') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

function literal(text: string): string {
  return text.replace(/\\(?:([0-7]{1,3})|([\s\S]))/g, (_, octal?: string, sign?: string) =>
    octal === undefined ? (sign ?? '') : String.fromCharCode(Number.parseInt(octal, 8) & 0xff),
  );
}

function fromHex(text: string): string {
  const digits = text.replace(/[^\da-f]/gi, '');
  return (digits.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join('');
}

/** Section 7.9.2.2: with a mark of UTF-16 first, or an octet a character. */
function asText(value: string): string {
  if (!value.startsWith('\xfe\xff')) return value;
  return new TextDecoder('utf-16be').decode(Uint8Array.from(value.slice(2), (sign) => sign.charCodeAt(0)));
}
