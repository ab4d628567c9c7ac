/** A verdict in a reader's language: the same shape for the command line, the API and files. */
import type { Locale, Problem, Rule, Words } from '../rule.ts';
import type { MailClass } from '../submission.ts';
import type { Finding, Rules, Verdict } from '../verdict.ts';
import { sharedWords } from '../words.ts';

export interface ReportProblem extends Omit<Problem, 'at' | 'change'> {
  at: Problem['at'] | null;
  /** What is wrong, as a headline without a full stop. */
  heading: string;
  text: string;
  /** What to do in a few words, without a full stop. */
  mend: string;
  /** Exactly what to do about this one. */
  fix: string;
  change: Problem['change'] | null;
}

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

export interface Report extends Omit<Verdict, 'findings'> {
  audited?: AuditedMail;
  findings: readonly ReportFinding[];
}

/** Adds the words. A rule that is no longer listed keeps its code and data. */
export function writeReport(verdict: Verdict, rules: Rules, locale: Locale, audited?: AuditedMail): Report {
  const byId = new Map(
    Object.values(rules)
      .flat()
      .map((rule) => [rule.id, rule]),
  );
  return {
    ...(audited ? { audited } : {}),
    ...verdict,
    findings: verdict.findings.map((finding) => writeFinding(finding, byId.get(finding.rule), locale)),
  };
}

function writeFinding(finding: Finding, rule: Rule | undefined, locale: Locale): ReportFinding {
  const words = rule?.words[locale];
  const title = words?.title ?? finding.rule;
  const [first] = finding.problems;
  const count = finding.problems.length + (finding.omitted ?? 0);
  const problems = finding.problems.map((problem): ReportProblem => {
    const { key, data } = problem;
    return {
      key,
      data,
      at: problem.at ?? null,
      heading: say(words?.heading, problem, 1) ?? key,
      text: words?.problems[key]?.(data) ?? key,
      mend: say(words?.mend, problem) ?? '',
      fix: say(words?.fix, problem) ?? '',
      change: problem.change ?? null,
    };
  });
  return {
    ...finding,
    title,
    heading: (first && (say(words?.heading, first, count) ?? first.key)) ?? title,
    why: words?.why ?? '',
    ...(finding.reason ? { note: noteOf(finding, finding.reason, locale) } : {}),
    problems,
  };
}

/** A text that is the same for every problem, or the one for this problem. */
function say(
  text: Words<Problem>['heading'] | undefined,
  { key, data }: Problem,
  count = 1,
): string | undefined {
  return typeof text === 'string' ? text : text?.[key]?.(data, count);
}

function noteOf({ ask, evidence }: Finding, reason: NonNullable<Finding['reason']>, locale: Locale): string {
  const shared = sharedWords[locale];
  if (ask) return shared.asks[ask];
  const silent = evidence.find(({ status }) => !answers.has(status));
  return reason === 'unanswered' && silent ? shared.silent(silent) : shared.reasons[reason];
}

/** That there is no record is an answer as well. */
const answers = new Set(['answered', 'nodata', 'nxdomain']);

/** The decision in words. A trial says so in the same breath: it must not be taken for a clearance. */
export function headline(
  { decision, partial, simulated }: Pick<Verdict, 'decision' | 'partial' | 'simulated'>,
  locale: Locale,
): string {
  const words = sharedWords[locale];
  return partial || simulated ? `${words.decisions[decision]} (${words.trial})` : words.decisions[decision];
}

