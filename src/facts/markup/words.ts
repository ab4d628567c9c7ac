/** Text that nobody meant to send: letters that a wrong encoding made, and words that only fill a template. */
import type { Place } from '../../place.ts';
import type { Element } from '../../submission/markup.ts';
import { type OddLetters, oddLettersIn, quoted } from '../garbling.ts';
import type { Places } from '../html/places.ts';
import type { Spots } from './spots.ts';

export interface OddText {
  kind: OddLetters['kind'] | 'filler';
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
  'text will appear in the inbox preview',
  '123 fake street',
  ...['text', 'headline', 'title', 'preheader'].flatMap((part) => [
    `insert ${part} here`,
    `insert your ${part} here`,
    `your ${part} goes here`,
  ]),
  ...['text', 'rubrik'].flatMap((part) => [`skriv din ${part} här`, `infoga ${part} här`]),
];
/** A name in brackets that is plainly a template's; two brackets are a merge field. */
const bracketed = new RegExp(
  `(?<!\\[)\\[(?:${[
    "(?:(?:insert|enter|the|your) ){0,2}(?:product|company|sender|business|brand|organi[sz]ation|association|club)(?:[’']s)? name(?:,? (?:llc|inc|ltd)\\.?)?(?: here)?",
    '(?:insert |enter )?your (?:full )?name(?: here)?',
    'your (?:product|company|business|brand|organi[sz]ation|association|club)',
    '(?:(?:skriv|ange|infoga|ditt|ert) ){0,2}(?:företags|förenings|organisations|produkt|avsändar|bolags|klubb)namn(?: ab)?(?: här)?',
    '(?:företagets|föreningens|organisationens|produktens|avsändarens|bolagets|klubbens) namn',
    '(?:skriv |ange |infoga )?(?:ditt|ert) namn(?: här)?',
    '(?:ditt|ert) (?:företag|bolag)|(?:din|er) (?:förening|organisation|klubb)',
  ].join('|')})\\](?!\\])`,
  'iu',
);
/** Of blind text as its generators write it, from Cicero torn apart; words that no living language has as well. */
const blind =
  /\b(?:lorem|ipsum|consectetur|adipiscing|eiusmod|incididunt|nostrud|ullamco|aliquip|maecenas|pellentesque|aptent|taciti|sociosqu|litora|torquent|conubia|inceptos|himenaeos|vestibulum|curabitur|suspendisse|vivamus|phasellus|perspiciatis|voluptatem|accusantium|doloremque|laudantium|quisquam|porttitor|sollicitudin|hendrerit|ullamcorper)\b/giu;
/** Different ones: a text about printers’ habits may name two. */
const blindAtLeast = 3;
const blindLength = 20_000;

/** Where blind text begins; -1: there is none. */
function blindFrom(text: string): number {
  const words = new Set<string>();
  let from = -1;
  for (const { 0: word, index } of text.slice(0, blindLength).matchAll(blind)) {
    if (from === -1) from = index;
    words.add(word.toLowerCase());
    if (words.size >= blindAtLeast) return from;
  }
  return -1;
}

/** The shortest of them. */
const fillerLength = Math.min(...fillers.map(({ length }) => length));
const atMost = 100;

export function oddTexts(texts: readonly PageText[], html: string, places: Places, spots: Spots): OddText[] {
  const found: OddText[] = [];
  const note = (kind: OddText['kind'], one: PageText, index: number, length: number) => {
    const { data, start, end, element } = one;
    const text = quoted(data, index, length);
    const sought = data.slice(index, index + length);
    const offset = start === undefined ? -1 : html.slice(start, end).indexOf(sought);
    const at =
      (offset === -1 || start === undefined ? undefined : spots(start + offset)) ??
      (element ? places(element) : undefined);
    found.push({ kind, text, at });
  };
  const odd = perhaps.test(html);
  let looks = 0;
  const lookAround = (one: PageText) => {
    looks += 1;
    return looks > looksAtMost ? { before: '', after: '' } : aroundIn(html, one);
  };
  for (const one of texts) {
    if (found.length >= atMost) break;
    if (one.data.length >= fillerLength) {
      const text = one.data.toLowerCase();
      const phrase = fillers.find((filler) => text.includes(filler));
      const from = phrase ? text.indexOf(phrase) : blindFrom(one.data);
      if (from !== -1) note('filler', one, from, phrase?.length ?? fillerLength);
    }
    const name = one.data.includes('[') ? bracketed.exec(one.data) : null;
    if (name) note('filler', one, name.index, name[0].length);
    if (!odd) continue;
    for (const { kind, index, length } of oddLettersIn(one.data, () => lookAround(one)))
      note(kind, one, index, length);
  }
  return found;
}

/** Of the source, enough to hold a sentence and its elements. */
const aroundLength = 200;
/** For one page. */
const looksAtMost = 1000;
const withinLine = /<\/?(?:a|b|code|em|font|i|kbd|mark|q|s|samp|small|span|strong|tt|u)(?:\s[^<>]*)?>/gi;

/** What stands before and after a text on the same line; another element than those of a line ends a sentence. */
function aroundIn(html: string, { start, end }: PageText): { before: string; after: string } {
  if (start === undefined) return { before: '', after: '' };
  const plain = (source: string) => source.replace(withinLine, '').replace(/^[^<>]*>|<[^<>]*>?/g, '\u2029');
  return {
    before: plain(html.slice(Math.max(0, start - aroundLength), start)),
    after: plain(html.slice(end, end + aroundLength)),
  };
}
