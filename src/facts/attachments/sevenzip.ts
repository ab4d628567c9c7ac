/** 7z archives (7zFormat.txt of the LZMA SDK): the names in them, which are mostly packed themselves. */
import { type Look, noteInside } from './look.ts';
import { unpackedLzma } from './lzma.ts';
import { numbersOf, octetsOf } from './octets.ts';

const startOctets = 32;
const headerAtMost = 4 * 1024 * 1024;
/** The coder of AES-256 (Methods.txt). */
const locked = '\x06\xf1\x07\x01';
const ids = { end: 0, header: 1, names: 0x11, encoded: 0x17 };

export function lookIntoSevenZip(bytes: Uint8Array, look: Look): void {
  const names = namesOf(bytes, look);
  if (names === undefined) {
    look.unread.add('files');
    if (!look.encrypted) look.unread.add('lock');
  } else for (const name of names) noteInside(look, name);
}

/** undefined: they are locked, or packed in a way that is not read here. */
function namesOf(bytes: Uint8Array, look: Look): string[] | undefined {
  const { u32 } = numbersOf(bytes);
  const start = startOctets + u32(12) + 2 ** 32 * u32(16);
  const length = u32(20);
  let header = bytes.subarray(start, start + length);
  if (u32(24) !== 0 || length === 0 || length > headerAtMost || header.length !== length) return undefined;
  if (octetsOf(header).includes(locked)) look.encrypted = true;
  if (header[0] === ids.encoded) {
    const found = look.encrypted ? undefined : unpackedHeader(bytes, header, headerAtMost);
    if (found === undefined) return undefined;
    header = found;
    if (octetsOf(header).includes(locked)) look.encrypted = true;
  }
  return header[0] === ids.header ? namesIn(header) : undefined;
}

/** A number of one to nine octets; its first tells how many follow. Above 2^32 there is none that fits here. */
function numberAt(bytes: Uint8Array, at: number): [number, number] {
  const first = bytes[at] ?? 0;
  let [value, mask, next] = [0, 0x80, at + 1];
  for (let i = 0; i < 8; i += 1, mask >>= 1) {
    if ((first & mask) === 0) return [value + (first & (mask - 1)) * 2 ** (8 * i), next];
    value += (bytes[next] ?? 0) * 2 ** (8 * i);
    next += 1;
  }
  return [value, next];
}

/**
 * The property of names, wherever in the header it stands: what follows it must be properties as well, to the end.
 * @returns undefined when there is none.
 */
function namesIn(header: Uint8Array): string[] | undefined {
  // An archive of empty folders, or of nothing, has no such property.
  for (let at = 1; at < header.length - 4; at += 1) {
    if (header[at] !== ids.names) continue;
    const [length, next] = numberAt(header, at + 1);
    const end = next + length;
    if (header[next] !== 0 || length % 2 === 0 || length < 3 || end > header.length) continue;
    if (header[end - 1] !== 0 || header[end - 2] !== 0 || !closes(header, end)) continue;
    return new TextDecoder('utf-16le')
      .decode(header.subarray(next + 1, end))
      .split('\0')
      .slice(0, -1);
  }
  return undefined;
}

function closes(header: Uint8Array, from: number): boolean {
  let at = from;
  while (at < header.length && header[at] !== ids.end) {
    const [length, next] = numberAt(header, at + 1);
    at = next + length;
  }
  return at <= header.length - 1 && header.length - at <= 2;
}

/**
 * `17 06 <place> 01 09 <packed> 00 07 0B 01 00 01 23 03 01 01 05 <properties> 0C <octets>`: one stream of LZMA, as 7-Zip
 * writes it. Packed otherwise: undefined.
 */
function unpackedHeader(bytes: Uint8Array, header: Uint8Array, most: number): Uint8Array | undefined {
  let at = 1;
  const next = () => {
    const [value, after] = numberAt(header, at);
    at = after;
    return value;
  };
  const are = (...octets: number[]) => octets.every((octet) => header[at++] === octet);
  if (!are(6)) return undefined;
  const place = next();
  if (!are(1, 9)) return undefined;
  const packed = next();
  // The digest of what is packed may stand here; 7-Zip leaves it out.
  if (!are(0, 7, 0x0b, 1, 0, 1, 0x23, 3, 1, 1, 5)) return undefined;
  const properties = header.subarray(at, at + 5);
  at += 5;
  if (!are(0x0c)) return undefined;
  const octets = next();
  const source = bytes.subarray(startOctets + place, startOctets + place + packed);
  if (octets > most || source.length !== packed) return undefined;
  return unpackedLzma(source, properties, octets);
}
