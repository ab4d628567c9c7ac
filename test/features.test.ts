/**
 * Every feature that caniemail.com tests has a snippet that uses it and one that only looks like it, checked by hand
 * against the page of the feature. A feature without them fails here, so that new data brings new snippets.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { date, features } from '../rules/clients/caniemail.ts';
import { policy } from '../rules/policy.ts';
import { gatherCss } from '../src/facts/css.ts';
import { readSubmission } from '../src/submission.ts';
import { wideLimits } from './world.ts';

type Pairs = Record<string, readonly [uses: string, lookslike: string]>;

const folder = new URL('../fixtures/features/', import.meta.url);
const read = (file: string): Pairs => JSON.parse(readFileSync(new URL(file, folder), 'utf8'));

/** A style attribute in double quotes, as a tool would write it. */
const inStyle = (declarations: string) => `<p style="${declarations.replaceAll('"', '&quot;')}">Hej!</p>`;

const kinds: readonly { file: string; filename: string; page: (snippet: string) => string }[] = [
  { file: 'declarations.json', filename: 'a.html', page: inStyle },
  { file: 'pages.json', filename: 'a.html', page: (snippet) => snippet },
  { file: 'messages.json', filename: 'a.eml', page: (snippet) => snippet },
];
const pairs = kinds.flatMap(({ file, filename, page }) =>
  Object.entries(read(file)).map(([slug, [uses, alike]]) => ({
    slug,
    filename,
    uses: page(uses),
    alike: page(alike),
  })),
);

test('each feature has its snippets, once, and nothing else does', () => {
  expect(pairs.map(({ slug }) => slug).sort()).toEqual(Object.keys(features).sort());
  expect(date >= '2026-06-29' && pairs.length >= 307).toBe(true);
});

describe.each(pairs)('$slug', ({ slug, filename, uses, alike }) => {
  test('is found in what uses it, and nothing besides', async () => {
    const [found, other] = [await featuresIn(uses, filename), await featuresIn(alike, filename)];
    expect(found.filter((one) => !other.includes(one))).toEqual([slug]);
    expect(other).not.toContain(slug);
  });
});

/** Without the parts of a feature that its notes tell of. */
async function featuresIn(content: string, filename: string): Promise<string[]> {
  const bytes = new TextEncoder().encode(content);
  const result = await readSubmission({ bytes, filename, from: 'a@example.se' }, 'org_test', wideLimits);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  const { submission } = result;
  const css = await gatherCss({ submission, policy: { ...policy, limits: wideLimits } });
  if (!css?.complete) throw new Error('not all of it was read');
  return [...css.features.keys()].filter((one) => !one.includes(':')).sort();
}
