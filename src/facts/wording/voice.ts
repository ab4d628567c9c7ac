/** How loud a text is: capitals and exclamation marks. */
import type { Place } from '../../place.ts';
import type { Passage } from './passages.ts';

export interface Voice {
  /** Letters that have a small and a capital form, and how many of them are capitals. */
  letters: number;
  capitals: number;
  exclamations: number;
  /** Runs of words in capitals that are no abbreviations, from three words on. */
  shouts: { quote: string; at: Place | undefined }[];
  /** Two or more exclamation marks in a row. */
  cries: { quote: string; at: Place | undefined }[];
}

const listed = 20;
const quoteLength = 60;
const upper = /\p{Lu}+/gu;
const lower = /\p{Ll}+/gu;
const paired = /[\ud800-\udbff]/;
/** Three words or more in a row, one of them longer than abbreviations are. */
const shout =
  /(?=\p{Lu}{2})(?=[^\p{Ll}]{0,60}\p{Lu}{6})\p{Lu}{2,30}(?:[ ,!'’$%&\d-]{1,6}\p{Lu}{2,30}){2,30}/gu;
const several = /![ ]?!/;
const cry = /[\p{L}\p{N}$%][^\s!]{0,30}[ ]?!(?:[ ]?!){1,9}/gu;

/** Counts over a passage. */
export function voiceOf(passage: Passage | undefined): Voice {
  const { text = '', places = [] } = passage ?? {};
  const at = (index: number) => places.findLast(({ from }) => from <= index)?.at;
  const capitals = lettersIn(text, upper);
  const quotes = (pattern: RegExp) => {
    const found: Voice['shouts'] = [];
    for (const { 0: said, index } of text.matchAll(pattern)) {
      found.push({ quote: said.slice(0, quoteLength).trim(), at: at(index) });
      if (found.length >= listed) break;
    }
    return found;
  };
  return {
    letters: capitals + lettersIn(text, lower),
    capitals,
    exclamations: text.split('!').length - 1,
    shouts: quotes(shout),
    cries: several.test(text) ? quotes(cry) : [],
  };
}

/** Run by run: one object for each letter of a mail costs more than all the rest of it. */
function lettersIn(text: string, runs: RegExp): number {
  const found = text.match(runs) ?? [];
  const pairs = paired.test(text);
  return found.reduce((sum, run) => sum + (pairs ? [...run].length : run.length), 0);
}