/** It does not apply so far: it needs an answer that another check asks for. */
export function waits({ outcome, reason }: Pick<Finding, 'outcome' | 'reason'>): boolean {
  return outcome === 'not-applicable' && reason === 'no-mail-from';
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

/** One sentence: what stops the mail, or what is missing to decide. */
export function summary({ decision, findings, partial, simulated }: Report, locale: Locale): string {
  const stopping = inOrder(findings).filter(({ gates, waived }) => gates && !waived);
  const failed = stopping.filter(({ outcome }) => outcome === 'fail');
  const open = stopping.filter(({ outcome }) => outcome === 'unknown');
  const say = sentences[locale];
  const said = {
    clear: () => say.clear,
    blocked: () => say.blocked(failed.length, names(failed, locale)),
    undecided: () => say.undecided(names(open, locale)),
  };
  return [
    said[decision](),
    decision === 'blocked' && open.length > 0 ? say.more(open.length) : '',
    simulated || partial ? say.trial(simulated, partial) : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** The score, or that there is none: what has no answer is not worth 100. */
export function scoreLine({ decision, findings, score }: Report, locale: Locale): string {
  const open = findings.filter(({ gates, waived, outcome }) => gates && !waived && outcome === 'unknown');
  const say = sentences[locale];
  return open.length > 0 || decision === 'undecided' ? say.noScore(open.length) : say.score(score);
}

/** Named one by one in a sentence; nobody takes in more. */
const namedAtMost = 3;

const numbers = {
  en: ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'],
  sv: ['Inga', 'En', 'Två', 'Tre', 'Fyra', 'Fem', 'Sex', 'Sju', 'Åtta', 'Nio', 'Tio'],
} as const satisfies Record<Locale, readonly string[]>;

const inWords = (count: number, locale: Locale) => `${numbers[locale][count] ?? count}`.toLowerCase();

const sentences = {
  en: {
    clear: 'Every check that can stop this mail has passed.',
    blocked: (count: number, what: string) =>
      `${numbers.en[count] ?? count} ${count === 1 ? 'thing stops' : 'things stop'} this mail: ${what}.`,
    and: '; and ',
    others: (count: number) => `${inWords(count, 'en')} more ${count === 1 ? 'thing' : 'things'}`,
    undecided: (what: string) =>
      what
        ? `Nothing found so far stops the mail, but this could not be checked: ${what}.`
        : 'Nothing could be checked.',
    more: (count: number) =>
      `${numbers.en[count] ?? count} more ${count === 1 ? 'check' : 'checks'} got no answer, so more may turn up.`,
    trial: (simulated: boolean, partial: boolean) =>
      `This is a trial: ${[
        simulated ? 'its DNS answers come from a file, an example or a server of your choice' : '',
        partial ? 'parts were left out' : '',
      ]
        .filter(Boolean)
        .join(', and ')}. A trial never gives a clearance.`,
    score: (score: number) => `Score ${score} of 100, for guidance only: it decides nothing.`,
    noScore: (count: number) =>
      count === 0
        ? 'No score yet.'
        : `No score yet: ${count === 1 ? '1 check has' : `${count} checks have`} no answer.`,
  },
  sv: {
    clear: 'Alla kontroller som kan stoppa mejlet är godkända.',
    blocked: (count: number, what: string) =>
      `${numbers.sv[count] ?? count} ${count === 1 ? 'sak' : 'saker'} stoppar mejlet: ${what}.`,
    and: ' och ',
    others: (count: number) => `${inWords(count, 'sv')} ${count === 1 ? 'sak' : 'saker'} till`,
    undecided: (what: string) =>
      what
        ? `Inget som stoppar mejlet har hittats hittills, men det här kunde inte kontrolleras: ${what}.`
        : 'Inget kunde kontrolleras.',
    more: (count: number) =>
      `Dessutom gick ${inWords(count, 'sv')} ${count === 1 ? 'kontroll' : 'kontroller'} inte att göra, så mer kan dyka upp.`,
    trial: (simulated: boolean, partial: boolean) =>
      `Det här är en provkörning: ${[
        simulated
          ? 'DNS-svaren kommer från en fil, från ett exempel eller från en server som du har valt'
          : '',
        partial ? 'delar är bortvalda' : '',
      ]
        .filter(Boolean)
        .join(', och ')}. En provkörning ger aldrig klarsignal.`,
    score: (score: number) => `Betyg ${score} av 100. Det är bara en vägledning och avgör inget.`,
    noScore: (count: number) =>
      count === 0
        ? 'Inget betyg ännu.'
        : `Inget betyg ännu: ${count === 1 ? '1 kontroll' : `${count} kontroller`} saknar svar.`,
  },
} as const satisfies Record<Locale, object>;

/** Parted by semicolons, since a heading may have a comma of its own. */
function names(findings: readonly ReportFinding[], locale: Locale): string {
  const { and, others } = sentences[locale];
  const named = findings.slice(0, namedAtMost).map(({ heading }) => lowerFirst(heading));
  const rest = findings.length - named.length;
  const all = rest > 0 ? [...named, others(rest)] : named;
  return [all.slice(0, -1).join('; '), ...all.slice(-1)].filter(Boolean).join(and);
}

/** Lower case inside a sentence, but never in a name such as SPF or Reply-To. */
function lowerFirst(text: string): string {
  return /^.\p{Lu}|^.\S*-\p{Lu}/u.test(text) ? text : text.charAt(0).toLocaleLowerCase() + text.slice(1);
}
