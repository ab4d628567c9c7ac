/** A report as plain text, for terminals and mail. */
import type { Ask, Change, Locale } from '../rule.ts';
import { hiddenMarks } from '../words/marks.ts';
import { sharedWords } from '../words.ts';
import type { Report, ReportFinding, ReportProblem } from './report.ts';
import { spamLine, spamPoints } from './spam.ts';
import { type Group, inGroups, inOrder, silences, stopsMail, waits } from './standing.ts';
import { headline, scoreLine, summary } from './summary.ts';

/** How text may be set off; both do nothing where there is no terminal. */
export interface Style {
  strong(text: string): string;
  state(text: string, state: 'clear' | 'blocked' | 'undecided' | 'quiet'): string;
}

export const plain: Style = { strong: (text) => text, state: (text) => text };

const labels = {
  en: {
    audited: {
      subject: 'Subject',
      from: 'From',
      mailFrom: 'Sending subdomain',
      filename: 'File',
      at: 'Audited',
      id: 'Audit',
    },
    why: 'Why',
    unknownWhy: 'Why it is checked',
    fix: 'How to fix it',
    now: 'Now',
    next: 'Change to',
    add: 'Add',
    remove: 'Remove',
    dns: 'You do this where your domain’s DNS is kept, usually the web host or registrar.',
    none: '(no record)',
    line: 'line',
    column: 'column',
    passed: 'Passed',
    waits: 'No answer until you give what is asked for',
    not: 'Does not apply',
    leftOut: 'Left out, as you chose',
    more: (count: number) => `… and ${count} more like it`,
  },
  sv: {
    audited: {
      subject: 'Ämne',
      from: 'Från',
      mailFrom: 'Underdomän för utskick',
      filename: 'Fil',
      at: 'Granskat',
      id: 'Granskning',
    },
    why: 'Varför',
    unknownWhy: 'Varför det kontrolleras',
    fix: 'Så rättar du till det',
    now: 'Nu',
    next: 'Ändra till',
    add: 'Lägg till',
    remove: 'Ta bort',
    dns: 'Det gör du där domänens DNS sköts, oftast hos webbhotellet eller där domänen är köpt.',
    none: '(ingen post)',
    line: 'rad',
    column: 'kolumn',
    passed: 'Godkända',
    waits: 'Saknar svar tills du anger det som efterfrågas',
    not: 'Gäller inte',
    leftOut: 'Bortvalda av dig',
    more: (count: number) => `… och ${count} till av samma slag`,
  },
} as const satisfies Record<Locale, object>;

const listed = 5;

/** How to give what a check asks for, where the text is read; nothing where that goes without saying. */
export type Asks = Partial<Record<Ask, string>>;

/** Writes the decision first, then what stops the mail, then the rest. */
export function textReport(dirty: Report, locale: Locale, style: Style = plain, asks: Asks = {}): string {
  const report = cleaned(dirty);
  const label = labels[locale];
  const { decision, findings } = report;
  const lines = [
    style.state(headline(report, locale).toLocaleUpperCase(locale), decision),
    summary(report, locale),
    sharedWords[locale].scope,
    '',
    ...writeAudited(report, locale),
  ];
  for (const group of inGroups(inOrder(findings).filter(({ reason }) => reason !== 'left-out'))) {
    lines.push(...writeGroup(group, locale, style, asks), '');
  }
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
    lines.push(...some.map(({ title, note }) => `  - ${title}: ${note ?? ''}`), '');
  }
  if (report.sandboxed === false) lines.push(sharedWords[locale].unsandboxed);
  lines.push(...[spamLine(report, locale), scoreLine(report, locale)].filter(Boolean));
  return `${lines.join('\n')}\n`;
}

/** Which mail it is about. Empty where nobody has said. */
function writeAudited({ audited }: Report, locale: Locale): string[] {
  if (!audited) return [];
  const label = labels[locale].audited;
  const said = { ...audited, at: `${audited.at.slice(0, 16).replace('T', ' ')} UTC` };
  const names = Object.keys(label) as (keyof typeof label)[];
  const lines = names.flatMap((name) => (said[name] ? [`${label[name]}: ${said[name]}`] : []));
  return [...lines, ''];
}

function writeGroup(group: Group, locale: Locale, style: Style, asks: Asks): string[] {
  const label = labels[locale];
  const [{ ask }] = group;
  const note = noteOf(group, locale);
  const how = ask && asks[ask];
  const lines = group.map((finding) => headed(finding, locale, style));
  if (note) lines.push(`  ${note}${how ? ` ${how}` : ''}`);
  for (const { title, outcome, problems, why, omitted = 0 } of group) {
    for (const problem of problems.slice(0, listed)) {
      lines.push(`  - ${problem.text}${where(problem, locale)}`);
    }
    const more = Math.max(0, problems.length - listed) + omitted;
    if (more > 0) lines.push(`    ${label.more(more)}`);
    const whyLabel = outcome === 'unknown' ? label.unknownWhy : label.why;
    if (why) lines.push(`  ${whyLabel}${group.length > 1 ? ` (${title})` : ''}: ${why}`);
    const fixes = new Set(problems.map(({ fix }) => fix).filter(Boolean));
    for (const fix of fixes) lines.push(`  ${label.fix}: ${fix}`);
    if (problems.some(({ change }) => change?.kind === 'dns')) lines.push(`  ${label.dns}`);
    for (const { change } of problems) if (change) lines.push(...writeChange(change, locale));
  }
  return lines;
}

/** Of them all. `below`: the names that DNS is silent about are listed further down, if there are several. */
export function noteOf(group: Group, locale: Locale, below = false): string | undefined {
  const silent = silences(group);
  if (silent.length === 0) return group[0].note;
  return sharedWords[locale].silent(silent, below && silent.length > 1);
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

function where({ at }: ReportProblem, locale: Locale): string {
  if (!at) return '';
  const label = labels[locale];
  const place = ` (${label.line} ${at.line}, ${label.column} ${at.column})`;
  return at.snippet ? `${place}\n      ${at.snippet.replace(/\s+/g, ' ')}` : place;
}

function writeChange(change: Change, locale: Locale): string[] {
  const label = labels[locale];
  const name = change.kind === 'dns' ? `${change.type}  ${change.name}` : `${label.line} ${change.line}`;
  if (change.new === null) return [`      ${name}`, `      ${label.remove}: ${change.old ?? label.none}`];
  return [
    `      ${name}`,
    `      ${label.now}: ${change.old ?? label.none}`,
    `      ${change.old === null ? label.add : label.next}: ${change.new}`,
  ];
}

/** What a submission or DNS has written could rewrite the reader's terminal. */
function cleaned(report: Report): Report {
  const replaced = JSON.stringify(report, (_, value) =>
    typeof value === 'string' ? value.replace(hiddenMarks, ' ') : value,
  );
  return JSON.parse(replaced);
}
