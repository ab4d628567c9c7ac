/**
 * One walk over the page, in reading order. What a reader sees, what each link says and which pictures show
 * are all found on the way, since a newsletter is read again and again and pages may be hostile.
 */
import { type Element, isElement } from '../../submission/markup.ts';
import { mergeElements } from '../message/merge-fields.ts';
import {
  enclosed,
  type Frame,
  type Inside,
  type OpenLink,
  outside,
  stillReading,
  type WalkedLink,
  within,
} from './frames.ts';
import { type Hiding, isDrawn, isListed, isMet, isSeen } from './hidden.ts';
import { Outline, type WalkedOutline } from './outline.ts';
import { blockOf, foldRun, type Node, Reading } from './text.ts';

export type { WalkedLink } from './frames.ts';

/** A piece of text, with the element it stands in. */
export interface Piece {
  text: string;
  element: Element | null;
  /** Shown as an example of code. */
  code: boolean;
  /** Hidden in the mail; lists of mails show it, or programs that pass over what hides it. */
  hidden: boolean;
  /** No word ends between the piece before and this one. */
  joined: boolean;
}

export interface Walk {
  /** Text in reading order, white space folded; hidden text left out. */
  text: string;
  links: WalkedLink[];
  /** `link`: which of the links it stands in. `before`: characters of the page's text before it. */
  images: { element: Element; hidden: boolean; link: WalkedLink | null; before: number }[];
  outline: WalkedOutline;
  /** Where the page says that its addresses begin. */
  base: string | null;
  anchors: Set<string>;
  pieces: Piece[];
  /** Elements that are merge fields. */
  fields: Element[];
  /** Seen elements whose attributes are shown or loaded. */
  labelled: Element[];
  /** The html and body elements, and the first one in the body. */
  outer: Element[];
  /** Text that no mail program shows: how much, and the first element of it. */
  unshown: { length: number; element: Element | null };
}

/** Links inside each other may all hold the same long text. */
const linkTextLength = 2000;
/** Characters of the beginning that lists of mails show. */
const previewLength = 200;

/** Walks without recursion: a tree may be as deep as the limits allow. */
export function walkHtml(root: Node, hidingOf: (element: Element) => Hiding): Walk {
  const page = new Reading();
  const outline = new Outline();
  const walk: Walk = {
    text: '',
    links: [],
    images: [],
    base: null,
    outline: outline.walked,
    anchors: new Set(),
    pieces: [],
    fields: [],
    labelled: [],
    outer: [],
    unshown: { length: 0, element: null },
  };
  let listed = 0;
  let joined = false;

  const say = (text: string, { hidden, links }: Inside) => {
    if (!hidden) page.add(text);
    for (const link of links) if (!hidden || link.hidden) link.reading.add(text);
  };

  const readText = (data: string, inside: Inside) => {
    const preview = inside.hidden && inside.listed && listed < previewLength;
    const met = isMet(inside);
    const unshown = !met && inside.element !== null && isListed(inside.element);
    // A style sheet may be megabytes long, and nothing of it is asked for.
    if (inside.silent && !met && !preview && !unshown && inside.links.length === 0) return;
    const text = foldRun(data);
    outline.read(text, inside);
    if (unshown) {
      const { length } = text.trim();
      if (length > 0) walk.unshown.element ??= inside.element;
      walk.unshown.length += length;
    }
    if (!met && !preview && inside.links.length === 0) return;
    if (!inside.hidden && text.trim() !== '') for (const link of inside.links) link.drawn = true;
    if ((preview || met) && text !== ' ' && text !== '') {
      const { element, code } = inside;
      walk.pieces.push({ text, element, code, hidden: inside.hidden, joined });
      joined = true;
      listed += text.length;
    }
    say(text, inside);
  };

  /** Notes an element, and tells what holds inside it. */
  const enter = (element: Element, around: Inside): Frame => {
    const { name, attribs } = element;
    const own = hidingOf(element);
    const inside = enclosed(around, own, element);
    if (attribs.id !== undefined || (name === 'a' && attribs.name !== undefined)) {
      walk.anchors.add(attribs.id ?? '').add(attribs.name ?? '');
    }
    const seen = isSeen(inside);
    if (walk.outer.length < 3 && isOuter(element)) walk.outer.push(element);
    if (name === 'img') {
      const link = inside.links.at(-1)?.link ?? null;
      walk.images.push({ element, hidden: inside.silent || !inside.visible, link, before: page.length });
      const alt = foldRun(attribs.alt ?? '');
      for (const link of inside.links) if (alt && (seen || link.hidden)) link.reading.add(` ${alt} `);
    }
    if (name === 'base') walk.base ??= attribs.href ?? null;
    if (inside.links.length > 0 && seen && isDrawn(element))
      for (const link of inside.links) link.drawn = true;
    if (mergeElements.has(name) && isMet(inside)) walk.fields.push(element);
    const { alt, title, background, bgcolor, style } = attribs;
    if ((style || alt || title || background || bgcolor || attribs['aria-label']) && isMet(inside))
      walk.labelled.push(element);
    inside.block = blockOf(name);
    if (inside.block) part(inside);
    if (name === 'a' || name === 'area') openLink(element, inside);
    inside.leave = outline.enter(element, inside);
    return inside;
  };

  const part = (inside: Inside) => {
    joined = false;
    say(' ', inside);
  };

  // No function of its own for each element: there are thousands of them.
  const leave = (frame: Frame) => {
    if (frame.block) part(frame);
    const { link: open } = frame;
    if (open) {
      open.link.text = open.reading.take();
      if (open.drawn) open.link.span = [frame.start, page.length];
    }
    frame.leave?.();
  };

  const openLink = (element: Element, inside: Frame) => {
    const drawn = isSeen(inside) && isDrawn(element);
    const reading = new Reading(linkTextLength);
    const link: WalkedLink = { element, text: '', span: null };
    const open: OpenLink = { link, reading, nodes: 0, hidden: inside.hidden, drawn };
    walk.links.push(link);
    inside.links = [...inside.links, open];
    inside.link = open;
    inside.start = page.length;
  };

  const stack: Frame[] = [within(root, outside)];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const node = top.children[top.next];
    top.next += 1;
    if (!node) {
      leave(top);
      stack.pop();
      continue;
    }
    if (top.links.length > 0) top.links = stillReading(top.links);
    if (node.type === 'text') readText(node.data ?? '', top);
    else if (isElement(node)) stack.push(enter(node, top));
    // What is in a template hangs on a fragment of its own.
    else if (node.children) stack.push(within(node, top));
  }
  walk.text = page.take();
  outline.take();
  return walk;
}

function isOuter({ name, parent }: Element): boolean {
  return name === 'html' || name === 'body' || (!!parent && isElement(parent) && parent.name === 'body');
}
