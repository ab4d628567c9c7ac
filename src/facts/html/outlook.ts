/** The page that Outlook for Windows alone sees: its links, those of drawn buttons among them, and its text. */
import { keptOn } from '../../submission/kept.ts';
import {
  type Element,
  elementsOf,
  isElement,
  type Markup,
  type MarkupLimits,
  parseMarkup,
} from '../../submission/markup.ts';
import type { Submission } from '../../submission.ts';
import { FactError } from '../facts.ts';
import { linkHost, type WebHost } from '../message/web-host.ts';
import { type OutlookPart, partsForOutlook } from './outlook-parts.ts';
import { type Places, sourcePlaces } from './places.ts';
import { fold, type Node } from './text.ts';

export interface OutlookPage {
  /** Its tree; offsets are those of the whole page. null: Outlook has nothing to read or tap of its own. */
  markup: Markup | null;
  places: Places;
}

export interface OutlookLink {
  /** As written, entities decoded. */
  href: string;
  /** What it says; empty also where that stands in what every program reads. */
  text: string;
  /** Where it goes on the web; null: elsewhere, nowhere, or not known before it is sent. */
  target: WebHost | null;
  at: ReturnType<Places>;
}

const nowhere: Places = () => undefined;
const known = keptOn<Markup, OutlookPage>('outlook');
/** Characters and nodes of a link, more of which say no more; links of a page. */
const textLength = 2000;
const nodesOfLink = 200;
const linksAtMost = 1000;

/** @throws FactError `too-much`: beyond the limits of a page nothing is known of it, and unknown is never nothing. */
export function outlookPage(submission: Submission, markup: Markup, limits: MarkupLimits): OutlookPage {
  const before = known.get(markup);
  if (before) return before;
  const { html } = markup;
  const parts = partsForOutlook(html).filter(({ content }) => saysSomething(content));
  const parsed = parts.length > 0 ? parseMarkup(alone(html, parts), limits) : undefined;
  if (parsed?.ok === false) throw new FactError('too-much', `in what Outlook alone shows: ${parsed.bound}`);
  const own = parsed ? { html, root: parsed.markup.root } : null;
  const mjml = submission.mjml !== null && submission.mjml !== undefined;
  const places = own && !mjml ? sourcePlaces(submission, own, limits) : nowhere;
  const page: OutlookPage = { markup: own, places };
  known.set(markup, page);
  return page;
}

/**
 * Those that lead elsewhere than the links that every program shows: a drawn button repeats one of those.
 * @throws FactError `too-much`.
 */
export function linksForOutlook(
  { markup, places }: OutlookPage,
  others: readonly { href: string | null }[],
): OutlookLink[] {
  if (!markup) return [];
  const told = new Set(others.map(({ href }) => href?.trim()));
  const found = new Map<string, OutlookLink>();
  for (const element of elementsOf(markup)) {
    const { href } = element.attribs;
    const drawn = element.name.startsWith('v:');
    if (href === undefined || told.has(href.trim()) || !(drawn || element.name === 'a')) continue;
    const { text, shows } = readLink(element);
    if (!drawn && !shows && !goesRoundOthers(element, markup.html)) continue;
    // A drawn button has a link of the same address and words in it.
    const key = `${href.trim()} ${text}`;
    if (!found.has(key)) found.set(key, { href, text, target: linkHost(href), at: places(element) });
    if (found.size > linksAtMost) throw new FactError('too-much', 'links that Outlook alone shows');
  }
  return [...found.values()];
}

/** Most parts hold tables and settings alone, and cost no parse. */
function saysSomething(content: string): boolean {
  const plain = content.replace(/<(style|xml)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ');
  return /\bhref\b/i.test(plain) || /[\p{L}[]/u.test(plain.replace(/<[^<>]*>/g, ''));
}

/** Spaces in place of all else, so that what is left stands where it stood. */
function alone(html: string, parts: readonly OutlookPart[]): string {
  const blank = (text: string) => text.replace(/[^\r\n]/g, ' ');
  let at = 0;
  let page = '';
  for (const { content, start } of parts) {
    page += blank(html.slice(at, start)) + content;
    at = start + content.length;
  }
  return page;
}

function readLink(element: Element): { text: string; shows: boolean } {
  let text = '';
  let shows = false;
  const stack: Node[] = [element as Node];
  for (let nodes = 0; stack.length > 0 && nodes < nodesOfLink && text.length < textLength; nodes += 1) {
    const node = stack.pop() as Node;
    if (node.type === 'text') text += node.data ?? '';
    else if (isElement(node)) {
      if (node.name === 'img') text += ` ${node.attribs.alt ?? ''} `;
      shows ||= node.name === 'img' || node.name.startsWith('v:');
    }
    const children = node.children ?? [];
    for (let i = children.length - 1; i >= 0; i -= 1) stack.push(children[i] as Node);
  }
  const said = fold(text.slice(0, textLength));
  return { text: said, shows: shows || said !== '' };
}

/** It begins and ends in two parts, round what every program shows. */
function goesRoundOthers({ sourceCodeLocation: at }: Element, html: string): boolean {
  const [start, end] = [at?.startTag?.endOffset, at?.endTag?.startOffset];
  return start !== undefined && end !== undefined && html.slice(start, end).includes('<![endif]');
}
