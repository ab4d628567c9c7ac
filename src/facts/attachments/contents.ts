/** What stands in a file, as far as its tables of contents tell: whether it is locked, holds macros, and which files. */
import { shown } from '../../submission/errors.ts';
import type { Kind } from './kind.ts';
import { octetsOf } from './kind.ts';
import { endingOf } from './name.ts';
import { zipEntries } from './zip.ts';

export interface Contents {
  encrypted: boolean;
  macros: boolean;
  /** Of an archive: each ending of a name in it, with the first that has it; safe to show. */
  inside: readonly { ending: string; name: string }[];
}

const nothing: Contents = { encrypted: false, macros: false, inside: [] };
/** Of a large file the beginning and the end are searched: there the tables stand. */
const searchBytes = 4 * 1024 * 1024;
/** Archives that people make have a handful. */
const endingsAtMost = 5000;
/** An entry of the directory of an Office file (MS-CFB section 2.6.1) begins at a multiple of these octets. */
const entryOctets = 128;
/** Where the header of 7z stands, or the one that leads to it. */
const sevenZipEnd = 4096;

/** Reads tables only; what is packed stays packed, however large it says it is. */
export function readContents(bytes: Uint8Array, kind: Kind | null): Contents {
  switch (kind) {
    case 'zip':
      return contentsOfZip(bytes);
    case 'office': {
      const has = directoryOf(bytes);
      return { ...nothing, encrypted: has('EncryptedPackage'), macros: has('_VBA_PROJECT') };
    }
    case 'pdf':
      // In the trailer, or in the dictionary of the stream that stands for it (ISO 32000-1 sections 7.5.5 and 7.5.8).
      return {
        ...nothing,
        encrypted: ends(bytes).some((text) =>
          /\/Encrypt\s{0,9}(?:\d{1,10}\s{1,9}\d{1,5}\s{1,9}R|<<)/.test(text),
        ),
      };
    case 'rar':
      return { ...nothing, encrypted: isLockedRar(bytes) };
    case '7z':
      // The number of the AES coder stands open even where the names are locked (7zFormat.txt, 06F10701).
      return { ...nothing, encrypted: octetsOf(bytes.subarray(-sevenZipEnd)).includes('\x06\xf1\x07\x01') };
    default:
      return nothing;
  }
}

function contentsOfZip(bytes: Uint8Array): Contents {
  const inside = new Map<string, string>();
  let [encrypted, macros] = [false, false];
  for (const entry of zipEntries(bytes)) {
    encrypted ||= entry.encrypted;
    macros ||= /(?:^|\/)vbaProject\.bin$/i.test(entry.name);
    const ending = endingOf(entry.name);
    if (!inside.has(ending) && inside.size < endingsAtMost) inside.set(ending, entry.name);
  }
  return { encrypted, macros, inside: [...inside].map(([ending, name]) => ({ ending, name: shown(name) })) };
}

function ends(bytes: Uint8Array): string[] {
  if (bytes.length <= 2 * searchBytes) return [octetsOf(bytes)];
  return [octetsOf(bytes.subarray(0, searchBytes)), octetsOf(bytes.subarray(-searchBytes))];
}

/** Whether an Office file of the older kind has an entry of that name in its directory, whose names are UTF-16. */
function directoryOf(bytes: Uint8Array): (name: string) => boolean {
  const text = octetsOf(bytes);
  return (name) => {
    const written = `${[...name].map((sign) => `${sign}\0`).join('')}\0\0`;
    for (let at = text.indexOf(written); at !== -1; at = text.indexOf(written, at + 1)) {
      if (at % entryOctets === 0) return true;
    }
    return false;
  };
}

/** RAR 4: a flag of the archive or of its first file. RAR 5: a header of its own comes first, type 4. */
function isLockedRar(bytes: Uint8Array): boolean {
  if (bytes[6] === 0x01) {
    // CRC of four octets, the size of the header in one or two, its type.
    const size = (bytes[12] ?? 0) > 0x7f ? 2 : 1;
    return bytes[12 + size] === 4;
  }
  const main = 7;
  const flags = bytes[main + 3] ?? 0;
  const first = main + (bytes[main + 5] ?? 0) + 256 * (bytes[main + 6] ?? 0);
  const isFile = bytes[first + 2] === 0x74;
  return (flags & 0x80) !== 0 || (isFile && ((bytes[first + 3] ?? 0) & 0x04) !== 0);
}
