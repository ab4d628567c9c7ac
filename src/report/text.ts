/** A report as plain text, for terminals and mail. */
import type { Ask, Change, Locale } from '../rule.ts';
import { hiddenMarks } from '../words/marks.ts';
import { sharedWords } from '../words.ts';
import { domainHeadline, domainScope, domainSummary } from './domain.ts';
import { providerCaution, type ReportProvider } from './providers.ts';
import { zoneLine } from './records/where.ts';
import { formsOf } from './records.ts';
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
    domain: {
      domain: 'Domain',
      mailFrom: 'Sending subdomain',
      dkimSelectors: 'DKIM selectors',
      sendingAddresses: 'Sending addresses',
      routes: 'Sending servers',
      at: 'Audited',
    },
    why: 'Why',
    unknownWhy: 'Why it is checked',
    fix: 'How to fix it',
    now: 'Now',
    next: 'Change to',
    add: 'Add',
    remove: 'Remove',
    none: '(no record)',
    line: 'line',
    column: 'column',
    plan: 'The whole plan, in order',
    later: 'later',
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
    domain: {
      domain: 'Domän',
      mailFrom: 'Underdomän för utskick',
      dkimSelectors: 'DKIM-selektorer',
      sendingAddresses: 'Servrarnas IP-adresser',
      routes: 'Utskicksservrar',
      at: 'Granskat',
    },
    why: 'Varför',
    unknownWhy: 'Varför det kontrolleras',
    fix: 'Så rättar du till det',
    now: 'Nu',
    next: 'Ändra till',
    add: 'Lägg till',
    remove: 'Ta bort',
    none: '(ingen post)',
    line: 'rad',
    column: 'kolumn',
    plan: 'Hela planen, i ordning',
    later: 'senare',
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
  const { findings } = report;
  const lines = [
    ...writeHead(report, locale, style),
    '',
    ...writeAudited(report, locale),
    ...writeZones(report, locale),
  ];
  for (const group of inGroups(inOrder(findings).filter(({ reason }) => reason !== 'left-out'))) {
    lines.push(...writeGroup(group, locale, style, asks), '');
  }
  lines.push(...writePlanned(report, locale, style));
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
  return `${lines.join('\n')}\n`;
}

/** Steps that are not done, numbered; nothing where there are none. */
function writePlanned({ plan }: Report, locale: Locale, style: Style): string[] {
  const label = labels[locale];
  const open = plan?.steps.filter(({ state }) => state !== 'done') ?? [];
  if (open.length === 0) return [];
  return [
    `${style.strong(label.plan)}:`,
    ...open.flatMap(({ title, route, state, how, when, changes }, i) => [
      `  ${i + 1}. ${title}${route ? ` (${route})` : ''}${state === 'later' ? ` (${label.later})` : ''}`,
      ...(state === 'later' || !how ? [] : [`    ${how}`]),
      ...(when ? [`    ${when}`] : []),
      ...(state === 'later' ? [] : changes.flatMap((change) => writeChange(change, locale))),
    ]),
    '',
  ];
}

/** The decision, what it rests on, and what it leaves aside. */
function writeHead(report: Report, locale: Locale, style: Style): string[] {
  const [head, sum, scope] = report.domain
    ? [domainHeadline(report, locale), domainSummary(report, locale), domainScope(locale)]
    : [headline(report, locale), summary(report, locale), sharedWords[locale].scope];
  return [style.state(head.toLocaleUpperCase(locale), report.decision), sum, scope];
}

/** What has the same reason stands in one line: a domain that publishes little has many that do not apply. */
function byNote(findings: readonly ReportFinding[]): string[] {
  const titles = new Map<string, string[]>();
  for (const { title, note = '' } of findings) titles.set(note, [...(titles.get(note) ?? []), title]);
  return [...titles].map(([note, some]) => `  - ${note} (${some.join('; ')})`);
}

