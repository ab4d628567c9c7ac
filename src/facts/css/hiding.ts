/**
 * What is hidden, and what shows all the same: in Word neither `display:none` nor `mso-hide:all` reaches a table
 * that stands inside (caniemail.com, css-display-none; mjml, issue 1182).
 */
import { type Element, isElement } from '../../submission/markup.ts';
import { fold } from '../html/text.ts';
import type { Sheet } from './uses.ts';

/** As written in a style attribute. With !important the declaration is another matter: Word passes it over. */
const hides = /(?:^|;)\s{0,99}(?:display\s{0,9}:\s{0,9}none|mso-hide\s{0,9}:\s{0,9}all)\s{0,99}(?:;|$)/i;
const simple = /^(?:[a-z][\w-]*)?[.#][\w-]+$/i;
/** Nodes looked at for one page: hidden things may stand in each other, 500 deep. */
const nodesAtMost = 300_000;
/** White space longer than this hides what follows. */
const textLength = 2000;

/** By its own style attribute. */
export function hidesItself({ attribs }: Element): boolean {
  return attribs.style !== undefined && hides.test(attribs.style);
}

export interface Hiding {
  /** Surely hidden. */
  hides(element: Element): boolean;
  /** Hidden, or perhaps: a rule with ancestors in it ends on such an element. */
  mayHide(element: Element): boolean;
}

/** By the selectors of rules that hide, and by what an element says itself. */
export function hidingOf(selectors: Iterable<string>, itself: (element: Element) => boolean): Hiding {
  const [whole, last] = [new Set<string>(), new Set<string>()];
  for (const selector of selectors) {
    const text = selector.trim().toLowerCase();
    const end = text.split(/[\s>+~]/).at(-1) ?? '';
    if (simple.test(text)) whole.add(text);
    last.add(simple.test(end) || /^[a-z][\w-]*$/.test(end) ? end : '*');
  }
  const isIn = (set: ReadonlySet<string>, { name, attribs }: Element) => {
    if (set.size === 0) return false;
    const classes = (attribs.class ?? '').toLowerCase().split(/\s+/);
    const keys = [...classes.map((one) => `.${one}`), `#${attribs.id?.toLowerCase() ?? ''}`];
    return set.has('*') || set.has(name) || keys.some((key) => set.has(key) || set.has(`${name}${key}`));
  };
  return {
    hides: (element) => itself(element) || isIn(whole, element),
    mayHide: (element) => itself(element) || isIn(last, element),
  };
}

/** Selectors of the rules that hide, outside at-rules, which Word passes over. */
export function hidingSelectors({ text, tree: sheet }: Sheet): string[] {
  if (!/display\s{0,9}:\s{0,9}none|mso-hide/i.test(text) || sheet.type !== 'StyleSheet') return [];
  return sheet.children.toArray().flatMap((rule) => {
    if (rule.type !== 'Rule' || rule.prelude.type !== 'Raw') return [];
    const hiding = rule.block.children
      .toArray()
      .some(
        (node) =>
          node.type === 'Declaration' &&
          node.value.type === 'Raw' &&
          hides.test(`${node.property}:${node.value.value.trim()}`),
      );
    return hiding ? rule.prelude.value.split(',') : [];
  });
}

/** The outermost elements inside that hiding does not reach and that are surely not hidden themselves. */
export function uncoveredIn(
  hidden: Element,
  stopsAt: readonly string[],
  mayHide: (element: Element) => boolean,
  known: ReadonlyMap<Element, readonly Element[]>,
): Element[] {
  const found: Element[] = [];
  const waiting: Element[] = childrenOf(hidden);
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    const before = known.get(element);
    if (before) for (const one of before) found.push(one);
    else if (stopsAt.includes(element.name) && !mayHide(element)) found.push(element);
    else for (const child of childrenOf(element)) waiting.push(child);
  }
  return found;
}

/** Elements whose hiding leaves something with content in view; null: there is too much to look through. */
export function leaksOf(
  elements: readonly Element[],
  stopsAt: readonly string[],
  hiding: Hiding,
): Element[] | null {
  let left = nodesAtMost;
  const known = new Map<Element, readonly Element[]>();
  const leaks: Element[] = [];
  const present = new Set(elements);
  const mayHide = (element: Element) => !present.has(element) || hiding.mayHide(element);
  // The innermost first, so that nothing is searched again for each thing around it.
  for (const element of elements.toReversed()) {
    if (!hiding.hides(element)) continue;
    const uncovered = uncoveredIn(element, stopsAt, mayHide, known);
    known.set(element, uncovered);
    left -= uncovered.length;
    if (uncovered.some((one) => says(one))) leaks.push(element);
    if (left < 0) return null;
  }
  return leaks.toReversed();

  /** A text or a picture. */
  function says(element: Element): boolean {
    const waiting: Element[] = [element];
    for (let one = waiting.pop(); one && left >= 0; one = waiting.pop()) {
      left -= 1;
      if (one.name === 'img' && one.attribs.src) return true;
      if (one.children.some((child) => child.type === 'text' && fold(child.data.slice(0, textLength)) !== ''))
        return true;
      for (const child of childrenOf(one)) if (!mayHide(child)) waiting.push(child);
    }
    return false;
  }
}

/** The last first, so that a stack gives them in the order of the document. */
function childrenOf({ children }: Element): Element[] {
  return children.filter((child): child is Element => isElement(child)).toReversed();
}
