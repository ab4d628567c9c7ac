/** Marks that nobody sees, or that act on what stands round them: the same ones wherever text of others is shown. */
import { describe, expect, test } from 'vitest';
import { harmless, harmlessJson } from '../src/hosts/terminal.ts';
import { allWrittenOut, writtenOut } from '../src/http/pages/quoted.ts';
import type { Report } from '../src/report/report.ts';
import { textReport } from '../src/report/text.ts';
import { shown } from '../src/submission/errors.ts';
import { escapedJson } from '../src/words/marks.ts';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const white = [0x09, 0x0a, 0x0d];
const marks = [
  ...range(0x00, 0x1f),
  ...range(0x7f, 0x9f),
  0xad,
  0x61c,
  0x180e,
  0x200b,
  0x200e,
  0x200f,
  ...range(0x2028, 0x202e),
  ...range(0x2060, 0x2064),
  ...range(0x2066, 0x2069),
  0x3164,
  0xfeff,
  ...range(0xe0000, 0xe007f),
]
  .filter((code) => !white.includes(code))
  .map((code) => String.fromCodePoint(code));
/** Scripts and emoji need these. */
const joined = 'می\u200cخواهم 👩\u200d💻 a\u034fb\u00a0c';

const finding = { rule: 'x', heading: '', title: '', outcome: 'fail', severity: 'minor', gates: false };
const inReport = (text: string) =>
  textReport(
    {
      decision: 'clear',
      findings: [{ ...finding, problems: [{ text, fix: '', at: null, change: null }], evidence: [] }],
      spam: { score: null, threshold: 5 },
      providers: [],
    } as unknown as Report,
    'sv',
  );

describe.each<[string, (text: string) => string]>([
  ['a page', writtenOut],
  ['all of a page', (text) => allWrittenOut({ deep: [text] }).deep[0] ?? ''],
  ['a text report', inReport],
  ['a terminal', harmless],
  ['JSON on a terminal', (text) => harmlessJson({ text })],
  ['an error', shown],
])('in %s', (_, show) => {
  test('none of them stands', () => {
    expect(marks.filter((mark) => show(`a${mark}b`).includes(mark))).toEqual([]);
  });
  test('what scripts and emoji need stays', () => {
    expect(show(joined)).toContain(joined);
  });
});

test('on a page and in JSON it is still told which one it was', () => {
  expect(writtenOut('a\u202eb\u{e0041}c\n')).toBe('a‹U+202E›b‹U+E0041›c\n');
  const value = { text: marks.join('x') };
  expect(JSON.parse(harmlessJson(value))).toEqual(value);
  expect(harmlessJson(value).split('\n')).toHaveLength(3);
});

test('JSON of the API has none of them as they are, and says the same', () => {
  const value = { text: marks.join('a'), list: [joined] };
  const json = escapedJson(value);
  for (const mark of marks) expect(json).not.toContain(mark);
  expect(JSON.parse(json)).toEqual(value);
});
