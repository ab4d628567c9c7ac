/**
 * Phrases that filters know, as a person writes them down, and where a mail has them. In a phrase `~` stands for any
 * ending of a word; the rest is a regular expression, and each run in it is bounded.
 */
import type { Facts, Place } from '#rule';

type Passage = Facts['wording']['passages'][number];

/** By the first three letters of its first word, as the fact has them. */
export type Phrases = ReadonlyMap<string, readonly { pattern: RegExp; kind: string }[]>;

export interface Mention {
  /** As it stands in the mail. */
  quote: string;
  /** Which group of phrases it is of. */
  kind: string;
  part: Passage['part'];
  /** In its passage. */
  index: number;
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

/** Of phrases that begin with any number. */
const number = '#';

/**
 * Reads phrases, by kind. Each begins with letters or digits of its own, so that it is found by them; one that begins
 * with `#` begins with a number.
 */
export function phrases(groups: Readonly<Record<string, readonly string[]>>): Phrases {
  const known = new Map<string, { pattern: RegExp; kind: string }[]>();
  for (const [kind, written] of Object.entries(groups)) {
    for (const phrase of written) {
      const key = keyOf(phrase);
      const source = phrase.replace(/^#/, '').replaceAll('~', '[\\p{L}]{0,20}');
      const entry = { pattern: new RegExp(`(?:${source})(?![\\p{L}\\p{N}])`, 'uy'), kind };
      known.set(key, [...(known.get(key) ?? []), entry]);
    }
  }
  return known;
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

/** Where the mail has some of them, each once, in the order of reading. */
export function mentionsOf(passages: readonly Passage[], of: Phrases): Mention[] {
  const said = new Set<string>();
  return passages.flatMap((passage) => {
    const found: Mention[] = [];
    for (const [key, entries] of of) {
      for (const start of passage.starts.get(key) ?? []) {
        for (const { pattern, kind } of entries) {
          pattern.lastIndex = start;
          const [words] = pattern.exec(passage.small) ?? [];
          if (words === undefined || said.has(words) || said.size >= mentionsAtMost) continue;
          said.add(words);
          const quote = passage.text.slice(start, start + Math.min(words.length, quoteLength)).trim();
          found.push({ quote, kind, part: passage.part, index: start, at: placeAt(passage, start) });
        }
      }
    }
    return found.toSorted((one, other) => one.index - other.index);
  });
}

/**
 * Mentions of at least so many kinds that stand near each other: in a long newsletter with many subjects, one word
 * here and another there are no offer. Empty where there are none; otherwise as many as a finding can show.
 */
export function together(mentions: readonly Mention[], kinds: number): readonly Mention[] {
  const heading = mentions.filter(({ part }) => inHeader.has(part));
  for (const first of mentions) {
    const near = mentions.filter(
      ({ part, index }) => part === first.part && index >= first.index && index - first.index <= nearby,
    );
    const all = inHeader.has(first.part) ? heading : [...heading, ...near];
    if (new Set(all.map(({ kind }) => kind)).size >= kinds) return shown(all);
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
