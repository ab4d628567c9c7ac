/** Faults of the HTML as it is written: what parse5, which reads as browsers do, had to put right or drop. */
import type { Place } from '../place.ts';
import { type Element, elementsOf } from '../submission/markup.ts';
import type { Gathering } from './gather.ts';
import { outlookPage } from './html/outlook.ts';
import { type Places, sourcePlaces } from './html/places.ts';
import { sideOf } from './html.ts';
import { type Active, activeOf, addressesThatRun } from './markup/active.ts';
import { type AttributeFault, repeatedOf, swallowedIn } from './markup/attributes.ts';
import { type ConditionFault, conditionFaults } from './markup/comments.ts';
import { type Control, controlsOf } from './markup/controls.ts';
import { type EncodingFact, encodingOf } from './markup/encoding.ts';
import { type StrayEnd, strayEnds, type UnendedPart, unendedPart } from './markup/ends.ts';
import { type BareFont, bareFonts } from './markup/fonts.ts';
import { type HeadFact, headOf, repeatedParts } from './markup/head.ts';
import { type SharedId, sharedIds } from './markup/identifiers.ts';
import { type MjmlFault, mjmlFaults } from './markup/mjml.ts';
import { type Moved, movedOut } from './markup/moved.ts';
import { isUnknownName } from './markup/names.ts';
import { nodesOf } from './markup/nodes.ts';
import { type ReferenceFault, unknownReferences } from './markup/references.ts';
import { spotsOf } from './markup/spots.ts';
import { type ValueFault, valueFaultsOf } from './markup/values.ts';
import { type OddText, oddTexts } from './markup/words.ts';

export interface MarkupFault {
  /** Of the element, in lower case. */
  element: string;
  at: Place | undefined;
}

export interface MarkupFact {
  /** Elements that need an end tag and end before it: it is missing, too late, or what they hold may not be there. */
  unclosed: readonly MarkupFault[];
  /** Attributes given twice in one tag, with two values: the second is dropped by every program. */
  repeated: readonly AttributeFault[];
  /** What runs or loads a page of its own. */
  active: readonly Active[];
  /** What works on web pages alone. */
  controls: readonly Control[];
  /** A comment, or an element of raw text, that takes the rest of the page with it. */
  unended: UnendedPart | null;
  /** End tags that end nothing. */
  strays: readonly StrayEnd[];
  conditions: readonly ConditionFault[];
  /** Attributes that hold whole tags: a quotation mark is missing. */
  swallowed: readonly AttributeFault[];
  moved: readonly Moved[];
  /** Names that HTML does not have. */
  unknown: readonly MarkupFault[];
  /** A second html or body tag. */
  twice: readonly { part: string; at: Place | undefined }[];
  ids: readonly SharedId[];
  head: HeadFact;
  encoding: EncodingFact | null;
  fonts: readonly BareFont[];
  odd: readonly OddText[];
  /** Pixels of the widest table, as written; null: no table has a width in pixels. */
  widest: { width: number; at: Place | undefined } | null;
  /** Empty for what is no MJML. */
  mjml: readonly MjmlFault[];
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
  const composed = submission.routes.some(({ transport }) => transport !== null);
  const { html } = markup;
  const places = sourcePlaces(submission, markup, policy.limits);
  const elements = elementsOf(markup);
  const html5Elements = elements.filter(isHtml);
  const mjml = submission.mjml !== null && submission.mjml !== undefined;
  const part = submission.format === 'eml' ? 'html' : 'source';
  const spots = spotsOf(markup, mjml ? null : part);
  const { comments, texts } = nodesOf(markup, elements);
  const outlook = outlookPage(submission, markup, policy.limits);
  const outlookElements = outlook.markup ? elementsOf(outlook.markup) : [];
  const forOutlook = outlook.markup ? nodesOf(outlook.markup, outlookElements).texts : [];
  const head = headOf(markup, elements, places);
  const few = <T>(of: (element: Element) => readonly T[], among = elements): T[] => {
    const found: T[] = [];
    for (const element of among) {
      const faults = of(element);
      if (faults.length > 0) found.push(...faults);
      if (found.length >= faultsAtMost) break;
    }
    return found.slice(0, faultsAtMost);
  };
  return {
    unclosed: unclosedOf(elements, places),
    repeated: few((element) => repeatedOf(element, html, places)),
    active: [
      ...few((element) => activeOf(element, places)),
      ...few((element) => addressesThatRun(element, outlook.places), outlookElements),
    ].slice(0, faultsAtMost),
    controls: few((element) => controlsOf(element, places)),
    unended: unendedPart(markup, elements, comments, spots),
    strays: mjml ? [] : strayEnds(markup, elements, comments, spots),
    conditions: conditionFaults(html, comments, spots),
    swallowed: swallowedIn(elements, html, places),
    moved: movedOut(elements, html, places),
    unknown: html5Elements
      .filter(isUnknownName)
      .slice(0, faultsAtMost)
      .map((element) => ({ element: element.name.slice(0, nameLength), at: places(element) })),
    twice: repeatedParts(html, comments).map(({ part, offset }) => ({ part, at: spots(offset) })),
    ids: sharedIds(elements, places),
    head,
    encoding: encodingOf(head.encoding, html, composed ? null : submission.message),
    fonts: bareFonts(elements, places),
    odd: [
      ...oddTexts(texts, html, places, spots),
      // What every program shows was read above; a drawn button says the same again.
      ...oddTexts(forOutlook, html, outlook.places, spots).filter(({ kind }) => kind === 'filler'),
    ],
    widest: widestOf(elements, places),
    mjml: submission.mjml && submission.source ? mjmlFaults(submission.source, submission.mjml.warnings) : [],
    values: few((element) => valueFaultsOf(element, mjml, places), html5Elements),
    references: unknownReferences(markup, elements, policy.limits, places, spots),
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

const nameLength = 40;

function widestOf(elements: readonly Element[], places: Places): MarkupFact['widest'] {
  let widest: { width: number; element: Element } | undefined;
  for (const element of elements) {
    if (element.name !== 'table') continue;
    const width = sideOf(element, 'width') ?? 0;
    if (width > (widest?.width ?? 0)) widest = { width, element };
  }
  return widest ? { width: widest.width, at: places(widest.element) } : null;
}
