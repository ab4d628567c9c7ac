/**
 * axe-core as a peer: on pages that professionals published it and we say the same of contrast, names of links, alternative
 * texts and headings. Where it cannot tell, neither do we.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser as Puppet } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import documentTitle from '../../rules/accessibility/document-title.ts';
import headingOrder from '../../rules/accessibility/heading-order.ts';
import headingText from '../../rules/accessibility/heading-text.ts';
import linkName from '../../rules/accessibility/link-name.ts';
import pageZoom from '../../rules/accessibility/page-zoom.ts';
import touchTargets from '../../rules/accessibility/touch-targets.ts';
import { clients } from '../../rules/clients/index.ts';
import { policy } from '../../rules/policy.ts';
import { gatherHtml } from '../../src/facts/html.ts';
import { legibilityOf } from '../../src/facts/rendering/legibility.ts';
import { gatherStructure } from '../../src/facts/structure.ts';
import type { Facts, Rule } from '../../src/rule.ts';
import { testBrowser } from '../browser.ts';
import { openBrowser } from '../pages/site.ts';
import { now, submissionOf } from '../world.ts';

const data = new URL('../../../shared/data/templates-html/', import.meta.url).pathname;
/** Every so many-th of the published designs. */
const step = 12;
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const size = { width: 800, height: 800 };
const { legibility: limits } = policy;

const browser = testBrowser();
let puppet: Puppet;
beforeAll(async () => {
  puppet = await openBrowser();
}, 60_000);
afterAll(async () => {
  await Promise.all([browser.close(), puppet?.close()]);
});

/** Runs axe in a page whose network is closed. */
async function judgedByAxe(html: string, rules: string[]): Promise<AxeResults> {
  const page = await puppet.newPage();
  try {
    await page.setViewport(size);
    await page.setRequestInterception(true);
    page.on('request', (request) => {
      if (request.url().startsWith('http://mail.invalid/')) {
        void request.respond({ contentType: 'text/html; charset=utf-8', body: html });
      } else void request.abort();
    });
    await page.goto('http://mail.invalid/', { waitUntil: 'domcontentloaded' });
    await page.evaluate(axeSource);
    return (await page.evaluate(
      (values) =>
        (globalThis as unknown as { axe: { run(...a: unknown[]): Promise<AxeResults> } }).axe.run(document, {
          runOnly: { type: 'rule', values },
          resultTypes: ['violations', 'incomplete'],
        }),
      rules,
    )) as AxeResults;
  } finally {
    await page.close();
  }
}

interface Pair {
  fgColor: string;
  bgColor: string;
}

function pairsOf(results: AxeResults['violations']): Set<string> {
  const found = results.flatMap(({ nodes }) =>
    nodes.flatMap(({ any }) => any.map(({ data }) => data as Pair | null)),
  );
  return new Set(
    found.flatMap((one) => (one?.fgColor && one.bgColor ? [`${one.fgColor} ${one.bgColor}`] : [])),
  );
}

/** Pairs of colours that we find too faint in the page as it is, drawn by no mail program in particular. */
async function ourPairs(html: string): Promise<Set<string>> {
  const page = { html, ...size, colorScheme: 'light', mobile: false, images: new Map() } as const;
  const { layout } = await browser.draw(page, AbortSignal.timeout(25_000));
  const { texts } = legibilityOf(layout, () => undefined, limits);
  return new Set(texts.flatMap(({ color, back, remedy }) => (remedy ? [`${color} ${back}`] : [])));
}

const pages: [string, string][] = [
  ['grey on white', '<p style="color:#999">Hej</p><p style="color:#666">Hej</p>'],
  [
    'large and bold',
    '<p style="color:#888;font-size:24px">Hej</p><b style="color:#888;font-size:19px">Hej</b>',
  ],
  ['a bold text that is not large', '<b style="color:#888;font-size:18px">Hej</b>'],
  ['half transparent', '<div style="background:#000"><p style="color:rgba(255,255,255,.3)">Hej</p></div>'],
  ['faded', '<div style="background:#fff;opacity:.5"><p style="color:#000;opacity:.5">Hej</p></div>'],
  [
    'layers',
    '<div style="background:#000"><p style="background:rgba(255,255,255,.4);color:#999">Hej</p></div>',
  ],
  ['attributes', '<table bgcolor="#dddddd"><tr><td><font color="#888888">Hej</font></table>'],
  ['on a picture', '<p style="background-image:url(a.png);color:#999">Hej</p>'],
  ['hidden', '<p style="color:#eee;display:none">Hej</p><p style="color:#eee;visibility:hidden">Hej</p>'],
  ['newer colours', '<p style="color:oklch(70% 0 0)">Hej</p><p style="color:hsl(0 0% 60%)">Hej</p>'],
];

