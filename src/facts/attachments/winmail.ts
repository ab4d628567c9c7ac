/** What Outlook packs in a format of its own, TNEF ([MS-OXTNEF]): the names of the files in it. */
import { type Look, noteInside } from './look.ts';
import { numbersOf } from './octets.ts';

/** Section 2.1.3.2: attAttachTitle, of the level of an attachment. */
const title = 0x00018010;
const attributesAtMost = 20_000;

export function lookIntoWinmail(bytes: Uint8Array, look: Look): void {
  const { u32 } = numbersOf(bytes);
  let at = 6;
  for (let read = 0; read < attributesAtMost && at + 11 <= bytes.length; read += 1) {
    const [level, id, length] = [bytes[at] ?? 0, u32(at + 1), u32(at + 5)];
    const start = at + 9;
    if ((level !== 1 && level !== 2) || start + length + 2 > bytes.length) break;
    if (level === 2 && id === title) {
      noteInside(
        look,
        new TextDecoder('latin1')
          .decode(bytes.subarray(start, start + Math.min(length, 1000)))
          .replace(/\0.*$/s, ''),
      );
    }
    at = start + length + 2;
  }
  // The same may be said by other properties, and a file may be a mail of its own.
  if (at !== bytes.length) look.unread.add('files');
}
