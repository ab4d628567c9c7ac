/** Problems that say the same are told once, with all their places. */
import { expect, test } from 'vitest';
import linkDomain from '../rules/content/link-domain.ts';
import type { Place } from '../src/place.ts';
import { gatherProblems, writePlaces } from '../src/report/gathered.ts';
import type { ReportProblem } from '../src/report/report.ts';

const at = (line: number, column = 1): Place => ({ part: 'source', line, column });
const problem = (text: string, more: Partial<ReportProblem> = {}): ReportProblem => ({
  key: 'a',
  data: {},
  at: null,
  heading: '',
  text,
  mend: '',
  fix: '',
  change: null,
  ...more,
});

test('what says the same stands together, in the order of the first', () => {
  const problems = [
    problem('a', { at: at(1) }),
    problem('b', { at: at(2) }),
    problem('a', { at: at(3) }),
    problem('a'),
  ];
  expect(
    gatherProblems(problems).map(({ problem: { text }, places, count }) => [text, places.length, count]),
  ).toEqual([
    ['a', 2, 3],
    ['b', 1, 1],
  ]);
});

test.each<[string, Partial<ReportProblem>]>([
  ['of another repair', { fix: 'b' }],
  ['by another route', { routes: ['smtp'] }],
  ['with a change of its own', { change: { kind: 'source', line: 1, old: 'a', new: 'b' } }],
])('one %s stands by itself', (_, more) => {
  expect(gatherProblems([problem('a'), problem('a', more)])).toHaveLength(2);
});

test.each<[readonly Place[], string, string]>([
  [[], '', ''],
  [[at(7, 3)], 'line 7, column 3', 'rad 7, kolumn 3'],
  [[at(7, 3), at(7, 3)], 'line 7, column 3', 'rad 7, kolumn 3'],
  [[{ ...at(7, 3), part: 'html' }], 'line 7, column 3 of the HTML part', 'rad 7, kolumn 3 i HTML-delen'],
  [[at(7, 3), at(7, 9)], 'line 7, columns 3 and 9', 'rad 7, kolumnerna 3 och 9'],
  [[at(7, 3), at(9, 3), at(12)], 'lines 7, 9 and 12', 'raderna 7, 9 och 12'],
  [
    Array.from({ length: 15 }, (_, i) => at(i + 1)),
    'lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 3 more',
    'raderna 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 och 3 till',
  ],
])('%j', (places, en, sv) => {
  expect([writePlaces(places, 'en'), writePlaces(places, 'sv')]).toEqual([en, sv]);
});

test('links to a site that does not exist are one line, with their number and places', () => {
  const link = (host: string, ...lines: number[]) => ({
    state: 'absent',
    endUrl: `https://${host}/`,
    end: { host, domain: host },
    places: lines.map((line) => ({ text: `Länk ${line}`, at: at(line) })),
  });
  const answers = [link('a.se', 3, 7), link('a.se', 9), link('b.se', 4)];
  const found = linkDomain.check({ linkAnswers: { answers, unasked: null } } as never, {} as never);
  if (!Array.isArray(found)) throw new Error('It has no answer.');
  const texts = found.map((one) => ({
    ...problem(linkDomain.words.sv.problems[one.key]?.(one.data) ?? '', { at: one.at }),
  }));
  expect(
    gatherProblems(texts).map(({ problem: { text }, places }) => [text, writePlaces(places, 'sv')]),
  ).toEqual([
    ['3 länkar leder till a.se, ett namn som saknar adress i DNS.', 'raderna 3, 7 och 9'],
    ['Länken ”Länk 4” leder till b.se, ett namn som saknar adress i DNS.', 'rad 4, kolumn 1'],
  ]);
});
