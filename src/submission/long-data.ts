/**
 * Pictures written into a page as `data:` may be megabytes, and the parser reads letter by letter. It is given a short
 * stand-in for each, and what it makes of it gets its own text back.
 */
import { Parser, TokenizerMode } from 'parse5';

/** Shorter ones cost little. */
const longEnough = 1024;
const begin = 'data:';
/** In the states below nothing but text; `-` and `!` at its end may be the beginning of a comment's. */
const payload = /[\w+/=%;,.:~!*$@#?-]*/y;
const mayEndComment = /[-!]$/;
/** The parser makes no surrogate of anything but a surrogate, not even of a reference: nobody can write a stand-in. */
const mark = '\ud800';
const standIns = /\ud800(\d+)z/g;

export interface LongRun {
  /** Where what can be stood in for begins and ends. */
  start: number;
  end: number;
  /** For the parser, where its state is one of `textStates`. */
  standIn: string;
}

export interface LongData {
  /** In the order that they stand. */
  runs: readonly LongRun[];
  /** What was written, out of what has been read. */
  restored(text: string): string;
}

/** undefined: there is none. */
export function longDataOf(html: string): LongData | undefined {
  if (html.length < longEnough || !html.isWellFormed()) return undefined;
  const runs: LongRun[] = [];
  for (let at = html.indexOf(begin); at !== -1; at = html.indexOf(begin, at)) {
    const start = at + begin.length;
    payload.lastIndex = start;
    payload.test(html);
    let end = Math.max(payload.lastIndex, start);
    at = end;
    while (end > start && mayEndComment.test(html[end - 1] as string)) end -= 1;
    if (end - start >= longEnough) runs.push({ start, end, standIn: `${mark}${runs.length}z` });
  }
  if (runs.length === 0) return undefined;
  const written = (all: string, index: string) => {
    const run = runs[Number(index)];
    return run ? html.slice(run.start, run.end) : all;
  };
  return {
    runs,
    restored: (text) => (text.includes(mark) ? text.replace(standIns, written) : text),
  };
}

/**
 * States of the tokenizer that no letter of a payload ends: text, values of attributes, comments. In a name `/` and `=`
 * begin the next attribute, so there each letter is read. Asked of the parser, which does not tell all of its states.
 */
export const textStates: ReadonlySet<number> = new Set<number>([
  TokenizerMode.DATA,
  TokenizerMode.RCDATA,
  TokenizerMode.RAWTEXT,
  TokenizerMode.SCRIPT_DATA,
  TokenizerMode.PLAINTEXT,
  TokenizerMode.CDATA_SECTION,
  ...['<a b="c', "<a b='c", '<a b=c', '<!--c', '<?c'].map(stateAfter),
]);

function stateAfter(html: string): number {
  const { tokenizer } = new Parser();
  tokenizer.write(html, false);
  return tokenizer.state;
}
