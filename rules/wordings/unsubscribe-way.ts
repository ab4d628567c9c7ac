/** Whether a mail shows its reader a way to leave the list: a link, or words that say how, beside one. */
import type { Facts } from '#rule';
import {
  answer,
  perhapsAddress,
  unsubscribe,
  unsubscribeAddress,
  unsubscribeHint,
  unsubscribeReply,
  unsubscribeWrite,
} from './unsubscribe.ts';
import { isDenied, type Sense, senseOf } from './unsubscribe-sense.ts';

type Span = readonly [number, number];
/** `perhaps`: words or an address that may be of another matter. */
export type Way = 'yes' | 'perhaps' | 'no';

/** Characters between words and the link they are about. */
const near = 120;
/** The same within a sentence. */
const far = 200;
/** Of the next one. */
const next = 40;
/** What a link says, it says in the beginning. */
const ownText = 200;
/** Of a longer text the beginning and the end are read: nobody hides the way out in the middle of a book. */
const readLength = 200_000;
const address = /https?:\/\/\S{1,500}|www\.\S{1,500}|[^\s@<>]{1,64}@[^\s@<>.]{1,63}\.|\{\{|\*\||<%|%%/i;
/** Addresses of leaving that are as often of something else. */
const ofOthers = /avregist|avanm|opt[-_]?out/i;
const mailAddress = /[^\s@<>]{1,64}@[^\s@<>.]{1,63}\./;

function* wordsIn(text: string, words: RegExp): Generator<Span> {
  const all = new RegExp(words, `${words.flags}g`);
  const tail = Math.max(readLength, text.length - readLength);
  for (const { 0: word, index } of text.slice(0, readLength).matchAll(all))
    yield [index, index + word.length];
  for (const { 0: word, index } of text.slice(tail).matchAll(all)) {
    yield [tail + index, tail + index + word.length];
  }
}

/** Each of the words whose reach holds a link, and that reach; both in reading order, so one look from where the last ended. */
function* besideLink(
  text: string,
  words: RegExp,
  links: readonly Span[],
  reach: (text: string, word: Span) => Span,
): Generator<{ word: Span; from: number; to: number }> {
  let at = 0;
  for (const word of wordsIn(text, words)) {
    const [from, to] = reach(text, word);
    while (at < links.length && (links[at]?.[1] ?? 0) < from) at += 1;
    if ((links[at]?.[0] ?? Number.POSITIVE_INFINITY) <= to) yield { word, from, to };
  }
}

function nearby(_: string, [start, end]: Span): Span {
  return [start - near, end + near];
}

/** The sentence round some words, and the beginning of the next; a question goes on into its answer. */
function sentenceAt(text: string, [start, end]: Span): Span {
  const before = text.slice(Math.max(0, start - far), start);
  const after = text.slice(end, end + far);
  const ended = [...before.matchAll(/[.!…](?=\s)/g)].at(-1)?.index;
  const ends = after.search(/[.!…](?=\s|$)/);
  return [
    start - before.length + (ended === undefined ? 0 : ended + 1),
    end + (ends < 0 ? after.length : ends) + next,
  ];
}

function inText(text: string, links: readonly Span[]): Way {
  // Whoever answers the mail needs no link.
  const doors = merged(links, [...wordsIn(text, answer)]);
  let way: Way = 'no';
  for (const { word } of besideLink(text, unsubscribe.sure, doors, nearby)) {
    if (senseOf(text, ...word) === 'yes') return 'yes';
    way = 'perhaps';
  }
  const ends = [text.slice(0, readLength), text.slice(Math.max(readLength, text.length - readLength))];
  if (ends.some((part) => unsubscribeReply.test(part))) return 'yes';
  if (ends.some((part) => unsubscribeWrite.test(part) && mailAddress.test(part))) return 'yes';
  for (const words of [unsubscribe.phrases, unsubscribe.ends]) {
    for (const { word, from, to } of besideLink(text, words, doors, sentenceAt)) {
      way = 'perhaps';
      if (isDenied(text, word[0])) continue;
      if (words === unsubscribe.phrases || isOfThese(text.slice(from, to - next))) return 'yes';
    }
  }
  if (way === 'no' && ends.some((part) => unsubscribe.sure.test(part) || unsubscribeHint.test(part))) {
    return 'perhaps';
  }
  return way;
}

/** Whether a sentence names this mail, elsewhere than as what one answers. */
function isOfThese(sentence: string): boolean {
  return unsubscribe.these.test(sentence.replace(new RegExp(answer, 'giu'), ' '));
}

/** What the words for leaving mean in a link's own text; null: there are none. */
function sensed(own: string): Sense | null {
  let found: Sense | null = null;
  for (const word of wordsIn(own, unsubscribe.sure)) {
    if (senseOf(own, ...word) === 'yes') return 'yes';
    found = 'perhaps';
  }
  return found;
}

function inLink(text: string, href: string): Way {
  const own = text.slice(0, ownText);
  const { phrases, ends, these, any, settings } = unsubscribe;
  const said = sensed(own);
  if (said === 'yes') return 'yes';
  // A course has such an address as well.
  if (unsubscribeAddress.test(href) && !(said && ofOthers.test(href))) return 'yes';
  if (phrases.test(own)) return 'yes';
  if (ends.test(own)) return these.test(own) || any.test(own) ? 'yes' : 'perhaps';
  return said ?? (settings.test(own) || perhapsAddress.test(href) ? 'perhaps' : 'no');
}

/** Whether a reader of the HTML finds a way to leave. */
export function wayInHtml({ text, links, mergeFields }: NonNullable<Facts['html']>): Way {
  const said = mergeFields.some(({ field, part }) => part === 'text' && unsubscribeAddress.test(field));
  if (said) return 'yes';
  const spans: Span[] = [];
  const seen = new Map<string, [string, string]>();
  for (const { href, span, text: own } of links) {
    // A place in the mail itself: words there may still tell how.
    if (href === null || span === null || /^\s*#./.test(href)) continue;
    spans.push(span);
    seen.set(`${href}\n${own}`, [own, href]);
  }
  const ways = new Set([...seen.values()].map(([own, href]) => inLink(own, href)));
  // Most mails say it in a link, and then their text need not be searched.
  if (ways.has('yes')) return 'yes';
  // A link may stand as an address that mail programs make one of.
  const written = inText(text, merged(spans, addressesIn(text)));
  return written === 'no' && ways.has('perhaps') ? 'perhaps' : written;
}

/** The same of plain text, where an address stands as it is. */
export function wayInText(text: string): Way {
  const spans = addressesIn(text);
  const told = spans.some(([start, end]) => unsubscribeAddress.test(text.slice(start, end)));
  return told ? 'yes' : inText(text, spans);
}

function addressesIn(text: string): Span[] {
  return [...wordsIn(text, address)];
}

function merged(some: readonly Span[], others: readonly Span[]): Span[] {
  return [...some, ...others].sort(([a], [b]) => a - b);
}
