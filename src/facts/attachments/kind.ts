/** What a file is by its first octets, whatever its name says. */
import { hexadecimal, octetsOf } from './octets.ts';

export type Kind =
  | 'program'
  | 'pdf'
  | 'zip'
  | 'office'
  | 'rar'
  | '7z'
  | 'gzip'
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'webp'
  | 'heic'
  | 'video'
  | 'rtf'
  | 'tnef'
  | 'page'
  /** A drawing of SVG, which browsers open as a page. */
  | 'drawing'
  /** A shortcut of Windows. */
  | 'shortcut'
  /** The image of a disk, which opens as one: ISO, UDF, VHD, VHDX, DMG, a raw one. */
  | 'disk'
  /** A help file of Windows, CHM. */
  | 'help'
  | 'notebook'
  | 'tar'
  /** Packed in a way that is not read here: bzip2, xz, zstd, CAB, LHA, ARJ, ACE, Z. */
  | 'archive'
  /** A mail. */
  | 'mail';

/** Enough to tell. */
const headLength = 1024;

/** Octets in hexadecimal, and where they stand. */
const marks: readonly { kind: Kind; octets: string; at?: number }[] = [
  // Linux, and macOS in its four orders.
  { kind: 'program', octets: '7f454c46' },
  { kind: 'program', octets: 'feedface' },
  { kind: 'program', octets: 'feedfacf' },
  { kind: 'program', octets: 'cefaedfe' },
  { kind: 'program', octets: 'cffaedfe' },
  // A class of Java, or a program of macOS for several machines.
  { kind: 'program', octets: 'cafebabe' },
  { kind: 'program', octets: '6465780a' },
  { kind: 'shortcut', octets: '4c0000000114020000000000c000000000000046' },
  { kind: 'help', octets: '49545346' },
  { kind: 'notebook', octets: 'e4525c7b8cd8a74daeb15378d02996d3' },
  { kind: 'notebook', octets: 'a12ff043efd9764c9ee210ea5722765f' },
  { kind: 'disk', octets: '7668647866696c65' },
  { kind: 'disk', octets: '636f6e6563746978' },
  { kind: 'archive', octets: '425a68' },
  { kind: 'archive', octets: 'fd377a585a00' },
  { kind: 'archive', octets: '28b52ffd' },
  { kind: 'archive', octets: '4d534346' },
  { kind: 'archive', octets: '60ea' },
  { kind: 'archive', octets: '1f9d' },
  { kind: 'archive', octets: '2a2a4143452a2a', at: 7 },
  { kind: 'tar', octets: '7573746172', at: 257 },
  { kind: 'zip', octets: '504b0304' },
  { kind: 'zip', octets: '504b0506' },
  { kind: 'office', octets: 'd0cf11e0a1b11ae1' },
  { kind: 'rar', octets: '526172211a07' },
  { kind: '7z', octets: '377abcaf271c' },
  { kind: 'gzip', octets: '1f8b08' },
  { kind: 'png', octets: '89504e470d0a1a0a' },
  { kind: 'jpeg', octets: 'ffd8ff' },
  { kind: 'tnef', octets: '789f3e22' },
];
const words: readonly [Kind, RegExp][] = [
  // Readers take a PDF whose mark stands within the first kilobyte (PDF Reference 1.7, appendix H.3, note 13).
  ['pdf', /%PDF-\d/],
  ['gif', /^GIF8[79]a/],
  ['webp', /^RIFF.{4}WEBP/s],
  ['heic', /^.{4}ftyp(?:heic|heix|mif1|heim|heis)/s],
  ['video', /^.{4}ftyp/s],
  // Word takes a text whose mark is cut, too.
  ['rtf', /^\{\\rt/],
  ['archive', /^..-l[hz]\S-/s],
  [
    'page',
    /^(?:ï»¿)?\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?<(?:!doctype html|html|head|body|script|meta|table|div)\b/i,
  ],
  [
    'drawing',
    /^(?:ï»¿)?\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?(?:<!--[^>]{0,500}-->\s{0,99})?(?:<!doctype svg[^>]{0,300}>\s{0,99})?<svg\b/i,
  ],
  [
    'mail',
    /^(?:(?:Return-Path|Received|From|To|Subject|Date|MIME-Version|Message-ID|DKIM-Signature|X-[\w-]{1,40}): [^\n]{0,900}\r?\n(?:[ \t][^\n]{0,900}\r?\n){0,40}){2}/i,
  ],
];
/** ISO 9660 section 8.1.2 (in sector 16), UDF and its forerunners (ECMA-167 2/9.1). */
const discMark = /^.(?:CD001|BEA01|NSR0[23])/s;
const discSector = 0x8000;

/** null: none of those known here, such as a plain text. */
export function kindOf(bytes: Uint8Array): Kind | null {
  return kindsOf(bytes)[0] ?? null;
}

/** Each that its octets allow, the most certain first. */
export function kindsOf(bytes: Uint8Array): Kind[] {
  const head = octetsOf(bytes.subarray(0, headLength));
  if (isOfWindows(bytes)) return ['program'];
  if (isDisk(bytes)) return ['disk'];
  return [
    ...marks.filter(
      ({ octets, at = 0 }) => hexadecimal(bytes.subarray(at, at + octets.length / 2)) === octets,
    ),
    ...words.filter(([, word]) => word.test(head)).map(([kind]) => ({ kind })),
  ].map(({ kind }) => kind);
}

/** MZ, and within 64 kB the place of the header that newer Windows reads. */
function isOfWindows(bytes: Uint8Array): boolean {
  return bytes.length > 64 && bytes[0] === 0x4d && bytes[1] === 0x5a && bytes[62] === 0 && bytes[63] === 0;
}

/** What stands at the end, or after the first sectors, of an image of a disk. */
function isDisk(bytes: Uint8Array): boolean {
  const last = octetsOf(bytes.subarray(Math.max(0, bytes.length - 512)).subarray(0, 8));
  if (bytes.length >= 1024 && (last.startsWith('conectix') || last.startsWith('koly\0\0\0\x04'))) return true;
  if (discMark.test(octetsOf(bytes.subarray(discSector, discSector + 6)))) return true;
  // The first sector of a FAT or NTFS volume: a jump, and its mark at the end.
  const [jump, mark] = [bytes[0], octetsOf(bytes.subarray(510, 512))];
  return (
    (jump === 0xeb || jump === 0xe9) && mark === 'U\xaa' && /FAT|NTFS/.test(octetsOf(bytes.subarray(3, 90)))
  );
}
