/** A report as plain text, for terminals and mail. */
import type { Locale } from '../rule.ts';
import { hiddenMarks } from '../words/marks.ts';
import { sharedWords } from '../words.ts';
import type { Report, ReportFinding } from './report.ts';
import { spamLine } from './spam.ts';
import { spamEngines, spamEnginesNote } from './spam-engines.ts';
import { inGroups, inOrder, waits } from './standing.ts';
import { scoreLine } from './summary.ts';
import { byNote, writeGroup } from './text/findings.ts';
import { writeAudited, writeHead, writeZones } from './text/head.ts';
import { labels } from './text/labels.ts';
import { writePlanned } from './text/plan.ts';
import { writeProviders } from './text/providers.ts';
import { type Asks, plain, type RecordForm, type Style } from './text/style.ts';

export { type Asks, plain, type RecordForm, recordForms, type Style } from './text/style.ts';

/** Writes the decision first, then what stops the mail, then the rest. */
export function textReport(
  dirty: Report,
  locale: Locale,
  style: Style = plain,
  asks: Asks = {},
  records: RecordForm = 'plain',
): string {
  const report = cleaned(dirty);
  const showing = { style, asks, records, zones: report.zones ?? [] };
  const label = labels[locale];
  const { findings } = report;
  const lines = [
    ...writeHead(report, locale, style),
    '',
    ...writeAudited(report, locale),
    ...writeZones(report, locale),
  ];
  for (const group of inGroups(inOrder(findings).filter(({ reason }) => reason !== 'left-out'))) {
    lines.push(...writeGroup(group, showing, locale), '');
  }
  lines.push(...writePlanned(report, showing, locale));
  const shortly: [string, readonly ReportFinding[]][] = [
    [label.leftOut, findings.filter(({ reason }) => reason === 'left-out')],
    [label.passed, findings.filter(({ outcome }) => outcome === 'pass')],
  ];
  for (const [name, some] of shortly) {
    const titles = some.map(({ title }) => title).join('; ');
    if (some.length > 0) lines.push(`${style.strong(name)} (${some.length}): ${titles}`, '');
  }
  const idle = findings.filter(({ outcome }) => outcome === 'not-applicable');
  for (const [name, some] of [
    [label.waits, idle.filter(waits)],
    [label.not, idle.filter((finding) => !waits(finding))],
  ] as const) {
    if (some.length === 0) continue;
    lines.push(`${style.strong(name)} (${some.length}):`);
    lines.push(...byNote(some), '');
  }
  lines.push(...writeProviders(report, locale, style));
  if (report.sandboxed === false) lines.push(sharedWords[locale].unsandboxed);
  // The points are of what a mail says.
  const spam = report.domain ? '' : spamLine(report, locale);
  lines.push(...[spam, scoreLine(report, locale)].filter(Boolean));
  const engines = spamEngines(report, locale);
  if (engines.length > 0) {
    lines.push('', ...engines.flatMap(({ line, rules }) => [line, ...rules]), spamEnginesNote(locale));
  }
  return `${lines.join('\n')}\n`;
}

/** What a submission or DNS has written could rewrite the reader's terminal. */
function cleaned(report: Report): Report {
  const replaced = JSON.stringify(report, (_, value) =>
    typeof value === 'string' ? value.replace(hiddenMarks, ' ') : value,
  );
  return JSON.parse(replaced);
}
