/** Lists whose signs were typed: lines in a row that begin with a bullet, a dash or a number. */
import type { Element } from '../../submission/markup.ts';

export interface TypedList {
  /** The block of its first line. */
  element: Element | null;
  text: string;
  lines: number;
}

/** Two lines are as often a signature or a dialogue. */
const linesFrom = 3;
const lineLength = 200;
const listsAtMost = 20;
const textLength = 80;
const dash = /^[-–—]/;
/** How a line of a dialogue ends, and what tells that somebody speaks. */
const sentence = /[.!?…][”"’')]?$/;
const speech =
  /[!?…][”"’')]?$|[,!?] (?:sa|sade|säger|frågade|frågar|svarade|svarar|berättade|berättar|menar|said|says|asked|asks|replied|replies|told)\b/i;
const signs: readonly RegExp[] = [/^ ?[•‣◦▪●○·] ?(?:\p{L}|$)/u, /^ ?[-–—*] \p{L}/u, /^ ?\d{1,2}[.)] \p{L}/u];

export class TypedLists {
  readonly #lists: TypedList[] = [];
  #open: TypedList | null = null;
  #sign: RegExp | undefined;
  #block: Element | null = null;
  #fresh = true;
  /** The end of the line that is read, enough to know how it ends and who speaks. */
  #line = '';
  /** Each line of the open list so far is a sentence; one of them is spoken. */
  #sentences = true;
  #spoken = false;

  /** A line begins: a block or a line break. */
  begin(element: Element): void {
    if (element.name !== 'br') this.#block = element;
    this.#fresh = true;
  }

  /** `text`: folded, and more than blanks. */
  read(text: string): void {
    if (!this.#fresh) {
      if (this.#open) this.#line = (this.#line + text).slice(-lineLength);
      // The sign stood alone, before words in bold.
      if (this.#open && this.#open.text.length < 3) this.#open.text += ` ${text.trim().slice(0, textLength)}`;
      return;
    }
    this.#fresh = false;
    this.#endLine();
    const sign = this.#block?.name === 'li' ? undefined : signs.find((one) => one.test(text));
    if (!sign || sign !== this.#sign || !this.#open) this.#end();
    this.#sign = sign;
    if (!sign) return;
    this.#open ??= { element: this.#block, text: text.trim().slice(0, textLength).toWellFormed(), lines: 0 };
    this.#open.lines += 1;
    this.#line = text.slice(-lineLength);
  }

  take(): TypedList[] {
    this.#end();
    return this.#lists;
  }

  #end(): void {
    this.#endLine();
    const open = this.#open;
    const isDialogue = open !== null && dash.test(open.text) && this.#sentences && this.#spoken;
    if (open && !isDialogue && open.lines >= linesFrom && this.#lists.length < listsAtMost)
      this.#lists.push(open);
    this.#open = null;
    this.#sentences = true;
    this.#spoken = false;
  }

  #endLine(): void {
    const line = this.#line.trim();
    this.#line = '';
    if (line === '') return;
    this.#sentences &&= sentence.test(line);
    this.#spoken ||= speech.test(line);
  }
}
