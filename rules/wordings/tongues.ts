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

/** The code of the language the text is surely in, where it is another than `tag` tells; undefined: it fits, or who knows. */
export function otherTongue(tag: string, text: string): string | undefined {
  const [primary = ''] = tag.toLowerCase().split('-');
  const told = primary === 'no' || primary === 'nn' ? 'nb' : primary;
  const known = words[told];
  if (!known) return undefined;
  const all = text.toLowerCase().match(/\p{Script=Latin}+/gu) ?? [];
  if (all.length < leastWords) return undefined;
  const count = (set: ReadonlySet<string>) => all.filter((word) => set.has(word)).length;
  const own = count(known);
  const [best, most] = Object.entries(words)
    .map(([code, set]) => [code, count(set)] as const)
    .reduce((one, other) => (other[1] > one[1] ? other : one));
  const sure = best !== told && most >= all.length * leastShare && most >= clearly * Math.max(1, own);
  return sure ? best : undefined;
}
