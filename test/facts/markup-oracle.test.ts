/** html-validate's engine beside our facts, over templates that professionals published. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { policy } from '../../rules/policy.ts';
import { gatherMarkup, type MarkupFact } from '../../src/facts/markup.ts';
import { readSubmission } from '../../src/submission.ts';
import { rulesAgainstMail, rulesForMail } from '../html-validate-email.ts';

const rules = Object.fromEntries(Object.keys(rulesForMail).map((rule) => [rule, 'error' as const]));
const engine = new HtmlValidate(new StaticConfigLoader({ root: true, elements: ['html5'], rules }));

async function factOf(html: string): Promise<MarkupFact> {
  const bytes = new TextEncoder().encode(html);
  const read = await readSubmission({ bytes, filename: 'a.html', from: 'a@example.se' }, 'o', policy.limits);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const fact = gatherMarkup({ submission: read.submission, policy });
  if (!fact) throw new Error('there is no HTML');
  return fact;
}

async function told(html: string): Promise<{ rule: string; message: string; line: number }[]> {
  const { results } = await engine.validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => ({ rule: ruleId, message, line })),
  );
}

/** Campaign Monitor fills these in. */
const mergeElement = /<(?:webversion|unsubscribe|preferences)>/;

/** What the engine tells and we do not, on purpose. */
function isLetThrough(rule: string, message: string, source: string): boolean {
  if (rule === 'element-name' || rule === 'no-unknown-elements') return mergeElement.test(message);
  const [, attribute = ''] = /"([\w-]+)"/.exec(message) ?? [];
  // Browsers read the number before a unit, any name of a window, and an id with a space.
  if (rule === 'attribute-allowed-values') return /^(?:target|width|height|id)$/.test(attribute);
  // The same value twice does no harm.
  const values = [...source.matchAll(new RegExp(`\\s${attribute}="([^"]*)"`, 'g'))];
  return (
    rule === 'no-dup-attr' && new Set(values.map(([, value]) => value?.replace(/[\s;]/g, ''))).size === 1
  );
}

describe('each rule for mail finds what ours finds', () => {
  test.each([
    ['attribute-allowed-values', '<!doctype html><img src="a" alt="" width="full">'],
    ['close-order', '<div><p>a</p></div></div>'],
    ['close-order', '<div><b>a</div>'],
    ['element-name', '<1a>b</1a><centre>a</centre>'],
    ['meta-refresh', '<head><meta http-equiv="refresh" content="5;url=https://example.se/"></head>'],
    ['no-dup-attr', '<p class="a" class="b">a</p>'],
    ['no-dup-id', '<a href="#a">a</a><p id="a">b</p><p id="a">c</p>'],
    ['no-unknown-elements', '<centre>a</centre>'],
    ['script-element', '<script></p></script>a'],
    ['unrecognized-char-ref', '<p>&nbps;</p>'],
    ['no-implicit-close', '<div><div>a'],
  ])('%s: %s', async (rule, html) => {
    const fact = await factOf(html);
    expect({ rule, ours: rulesForMail[rule]?.(fact) }).toEqual({ rule, ours: true });
  });

  test('no rule is both for and against', () => {
    expect(Object.keys(rulesAgainstMail).filter((rule) => rule in rulesForMail)).toEqual([]);
  });
});

const data = new URL('../../../shared/data/templates-html', import.meta.url).pathname;
const present = existsSync(data);
if (!present) console.warn(`SKIPPED: ${data} is not there, so html-validate was not compared`);

test.skipIf(!present)(
  'what html-validate finds in 112 templates, we find',
  async () => {
    const files = globSync('**/*.html', { cwd: data });
    expect(files.length).toBeGreaterThanOrEqual(112);
    const missed: string[] = [];
    let agreed = 0;
    for (const file of files) {
      const html = readFileSync(join(data, file), 'utf8');
      const lines = html.split('\n');
      const fact = await factOf(html);
      for (const { rule, message, line } of await told(html)) {
        if (rulesForMail[rule]?.(fact)) agreed += 1;
        else if (!isLetThrough(rule, message, lines[line - 1] ?? ''))
          missed.push(`${file}:${line} ${rule}: ${message}`);
      }
    }
    expect([...new Set(missed)]).toEqual([]);
    expect(agreed).toBeGreaterThan(50);
  },
  120_000,
);
