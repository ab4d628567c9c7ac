/** Letters that a wrong encoding made, wherever a mail has them: the one place that knows what they look like. */

/**
 * UTF-8 read as windows-1252, letter by letter: å is Ã¥, é is Ã©, “ is â€œ, a space that does not break is Â and one.
 * Left out is what some language writes: AMANHÃ before a space, a dash or a quotation mark, Â before a word.
 */
const garbled =
  /Ã[¡-ª¬-º¼-¿\u0080-\u009f€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ]|(?<!\p{L})Ã[…–](?=\p{L})|â€[™œ\u009d˜“”¦¢\u0080-\u0099]|Â[©®£°·§´¿¡]|(?<!\p{Lu})Â\u00a0|ðŸ[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/gu;
/** It stands for what could not be read. */
const replacement = '\ufffd';
/** Of a longer text the beginning is read: what garbles one letter garbles all. */
const readLength = 200_000;

export interface OddLetters {
  kind: 'garbled' | 'lost';
  index: number;
  length: number;
}

/**
 * The first of each kind, but for garbled letters that the text speaks of: they have the right ones beside them.
 * `around`: what the reader sees before and after the text, where it is not the whole.
 */
export function oddLettersIn(
  text: string,
  around: () => { before: string; after: string } = () => ({ before: '', after: '' }),
): OddLetters[] {
  const read = text.slice(0, readLength);
  // Each is lost for itself, unlike what a wrong encoding garbles.
  const lost = text.indexOf(replacement);
  let wrong: { index: number; length: number } | undefined;
  let spokenOf = 0;
  for (const { index, 0: letters } of read.matchAll(garbled)) {
    spokenOf += 1;
    if (spokenOf <= spokenOfAtMost && isSpokenOf(read, index, letters.length, around)) continue;
    wrong = { index, length: letters.length };
    break;
  }
  return [
    ...(lost === -1 ? [] : [{ kind: 'lost' as const, index: lost, length: replacement.length }]),
    ...(wrong ? [{ kind: 'garbled' as const, ...wrong }] : []),
  ];
}

/** Where the source of a page has the first lost letter, in whatever it is; -1: it has none. */
export function lostIn(source: string): number {
  return source.indexOf(replacement);
}

/** No text has more to say of it, and each costs a look around. */
const spokenOfAtMost = 200;
/** Characters between what is wrong and what is right, where somebody writes about both. */
const besideLength = 60;
const sentenceEnd = /[.!?\u2029](?=\s|$)|\u2029/u;

/** True where the same sentence has the same word, or the same letter by itself, as it should be. */
function isSpokenOf(
  text: string,
  index: number,
  length: number,
  around: () => { before: string; after: string },
): boolean {
  let before = text.slice(Math.max(0, index - besideLength), index);
  let after = text.slice(index + length, index + length + besideLength);
  if (before.length < besideLength || after.length < besideLength) {
    const more = around();
    before = (more.before + before).slice(-besideLength);
    after = (after + more.after).slice(0, besideLength);
  }
  before = before.split(sentenceEnd).at(-1) ?? '';
  after = after.split(sentenceEnd)[0] ?? '';
  const start = /[\p{L}\p{M}]*$/u.exec(mended(before))?.[0] ?? '';
  const letters = mended(text.slice(index, index + length));
  // A dash or a quotation mark is not a part of the word that it touches.
  const isLetter = /^\p{L}+$/u.test(letters);
  const end = /^[\p{L}\p{M}]*/u.exec(mended(after))?.[0] ?? '';
  const right = isLetter ? start + letters + end : letters;
  const others = `${before} ${after}`.replace(readAsLetters, ' ');
  for (let at = others.indexOf(right); at !== -1; at = others.indexOf(right, at + 1)) {
    const touches = letterAt(others, at - 1) || letterAt(others, at + right.length);
    if (!isLetter || !touches) return true;
  }
  return false;
}

function letterAt(text: string, index: number): boolean {
  return /\p{L}/u.test(text[index] ?? '');
}

/** What windows-1252 shows for the octets 80 to 9F, in their order; an octet without a character shows itself. */
const shown = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const next = `[${shown}\u0080-\u00bf]`;
/** A character of UTF-8 in two, three or four octets, each read as a letter of its own. */
const readAsLetters = new RegExp(
  `[\u00c2-\u00df]${next}|[\u00e0-\u00ef]${next}{2}|[\u00f0-\u00f4]${next}{3}`,
  'gu',
);

const utf8 = new TextDecoder();

/** The text as it was before it was read as windows-1252. */
function mended(text: string): string {
  return text.replace(readAsLetters, (letters) => {
    const octets = [...letters].map((one) => {
      const place = shown.indexOf(one);
      return place === -1 ? one.charCodeAt(0) : 0x80 + place;
    });
    return utf8.decode(new Uint8Array(octets));
  });
}

const letter = /[\p{L}\p{N}]/u;
const around = 20;

/** What stands there with a little of what is round it, of whole words and on one line. */
export function quoted(text: string, index: number, length: number): string {
  const last = index + length;
  let start = Math.max(0, index - around);
  if (start > 0 && letter.test(text[start - 1] ?? ''))
    while (start < index && letter.test(text[start] ?? '')) start += 1;
  let end = Math.min(text.length, last + around);
  if (letter.test(text[end] ?? '')) while (end > last && letter.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end).replace(/\s+/g, ' ').trim().toWellFormed();
}
