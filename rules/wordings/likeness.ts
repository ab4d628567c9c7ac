/** Whether the text part and the HTML of a mail are versions of the same, by the words that they share. */

/** `stub`: the text says next to nothing of what the HTML says; `other`: it says something else. */
export interface Likeness {
  kind: 'same' | 'stub' | 'other';
  /** Of the words of the HTML that the text has too. */
  percent: number;
}

/** Of a longer part the beginning is compared. */
const readLength = 30_000;
/** Words that differ; fewer say too little to compare. */
const fewest = { html: 40, text: 15 };
/** Ours: a text part that a tool made has over half of the words, one that was left from another mailing few of them. */
const least = { ofHtml: 0.1, ofText: 0.3 };

export function likenessOf(text: string, html: string): Likeness {
  const [written, shown] = [wordsOf(text), wordsOf(html)];
  if (shown.size < fewest.html || written.size === 0) return { kind: 'same', percent: 100 };
  const ofHtml = share(shown, written);
  const percent = Math.round(100 * ofHtml);
  if (written.size >= fewest.text && share(written, shown) < least.ofText) return { kind: 'other', percent };
  return { kind: ofHtml < least.ofHtml ? 'stub' : 'same', percent };
}

function wordsOf(text: string): Set<string> {
  const plain = text
    .slice(0, readLength)
    .toLowerCase()
    .replace(/https?:\/\/\S{1,2000}/g, ' ');
  return new Set(plain.match(/\p{L}{4,}/gu) ?? []);
}

function share(of: ReadonlySet<string>, within: ReadonlySet<string>): number {
  return [...of].filter((word) => within.has(word)).length / of.size;
}
