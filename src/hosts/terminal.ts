/** Colour, width and progress, only where a person is looking; and nothing that could command a terminal. */
import { stripVTControlCharacters, styleText } from 'node:util';
import type { Progress } from '../preflight.ts';
import { plain, type Style } from '../report/text.ts';
import type { Locale } from '../rule.ts';
import { escapedJson, hiddenMarks } from '../words/marks.ts';
import { sharedWords } from '../words.ts';

const colours = {
  clear: 'green',
  blocked: 'red',
  undecided: 'yellow',
  quiet: 'gray',
} as const;

/** Columns where the terminal does not say, and the widest that reads well. */
const usualWidth = 80;
const readableWidth = 100;
/** An indent this deep means a record or a piece of source: something to copy, never to break. */
const verbatimIndent = 6;

/** Colours for a terminal; none for a pipe or where NO_COLOR is set. */
export function terminalStyle(stream: NodeJS.WriteStream): Style {
  if (!stream.isTTY) return plain;
  return {
    strong: (text) => styleText('bold', text, { stream }),
    state: (text, state) => styleText(['bold', colours[state]], text, { stream }),
  };
}

/** Breaks long lines at the terminal's width; a pipe gets them whole. */
export function fitted(text: string, stream: { isTTY?: boolean; columns?: number }): string {
  if (!stream.isTTY) return text;
  const width = Math.min(stream.columns || usualWidth, readableWidth);
  return text
    .split('\n')
    .map((line) => wrapped(line, width))
    .join('\n');
}

function wrapped(line: string, width: number): string {
  const [, indent = '', bullet = ''] = /^( *)((?:- )?)/.exec(line) ?? [];
  if (indent.length >= verbatimIndent || columnsOf(line) <= width) return line;
  const hanging = ' '.repeat(indent.length + bullet.length);
  const lines: string[] = [];
  let current = indent + bullet;
  let empty = true;
  for (const word of line.slice(current.length).split(' ')) {
    if (!empty && columnsOf(current) + 1 + columnsOf(word) > width) {
      lines.push(current);
      current = hanging;
      empty = true;
    }
    current += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, current].join('\n');
}

function columnsOf(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** Text that came from outside, without what a terminal would obey. */
export function harmless(text: string): string {
  return text.replace(hiddenMarks, '␣');
}

/** JSON in which everything that a terminal would obey is escaped: the same value, safe to look at. */
export function harmlessJson(value: unknown): string {
  return escapedJson(value, 2);
}

const clearLine = '\r\u001b[K';

/** One line that says how far the audit has come; silent where there is no terminal. */
export function showProgress(
  stream: NodeJS.WriteStream,
  locale: Locale,
): { step(progress: Progress): void; say(message: string): void; clear(): void } {
  const shows = stream.isTTY && process.env.TERM !== 'dumb';
  const states = new Map<Progress['fact'], Progress>();
  const label = (step: Progress) =>
    `${sharedWords[locale].facts[step.fact]}${'of' in step ? ` ${step.done}/${step.of}` : ''}`;
  let drawn = false;
  const clear = () => {
    if (drawn) stream.write(clearLine);
    drawn = false;
  };
  return {
    step(progress) {
      if (!shows) return;
      states.set(progress.fact, progress);
      if (progress.state === 'waiting') return;
      const all = [...states.values()];
      const ended = all.filter(({ state }) => state !== 'waiting' && state !== 'running').length;
      const open = all.filter(({ state }) => state === 'running').map(label);
      const line = `${ended}/${all.length}  ${open.join(' · ')}`;
      stream.write(clearLine + line.slice(0, (stream.columns || usualWidth) - 1));
      drawn = true;
    },
    say(message) {
      clear();
      stream.write(`${harmless(message)}\n`);
    },
    clear,
  };
}
