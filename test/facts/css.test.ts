import { describe, expect, test } from 'vitest';
import { columns, features as tested } from '../../rules/clients/caniemail.ts';
import { clients } from '../../rules/clients/index.ts';
import { visibleFeatures } from '../../rules/clients/losses.ts';
import { supportOf } from '../../rules/clients/support.ts';
import { policy } from '../../rules/policy.ts';
import {
  featuresOfAtRule,
  featuresOfAttribute,
  featuresOfDeclaration,
  featuresOfElement,
  featuresOfImage,
  featuresOfSelector,
} from '../../src/facts/css/features.ts';
import { slugOfAttribute, slugOfElement, slugOfFunction, slugOfProperty } from '../../src/facts/css/slugs.ts';
import { type CssFact, gatherCss } from '../../src/facts/css.ts';
import { readSubmission } from '../../src/submission.ts';
import { wideLimits } from '../world.ts';

async function factOf(content: string, filename = 'a.html'): Promise<CssFact> {
  const bytes = new TextEncoder().encode(content);
  const read = await readSubmission({ bytes, filename, from: 'a@example.se' }, 'org_test', wideLimits);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const fact = await gatherCss({ submission: read.submission, policy: { ...policy, limits: wideLimits } });
  if (!fact) throw new Error('there is no HTML');
  return fact;
}

const bareOf = async (html: string, slug: string) => (await factOf(html)).features.get(slug)?.bare.count ?? 0;

describe('features', () => {
  test.each([
    ['display', 'flex', ['css-display', 'css-display-flex']],
    ['DISPLAY', ' None !important', ['css-display', 'css-display-none', 'css-important']],
    ['background', '#fff url("a.webp?x")', ['css-background', 'css-background-image', 'image-webp']],
    ['background-image', 'linear-gradient(red, blue)', ['css-background-image', 'css-linear-gradient']],
    ['width', 'calc(100% - 2em)', ['css-width', 'css-unit-calc', 'css-unit-percent', 'css-unit-em']],
    ['border-top-left-radius', '0', ['css-border-radius']],
    ['font-family', 'system-ui, Arial', []],
    ['font-family', 'system-ui', ['css-sytem-ui']],
    ['--a', '5vw', ['css-variables']],
    ['color', '#00ec4e', []],
    ['content', '"5vw rgba(1)"', []],
    ['-webkit-box-shadow', '0 0 1px red', ['css-unit-px']],
    ['flex-flow', 'column wrap', ['css-flex-direction', 'css-flex-wrap']],
    ['flex-direction', 'row', []],
    ['color', 'rgb(0, 128, 0)', ['css-rgb']],
    ['color', 'rgb(0 128 0)', ['css-rgb', 'css-rgb:spaces']],
    ['color', 'RGB(0 0 0 / 50%)', ['css-rgb', 'css-rgb:spaces', 'css-rgb:alpha', 'css-unit-percent']],
    ['color', 'rgb(0, 128, 0, .5)', ['css-rgb', 'css-rgb:alpha']],
  ])('%s: %s', (property, value, slugs) => {
    expect([...featuresOfDeclaration(property, value)].sort()).toEqual([...slugs].sort());
  });

  test.each([
    ['a:hover', ['css-selector-type', 'css-pseudo-class-hover']],
    ['p::before', ['css-selector-type', 'css-pseudo-element-before']],
    ['.a.b', ['css-selector-class', 'css-selector-chaining']],
    ['p.a', ['css-selector-type', 'css-selector-class']],
    ['a[href^="x > y"]', ['css-selector-type', 'css-selector-attribute', 'css-selector-attribute:other']],
    ['[ Class ~= "a"]', ['css-selector-attribute']],
    ['[class="a"]', ['css-selector-attribute', 'css-selector-attribute:other']],
    ['u + #b', ['css-selector-type', 'css-selector-adjacent-sibling', 'css-selector-id']],
    ['td:nth-child(2n+1)', ['css-selector-type', 'css-pseudo-class-nth-child']],
    ['*', ['css-selector-universal']],
    ['p , td', ['css-selector-type', 'css-selector-grouping']],
  ])('selector %s', (selector, slugs) => {
    expect([...featuresOfSelector(selector)].sort()).toEqual([...slugs].sort());
  });

  test.each([
    [featuresOfAtRule('media', '(prefers-color-scheme: dark)'), 'css-at-media-prefers-color-scheme'],
    [featuresOfAtRule('@-webkit-keyframes', 'x'), 'css-at-keyframes'],
    [featuresOfAtRule('media', '(min-height:9px)'), 'css-at-media:height'],
    [featuresOfElement('H2', {}), 'html-h1-h6'],
    [featuresOfElement('nav', {}), 'html-semantics:nav'],
    [featuresOfElement('input', { type: 'radio' }), 'html-input-radio'],
    [featuresOfElement('meta', { name: 'color-scheme' }), 'html-meta-color-scheme'],
    [featuresOfAttribute('href', ' mailto:a@example.se'), 'html-mailto-links'],
    [featuresOfImage('data:image/png;base64,AAAA'), 'image-base64'],
    [featuresOfImage('https://example.se/a.JPEG?b=c.svg'), 'image-jpg'],
  ])('%j names %s', (slugs, slug) => {
    expect(slugs).toContain(slug);
  });

  test('every slug is one that caniemail has', () => {
    const known = new Set(Object.keys(tested));
    const ours = [slugOfProperty, slugOfFunction, slugOfElement, slugOfAttribute].flatMap((map) => [
      ...map.values(),
    ]);
    const named = visibleFeatures.flatMap(({ slugs }) => slugs);
    const parts = clients
      .flatMap((client) => Object.keys(client.support))
      .filter((slug) => slug.includes(':'));
    expect(parts).toContain('css-rgb:spaces');
    const whole = (slug: string) => slug.replace(/:.*/, '');
    expect([...ours, ...named, ...parts].filter((slug) => !known.has(whole(slug)))).toEqual([]);
    expect(known.size).toBeGreaterThan(300);
  });

  test.each(['a', 'a-', '(', 'url(', '!', ' ', '[', ':not(', '"', '0', 'a '])(
    'a value of %j repeated',
    (piece) => {
      const text = piece.repeat(1_000_000);
      const started = performance.now();
      featuresOfDeclaration('display', text);
      featuresOfSelector(text);
      featuresOfImage(text);
      featuresOfAtRule('media', text);
      expect(performance.now() - started).toBeLessThan(500);
    },
  );
});

