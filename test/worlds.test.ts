/** Each folder of fixtures/worlds is a whole sender and message, judged end to end: real DNS packets, real Chromium. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { clients } from '../rules/clients/index.ts';
import { rules } from '../rules/index.ts';
import { policy } from '../rules/policy.ts';
import { ruleSet } from '../rules/version.ts';
import { openWorld, readWorld, worldsFolder } from '../src/hosts/examples.ts';
import { createPreflight } from '../src/preflight.ts';
import { writeReport } from '../src/report/report.ts';
import { textReport } from '../src/report/text.ts';
import { locales } from '../src/rule.ts';
import { readSubmission } from '../src/submission.ts';
import type { Finding } from '../src/verdict.ts';
import { sharedWords } from '../src/words.ts';
import { testBrowser } from './browser.ts';
import { clock, scannerOf } from './world.ts';

const worlds = readdirSync(worldsFolder).sort();
const browser = testBrowser();
afterAll(() => browser.close());

test('there are worlds for every decision', () => {
  const decisions = worlds.map((name) => readJson(name, 'expected.json').decision);
  expect([...new Set(decisions)].sort()).toEqual(['blocked', 'clear', 'undecided']);
});

test.each(worlds)('%s', async (name) => {
  const { handed, ...told } = readWorld(join(worldsFolder, name));
  const read = await readSubmission(handed, 'org_test', policy.limits);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const { close, ...around } = await openWorld(told, clock);
  const preflight = createPreflight(rules, ruleSet, {
    ...around,
    browser,
    scanner: scannerOf('clean'),
    clock,
    policy,
    clients,
  });
  const { verdict, pictures } = await preflight.audit(read.submission, { simulated: true });
  await close();

  const notable = verdict.findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'unknown');
  const found = { decision: verdict.decision, findings: Object.fromEntries(notable.map(short)) };
  expect(found).toEqual(readJson(name, 'expected.json'));
  expect(pictures.map(({ view }) => view)).toEqual(verdict.previews.map(({ view }) => view));
  expect(pictures.length).toBe(clients.flatMap(({ schemes }) => schemes).length);
  for (const locale of locales) {
    const text = textReport(writeReport(verdict, rules, locale), locale);
    expect(text.startsWith(sharedWords[locale].decisions[verdict.decision].toLocaleUpperCase(locale))).toBe(
      true,
    );
    for (const { rule } of notable) expect(text).toContain(`(${rule})`);
  }
});

// biome-ignore lint/suspicious/noExplicitAny: files of many shapes, each checked where it is used
function readJson(world: string, file: string): any {
  return JSON.parse(readFileSync(join(worldsFolder, world, file), 'utf8'));
}

function short({ rule, outcome, reason, problems }: Finding): [string, string[]] {
  const keys = problems.map(({ key }) => key);
  const places = problems.flatMap(({ at }) => (at ? [`${at.part} ${at.line}:${at.column}`] : []));
  return [rule, [outcome, ...(reason ? [reason] : []), ...keys, ...places]];
}
