/** Which features of HTML and CSS the sent HTML uses, how often, and where: told by caniemail.com's slugs. */
import type { Place } from '../place.ts';
import { type Element, isElement } from '../submission/markup.ts';
import { inlineFallbacks } from './css/fallbacks.ts';
import {
  featuresOfAttribute,
  featuresOfElement,
  featuresOfImage,
  featuresOfMessage,
} from './css/features.ts';
import { hidesItself, hidingOf, hidingSelectors, leaksOf } from './css/hiding.ts';
import { stylePlaces } from './css/style-places.ts';
import { survey } from './css/survey.ts';
import { loadParser, readSheet, type Use, usesOfSheet, usesOfStyle } from './css/uses.ts';
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
  const { elements, names, vml, marks } = survey(markup);
  const parse = await loadParser();
  const placeOf = sourcePlaces(submission, markup, policy.limits);
  const inSource = stylePlaces(submission);
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
  const all = elements.map(({ element }) => element);
  const saysItself = inlineFallbacks(all, givenTwice, stylesOf);

  for (const { element, hiddenFromWord } of elements) {
    const { attribs } = element;
    let place: Place | undefined | null = null;
    const here = () => {
      place = place === null ? placeOf(element) : place;
      return place;
    };
    const add = (slug: string, madeUpFor = false) => count(features, slug, madeUpFor, hiddenFromWord, here);
    // What the parser added is not in the mail.
    if (element.sourceCodeLocation)
      for (const slug of featuresOfElement(element.name, attribs)) {
        const filled = slug === 'html-video' && isFilled(element);
        add(slug, filled);
        if (filled) add('html-video:filled');
      }
    for (const name in attribs) {
      for (const slug of featuresOfAttribute(name, attribs[name] ?? '')) add(slug);
    }
    for (const address of [attribs.background, attribs.poster])
      if (address) for (const slug of featuresOfImage(address)) add(slug);
    if (backgrounds.length < placesAtMost && hasBackground(element)) {
      backgrounds.push({ width: sideOf(element, 'width'), height: sideOf(element, 'height'), at: here() });
    }
    if (element.name === 'img') for (const slug of featuresOfImage(attribs.src ?? '')) add(slug);
    if (attribs.style)
      for (const { slug, madeUpFor, at } of stylesOf(attribs.style)) {
        add(slug, madeUpFor || givenTwice(slug, attribs));
        if (slug === 'css-padding' && !padded.has(element.name) && isRoomy(at.snippet))
          add('css-padding:outside', madeUpFor || /mso-padding-alt/i.test(attribs.style));
      }
    if (element.name !== 'style') continue;
    for (const child of element.children) {
      if (child.type !== 'text') continue;
      styleCharacters += child.data.length;
      const from = child.sourceCodeLocation;
      const start = { line: from?.startLine ?? 1, column: from?.startCol ?? 1 };
      const uses = read(child.data, () => {
        const sheet = readSheet(child.data, start, parse);
        hiding.push(...hidingSelectors(sheet));
        return usesOfSheet(sheet, names, parse);
      });
      for (const { slug, madeUpFor, at, given } of uses) {
        const other = madeUpFor || (given !== undefined && saysItself(given, slug));
        count(features, slug, other, hiddenFromWord, () => inSource(at));
      }
    }
  }
  for (const { slug, ...spot } of marks) count(features, slug, false, false, () => inSource(spot));
  const page = elements.find(({ element }) => element.name === 'html')?.element;
  const types = submission.attachments.map(({ contentType }) => contentType);
  for (const slug of featuresOfMessage(page?.attribs ?? {}, types, submission.headers))
    count(features, slug, false, false, () => page && placeOf(page));
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
  tell(use.bare, place);
  if (!hiddenFromWord) tell(use.bareInWord, place);
}

function tell(tally: Growing['bare'], place: () => Place | undefined): void {
  tally.count += 1;
  if (tally.places.length >= placesAtMost) return;
  const at = place();
  if (at) tally.places.push(at);
}

/** Enough to find a picture or a word. */
const filledAtMost = 200;

/** Something stands in the element for programs that do not know it: a picture, or words. */
function isFilled(element: Element): boolean {
  const open = [...element.children];
  for (let seen = 0; seen < filledAtMost; seen += 1) {
    const node = open.shift();
    if (!node) return false;
    if (node.type === 'text' && node.data.trim() !== '') return true;
    if (!isElement(node)) continue;
    if (node.name === 'img' && node.attribs.src?.trim()) return true;
    open.unshift(...node.children.slice(0, filledAtMost));
  }
  return false;
}

/** What Word pads, or where nobody misses it. */
const padded = new Set(['td', 'th', 'html', 'body']);
/** CSS pixels of padding whose lack is seen; about half a line of text. */
const roomy = 10;

function isRoomy(declaration: string): boolean {
  return [...declaration.matchAll(/(\d{1,4})px/g)].some(([, pixels]) => Number(pixels) >= roomy);
}

function hasBackground({ attribs: { background, style } }: Element): boolean {
  return (
    Boolean(background?.trim()) || (style !== undefined && /url\(/i.test(style) && pictureBehind.test(style))
  );
}

const pictureBehind = /(?:^|;)\s{0,99}background(?:-image)?\s{0,9}:[^;]{0,999}\burl\(/i;

const behind = new Set(
  ['background-image', 'linear-gradient', 'radial-gradient', 'conic-gradient'].map((one) => `css-${one}`),
);

/** An attribute says the same as the style, for the programs that do not take the style. */
function givenTwice(slug: string, { align, bgcolor, width, height }: Record<string, string>): boolean {
  if (behind.has(slug)) return Boolean(bgcolor);
  if (slug === 'css-float') return Boolean(align);
  if (slug === 'css-unit-calc') return Boolean(width ?? height);
  return slug === 'css-max-width' && Boolean(width);
}