describe('support', () => {
  test.each([
    ['gmail-desktop-webmail', 'css-display-flex', 'yes'],
    ['outlook-windows', 'css-display-flex', 'no'],
    ['gmail-desktop-webmail', 'css-margin', 'partly'],
    // The newest of several versions, and one that the source marks as not known.
    ['apple-mail-ios', 'css-pseudo-class-has', 'yes'],
    ['outlook-windows', 'css-cursor', 'unknown'],
    // Dates and versions mixed: the source writes the newest last.
    ['outlook-macos', 'css-filter', 'no'],
    ['outlook-android', 'css-text-align', 'partly'],
    // Parts that notes tell of.
    ['gmail-ios', 'css-rgb:spaces', 'no'],
    ['gmail-ios', 'css-rgb:alpha', 'yes'],
    ['gmail-ios', 'css-margin:negative', 'no'],
    ['apple-mail-ios', 'css-position:absolute', 'yes'],
    ['apple-mail-ios', 'css-position:fixed', 'no'],
    ['outlook-windows', 'css-position:absolute', 'no'],
    ['yahoo-ios', 'css-margin:negative', 'no'],
  ] as const)('%s, %s: %s', (client, slug, level) => {
    expect(supportOf(client)[slug]?.level).toBe(level);
  });

  test('by version: when it was tested, and what was otherwise before', () => {
    expect(supportOf('apple-mail-ios').bimi).toMatchObject({
      level: 'yes',
      version: '16',
      before: { level: 'no', version: '15' },
    });
    expect(supportOf('outlook-windows')['css-display-flex']).toMatchObject({ level: 'no', version: '2019' });
    expect(() => supportOf('lotus-notes')).toThrow('lotus-notes');
  });

  test('every client that the source tests can be read, and each cell of it', () => {
    const levels = columns.flatMap((client) => Object.values(supportOf(client)).map(({ level }) => level));
    expect(new Set(levels)).toEqual(new Set(['yes', 'partly', 'no', 'unknown']));
    expect(levels.length).toBeGreaterThan(12_000);
  });
});

