/** Merge fields of a page: in its text, its addresses, and the attributes that are shown or loaded. */
import type { Place } from '../../place.ts';
import type { Element } from '../../submission/markup.ts';
import { findMergeFields, isSettled, mergeFieldsOf, mergeFieldsOfAddress } from '../message/merge-fields.ts';
import type { Places } from './places.ts';
import type { Piece, Walk } from './walk.ts';

export interface HtmlFields {
  /**
   * `text`: a reader sees it. `hidden`: lists of mails show it, or some programs. `attribute`: of a link or a
   * picture, or of what is shown in its place.
   */
  mergeFields: {
    field: string;
    part: 'text' | 'hidden' | 'attribute';
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
  for (const { href, at } of links) note(mergeFieldsOfAddress(href ?? ''), () => at);
  for (const { src, at } of images) note(mergeFieldsOfAddress(src ?? ''), () => at);
  for (const element of labelled) note(fieldsOfAttributes(element), () => places(element));
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

function fieldsOfAttributes({ attribs }: Element): readonly string[] {
  const { alt = '', title = '', 'aria-label': label = '', background = '', style = '' } = attribs;
  const inStyle = style.includes('url(');
  if (!inStyle && !alt && !title && !label && !background) return none;
  const found = [alt, title, label].flatMap((text) => (text ? mergeFieldsOf(text) : []));
  if (background) found.push(...mergeFieldsOfAddress(background));
  if (!inStyle) return found;
  for (const [, url = ''] of style.slice(0, styleLength).matchAll(urls))
    found.push(...mergeFieldsOfAddress(url));
  return found;
}
