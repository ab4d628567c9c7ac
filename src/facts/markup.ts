/** Faults of the HTML as it is written: what parse5, which reads as browsers do, had to put right or drop. */
import type { Place } from '../place.ts';
import { type Element, elementsOf } from '../submission/markup.ts';
import type { Gathering } from './gather.ts';
import { type Places, sourcePlaces } from './html/places.ts';
import { type ReferenceFault, unknownReferences } from './markup/references.ts';
import { type ValueFault, valueFaultsOf } from './markup/values.ts';

export interface MarkupFault {
  /** Of the element, in lower case. */
  element: string;
  at: Place | undefined;
}

export interface MarkupFact {
  /** Elements that need an end tag and end before it: it is missing, too late, or what they hold may not be there. */
  unclosed: readonly MarkupFault[];
  /** Attributes given twice in one tag, with two values: the second is dropped by every program. */
  repeated: readonly (MarkupFault & { attribute: string })[];
  /** What runs or loads a page of its own. */
  active: readonly (MarkupFault & { kind: 'script' | 'address' | 'frame' })[];
  /** Attributes whose value HTML reads as nothing, or as something else. */
  values: readonly ValueFault[];
  /** Character references that are none, so that readers see them as they are written. */
  references: readonly ReferenceFault[];
  /** The template chooses between parts while it is filled in, so what is written is not what is sent. */
  conditional: boolean;
}

/** A report names the first few; a hostile page has a hundred thousand. */
const faultsAtMost = 100;

/** Elements whose end tag HTML demands and whose lack changes what follows (WHATWG HTML section 13.1.2.4). */
const needsEnd = new Set(
  `a abbr address article aside b big blockquote center cite code del div dl em figure font footer form h1 h2 h3
  h4 h5 h6 header i ins main mark nav ol pre q s section small span strike strong sub sup table tt u ul`.split(
    /\s+/,
  ),
);

const conditions = /\{%|\{\{\s*[#/^]|<%|\*\|\s*(?:IF|ELSE|END|INTERESTED)/i;

/** null when the message has no HTML part. Never fails: the tree is there, and each element is looked at once. */
export function gatherMarkup({
  submission,
  policy,
}: Pick<Gathering, 'submission' | 'policy'>): MarkupFact | null {
  const { markup } = submission;
  if (!markup) return null;
  const { html } = markup;
  const places = sourcePlaces(submission, markup, policy.limits);
  const elements = elementsOf(markup);
  const html5Elements = elements.filter(isHtml);
  const mjml = submission.mjml !== null && submission.mjml !== undefined;
  const part = submission.format === 'eml' ? 'html' : 'source';
  return {
    unclosed: unclosedOf(elements, places),
    repeated: elements.flatMap((element) => repeatedOf(element, html, places)).slice(0, faultsAtMost),
    active: elements.flatMap((element) => activeOf(element, places)).slice(0, faultsAtMost),
    values: html5Elements.flatMap((element) => valueFaultsOf(element, mjml, places)).slice(0, faultsAtMost),
    references: unknownReferences(markup, elements, policy.limits, places, mjml ? null : part),
    conditional: submission.format !== 'eml' && conditions.test(html),
  };
}

/** Misnested elements are made several times from one tag: it is closed if one of them is. */
function unclosedOf(elements: readonly Element[], places: Places): MarkupFault[] {
  const open = new Map<number, Element>();
  const closed = new Set<number>();
  for (const element of elements) {
    const { sourceCodeLocation: location, name } = element;
    const start = location?.startTag?.startOffset ?? location?.startOffset;
    if (start === undefined || !needsEnd.has(name) || !isHtml(element)) continue;
    if (location?.endTag) closed.add(start);
    else if (!open.has(start)) open.set(start, element);
  }
  return [...open]
    .filter(([start]) => !closed.has(start))
    .slice(0, faultsAtMost)
    .map(([, element]) => ({ element: element.name, at: places(element) }));
}

/** Within svg a tag may close itself. */
function isHtml({ namespace }: Element): boolean {
  return namespace === undefined || namespace === 'http://www.w3.org/1999/xhtml';
}

interface Span {
  startOffset: number;
  endOffset: number;
}

/** The parser tells the place of each attribute it keeps: a name elsewhere in the tag was dropped. */
function repeatedOf(element: Element, html: string, places: Places): MarkupFact['repeated'] {
  const location: (Span & { startTag?: Span; attrs?: Record<string, Span> }) | null | undefined =
    element.sourceCodeLocation;
  if (!location?.attrs) return [];
  const { startOffset, endOffset } = location.startTag ?? location;
  const attrs = location.attrs;
  const dropped: string[] = [];
  let end = startOffset + element.name.length + 1;
  const look = (next: number) => {
    const start = end;
    // A space, a name, `=` and a value.
    if (next - start < 4) return;
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
  if (dropped.length === 0 || mergeField.test(html.slice(startOffset, endOffset))) return [];
  return dropped.map((attribute) => ({ element: element.name, attribute, at: places(element) }));
}

const leftOver = /([^\s/>"'={}<%]{1,60})\s{0,9}(?:=\s{0,9}("[^"]*"|'[^']*'|[^\s>]+))?/;
const mergeField = /\{[{%]|<%|\*\|/;

/** The same twice does no harm. */
function gist(value: string): string {
  return value.replace(/^["']|["'\s;]|["']$/g, '').toLowerCase();
}

const frames = new Set(['iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'portal']);
/** Data for programs such as Gmail's actions; it does not run. */
const dataType = /^(?:application|text)\/(?:ld\+json|json|html|x-[\w.-]+|amp)/i;

/** Control characters and spaces before it do not count, nor do tabs and new lines anywhere (WHATWG URL). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a browser takes away
const runs = /^[\u0000- ]*(?:java|vb)script:/i;
const passedOver = /[\t\n\r]/g;

function activeOf(element: Element, places: Places): MarkupFact['active'] {
  const { name, attribs } = element;
  const found: MarkupFact['active'][number]['kind'][] = [];
  if (name === 'script' && !dataType.test(attribs.type?.trim() ?? '')) found.push('script');
  if (frames.has(name)) found.push('frame');
  const { href, src, action, formaction } = attribs;
  if (
    [href, src, action, formaction].some(
      (value) => value !== undefined && runs.test(value.replace(passedOver, '')),
    )
  )
    found.push('address');
  return found.map((kind) => ({ element: name, kind, at: places(element) }));
}
