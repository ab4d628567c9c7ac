/** Fields of a header as they stand, in octets: each character is one of them. */
import { withoutComments } from './comments.ts';

export interface RawField {
  /** Empty: the line is none of a header. */
  name: string;
  /** Unfolded. */
  value: string;
  /** From 1, within the message. */
  line: number;
  /** Octets of its longest line. */
  longest: number;
}

/** A header has some dozens of fields; a hostile one has no end. */
const fieldsAtMost = 2000;
const form = /^([!-9;-~]{1,200})[ \t]{0,9}:(.*)$/s;

/** Reads the lines of one header, given without their line breaks. `line`: number of the first. */
export function readFields(lines: readonly string[], line: number): RawField[] {
  const fields: (RawField & { pieces: string[] })[] = [];
  for (const [i, text] of lines.entries()) {
    const last = fields.at(-1);
    if (/^[ \t]/.test(text) && last) {
      last.pieces.push(text);
      last.longest = Math.max(last.longest, text.length);
      continue;
    }
    if (fields.length === fieldsAtMost) break;
    const [, name = '', value = text] = form.exec(text) ?? [];
    fields.push({ name, value: '', line: line + i, longest: text.length, pieces: [value] });
  }
  return fields.map(({ pieces, ...field }) => ({ ...field, value: pieces.join('').trim() }));
}

/** Of a longer field the beginning is read. */
const readLength = 8000;
/** `name=a`, `name="a"`, and a piece of one or an encoded one, `name*0*=a`. */
const parameter =
  /;\s{0,99}([^\s=;"*]{1,80})(?:\*(\d{1,2}))?(\*)?\s{0,9}=\s{0,9}(?:"((?:[^"\\]|\\.){0,2000})"|([^\s;"]{1,2000}))/g;

/**
 * A parameter of a structured field, such as charset (RFC 2045 section 5.1), in any case, with comments beside it or
 * in pieces (RFC 2231 sections 3 and 4). In octets, as the field is; null: it has none.
 */
export function parameterOf(value: string, name: string): string | null {
  const key = name.toLowerCase();
  const pieces = new Map<number, string>();
  for (const found of withoutComments(value.slice(0, readLength)).matchAll(parameter)) {
    const [, written = '', number, encoded, quoted, bare = ''] = found;
    if (written.toLowerCase() !== key) continue;
    const text = quoted?.replace(/\\(.)/g, '$1') ?? bare;
    if (number === undefined && encoded === undefined) return text;
    const place = Number(number ?? 0);
    if (!pieces.has(place)) pieces.set(place, encoded ? decoded(text, place === 0) : text);
  }
  if (!pieces.has(0)) return null;
  let all = '';
  for (let place = 0; pieces.has(place); place += 1) all += pieces.get(place);
  return all;
}

/** `first`: its character set and language stand before it, each with an apostrophe. */
function decoded(text: string, first: boolean): string {
  return (first ? text.replace(/^[^']{0,40}'[^']{0,40}'/, '') : text).replace(
    /%([\dA-Fa-f]{2})/g,
    (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
