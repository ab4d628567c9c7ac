/**
 * The spam score in words: what it is, what it lacks, and which finding gives what. Its threshold is in no sentence:
 * three of five spam mails of the corpora stay below it, so that being below it says nothing.
 */
import type { Locale } from '../rule.ts';
import type { Report, ReportFinding } from './report.ts';

const words = {
  en: {
    score: (score: string) =>
      `Spam points ${score}, from our own checks of how the mail is written. Few points are no promise: spam filters look at much more.`,
    none: (what: string) =>
      what ? `No spam points yet, without an answer from: ${what}.` : 'No spam points.',
    points: (points: string, count: number) => `+${points} spam ${count === 1 ? 'point' : 'points'}`,
  },
  sv: {
    score: (score: string) =>
      `Spampoäng ${score}, från våra egna kontroller av hur mejlet är skrivet. Få poäng är inget löfte: skräppostfilter ser på mycket mer.`,
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
  if (spam.score !== null) return score(written(spam.score, locale));
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
