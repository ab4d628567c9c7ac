/** What the mail is to somebody who has it read aloud: its title, languages, headings, tables, pictures and links. */
import type { Place } from '../place.ts';
import type { Element } from '../submission/markup.ts';
import type { Gathering } from './gather.ts';
import type { WalkedTable } from './html/outline.ts';
import { sourcePlaces } from './html/places.ts';
import { fold } from './html/text.ts';
import { walked } from './html/walked.ts';
import { sideOf } from './html.ts';
import { type Shape, shapesOf } from './structure/shapes.ts';

export type { Shape } from './structure/shapes.ts';

export interface Heading {
  /** From 1. */
  level: number;
  /** What is read of it; empty: nothing. */
  text: string;
  at: Place | undefined;
}

export interface Table {
  /**
   * `layout`: places things on the page. `data`: its cells belong together by row and column, and it says so.
   * `grid`: they seem to, and nothing in it says so. `unclear`: too small to tell.
   */
  kind: 'layout' | 'data' | 'grid' | 'unclear';
  /** A role of its own takes away that it is a table. */
  presented: boolean;
  at: Place | undefined;
}

export interface Picture {
  src: string;
  /** Its beginning; empty: only blanks are written. */
  alt: string;
  /** Characters of all of it. */
  length: number;
  /** The words beside it are the same. */
  repeated: boolean;
  at: Place | undefined;
}

/** A link to see and to tap, of which nothing can be read aloud. */
export interface NamelessLink {
  href: string;
  /** Of the picture in it, if it is one. */
  src: string | null;
  /** It points with aria-labelledby at what names it elsewhere in the mail. */
  pointed: boolean;
  at: Place | undefined;
}

/** Words that stand together, under one language and one direction. */
export interface Passage {
  text: string;
  /** To know it by: how the block begins that `at` tells. */
  begins: string;
  /** The reading direction as written for them, in small letters; null: nowhere. */
  dir: string | null;
  at: Place | undefined;
}

/** Words that stand under one `lang`; null: under none. */
export interface Tongue {
  tag: string | null;
  /** In reading order, the beginning of them. */
  passages: readonly Passage[];
  at: Place | undefined;
}

/** What is told of all the words of the mail. */
export interface Told {
  /** As written on the page or the first element that has it; null: nowhere. */
  written: string | null;
  /** Elements in the body say it of nearly all words; those on html and body are taken away by several programs. */
  inside: boolean;
  /** They say it of more than half of the words, but not of nearly all. */
  partly: boolean;
  /** Where it stands, or should; where they say it partly, the first words they say it not of. */
  at: Place | undefined;
}

export interface StructureFact {
  /** Characters that are read aloud. */
  heard: number;
  title: { text: string; at: Place | undefined } | null;
  language: Told;
  direction: Told;
  tongues: readonly Tongue[];
  headings: readonly Heading[];
  tables: readonly Table[];
  /** Lists whose signs were typed, and that no element says to be lists. */
  typed: readonly { text: string; lines: number; at: Place | undefined }[];
  /** Those with something written in their alternative text, were it blanks. */
  pictures: readonly Picture[];
  nameless: readonly NamelessLink[];
  /** In MJML none: there the compiler writes them. */
  shapes: readonly Shape[];
  /** The page forbids its reader to make it larger. */
  fixedZoom: { content: string; at: Place | undefined } | null;
}

/** Share of the words that may stand outside what tells language or direction: a hidden preview text, say. */
const outside = 0.1;
const tagLength = 80;
const altLength = 400;