describe('of contrast we say what axe says', () => {
  test.each(pages)('%s', async (_, html) => {
    const { violations } = await judgedByAxe(html, ['color-contrast']);
    expect(await ourPairs(html)).toEqual(pairsOf(violations));
  });

  test.skipIf(!existsSync(data))('of published designs', { timeout: 300_000 }, async () => {
    const files = globSync('**/*.html', { cwd: data }).sort();
    let [both, ours, theirs] = [0, 0, 0];
    const differing: string[] = [];
    for (const file of files.filter((_, i) => i % step === 0)) {
      const html = readFileSync(join(data, file), 'utf8');
      const { violations, incomplete } = await judgedByAxe(html, ['color-contrast']);
      const [mine, axes, unsure] = [await ourPairs(html), pairsOf(violations), pairsOf(incomplete)];
      const extra = [...mine].filter((pair) => !axes.has(pair) && !unsure.has(pair));
      const missed = [...axes].filter((pair) => !mine.has(pair));
      both += [...mine].filter((pair) => axes.has(pair)).length;
      ours += extra.length;
      theirs += missed.length;
      if (extra.length + missed.length > 0) differing.push(`${file}: we alone ${extra}; axe alone ${missed}`);
    }
    console.log(`pairs of colours: ${both} found by both, ${ours} by us alone, ${theirs} by axe alone`);
    expect(differing).toEqual([]);
    expect(both).toBeGreaterThan(10);
  });
});

/** What axe finds, and the rules of ours that say the same. Of a linked picture without alt we say just that. */
const peers: Record<string, readonly Rule[]> = {
  'document-title': [documentTitle],
  'empty-heading': [headingText],
  'heading-order': [headingOrder],
  'link-name': [linkName],
  'meta-viewport': [pageZoom],
  'target-size': [touchTargets],
};

/** Ids of axe's rules whose peer of ours finds something. */
async function foundByUs(html: string): Promise<string[]> {
  const submission = await submissionOf({ html });
  const { layout } = await browser.draw(
    { html, ...size, colorScheme: 'light', mobile: false, images: new Map() },
    AbortSignal.timeout(25_000),
  );
  const phone = clients.find(({ device }) => device === 'phone')?.id;
  const view = { client: phone, scheme: 'light', legibility: legibilityOf(layout, () => undefined, limits) };
  const facts = {
    html: await gatherHtml({ submission, policy }),
    structure: gatherStructure({ submission, policy }),
    rendering: { views: [view], failed: [] },
  } as unknown as Facts;
  return Object.entries(peers).flatMap(([id, rules]) => {
    const answers = rules.map((rule) => rule.check(facts, { policy, clients, now }));
    return answers.some((answer) => Array.isArray(answer) && answer.length > 0) ? [id] : [];
  });
}

describe('of the rest we say what axe says', () => {
  test.skipIf(!existsSync(data))('of published designs', { timeout: 300_000 }, async () => {
    const files = globSync('**/*.html', { cwd: data }).sort();
    let found = 0;
    const differing: string[] = [];
    for (const file of files.filter((_, i) => i % step === 0)) {
      const html = readFileSync(join(data, file), 'utf8');
      const { violations } = await judgedByAxe(html, Object.keys(peers));
      const nameless = violations.filter(
        ({ id, nodes }) => id !== 'link-name' || nodes.some(({ html }) => !/<img(?![^>]*\balt=)/.test(html)),
      );
      const [mine, axes] = [await foundByUs(html), nameless.map(({ id }) => id)];
      for (const id of mine) if (!axes.includes(id)) differing.push(`${file}: we alone ${id}`);
      for (const id of axes) if (!mine.includes(id)) differing.push(`${file}: axe alone ${id}`);
      found += mine.length;
    }
    expect(differing).toEqual([]);
    expect(found).toBeGreaterThan(2);
  });
});
