/** Rich Text (RTF 1.9.1): what stands in it for other programs (section “Objects”). */
import type { Look } from './look.ts';
import { noteInside } from './look.ts';
import { numbersOf, octetsOf } from './octets.ts';

const textAtMost = 32 * 1024 * 1024;
const objectsAtMost = 200;
const headAtMost = 4096;
/** Pictures, sheets and formulas that Office itself makes, and shows as they are. */
const plain =
  /^(?:Excel|Word|PowerPoint|MSGraph|Visio|Paint|PBrush|StaticMetafile|StaticDib|AcroExch|Acrobat)\b/i;

const addressAtMost = 400;
/** On another computer; one’s own disk is file:///C:. */
const far = /^\s*(?:https?:|mhtml:|ftp:|[\\/]{2}|file:(?:[\\/]{2}(?![\\/])|[\\/]{4,}))/i;

export function lookIntoRtf(bytes: Uint8Array, look: Look): void {
  const text = octetsOf(bytes.subarray(0, textAtMost));
  if (bytes.length > textAtMost) look.unread.add('code').add('files');
  // Loaded again as the text is opened, fetched from elsewhere, or a control that runs.
  if (/\\obj(?:update|autlink|link|ocx|html|sub)\b/.test(text)) look.acts.add('object');
  for (const { index } of text.matchAll(/\\template\b/g)) {
    if (far.test(plainText(text.slice(index + '\\template'.length, index + addressAtMost))))
      look.acts.add('template');
  }
  let count = 0;
  for (const { index } of text.matchAll(/\\objdata\b/g)) {
    count += 1;
    if (count > objectsAtMost) {
      look.unread.add('files');
      break;
    }
    lookIntoObject(dataAt(text, index + '\\objdata'.length), look);
  }
}

/** Signs by their numbers, and as they are (sections “Special Characters” and “Unicode RTF”). */
function plainText(text: string): string {
  return text
    .replace(/[\r\n{}]/g, '')
    .replace(
      /\\'([\da-f]{2})|\\u(-?\d{1,6}) ?\??|\\([\\{}])|\\[a-z]+-?\d* ?/gi,
      (_, hex, number, sign = '') =>
        hex || number ? String.fromCharCode(hex ? Number.parseInt(hex, 16) : Number(number) & 0xffff) : sign,
    );
}

/** Hexadecimal digits, with spaces and groups between them as somebody pleases. */
function dataAt(text: string, from: number): Uint8Array {
  const digits = text
    .slice(from, from + 4 * headAtMost)
    .replace(/\\'[\da-f]{2}|\\[a-z]+-?\d*|[^\da-f]/gi, '');
  return Uint8Array.from(digits.slice(0, 2 * headAtMost).match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  );
}

/** [MS-OLEDS] section 2.2.4: a class, a topic, an item, each with its length, and the data. */
function lookIntoObject(data: Uint8Array, look: Look): void {
  const { u32 } = numbersOf(data);
  const length = u32(8);
  const kind = octetsOf(data.subarray(12, 12 + Math.min(length, 100))).replace(/\0+$/, '');
  if (plain.test(kind)) return;
  if (kind !== 'Package') return void look.acts.add('object');
  let at = 12 + length;
  at += 4 + u32(at);
  at += 4 + u32(at);
  const name = packageName(data.subarray(at + 4));
  if (name === undefined) look.unread.add('files');
  else noteInside(look, name);
}

/** As the packager of Windows writes it: 2, a label, a path, each ended by 0. */
export function packageName(native: Uint8Array): string | undefined {
  if (native[0] !== 2 || native[1] !== 0) return undefined;
  const [label = '', path = ''] = new TextDecoder('latin1')
    .decode(native.subarray(2, headAtMost))
    .split('\0', 2);
  return [path.split(/[\\/]/).at(-1) ?? '', label].find((name) => name !== '');
}
