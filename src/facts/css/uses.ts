/** Reads CSS as it is written: which features each declaration, selector and at-rule uses, and on which line. */
import type { Block, CssLocation, CssNode, ParseOptions, Rule } from 'css-tree';
import { type Given, GivenValues, isPlain, subjectsOf } from './fallbacks.ts';
import { featuresOfAtRule, featuresOfDeclaration, featuresOfSelector, listIn } from './features.ts';

export interface Use {
  slug: string;
  /** Where nobody minds if it is missing: inside an at-rule, or beside another value of the same property. */
  madeUpFor: boolean;
  at: Spot;
  /** Of a declaration in a rule. */
  given?: Given;
}

export interface Spot {
  line: number;
  column: number;
  snippet: string;
}

export type Parse = (text: string, options?: ParseOptions) => CssNode;

/** The names of a document that selectors can mean, in lower case. */
export interface Names {
  elements: ReadonlySet<string>;
  classes: ReadonlySet<string>;
  ids: ReadonlySet<string>;
}

const snippetLength = 160;
/** Of what the parser could not read, that is searched for a rule. */
const nestedLength = 2000;
/** Rules inside rules that are read, of one style element: each has to be parsed by itself. */
const nestedAtMost = 500;
/** Values and selectors as text: they are read by features.ts, which takes no tree. */
const asText = {
  positions: true,
  parseValue: false,
  parseRulePrelude: false,
  parseAtrulePrelude: false,
  // It goes on after every error, also one that says that the stack has run out.
  onParseError(error: Error) {
    if (error instanceof RangeError) throw error;
  },
};

/** A parser that was loaded when it was first needed. */
export async function loadParser(): Promise<Parse> {
  const { default: parse } = await import('css-tree/parser');
  return parse;
}

/** A style element's text, read once for all who ask. */
export interface Sheet {
  text: string;
  tree: CssNode;
  comments: readonly Use[];
}

/** The text begins at the line and column. @throws RangeError when at-rules nest too deep. */
export function readSheet(text: string, start: { line: number; column: number }, parse: Parse): Sheet {
  const comments: Use[] = [];
  const onComment = commentsTo(comments, (node) => sourceOf(text, node));
  return { text, tree: parse(text, { ...asText, context: 'stylesheet', ...start, onComment }), comments };
}

/** Rules that mean nothing in the document are passed over. @throws RangeError as the parser. */
export function usesOfSheet({ text, tree, comments }: Sheet, names: Names, parse: Parse): Use[] {
  const uses: Use[] = [...comments];
  const values = new GivenValues();
  let nestings = 0;
  const snippetOf = (node: Located) => sourceOf(text, node);
  const read = (node: CssNode, inside: boolean): void => {
    if (node.type === 'StyleSheet') for (const child of node.children) read(child, inside);
    if (node.type === 'Atrule') {
      const prelude = node.prelude?.type === 'Raw' ? node.prelude.value : '';
      // What is asked first is made up for by what stands outside; a font gives way to the next in its list.
      for (const slug of featuresOfAtRule(node.name, prelude))
        uses.push({ slug, madeUpFor: true, at: spot(node, snippetOf) });
      if (/^(?:media|supports|layer)$/i.test(node.name))
        for (const child of node.block?.children ?? []) read(child, true);
    }
    if (node.type !== 'Rule') return;
    const prelude = node.prelude.type === 'Raw' ? node.prelude.value : '';
    const meant = listIn(prelude).filter((one) => isMeant(one, names));
    if (meant.length === 0) return;
    const bare = isBareBox(node.block, text);
    for (const slug of featuresOfSelector(meant.join(','))) {
      const madeUpFor = inside || (bare && slug.startsWith('css-pseudo-element-'));
      uses.push({ slug, madeUpFor, at: spot(node, snippetOf) });
    }
    const rule = { subjects: subjectsOf(meant), gives: !inside && isPlain(meant) ? values : undefined };
    for (const use of usesOfBlock(node.block, inside, snippetOf, rule)) uses.push(use);
    if (nestings >= nestedAtMost) return;
    for (const nested of nestedIn(node.block, text, parse)) {
      nestings += 1;
      uses.push({ slug: 'css-nesting', madeUpFor: inside, at: spot(nested, snippetOf) });
      for (const use of usesOfBlock(nested.block, inside, snippetOf)) uses.push(use);
    }
  };
  read(tree, false);
  for (const use of uses) {
    if (use.given && !use.madeUpFor) use.madeUpFor = values.makesUpFor(use.given, use.slug);
  }
  return uses;
}

/**
 * Rules inside a rule, one level deep. The parser knows those that begin with `&`; of the others it makes a piece
 * of text, or a declaration whose value has a block.
 */
