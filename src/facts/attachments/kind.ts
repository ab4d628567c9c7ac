/** What a file is by its first octets, whatever its name says. */

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
  | 'page';

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
  ['rtf', /^\{\\rtf/],
  ['page', /^(?:ï»¿)?\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?<(?:!doctype html|html|head|body|script)\b/i],
];

/** null: none of those known here, such as a plain text. */
export function kindOf(bytes: Uint8Array): Kind | null {
  const head = octetsOf(bytes.subarray(0, headLength));
  if (isOfWindows(bytes)) return 'program';
  const found = marks.find(
    ({ octets, at = 0 }) => hexadecimal(bytes.subarray(at, at + octets.length / 2)) === octets,
  );
  return found?.kind ?? words.find(([, word]) => word.test(head))?.[0] ?? null;
}

/** MZ, and within 64 kB the place of the header that newer Windows reads. */
function isOfWindows(bytes: Uint8Array): boolean {
  return bytes.length > 64 && bytes[0] === 0x4d && bytes[1] === 0x5a && bytes[62] === 0 && bytes[63] === 0;
}

function hexadecimal(bytes: Uint8Array): string {
  return [...bytes].map((octet) => octet.toString(16).padStart(2, '0')).join('');
}

/** Each octet as the character of its number. */
export function octetsOf(bytes: Uint8Array): string {
  const pieces: string[] = [];
  const step = 8192;
  for (let at = 0; at < bytes.length; at += step) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + step)));
  }
  return pieces.join('');
}
