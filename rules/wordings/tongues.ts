/** Which language a text is in, by the small words that no sentence goes without and that others do not have. */

const words: Record<string, ReadonlySet<string>> = {
  sv: of(
    'och att det är på för av med inte jag ni vi till den som ett dig din ditt dina vår våra från här eller också när',
  ),
  en: of(
    'the and to of is you that it for with are your this we our be at from have will not can us by or an',
  ),
  nb: of('og å det er ikke på som til av med jeg du vi deg din ditt dine våre fra også når eller kan hva'),
  da: of('og at det er ikke på som til af med jeg du vi dig din dit dine vores fra også når eller hvad kan'),
  de: of(
    'und der die das ist nicht mit sie für auf ein eine zu den von sich im dem wir ihr ihre bei oder auch',
  ),
  fi: of('ja on ei että se hän me te ovat kun niin mutta myös tai joka olla sinun meidän nyt'),
  fr: of('le la les des et est une un pour vous nous dans sur avec pas votre notre qui que aux ou du'),
  es: of('el la los las de que y en un una para con por su nuestro más es tu o del se no'),
  nl: of('de het een en van is niet voor met op je uw wij ons onze zijn ook naar of bij dit'),
};

function of(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

export const tongueNames: Record<string, { en: string; sv: string }> = {
  sv: { en: 'Swedish', sv: 'svenska' },
  en: { en: 'English', sv: 'engelska' },
  nb: { en: 'Norwegian', sv: 'norska' },
  da: { en: 'Danish', sv: 'danska' },
  de: { en: 'German', sv: 'tyska' },
  fi: { en: 'Finnish', sv: 'finska' },
  fr: { en: 'French', sv: 'franska' },
  es: { en: 'Spanish', sv: 'spanska' },
  nl: { en: 'Dutch', sv: 'nederländska' },
};

/** Enough words to tell by, of which so many are known; and so many times as many as in the language that was told. */
const leastWords = 30;
const leastShare = 0.15;
const clearly = 2.5;
/** Of a passage: words that one language knows, from which it is taken for that. */
const fewHits = 3;

/** The code of the language the text is surely in, where it is another than `tag` tells; undefined: it fits, or who knows. */
function otherTongue(tag: string, text: string): string | undefined {
  const told = toldBy(tag);
  if (!told) return undefined;
  const { all, counts } = heardIn(text);
  if (all < leastWords) return undefined;
  const [best, most] = bestOf(counts);
  const sure = best !== told && most >= all * leastShare && most >= clearly * Math.max(1, counts[told] ?? 0);
  return sure ? best : undefined;
}

/** Words that are surely in another language than is told, and which of the passages they begin with. */
export interface Foreign {
  heard: string;
  first: number;
  /** Passages in a row. */
  count: number;
}

/**
 * Where the words of a part are surely in another language than `tag` tells. `whole`: most of them are, so that the
 * tag is wrong; else the passages that are, those in a row as one.
 */
export function foreignIn(
  tag: string,
  texts: readonly string[],
): { whole: string } | { passages: readonly Foreign[] } {
  const told = toldBy(tag);
  if (!told) return { passages: [] };
  const heard = texts.map((text) => {
    const { all, counts } = heardIn(text);
    const [best, most] = bestOf(counts);
    const clear = best === told || most >= 2 * (counts[told] ?? 0);
    return { all, tongue: most >= fewHits && clear ? best : undefined };
  });
  const wordsIn = (tongue?: string) =>
    heard.reduce((sum, one) => sum + (one.tongue && (tongue ?? one.tongue) === one.tongue ? one.all : 0), 0);
  const begins = heard.find(({ tongue }) => tongue)?.tongue === told;
  const whole = otherTongue(tag, texts.join(' '));
  if (whole && !begins && wordsIn(told) <= wordsIn() / 4) return { whole };
  return {
    passages: runsOf(heard.map(({ tongue }) => tongue)).flatMap(({ tongue, from, to }) => {
      if (tongue === told || otherTongue(tag, texts.slice(from, to).join(' ')) !== tongue) return [];
      return [{ heard: tongue, first: from, count: to - from }];
    }),
  };
}

/** Neighbours that are alike; what may be in any language belongs to those on both sides of it. */
function runsOf(tongues: readonly (string | undefined)[]): { tongue: string; from: number; to: number }[] {
  const runs: { tongue: string; from: number; to: number }[] = [];
  for (const [i, tongue] of tongues.entries()) {
    const last = runs.at(-1);
    if (!tongue) continue;
    if (last?.tongue === tongue) last.to = i + 1;
    else runs.push({ tongue, from: i, to: i + 1 });
  }
  return runs;
}

function toldBy(tag: string): string | undefined {
  const [primary = ''] = tag.toLowerCase().split('-');
  const told = primary === 'no' || primary === 'nn' ? 'nb' : primary;
  return words[told] ? told : undefined;
}

/** Words of a text, and how many of them each language knows. */
function heardIn(text: string): { all: number; counts: Record<string, number> } {
  const all = text.toLowerCase().match(/\p{Script=Latin}+/gu) ?? [];
  const counts: Record<string, number> = Object.fromEntries(Object.keys(words).map((code) => [code, 0]));
  for (const word of all)
    for (const code of knownIn().get(word) ?? []) counts[code] = (counts[code] ?? 0) + 1;
  return { all: all.length, counts };
}

let tonguesOfWords: ReadonlyMap<string, readonly string[]> | undefined;

/** By word, the languages that know it: each word of a mail is looked up once, not once a language. */
function knownIn(): ReadonlyMap<string, readonly string[]> {
  if (tonguesOfWords) return tonguesOfWords;
  const found = new Map<string, string[]>();
  for (const [code, set] of Object.entries(words))
    for (const word of set) found.set(word, [...(found.get(word) ?? []), code]);
  tonguesOfWords = found;
  return found;
}

function bestOf(counts: Record<string, number>): [string, number] {
  return Object.entries(counts).reduce((one, other) => (other[1] > one[1] ? other : one), ['', 0]);
}
