/**
 * One walk over the page, in reading order. What a reader sees, what each link says and which pictures show
 * are all found on the way, since a newsletter is read again and again and pages may be hostile.
 */
import { type Element, isElement } from '../../submission/markup.ts';
import { mergeElements } from '../message/merge-fields.ts';
import { blockOf, foldRun, isHidden, type Node, Reading } from './text.ts';

/** A link's own text, kept apart from the page's. */
export interface WalkedLink {
  element: Element;
  text: string;
  /** Where its own text begins and ends in the page's; null for one that no reader sees. */
  span: readonly [number, number] | null;
}

export interface Walk {
  /** Text in reading order, white space folded; hidden text left out. */
  text: string;
  links: WalkedLink[];
  images: { element: Element; hidden: boolean }[];
  anchors: Set<string>;
  /** Pieces of text that a reader sees, each with the element it stands in; `code`: shown as an example of code. */
  pieces: { text: string; element: Element | null; code: boolean }[];
  /** Elements that are merge fields. */
  fields: Element[];
  /** The html and body elements, and the first one in the body. */
  outer: Element[];
}

/** Links inside each other may all hold the same long text. */
const linkTextLength = 2000;
/** A link of more nodes than this has said what it has to say. */
const nodesOfLink = 2000;

/** What is shown as an example: merge fields there are written about, not forgotten. */
const code = new Set(['code', 'pre', 'kbd', 'samp', 'textarea']);

interface OpenLink {
  reading: Reading;
  nodes: number;
}

/** What holds for all that stands in one element. */
interface Inside {
  element: Element | null;
  /** No reader sees it. */
  hidden: boolean;
  /** Hidden from those who have the mail read aloud as well as from the rest. */
  silent: boolean;
  code: boolean;
  /** Links whose text it is: those around it with nothing hidden between. */
  links: readonly OpenLink[];
}

interface Frame extends Inside {
  children: readonly Node[];
  next: number;
  leave: (() => void) | undefined;
}

/** Walks without recursion: a tree may be as deep as the limits allow. */
export function walkHtml(root: Node): Walk {
  const page = new Reading();
  const walk: Walk = {
    text: '',
    links: [],
    images: [],
    anchors: new Set(),
    pieces: [],
    fields: [],
    outer: [],
  };

  const say = (text: string, { hidden, links }: Inside) => {
    if (!hidden) page.add(text);
    for (const { reading } of links) reading.add(text);
  };

  const readText = (data: string, inside: Inside) => {
    if (inside.hidden && inside.links.length === 0) return;
    const text = foldRun(data);
    if (!inside.hidden && text !== ' ') {
      walk.pieces.push({ text, element: inside.element, code: inside.code });
    }
    say(text, inside);
  };

  /** Notes an element, and tells what holds inside it. */
  const enter = (element: Element, around: Inside): Frame => {
    const { name, attribs } = element;
    const shut = isHidden(element);
    const inside: Frame = {
      children: (element as Node).children ?? [],
      next: 0,
      leave: undefined,
      element,
      hidden: around.hidden || shut,
      silent: around.silent || shut || attribs['aria-hidden'] === 'true',
      code: around.code || code.has(name),
      links: shut ? [] : around.links,
    };
    if (attribs.id !== undefined || (name === 'a' && attribs.name !== undefined)) {
      walk.anchors.add(attribs.id ?? '').add(attribs.name ?? '');
    }
    if (walk.outer.length < 3 && isOuter(element)) walk.outer.push(element);
    if (name === 'img') {
      walk.images.push({ element, hidden: inside.silent });
      const alt = attribs.alt;
      if (alt) for (const { reading } of inside.links) reading.add(` ${foldRun(alt)} `);
    }
    if (mergeElements.has(name) && !inside.hidden) walk.fields.push(element);
    if (blockOf(name)) {
      say(' ', inside);
      inside.leave = () => say(' ', inside);
    }
    if (name === 'a' || name === 'area') openLink(element, inside);
    return inside;
  };

  const openLink = (element: Element, inside: Frame) => {
    const leaveBlock = inside.leave;
    const open: OpenLink = { reading: new Reading(linkTextLength), nodes: 0 };
    const link: WalkedLink = { element, text: '', span: null };
    const start = page.length;
    walk.links.push(link);
    inside.links = [...inside.links, open];
    inside.leave = () => {
      leaveBlock?.();
      link.text = open.reading.take();
      if (!inside.hidden) link.span = [start, page.length];
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
  return walk;
}

const outside: Inside = { element: null, hidden: false, silent: false, code: false, links: [] };

/** What is no element changes nothing for what it holds. */
function within(node: Node, { element, hidden, silent, code, links }: Inside): Frame {
  return { children: node.children ?? [], next: 0, leave: undefined, element, hidden, silent, code, links };
}

/** Counts one more node for each link that reads on; those that have said enough fall away. */
function stillReading(links: readonly OpenLink[]): readonly OpenLink[] {
  let full = false;
  for (const link of links) {
    link.nodes += 1;
    full ||= link.nodes > nodesOfLink || link.reading.full;
  }
  return full ? links.filter(({ nodes, reading }) => nodes <= nodesOfLink && !reading.full) : links;
}

function isOuter({ name, parent }: Element): boolean {
  return name === 'html' || name === 'body' || (!!parent && isElement(parent) && parent.name === 'body');
}
