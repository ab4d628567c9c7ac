/** Merge fields of a page: in its text, its addresses, and the attributes that are shown or loaded. */
import type { Place } from '../../place.ts';
import type { Element } from '../../submission/markup.ts';
import { findMergeFields, isSettled, mergeFieldsOf, mergeFieldsOfAddress } from '../message/merge-fields.ts';
import { fieldsForOutlook } from './outlook-fields.ts';
import { partsForOutlook } from './outlook-parts.ts';
import type { Places } from './places.ts';
import type { Piece, Walk } from './walk.ts';

export interface HtmlFields {
  /**
   * `text`: a reader sees it. `hidden`: lists of mails show it, or some programs. `attribute`: of a link or a
   * picture, or of what is shown in its place. `outlook`: in a comment that Outlook for Windows alone reads.
   */
  mergeFields: {
    field: string;
    part: 'text' | 'hidden' | 'attribute' | 'outlook';
    /** The tool that fills the mail in settles it: no list has a value for it. */
    settled: boolean;
    at: Place | undefined;
  }[];
  /** Those that are shown as examples of code. */
  fieldsInCode: Set<string>;
}

interface Addressed {
  at: Place | undefined;
}

/** Longer ones say it in the beginning, or are hostile. */
const styleLength = 4000;
const urls = /url\(([^()]{1,500})\)/g;
const none: readonly string[] = [];
/** Of a line that is put together from pieces. */
const lineLength = 100_000;

/** Each merge field of the page. */
export function fieldsOf(
  { pieces, fields, labelled }: Walk,
  links: readonly (Addressed & { href: string | null })[],
  images: readonly (Addressed & { src: string | null })[],
  places: Places,
  html: string,
): HtmlFields {
  const mergeFields: HtmlFields['mergeFields'] = [];
  const fieldsInCode = new Set<string>();
  for (const line of linesOf(pieces)) {
    for (const { field, index } of findMergeFields(line.map(({ text }) => text).join(''))) {
      const piece = pieceAt(line, index);
      if (piece?.code) fieldsInCode.add(field);
      else {
        const part = piece?.hidden ? 'hidden' : 'text';
        mergeFields.push({
          field,
          part,
          settled: isSettled(field),
          at: piece?.element ? places(piece.element) : undefined,
        });
      }
    }
  }
  for (const element of fields) {
    mergeFields.push({ field: `<${element.name}>`, part: 'text', settled: false, at: places(element) });
  }
  const note = (found: readonly string[], at: () => Place | undefined) => {
    for (const field of found)
      mergeFields.push({ field, part: 'attribute', settled: isSettled(field), at: at() });
  };
  const read = createReader();
  for (const { href, at } of links) if (href) note(read.address(href), () => at);
  for (const { src, at } of images) if (src) note(read.address(src), () => at);
  for (const element of labelled) note(fieldsOfAttributes(element, read), () => places(element));
  for (const field of fieldsForOutlook(partsForOutlook(html))) {
    mergeFields.push({ field, part: 'outlook', settled: isSettled(field), at: undefined });
  }
  return { mergeFields, fieldsInCode };
}

/** A field may be cut in two by what makes a part of it bold. */
function linesOf(pieces: readonly Piece[]): Piece[][] {
  const lines: Piece[][] = [];
  let length = 0;
  for (const piece of pieces) {
    const line = lines.at(-1);
    const before = line?.at(-1);
    const goesOn =
      piece.joined && before?.code === piece.code && before.hidden === piece.hidden && length < lineLength;
    if (line && goesOn) line.push(piece);
    else lines.push([piece]);
    length = goesOn ? length + piece.text.length : piece.text.length;
  }
  return lines;
}

function pieceAt(line: readonly Piece[], index: number): Piece | undefined {
  let end = 0;
  return line.find(({ text }) => {
    end += text.length;
    return index < end;
  });
}

type Reader = Record<'text' | 'address' | 'style' | 'urls', (written: string) => readonly string[]>;

/** Each text, address and style is read once: a newsletter repeats them on many elements. */
function createReader(): Reader {
  const once = (read: (written: string) => readonly string[]) => {
    const known = new Map<string, readonly string[]>();
    return (written: string) => {
      const before = known.get(written);
      if (before) return before;
      const found = read(written);
      known.set(written, found);
      return found;
    };
  };
  const address = once(mergeFieldsOfAddress);
  return {
    text: once(mergeFieldsOf),
    address,
    style: once((style) => mergeFieldsOf(style.slice(0, styleLength).replace(urls, ''))),
    urls: once((style) =>
      style.includes('url(')
        ? [...style.slice(0, styleLength).matchAll(urls)].flatMap(([, url = '']) => address(url))
        : none,
    ),
  };
}

function fieldsOfAttributes({ attribs }: Element, read: Reader): readonly string[] {
  const { alt, title, 'aria-label': label, background, bgcolor, style } = attribs;
  let found = none;
  const add = (more: readonly string[]) => {
    if (more.length > 0) found = found.length > 0 ? [...found, ...more] : more;
  };
  if (alt) add(read.text(alt));
  if (title) add(read.text(title));
  if (label) add(read.text(label));
  if (bgcolor) add(read.text(bgcolor));
  if (style) add(read.style(style));
  if (background) add(read.address(background));
  if (style) add(read.urls(style));
  return found;
}
