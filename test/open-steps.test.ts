/** The steps of a plan as people read them, on the page and in a terminal. */
import { load } from 'cheerio';
import { expect, test } from 'vitest';
import { planSection } from '../src/http/pages/plan.ts';
import { openSteps } from '../src/report/open-steps.ts';
import type { StepState, WrittenStep } from '../src/report/plan.ts';
import type { Report } from '../src/report/report.ts';
import { writePlanned } from '../src/report/text/plan.ts';
import { plain } from '../src/report/text.ts';

const step = (name: string, state: StepState, more: Partial<WrittenStep> = {}): WrittenStep => ({
  step: name,
  route: null,
  state,
  optional: false,
  waitDays: 0,
  records: [],
  data: {},
  title: name,
  why: '',
  how: `how ${name}`,
  until: `until ${name}`,
  when: null,
  faults: [],
  changes: [],
  ...more,
});
const steps = [
  step('one', 'now'),
  step('two', 'later', { when: 'when two' }),
  step('three', 'done'),
  step('four', 'unknown', { until: null }),
  step('five', 'later'),
];
const numbered = ['1. one', '2. four', '3. two', '4. five'];

test('their numbers run through, and what waits comes last', () => {
  const { soon, later } = openSteps({ steps });
  expect([...soon, ...later].map(({ number, step: { title } }) => `${number}. ${title}`)).toEqual(numbered);
  expect(later.map(({ step: { title } }) => title)).toEqual(['two', 'five']);
  expect(openSteps(undefined)).toEqual({ soon: [], later: [] });
});

test('the page and the terminal give them the same numbers', async () => {
  const page = load(String(await planSection({ steps }, 'sv')));
  const heads = page('.steps-now h3, .steps-now summary, .steps-later summary')
    .toArray()
    .map((one) => /\d\. \w+/.exec(page(one).text())?.[0]);
  expect(heads).toEqual(numbered);
  const report = { plan: { steps } } as unknown as Report;
  const text = writePlanned(report, { style: plain, asks: {}, records: 'plain', zones: [] }, 'sv');
  expect(text.filter((line) => /^ {2}\d/.test(line)).map((line) => line.trim())).toEqual([
    '1. one',
    '2. four',
    '3. two (senare)',
    '4. five (senare)',
  ]);
  // What has to be seen first is said of what can be begun.
  expect(text.filter((line) => line.includes('Före nästa steg'))).toEqual(['    Före nästa steg: until one']);
  expect(text).toContain('    when two');
});
