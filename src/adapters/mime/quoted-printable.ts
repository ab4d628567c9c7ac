/** Texts for mail (RFC 2045 section 6). Most lines of a mailing are the same for everybody: each is encoded once. */
import { encode, wrap } from 'nodemailer/lib/qp';

/** One less than a line may have, for the soft break that may come after its last piece. */
const width = 75;
/** Longer ones are taken apart, so that what differs between two recipients is a small piece of them. */
const longLine = 500;
/** Characters of lines that are remembered; then it begins anew. */
const rememberedAtMost = 4_000_000;

const remembered = new Map<string, string>();
let size = 0;

/**
 * @returns `body`: the text in lines of at most 76 ASCII characters that end with CRLF, the last one without. `plain`: it
 * needed no encoding; otherwise it is quoted-printable.
 */
export function encodeText(text: string): { plain: boolean; body: string } {
  const lines = text.split(/\r?\n/);
  // Space at the end of a line is lost on some ways.
  const plain = lines.every(
    (line) => line.length <= width + 1 && /^(?:[\t\x20-\x7e]*[\x21-\x7e])?$/.test(line),
  );
  return { plain, body: (plain ? lines : lines.map(encodeLine)).join('\r\n') };
}

function encodeLine(line: string): string {
  if (line.length <= longLine) return encodePiece(line);
  // After a closing tag: a soft break may stand anywhere, and here it falls alike in every copy.
  return line
    .split(/(?<=<\/[a-z]{1,10}\d?>)/i)
    .map(encodePiece)
    .join('=\r\n');
}

function encodePiece(piece: string): string {
  const known = remembered.get(piece);
  if (known !== undefined) return known;
  // A carriage return by itself is no line's end in mail.
  const encoded = wrap(encode(piece).replaceAll('\r', '=0D'), width);
  size += piece.length + encoded.length;
  if (size > rememberedAtMost) {
    remembered.clear();
    size = piece.length + encoded.length;
  }
  remembered.set(piece, encoded);
  return encoded;
}
