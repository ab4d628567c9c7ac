/** What others wrote (a submission, DNS) as it may stand on a page: it can neither act nor move its surroundings. */
import { html } from 'hono/html';
import { hiddenMarks } from '../../words/marks.ts';
import type { Markup } from './markup.ts';

const white = /[\t\n\r]/;

/** Marks that nobody sees, written out: one of them can make an address read as another. */
export function writtenOut(text: string): string {
  return text.replace(hiddenMarks, (mark) => {
    if (white.test(mark)) return mark;
    const code = mark.codePointAt(0) ?? 0;
    return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
  });
}

/** The same value with all of its texts so written. */
export function allWrittenOut<T>(value: T): T {
  const text = JSON.stringify(value, (_, part) => (typeof part === 'string' ? writtenOut(part) : part));
  return JSON.parse(text);
}

/**
 * Within a line: text that runs from right to left keeps to itself, and nobody knows its language. An address
 * always runs from left to right.
 */
export function quoted(text: string, kind: 'text' | 'address' = 'text'): Markup {
  return html`<bdi${kind === 'address' ? html` dir="ltr"` : html` lang=""`}>${writtenOut(text)}</bdi>`;
}
