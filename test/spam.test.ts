/** The spam score: the sum of what our own checks give, or nothing where one of them has no answer. */
import { describe, expect, test } from 'vitest';
import { clients } from '../rules/clients/index.ts';
import { rules } from '../rules/index.ts';
import { policy } from '../rules/policy.ts';
import { writeReport } from '../src/report/report.ts';
import { spamLine, spamPoints } from '../src/report/spam.ts';
import { textReport } from '../src/report/text.ts';
import { type Answer, areas, type Rule } from '../src/rule.ts';
import { judge, type Rules } from '../src/verdict.ts';
import { now } from './world.ts';

const answers = {
  pass: [],
  fail: [{ key: 'wrong', data: {} }],
  unknown: { unknown: 'not-given' },
  none: { notApplicable: 'template' },
} as const satisfies Record<string, Answer>;

const ruleThat = (answer: Answer, points: number | undefined, id: string): Rule => ({
  id,
  severity: 'minor',
  reference: 'a rule of this test',
  needs: [],
  ...(points === undefined ? {} : { points }),
  check: () => answer,
  words: {
    en: { title: `Title ${id}`, heading: 'H', why: 'W', mend: 'M', fix: 'F', problems: { wrong: () => 'P' } },
    sv: { title: `Titel ${id}`, heading: 'H', why: 'W', mend: 'M', fix: 'F', problems: { wrong: () => 'P' } },
  },
  examples: { good: [], bad: [] },
});
const nothing = Object.fromEntries(areas.map((area) => [area, []])) as unknown as Rules;
const judgedRules = (content: readonly Rule[]) => {
  const all = { ...nothing, content };
  const verdict = judge({ facts: {}, rules: all, policy, clients, now, partial: false, simulated: false });
  return { verdict, report: (locale: 'en' | 'sv') => writeReport(verdict, all, locale) };
};
const judged = (...given: [Answer, number | undefined][]) =>
  judgedRules(given.map(([answer, points], i) => ruleThat(answer, points, `r${i}`)));

test.each<[string, [Answer, number | undefined][], number | null]>([
  [
    'what failed is added up',
    [
      [answers.fail, 1.5],
      [answers.fail, 0.7],
      [answers.pass, 4],
    ],
    2.2,
  ],
  [
    'nothing failed',
    [
      [answers.pass, 1],
      [answers.fail, undefined],
    ],
    0,
  ],
  [
    'what does not apply gives nothing',
    [
      [answers.none, 1],
      [answers.fail, 1],
    ],
    1,
  ],
  [
    'one without an answer: not known',
    [
      [answers.unknown, 1],
      [answers.fail, 4],
    ],
    null,
  ],
  [
    'one without an answer that gives no points',
    [
      [answers.unknown, undefined],
      [answers.fail, 4],
    ],
    4,
  ],
  ['none that gives points', [[answers.fail, undefined]], null],
  ['none that applies', [[answers.none, 1]], null],
])('%s', (_, given, score) => {
  expect(judged(...given).verdict.spam).toEqual({ score, threshold: policy.spam.threshold });
});

test('it opens and shuts nothing: over the threshold and still clear', () => {
  const gating: Rule = { ...ruleThat(answers.pass, undefined, 'gate'), severity: 'major' };
  const { verdict } = judgedRules([gating, ruleThat(answers.fail, 100, 'spam')]);
  expect(verdict).toMatchObject({ decision: 'clear', spam: { score: 100 } });
});

describe('in words', () => {
  test('the sum, and that it is no promise; no limit below which a mail would look clean', () => {
    const { report } = judged([answers.fail, 1.5]);
    expect(spamLine(report('en'), 'en')).toMatch(/^Spam points 1\.5, from our own checks .*no promise/);
    expect(spamLine(report('sv'), 'sv')).toMatch(/^Spampoäng 1,5, från våra egna .*inget löfte/);
    for (const locale of ['en', 'sv'] as const)
      expect(spamLine(report(locale), locale)).not.toMatch(/\b5\b(?!,)/);
    expect(textReport(report('sv'), 'sv')).toContain('Spampoäng 1,5');
  });

  test('what is missing is named, and no number is', () => {
    const { report } = judged([answers.unknown, 1], [answers.fail, 2]);
    expect(spamLine(report('en'), 'en')).toBe('No spam points yet, without an answer from: Title r0.');
    expect(spamLine(report('sv'), 'sv')).toBe('Inga spampoäng ännu, eftersom svar saknas från: Titel r0.');
  });

  test('each point stands with its finding', () => {
    const { report } = judged(
      [answers.fail, 1.5],
      [answers.pass, 1],
      [answers.fail, 1],
      [answers.fail, undefined],
    );
    const points = (locale: 'en' | 'sv') => report(locale).findings.map((one) => spamPoints(one, locale));
    expect(points('en')).toEqual(['+1.5 spam points', '', '+1 spam point', '']);
    expect(points('sv')).toEqual(['+1,5 spampoäng', '', '+1 spampoäng', '']);
    expect(textReport(report('en'), 'en')).toContain('(r0) +1.5 spam points');
  });

  test('where no check gives points there is no line', () => {
    expect(spamLine(judged([answers.fail, undefined]).report('en'), 'en')).toBe('');
  });
});

test('the rules that give points: few, small, and none for unsubscribing', () => {
  const giving = Object.values(rules)
    .flat()
    .filter(({ points }) => points !== undefined);
  expect(giving.length).toBeGreaterThan(4);
  for (const { id, points } of giving) {
    expect({ id, points }).toEqual({ id, points: expect.toSatisfy((one) => one > 0 && one <= 2.5) });
    expect(id).not.toMatch(/unsubscribe|contrast/);
  }
});
