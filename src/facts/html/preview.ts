/** The line that lists of mails show beside the subject: the first words of the page, hidden ones included. */
import type { Place } from '../../place.ts';
import type { Places } from './places.ts';
import type { Walk } from './walk.ts';

export interface Preview {
  /** The first words in the order of the source, about as many as the widest list shows. */
  text: string;
  /** Of those, what was hidden in the mail and put first for this line; empty: nothing was. */
  written: string;
  /** Characters that are not seen fill the line up after it. */
  padded: boolean;
  /** What follows the written words in the mail. */
  next: string;
  /** Of the first words. */
  at: Place | undefined;
}

const shownLength = 150;
/** A few come by chance. */
const paddingLeast = 20;
const sliceLength = 20_000;
const padding =
  /&(?:zwnj|zwj|nbsp|shy|emsp|ensp|thinsp|#(?:8204|8205|847|160|173|8199|65279|8203|8195|8194|x(?:200[bcd]|34f|a0|ad|2007|feff)));|[\u034f\u00ad\u200b-\u200d\u2007\ufeff\u00a0]/gi;

/** null: the page has no text. */
export function previewOf({ pieces }: Walk, html: string, places: Places): Preview | null {
  const [first] = pieces;
  if (!first) return null;
  const hidden = pieces.findIndex((piece) => !piece.hidden);
  const ahead = pieces.slice(0, hidden === -1 ? pieces.length : hidden);
  const shown = hidden === -1 ? [] : pieces.slice(hidden, hidden + 50);
  const written = joined(ahead);
  const start = first.element?.sourceCodeLocation?.startOffset;
  const end = shown[0]?.element?.sourceCodeLocation?.startOffset;
  const between = start === undefined ? '' : html.slice(start, Math.min(end ?? start, start + sliceLength));
  return {
    text: `${written} ${joined(shown)}`.trim().slice(0, shownLength).toWellFormed(),
    written,
    padded: (between.match(padding)?.length ?? 0) >= paddingLeast,
    next: joined(shown),
    at: first.element ? places(first.element) : undefined,
  };
}

function joined(pieces: readonly { text: string; joined: boolean }[]): string {
  let text = '';
  for (const piece of pieces) {
    if (text.length > shownLength) break;
    text += piece.joined ? piece.text : ` ${piece.text}`;
  }
  return text.replace(/\s+/g, ' ').trim().slice(0, shownLength).toWellFormed();
}
