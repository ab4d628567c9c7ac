/** Notebooks of OneNote ([MS-ONESTORE]): the files that stand in one (section 2.6.13). */
import { kindOf } from './kind.ts';
import type { Look } from './look.ts';
import { numbersOf, octetsOf } from './octets.ts';

/** guidHeader of a FileDataStoreObject. */
const mark = '\xe7\x16\xe3\xbd\x65\x26\x11\x45\xa4\xc4\x8d\x4d\x0b\x7a\x9e\xac';
const headOctets = 36;
const objectsAtMost = 2000;
/** guidFileFormat (section 2.3.1) of a notebook whose files stand in it as they are. */
const readable = '\x3f\xdd\x9a\x10\x1b\x91\xf5\x49\xa5\xd0\x17\x91\xed\xc8\xae\xd8';
const pictures = new Set(['png', 'jpeg', 'gif', 'webp', 'heic']);

/** Pictures are part of a page; for any other file the reader has a symbol to tap. */
export function lookIntoNotebook(bytes: Uint8Array, look: Look): void {
  const text = octetsOf(bytes);
  const { u32 } = numbersOf(bytes);
  if (text.slice(48, 64) !== readable) look.unread.add('files');
  let objects = 0;
  let end = 0;
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, end)) {
    objects += 1;
    if (objects > objectsAtMost) {
      look.unread.add('files');
      return;
    }
    end = at + headOctets + u32(at + 16);
    const content = bytes.subarray(at + headOctets, end);
    if (content.length > 0 && !pictures.has(kindOf(content) ?? '')) look.acts.add('notebook');
  }
}
