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
  return {
    ...finding,
    title: words?.title ?? finding.rule,
    why: words?.why ?? '',
    ...(finding.reason ? { note: noteOf(finding, finding.reason, locale) } : {}),
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

/** One sentence: what stops the mail, or what is missing to decide. */
export function summary({ decision, findings, partial, simulated }: Report, locale: Locale): string {
  const stopping = findings.filter(({ gates, waived }) => gates && !waived);
  const failed = names(stopping.filter(({ outcome }) => outcome === 'fail'));
  const open = stopping.filter(({ outcome }) => outcome === 'unknown');
  const say = sentences[locale];
  const said = { clear: say.clear, blocked: say.blocked(failed), undecided: say.undecided(names(open)) };
  return [
    said[decision],
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

const sentences = {
  en: {
    clear: 'Every check that can stop this mail has passed.',
    blocked: (what: string) => `What stops this mail: ${what}.`,
    undecided: (what: string) =>
      what
        ? `Nothing found so far stops the mail, but this could not be checked: ${what}.`
        : 'Nothing could be checked.',
    more: (count: number) =>
      `${count} more ${count === 1 ? 'check' : 'checks'} got no answer, so more may turn up.`,
    trial: (simulated: boolean, partial: boolean) =>
      `This is a trial: ${[
        simulated ? 'its DNS answers come from a file or a server of your choice' : '',
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
    blocked: (what: string) => `Det här stoppar mejlet: ${what}.`,
    undecided: (what: string) =>
      what
        ? `Inget som hindrar utskicket har hittats hittills, men det här kunde inte kontrolleras: ${what}.`
        : 'Inget kunde kontrolleras.',
    more: (count: number) =>
      `Dessutom gick ${count} ${count === 1 ? 'kontroll' : 'kontroller'} inte att göra, så mer kan dyka upp.`,
    trial: (simulated: boolean, partial: boolean) =>
      `Det här är ett prov: ${[
        simulated ? 'DNS-svaren kommer ur en fil eller från en server som du har valt' : '',
        partial ? 'delar är bortvalda' : '',
      ]
        .filter(Boolean)
        .join(', och ')}. Ett prov ger aldrig klarsignal.`,
    score: (score: number) => `Betyg ${score} av 100, bara som vägledning: det avgör inget.`,
    noScore: (count: number) =>
      count === 0
        ? 'Inget betyg ännu.'
        : `Inget betyg ännu: ${count === 1 ? '1 kontroll' : `${count} kontroller`} saknar svar.`,
  },
} as const satisfies Record<Locale, object>;

/** Parted by semicolons, since a title may have a comma of its own. */
function names(findings: readonly ReportFinding[]): string {
  return findings.map(({ title }) => lowerFirst(title)).join('; ');
}

/** Lower case inside a sentence, but never in a name such as SPF or Reply-To. */
function lowerFirst(title: string): string {
  return /^.\p{Lu}|^.\S*-\p{Lu}/u.test(title) ? title : title.charAt(0).toLocaleLowerCase() + title.slice(1);
}
