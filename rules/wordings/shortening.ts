/** Words of a mail that are quoted in part: a reader must see that there is more of them. */

/**
 * At most so many characters, cut after a word, with an ellipsis. A text of just so many is taken for one that the
 * facts have cut already.
 */
export function shortened(text: string, atMost: number): string {
  if (text.length < atMost) return text;
  const begun = text.slice(0, atMost).toWellFormed();
  const space = begun.lastIndexOf(' ');
  return `${(space > atMost / 2 ? begun.slice(0, space) : begun).replace(/[\s,.;:–-]{1,9}$/, '')}…`;
}
