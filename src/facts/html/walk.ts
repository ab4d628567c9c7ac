/**
 * One walk over the page, in reading order. What a reader sees, what each link says and which pictures show
 * are all found on the way, since a newsletter is read again and again and pages may be hostile.
 */
import { type Element, isElement } from '../../submission/markup.ts';
import { mergeElements } from '../message/merge-fields.ts';
import { type Hiding, isDrawn, isListed, isMet, isSeen, openSight, type Sight, sightIn } from './hidden.ts';
import { Outline, type WalkedOutline } from './outline.ts';
import { blockOf, foldRun, type Node, Reading } from './text.ts';

/** A link's own text, kept apart from the page's. */
export interface WalkedLink {
  element: Element;
  text: string;
  /** Where its own text begins and ends in the page's; null for one that no reader sees. */
  span: readonly [number, number] | null;
}

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
/** A link of more nodes than this has said what it has to say. */
const nodesOfLink = 2000;

/** Characters of the beginning that lists of mails show. */
const previewLength = 200;

/** What is shown as an example: merge fields there are written about, not forgotten. */
const code = new Set(['code', 'pre', 'kbd', 'samp', 'textarea']);

interface OpenLink {
  link: WalkedLink;
  reading: Reading;
  nodes: number;
  /** It is hidden as a whole; its text is read all the same, to know what it is for. */
  hidden: boolean;
  /** A reader sees something in it. */
  drawn: boolean;
}

/** What holds for all that stands in one element. */
interface Inside extends Sight {
  element: Element | null;
  code: boolean;
  /** Lists of mails show it, were it among the first words. */
  listed: boolean;
  /** Links whose text it is: those around it with nothing hidden between. */
  links: readonly OpenLink[];
}

interface Frame extends Inside {
  children: readonly Node[];
  next: number;
  leave: (() => void) | undefined;
}

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
    const { alt, title, background, style } = attribs;
    if ((style || alt || title || background || attribs['aria-label']) && isMet(inside))
      walk.labelled.push(element);
    if (blockOf(name)) {
      const part = () => {
        joined = false;
        say(' ', inside);
      };
      part();
      inside.leave = part;
    }
    if (name === 'a' || name === 'area') openLink(element, inside);
    const leaveOutline = outline.enter(element, inside);
    if (leaveOutline) {
      const { leave } = inside;
      inside.leave = () => {
        leave?.();
        leaveOutline();
      };
    }
    return inside;
  };

  const openLink = (element: Element, inside: Frame) => {
    const leaveBlock = inside.leave;
    const drawn = isSeen(inside) && isDrawn(element);
    const reading = new Reading(linkTextLength);
    const link: WalkedLink = { element, text: '', span: null };
    const open: OpenLink = { link, reading, nodes: 0, hidden: inside.hidden, drawn };
    const start = page.length;
    walk.links.push(link);
    inside.links = [...inside.links, open];
    inside.leave = () => {
      leaveBlock?.();
      link.text = open.reading.take();
      if (open.drawn) link.span = [start, page.length];
    };
  };

  const stack: Frame[] = [within(root, outside)];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const node = top.children[top.next];
    top.next += 1;
    if (!node) {
      top.leave?.();
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

const outside: Inside = { ...openSight, element: null, code: false, listed: true, links: [] };

/** One object of one shape for each element, written out: there is nothing that a page has more of. */
function enclosed(around: Inside, own: Hiding, element: Element): Frame {
  const { hidden, shut, visible, sized, gone, perhapsVisible, silent } = sightIn(around, own, element);
  return {
    hidden,
    shut,
    visible,
    sized,
    gone,
    perhapsVisible,
    silent,
    element,
    code: around.code || code.has(element.name),
    listed: around.listed && isListed(element),
    links: own.shut ? [] : around.links,
    children: (element as Node).children ?? [],
    next: 0,
    leave: undefined,
  };
}

/** What is no element changes nothing for what it holds. */
function within(node: Node, inside: Inside): Frame {
  return { ...inside, children: node.children ?? [], next: 0, leave: undefined };
}

/** Counts one more node for each link that reads on; those that have said enough fall away. */
function stillReading(links: readonly OpenLink[]): readonly OpenLink[] {
  let full = false;
  for (const link of links) {
    link.nodes += 1;
    // What is read no further may show all the same.
    if (link.nodes > nodesOfLink) link.drawn ||= !link.hidden;
    full ||= link.nodes > nodesOfLink || link.reading.full;
  }
  return full ? links.filter(({ nodes, reading }) => nodes <= nodesOfLink && !reading.full) : links;
}

function isOuter({ name, parent }: Element): boolean {
  return name === 'html' || name === 'body' || (!!parent && isElement(parent) && parent.name === 'body');
}
