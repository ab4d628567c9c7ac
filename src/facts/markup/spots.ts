/** Where a character of the HTML stands in what was submitted. */
import type { Place } from '../../place.ts';
import type { Markup } from '../../submission/markup.ts';
import { lineStarts } from '../../submission/mjml-marks.ts';

/** undefined in MJML, whose source is another text. */
export type Spots = (offset: number) => Place | undefined;

const snippetLength = 60;

/** `part`: null in MJML. The lines are counted when the first place is asked for. */
export function spotsOf({ html }: Markup, part: Place['part'] | null): Spots {
  if (!part) return () => undefined;
  let lines: readonly number[] | undefined;
  return (offset) => {
    lines ??= lineStarts(html);
    const line = lineAt(lines, offset);
    const [snippet = ''] = html.slice(offset, offset + snippetLength).split(/[\r\n]/, 1);
    return { part, line: line + 1, column: offset - (lines[line] ?? 0) + 1, snippet: snippet.toWellFormed() };
  };
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
