/** The spam score in words: what it is, what it lacks, and which finding gives what. */
import type { Locale } from '../rule.ts';
import type { Report, ReportFinding } from './report.ts';

const words = {
  en: {
    score: (score: string, threshold: string) =>
      `Spam score ${score}, where ${threshold} and more looks like spam. It adds up the points that our own checks give, and does not predict what Gmail or others do.`,
    none: (what: string) => (what ? `No spam score yet, without an answer from: ${what}.` : 'No spam score.'),
    points: (points: string, count: number) => `+${points} spam ${count === 1 ? 'point' : 'points'}`,
  },
  sv: {
    score: (score: string, threshold: string) =>
      `Spampoäng ${score}, där ${threshold} och mer ser ut som skräppost. De är summan av poängen som våra egna kontroller ger och förutsäger inte vad Gmail eller andra gör.`,
    none: (what: string) =>
      what ? `Inga spampoäng ännu, eftersom svar saknas från: ${what}.` : 'Inga spampoäng.',
    points: (points: string, _: number) => `+${points} spampoäng`,
  },
} as const satisfies Record<Locale, object>;

/** The spam score and what it is, or what it lacks. Empty where no check gives points. */
export function spamLine({ spam, findings }: Report, locale: Locale): string {
  const counted = findings.filter(({ points }) => points !== undefined);
  if (counted.length === 0) return '';
  const { score, none } = words[locale];
  if (spam.score !== null) return score(written(spam.score, locale), written(spam.threshold, locale));
  const open = counted.filter(({ outcome }) => outcome === 'unknown');
  return none(open.map(({ title }) => title).join('; '));
}

/** What a finding that failed adds to the spam score; empty for one that adds nothing. */
export function spamPoints({ outcome, points }: ReportFinding, locale: Locale): string {
  if (outcome !== 'fail' || points === undefined) return '';
  return words[locale].points(written(points, locale), points);
}

function written(points: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(points);
}
