/** Fields of a header as they stand, in octets: each character is one of them. */

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

/** A parameter of a structured field, such as charset (RFC 2045 section 5.1). */
export function parameterOf(value: string, name: string): string | null {
  const found = new RegExp(
    `;\\s{0,99}${name}\\s{0,9}=\\s{0,9}(?:"([^"]{0,500})"|([^\\s;"]{1,500}))`,
    'i',
  ).exec(value.slice(0, 4000));
  return found?.[1] ?? found?.[2] ?? null;
}
