/** How the words of a page are dressed: text in the colour of what is behind it, huge letters, and forms. */
import type { Place } from '../../place.ts';
import { type Element, elementsOf, isElement, type Markup } from '../../submission/markup.ts';
import type { Places } from '../html/places.ts';
import type { Walk } from '../html/walk.ts';

export interface Dress {
  /** Text that has exactly the colour of its background, or letters too small to be seen. */
  faint: { text: string; kind: 'colour' | 'size'; at: Place | undefined }[];
  /** Characters that no mail program shows, beside what stands in styles and the like. */
  unshown: { length: number; at: Place | undefined };
  /** Letters of `<font size>` 5 and more. */
  huge: { count: number; at: Place | undefined };
  forms: { count: number; password: boolean; at: Place | undefined };
}

const undressed: Dress = {
  faint: [],
  unshown: { length: 0, at: undefined },
  huge: { count: 0, at: undefined },
  forms: { count: 0, password: false, at: undefined },
};

const faintAtMost = 20;
const quoteLength = 80;
/** Longer ones say it in the beginning, or are hostile. */
const styleLength = 2000;
const ancestorsAtMost = 30;
const control = new Set(['form', 'input', 'textarea', 'select']);
/** Without a form they send nothing: galleries and menus of CSS alone are switched with them. */
const switches = /^(?:radio|checkbox)$/i;
const colour = /(?:^|;)\s{0,9}color\s{0,9}:\s{0,9}(#[0-9a-f]{3,6}|[a-z]{3,20})/i;
const background =
  /(?:^|;)\s{0,9}background(?:-color)?\s{0,9}:\s{0,9}(#[0-9a-f]{3,6}|[a-z]{3,20})\s{0,9}(?:!important\s{0,9})?(?:;|$)/i;
const picture = /background[a-z-]{0,20}\s{0,9}:[^;]{0,200}(?:url|gradient)\(/i;
const word = /[\p{L}\p{N}]{2}/u;
/** What is left of a conditional comment that a tool has written as text: nobody hides it, and it says nothing. */
const debris = /<\\?!(?:--)?|\[(?:if\b[^\]]{0,80}|endif)\]|-->/gi;
/** Below 3 px nobody reads. */
const tiny =
  /(?:^|;)\s{0,9}font-size\s{0,9}:\s{0,9}(?:0|0?\.\d{1,3}|[12](?:\.\d{1,3})?)(?:px|pt|em|%)?\s{0,9}(?:!important\s{0,9})?(?:;|$)/i;
/** What preview texts have beside: they are hidden on purpose, and short. */
const previewed =
  /display\s{0,9}:\s{0,9}none|mso-hide|max-height\s{0,9}:\s{0,9}0|opacity\s{0,9}:\s{0,9}0|visibility/i;

/** Looks at each seen piece of text once, and at the elements once. */
export function dressOf(markup: Markup | null, walk: Walk | null, placeOf: Places): Dress {
  if (!markup || !walk) return undressed;
  const { unshown } = walk;
  return {
    faint: faintOf(walk, placeOf),
    unshown: { length: unshown.length, at: unshown.element ? placeOf(unshown.element) : undefined },
    ...elementsWorn(markup, placeOf),
  };
}

function faintOf(walk: Walk, placeOf: Places): Dress['faint'] {
  const found: Dress['faint'] = [];
  const known = new Map<Element, 'colour' | 'size' | undefined>();
  const styles = createReader();
  for (const { text, element, hidden } of walk.pieces) {
    if (!element || found.length >= faintAtMost || !word.test(text)) continue;
    if (!known.has(element)) known.set(element, faintness(element, styles));
    const kind = known.get(element);
    if ((kind === 'size' || (kind && !hidden)) && word.test(text.replace(debris, ' ')))
      found.push({ text: text.trim().slice(0, quoteLength), kind, at: placeOf(element) });
  }
  return found;
}

interface StyleRead {
  tiny: boolean;
  picture: boolean;
  /** `hex`: undefined where another kind of colour is written. */
  colour: Written | undefined;
  background: Written | undefined;
}

interface Written {
  hex: string | undefined;
}

function writtenIn(text: string, pattern: RegExp): Written | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : { hex: hex(found) };
}

/** Each style is read once: most of them stand on many elements, and what is around is asked for again and again. */
function createReader(): (style: string) => StyleRead {
  const known = new Map<string, StyleRead>();
  return (style) => {
    const before = known.get(style);
    if (before) return before;
    const text = style.slice(0, styleLength);
    const read = {
      tiny: tiny.test(text) && !previewed.test(text),
      picture: picture.test(text),
      colour: writtenIn(text, colour),
      background: writtenIn(text, background),
    };
    known.set(style, read);
    return read;
  };
}

/** Style sheets may change either, so where classes have a say nothing is said. */
function faintness(element: Element, styles: (style: string) => StyleRead): 'colour' | 'size' | undefined {
  let own: string | undefined;
  let at: Element | null = element;
  for (let i = 0; at && i < ancestorsAtMost; i += 1) {
    const { style = '', color, bgcolor, background: image, class: named } = at.attribs;
    const read = styles(style);
    if (i === 0 && read.tiny) return 'size';
    own ??= read.colour ? read.colour.hex : hex(at.name === 'font' ? color : undefined);
    if (image || read.picture) return undefined;
    const behind = read.background ? read.background.hex : hex(bgcolor);
    if (behind) return own === behind ? 'colour' : undefined;
    if (named && i > 0) return undefined;
    const { parent }: Element = at;
    at = parent && isElement(parent) ? parent : null;
  }
  return undefined;
}

const named: Record<string, string> = { white: '#ffffff', black: '#000000' };

function hex(written: string | undefined): string | undefined {
  const small = written?.trim().toLowerCase();
  if (!small) return undefined;
  const long = named[small] ?? small.replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/, '#$1$1$2$2$3$3');
  return /^#[0-9a-f]{6}$/.test(long) ? long : undefined;
}

function elementsWorn(markup: Markup, placeOf: Places): Pick<Dress, 'huge' | 'forms'> {
  const huge: Dress['huge'] = { count: 0, at: undefined };
  const forms: Dress['forms'] = { count: 0, password: false, at: undefined };
  let [switched, inForm] = [0, false];
  for (const element of elementsOf(markup)) {
    const { name, attribs } = element;
    if (name === 'font' && /^\s{0,9}(?:[567]|\+[2-7])/.test(attribs.size ?? '')) {
      huge.count += 1;
      huge.at ??= placeOf(element);
    }
    if (!control.has(name) || /^hidden$/i.test(attribs.type ?? '')) continue;
    if (name === 'input' && switches.test(attribs.type ?? '') && attribs.form === undefined) {
      switched += 1;
      continue;
    }
    forms.count += 1;
    inForm ||= name === 'form';
    forms.at ??= placeOf(element);
    forms.password ||= /^password$/i.test(attribs.type ?? '');
  }
  if (inForm) forms.count += switched;
  return { huge, forms };
}
