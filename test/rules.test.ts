import { globSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { digestRuleSet } from '../.ci/rule-set.ts';
import { clients } from '../rules/clients/index.ts';
import { rules } from '../rules/index.ts';
import { policy } from '../rules/policy.ts';
import { ruleSet } from '../rules/version.ts';
import { areas, locales, type Problem, type Rule } from '../src/rule.ts';
import { judge, type Rules } from '../src/verdict.ts';
import { testBrowser } from './browser.ts';
import { factsByRoute, now } from './world.ts';

const browser = testBrowser();
afterAll(() => browser.close());

const root = new URL('../rules/', import.meta.url).pathname;
/** Folders beside the areas that hold no rules. */
const others = /^(?:blocklists|clients|plan|providers|repairs|wordings)\//;
const files = globSync('*/*.ts', { cwd: root })
  .filter((file) => !others.test(file))
  .map((file) => file.slice(0, -3));
const listed = areas.flatMap((area) => rules[area].map((rule) => ({ area, rule })));

test('the version of the rule set is up to date (npm run rule-set)', () => {
  expect(ruleSet).toBe(digestRuleSet());
});

test('every file is listed, in its own area, under its own name', () => {
  expect(listed.map(({ area, rule }) => `${area}/${rule.id}`).sort()).toEqual([...files].sort());
});

describe.each(listed)('$rule.id', ({ area, rule }) => {
  const only = (one: Rule): Rules => ({ ...none, [area]: [one] });

  test('is kebab-case, without verbs that judge', () => {
    expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(rule.id).not.toMatch(/^(no|has|is|check|missing)-/);
    expect(rule.reference.length).toBeGreaterThan(10);
  });

  test('has examples both ways, and a bad one for each problem it has words for', () => {
    expect(rule.examples.good.length).toBeGreaterThan(0);
    const shown = rule.examples.bad.map(({ finds }) => finds);
    expect([...new Set(shown)].sort()).toEqual(Object.keys(rule.words.en.problems).sort());
  });

  test.each(rule.examples.good.map((world, i) => [i + 1, world] as const))(
    'good example %i passes',
    async (_, world) => {
      const [finding] = judging(only(rule), await factsByRoute(rule, world, browser)).findings;
      expect({ outcome: finding?.outcome, problems: finding?.problems }).toEqual({
        outcome: 'pass',
        problems: [],
      });
    },
  );

  test.each(rule.examples.bad.map(({ world, finds }, i) => [i + 1, finds, world] as const))(
    'bad example %i finds %s, and says so in every language',
    async (_, finds, world) => {
      const [finding] = judging(only(rule), await factsByRoute(rule, world, browser)).findings;
      expect(finding?.outcome).toBe('fail');
      expect(finding?.problems.map(({ key }) => key)).toContain(finds);
      for (const problem of finding?.problems ?? []) {
        for (const text of said(rule, problem)) readable(text);
        for (const { heading, mend } of shortly(rule, problem)) {
          for (const text of heading) headlike(text, 90);
          headlike(mend, 60);
        }
      }
    },
  );

  test('names its problems and mends in every language, and they differ', () => {
    const shape = (text: string | object) => (typeof text === 'string' ? 'one' : Object.keys(text).sort());
    for (const field of ['heading', 'mend', 'fix'] as const) {
      const [en, sv] = [rule.words.en[field], rule.words.sv[field]];
      expect(shape(sv)).toEqual(shape(en));
      if (typeof en !== 'string') expect(shape(en)).toEqual(Object.keys(rule.words.en.problems).sort());
      if (typeof en === 'string') expect(sv).not.toBe(en);
      if (typeof en === 'string' && field !== 'fix') for (const text of [en, `${sv}`]) headlike(text, 60);
    }
  });

  test('has a title and a reason in every language, and they differ', () => {
    for (const locale of locales) {
      readable(rule.words[locale].title);
      readable(rule.words[locale].why);
    }
    expect(rule.words.sv.why).not.toBe(rule.words.en.why);
  });
});

const none = Object.fromEntries(areas.map((area) => [area, []])) as unknown as Rules;

function judging(one: Rules, facts: Awaited<ReturnType<typeof factsByRoute>>) {
  return judge({ ...facts, rules: one, policy, clients, now, partial: false, simulated: true });
}

function said(rule: Rule, { key, data }: Problem): string[] {
  return locales.flatMap((locale) => {
    const { problems, fix } = rule.words[locale];
    return [problems[key]?.(data) ?? '', typeof fix === 'string' ? fix : (fix[key]?.(data) ?? '')];
  });
}

/** For one problem and for several; a mend that is the same in both languages was not translated. */
function shortly(rule: Rule, { key, data }: Problem): { heading: string[]; mend: string }[] {
  const found = locales.map((locale) => {
    const { heading, mend } = rule.words[locale];
    return {
      heading: [1, 12].map((count) =>
        typeof heading === 'string' ? heading : (heading[key]?.(data, count) ?? ''),
      ),
      mend: typeof mend === 'string' ? mend : (mend[key]?.(data) ?? ''),
    };
  });
  expect(new Set(found.map(({ mend }) => mend)).size).toBe(locales.length);
  expect(new Set(found.map(({ heading: [first] }) => first)).size).toBe(locales.length);
  return found;
}

/** No full stop; and no name first that would lose its capital within a sentence. */
function headlike(text: string, longest: number): void {
  readable(text);
  expect(text.length).toBeLessThanOrEqual(longest);
  expect(text).not.toMatch(/[.!:;]$/);
  expect(text).not.toMatch(/^(?:Amazon|Gmail|Outlook|Yahoo|Apple)\b/);
  expect(text).toMatch(/^[\p{Lu}\d]/u);
}

function readable(text: string): void {
  expect(text.length).toBeGreaterThan(5);
  expect(text).not.toMatch(/undefined|null(?! MX)|NaN|\[object/);
}
