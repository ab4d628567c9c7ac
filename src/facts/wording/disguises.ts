/**
 * Words that are written so that people read them and programs do not: with invisible characters in
 * them, letters of two alphabets, or blanks between all letters.
 */
import type { Place } from '../../place.ts';
import type { Submission } from '../../submission.ts';
import type { Passage } from './passages.ts';

export interface Disguise {
  /** `invisible`: a character nobody sees within it. `alphabets`: letters that only look alike. */
  kind: 'invisible' | 'alphabets' | 'spaced';
  word: string;
  part: Passage['part'];
  /** Of `invisible`; the others by `index` in the text of their passage. */
  at: Place | undefined;
  index: number;
}

const disguisesAtMost = 20;
const longest = 200_000;

/**
 * Zero-width characters between Latin letters: Persian and Indic scripts, and emoji, need theirs. A soft hyphen is for
 * hyphenation, and designers break “address” with U+200C so that phones make no link of it.
 */
const zeroWidth =
  /[A-Za-zÀ-ÿ]{1,30}(?:(?:(?:\u200b|\u200d|\u2060|\ufeff)|&(?:#(?:820[35]|8288|65279|x200[bd]|x2060|xfeff);|ZeroWidthSpace;|zwj;|NoBreak;)){1,9}[A-Za-zÀ-ÿ]{1,30}){1,20}/gi;
/** Without one of these there is none of them. */
const sign = /(?:\u200b|\u200d|\u2060|\ufeff)|&(?:#|Zero|zw|NoB)/i;
const noise =
  /(?:\u200b|\u200d|\u2060|\ufeff)|&(?:#(?:820[35]|8288|65279|x200[bd]|x2060|xfeff);|ZeroWidthSpace;|zwj;|NoBreak;)/gi;

/** Cyrillic and Greek letters that look like Latin ones. */
const alike = /[АВЕЅІЈКМНОРСТХаеіјорсухѕԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαονρ]/;
const otherAlphabet = /[Ͱ-ϿЀ-ԯ]/;
const mixed = /(?=[\p{Script=Latin}]{0,40}[Ͱ-ϿЀ-ԯ])(?=[Ͱ-ϿЀ-ԯ]{0,40}[A-Za-z])[\p{L}]{3,40}/gu;

/** Single letters with the same mark between them; `U S A` and `a b c` are too short to be meant. */
const spaced = /(?<![\p{L}\p{N}.'’&-])(?:\p{L}([ ._*·-])(?:\p{L}\1){3,18}\p{L})(?![\p{L}\p{N}])/gu;
const few = 4;

/** Finds them in what readers see, and in the source for what they do not. */
export function disguisesOf(submission: Submission, passages: readonly Passage[]): Disguise[] {
  const found = [...invisibleIn(submission), ...passages.flatMap((one) => shownIn(one))];
  return found.slice(0, disguisesAtMost);
}

function invisibleIn({ source, markup, format, text }: Submission): Disguise[] {
  const written = source ?? markup?.html ?? text ?? '';
  const part = markup ? 'html' : 'text';
  const place = format === 'eml' ? part : 'source';
  const found: Disguise[] = [];
  const read = written.slice(0, longest);
  if (!sign.test(read)) return [];
  for (const { 0: said, index } of read.matchAll(zeroWidth)) {
    if (found.length >= disguisesAtMost) break;
    const word = said.replace(noise, '');
    if (word.length < few) continue;
    found.push({ kind: 'invisible', word, part, at: placeIn(read, index, place), index: 0 });
  }
  return found;
}

function shownIn({ text, part }: Passage): Disguise[] {
  const found: Disguise[] = [];
  if (otherAlphabet.test(text)) {
    for (const { 0: word, index } of text.matchAll(mixed)) {
      if (found.length >= disguisesAtMost) break;
      if (!alike.test(word)) continue;
      found.push({ kind: 'alphabets', word, part, at: undefined, index });
    }
  }
  for (const { 0: word, 1: mark, index } of text.matchAll(spaced)) {
    if (found.length >= disguisesAtMost) break;
    // Designers set titles with blanks between the letters.
    if (mark === ' ' && part !== 'subject') continue;
    if (new Set(word.toLowerCase().replace(/[^\p{L}]/gu, '')).size < few) continue;
    found.push({ kind: 'spaced', word, part, at: undefined, index });
  }
  return found;
}

function placeIn(text: string, index: number, part: Place['part']): Place {
  const before = text.slice(0, index);
  const start = before.lastIndexOf('\n') + 1;
  return { part, line: before.split('\n').length, column: index - start + 1 };
}
