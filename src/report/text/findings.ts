/** Findings of the text report: what is wrong or missing, why it matters, and how to mend it. */
import type { Locale, UnknownReason } from '../../rule.ts';
import { sharedWords } from '../../words.ts';
import { type GatheredProblem, gatherFixes, gatherProblems, writePlaces } from '../gathered.ts';
import { groupNote, unansweredNote } from '../group-note.ts';
import type { ReportFinding } from '../report.ts';
import { spamPoints } from '../spam.ts';
import { type Group, stopsMail } from '../standing.ts';
import { writeChange } from './change.ts';
import { labels } from './labels.ts';
import type { Showing, Style } from './style.ts';

/** Problems of one finding that are written out. */
const listed = 5;

export function writeGroup(group: Group, showing: Showing, locale: Locale): string[] {
  const label = labels[locale];
  const { style, asks } = showing;
  const [{ ask, reason }] = group;
  const note = groupNote(group, locale);
  const how = ask ? asks[ask] : reason && asks[reason as UnknownReason];
  const lines = group.map((finding) => headed(finding, locale, style));
  if (note) lines.push(`  ${note}${how ? ` ${how}` : ''}`);
  for (const finding of group) {
    const { title, outcome, problems, why, omitted = 0 } = finding;
    const gathered = gatherProblems(problems);
    for (const one of gathered.slice(0, listed)) {
      const { text, routes } = one.problem;
      const by = routes ? ` (${sharedWords[locale].byRoutes(routes)})` : '';
      lines.push(`  - ${text}${by}${where(one, locale)}`);
    }
    const more = gathered.slice(listed).reduce((sum, { count }) => sum + count, omitted);
    if (more > 0) lines.push(`    ${label.more(more)}`);
    const open = unansweredNote(finding, locale);
    if (open) lines.push(`  ${open}`);
    const whyLabel = outcome === 'unknown' ? label.unknownWhy : label.why;
    if (why) lines.push(`  ${whyLabel}${group.length > 1 ? ` (${title})` : ''}: ${why}`);
    for (const { fix, places } of gatherFixes(gathered)) {
      const of = writePlaces(places, locale);
      lines.push(`  ${label.fix}${of ? ` (${of})` : ''}: ${fix}`);
    }
    for (const place of new Set(problems.flatMap(({ change }) => change?.where ?? [])))
      lines.push(`  ${place}`);
    for (const { change } of problems) if (change) lines.push(...writeChange(change, showing, locale));
  }
  return lines;
}

function headed(finding: ReportFinding, locale: Locale, style: Style) {
  const { rule, heading, outcome, severity } = finding;
  const words = sharedWords[locale];
  const open = outcome === 'unknown';
  const stops = stopsMail(finding);
  const tag = open ? words.outcomes.unknown : stops ? words.stops : words.severities[severity];
  const state = open ? 'undecided' : stops ? 'blocked' : 'quiet';
  const points = spamPoints(finding, locale);
  return `${style.state(`[${tag}]`, state)} ${style.strong(heading)}  (${rule})${points ? ` ${points}` : ''}`;
}

function where({ places }: GatheredProblem, locale: Locale): string {
  const [first] = places;
  if (!first) return '';
  const place = ` (${writePlaces(places, locale)})`;
  return first.snippet ? `${place}\n      ${first.snippet.replace(/\s+/g, ' ')}` : place;
}

/** What has the same reason stands in one line: a domain that publishes little has many that do not apply. */
export function byNote(findings: readonly ReportFinding[]): string[] {
  const titles = new Map<string, string[]>();
  for (const { title, note = '' } of findings) titles.set(note, [...(titles.get(note) ?? []), title]);
  return [...titles].map(([note, some]) => `  - ${note} (${some.join('; ')})`);
}
