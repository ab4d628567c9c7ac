/**
 * A mail as one client would draw it: HTML in, HTML for Chromium out. What the client does is data (Client); here
 * it is done to the markup, so that every picture is drawn by the same browser.
 */
import type { Client } from '../../rule.ts';
import {
  documentOf,
  type Element,
  isElement,
  type MarkupLimits,
  parseMarkup,
} from '../../submission/markup.ts';
import { featuresOfAttribute, featuresOfElement } from '../css/features.ts';
import { openedConditions } from './conditions.ts';
import { colourOfAttribute, darken, isPlain } from './darkness.ts';
import { uncover } from './hiding.ts';
import { markAttribute, undrawnAttribute } from './legibility.ts';
import { boxOfShape, hasPicture, isShape } from './shapes.ts';
import { readStyles, type Styles } from './styles.ts';

export interface Simulation {
  html: string;
  /** What the page is told that its reader prefers. */
  scheme: 'light' | 'dark';
  /** Whose the dark colours are: the mail's own, nobody's, or the client's. null: drawn in light mode. */
  dark: 'own' | 'unchanged' | 'changed' | null;
  /** Pictures in VML, which are left out. */
  undrawn: number;
}

/** Of all style elements and attributes together; no published design that we know has a tenth of it. */
const cssLength = 500_000;

/** null: it holds more than can be simulated in time. */
export type Simulate = (scheme: 'light' | 'dark') => Promise<Simulation | null>;

/** Reads the mail when it is first asked for, and once more at most: where the client changes the colours. */
export function createSimulation(html: string, client: Client, limits: MarkupLimits): Simulate {
  const { dark } = client;
  let plain: Rewritten | null | undefined;

  async function read(darkest: number | null): Promise<Rewritten | null> {
    const css = await import('css-tree');
    return rewrite(html, client, readStyles(css, client, darkest), darkest, limits);
  }

  return async (scheme) => {
    if (scheme === 'dark' && dark.kind === 'forced') return drawn(await read(dark.darkest), 'changed');
    plain ??= await read(null);
    if (scheme === 'light') return drawn(plain, null);
    if (!plain || dark.kind !== 'author') return drawn(plain, 'unchanged');
    const { asksForDark, darkStyles, background } = plain.traits;
    // The media query alone does nothing in such a client; asking by the meta element alone is enough.
    if (asksForDark) return drawn(plain, 'own', ':root{color-scheme:light dark}');
    // Never turned: what has dark styles, though nobody asks for them, or a background of its own.
    return darkStyles || background ? drawn(plain, 'unchanged') : drawn(await read(dark.darkest), 'changed');
  };
}

function drawn(mail: Rewritten | null, dark: Simulation['dark'], own = ''): Simulation | null {
  if (!mail) return null;
  const html = own === '' ? mail.html : mail.html.replace('<head><style>', (start) => start + own);
  return { html, scheme: dark === 'own' ? 'dark' : 'light', dark, undrawn: mail.undrawn };
}

interface Rewritten {
  html: string;
  traits: Styles['traits'];
  undrawn: number;
}

