/** A report as plain text, for terminals and mail. */
import type { Change, Locale } from '../rule.ts';
import { sharedWords } from '../words.ts';
import { headline, type Report, type ReportFinding, type ReportProblem, summary } from './report.ts';

/** How text may be set off; both do nothing where there is no terminal. */
export interface Style {
  strong(text: string): string;
  state(text: string, state: 'clear' | 'blocked' | 'undecided' | 'quiet'): string;
}

export const plain: Style = { strong: (text) => text, state: (text) => text };

const labels = {
  en: {
    why: 'Why',
    fix: 'How to fix it',
    now: 'Now',
    next: 'Change to',
    none: '(no record)',
    line: 'line',
    column: 'column',
    passed: 'Passed',
    not: 'Does not apply',
    leftOut: 'Left out, as you chose',
    score: (score: number) => `Score ${score} of 100, for guidance only: it decides nothing.`,
    spam: (score: string, threshold: string) => `Spam score ${score}; the limit is ${threshold}.`,
    more: (count: number) => `… and ${count} more like it`,
  },
  sv: {
    why: 'Varför',
    fix: 'Så rättar du till det',
    now: 'Nu',
    next: 'Ändra till',
    none: '(ingen post)',
    line: 'rad',
    column: 'kolumn',
    passed: 'Godkända',
    not: 'Gäller inte',
    leftOut: 'Bortvalda av dig',
    score: (score: number) => `Betyg ${score} av 100, bara som vägledning: det avgör inget.`,
    spam: (score: string, threshold: string) => `Spampoäng ${score}; gränsen är ${threshold}.`,
    more: (count: number) => `… och ${count} till av samma slag`,
  },
} as const satisfies Record<Locale, object>;

const listed = 5;

/** Writes the decision first, then what stops the mail, then the rest. */
export function textReport(dirty: Report, locale: Locale, style: Style = plain): string {
  const report = cleaned(dirty);
  const label = labels[locale];
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const { decision, findings, spam } = report;
  const lines = [
    style.state(headline(report, locale).toLocaleUpperCase(locale), decision),
    summary(report, locale),
    '',
  ];
  for (const finding of inOrder(findings)) {
    if (finding.reason !== 'left-out') lines.push(...writeFinding(finding, locale, style), '');
  }
  const shortly: [string, readonly ReportFinding[]][] = [
    [label.leftOut, findings.filter(({ reason }) => reason === 'left-out')],
    [label.passed, findings.filter(({ outcome }) => outcome === 'pass')],
    [label.not, findings.filter(({ outcome }) => outcome === 'not-applicable')],
  ];
  for (const [name, some] of shortly) {
    const titles = some.map(({ title }) => title).join(', ');
    if (some.length > 0) lines.push(`${style.strong(name)} (${some.length}): ${titles}`, '');
  }
  if (spam.score !== null) lines.push(label.spam(number.format(spam.score), number.format(spam.threshold)));
  lines.push(label.score(report.score));
  return `${lines.join('\n')}\n`;
}

/** Failures and unknowns, what gates first, then by severity. */
export function inOrder(findings: readonly ReportFinding[]): ReportFinding[] {
  const rank = { blocker: 0, major: 1, minor: 2, advice: 3 };
  return findings
    .filter(({ outcome }) => outcome === 'fail' || outcome === 'unknown')
    .sort(
      (one, two) =>
        Number(two.gates) - Number(one.gates) ||
        Number(one.outcome === 'unknown') - Number(two.outcome === 'unknown') ||
        rank[one.severity] - rank[two.severity],
    );
}

function writeFinding(finding: ReportFinding, locale: Locale, style: Style): string[] {
  const words = sharedWords[locale];
  const label = labels[locale];
  const { outcome, severity, problems } = finding;
  const tag = outcome === 'unknown' ? words.outcomes.unknown : words.severities[severity];
  const state =
    outcome === 'unknown'
      ? 'undecided'
      : severity === 'blocker'
        ? 'blocked'
        : finding.gates
          ? 'undecided'
          : 'quiet';
  const lines = [`${style.state(`[${tag}]`, state)} ${style.strong(finding.title)}  (${finding.rule})`];
  if (finding.note) lines.push(`  ${finding.note}`);
  for (const problem of problems.slice(0, listed)) lines.push(`  - ${problem.text}${where(problem, locale)}`);
  if (problems.length > listed) lines.push(`    ${label.more(problems.length - listed)}`);
  if (outcome === 'fail') lines.push(`  ${label.why}: ${finding.why}`);
  const fixes = new Set(problems.map(({ fix }) => fix).filter(Boolean));
  for (const fix of fixes) lines.push(`  ${label.fix}: ${fix}`);
  for (const { change } of problems) if (change) lines.push(...writeChange(change, locale));
  return lines;
}

function where({ at }: ReportProblem, locale: Locale): string {
  if (!at) return '';
  const label = labels[locale];
  const place = ` (${label.line} ${at.line}, ${label.column} ${at.column})`;
  return at.snippet ? `${place}\n      ${at.snippet.replace(/\s+/g, ' ')}` : place;
}

function writeChange(change: Change, locale: Locale): string[] {
  const label = labels[locale];
  const name = change.kind === 'dns' ? `${change.type}  ${change.name}` : `${label.line} ${change.line}`;
  return [
    `      ${name}`,
    `      ${label.now}: ${change.old ?? label.none}`,
    `      ${label.next}: ${change.new ?? label.none}`,
  ];
}

// Control and direction characters from a submission or from DNS could rewrite the reader's terminal.
const unsafe = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

function cleaned(report: Report): Report {
  const replaced = JSON.stringify(report, (_, value) =>
    typeof value === 'string' ? value.replace(unsafe, ' ') : value,
  );
  return JSON.parse(replaced);
}
