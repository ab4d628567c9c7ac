/** Text that nobody meant to send: letters that a wrong encoding made, and words that only fill a template. */
import type { Place } from '../../place.ts';
import type { Element } from '../../submission/markup.ts';
import type { Places } from '../html/places.ts';
import type { Spots } from './spots.ts';

export interface OddText {
  kind: 'garbled' | 'lost' | 'filler';
  text: string;
  at: Place | undefined;
}

/** Written by whoever made the text; where it stands in the source. */
export interface PageText {
  data: string;
  start: number | undefined;
  end: number;
  element: Element | null;
}

/**
 * UTF-8 read as windows-1252, letter by letter: å is Ã¥, é is Ã©, “ is â€œ, a space that does not break is Â and one.
 * Left out is what some language writes: AMANHÃ before a space or a quotation mark, Â before a word.
 */
const garbled =
  /(?:Ã[¡-ª¬-º¼-¿\u0080-\u009f€‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ]|â€[™œ\u009d˜“”¦¢\u0080-\u0099]|Â[©®£°·§´¿¡]|ðŸ[\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ])/;
/** What garbled text, and lost letters, cannot do without, also where a tool has written it as references. */
const perhaps = /[ÃÂâð\ufffd]|&(?:Atilde|Acirc|acirc|eth|#(?:19[45]|226|240|65533)|#x(?:c[23]|e2|f0|fffd));/i;
/** Blind text, and what published templates say where the preview text, a headline or a text should be. */
const fillers = [
  'lorem ipsum dolor',
  'lorem ipsum is dummy',
  'dolor sit amet',
  'far away, behind the word mountains',
  'far world of grammar',
  'this is preheader text',
  'this is the preheader text',
  'example text for the preheader',
  'some clients will show this text as a preview',
  'text here will show in the preview',
  ...['text', 'headline', 'title', 'preheader'].flatMap((part) => [
    `insert ${part} here`,
    `insert your ${part} here`,
    `your ${part} goes here`,
  ]),
  ...['text', 'rubrik'].flatMap((part) => [`skriv din ${part} här`, `infoga ${part} här`]),
];
/** The shortest of them. */
const fillerLength = Math.min(...fillers.map(({ length }) => length));
const around = 20;
const atMost = 100;

export function oddTexts(texts: readonly PageText[], html: string, places: Places, spots: Spots): OddText[] {
  const found: OddText[] = [];
  const note = (kind: OddText['kind'], one: PageText, index: number, length: number) => {
    const { data, start, end, element } = one;
    const text = quoted(data, index, length).replace(/\s+/g, ' ').trim();
    const sought = data.slice(index, index + length);
    const offset = start === undefined ? -1 : html.slice(start, end).indexOf(sought);
    const at =
      (offset === -1 || start === undefined ? undefined : spots(start + offset)) ??
      (element ? places(element) : undefined);
    found.push({ kind, text: text.toWellFormed(), at });
  };
  const odd = perhaps.test(html);
  for (const one of texts) {
    if (found.length >= atMost) break;
    if (one.data.length >= fillerLength) {
      const text = one.data.toLowerCase();
      const phrase = fillers.find((filler) => text.includes(filler));
      if (phrase) note('filler', one, text.indexOf(phrase), phrase.length);
    }
    if (!odd) continue;
    const lost = one.data.indexOf('\ufffd');
    if (lost !== -1) note('lost', one, lost, 1);
    const wrong = garbled.exec(one.data);
    if (wrong) note('garbled', one, wrong.index, wrong[0].length);
  }
  return found;
}

const letter = /[\p{L}\p{N}]/u;

/** With a little of what stands round it, of whole words. */
function quoted(data: string, index: number, length: number): string {
  const last = index + length;
  let start = Math.max(0, index - around);
  if (start > 0 && letter.test(data[start - 1] ?? ''))
    while (start < index && letter.test(data[start] ?? '')) start += 1;
  let end = Math.min(data.length, last + around);
  if (letter.test(data[end] ?? '')) while (end > last && letter.test(data[end - 1] ?? '')) end -= 1;
  return data.slice(start, end);
}