describe('uses', () => {
  test.each([
    ['an attribute', '<p style="display:flex">a</p>', 1],
    ['the same one twice', '<p style="display:flex">a</p><p style="display:flex">b</p>', 2],
    ['a rule', '<style>p{display:flex}</style><p>a</p>', 1],
    ['a rule for nothing that is there', '<style>.x p{display:flex}</style><p>a</p>', 0],
    ['a rule for one of two', '<style>.x, p{display:flex}</style><p>a</p>', 1],
    ['inside a media query', '<style>@media (min-width:9px){p{display:flex}}</style><p>a</p>', 0],
    ['another value first', '<p style="display:block;display:flex">a</p>', 0],
    ['the same value twice', '<p style="display:flex;display:flex">a</p>', 2],
    ['in a comment', '<!--[if mso]><p style="display:flex">a</p><![endif]--><p>b</p>', 0],
    ['broken CSS before it', '<style>} p{;;x} p{display:flex}</style><p>a</p>', 1],
    ['a quote that never ends', '<style>p{color:"} p{display:flex}</style><p>a</p>', 0],
  ])('%s', async (_, html, count) => {
    expect(await bareOf(html, 'css-display-flex')).toBe(count);
  });

  test.each([
    ['a picture alone', 'background:url(a.png)', 1],
    ['a picture and a colour', 'background:#fff url(a.png)', 0],
    ['a colour of its own', 'background-color:white;background-image:url(a.png)', 0],
    ['a gradient alone', 'background:linear-gradient(#fff,#000)', 1],
    ['a gradient over a colour', 'background:linear-gradient(#fff,#000) red', 0],
    ['none', 'background:none', 0],
    ['words that are no colour', 'background:url(a.png) no-repeat center top', 1],
  ])('background, %s', async (_, style, count) => {
    expect(await bareOf(`<p style="${style}">a</p>`, 'css-background-image')).toBe(count);
  });

  test('what is hidden from Word is told apart', async () => {
    const html =
      '<!--[if !mso]><!--><p style="display:flex">a</p><!--<![endif]--><p style="display:flex">b</p>';
    const use = (await factOf(html)).features.get('css-display-flex');
    expect([use?.count, use?.bare.count, use?.bareInWord.count]).toEqual([2, 2, 1]);
    expect((await factOf('<!--[if mso]><v:rect/><![endif]-->a')).vml).toBe(true);
    expect((await factOf('<p>a</p>')).vml).toBe(false);
  });
});

describe('hidden, with tables inside', () => {
  const table = '<table><tr><td>a</td></tr></table>';
  test.each([
    ['display', `<div style="display:none">${table}</div>`, 1],
    ['mso-hide, among others', `<div style="color:red; MSO-HIDE: all ;top:0">${table}</div>`, 1],
    ['one of two tables', `<div style="display:none"><table style="display:none"></table>${table}</div>`, 1],
    [
      'hidden in hidden',
      `<div style="display:none">b<p style="display:none">c</p><div style="display:none">${table}</div></div>`,
      2,
    ],
    ['a class', `<style>p,div.a{display:none !important}</style><div class="b A">${table}</div>`, 1],
    [
      'a class, and its tables',
      `<style>.a, .a td, .a table{display:none}</style><div class="a">${table}</div>`,
      0,
    ],
    [
      'a class in a media query',
      `<style>@media print{.a{display:none}}</style><div class="a">${table}</div>`,
      0,
    ],
    ['a class among others', `<style>.b .a{display:none}</style><div class="a">${table}</div>`, 0],
    ['a picture', '<div style="display:none"><table><tr><td><img src="a.png"></table></div>', 1],
    ['all hidden', '<div style="display:none"><table style="mso-hide:all"><tr><td>a</table></div>', 0],
    [
      'hidden inside the table',
      '<div style="display:none"><table><tr style="display:none"><td>a</table></div>',
      0,
    ],
    ['nothing to see', '<div style="display:none"><table><tr><td>&nbsp;&zwnj; <img></table></div>', 0],
    ['no table', '<div style="display:none">a<p>b</p></div>', 0],
    ['not hidden', `<div style="display:block;x:display:none-">${table}</div>`, 0],
    ['important, which Word passes over', `<div style="display:none!important">${table}</div>`, 0],
    ['not for Word', `<!--[if !mso]><!--><div style="display:none">${table}</div><!--<![endif]-->`, 0],
    [
      'a table not for Word',
      `<div style="display:none"><!--[if !mso]><!-->${table}<!--<![endif]--></div>`,
      0,
    ],
  ])('%s', async (_, html, count) => {
    expect((await factOf(html)).uncovered?.count).toBe(count);
  });

  test('the place is that of what is hidden', async () => {
    const { uncovered } = await factOf(`<p>a</p>\n<div style="display:none">${table}</div>`);
    expect(uncovered?.places).toMatchObject([{ line: 2, column: 1 }]);
  });
});

