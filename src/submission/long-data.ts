/**
 * Pictures written into a page as `data:` may be megabytes, and the parser reads letter by letter. It is given a short
 * stand-in for each, and what it makes of it gets its own text back.
 */

/** Shorter ones cost little. */
const longEnough = 1024;
/** Nothing that a parser, in any state, takes for more than text; an ampersand begins a reference. */
const payload = /[\w+/=%;,.:~!*$@#?-]*/y;

export interface LongData {
  /** What the parser is to read. `cut`: characters that are missing at its end. */
  pieces: { text: string; cut: number }[];
  /** What was written, out of what has been read. */
  restored(text: string): string;
}

/** undefined: there is none. */
export function longDataOf(html: string): LongData | undefined {
  if (html.length < longEnough) return undefined;
  const runs: { start: number; end: number }[] = [];
  for (let at = html.indexOf('data:'); at !== -1; at = html.indexOf('data:', at)) {
    payload.lastIndex = at;
    payload.test(html);
    const end = Math.max(payload.lastIndex, at + 1);
    if (end - at >= longEnough) runs.push({ start: at, end });
    at = end;
  }
  if (runs.length === 0) return undefined;
  const mark = markFor(html);
  const pieces: LongData['pieces'] = [];
  const written: string[] = [];
  let from = 0;
  for (const { start, end } of runs) {
    const standIn = `${mark}${written.length}z`;
    written.push(html.slice(start, end));
    pieces.push({ text: html.slice(from, start) + standIn, cut: end - start - standIn.length });
    from = end;
  }
  pieces.push({ text: html.slice(from), cut: 0 });
  const standIns = new RegExp(`${mark}(\\d+)z`, 'g');
  return {
    pieces,
    restored: (text) =>
      text.includes(mark) ? text.replace(standIns, (all, index) => written[Number(index)] ?? all) : text,
  };
}

/** Small letters, which the parser keeps in names as well; the same page always gets the same. */
function markFor(html: string): string {
  let mark = 'longdata';
  while (html.includes(mark)) mark += 'x';
  return mark;
}
