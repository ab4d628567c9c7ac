/** What a report comes to, in a few sentences: the decision, what it rests on, and the score. */
import type { Locale } from '../rule.ts';
import type { Verdict } from '../verdict.ts';
import { sharedWords } from '../words.ts';
import type { Report, ReportFinding } from './report.ts';
import { inOrder, isExcepted, isHeld, lacksAnswer, type Standing, stopsMail, waits } from './standing.ts';

/** The decision in words. A trial says so in the same breath: it must not be taken for a clearance. */
export function headline(
  {
    decision,
    partial,
    simulated,
    findings = [],
    excepted = findings.filter(isExcepted).length,
  }: Pick<Verdict, 'decision' | 'partial' | 'simulated'> & {
    findings?: readonly Standing[];
    /** How many exceptions it rests on, where the findings are not at hand. */
    excepted?: number;
  },
  locale: Locale,
): string {
  const words = sharedWords[locale];
  if (decision === 'clear' && excepted > 0)
    return `${words.decisions.clear}${sentences[locale].excepting(excepted)}`;
  return partial || simulated ? `${words.decisions[decision]} (${words.trial})` : words.decisions[decision];
}

/** One sentence: what stops the mail, or what is missing to decide. */
export function summary({ decision, findings, partial, simulated, sampled }: Report, locale: Locale): string {
  const failed = inOrder(findings).filter(stopsMail);
  const open = [...inOrder(findings), ...findings.filter(waits)].filter(
    (finding) => lacksAnswer(finding) || isHeld(finding),
  );
  const excepted = inOrder(findings).filter(isExcepted);
  const say = sentences[locale];
  const said = {
    clear: () => (excepted.length > 0 ? say.clearBut : say.clear),
    blocked: () => say.blocked(failed.length, namesOf(failed, locale)),
    undecided: () => say.undecided(open.length, namesOf(open, locale, 'checks')),
  };
  return [
    said[decision](),
    excepted.length > 0 ? say.excepted(excepted.length, namesOf(excepted, locale)) : '',
    decision === 'blocked' && open.length > 0 ? say.more(open.length) : '',
    simulated || partial
      ? say.trial({ simulated: simulated && !sampled, partial, sampled: sampled === true })
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** null: only failures lower it, so that without all answers it would be too high. */
export function scoreOf({
  decision,
  findings,
  score,
}: Pick<Report, 'decision' | 'score'> & { findings: readonly Standing[] }): number | null {
  const open = findings.some(({ gates, waived, outcome }) => gates && !waived && outcome === 'unknown');
  return open || decision === 'undecided' ? null : score;
}

/** The score, or that there is none. */
export function scoreLine(report: Report, locale: Locale): string {
  const say = sentences[locale];
  const score = scoreOf(report);
  return score === null ? say.noScore(report.findings.filter(lacksAnswer).length) : say.score(score);
}

/** What makes it one. */
interface Trial {
  simulated: boolean;
  partial: boolean;
  sampled: boolean;
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
    clearBut: 'Every other check that can stop this mail has passed.',
    excepting: (count: number) => (count === 1 ? ', with an exception' : ', with exceptions'),
    excepted: (count: number, what: string) =>
      count === 1
        ? `An owner answers for one exception: ${what}.`
        : `Owners answer for ${count} exceptions: ${what}.`,
    blocked: (count: number, what: string) =>
      `${numbers.en[count] ?? count} ${count === 1 ? 'thing stops' : 'things stop'} this mail: ${what}.`,
    and: '; and ',
    others: {
      things: (count: number) => `${inWords(count, 'en')} more ${count === 1 ? 'thing' : 'things'}`,
      checks: (count: number) => `${count} more`,
    },
    undecided: (count: number, what: string) =>
      what
        ? `Nothing found so far stops the mail, but ${count === 1 ? '1 check has' : `${count} checks have`} no answer yet: ${what}.`
        : 'Nothing could be checked.',
    more: (count: number) =>
      `${count === 1 ? '1 check has' : `${count} checks have`} no answer yet, so more may turn up.`,
    trial: ({ simulated, partial, sampled }: Trial) =>
      `This is a trial: ${[
        sampled ? 'the merge fields are filled in with your sample data' : '',
        simulated ? 'its DNS answers come from a file, an example or a server of your choice' : '',
        partial ? 'parts were left out' : '',
      ]
        .filter(Boolean)
        .join(', and ')}. A trial never gives a clearance.`,
    score: (score: number) => `Score ${score} of 100, for guidance only: it decides nothing.`,
    noScore: (count: number) =>
      count === 0
        ? 'No score yet.'
        : `No score yet: ${count === 1 ? '1 check has' : `${count} checks have`} no answer, and without ${count === 1 ? 'it' : 'them'} the score would be too high.`,
  },
  sv: {
    clear: 'Alla kontroller som kan stoppa mejlet är godkända.',
    clearBut: 'Alla andra kontroller som kan stoppa mejlet är godkända.',
    excepting: (count: number) => (count === 1 ? ', med ett undantag' : ', med undantag'),
    excepted: (count: number, what: string) =>
      count === 1
        ? `En ägare svarar för ett undantag: ${what}.`
        : `Ägare svarar för ${count} undantag: ${what}.`,
    blocked: (count: number, what: string) =>
      `${numbers.sv[count] ?? count} ${count === 1 ? 'sak' : 'saker'} stoppar mejlet: ${what}.`,
    and: ' och ',
    others: {
      things: (count: number) => `${inWords(count, 'sv')} ${count === 1 ? 'sak' : 'saker'} till`,
      checks: (count: number) => `${count} till`,
    },
    undecided: (count: number, what: string) =>
      what
        ? `Inget som stoppar mejlet har hittats hittills, men ${count === 1 ? '1 kontroll' : `${count} kontroller`} saknar svar: ${what}.`
        : 'Inget kunde kontrolleras.',
    more: (count: number) =>
      `Dessutom saknar ${count === 1 ? '1 kontroll' : `${count} kontroller`} svar, så mer kan dyka upp.`,
    trial: ({ simulated, partial, sampled }: Trial) =>
      `Det här är en provkörning: ${[
        sampled ? 'kopplingsfälten är ifyllda med dina exempeldata' : '',
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
        : `Inget betyg ännu: ${count === 1 ? '1 kontroll' : `${count} kontroller`} saknar svar, och utan ${count === 1 ? 'det' : 'dem'} blir betyget för högt.`,
  },
} as const satisfies Record<Locale, object>;

/** Parted by semicolons, since a heading may have a comma of its own. */
export function namesOf(
  findings: readonly ReportFinding[],
  locale: Locale,
  kind: 'things' | 'checks' = 'things',
): string {
  const { and, others } = sentences[locale];
  const named = findings.slice(0, namedAtMost).map(({ heading }) => lowerFirst(heading));
  const rest = findings.length - named.length;
  const all = rest > 0 ? [...named, others[kind](rest)] : named;
  return [all.slice(0, -1).join('; '), ...all.slice(-1)].filter(Boolean).join(and);
}

/** In lower case it is another word: the permit. */
const product = /^Klarsignal\b/;

/** Lower case inside a sentence, but never in a name such as SPF, Reply-To or the product's own. */
function lowerFirst(text: string): string {
  return product.test(text) || /^.\p{Lu}|^.\S*-\p{Lu}/u.test(text)
    ? text
    : text.charAt(0).toLocaleLowerCase() + text.slice(1);
}
