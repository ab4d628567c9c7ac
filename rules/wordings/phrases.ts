/**
 * Phrases that filters know, as a person writes them down, and where a mail has them. In a phrase `~` stands for any
 * ending of a word; the rest is a regular expression, and each run in it is bounded.
 */
import type { Facts, Place } from '#rule';

export type Passages = Facts['wording']['passages'];
type Passage = Passages[number];

/** By the first three letters of its first word, as the fact has them. */
export type Phrases = ReadonlyMap<string, readonly { readonly pattern: RegExp; kind: string }[]>;

export interface Mention {
  /** As it stands in the mail. */
  quote: string;
  /** Which group of phrases it is of. */
  kind: string;
  part: Passage['part'];
  /** In its passage, and where it is over. */
  index: number;
  end: number;
  at: Place | undefined;
}

const keyLength = 3;
/** A hostile mail has no end of them. */
const mentionsAtMost = 60;
/** A finding says enough with these. */
const shownAtMost = 5;
/** Characters: one offer with all it says is no longer. */
const nearby = 3000;
const inHeader: ReadonlySet<Passage['part']> = new Set(['from', 'subject']);
const quoteLength = 80;

/** In front of a phrase: it says that somebody never does so, or for how long a link works. */
const denied =
  /(?:^|[^\p{L}])(?:never|aldrig|no ?(?:one|body) can|ingen kan|(?:will|does|do|would|won't|doesn't) (?:not )?(?:ever )?ask|(?:ber|frågar|kräver|begär) (?:dig |er )?inte)(?![\p{L}])[^.!?:]{0,80}$|(?:expires?|valid(?: for)?|works?(?: for)?|gäller(?: i)?) $/u;
/** Right in front of it, or before one word more: “no miracle pills”. What is sold without something is no denial. */
const without =
  /(?:^|[^\p{L}])(?:no|not|nor|neither|without|inga|ingen|inget|inte|ej|utan|varken)(?: (?!only|just|bara|endast|more|mer|longer|längre|prescription|recept|risk|doctor|credit|uc|cost|exam|test)\p{L}{2,15})? $/u;
