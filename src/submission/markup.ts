/** HTML text becomes a document, once, within bounds: a hostile page must not cost more than its size. */
import type { CheerioAPI } from 'cheerio';
// Without its own parsers and its HTTP client: a third of the time to load.
import { load } from 'cheerio/slim';
import { type Document, Element, type ParentNode } from 'domhandler';
import { Parser } from 'parse5';
import { adapter } from 'parse5-htmlparser2-tree-adapter';
import { keptOn } from './kept.ts';
import { longDataOf, textStates } from './long-data.ts';

export interface Markup {
  html: string;
  root: Document;
}

export interface MarkupLimits {
  /** Elements and comments a document may have. */
  elements: number;
  /** Attributes of all of them together. */
  attributes: number;
  /** How deep they may nest. */
  depth: number;
  /** Characters of text, that of styles and scripts included. */
  textLength: number;
}

/** Attributes of one tag. The parser compares each new one with all before it, so the cost is the square. */
export const attributesOfTag = 1000;
/** Places that lists of children may be shifted by while misnested tags are put right. */
const shiftsOfAll = 500_000_000;
/** Characters between two looks at the tag that is being read. */
const pieceLength = 16_384;

export type Bound = 'elements' | 'depth' | 'attributes' | 'text';

/** As much of the tokenizer as is looked at, or put right. */
interface Reading {
  currentToken: { attrs?: unknown[] } | null;
  preprocessor: { droppedBufferSize: number; lineStartPos: number };
}

class Exceeded extends Error {
  readonly bound: Bound;
  constructor(bound: Bound) {
    super(bound);
    this.bound = bound;
  }
}

/**
 * Parses as a browser without scripts does (WHATWG HTML), with source positions on every element. The limits
 * are checked while the tree grows, since reopened formatting elements can make it far larger than its source.
 */
export function parseMarkup(
  html: string,
  limits: MarkupLimits,
): { ok: true; markup: Markup } | { ok: false; bound: Bound } {
  const data = longDataOf(html);
  const parser = new Parser({
    sourceCodeLocationInfo: true,
    scriptingEnabled: false,
    treeAdapter: boundedAdapter(limits, data?.restored),
  });
  const { tokenizer } = parser;
  // Not public in its types; the tag being read is the one place where a flood of attributes can be seen.
  const reading = tokenizer as unknown as Reading;
  const write = (text: string) => {
    for (let at = 0; at < text.length; at += pieceLength) {
      tokenizer.write(text.slice(at, at + pieceLength), false);
      if ((reading.currentToken?.attrs?.length ?? 0) > attributesOfTag) throw new Exceeded('attributes');
    }
  };
  try {
    let from = 0;
    for (const { start, end, standIn } of data?.runs ?? []) {
      write(html.slice(from, start));
      from = start;
      // What the letters are to the parser can be told only here, where it has read all before them.
      if (!textStates.has(tokenizer.state)) continue;
      write(standIn);
      from = end;
      // Places count what stands in the page, not what stood in for it.
      const cut = end - start - standIn.length;
      reading.preprocessor.droppedBufferSize += cut;
      reading.preprocessor.lineStartPos -= cut;
    }
    write(html.slice(from));
    tokenizer.write('', true);
    return { ok: true, markup: { html, root: parser.document as Document } };
  } catch (error) {
    if (error instanceof Exceeded) return { ok: false, bound: error.bound };
    throw error;
  }
}

/** The tree itself, to be searched and changed by selectors. Not for each audit: its trees would outlive their time. */
export function documentOf({ root }: Markup): CheerioAPI {
  return load(root);
}

/** How deep a node stands. On the node itself: a map beside a hundred thousand of them costs a fifth of the parse. */
const depthKey = Symbol('depth');
type Deep = object & { [depthKey]?: number };