function rewrite(
  html: string,
  client: Client,
  styles: Styles,
  darkest: number | null,
  limits: MarkupLimits,
): Rewritten | null {
  const { reading, support } = client;
  const opened = reading.conditions ? openedConditions(html, reading.conditions) : undefined;
  const parsed = parseMarkup(opened?.html ?? html, limits);
  if (!parsed.ok) return null;
  const document = documentOf(parsed.markup);
  const lacks = (features: readonly string[]) => features.some((slug) => support[slug]?.level === 'no');
  const turn = (colour: string) => (darkest === null ? colour : darken(colour, darkest));
  const kept: string[] = [];
  const colours = new Set<string>();
  let [sheets, undrawn] = [0, 0];

  const elements = elementsOf(document.root()[0]);
  if (elements.reduce((sum, element) => sum + cssOf(element).length, 0) > cssLength) return null;
  for (const element of elements) readElement(element);
  uncover(elements, reading.hidingStopsAt, styles.hiding);
  for (const element of elements) mark(element);
  return { html: written(), traits: styles.traits, undrawn };

  /** Its head begins with a style element of ours. */
  function written(): string {
    const ours = [
      ':where(img){display:inline-block}',
      reading.pageStyle,
      ...(darkest === null ? [] : [darkPage(turn)]),
      ...colours,
    ].join('');
    const [head, body] = [document('head').get(0), document('body').get(0)];
    if (body && reading.bodyInPage) {
      body.name = 'div';
      const sheets = [ours, ...kept].map((sheet) => `<style>${sheet}</style>`).join('');
      return `<!doctype html><html><head>${sheets}</head><body>${document.html(body)}</body></html>`;
    }
    if (head) head.attribs = {};
    document('head').first().prepend(`<style>${ours}</style>`);
    return document.html();
  }

  /** What is measured in the drawing is told by these numbers. */
  function mark({ attribs, sourceCodeLocation, namespace }: Element): void {
    delete attribs[markAttribute];
    const at = sourceCodeLocation?.startOffset;
    if (at === undefined || namespace?.endsWith('svg')) return;
    attribs[markAttribute] = String(opened?.before(at) ?? at);
  }

  function readElement(element: Element): void {
    delete element.attribs[undrawnAttribute];
    if (element.name === 'style') readSheet(element);
    if (element.name === 'meta') readMeta(element);
    // What is in a drawing is the drawing's own.
    if (element.name !== 'svg' && element.namespace?.endsWith('svg')) return;
    if (reading.shapes && isShape(element)) {
      const picture = hasPicture(element);
      undrawn += picture ? 1 : 0;
      element.attribs = { style: boxOfShape(element, turn), ...(picture ? { [undrawnAttribute]: '' } : {}) };
      return;
    }
    if (lacks(featuresOfElement(element.name, element.attribs))) leaveOut(element);
    readAttributes(element);
  }

  function readSheet(element: Element): void {
    const text = cssOf(element);
    const inHead = isElement(element.parent ?? { type: '' }) && (element.parent as Element).name === 'head';
    sheets += text.length;
    const { inBody, characters } = reading.styles;
    const dropped = (!inHead && !inBody) || (characters !== null && sheets > characters);
    const left = dropped ? null : styles.sheet(text);
    if (reading.bodyInPage && left !== null) kept.push(left);
    const [first] = element.children;
    if (!first || !('data' in first)) return;
    first.data = reading.bodyInPage ? '' : (left ?? '');
    element.children = [first];
  }

  function readMeta({ attribs }: Element): void {
    const asks = /^(?:supported-color-schemes|color-scheme)$/i.test(attribs.name ?? '');
    if (asks && /\bdark\b/i.test(attribs.content ?? '')) styles.traits.asksForDark = true;
  }

  /** Its content stays where it has any that is text; what would draw something of its own goes. */
  function leaveOut(element: Element): void {
    if (element.name === 'svg') element.children = [];
    element.name =
      isElement(element.parent ?? { type: '' }) && (element.parent as Element).name === 'head'
        ? 'meta'
        : 'x-left-out';
    element.attribs = {};
  }

  function readAttributes(element: Element): void {
    const { attribs, name } = element;
    for (const [key, value] of Object.entries(attribs)) {
      if (key === 'style') attribs.style = styles.attribute(value, name);
      else if (lacks(featuresOfAttribute(key, value)) || !worksOn(key, name)) {
        delete attribs[key];
      } else readColour(key, value, name);
    }
  }

  function worksOn(attribute: string, name: string): boolean {
    return (
      !Object.hasOwn(reading.attributes, attribute) || Boolean(reading.attributes[attribute]?.includes(name))
    );
  }

  function readColour(key: string, value: string, name: string): void {
    if ((key === 'bgcolor' || key === 'background') && !isPlain(value)) styles.traits.background = true;
    const property = colourAttributes.get(key);
    if (property === undefined || (key === 'color' && name !== 'font')) return;
    const colour = darkest === null ? undefined : colourOfAttribute(value);
    if (colour === undefined || colours.size > 500) return;
    // What an attribute says weighs less than any rule, and so does `:where`.
    const link = key === 'link' ? ' a:any-link' : '';
    colours.add(
      `:where([${key}="${value.replace(/[^\w#]/g, (one) => `\\${one}`)}"]${link}){${property}:${turn(colour)}}`,
    );
  }
}

const colourAttributes: ReadonlyMap<string, string> = new Map([
  ['bgcolor', 'background-color'],
  ['text', 'color'],
  ['color', 'color'],
  ['link', 'color'],
]);

function cssOf({ name, attribs, children }: Element): string {
  if (name !== 'style') return attribs.style ?? '';
  return children.map((child) => ('data' in child ? String(child.data) : '')).join('');
}

/** What the browser shows where the mail says nothing. */
function darkPage(turn: (colour: string) => string): string {
  return `:where(body){background-color:${turn('#fff')};color:${turn('#000')}}:where(a:any-link){color:${turn('#0000ee')}}`;
}

/** In document order, without recursion. Taken before anything is changed. */
function elementsOf(root: unknown): Element[] {
  const found: Element[] = [];
  const waiting = [root as { type: string; children?: unknown[] }];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (node && isElement(node)) found.push(node);
    const children = node?.children ?? [];
    for (let i = children.length - 1; i >= 0; i -= 1) waiting.push(children[i] as Element);
  }
  return found;
}