function nestedIn({ children }: Block, text: string, parse: Parse): Rule[] {
  return children.toArray().flatMap((node): Rule[] => {
    if (node.type === 'Rule') return [node];
    const unread = node.type === 'Raw' || (node.type === 'Declaration' && node.value.type === 'Raw');
    if (!unread || !node.loc) return [];
    const { start, end } = node.loc;
    const piece = text.slice(start.offset, end.offset);
    if (!/[^{]\{[^{}]+\}/.test(piece.slice(0, nestedLength))) return [];
    const { line, column, offset } = start;
    const inner = parse(piece, { ...asText, context: 'stylesheet', line, column, offset });
    if (inner.type !== 'StyleSheet') return [];
    return inner.children.toArray().filter((one): one is Rule => one.type === 'Rule');
  });
}

/** What is put before or after says nothing: a box for decoration, or to end a float. */
function isBareBox({ children }: Block, text: string): boolean {
  return children
    .toArray()
    .some(
      (node) =>
        node.type === 'Declaration' &&
        node.property.toLowerCase() === 'content' &&
        /^content\s{0,9}:\s{0,9}(?:""|''|"\s?"|'\s?'|"\."|none|normal)/i.test(sourceOf(text, node)),
    );
}

/** Of a style attribute; the places count from its own beginning. */
export function usesOfStyle(text: string, parse: Parse): Use[] {
  const comments: Use[] = [];
  const snippetOf = (node: Located) => sourceOf(text, node);
  const onComment = commentsTo(comments, snippetOf);
  const list = parse(text, { ...asText, context: 'declarationList', onComment });
  return [...comments, ...usesOfBlock(list, false, snippetOf)];
}

type Located = Pick<CssNode, 'loc'>;

function commentsTo(uses: Use[], snippetOf: (node: Located) => string) {
  return (_: string, loc: CssLocation) => {
    uses.push({ slug: 'css-comments', madeUpFor: false, at: spot({ loc }, snippetOf) });
  };
}

function usesOfBlock(
  block: CssNode,
  inside: boolean,
  snippetOf: (node: Located) => string,
  rule?: { subjects: readonly string[]; gives: GivenValues | undefined },
): Use[] {
  if (block.type !== 'Block' && block.type !== 'DeclarationList') return [];
  const declarations = block.children.toArray().flatMap((node) => {
    if (node.type !== 'Declaration' || node.value.type !== 'Raw') return [];
    const property = node.property.toLowerCase();
    const value = node.value.value.trim();
    const own = isOff(property, value) ? [] : featuresOfDeclaration(property, value);
    return [{ node, property, value, slugs: node.important ? [...own, 'css-important'] : own }];
  });
  // How often each property is given, and how often with each feature: where they differ one has another value.
  const times = new Map<string, number>();
  const count = (key: string) => times.set(key, (times.get(key) ?? 0) + 1);
  for (const { property, value, slugs } of declarations) {
    count(property);
    for (const slug of slugs) count(`${property} ${slug}`);
    const colour = /^background(?:-color)?$/.test(property) && hasColour(value);
    if (colour) count('colour behind');
    rule?.gives?.note({ subjects: rule.subjects, property }, slugs, colour);
  }
  return declarations.flatMap(({ node, property, slugs }) => {
    const behind = /^background(?:-image)?$/.test(property) && times.has('colour behind');
    const at = spot(node, snippetOf);
    const given = rule ? { given: { subjects: rule.subjects, property } } : {};
    return slugs.map((slug) => {
      const other = (times.get(property) ?? 0) > (times.get(`${property} ${slug}`) ?? 0);
      const colour = decoration.test(property) && /^css-(?:rgba?|modern-color)$/.test(slug);
      return { slug, madeUpFor: inside || behind || other || colour, at, ...given };
    });
  });
}

/** Without its colour a shadow or a line goes missing, and nobody misses it. */
const decoration = /shadow|border|outline|filter/;

/** A value that switches a feature off, or leaves things as they are, is no use of it. */
function isOff(property: string, value: string): boolean {
  const text = value.toLowerCase();
  if (property === 'display' || property.startsWith('--')) return false;
  if (meantOff.has(property)) return /^(?:inherit|unset|revert|visible)$/.test(text);
  return (
    offValues.test(text) ||
    (property === 'position' && text === 'relative') ||
    (property === 'opacity' && text === '1')
  );
}

/** Written in order to switch off what a program does by itself, or to leave it to the program. */
const meantOff = new Set(
  `font-kerning hyphens list-style list-style-type overflow overflow-x overflow-y text-decoration
  text-decoration-line user-select`.split(/\s+/),
);

const offValues =
  /^(?:none|normal|auto|static|visible|inherit|unset|revert|currentcolor|transparent|0|0px|0%)$/;

/** Of a background: what is there besides the picture or the gradient. */
function hasColour(value: string): boolean {
  const text = value.toLowerCase();
  const gradient = text.indexOf('gradient(');
  const outside =
    gradient === -1 ? text : `${text.slice(0, gradient)} ${text.slice(text.lastIndexOf(')') + 1)}`;
  const words = outside.replace(/url\([^)]*\)?/g, ' ').split(/[\s,/]+/);
  return words.some(
    (word) =>
      /^#[0-9a-f]{3,8}$|^(?:rgb|hsl)a?\(/.test(word) ||
      (/^[a-z]{3,20}$/.test(word) && !backgroundWords.has(word)),
  );
}

const backgroundWords = new Set(
  `none transparent inherit initial unset repeat round space scroll fixed local left right top bottom center
  cover contain auto important linear radial conic repeating`.split(/\s+/),
);

/** Every class, id and element that a selector names is in the document; what it asks in brackets is not looked at. */
function isMeant(selector: string, { elements, classes, ids }: Names): boolean {
  const text = selector
    .slice(0, 2000)
    .replace(/\[[^\]]*\]?|\([^)]*\)?|::?[a-z-]+/gi, ' ')
    .toLowerCase();
  if (text.trim() === '') return selector.trim() !== '';
  for (const [, mark, name = ''] of text.matchAll(/([.#]?)([a-z_][\w-]*)/g)) {
    const known = mark === '.' ? classes : mark === '#' ? ids : elements;
    if (!known.has(name)) return false;
  }
  return true;
}

function spot(node: Located, snippetOf: (node: Located) => string): Spot {
  const start = node.loc?.start;
  return { line: start?.line ?? 1, column: start?.column ?? 1, snippet: snippetOf(node) };
}

function sourceOf(text: string, { loc }: Located): string {
  if (!loc) return '';
  const length = loc.end.offset - loc.start.offset;
  const shown = text
    .slice(loc.start.offset, loc.start.offset + Math.min(length, snippetLength - 1))
    .toWellFormed();
  return length >= snippetLength ? `${shown}…` : shown.trimEnd();
}
