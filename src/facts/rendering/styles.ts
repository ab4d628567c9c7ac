/** CSS as one client reads it: what it does not know is taken away, and in forced dark mode colours are turned. */
import type { Block, CssNode, Declaration, Rule } from 'css-tree';
import type { Client, Reading } from '../../rule.ts';
import { featuresOfAtRule, featuresOfDeclaration, featuresOfSelector } from '../css/features.ts';
import { darkenValue, isPlain } from './darkness.ts';
import { limited, limitsByProperty, reaches, sidesOf, whereOf } from './limits.ts';

type CssTree = typeof import('css-tree');

/** What a mail's CSS says about dark mode. */
export interface Traits {
  /** `color-scheme` with `dark`: the mail wants dark mode to be its own matter. */
  asksForDark: boolean;
  darkStyles: boolean;
  /** A background other than white. */
  background: boolean;
}

export interface Styles {
  traits: Traits;
  /** Selectors of rules that hide what they meet, in lists or not. */
  hiding: ReadonlySet<string>;
  /** A style attribute's text for one element. */
  attribute(text: string, element: string): string;
  /** A style element's text; null when the client drops the element whole. */
  sheet(text: string): string | null;
}

interface Written {
  css: string;
  /** What the selector gets so that the rule meets only the elements on which the property works. */
  where: string;
}

/** `darkest`: see DarkMode; null leaves colours as they are. */
export function readStyles(css: CssTree, client: Client, darkest: number | null): Styles {
  const { reading } = client;
  const lacks = (features: readonly string[]) =>
    features.some((slug) => client.support[slug]?.level === 'no');
  const limits = limitsByProperty(reading);
  const traits: Traits = { asksForDark: false, darkStyles: false, background: false };
  const attributes = new Map<string, string>();
  const hiding = new Set<string>();

  /** What one declaration in it takes along. */
  function isSpoiled(tree: CssNode, by: readonly string[]): boolean {
    if (by.length === 0) return false;
    const spoils = (node: CssNode) =>
      node.type === 'Declaration' &&
      featuresOfDeclaration(node.property, css.generate(node.value)).some((slug) => by.includes(slug));
    return css.find(tree, spoils) !== null;
  }

  /** A shorthand side by side, since a client may know one side's value and not another's. */
  function writeAll(node: CssNode, element?: string): Written[] {
    if (node.type !== 'Declaration') return [];
    const sides =
      node.property.toLowerCase() === 'margin' && node.value.type === 'Value' ? sidesOf(css, node.value) : [];
    const parts =
      sides.length > 0 && limits.has('margin-left') ? sides.map((side) => ({ ...node, ...side })) : [node];
    return parts.flatMap((part) => write(part, element) ?? []);
  }

  function write(node: Declaration, element?: string): Written | undefined {
    let property = node.property.toLowerCase();
    let value = node.value;
    const important = node.important !== false;
    if (element !== undefined && important && !reading.importantInline) return undefined;
    const meant = reading.means.find((one) => one.property === property);
    if (meant && (meant.value === undefined || meant.value === css.generate(value).toLowerCase())) {
      property = meant.as;
      if (meant.asValue !== undefined) value = { type: 'Raw', value: meant.asValue };
    }
    if (!/^-{0,2}[a-z]/.test(property) || !knowsVendor(property, reading)) return undefined;
    let where = '';
    for (const limit of limits.get(property) ?? []) {
      if (element !== undefined && !reaches(limit, element)) return undefined;
      const left = limited(css, value, limit);
      if (left === undefined) return undefined;
      if (limit.colourOnly) property = 'background-color';
      value = left;
      where += whereOf(limit);
    }
    const text = css.generate(value);
    if (lacks(featuresOfDeclaration(property, text))) return undefined;
    note(property, text);
    if (darkest !== null) darkenValue(css, property, value, darkest);
    return { css: `${property}:${css.generate(value)}${important ? ' !important' : ''}`, where };
  }

  function note(property: string, value: string): void {
    if (property === 'color-scheme' && /\bdark\b/i.test(value)) traits.asksForDark = true;
    if (/^background(?:-color|-image)?$/.test(property) && !isPlain(value)) traits.background = true;
  }

  function rule(node: Rule): string {
    const selectors = selectorsOf(node).filter(
      (selector) => !lacks(featuresOfSelector(selector)) && !(reading.bodyInPage && meetsPage(selector)),
    );
    if (selectors.length === 0) return '';
    const groups = new Map<string, string[]>();
    for (const child of node.block.children) {
      for (const { css, where } of writeAll(child)) {
        if (/^display:none\b/.test(css)) for (const one of selectors) hiding.add(one);
        const group = groups.get(where) ?? [];
        group.push(css);
        groups.set(where, group);
      }
    }
    // What says the same thing (`padding`, `padding-top`) has the same `where`, so their order is kept.
    return [...groups]
      .map(([where, lines]) => `${selectors.map((one) => one + where).join(',')}{${lines.join(';')}}`)
      .join('');
  }

  function selectorsOf({ prelude }: Rule): string[] {
    return prelude.type === 'SelectorList'
      ? prelude.children.toArray().map((selector) => css.generate(selector))
      : [];
  }

  function rules(nodes: Iterable<CssNode>): string {
    const out: string[] = [];
    for (const node of nodes) {
      if (node.type === 'Rule') out.push(rule(node));
      if (node.type !== 'Atrule') continue;
      const prelude = node.prelude ? css.generate(node.prelude) : '';
      if (lacks(featuresOfAtRule(node.name, prelude))) continue;
      const holdsRules = /^(?:media|supports|layer)$/i.test(node.name) && node.block;
      if (/prefers-color-scheme\s*:\s*dark/i.test(prelude)) traits.darkStyles = true;
      if (!holdsRules) out.push(css.generate(node));
      else out.push(`@${node.name} ${prelude}{${rules(holdsRules.children)}}`);
    }
    return out.join('');
  }

  function declarationsOf(list: Block, element: string): string {
    return [...list.children].flatMap((node) => writeAll(node, element).map(({ css }) => css)).join(';');
  }

  return {
    traits,
    hiding,
    attribute(text, element) {
      const key = `${element} ${text}`;
      let known = attributes.get(key);
      if (known === undefined) {
        const list = css.parse(text, { context: 'declarationList' }) as Block;
        known = isSpoiled(list, reading.spoils.attribute) ? '' : declarationsOf(list, element);
        attributes.set(key, known);
      }
      return known;
    },
    sheet(text) {
      const sheet = css.parse(text);
      if (sheet.type !== 'StyleSheet') return '';
      if (!reading.styles.nestedAtRules && nestsAtRules([...sheet.children])) return null;
      if (isSpoiled(sheet, reading.spoils.element)) return null;
      // An escaped `</style` comes out unescaped, and would end the element.
      return rules(sheet.children).replaceAll('</', '<\\/');
    },
  };
}

function knowsVendor(property: string, { vendors }: Reading): boolean {
  const vendor = /^-([a-z]+)-/.exec(property)?.[1];
  return vendor === undefined || vendors === null || vendors.includes(vendor);
}

/** `html`, `:root` and `body` are the client's own page. */
function meetsPage(selector: string): boolean {
  return /(?:^|[\s>+~])(?:html|body)(?![\w-])|:root\b/i.test(selector);
}

function nestsAtRules(nodes: readonly CssNode[]): boolean {
  return nodes.some(
    (node) => node.type === 'Atrule' && node.block?.children.some((child) => child.type === 'Atrule'),
  );
}
