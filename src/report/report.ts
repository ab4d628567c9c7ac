/** A verdict in a reader's language: the same shape for the command line, the API and files. */
import type { Evidence } from '../facts/facts.ts';
import type { Change, Locale, MailboxProvider, Problem, Rule, Words, ZonePlace } from '../rule.ts';
import type { MailClass } from '../submission.ts';
import type { Finding, Rules, Verdict } from '../verdict.ts';
import { sharedWords } from '../words.ts';
import type { AuditedDomain } from './domain.ts';
import type { WrittenPlan } from './plan.ts';
import { type ReportProvider, writeProviders } from './providers.ts';
import { whereToChange } from './records/where.ts';
import { formsOf, type RecordForms, zoneOf } from './records.ts';
import { silentIn } from './standing.ts';

export interface ReportProblem extends Omit<Problem, 'at' | 'change'> {
  at: Problem['at'] | null;
  /** What is wrong, as a headline without a full stop. */
  heading: string;
  text: string;
  /** What to do in a few words, without a full stop. */
  mend: string;
  /** Exactly what to do about this one. */
  fix: string;
  change: ReportChange | null;
}

/** A change of DNS stands in all forms that people need, with where it is made. */
export type ReportChange = Change & { forms?: RecordForms; where?: string };

export interface ReportFinding extends Omit<Finding, 'problems'> {
  title: string;
  /** What is wrong, when it fails: of its first problem, or of all of them; else the title. */
  heading: string;
  why: string;
  /** Why it could not be checked, or does not apply, in words. */
  note?: string;
  problems: readonly ReportProblem[];
}

/** Which mail it was, so that a report stands by itself. */
export interface AuditedMail {
  /** Of the audit; null where none is kept. */
  id: string | null;
  /** When it was judged, ISO 8601. */
  at: string;
  from: string | null;
  subject: string | null;
  mailFrom: string | null;
  filename: string | null;
  class: MailClass;
}

export interface Report extends Omit<Verdict, 'findings' | 'providers'> {
  audited?: AuditedMail;
  /** In place of a mail, where the domain alone was judged. */
  domain?: AuditedDomain;
  /** What to publish in which order, where the domain alone was judged. */
  plan?: WrittenPlan;
  findings: readonly ReportFinding[];
  /** How what the mailbox providers ask stands; empty where it was not judged. */
  providers: readonly ReportProvider[];
}

/**
 * Adds the words. A rule that is no longer listed keeps its code and data. `example`: its DNS is the example's own,
 * and the port it happens to have means nothing to anybody. `providers`: of whose requirements the report tells.
 */
export function writeReport(
  verdict: Verdict,
  rules: Rules,
  locale: Locale,
  audited?: AuditedMail,
  example = false,
  providers: readonly MailboxProvider[] = [],
): Report {
  const byId = new Map(
    Object.values(rules)
      .flat()
      .map((rule) => [rule.id, rule]),
  );
  const unsigned = verdict.findings.some(({ reason }) => reason === 'no-signature');
  return {
    ...(audited ? { audited } : {}),
    ...verdict,
    findings: verdict.findings.map((finding) => {
      const told = example ? { ...finding, evidence: finding.evidence.map(inExample(locale)) } : finding;
      return writeFinding(told, byId.get(finding.rule), unsigned, verdict.zones ?? [], locale);
    }),
    providers: writeProviders(verdict.providers, providers, locale),
  };
}

function inExample(locale: Locale) {
  return (one: Evidence): Evidence =>
    one.kind === 'dns' ? { ...one, resolver: sharedWords[locale].exampleDns } : one;
}

/** `unsigned`: it is a message, and no DKIM signature stands in it. */
function writeFinding(
  finding: Finding,
  rule: Rule | undefined,
  unsigned: boolean,
  zones: readonly ZonePlace[],
  locale: Locale,
): ReportFinding {
  const words = rule?.words[locale];
  const title = words?.title ?? finding.rule;
  const [first] = finding.problems;
  const count = first ? countedWith(first, finding, words) : 0;
  const problems = finding.problems.map((problem): ReportProblem => {
    const { key, data } = problem;
    return {
      key,
      data,
      ...(problem.routes ? { routes: problem.routes } : {}),
      at: problem.at ?? null,
      heading: say(words?.heading, problem, 1) ?? key,
      text: words?.problems[key]?.(data) ?? key,
      mend: say(words?.mend, problem) ?? '',
      fix: say(words?.fix, problem) ?? '',
      change: problem.change ? inForms(problem.change, zones, locale) : null,
    };
  });
  return {
    ...finding,
    title,
    heading: (first && (say(words?.heading, first, count) ?? first.key)) ?? title,
    why: words?.why ?? '',
    ...(finding.reason ? { note: noteOf(finding, finding.reason, unsigned, locale) } : {}),
    problems,
  };
}

/** How many a headline is about: of one kind it speaks of that alone, unless it says the same of every kind there is. */
function countedWith(
  first: Problem,
  { problems, omitted = 0 }: Finding,
  words: Words<Problem> | undefined,
): number {
  const all = problems.length + omitted;
  const kinds = new Map(problems.map((one) => [one.key, one]));
  const said = new Set([...kinds.values()].map((one) => say(words?.heading, one, all)));
  if (kinds.size < 2 || said.size === 1) return all;
  return problems.filter(({ key }) => key === first.key).length;
}

/** `zones`: a verdict that was kept before there were any has none. */
function inForms(change: Change, zones: readonly ZonePlace[], locale: Locale): ReportChange {
  if (change.kind !== 'dns') return change;
  const where = whereToChange(zoneOf(change.name, zones), locale);
  return { ...change, forms: formsOf(change, zones, locale), where };
}

/** A text that is the same for every problem, or the one for this problem. */
function say(
  text: Words<Problem>['heading'] | undefined,
  { key, data }: Problem,
  count = 1,
): string | undefined {
  return typeof text === 'string' ? text : text?.[key]?.(data, count);
}

function noteOf(
  { ask, evidence }: Finding,
  reason: NonNullable<Finding['reason']>,
  unsigned: boolean,
  locale: Locale,
): string {
  const shared = sharedWords[locale];
  if (ask === 'dkim-selector' && unsigned) return `${shared.unsigned} ${shared.asks[ask]}`;
  if (ask) return shared.asks[ask];
  const silent = silentIn({ evidence });
  return reason === 'unanswered' && silent ? shared.silent([silent]) : shared.reasons[reason];
}
