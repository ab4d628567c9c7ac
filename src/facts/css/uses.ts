/** Reads CSS as it is written: which features each declaration, selector and at-rule uses, and on which line. */
import type { CssNode, ParseOptions } from 'css-tree';
import { featuresOfAtRule, featuresOfDeclaration, featuresOfSelector } from './features.ts';

export interface Use {
  slug: string;
  /** Where nobody minds if it is missing: inside an at-rule, or beside another value of the same property. */
  madeUpFor: boolean;
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

/**
 * Of a style element whose text begins at the line and column. Rules that mean nothing in the document are
 * passed over. @throws RangeError when at-rules nest too deep.
 */
export function usesOfSheet(
  text: string,
  start: { line: number; column: number },
  names: Names,
  parse: Parse,
): Use[] {
  const sheet = parse(text, { ...asText, context: 'stylesheet', ...start });
  const uses: Use[] = [];
  const snippetOf = (node: CssNode) => sourceOf(text, node);
  const read = (node: CssNode, inside: boolean): void => {
    if (node.type === 'StyleSheet') for (const child of node.children) read(child, inside);
    if (node.type === 'Atrule') {
      const prelude = node.prelude?.type === 'Raw' ? node.prelude.value : '';
      // What is asked first is made up for by what stands outside; a font gives way to the next in its list.
      for (const slug of featuresOfAtRule(node.name, prelude))
        uses.push({ slug, madeUpFor: true, ...spot(node, snippetOf) });
      if (/^(?:media|supports|layer)$/i.test(node.name))
        for (const child of node.block?.children ?? []) read(child, true);
    }
    if (node.type !== 'Rule') return;
    const prelude = node.prelude.type === 'Raw' ? node.prelude.value : '';
    const meant = prelude
      .split(',')
      .filter((one) => isMeant(one, names))
      .join(',');
    if (meant === '') return;
    for (const slug of featuresOfSelector(meant))
      uses.push({ slug, madeUpFor: inside, ...spot(node, snippetOf) });
    uses.push(...usesOfBlock(node.block, inside, snippetOf));
  };
  read(sheet, false);
  return uses;
}

/** Of a style attribute; the places count from its own beginning. */
export function usesOfStyle(text: string, parse: Parse): Use[] {
  const list = parse(text, { ...asText, context: 'declarationList' });
  return usesOfBlock(list, false, (node) => sourceOf(text, node));
}

function usesOfBlock(block: CssNode, inside: boolean, snippetOf: (node: CssNode) => string): Use[] {
  if (block.type !== 'Block' && block.type !== 'DeclarationList') return [];
  const declarations = block.children.toArray().flatMap((node) => {
    if (node.type !== 'Declaration' || node.value.type !== 'Raw') return [];
    const property = node.property.toLowerCase();
    const value = node.value.value.trim();
    const slugs = isOff(property, value) ? [] : featuresOfDeclaration(property, value);
    return [{ node, property, value, slugs }];
  });
  // How often each property is given, and how often with each feature: where they differ one has another value.
  const times = new Map<string, number>();
  const count = (key: string) => times.set(key, (times.get(key) ?? 0) + 1);
  for (const { property, value, slugs } of declarations) {
    count(property);
    for (const slug of slugs) count(`${property} ${slug}`);
    if (/^background(?:-color)?$/.test(property) && hasColour(value)) count('colour behind');
  }
  return declarations.flatMap(({ node, property, slugs }) => {
    const behind = /^background(?:-image)?$/.test(property) && times.has('colour behind');
    const place = spot(node, snippetOf);
    return slugs.map((slug) => {
      const other = (times.get(property) ?? 0) > (times.get(`${property} ${slug}`) ?? 0);
      const colour = decoration.test(property) && /^css-(?:rgba?|modern-color)$/.test(slug);
      return { slug, madeUpFor: inside || behind || other || colour, ...place };
    });
  });
}

/** Without its colour a shadow or a line goes missing, and nobody misses it. */
const decoration = /shadow|border|outline|filter/;

/** A value that switches a feature off, or leaves things as they are, is no use of it. */
function isOff(property: string, value: string): boolean {
  const text = value.toLowerCase();
  if (property === 'display' || property.startsWith('--')) return false;
  return (
    offValues.test(text) ||
    (property === 'position' && text === 'relative') ||
    (property === 'opacity' && text === '1')
  );
}

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

function spot(node: CssNode, snippetOf: (node: CssNode) => string) {
  const start = node.loc?.start;
  return { line: start?.line ?? 1, column: start?.column ?? 1, snippet: snippetOf(node) };
}

function sourceOf(text: string, { loc }: CssNode): string {
  if (!loc) return '';
  const length = loc.end.offset - loc.start.offset;
  const shown = text
    .slice(loc.start.offset, loc.start.offset + Math.min(length, snippetLength - 1))
    .toWellFormed();
  return length >= snippetLength ? `${shown}…` : shown;
}
