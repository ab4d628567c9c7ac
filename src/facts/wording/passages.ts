/**
 * What a filter reads, piece by piece: the words in small letters, where each of them begins, and where in what
 * was handed in they stand.
 */
import type { Place } from '../../place.ts';
import type { Places } from '../html/places.ts';
import { foldRun } from '../html/text.ts';
import type { Piece } from '../html/walk.ts';

export type PassagePart = 'from' | 'subject' | 'html' | 'text';

export interface Passage {
  part: PassagePart;
  /** White space folded to single spaces. */
  text: string;
  /** The same in small letters, character by character. */
  small: string;
  /**
   * Where words begin, by the first three letters of them, and numbers by `#` as well: a phrase is looked for where it
   * can stand, not everywhere.
   */
  starts: ReadonlyMap<string, readonly number[]>;
  /** From which character on a place holds; in order. */
  places: readonly { from: number; at: Place | undefined }[];
}

/** Of one passage; a newsletter has a tenth of it. Filters stop earlier. */
const longest = 200_000;
const keyLength = 3;
const word = /[\p{L}\p{N}]+/gu;
const latinWord = /[a-z0-9ß-öø-ÿ]+/g;
const latin = /^[\0-\xff]*$/;
/** What a typesetter makes of an apostrophe. */
const apostrophe = /[’‘`´]/g;

/** A line that stands in the header. */
export function headerPassage(part: 'from' | 'subject', text: string): Passage {
  return passage(part, foldRun(text.slice(0, longest)), []);
}

/** The text that a reader of the page sees. */
export function htmlPassage(pieces: readonly Piece[], placeOf: Places): Passage {
  const texts: string[] = [];
  const places: { from: number; at: Place | undefined }[] = [];
  let length = 0;
  for (const { text, element, hidden, joined } of pieces) {
    if (hidden || length > longest) continue;
    const part = joined ? text : ` ${text}`;
    places.push({ from: length, at: element ? placeOf(element) : undefined });
    texts.push(part);
    length += part.length;
  }
  return passage('html', texts.join(''), places);
}

/** A text part, line by line; what marks an older mail that is answered is left out. */
export function textPassage(text: string): Passage {
  const texts: string[] = [];
  const places: { from: number; at: Place | undefined }[] = [];
  let length = 0;
  for (const [i, line] of text.slice(0, longest).split('\n').entries()) {
    const own = line.replace(/^[>| \t]{1,20}/, '');
    const read = foldRun(own).trim();
    if (read === '') continue;
    places.push({ from: length, at: { part: 'text', line: i + 1, column: line.length - own.length + 1 } });
    texts.push(read);
    length += read.length + 1;
  }
  return passage('text', texts.join(' '), places);
}

function passage(part: PassagePart, text: string, places: Passage['places']): Passage {
  const lowered = text.toLowerCase();
  // A few letters grow when they are made small; then places would no longer fit.
  const small = (lowered.length === text.length ? lowered : text).replace(apostrophe, "'");
  return { part, text, small, starts: startsOf(small), places };
}

function startsOf(small: string): Map<string, number[]> {
  const starts = new Map<string, number[]>();
  const note = (key: string, index: number) => {
    const known = starts.get(key);
    if (known) known.push(index);
    else starts.set(key, [index]);
  };
  for (const { 0: found, index } of small.matchAll(latin.test(small) ? latinWord : word)) {
    note(found.slice(0, keyLength), index);
    if (found >= '0' && found < ':') note('#', index);
  }
  return starts;
}
