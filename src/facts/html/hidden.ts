/** Which elements keep what is in them from readers: by their own tag, their style attribute, and style elements. */
import { type Element, elementsOf, type Markup } from '../../submission/markup.ts';
import { type InlineStyle, readInline, unstyled } from './inline-style.ts';
import { does, readSheets } from './sheets.ts';
import { blockOf } from './text.ts';

/** What one element does to all that is in it. */
export interface Hiding {
  /** Readers see nothing of it, whatever stands inside. */
  shut: boolean;
  /** Those who have the mail read aloud get nothing of it either. */
  silent: boolean;
  /** No mail program on any screen draws it: to be sure of that takes more. */
  gone: boolean;
  /** null: as around it. What is not visible may hold what is. */
  visible: boolean | null;
  /** The same, where one screen on which it shows is enough. */
  perhapsVisible: boolean | null;
  /** Its letters have a size; null: as around it. */
  sized: boolean | null;
}

const plain: Hiding = {
  shut: false,
  silent: false,
  gone: false,
  visible: null,
  perhapsVisible: null,
  sized: null,
};
const never: Hiding = { ...plain, shut: true, silent: true, gone: true };
const unseen = new Set(['script', 'style', 'head', 'template', 'title', 'noembed', 'noframes', 'iframe']);
/** They grow with what they hold, whatever height is written on them. */
const growing = new Set('table tbody thead tfoot tr td th caption col colgroup'.split(' '));
/** Programs give them letters of a size of their own. */
const controls = new Set(['button', 'input', 'select', 'textarea']);

/** True for an element that is hidden by its style alone: lists of mails show its text all the same. */
export function isListed({ name, attribs }: Element): boolean {
  return !unseen.has(name) && attribs.hidden === undefined;
}

/** Reads the style elements of a page, and tells of each element how it hides. Each style is read once. */
export function hidingOf(markup: Markup): (element: Element) => Hiding {
  const sheets = readSheets(elementsOf(markup).filter(isApplied));
  const quirks = markup.root['x-mode'] === 'quirks';
  // As many as the page has elements, and of one text however often misnested elements repeat it.
  const known = new Map<string, InlineStyle>();
  const inlineOf = (style: string | undefined): InlineStyle => {
    if (!style) return unstyled;
    let inline = known.get(style);
    if (!inline) {
      inline = readInline(style);
      known.set(style, inline);
    }
    return inline;
  };

  return (element) => {
    const { name, attribs } = element;
    if (unseen.has(name)) return never;
    const own = inlineOf(attribs.style);
    const effects = sheets.effects(element);
    const bySheet = sheets.hides(element);
    const resized = controls.has(name) || (quirks && name === 'table');
    if (own === unstyled && effects === 0 && bySheet === 'no' && attribs.hidden === undefined && !resized)
      return plain;
    const can = (effect: number) => (effects & effect) !== 0;

    const { display } = own;
    const undisplayed = display ? display.value === 'none' : attribs.hidden !== undefined;
    const wins = bySheet !== 'no' && !can(does.shows) && (!display || isStronger(bySheet, display));
    const silent = undisplayed && !(display && !display.important && can(does.forcesAlways));
    const clipped = own.faded || own.away || (own.empty && isBox(name, own));
    return {
      shut: silent || wins || (clipped && !can(does.loosens)),
      silent,
      // The hidden attribute and style elements are dropped by some programs.
      gone: silent && display !== undefined && (display.important || !can(does.forces)),
      visible: own.visible ?? (can(does.makesVisible) ? true : null),
      perhapsVisible: can(does.makesVisible) ? true : own.visible,
      sized: own.sized ?? (resized || can(does.sizes) ? true : null),
    };
  };
}

function isStronger(bySheet: 'plain' | 'important', display: { important: boolean }): boolean {
  return bySheet === 'important' && !display.important;
}

/** Width and height do nothing to what stands in a line, and nothing that hides to a part of a table. */
function isBox(name: string, { boxed }: InlineStyle): boolean {
  return boxed ?? (blockOf(name) && !growing.has(name));
}

/** What a template holds is no part of the page. */
function isApplied(element: Element): boolean {
  if (element.name !== 'style') return false;
  for (let at: Element['parent'] = element.parent; at; at = at.parent)
    if ('name' in at && at.name === 'template') return false;
  return true;
}

/** What is something to see and to tap, also without words. */
const drawn = new Set(['area', 'button', 'canvas', 'input', 'object', 'select', 'svg', 'textarea', 'video']);
const coloured = /\b(?:background|border)[a-z-]{0,30}:\s{0,9}(?!none|0|transparent|inherit)[^\s;]/i;
/** Longer ones say it in the beginning, or are hostile. */
const styleLength = 4000;

/** There is something to see of the element itself, whatever it holds. */
export function isDrawn({ name, attribs }: Element): boolean {
  const { style, background, bgcolor, src, srcset } = attribs;
  if (drawn.has(name) || background || bgcolor) return true;
  if (name === 'img' && (src?.trim() || srcset)) return true;
  return style !== undefined && coloured.test(style.slice(0, styleLength));
}

/** What is seen of all that stands in one place, by what is around it. */
export interface Sight {
  /** No reader sees text in it. */
  hidden: boolean;
  /** For good: nothing that stands inside changes that. */
  shut: boolean;
  visible: boolean;
  sized: boolean;
  /** No mail program draws it on any screen, for good; and as things are here. */
  gone: boolean;
  perhapsVisible: boolean;
  /** Hidden from those who have the mail read aloud as well as from the rest. */
  silent: boolean;
}

export const openSight: Sight = {
  hidden: false,
  shut: false,
  visible: true,
  sized: true,
  gone: false,
  perhapsVisible: true,
  silent: false,
};

/** Inside an element. */
export function sightIn(around: Sight, own: Hiding, { attribs }: Element): Sight {
  const shut = around.shut || own.shut;
  const visible = own.visible ?? around.visible;
  const sized = own.sized ?? around.sized;
  return {
    hidden: shut || !visible || !sized,
    shut,
    visible,
    sized,
    gone: around.gone || own.gone,
    perhapsVisible: own.perhapsVisible ?? around.perhapsVisible,
    silent: around.silent || own.silent || attribs['aria-hidden'] === 'true',
  };
}

/** A picture is seen there, whatever size letters have. */
export function isSeen({ shut, visible }: Sight): boolean {
  return !shut && visible;
}

/** One screen on which it is drawn is enough for somebody to meet a merge field. */
export function isMet({ gone, perhapsVisible }: Sight): boolean {
  return !gone && perhapsVisible;
}