describe('pictures behind', () => {
  test.each([
    ['an attribute', '<table><tr><td background="a.png" width="600" height="400">', [[600, 400]]],
    ['a style', '<div style="color:red;background-image: URL(a.png);height:40px">', [[null, 40]]],
    ['a shorthand', '<div style="background:#fff url(\'a.png\')">', [[null, null]]],
    [
      'a gradient, a colour, nothing',
      '<p style="background:linear-gradient(red,blue)" background=""><p style="background:red;content:url(a)">',
      [],
    ],
  ])('%s', async (_, html, sizes) => {
    const { backgrounds } = await factOf(html);
    expect(backgrounds.map(({ width, height }) => [width, height])).toEqual(sizes);
  });
});

describe('places', () => {
  const placesOf = async (content: string, filename: string) =>
    (await factOf(content, filename)).features.get('css-display-flex')?.bare.places;

  test('in HTML, of a style attribute and of a line in a style element', async () => {
    expect(
      await placesOf('<style>\np {\n  display: flex;\n}</style>\n<p style="display:flex">a</p>', 'a.html'),
    ).toEqual([
      { part: 'source', line: 3, column: 3, snippet: 'display: flex' },
      { part: 'source', line: 5, column: 1, snippet: '<p style="display:flex">' },
    ]);
  });

  test('in MJML, of what the person wrote', async () => {
    const mjml =
      '<mjml><mj-body><mj-section><mj-column>\n<mj-text><p style="display:flex">a</p></mj-text>\n</mj-column></mj-section></mj-body></mjml>';
    expect(await placesOf(mjml, 'a.mjml')).toEqual([
      { part: 'source', line: 2, column: 10, snippet: '<p style="display:flex">' },
    ]);
  });

  test('in a message, of its HTML part', async () => {
    const eml = 'From: a@example.se\nContent-Type: text/html\n\n<p style="display:flex">a</p>\n';
    expect((await placesOf(eml, 'a.eml'))?.[0]).toMatchObject({ part: 'html', line: 1, column: 1 });
  });
});

describe('hostile', () => {
  test.each([
    ['ten megabytes of rules', `<style>${'p{color:red}'.repeat(800_000)}</style>a`, false],
    ['at-rules without end', `<style>${'@media x{'.repeat(100_000)}</style>a`, false],
    ['braces without end', `<style>${'p{'.repeat(300_000)}</style>a`, true],
    ['a hundred thousand declarations', `<p style="${'color:red;'.repeat(100_000)}">a</p>`, true],
    [
      'many styles, each its own',
      Array.from({ length: 20_000 }, (_, i) => `<p style="top:${i}px">`).join('</p>'),
      true,
    ],
    ['hidden in hidden', '<div style="display:none">'.repeat(200) + '<table></table>'.repeat(20_000), true],
    ['one style on many', '<p style="display:flex;position:fixed;top:1vw">a</p>'.repeat(40_000), true],
    ['selectors', `<style>${'a,'.repeat(400_000)}b{top:1px}</style>a`, true],
    ['rules in rules', `<style>${'p{a:hover{top:1px}}'.repeat(40_000)}</style><p>a</p>`, true],
    ['comments', `<style>${'/**/'.repeat(250_000)}</style><p>a</p>${'<!---->'.repeat(20_000)}`, true],
    [
      'rules that many elements may make up for',
      `<style>${Array.from({ length: 9000 }, (_, i) => `.a{width:${i}vw;height:calc(1px)}.b${i},.a{float:left}`).join('')}</style>${'<p class="a b1" style="color:red">a</p>'.repeat(20_000)}`,
      true,
    ],
  ])(
    '%s',
    async (_, html, complete) => {
      const started = processorTime();
      const fact = await factOf(html);
      expect(fact.complete).toBe(complete);
      for (const { bare } of fact.features.values()) expect(bare.places.length).toBeLessThanOrEqual(20);
      expect(processorTime() - started).toBeLessThan(8000);
    },
    90_000,
  );
});

/** Milliseconds of this process: what else the machine does is no fault of the mail. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
