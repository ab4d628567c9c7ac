/** Tags that do not meet: parts that never end and take the rest of the page with them, and ends of nothing. */
import type { Place } from '../../place.ts';
import type { Element, Markup } from '../../submission/markup.ts';
import { type Comment, isContent, unendedComment } from './comments.ts';
import type { Spots } from './spots.ts';

export interface UnendedPart {
  /** `comment`, or the element. */
  part: string;
  at: Place | undefined;
}

export interface StrayEnd {
  element: string;
  at: Place | undefined;
}

/** Inside these no tag is read but their own end. */
const raw = new Set(['title', 'style', 'textarea', 'script', 'xmp', 'iframe', 'noembed', 'noframes']);
/** Their ends do nothing, and people write them out of habit; those of the page may stand anywhere. */
const idle = new Set(
  'html head body br hr img input meta link col area base wbr source embed param track'.split(' '),
);
const atMost = 100;
const name = /^[a-z][a-z0-9:-]{0,30}(?=[\s/>])/i;
const nameLength = 32;

/** The first one: nothing is read after it. */
export function unendedPart(
  { html }: Markup,
  elements: readonly Element[],
  comments: readonly Comment[],
  spots: Spots,
): UnendedPart | null {
  const comment = unendedComment(html, comments);
  if (comment) return { part: 'comment', at: spots(comment.start) };
  const last = elements.findLast(({ name }) => raw.has(name));
  const location = last?.sourceCodeLocation;
  const text = last?.children.at(-1)?.sourceCodeLocation;
  if (!last || !location || location.endTag || !text || text.endOffset < html.length) return null;
  return isContent(html.slice(text.startOffset))
    ? { part: last.name, at: spots(location.startOffset) }
    : null;
}

/** End tags in the text of the page that no element has for its own. */
export function strayEnds(
  { html }: Markup,
  elements: readonly Element[],
  comments: readonly Comment[],
  spots: Spots,
): StrayEnd[] {
  const claimed = new Set<number>();
  for (const { sourceCodeLocation: at } of elements) if (at?.endTag) claimed.add(at.endTag.startOffset);
  const candidates: { element: string; offset: number }[] = [];
  for (let at = html.indexOf('</'); at !== -1; at = html.indexOf('</', at + 2)) {
    if (claimed.has(at)) continue;
    const element = name.exec(html.slice(at + 2, at + 2 + nameLength))?.[0].toLowerCase();
    if (element && !idle.has(element)) candidates.push({ element, offset: at });
  }
  if (candidates.length === 0) return [];
  const apart = textless(elements, comments).sort(([one], [two]) => one - two);
  const found: StrayEnd[] = [];
  let at = 0;
  let reach = 0;
  for (const { element, offset } of candidates) {
    for (let span = apart[at]; span && span[0] <= offset; span = apart[at]) {
      reach = Math.max(reach, span[1]);
      at += 1;
    }
    if (offset < reach) continue;
    found.push({ element, at: spots(offset) });
    if (found.length === atMost) break;
  }
  return found;
}

/** Comments, tags, and what stands in elements of raw text. */
function textless(elements: readonly Element[], comments: readonly Comment[]): [number, number][] {
  const spans: [number, number][] = comments.map(({ start, end }) => [start, end]);
  for (const { name, sourceCodeLocation: location, children } of elements) {
    if (!location) continue;
    const open = location.startTag ?? location;
    spans.push([open.startOffset, open.endOffset]);
    if (!raw.has(name)) continue;
    for (const { sourceCodeLocation: text } of children)
      if (text) spans.push([text.startOffset, text.endOffset]);
  }
  return spans;
}
