/** The text of a page as a reader gets it: in order, without what is hidden, white space folded. */
import { type Element, isElement } from '../submission/markup.ts';

interface Node {
  type: string;
  data?: string;
  children?: Node[];
}

const unseen = new Set(['script', 'style', 'head', 'template', 'title', 'noembed', 'noframes', 'iframe']);
/** Between these no word ends. */
const inline = new Set(
  'a abbr acronym b bdi bdo big cite code dfn em font i ins kbd mark nobr q s samp small span strike strong sub sup tt u var wbr'.split(
    ' ',
  ),
);
/** Longer ones say it in the beginning, or are hostile. */
const styleLength = 4000;
/** Many links and images ask about the same elements around and inside them. */
const known = new WeakMap<Element, boolean>();
const undisplayed = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b/i;

/** True for an element that keeps all that is in it from readers, as far as its own tag tells. */
export function isHidden(element: Element): boolean {
  const before = known.get(element);
  if (before !== undefined) return before;
  const { hidden, style } = element.attribs;
  const byStyle = !!style && undisplayed.test(style.slice(0, styleLength));
  const result = unseen.has(element.name) || hidden !== undefined || byStyle;
  known.set(element, result);
  return result;
}

/** A link of more nodes than this has said what it has to say. */
const nodesOfLink = 2000;

/**
 * `images`: their alternative text counts as text. `length`: characters after which it stops, where a page
 * can make many ask for the same text. Walks without recursion: a tree may be as deep as the limits allow.
 */
export function readText(
  root: Node,
  { images = false, length = Number.POSITIVE_INFINITY }: { images?: boolean; length?: number } = {},
): string {
  const pieces: string[] = [];
  let collected = 0;
  let visited = 0;
  const nodesAtMost = length === Number.POSITIVE_INFINITY ? length : nodesOfLink;
  const stack: (Node | string)[] = [root];
  while (stack.length > 0 && collected < length && visited < nodesAtMost) {
    const node = stack.pop();
    if (node === undefined) break;
    visited += 1;
    const text = typeof node === 'string' ? node : node.type === 'text' ? (node.data ?? '') : '';
    // A page can hold megabytes of text inside hundreds of links.
    pieces.push(text.length > length ? text.slice(0, length) : text);
    collected += text.length;
    if (typeof node === 'string' || !node.children) continue;
    if (isElement(node)) {
      if (node !== root && isHidden(node)) continue;
      if (images && node.name === 'img') stack.push(` ${node.attribs.alt ?? ''} `);
      if (!inline.has(node.name)) {
        pieces.push(' ');
        stack.push(' ');
      }
    }
    for (let i = node.children.length - 1; i >= 0; i -= 1) {
      const child = node.children[i];
      if (child) stack.push(child);
    }
  }
  const text = fold(pieces.join(''));
  return text.length > length ? text.slice(0, length).toWellFormed() : text;
}

/** White space and the invisible characters that preheaders are padded with. */
const blank = /(?:\p{Default_Ignorable_Code_Point}|[\s\u2800])+/gu;

/** Each run of blanks becomes one space; none at the ends. */
export function fold(text: string): string {
  return text.replace(blank, ' ').trim();
}
