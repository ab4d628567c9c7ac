/** What findings that stand together have in common, in words. */
import type { Locale } from '../rule.ts';
import { sharedWords } from '../words.ts';
import type { ReportFinding } from './report.ts';
import { type Group, silences, stopsMail } from './standing.ts';

/** Of them all. `below`: the names that DNS is silent about are listed further down, if there are several. */
export function groupNote(group: Group, locale: Locale, below = false): string | undefined {
  const silent = silences(group);
  if (silent.length === 0) return group[0].note;
  return sharedWords[locale].silent(silent, below && silent.length > 1);
}

/** By which routes a check that fails has no answer either; undefined where it has one by each. */
export function unansweredNote(finding: ReportFinding, locale: Locale): string | undefined {
  const { unansweredBy = [] } = finding;
  return unansweredBy.length > 0
    ? sharedWords[locale].unansweredBy(unansweredBy, stopsMail(finding))
    : undefined;
}
