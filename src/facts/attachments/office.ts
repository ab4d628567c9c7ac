/** Office files of the older kind: [MS-DOC], [MS-XLS], [MS-PPT], mails of Outlook [MS-OXMSG], locked newer ones. */
import { type CompoundFile, entriesNamed, readCompound } from './compound.ts';
import { type Look, noteInside } from './look.ts';
import { numbersOf, octetsOf, utf16 } from './octets.ts';
import { packageName } from './rtf.ts';

const lockNames = ['EncryptedPackage', 'EncryptedSummary'];
const macroNames = ['_VBA_PROJECT', '_VBA_PROJECT_CUR'];
const recordsAtMost = 100_000;
const streamAtMost = 8 * 1024 * 1024;
/** Root class of an installer, {000C1084-0000-0000-C000-000000000046}, a patch (6) or a transform (2). */
const installer = /^8[246]100c0000000000c000000000000046$/;

export function lookIntoOffice(bytes: Uint8Array, look: Look): void {
  const file = readCompound(bytes);
  const names = file?.names ?? entriesNamed(bytes, [...lockNames, ...macroNames]);
  if (lockNames.some((name) => names.has(name))) look.encrypted = true;
  if (macroNames.some((name) => names.has(name))) look.macros = true;
  if (file === undefined) {
    look.unread.add('files').add('code');
    if (!look.encrypted) look.unread.add('lock');
    return;
  }
  if (look.encrypted) look.unread.add('code');
  if (installer.test(file.kind)) noteInside(look, 'installation.msi', 'program');
  lookIntoText(file, look);
  lookIntoSheets(file, look);
  lookIntoSlides(file, look);
  // [MS-OLEDS] section 2.3.6: octets of a file that somebody has put in, after their number.
  for (const native of file.streams(/Ole10Native$/i, 8192)) {
    const name = packageName(native.subarray(4));
    if (name === undefined) look.unread.add('files');
    else noteInside(look, name);
  }
  // [MS-OXMSG] section 2.2.2: the long name of an attached file, and the short one.
  for (const name of file.streams(/^__substg1\.0_370[47]001F$/i, 2000)) noteInside(look, utf16(name));
  for (const name of file.streams(/^__substg1\.0_370[47]001E$/i, 2000)) noteInside(look, octetsOf(name));
}

/** [MS-DOC] section 2.5.2: the flag fEncrypted of its first block. */
function lookIntoText(file: CompoundFile, look: Look): void {
  const start = file.stream('WordDocument', 12);
  if (start && (numbersOf(start).u16(10) & 0x100) !== 0) lock(look);
}

/** [MS-XLS] sections 2.4.117 (FilePass) and 2.4.28 (BoundSheet8, whose type 1 is a sheet of macros). */
function lookIntoSheets(file: CompoundFile, look: Look): void {
  const book = file.stream('Workbook', streamAtMost) ?? file.stream('Book', streamAtMost);
  if (book === undefined) return;
  const { u16 } = numbersOf(book);
  let at = 0;
  for (let records = 0; records < recordsAtMost && at + 4 <= book.length; records += 1) {
    const [type, length] = [u16(at), u16(at + 2)];
    // The rest of a locked book is not readable; only its numbers and lengths are.
    if (type === 0x2f) {
      lock(look);
      return;
    }
    if (type === 0x85 && book[at + 9] === 1) look.macros = true;
    if (type === 0x0a) return;
    at += 4 + length;
  }
  look.unread.add('code').add('lock');
}

/** [MS-PPT] sections 2.3.2 (headerToken) and 2.4.10 (VbaInfoAtom), which stands in a stream that is not packed. */
function lookIntoSlides(file: CompoundFile, look: Look): void {
  const user = file.stream('Current User', 16);
  if (user && numbersOf(user).u32(12) === 0xf3d1c4df) lock(look);
  const slides = file.stream('PowerPoint Document', streamAtMost);
  if (slides === undefined) return;
  const text = octetsOf(slides);
  for (let at = text.indexOf('\0\x04\x0c\0\0\0'); at !== -1; at = text.indexOf('\0\x04\x0c\0\0\0', at + 1)) {
    if (slides[at - 2] === 2 && slides[at - 1] === 0 && numbersOf(slides).u32(at + 10) === 1)
      look.macros = true;
  }
  if (slides.length === streamAtMost) look.unread.add('code');
}

function lock(look: Look): void {
  look.encrypted = true;
  look.unread.add('code');
}
