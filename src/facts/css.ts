/** Which features of HTML and CSS the sent HTML uses, how often, and where: told by caniemail.com's slugs. */
import type { Place } from '../place.ts';
import { type Element, isElement, type Markup } from '../submission/markup.ts';
import { featuresOfAttribute, featuresOfElement, featuresOfImage } from './css/features.ts';
import { hidesItself, hidingOf, hidingSelectors, leaksOf } from './css/hiding.ts';
import { loadParser, type Names, type Use, usesOfSheet, usesOfStyle } from './css/uses.ts';
import type { Gathering } from './gather.ts';
import { sourcePlaces } from './html/places.ts';
import { sideOf } from './html.ts';

export interface Tally {
  count: number;
  /** The first few. Fewer than `count` also where a place cannot be told. */
  places: readonly Place[];
}

export interface FeatureUse {
  slug: string;
  /** Every use, also those that something makes up for. */
  count: number;
  /** Uses outside at-rules and without another value of the same property beside them. */
  bare: Tally;
  /** Of the bare ones those that programs see which obey `[if !mso]`: Word does. */
  bareInWord: Tally;
}

export interface CssFact {
  /** By slug. */
  features: ReadonlyMap<string, FeatureUse>;
  /** Characters in style elements, all together. */
  styleCharacters: number;
  /** Hidden elements that Word sees, with tables inside that are not hidden themselves: those show. null: too much. */
  uncovered: Tally | null;
  /** Pictures behind the content of an element, by its attribute or style, and how large it says it is. */
  backgrounds: readonly { width: number | null; height: number | null; at: Place | undefined }[];
  /** Something is drawn in VML for Outlook, in a conditional comment. */
  vml: boolean;
  /** false: there was more CSS than is read, or it could not be followed. */
  complete: boolean;
}

const placesAtMost = 20;
/** Ten times what Gmail shows of a whole mail; half a second of reading. */
const cssAtMost = 1024 * 1024;

/** null when the message has no HTML part. Never fails: what cannot be read makes it incomplete. */
export async function gatherCss({
  submission,
  policy,
}: Pick<Gathering, 'submission' | 'policy'>): Promise<CssFact | null> {
  const { markup } = submission;
  if (!markup) return null;
  const { elements, names, vml } = survey(markup);
  const parse = await loadParser();
  const placeOf = sourcePlaces(submission, markup, policy.limits);
  const part = submission.format === 'eml' ? 'html' : 'source';
  const features = new Map<string, Growing>();
  let left = cssAtMost;
  let complete = true;
  let styleCharacters = 0;
  const styles = new Map<string, Use[]>();
  const read = (text: string, uses: () => Use[]): Use[] => {
    left -= text.length;
    if (left < 0) complete = false;
    if (left < 0) return [];
    try {
      return uses();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      complete = false;
      return [];
    }
  };
  const hiding: string[] = [];
  const backgrounds: CssFact['backgrounds'][number][] = [];
  const stylesOf = (text: string) => {
    const known = styles.get(text);
    if (known) return known;
    const uses = read(text, () => usesOfStyle(text, parse));
    styles.set(text, uses);
    return uses;
  };

  for (const { element, hiddenFromWord } of elements) {
    const { attribs } = element;
    let place: Place | undefined | null = null;
    const here = () => {
      place = place === null ? placeOf(element) : place;
      return place;
    };
    const add = (slug: string, madeUpFor = false) => count(features, slug, madeUpFor, hiddenFromWord, here);
    for (const slug of featuresOfElement(element.name, attribs)) add(slug);
    for (const name in attribs) {
      for (const slug of featuresOfAttribute(name, attribs[name] ?? '')) add(slug);
    }
    if (backgrounds.length < placesAtMost && hasBackground(element)) {
      backgrounds.push({ width: sideOf(element, 'width'), height: sideOf(element, 'height'), at: here() });
    }
    if (element.name === 'img') for (const slug of featuresOfImage(attribs.src ?? '')) add(slug);
    if (attribs.style)
      for (const { slug, madeUpFor } of stylesOf(attribs.style))
        add(slug, madeUpFor || givenTwice(slug, attribs));
    if (element.name !== 'style') continue;
    for (const child of element.children) {
      if (child.type !== 'text') continue;
      styleCharacters += child.data.length;
      const at = child.sourceCodeLocation;
      if (left >= child.data.length) hiding.push(...hidingSelectors(child.data, parse));
      const start = { line: at?.startLine ?? 1, column: at?.startCol ?? 1 };
      for (const { slug, madeUpFor, ...spot } of read(child.data, () =>
        usesOfSheet(child.data, start, names, parse),
      )) {
        // Of MJML the whole style element is the compiler's.
        count(features, slug, madeUpFor, hiddenFromWord, () =>
          submission.mjml ? undefined : { part, ...spot },
        );
      }
    }
  }
  const leaks = leaksOf(
    elements.flatMap(({ element, hiddenFromWord }) => (hiddenFromWord ? [] : [element])),
    ['table'],
    hidingOf(hiding, hidesItself),
  );
  const places = leaks?.slice(0, placesAtMost).flatMap((element) => placeOf(element) ?? []) ?? [];
  return {
    features,
    styleCharacters,
    uncovered: leaks && complete ? { count: leaks.length, places } : null,
    backgrounds,
    vml,
    complete,
  };
}

