/** The words of a page by the language that is written for them, in passages: what stands together without a break. */
import type { Element } from '../../submission/markup.ts';
import { Reading } from './text.ts';

/** Words that stand together. */
export interface WalkedPassage {
  /** The first block they stand in; null: none. */
  element: Element | null;
  /** The reading direction as written for them; null: nowhere. */
  dir: string | null;
  text: string;
  /** How it begins in that block: a short one before it is read with it. */
  begins: string;
}

/** Words in one language as it is written; null: no element says which. */
export interface WalkedTongue {
  tag: string | null;
  element: Element | null;
  /** In reading order, the beginning of them. */
  passages: WalkedPassage[];
}

export interface OpenTongue {
  tag: string | null;
  element: Element | null;
  passages: {
    element: Element | null;
    dir: string | null;
    fromRight: boolean;
    from: number;
    reading: Reading;
  }[];
  length: number;
}

const tonguesAtMost = 20;
/** Characters of one language; a part in another one often stands last. */
const tongueLength = 20_000;
/** Characters from which a block is a passage of its own; a heading goes with what it is the heading of. */
const passageLength = 60;
/** Of a passage, to know it by. */
const beginning = 80;
/** Hebrew, Arabic and the scripts between and beside them. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

export class Tongues {
  readonly #open = new Map<string, OpenTongue>();
  /** The block that is read. */
  block: Element | null = null;
  #fresh = true;

  /** A block begins, so that what is read next may be a new passage. */
  begin(block: Element): void {
    this.block = block;
    this.#fresh = true;
  }

  /** `text`: folded. */
  read(tongue: OpenTongue, text: string, dir: string | null): void {
    if (tongue.length >= tongueLength) return;
    let passage = tongue.passages.at(-1);
    const fromRight = rightToLeft.test(text);
    const alike = passage?.dir === dir && passage.fromRight === fromRight;
    if (!passage || (this.#fresh && (!alike || passage.reading.length >= passageLength))) {
      passage = { element: this.block, dir, fromRight, from: 0, reading: new Reading(tongueLength) };
      tongue.passages.push(passage);
    } else if (this.#fresh) {
      passage.element = this.block;
      passage.from = passage.reading.length;
    }
    this.#fresh = false;
    passage.reading.add(text);
    passage.reading.add(' ');
    tongue.length += text.length;
  }

  /** undefined: there are more languages than anybody writes. */
  of(tag: string | null, element: Element | null): OpenTongue | undefined {
    const key = tag?.slice(0, 40).toLowerCase() ?? '';
    const known = this.#open.get(key);
    if (known || this.#open.size >= tonguesAtMost) return known;
    const tongue: OpenTongue = { tag, element, passages: [], length: 0 };
    this.#open.set(key, tongue);
    this.#fresh = true;
    return tongue;
  }

  take(): WalkedTongue[] {
    return [...this.#open.values()].map(({ tag, element, passages }) => ({
      tag,
      element,
      passages: passages.map(({ element, dir, from, reading }) => {
        const text = reading.take();
        return {
          element,
          dir,
          text,
          begins: text
            .slice(from, from + beginning)
            .toWellFormed()
            .trim(),
        };
      }),
    }));
  }
}
