/** What a page says of itself before its content: its kind, its encoding, and what is to be fetched. */
import type { Place } from '../../place.ts';
import type { Element, Markup } from '../../submission/markup.ts';
import type { Places } from '../html/places.ts';

export interface HeadFact {
  /** `none`: no doctype; `old`: one that makes programs draw as in the nineties. */
  doctype: { kind: 'standard' | 'none' | 'old'; at: Place | undefined };
  /** As the meta element names it, in lower case; null: it does not. */
  encoding: { name: string; at: Place | undefined } | null;
  /** The page sends whoever opens it elsewhere. */
  refresh: { address: string; at: Place | undefined } | null;
  base: { address: string; at: Place | undefined } | null;
  /** Sheets that are fetched from elsewhere, those of fonts left out. */
  sheets: readonly { address: string; at: Place | undefined }[];
}

const sheetsAtMost = 20;
const cssLength = 1024 * 1024;
const imports = /@import\s{1,9}(?:url\(\s{0,9})?["']?([^"')\s;]{1,500})([^;{}]{0,200})/gi;
/** Those come with fallbacks of their own: the names in font-family. */
const fonts = /fonts?[.-]|typekit|\/fonts?\/|typography|fontawesome/i;
const charsetOf = /charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})/i;

export function headOf({ root }: Markup, elements: readonly Element[], places: Places): HeadFact {
  const written = root.children.some((node) => node.type === 'directive');
  const head: HeadFact = {
    doctype: {
      kind: root['x-mode'] !== 'quirks' ? 'standard' : written ? 'old' : 'none',
      at: elements[0] && places(elements[0]),
    },
    encoding: null,
    refresh: null,
    base: null,
    sheets: [],
  };
  const sheets: HeadFact['sheets'][number][] = [];
  const fetch = (address: string, at: Place | undefined) => {
    if (sheets.length < sheetsAtMost && /^(?:https?:)?\/\//i.test(address) && !fonts.test(address))
      sheets.push({ address, at });
  };
  for (const element of elements) {
    const { name, attribs } = element;
    if (name === 'meta') readMeta(head, element, places);
    else if (name === 'base' && attribs.href !== undefined)
      head.base ??= { address: attribs.href, at: places(element) };
    else if (name === 'link' && /\b(?:stylesheet|import)\b/i.test(attribs.rel ?? ''))
      fetch(attribs.href?.trim() ?? '', places(element));
    else if (name === 'style') {
      const css = textOf(element);
      for (const [, address = ''] of css.matchAll(imports)) fetch(address, places(element));
    }
  }
  return { ...head, sheets };
}

function readMeta(head: HeadFact, element: Element, places: Places): void {
  const { charset, content = '', 'http-equiv': equivalent = '' } = element.attribs;
  const kind = equivalent.trim().toLowerCase();
  const encoding = charset?.trim() || (kind === 'content-type' ? charsetOf.exec(content)?.[1] : undefined);
  if (encoding) head.encoding ??= { name: encoding.slice(0, 40).toLowerCase(), at: places(element) };
  const [, address] =
    kind === 'refresh' ? (/url\s{0,9}=\s{0,9}["']?([^"']{1,500})/i.exec(content) ?? []) : [];
  if (address) head.refresh ??= { address: address.trim(), at: places(element) };
}

function textOf({ children }: Element): string {
  return children
    .map((node) => (node.type === 'text' ? node.data : ''))
    .join('')
    .slice(0, cssLength);
}

/** Tags of the page itself that come twice: the second is dropped, with what it says. */
export function repeatedParts(
  html: string,
  comments: readonly { start: number; end: number }[],
): { part: string; offset: number }[] {
  const seen = new Set<string>();
  const found: { part: string; offset: number }[] = [];
  let at = 0;
  for (const { 1: name = '', index } of html.matchAll(/<(html|body)(?=[\s>])/gi)) {
    while ((comments[at]?.end ?? Number.POSITIVE_INFINITY) <= index) at += 1;
    if ((comments[at]?.start ?? Number.POSITIVE_INFINITY) <= index) continue;
    const part = name.toLowerCase();
    if (seen.has(part)) found.push({ part, offset: index });
    seen.add(part);
    if (found.length === sheetsAtMost) break;
  }
  return found;
}