interface Growing {
  slug: string;
  count: number;
  bare: { count: number; places: Place[] };
  bareInWord: { count: number; places: Place[] };
}

function count(
  features: Map<string, Growing>,
  slug: string,
  madeUpFor: boolean,
  hiddenFromWord: boolean,
  place: () => Place | undefined,
): void {
  let use = features.get(slug);
  if (!use) {
    use = { slug, count: 0, bare: { count: 0, places: [] }, bareInWord: { count: 0, places: [] } };
    features.set(slug, use);
  }
  use.count += 1;
  if (madeUpFor) return;
  for (const tally of hiddenFromWord ? [use.bare] : [use.bare, use.bareInWord]) {
    tally.count += 1;
    if (tally.places.length >= placesAtMost) continue;
    const at = place();
    if (at) tally.places.push(at);
  }
}

function hasBackground({ attribs: { background, style } }: Element): boolean {
  return Boolean(background?.trim()) || (style !== undefined && pictureBehind.test(style));
}

const pictureBehind = /(?:^|;)\s{0,99}background(?:-image)?\s{0,9}:[^;]{0,999}\burl\(/i;

/** An attribute says the same as the style, for the programs that do not take the style. */
function givenTwice(slug: string, { align, bgcolor, width, height }: Record<string, string>): boolean {
  if (/^css-(?:background-image|linear-gradient|radial-gradient|conic-gradient)$/.test(slug))
    return Boolean(bgcolor);
  if (slug === 'css-float') return Boolean(align);
  if (slug === 'css-unit-calc') return Boolean(width ?? height);
  return slug === 'css-max-width' && Boolean(width);
}

interface Survey {
  elements: { element: Element; hiddenFromWord: boolean }[];
  names: Names;
  vml: boolean;
}

/** One walk in the order of the document: elements, what selectors can mean, and conditions for Word. */
function survey(markup: Markup): Survey {
  const elements: Survey['elements'] = [];
  const names = { elements: new Set<string>(), classes: new Set<string>(), ids: new Set<string>() };
  let vml = false;
  let hidden = 0;
  const root = markup.document.root()[0];
  for (let node = root?.firstChild ?? null; node; node = following(node)) {
    if (node.type === 'comment') {
      if (/<v:[a-z]/i.test(node.data)) vml = true;
      if (/^\s*(?:<!)?\[endif\]/i.test(node.data)) hidden = Math.max(0, hidden - 1);
      else if (notWord.test(node.data) && !/\[endif\]/i.test(node.data)) hidden += 1;
    }
    if (!isElement(node)) continue;
    elements.push({ element: node, hiddenFromWord: hidden > 0 });
    names.elements.add(node.name);
    for (const one of (node.attribs.class ?? '').toLowerCase().split(/\s+/)) names.classes.add(one);
    if (node.attribs.id) names.ids.add(node.attribs.id.toLowerCase());
  }
  return { elements, names, vml };
}

const notWord = /^\s*\[if\s+[(\s]*!/i;

type Node = Element['children'][number];

function following(node: Node): Node | null {
  if ('firstChild' in node && node.firstChild) return node.firstChild as Node;
  for (let at: Node | null = node; at; at = at.parent as Node | null) if (at.next) return at.next as Node;
  return null;
}
