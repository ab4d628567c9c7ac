/** The text of a page as a reader gets it: in order, without what is hidden, white space folded. */

export interface Node {
  type: string;
  data?: string;
  children?: Node[];
}

/** Between these no word ends. */
const inline = new Set(
  'a abbr acronym b bdi bdo big cite code dfn em font i ins kbd mark nobr q s samp small span strike strong sub sup tt u var wbr'.split(
    ' ',
  ),
);
/** True for an element at whose edges a word ends. */
export function blockOf(name: string): boolean {
  return !inline.has(name);
}

/** White space and the invisible characters that preheaders are padded with. */
const blank = /(?:\p{Default_Ignorable_Code_Point}|[\s\u2800])+/gu;
/** Of those, what has a width: the rest, such as a soft hyphen within a word, parts nothing. */
const wide = /[^\S\ufeff]|[\u2800\u3164\uffa0]/;

/** What most pieces have nothing of: two spaces in a row, or anything but spaces and the letters of Latin-1. */
const perhaps = /[^ !-~¡-¬®-ÿ]| {2}/;

const spaces = /^[ \t\r\n]+$/;

/** Latin-1 without the soft hyphen: all that folds there is white space. */
const latin = /^[\0-\xac\xae-\xff]*$/;

/** White space but for what is one space already. */
const folding = /[^\S ]\s*| \s+/g;

/** Each run of blanks becomes one space, or nothing where all of it is invisible; none at the ends. */
export function fold(text: string): string {
  return foldRun(text).trim();
}

/** The same for a piece of a longer text, where a blank at an end parts it from the next. */
export function foldRun(text: string): string {
  if (!perhaps.test(text)) return text;
  // What stands between two tags is most often a line break and some spaces.
  if (spaces.test(text)) return ' ';
  if (latin.test(text)) return text.replace(folding, ' ');
  return text.replace(blank, (run) => (wide.test(run) ? ' ' : ''));
}

/** Text that is put together from folded pieces. */
export class Reading {
  readonly #most: number;
  readonly #pieces: string[] = [];
  #spaced = true;
  /** Characters so far. */
  length = 0;

  constructor(most: number = Number.POSITIVE_INFINITY) {
    this.#most = most;
  }

  /** Nothing more is kept. */
  get full(): boolean {
    return this.length >= this.#most;
  }

  /** Adds a folded piece. */
  add(folded: string): void {
    if (folded === '' || this.full) return;
    const joined = this.#spaced && folded.startsWith(' ') ? folded.slice(1) : folded;
    if (joined === '') return;
    const left = this.#most - this.length;
    // Half a character is none.
    const piece = joined.length > left ? joined.slice(0, left).toWellFormed() : joined;
    this.#pieces.push(piece);
    this.length += piece.length;
    this.#spaced = piece.endsWith(' ');
  }

  /** All of it, without blanks at the ends. */
  take(): string {
    return this.#pieces.join('').trim();
  }
}
