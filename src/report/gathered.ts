/** Problems of one finding that say the same, told once with all their places: nobody reads the same line ten times. */
import type { Place } from '../place.ts';
import type { Locale } from '../rule.ts';
import type { ReportProblem } from './report.ts';

export interface GatheredProblem {
  /** The first of them. */
  problem: ReportProblem;
  places: readonly Place[];
  /** How many there are, those without a place as well. */
  count: number;
}

/** In the order of the first of each. One with a change of its own stands by itself. */
export function gatherProblems(problems: readonly ReportProblem[]): GatheredProblem[] {
  const gathered = new Map<string, { problem: ReportProblem; places: Place[]; count: number }>();
  for (const [i, problem] of problems.entries()) {
    const { text, fix, routes, change, at } = problem;
    const key = change ? `${i}` : JSON.stringify([text, fix, routes]);
    const known = gathered.get(key) ?? { problem, places: [], count: 0 };
    known.count += 1;
    if (at) known.places.push(at);
    gathered.set(key, known);
  }
  return [...gathered.values()];
}

/** Each repair once, with the places that it mends; where all problems share one, nothing more need be said of where. */
export function gatherFixes(
  gathered: readonly GatheredProblem[],
): { fix: string; places: readonly Place[] }[] {
  const fixes = new Map<string, Place[]>();
  for (const { problem, places } of gathered) {
    if (problem.fix) fixes.set(problem.fix, [...(fixes.get(problem.fix) ?? []), ...places]);
  }
  return [...fixes].map(([fix, places]) => ({ fix, places: fixes.size > 1 ? places : [] }));
}

/** Numbers that are written out; more say nothing that these do not. */
const numbersAtMost = 12;

const words = {
  en: {
    line: 'line',
    lines: 'lines',
    column: 'column',
    columns: 'columns',
    and: 'and',
    more: 'more',
    of: { source: '', headers: '', html: ' of the HTML part', text: ' of the text part' },
  },
  sv: {
    line: 'rad',
    lines: 'raderna',
    column: 'kolumn',
    columns: 'kolumnerna',
    and: 'och',
    more: 'till',
    of: { source: '', headers: '', html: ' i HTML-delen', text: ' i textdelen' },
  },
} as const satisfies Record<Locale, object>;

/**
 * `line 7, column 3`; of several `lines 7, 12 and 31`, or their columns where all are on one line. Empty: no place.
 * Lines of a message are counted within its part, as they are not in the file.
 */
export function writePlaces(places: readonly Place[], locale: Locale): string {
  const word = words[locale];
  const [first] = places;
  if (!first) return '';
  const lines = [...new Set(places.map(({ line }) => line))];
  if (lines.length > 1) return `${word.lines} ${listed(lines, locale)}${word.of[first.part]}`;
  const columns = [...new Set(places.map(({ column }) => column))];
  const name = columns.length > 1 ? word.columns : word.column;
  return `${word.line} ${first.line}, ${name} ${listed(columns, locale)}${word.of[first.part]}`;
}

function listed(numbers: readonly number[], locale: Locale): string {
  const { and, more } = words[locale];
  const shown = numbers.slice(0, numbersAtMost).map(String);
  const left = numbers.length - shown.length;
  if (left > 0) return `${shown.join(', ')} ${and} ${left} ${more}`;
  const last = shown.pop() ?? '';
  return shown.length > 0 ? `${shown.join(', ')} ${and} ${last}` : last;
}
