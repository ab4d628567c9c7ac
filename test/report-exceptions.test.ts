/** A report with exceptions: the decision by law 1, and the line that says that they stand. */
import { describe, expect, test } from 'vitest';
import { withExceptions } from '../src/report/exceptions.ts';
import type { Report, ReportFinding } from '../src/report/report.ts';
import { headline, summary } from '../src/report/summary.ts';
import type { Severity } from '../src/rule.ts';
import type { Outcome } from '../src/verdict.ts';

const policy = { gates: ['blocker', 'major'] } as const;
const finding = (rule: string, severity: Severity, outcome: Outcome): ReportFinding => ({
  rule,
  severity,
  outcome,
  area: 'content',
  gates: outcome !== 'pass' && policy.gates.some((one) => one === severity),
  waived: false,
  problems: [],
  evidence: [],
  title: rule,
  heading: `Thing ${rule}`,
  why: '',
});
const report = (...findings: ReportFinding[]) =>
  ({ decision: 'blocked', findings, partial: false, simulated: false }) as unknown as Report;

const good = finding('good', 'blocker', 'pass');
const one = finding('one', 'major', 'fail');
const two = finding('two', 'major', 'fail');
const wall = finding('wall', 'blocker', 'fail');
const open = finding('open', 'major', 'unknown');

describe('the decision', () => {
  test.each<[string, ReportFinding[], string[], string]>([
    ['its only fault is excepted', [good, one], ['one'], 'clear'],
    ['one of two is', [good, one, two], ['one'], 'blocked'],
    ['both are', [good, one, two], ['one', 'two'], 'clear'],
    ['a blocker cannot be', [good, wall], ['wall'], 'blocked'],
    ['an unknown cannot be, and stays open', [good, one, open], ['one', 'open'], 'undecided'],
    ['nothing has passed', [one], ['one'], 'undecided'],
    ['the exception is of something else', [good, one], ['other'], 'blocked'],
  ])('%s', (_, findings, excepted, decision) => {
    const before = report(...findings);
    const after = withExceptions(before, new Set(excepted), policy);
    expect(after.decision).toBe(decision);
    // What is kept is not touched.
    expect(before).toEqual(report(...findings));
  });
});

test.each([
  [
    'en',
    'Clear to send, with an exception',
    'Every other check that can stop this mail has passed. An owner answers for one exception: thing one.',
  ],
  [
    'sv',
    'Klart att skicka, med ett undantag',
    'Alla andra kontroller som kan stoppa mejlet är godkända. En ägare svarar för ett undantag: thing one.',
  ],
] as const)('in %s the decision says that an exception stands', (locale, heading, text) => {
  const shown = withExceptions(report(good, one), new Set(['one']), policy);
  expect([headline(shown, locale), summary(shown, locale)]).toEqual([heading, text]);
});

test('what still stops the mail comes first, the exception after it', () => {
  const shown = withExceptions(report(good, one, two), new Set(['one']), policy);
  expect(headline(shown, 'en')).toBe('Not clear to send');
  expect(summary(shown, 'en')).toBe(
    'One thing stops this mail: thing two. An owner answers for one exception: thing one.',
  );
});
