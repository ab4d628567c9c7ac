/** The names that a file has beside the one the parser took: mail programs differ in which of several they take. */
import { decodeWords } from '../../submission/encoded-words.ts';

const blocksAtMost = 2000;
const blockLength = 16_000;
const field = /^content-(?:type|disposition):[^\n]*/gim;
const named =
  /(?:^|[;\s])(?:file)?name(?:\*(\d{1,2}))?(\*)?[ \t]{0,9}=[ \t]{0,9}(?:"((?:[^"\\\n]|\\.){0,2000})"?|([^\s;"]{1,2000}))/gi;

/** Of each header of a part that speaks of a file: every name in it, in whatever form and field. */
export function namesOfParts(message: Uint8Array): ReadonlySet<string>[] {
  const text = new TextDecoder('latin1').decode(message).replaceAll('\r\n', '\n');
  const found: ReadonlySet<string>[] = [];
  let from = -1;
  let blocks = 0;
  for (const { index } of text.matchAll(/^content-(?:type|disposition):/gim)) {
    if (index < from) continue;
    if (blocks++ >= blocksAtMost) break;
    const before = text.slice(Math.max(0, index - blockLength), index);
    const start = index - before.length + Math.max(before.lastIndexOf('\n\n'), before.lastIndexOf('\n--'), 0);
    const end = text.indexOf('\n\n', index);
    from = end === -1 ? text.length : end;
    const names = namesIn(text.slice(start, Math.min(from, start + blockLength)).replace(/\n[ \t]/g, ' '));
    if (names.size > 1) found.push(names);
  }
  return found;
}

function namesIn(header: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [line] of header.matchAll(field)) {
    let pieces = '';
    for (const [, number, encoded, quoted, bare = ''] of line.matchAll(named)) {
      const written = quoted?.replace(/\\(.)/g, '$1') ?? bare;
      const piece = encoded ? decoded(written) : utf8(written);
      if (number === undefined) names.add(decodeWords(piece));
      else pieces += piece;
    }
    if (pieces !== '') names.add(decodeWords(pieces));
  }
  return names;
}

function decoded(text: string): string {
  const octets = text
    .replace(/^[^']{0,40}'[^']{0,40}'/, '')
    .replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return utf8(octets);
}

function utf8(octets: string): string {
  return new TextDecoder().decode(Uint8Array.from(octets, (sign) => sign.charCodeAt(0)));
}
