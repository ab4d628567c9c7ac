/** RAR archives (technote.txt of RAR 4 and 5, rarlab.com): the names in them stand open, unless the headers are locked. */
import { type Look, noteInside } from './look.ts';
import { numbersOf } from './octets.ts';

const blocksAtMost = 20_000;

export function lookIntoRar(bytes: Uint8Array, look: Look): void {
  const ended = bytes[6] === 1 ? readFive(bytes, look) : readFour(bytes, look);
  if (ended) return;
  look.unread.add('files');
  if (!look.encrypted) look.unread.add('lock');
}

/** A number of seven bits an octet, the least first. */
function numberAt(bytes: Uint8Array, at: number): [number, number] {
  let value = 0;
  for (let i = 0; i < 10; i += 1) {
    const octet = bytes[at + i] ?? 0;
    value += (octet & 0x7f) * 2 ** (7 * i);
    if (octet < 0x80) return [value, at + i + 1];
  }
  return [value, at + 10];
}

const five = { file: 2, locked: 4, end: 5 };

/** @returns true when it was read to its end. */
function readFive(bytes: Uint8Array, look: Look): boolean {
  let start = 8;
  for (let blocks = 0; blocks < blocksAtMost; blocks += 1) {
    if (start >= bytes.length) return start === bytes.length && blocks > 0;
    const [size, body] = numberAt(bytes, start + 4);
    const [type, afterType] = numberAt(bytes, body);
    let [flags, at] = numberAt(bytes, afterType);
    if (type === five.locked) {
      look.encrypted = true;
      return false;
    }
    if (type === five.end) return true;
    if (type === 0 || type > five.end || size === 0) return false;
    let [extra, data] = [0, 0];
    if ((flags & 1) !== 0) [extra, at] = numberAt(bytes, at);
    if ((flags & 2) !== 0) [data, at] = numberAt(bytes, at);
    const end = body + size;
    if (end > bytes.length) return false;
    if (type === five.file) {
      [flags, at] = numberAt(bytes, at);
      [, at] = numberAt(bytes, at);
      [, at] = numberAt(bytes, at);
      at += ((flags & 2) !== 0 ? 4 : 0) + ((flags & 4) !== 0 ? 4 : 0);
      [, at] = numberAt(bytes, at);
      [, at] = numberAt(bytes, at);
      const [length, name] = numberAt(bytes, at);
      noteInside(look, new TextDecoder().decode(bytes.subarray(name, Math.min(name + length, end))));
      if (hasRecord(bytes, end - extra, end, 1)) look.encrypted = true;
    }
    start = end + data;
  }
  return false;
}

/** Records of a file's header: one of type 1 says that it is locked. */
function hasRecord(bytes: Uint8Array, from: number, end: number, wanted: number): boolean {
  let at = from;
  while (at < end) {
    const [size, body] = numberAt(bytes, at);
    if (numberAt(bytes, body)[0] === wanted) return true;
    if (size === 0) return false;
    at = body + size;
  }
  return false;
}

const four = { mark: 0x72, archive: 0x73, file: 0x74, end: 0x7b };

function readFour(bytes: Uint8Array, look: Look): boolean {
  const { u16, u32 } = numbersOf(bytes);
  let start = 7;
  for (let blocks = 0; blocks < blocksAtMost; blocks += 1) {
    if (start >= bytes.length) return start === bytes.length && blocks > 0;
    const [type, flags, size] = [bytes[start + 2] ?? 0, u16(start + 3), u16(start + 5)];
    if (type === four.end) return true;
    if (type < four.mark || type > four.end || size < 7 || start + size > bytes.length) return false;
    if (type === four.archive && (flags & 0x80) !== 0) {
      look.encrypted = true;
      return false;
    }
    if (type === four.file) {
      if ((flags & 4) !== 0) look.encrypted = true;
      const at = start + 32 + ((flags & 0x100) !== 0 ? 8 : 0);
      const written = bytes.subarray(at, at + Math.min(u16(start + 26), start + size - at));
      // With flag 200 the name stands in plain octets first, and packed Unicode after a zero.
      const plain = written.indexOf(0);
      noteInside(look, new TextDecoder('latin1').decode(plain < 0 ? written : written.subarray(0, plain)));
    }
    // Of files and of other blocks with flag 8000 the packed octets follow.
    const large = type === four.file && (flags & 0x100) !== 0 ? 2 ** 32 * u32(start + 32) : 0;
    const data = type === four.file || (flags & 0x8000) !== 0 ? u32(start + 7) + large : 0;
    start += size + data;
  }
  return false;
}
