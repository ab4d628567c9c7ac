/**
 * Writes its place into each tag of an MJML source. Compiled, it has the same elements in the same order as
 * without the marks, so each element of the mail can be led back to the line it was written on.
 */
import { Parser } from 'htmlparser2';

/** The compiler reads tags so; whoever looks at the source before it must see the same ones. */
export const mjmlSyntax = {
  recognizeCDATA: true,
  recognizeSelfClosing: true,
  decodeEntities: false,
  lowerCaseAttributeNames: false,
};

const markAttribute = 'data-klarsignal-at';
const markClass = /(?:^|\s)klarsignal-at-(\d+)-(\d+)(?=\s|$)/;
const classOf = /\scss-class\s*=\s*["']/;
/** The compiler takes no class on the first; tree building compares attributes of the second. */
const unmarked =
  /^(?:mjml|mj-body|mj-raw|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u|html|body|head)$/;

/** Components take the mark as a class, plain HTML as an attribute. */
export function markTags(source: string): string {
  const lines = lineStarts(source);
  const pieces: string[] = [];
  let written = 0;
  let inHead = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'mj-head') inHead = true;
        if (inHead || unmarked.test(name)) return;
        const start = parser.startIndex;
        const { line, column } = position(lines, start);
        const tag = source.slice(start, parser.endIndex + 1);
        let after = name.length + 1;
        let text = ` ${markAttribute}="${line}-${column}"`;
        if (name.startsWith('mj-')) {
          const given = attributes['css-class'] === undefined ? null : classOf.exec(tag);
          if (attributes['css-class'] !== undefined && !given) return;
          after = given ? given.index + given[0].length : after;
          text = given ? `klarsignal-at-${line}-${column} ` : ` css-class="klarsignal-at-${line}-${column}"`;
        }
        pieces.push(source.slice(written, start + after), text);
        written = start + after;
      },
      onclosetag(name) {
        if (name === 'mj-head') inHead = false;
      },
    },
    mjmlSyntax,
  );
  parser.end(source);
  pieces.push(source.slice(written));
  return pieces.join('');
}

/** Line and column from 1 that a marked element carries; undefined when it carries none. */
export function markOf(attributes: Record<string, string>): { line: number; column: number } | undefined {
  const [line, column] =
    attributes[markAttribute]?.split('-') ?? markClass.exec(attributes.class ?? '')?.slice(1) ?? [];
  return line && column ? { line: Number(line), column: Number(column) } : undefined;
}

/** Where each line of a text begins. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Both from 1. `starts`: where the lines of the text begin. */
export function position(starts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