/** Every provider in a line, and beneath it what falls short or is not known. */
function writeProviders({ providers }: Report, locale: Locale, style: Style): string[] {
  if (providers.length === 0) return [];
  const { title, caution } = providerCaution[locale];
  return [style.strong(title), ...providers.flatMap((one) => writeProvider(one, style)), `  ${caution}`, ''];
}

function writeProvider({ name, state, word, text, requirements }: ReportProvider, style: Style): string[] {
  const looks = { met: 'clear', 'not-met': 'blocked', 'not-observable': 'quiet' } as const;
  const look = state === 'bulk-not-met' || state === 'unknown' ? 'undecided' : looks[state];
  const told = requirements.filter((one) => one.state === 'not-met' || one.state === 'unknown');
  return [
    `  ${style.state(`[${word}]`, look)} ${style.strong(name)}: ${text}`,
    ...told.map(({ word: how, text: what, asked, rules, code }) => {
      const more = [asked, rules.join(', '), code].filter(Boolean).join('; ');
      return `    - ${how}: ${what} (${more})`;
    }),
  ];
}

/** Which mail or domain it is about. Empty where nobody has said. */
function writeAudited({ audited, domain }: Report, locale: Locale): string[] {
  if (domain) {
    const label = labels[locale].domain;
    const { at, dkimSelectors, sendingAddresses, ...named } = domain;
    const time = `${at.slice(0, 16).replace('T', ' ')} UTC`;
    const lists = {
      dkimSelectors: dkimSelectors.join(' '),
      sendingAddresses: sendingAddresses.join(' '),
      routes: named.routes.join(', '),
    };
    const said = { ...named, ...lists, at: time };
    const names = Object.keys(label) as (keyof typeof label)[];
    return [...names.flatMap((name) => (said[name] ? [`${label[name]}: ${said[name]}`] : [])), ''];
  }
  if (!audited) return [];
  const label = labels[locale].audited;
  const said = { ...audited, at: `${audited.at.slice(0, 16).replace('T', ' ')} UTC` };
  const names = Object.keys(label) as (keyof typeof label)[];
  const lines = names.flatMap((name) => (said[name] ? [`${label[name]}: ${said[name]}`] : []));
  return [...lines, ''];
}

/** Who hosts the DNS; nothing where nobody is known. */
function writeZones({ zones = [] }: Report, locale: Locale): string[] {
  const said = zones.flatMap((zone) => zoneLine(zone, locale) ?? []);
  return said.length > 0 ? [...said.map((line) => `${line}.`), ''] : [];
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
      const by = problem.routes ? ` (${sharedWords[locale].byRoutes(problem.routes)})` : '';
      lines.push(`  - ${problem.text}${by}${where(problem, locale)}`);
    }
    const more = Math.max(0, problems.length - listed) + omitted;
    if (more > 0) lines.push(`    ${label.more(more)}`);
    const whyLabel = outcome === 'unknown' ? label.unknownWhy : label.why;
    if (why) lines.push(`  ${whyLabel}${group.length > 1 ? ` (${title})` : ''}: ${why}`);
    const fixes = new Set(problems.map(({ fix }) => fix).filter(Boolean));
    for (const fix of fixes) lines.push(`  ${label.fix}: ${fix}`);
    for (const place of new Set(problems.flatMap(({ change }) => change?.where ?? [])))
      lines.push(`  ${place}`);
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
  // What was cleaned for a terminal holds no line of its own any more, so it is written anew.
  const line = change.kind === 'dns' ? formsOf({ ...change, old: null }).bind : null;
  if (change.new === null) return [`      ${name}`, `      ${label.remove}: ${change.old ?? label.none}`];
  return [
    `      ${name}`,
    `      ${label.now}: ${change.old ?? label.none}`,
    `      ${change.old === null ? label.add : label.next}: ${change.new}`,
    ...(line ? [`      BIND: ${line}`] : []),
  ];
}

/** What a submission or DNS has written could rewrite the reader's terminal. */
function cleaned(report: Report): Report {
  const replaced = JSON.stringify(report, (_, value) =>
    typeof value === 'string' ? value.replace(hiddenMarks, ' ') : value,
  );
  return JSON.parse(replaced);
}
