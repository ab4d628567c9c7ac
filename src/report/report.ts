/** A verdict in a reader's language: the same shape for the command line, the API and files. */
import type { Locale, Problem, Rule } from '../rule.ts';
import type { Finding, Rules, Verdict } from '../verdict.ts';
import { sharedWords } from '../words.ts';

export interface ReportProblem extends Omit<Problem, 'at' | 'change'> {
  at: Problem['at'] | null;
  text: string;
  /** Exactly what to do about this one. */
  fix: string;
  change: Problem['change'] | null;
}

export interface ReportFinding extends Omit<Finding, 'problems'> {
  title: string;
  why: string;
  /** Why it could not be checked, or does not apply, in words. */
  note?: string;
  problems: readonly ReportProblem[];
}

export interface Report extends Omit<Verdict, 'findings'> {
  findings: readonly ReportFinding[];
}

/** Adds the words. A rule that is no longer listed keeps its code and data. */
export function writeReport(verdict: Verdict, rules: Rules, locale: Locale): Report {
  const byId = new Map(
    Object.values(rules)
      .flat()
      .map((rule) => [rule.id, rule]),
  );
  return {
    ...verdict,
    findings: verdict.findings.map((finding) => writeFinding(finding, byId.get(finding.rule), locale)),
  };
}

function writeFinding(finding: Finding, rule: Rule | undefined, locale: Locale): ReportFinding {
  const words = rule?.words[locale];
  const shared = sharedWords[locale];
  return {
    ...finding,
    title: words?.title ?? finding.rule,
    why: words?.why ?? '',
    ...(finding.reason
      ? { note: finding.ask ? shared.asks[finding.ask] : shared.reasons[finding.reason] }
      : {}),
    problems: finding.problems.map((problem) => {
      const { key, data } = problem;
      const fix = words?.fix ?? '';
      return {
        key,
        data,
        at: problem.at ?? null,
        text: words?.problems[key]?.(data) ?? key,
        fix: typeof fix === 'string' ? fix : (fix[key]?.(data) ?? ''),
        change: problem.change ?? null,
      };
    }),
  };
}

/** The decision in words. A trial says so in the same breath: it must not be taken for a clearance. */
export function headline(
  { decision, partial, simulated }: Pick<Verdict, 'decision' | 'partial' | 'simulated'>,
  locale: Locale,
): string {
  const words = sharedWords[locale];
  return partial || simulated ? `${words.decisions[decision]} (${words.trial})` : words.decisions[decision];
}

/** One sentence: what stops the mail, or what is missing to decide. */
export function summary({ decision, findings, partial, simulated }: Report, locale: Locale): string {
  const stopping = findings.filter(({ gates, waived }) => gates && !waived);
  const failed = names(
    stopping.filter(({ outcome }) => outcome === 'fail'),
    locale,
  );
  const open = names(
    stopping.filter(({ outcome }) => outcome === 'unknown'),
    locale,
  );
  const say = sentences[locale];
  const first =
    decision === 'clear' ? say.clear : decision === 'blocked' ? say.blocked(failed) : say.undecided(open);
  return [first, simulated ? say.simulated : '', partial ? say.partial : ''].filter(Boolean).join(' ');
}

const sentences = {
  en: {
    clear: 'Every check that can stop this mail has passed.',
    blocked: (what: string) => `What stops this mail: ${what}.`,
    undecided: (what: string) =>
      what
        ? `Nothing is known to be wrong, but this could not be checked: ${what}.`
        : 'Nothing could be checked.',
    simulated: 'This is a trial with made-up or borrowed DNS answers: it never gives a clearance.',
    partial: 'Parts were left out, so it never gives a clearance.',
  },
  sv: {
    clear: 'Alla kontroller som kan stoppa mejlet är godkända.',
    blocked: (what: string) => `Det här stoppar mejlet: ${what}.`,
    undecided: (what: string) =>
      what ? `Inget fel är känt, men det här kunde inte kontrolleras: ${what}.` : 'Inget kunde kontrolleras.',
    simulated: 'Det här är ett prov med påhittade eller lånade DNS-svar och ger aldrig någon klarsignal.',
    partial: 'Delar är bortvalda, så det ger aldrig någon klarsignal.',
  },
} as const satisfies Record<Locale, object>;

function names(findings: readonly ReportFinding[], locale: Locale): string {
  const titles = findings.map(({ title }) => lowerFirst(title));
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(titles);
}

/** Lower case inside a sentence, but never in a name such as SPF or Reply-To. */
function lowerFirst(title: string): string {
  return /^.\p{Lu}|^.\S*-\p{Lu}/u.test(title) ? title : title.charAt(0).toLocaleLowerCase() + title.slice(1);
}