function boundedAdapter(limits: MarkupLimits, restored?: (text: string) => string): typeof adapter {
  let nodes = 0;
  let attributes = 0;
  const count = () => {
    nodes += 1;
    if (nodes > limits.elements) throw new Exceeded('elements');
  };
  let characters = 0;
  const read = (text: string) => {
    characters += text.length;
    if (characters > limits.textLength) throw new Exceeded('text');
  };
  let shifts = 0;
  const shift = (parent: ParentNode) => {
    shifts += parent.children.length;
    if (shifts > shiftsOfAll) throw new Exceeded('elements');
  };
  const enter = (parent: Deep, child: { type: string }) => {
    const depth = (parent[depthKey] ?? 0) + 1;
    if (depth > limits.depth) throw new Exceeded('depth');
    if (!isElement(child)) return;
    (child as Deep)[depthKey] = depth;
    // What is in a template hangs on a fragment of its own, which it got before it had a place in the tree.
    const fragment = child.name === 'template' ? child.children[0] : undefined;
    if (fragment) (fragment as Deep)[depthKey] = depth + 1;
  };
  return {
    ...adapter,
    createElement(tagName, namespaceURI, attrs) {
      count();
      attributes += attrs.length;
      if (attrs.length > attributesOfTag || attributes > limits.attributes) throw new Exceeded('attributes');
      if (restored) for (const one of attrs) one.value = restored(one.value);
      return elementOf(tagName, namespaceURI, attrs);
    },
    createCommentNode(data) {
      count();
      return adapter.createCommentNode(restored ? restored(data) : data);
    },
    appendChild(parent, child) {
      enter(parent, child);
      adapter.appendChild(parent, child);
    },
    insertBefore(parent, child, reference) {
      enter(parent, child);
      shift(parent);
      adapter.insertBefore(parent, child, reference);
    },
    insertText(parent, written) {
      const text = restored ? restored(written) : written;
      read(text);
      adapter.insertText(parent, text);
    },
    // The adapter's own looks through all children for each piece of text.
    insertTextBefore(parent, written, reference) {
      const text = restored ? restored(written) : written;
      read(text);
      if (reference.prev && adapter.isTextNode(reference.prev)) reference.prev.data += text;
      else this.insertBefore(parent, adapter.createTextNode(text), reference);
    },
    // None of these has a namespace: they are the html and body elements'.
    adoptAttributes({ attribs }, attrs) {
      for (const { name, value } of attrs) attribs[name] ??= restored ? restored(value) : value;
    },
    // The adapter's own makes each place anew; the parser never updates one that is not there.
    updateNodeSourceCodeLocation(node, end) {
      node.endIndex = end.endOffset ?? node.endIndex;
      if (node.sourceCodeLocation) Object.assign(node.sourceCodeLocation, end);
    },
    detachNode(node) {
      if (node.parent) shift(node.parent);
      adapter.detachNode(node);
    },
  };
}

/** Names to values, without anything inherited; built by a constructor, which takes a quarter of a null object's place. */
class Attributes {
  [name: string]: string;
}
Object.setPrototypeOf(Attributes.prototype, null);
Reflect.deleteProperty(Attributes.prototype, 'constructor');

/** As the adapter makes one; where an attribute has a namespace, by the adapter itself. */
function elementOf(...[name, namespace, attrs]: Parameters<typeof adapter.createElement>): Element {
  if (attrs.some((one) => one.namespace !== undefined)) return adapter.createElement(name, namespace, attrs);
  const attribs = new Attributes();
  for (const one of attrs) attribs[one.name] = one.value;
  const element = new Element(name, attribs, []);
  element.namespace = namespace;
  return element;
}

const elementsOfMarkup = keptOn<Markup, readonly Element[]>('elements');

/** Every element in the order of the document, what templates hold included. Walked once for all who ask. */
export function elementsOf(markup: Markup): readonly Element[] {
  const known = elementsOfMarkup.get(markup);
  if (known) return known;
  const elements: Element[] = [];
  const stack: Node[] = [markup.root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (isElement(node)) elements.push(node);
    if (!('children' in node)) continue;
    for (let i = node.children.length - 1; i >= 0; i -= 1) stack.push(node.children[i] as Node);
  }
  elementsOfMarkup.set(markup, elements);
  return elements;
}

type Node = Document | Element['children'][number];

/** True for an element node, whatever its name (script and style have a type of their own). */
export function isElement(node: { type: string }): node is Element {
  return node.type === 'tag' || node.type === 'script' || node.type === 'style';
}

export type { CheerioAPI, Document };
export { Element };
