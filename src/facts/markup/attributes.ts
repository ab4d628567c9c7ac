/** Attributes that are lost, or that take more with them than their value: what is given twice, and quotes that never end. */
import type { Place } from '../../place.ts';
import type { Element } from '../../submission/markup.ts';
import type { Places } from '../html/places.ts';

export interface AttributeFault {
  element: string;
  attribute: string;
  at: Place | undefined;
}

const none: readonly AttributeFault[] = [];
const atMost = 100;
const nowhere = { startOffset: -1, endOffset: -1 };

interface Span {
  startOffset: number;
  endOffset: number;
}

/** Given twice in one tag. The parser tells the place of each attribute it keeps: a name elsewhere in the tag was dropped. */
export function repeatedOf(element: Element, html: string, places: Places): readonly AttributeFault[] {
  const location: (Span & { startTag?: Span; attrs?: Record<string, Span> }) | null | undefined =
    element.sourceCodeLocation;
  if (!location?.attrs) return none;
  const { startOffset, endOffset } = location.startTag ?? location;
  const attrs = location.attrs;
  const begin = startOffset + element.name.length + 1;
  if (!hasGap(attrs, begin, endOffset)) return none;
  const dropped: string[] = [];
  let end = begin;
  const look = (next: number) => {
    const start = end;
    if (next - start < leastGap) return;
    const [, name = '', value = ''] = leftOver.exec(html.slice(start, next)) ?? [];
    const attribute = name.toLowerCase();
    const first = Object.hasOwn(attrs, attribute) ? attrs[attribute] : undefined;
    if (!first || value === '') return;
    const written = html.slice(first.startOffset + name.length, first.endOffset).replace(/^\s*=\s*/, '');
    if (gist(value) !== gist(written)) dropped.push(attribute);
  };
  // The parser notes them in the order of the tag.
  for (const name in attrs) {
    const kept = attrs[name];
    if (!kept) continue;
    look(kept.startOffset);
    end = kept.endOffset;
  }
  look(endOffset);
  // Merge fields choose between attributes, too.
  if (dropped.length === 0 || mergeField.test(html.slice(startOffset, endOffset))) return none;
  return dropped.map((attribute) => ({ element: element.name, attribute, at: places(element) }));
}

/** A space, a name, `=` and a value. */
const leastGap = 4;

/** Whether anything may stand between the attributes that were kept: in nearly all tags nothing does. */
function hasGap(attrs: Record<string, Span>, begin: number, last: number): boolean {
  let end = begin;
  for (const name in attrs) {
    const kept = attrs[name];
    if (!kept) continue;
    if (kept.startOffset - end >= leastGap) return true;
    end = kept.endOffset;
  }
  return last - end >= leastGap;
}

const leftOver = /([^\s/>"'={}<%]{1,60})\s{0,9}(?:=\s{0,9}("[^"]*"|'[^']*'|[^\s>]+))?/;
const mergeField = /\{[{%]|<%|\*\|/;

/** The same twice does no harm. */
function gist(value: string): string {
  return value.replace(/^["']|["'\s;]|["']$/g, '').toLowerCase();
}

/** What never holds a tag on purpose. */
const plain = new Set([
  'href',
  'src',
  'style',
  'class',
  'id',
  'width',
  'height',
  'align',
  'bgcolor',
  'target',
]);
const wholeTag =
  /<\/?(?:a|p|td|tr|table|div|span|img|br|b|strong|font|center|h[1-6]|body)(?:\s[^<>]{0,500}|\/)?>/i;

/** Values that hold whole tags: the quotation mark that should end them is missing. Each tag is looked at once. */
export function swallowedIn(elements: readonly Element[], html: string, places: Places): AttributeFault[] {
  const found: AttributeFault[] = [];
  const seen = new Set<number>();
  for (const element of elements) {
    const location = element.sourceCodeLocation;
    const { startOffset: start, endOffset: end } = location?.startTag ?? location ?? nowhere;
    // Misnested elements are made several times from one tag.
    if (seen.has(start)) continue;
    seen.add(start);
    // Written as it stands, not as &lt;.
    const next = html.indexOf('<', start + 1);
    if (next === -1 || next >= end) continue;
    const { name, attribs } = element;
    const attribute = Object.keys(attribs).find((one) => plain.has(one) && wholeTag.test(attribs[one] ?? ''));
    if (attribute) found.push({ element: name, attribute, at: places(element) });
    if (found.length === atMost) break;
  }
  return found;
}
