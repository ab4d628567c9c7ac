/** Where a piece of a style element stands in what was submitted. Of MJML: in the mj-style that it came from. */
import type { Place } from '../../place.ts';
import { lineStarts } from '../../submission/mjml-marks.ts';
import type { Submission } from '../../submission.ts';
import type { Spot } from './uses.ts';

/** Searches of one mail; each costs as much as its styles are long. */
const searchesAtMost = 200;

/** undefined: nowhere that can be pointed at, such as in styles that the compiler of MJML wrote. */
export function stylePlaces({
  format,
  mjml,
  source,
}: Pick<Submission, 'format' | 'mjml' | 'source'>): (spot: Spot) => Place | undefined {
  if (!mjml) {
    const part = format === 'eml' ? 'html' : 'source';
    return (spot) => ({ part, ...spot });
  }
  const styles = source === null ? [] : stylesIn(source);
  if (source === null || styles.length === 0) return () => undefined;
  const starts = lineStarts(source);
  const known = new Map<string, Place | undefined>();
  return ({ snippet }) => {
    if (known.has(snippet) || known.size >= searchesAtMost) return known.get(snippet);
    const offset = offsetIn(styles, snippet.replace(/…$/, ''));
    const place =
      offset === undefined ? undefined : { part: 'source' as const, ...at(starts, offset), snippet };
    known.set(snippet, place);
    return place;
  };
}

interface Style {
  start: number;
  text: string;
}

function stylesIn(source: string): Style[] {
  const styles: Style[] = [];
  for (let open = source.indexOf('<mj-style'); open !== -1; ) {
    const start = source.indexOf('>', open) + 1;
    const end = start === 0 ? -1 : source.indexOf('</mj-style', start);
    if (end === -1) return styles;
    styles.push({ start, text: source.slice(start, end) });
    open = source.indexOf('<mj-style', end);
  }
  return styles;
}

/** undefined: it is not there, or in several places. */
function offsetIn(styles: readonly Style[], piece: string): number | undefined {
  let found: number | undefined;
  for (const { start, text } of styles) {
    const first = text.indexOf(piece);
    if (first === -1) continue;
    if (found !== undefined || text.includes(piece, first + 1)) return undefined;
    found = start + first;
  }
  return found;
}

function at(starts: readonly number[], offset: number): { line: number; column: number } {
  const next = starts.findIndex((start) => start > offset);
  const line = next === -1 ? starts.length : next;
  return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
}