/** Nobody is to buy it, or is warned of it. */
const dissuaded =
  /(?:^|[^\p{L}])(?:(?:not|never|n't|inte|aldrig|ej) (?:\p{L}{1,10} ){0,2}(?:buy|order|bought|ordered|sold|sell|köpa?s?|beställas?|beställ|säljas?|handlas?)|(?:köp|beställ|handla) (?:\p{L}{1,12} )?(?:inte|aldrig|ej)|avråder (?:\p{L}{1,10} )?från|(?:we|advises?|warns?) (?:warn |advise )?(?:\p{L}{1,10} )?against)(?![\p{L}])[^.!?:]{0,80}$/u;
/** “If you do not verify” is a threat. */
const conditional = /(?:^|[^\p{L}])(?:if|unless|until|once|om|ifall|tills|innan)(?![\p{L}])[^.!?:]{0,80}$/u;
const deniedWithin = 90;

/** Several checks ask for the same phrases. */
const known = new WeakMap<readonly Passage[], Map<Phrases, readonly Mention[]>>();

/** Of phrases that begin with any number. */
const number = '#';

/**
 * Reads phrases, by kind. Each begins with letters or digits of its own, so that it is found by them; one that begins
 * with `#` begins with a number.
 */
export function phrases(groups: Readonly<Record<string, readonly string[]>>): Phrases {
  const known = new Map<string, { readonly pattern: RegExp; kind: string }[]>();
  for (const [kind, written] of Object.entries(groups)) {
    for (const phrase of written) {
      const key = keyOf(phrase);
      const entries = known.get(key) ?? [];
      entries.push(lazily(phrase, kind));
      known.set(key, entries);
    }
  }
  return known;
}

/** All patterns together take longer to make than the service to start, and a mail asks for few of them. */
function lazily(phrase: string, kind: string): { readonly pattern: RegExp; kind: string } {
  const source = phrase.replace(/^#/, '').replaceAll('~', '[\\p{L}]{0,20}');
  let made: RegExp | undefined;
  return {
    kind,
    get pattern() {
      made ??= new RegExp(`(?:${source})(?![\\p{L}\\p{N}])`, 'uy');
      return made;
    },
  };
}

/** @throws where no word could be looked for. */
function keyOf(phrase: string): string {
  if (phrase.startsWith(number)) return number;
  const first = /^[\p{L}\p{N}]+/u.exec(phrase)?.[0] ?? '';
  const key = first.slice(0, keyLength);
  const whole = first.length >= keyLength || /^[ \\\-',.]|^$/.test(phrase.slice(first.length));
  if (!key || !whole || /[?*|{]/.test(phrase[key.length] ?? ''))
    throw new Error(`no phrase begins so: ${phrase}`);
  return key;
}

/** Where the mail has some of them, each once, in the order of reading; none that is denied (“we never ask for …”). */
export function mentionsOf(passages: readonly Passage[], of: Phrases): readonly Mention[] {
  const read = known.get(passages) ?? new Map<Phrases, readonly Mention[]>();
  known.set(passages, read);
  const before = read.get(of);
  if (before) return before;
  const found = lookedUp(passages, of);
  read.set(of, found);
  return found;
}

function lookedUp(passages: readonly Passage[], of: Phrases): readonly Mention[] {
  const said = new Set<string>();
  return passages.flatMap((passage) => {
    const found: Mention[] = [];
    for (const [key, entries] of of) {
      for (const start of passage.starts.get(key) ?? []) {
        for (const { pattern, kind } of entries) {
          pattern.lastIndex = start;
          const [words] = pattern.exec(passage.small) ?? [];
          if (words === undefined || said.has(words) || said.size >= mentionsAtMost) continue;
          if (isDenied(passage.small.slice(Math.max(0, start - deniedWithin), start))) continue;
          said.add(words);
          const quote = passage.text.slice(start, start + Math.min(words.length, quoteLength)).trim();
          const end = start + words.length;
          found.push({ quote, kind, part: passage.part, index: start, end, at: placeAt(passage, start) });
        }
      }
    }
    return longest(found.toSorted((one, other) => one.index - other.index));
  });
}

function isDenied(before: string): boolean {
  if (denied.test(before)) return true;
  return (without.test(before) || dissuaded.test(before)) && !conditional.test(before);
}

/** A phrase that is part of another is not said once more. */
function longest(found: readonly Mention[]): readonly Mention[] {
  return found.filter(
    (one) =>
      !found.some(
        (other) =>
          other.index <= one.index && other.end >= one.end && other.end - other.index > one.end - one.index,
      ),
  );
}

/**
 * Mentions of at least so many kinds that stand near each other: in a long newsletter with many subjects, one word
 * here and another there are no offer. `among`: one of these kinds has to be there; `within`: characters. Empty where there are none;
 * otherwise as many as a finding can show.
 */
export function together(
  mentions: readonly Mention[],
  kinds: number,
  among?: readonly string[],
  within: number = nearby,
): readonly Mention[] {
  const heading = mentions.filter(({ part }) => inHeader.has(part));
  for (const first of mentions) {
    const near = mentions.filter(
      ({ part, index }) => part === first.part && index >= first.index && index - first.index <= within,
    );
    const all = inHeader.has(first.part) ? heading : [...heading, ...near];
    const said = new Set(all.map(({ kind }) => kind));
    if (said.size >= kinds && (!among || among.some((kind) => said.has(kind)))) return shown(all);
  }
  return [];
}

/** As many as a finding can show, one of each kind first. */
export function shown(mentions: readonly Mention[]): readonly Mention[] {
  const firsts = new Map(mentions.toReversed().map((one) => [one.kind, one]));
  const first = new Set(firsts.values());
  const chosen = [...first, ...mentions.filter((one) => !first.has(one))].slice(0, shownAtMost);
  return mentions.filter((one) => chosen.includes(one));
}

/** Where a character of a passage stands in what was handed in: its element, or its line and column in a text. */
export function placeAt({ places }: Passage, index: number): Place | undefined {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.from ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  const { from = 0, at } = places[low - 1] ?? {};
  return at?.part === 'text' ? { ...at, column: at.column + index - from } : at;
}
