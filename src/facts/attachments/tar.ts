/** Tape archives (POSIX.1-2024, pax, ustar): a block of 512 octets before each file says its name and length. */
import type { Look } from './look.ts';
import { octetsOf } from './octets.ts';

const block = 512;
const filesAtMost = 20_000;
const nameOctets = 8192;

/** Files in it, in order, with their octets as far as they are here. */
export function* filesOfTar(bytes: Uint8Array, whole: boolean, look: Look): Generator<[string, Uint8Array]> {
  let long: string | undefined;
  let at = 0;
  for (let files = 0; files < filesAtMost && at + block <= bytes.length; files += 1) {
    const head = bytes.subarray(at, at + block);
    if (head[0] === 0) return;
    const field = (from: number, length: number) =>
      new TextDecoder().decode(head.subarray(from, from + length)).split('\0', 1)[0] ?? '';
    const type = String.fromCharCode(head[156] ?? 0);
    const size = sizeOf(head);
    if (size === undefined) return void look.unread.add('files');
    const start = at + block;
    const content = bytes.subarray(start, start + size);
    at = start + Math.ceil(size / block) * block;
    if (type === 'L') long = new TextDecoder().decode(content.subarray(0, nameOctets)).split('\0', 1)[0];
    else if (type === 'x')
      long = /\d+ path=([^\n]*)\n/.exec(new TextDecoder().decode(content.subarray(0, nameOctets)))?.[1];
    else if (type !== 'g') {
      const prefix = field(345, 155);
      const name = long ?? (prefix === '' ? field(0, 100) : `${prefix}/${field(0, 100)}`);
      long = undefined;
      if (type !== '5') yield [name, content];
    }
  }
  // It ends with blocks of zeros; some makers leave them out.
  if (!whole || at > bytes.length) look.unread.add('files');
}

/** In octal digits, or in 95 bits that begin with 1 (GNU). */
function sizeOf(head: Uint8Array): number | undefined {
  if (((head[124] ?? 0) & 0x80) !== 0) {
    return head.subarray(125, 136).reduce((sum, octet) => sum * 256 + octet, 0);
  }
  const digits = octetsOf(head.subarray(124, 136))
    .replace(/[\0 ]+$/, '')
    .trim();
  return /^[0-7]{0,12}$/.test(digits) ? Number.parseInt(digits || '0', 8) : undefined;
}