/** null when the message has no HTML part. Never fails: the page was walked already. */
export function gatherStructure({
  submission,
  policy,
}: Pick<Gathering, 'submission' | 'policy'>): StructureFact | null {
  const { markup } = submission;
  if (!markup) return null;
  const places = sourcePlaces(submission, markup, policy.limits);
  const walk = walked(markup);
  const { outline, outer, images, links } = walk;
  const told = (attribute: 'lang' | 'dir', untold: number, untoldIn: Element | null): Told => {
    const element = outer.find(({ attribs }) => attribs[attribute]?.trim());
    const inside = untold <= outline.heard * outside;
    const partly = !inside && untold < outline.heard / 2;
    const first = (partly ? untoldIn : element) ?? element ?? outer[0];
    return {
      written: element?.attribs[attribute]?.trim().slice(0, tagLength) ?? null,
      inside,
      partly,
      at: first && places(first),
    };
  };
  const inLinks = new Map(images.flatMap(({ element, link }) => (link ? [[link, element] as const] : [])));
  const zoom = outline.viewport;
  const content = zoom?.attribs.content?.slice(0, altLength) ?? '';
  return {
    heard: outline.heard,
    title: outline.title && { text: outline.title.text, at: places(outline.title.element) },
    language: told('lang', outline.unspoken, outline.unspokenIn),
    direction: told('dir', outline.undirected, outline.undirectedIn),
    tongues: outline.tongues.map(({ tag, element, passages }) => ({
      tag,
      passages: passages.map(({ text, begins, dir, element }) => ({
        text,
        begins,
        dir,
        at: element ? places(element) : undefined,
      })),
      at: element ? places(element) : undefined,
    })),
    headings: outline.headings.map(({ element, level, text }) => ({ level, text, at: places(element) })),
    tables: outline.tables.map((table) => ({
      kind: kindOf(table),
      presented: isOther(table.element),
      at: places(table.element),
    })),
    typed: outline.typed.map(({ element, text, lines }) => ({
      text,
      lines,
      at: element ? places(element) : undefined,
    })),
    pictures: images.flatMap(({ element, hidden, before, link }) => {
      const written = element.attribs.alt ?? '';
      const alt = fold(written.slice(0, altLength));
      const pixel = (sideOf(element, 'width') ?? 2) <= 1 || (sideOf(element, 'height') ?? 2) <= 1;
      // A link that says nothing is told of by itself.
      if (hidden || pixel || written === '' || (alt === '' && link?.text === '')) return [];
      const src = element.attribs.src ?? '';
      const repeated = isBeside(alt, walk.text, before);
      return [{ src, alt, length: written.trim().length, repeated, at: places(element) }];
    }),
    nameless: links.flatMap((link) => {
      const { attribs } = link.element;
      const picture = inLinks.get(link);
      const named = link.text !== '' || attribs['aria-label']?.trim() || attribs.title?.trim() || attribs.alt;
      if (link.span === null || named || !attribs.href?.trim() || isPassedOver(attribs)) return [];
      // A picture without any alt attribute is told of by itself.
      if (picture && picture.attribs.alt === undefined) return [];
      const names = attribs['aria-labelledby']?.slice(0, altLength).split(/\s+/) ?? [];
      const pointed = names.some((id) => id !== '' && walk.anchors.has(id));
      return [{ href: attribs.href, src: picture?.attribs.src ?? null, pointed, at: places(link.element) }];
    }),
    shapes: submission.mjml ? [] : shapesOf(markup, submission.format === 'eml' ? 'html' : 'source'),
    fixedZoom: zoom && isFixed(content) ? { content, at: places(zoom) } : null,
  };
}

/** Neither read aloud nor met with the keyboard: beside it stands another link to the same, for everybody. */
function isPassedOver(attribs: Element['attribs']): boolean {
  return attribs['aria-hidden']?.trim().toLowerCase() === 'true' && /^\s*-\d/.test(attribs.tabindex ?? '');
}

const fixed =
  /user-scalable\s{0,9}=\s{0,9}(?:no|0)\b|maximum-scale\s{0,9}=\s{0,9}(?:1(?:\.\d+)?|0?\.\d+)\s{0,9}(?:[,;]|$)/i;

function isFixed(content: string): boolean {
  return fixed.test(content);
}

/** Roles of WAI-ARIA 1.2 that an element may have in place of being a table. */
const others =
  /^(?:presentation|none|article|main|region|group|document|banner|contentinfo|list|listitem|img|figure|note|navigation|complementary|heading|generic)$/i;

function isOther({ attribs: { role } }: Element): boolean {
  return role !== undefined && others.test(role.trim().split(/\s/, 1)[0] ?? '');
}

/** Rows and columns of a table of words, and letters of its longest cell; more of them is a text in a frame. */
const gridRows = 3;
const gridCell = 60;

function kindOf(table: WalkedTable): Table['kind'] {
  const { rows, widest, narrowest, nested, marked, headers, pictures, cells, filled, longest } = table;
  if (nested || rows <= 1 || widest <= 1) return marked && !nested && rows > 1 ? 'data' : 'layout';
  // Header cells alone also hold columns of a page together: they have no role in a table that has none.
  if (marked || (headers > 0 && !isOther(table.element))) return 'data';
  if (headers > 0) return 'layout';
  if (pictures > 0 || longest > 4 * gridCell) return 'layout';
  const even = narrowest === widest && filled >= cells * 0.8;
  return even && rows >= gridRows && longest <= gridCell ? 'grid' : 'unclear';
}

/** Shorter words stand beside a picture by chance. */
const leastAlt = 3;

function isBeside(alt: string, text: string, before: number): boolean {
  if (alt.length < leastAlt) return false;
  const wanted = alt.toLowerCase();
  const near = alt.length + 2;
  const behind = text
    .slice(before, before + near)
    .trimStart()
    .toLowerCase();
  const ahead = text
    .slice(Math.max(0, before - near), before)
    .trimEnd()
    .toLowerCase();
  return (
    (behind.startsWith(wanted) && !/^[\p{L}\d]/u.test(behind.slice(wanted.length))) ||
    (ahead.endsWith(wanted) && !/[\p{L}\d]$/u.test(ahead.slice(0, -wanted.length)))
  );
}
