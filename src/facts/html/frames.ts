/** What holds at each place of the walk: around an element, inside it, and for the links that it stands in. */
import type { Element } from '../../submission/markup.ts';
import { type Hiding, isListed, openSight, type Sight, sightIn } from './hidden.ts';
import type { Node, Reading } from './text.ts';

/** A link's own text, kept apart from the page's. */
export interface WalkedLink {
  element: Element;
  text: string;
  /** Where its own text begins and ends in the page's; null for one that no reader sees. */
  span: readonly [number, number] | null;
}

/** A link of more nodes than this has said what it has to say. */
const nodesOfLink = 2000;

/** What is shown as an example: merge fields there are written about, not forgotten. */
const code = new Set(['code', 'kbd', 'samp', 'textarea']);

export interface OpenLink {
  link: WalkedLink;
  reading: Reading;
  nodes: number;
  /** It is hidden as a whole; its text is read all the same, to know what it is for. */
  hidden: boolean;
  /** A reader sees something in it. */
  drawn: boolean;
}

/** What holds for all that stands in one element. */
export interface Inside extends Sight {
  element: Element | null;
  code: boolean;
  /** Lists of mails show it, were it among the first words. */
  listed: boolean;
  /** Links whose text it is: those around it with nothing hidden between. */
  links: readonly OpenLink[];
}

export interface Frame extends Inside {
  children: readonly Node[];
  next: number;
  /** A word ends where it begins and ends. */
  block: boolean;
  /** The link that it is, and where in the page's text it begins. */
  link: OpenLink | undefined;
  start: number;
  /** What the outline does where it ends. */
  leave: (() => void) | undefined;
}

const noLinks: readonly OpenLink[] = [];

export const outside: Inside = { ...openSight, element: null, code: false, listed: true, links: [] };

/** One object of one shape for each element, written out: there is nothing that a page has more of. */
export function enclosed(around: Inside, own: Hiding, element: Element): Frame {
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
    links: own.shut ? noLinks : around.links,
    children: (element as Node).children ?? [],
    next: 0,
    block: false,
    link: undefined,
    start: 0,
    leave: undefined,
  };
}

/** What is no element changes nothing for what it holds. */
export function within(node: Node, inside: Inside): Frame {
  const { hidden, shut, visible, sized, gone, perhapsVisible, silent, element, code, listed, links } = inside;
  const own = { children: node.children ?? [], next: 0, block: false, link: undefined, start: 0 };
  return {
    hidden,
    shut,
    visible,
    sized,
    gone,
    perhapsVisible,
    silent,
    element,
    code,
    listed,
    links,
    ...own,
    leave: undefined,
  };
}

/** Counts one more node for each link that reads on; those that have said enough fall away. */
export function stillReading(links: readonly OpenLink[]): readonly OpenLink[] {
  let full = false;
  for (const link of links) {
    link.nodes += 1;
    // What is read no further may show all the same.
    if (link.nodes > nodesOfLink) link.drawn ||= !link.hidden;
    full ||= link.nodes > nodesOfLink || link.reading.full;
  }
  return full ? links.filter(({ nodes, reading }) => nodes <= nodesOfLink && !reading.full) : links;
}
