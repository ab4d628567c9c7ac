/**
 * What dark mode makes of declared colours. The browser does the arithmetic: each colour is written as a CSS
 * relative colour whose lightness is the other way round, so that every Chromium draws it alike.
 */
import type { CssNode, List, Value } from 'css-tree';

type CssTree = typeof import('css-tree');

const coloured = /^(?:color|background|background-color|border.*|outline.*|text-decoration.*|column-rule.*)$/;
const functions = /^(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)$/i;

/** White as dark as the client's page, black as white; hue and opacity stay. */
export function darken(colour: string, darkest: number): string {
  return `lab(from ${colour} calc(${darkest} + (100 - l) * ${(100 - darkest) / 100}) a b)`;
}

/** Darkens the colours of a parsed value in place. */
export function darkenValue(css: CssTree, property: string, value: CssNode, darkest: number): void {
  if (!coloured.test(property) || value.type !== 'Value') return;
  darkenNodes(css, value.children, darkest);
}

function darkenNodes(css: CssTree, nodes: List<CssNode>, darkest: number): void {
  nodes.forEach((node, item) => {
    if (!isColour(css, node)) return;
    item.data = { type: 'Raw', value: ` ${darken(css.generate(node), darkest)} ` };
  });
}

/** What is left of a background where only its colour is read; undefined when it has none. */
export function colourPart(css: CssTree, { children }: Value): Value | undefined {
  const colour = [...children].find(
    (node) =>
      isColour(css, node) || (node.type === 'Identifier' && node.name.toLowerCase() === 'transparent'),
  );
  return colour && { type: 'Value', children: new css.List<CssNode>().appendData(colour) };
}

function isColour(css: CssTree, node: CssNode): boolean {
  if (node.type === 'Hash') return /^(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(node.value);
  if (node.type === 'Function') return functions.test(node.name);
  return node.type === 'Identifier' && names(css).has(node.name.toLowerCase());
}

let known: ReadonlySet<string> | undefined;

/** Colour names, from the CSS grammar; `windowtext` too, which Word writes. */
function names(css: CssTree): ReadonlySet<string> {
  known ??= new Set([
    'windowtext',
    ...namesIn((css.lexer as unknown as { types: Record<string, { syntax: Syntax }> }).types['named-color']),
  ]);
  return known;
}

interface Syntax {
  type: string;
  name?: string;
  terms?: Syntax[];
}

function namesIn(type: { syntax: Syntax } | undefined): string[] {
  return (type?.syntax.terms ?? []).flatMap(({ type, name }) => (type === 'Keyword' && name ? [name] : []));
}

/** The colour of an attribute such as bgcolor, as CSS; undefined when it is none that can be trusted. */
export function colourOfAttribute(value: string): string | undefined {
  const text = value.trim().toLowerCase();
  if (/^#?(?:[\da-f]{3}|[\da-f]{6})$/.test(text)) return text.startsWith('#') ? text : `#${text}`;
  return /^[a-z]{3,24}$/.test(text) && !['transparent', 'inherit', 'none'].includes(text) ? text : undefined;
}

/** White by any of its names: what a plain mail has behind its text. */
export function isPlain(colour: string): boolean {
  return /^(?:#?(?:fff|ffffff|ffff|ffffffff)|white|transparent|none|inherit|initial|unset|rgba?\(\s*255\s*,\s*255\s*,\s*255\s*(?:,\s*[\d.]+%?\s*)?\))$/i.test(
    colour.trim(),
  );
}
