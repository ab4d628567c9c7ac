/**
 * Where an element of the sent HTML stands in what the person submitted. For MJML the marked twin of the
 * HTML tells: both have the same elements in the same order.
 */
import type { Place } from '../../place.ts';
import { keptOn } from '../../submission/kept.ts';
import {
  type Element,
  elementsOf,
  isElement,
  type Markup,
  type MarkupLimits,
  parseMarkup,
} from '../../submission/markup.ts';
import { lineStarts, markOf, position } from '../../submission/mjml-marks.ts';
import type { Submission } from '../../submission.ts';

/** undefined: nowhere that can be pointed at, such as an element that the parser or the compiler added. */
export type Places = (element: Element) => Place | undefined;

const snippetLength = 160;

const known = keptOn<Markup, Places>('places');

/** Returns a function from element to place, the same for every fact that asks. Never fails. */
export function sourcePlaces(submission: Submission, markup: Markup, limits: MarkupLimits): Places {
  const places = known.get(markup) ?? readPlaces(submission, markup, limits);
  known.set(markup, places);
  return places;
}

function readPlaces(submission: Submission, markup: Markup, limits: MarkupLimits): Places {
  if (submission.mjml && submission.source !== null) {
    return mjmlPlaces(submission.source, markup, submission.mjml.marked, limits);
  }
  const part = submission.format === 'eml' ? 'html' : 'source';
  return (element) => {
    const location = element.sourceCodeLocation?.startTag ?? element.sourceCodeLocation;
    if (!location) return undefined;
    const snippet = cut(markup.html, location.startOffset, location.endOffset);
    return { part, line: location.startLine, column: location.startCol, snippet };
  };
}

function mjmlPlaces(source: string, sent: Markup, marked: string | null, limits: MarkupLimits): Places {
  const lines = lineStarts(source);
  const twins = twinsOf(sent, marked, limits);
  return (element) => {
    // The compiler makes it, and takes its language and direction from the outermost tag.
    if (element.name === 'html') return outermost(source, lines);
    for (let at = twins.get(element); at && isElement(at); at = at.parent as typeof at) {
      const mark = markOf(at.attribs);
      if (!mark) continue;
      const start = (lines[mark.line - 1] ?? 0) + mark.column - 1;
      return { part: 'source', ...mark, snippet: tagAt(source, start) };
    }
    return undefined;
  };
}

const comments = /<!--[\s\S]*?-->/g;

function outermost(source: string, lines: readonly number[]): Place | undefined {
  const start = source.replace(comments, ({ length }) => ' '.repeat(length)).search(/<mjml[\s>]/i);
  return start === -1
    ? undefined
    : { part: 'source', ...position(lines, start), snippet: tagAt(source, start) };
}

function tagAt(source: string, start: number): string {
  const end = source.indexOf('>', start);
  return cut(source, start, end === -1 ? source.length : end + 1);
}

function twinsOf(sent: Markup, marked: string | null, limits: MarkupLimits): Map<Element, Element> {
  const parsed = marked === null ? undefined : parseMarkup(marked, limits);
  const original = elementsOf(sent);
  const copy = parsed?.ok ? elementsOf(parsed.markup) : [];
  const same = original.length === copy.length && original.every((one, i) => one.name === copy[i]?.name);
  return new Map(same ? original.flatMap((one, i) => (copy[i] ? [[one, copy[i]]] : [])) : []);
}

function cut(text: string, start: number, end: number): string {
  return end - start > snippetLength
    ? `${text.slice(start, start + snippetLength - 1).toWellFormed()}…`
    : text.slice(start, end);
}
