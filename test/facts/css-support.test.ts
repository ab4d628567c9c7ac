/** What readers lose: which programs, how many readers, and what makes up for it. FIELD 5, verdict 5, fails here. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Source, writeData } from '../../.ci/caniemail.ts';
import { programs } from '../../rules/clients/audience.ts';
import { date, features } from '../../rules/clients/caniemail.ts';
import { clients } from '../../rules/clients/index.ts';
import { visibleFeatures } from '../../rules/clients/losses.ts';
import { namesOf, reachOf, shareOf } from '../../rules/clients/reach.ts';
import { supportOf } from '../../rules/clients/support.ts';
import contentSupport from '../../rules/compatibility/content-support.ts';
import cssSupport from '../../rules/compatibility/css-support.ts';
import imageFormat from '../../rules/compatibility/image-format.ts';
import partialSupport from '../../rules/compatibility/partial-support.ts';
import { policy } from '../../rules/policy.ts';
import { gatherCss } from '../../src/facts/css.ts';
import type { Facts, Problem, Rule } from '../../src/rule.ts';
import { readSubmission } from '../../src/submission.ts';
import { wideLimits } from '../world.ts';

async function cssOf(content: string, filename = 'a.html') {
  const bytes = new TextEncoder().encode(content);
  const read = await readSubmission({ bytes, filename, from: 'a@example.se' }, 'org_test', wideLimits);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const css = await gatherCss({
    submission: read.submission,
    policy: { ...policy, limits: wideLimits },
  });
  if (!css) throw new Error('there is no HTML');
  return css;
}

async function problemsOf(
  rule: Rule,
  content: string,
  { filename = 'a.html', shares = policy.audience.shares } = {},
): Promise<readonly Problem<string, Record<string, unknown>>[]> {
  const css = await cssOf(content, filename);
  const context = { policy: { ...policy, audience: { shares, leastShare: 1 } }, clients, now: new Date() };
  const answer = rule.check({ css } as Facts, context);
  if (!Array.isArray(answer)) throw new Error(JSON.stringify(answer));
  return answer;
}

const flex = '<div style="display:flex"><p>Hej!</p></div>';

describe('unknown, partly and missing are kept apart', () => {
  const levels = async (html: string, slug: string, shares: Record<string, number>) => {
    const { lost, partly, untested } = reachOf(await cssOf(html), { slugs: [slug] }, shares);
    return [lost, partly, untested].map((hits) => hits.map(({ program }) => program.id));
  };

  test.each([
    // As the source has them: n, a #1, y.
    ['css-display-flex', flex, [['outlook-windows'], ['gmail-android'], []]],
    // Marked `u` in the source: neither missing nor partly there.
    ['css-cursor', '<p style="cursor:pointer">Hej!</p>', [[], [], ['outlook-windows']]],
    // Not in the source at all.
    ['css-not-tested', flex, [[], [], []]],
  ])('%s', async (slug, html, expected) => {
    const shares = { 'outlook-windows': 10, 'gmail-android': 10, 'apple-mail-ios': 10 };
    const css = await cssOf(html);
    expect(css.features.has(slug) || slug === 'css-not-tested').toBe(true);
    const found = await levels(html, slug, shares);
    if (slug === 'css-cursor') expect(found[2]).toContain('outlook-windows');
    else expect(found).toEqual(expected);
    expect(found[1]).not.toContain(found[2]?.[0] ?? 'none');
  });

  test('a feature that nobody tested is neither missing nor there for those readers', async () => {
    const css = await cssOf(flex);
    const use = css.features.get('css-display-flex');
    if (!use) throw new Error('flex was not found');
    const odd = { ...css, features: new Map([['css-flexible', { ...use, slug: 'css-flexible' }]]) };
    const { lost, partly, untested } = reachOf(odd, { slugs: ['css-flexible'] }, { 'gmail-ios': 40 });
    expect([lost.length, partly.length, shareOf(untested)]).toEqual([0, 0, 40]);
  });

  test('what is only partly there is told, with the note, and not as missing', async () => {
    const html = '<!--[if !mso]><!--><div style="height:50vh">Hej!</div><!--<![endif]-->';
    expect(await problemsOf(cssSupport, html)).toEqual([]);
    const [partly] = await problemsOf(partialSupport, html);
    expect(partly).toMatchObject({
      key: 'partly',
      data: { feature: 'css-unit-vw', clients: 'Apple Mail (iPhone, version 17)', share: 36 },
    });
    expect(partly?.data.note).toContain('resolves to zero');
    expect(partialSupport.words.sv.problems.partly?.(partly?.data ?? {})).toContain('resolves to zero');
  });

  test('missing in one program and partly there in another: both are named', async () => {
    const [lost] = await problemsOf(cssSupport, flex);
    expect(lost?.data).toMatchObject({
      clients: 'Outlook (Windows, version 2019)',
      partly: 'Gmail (Android, iPhone)',
      untested: '',
      share: 7,
    });
  });

  test('untested is told as untested, beside what is missing', async () => {
    const [lost] = await problemsOf(cssSupport, '<p style="mask-image:url(a.png)">Hej!</p>', {
      shares: { 'gmail-ios': 50, 'thunderbird-macos': 50 },
    });
    expect(supportOf('thunderbird-macos')['css-mask-image']?.level ?? 'unknown').toBe('unknown');
    expect(lost?.data).toMatchObject({ share: 50, partly: '', untested: 'Thunderbird' });
    const said = cssSupport.words.en.problems.lost?.(lost?.data ?? {});
    expect(said).toContain('Nobody has tested it in Thunderbird');
    expect(cssSupport.words.sv.problems.lost?.(lost?.data ?? {})).toContain(
      'Ingen har testat det i Thunderbird',
    );
  });

  test('a note about another use of the feature is no reason to tell', async () => {
    const shares = { 'gmail-desktop-webmail': 50, 'yahoo-ios': 50 };
    const of = (style: string) => problemsOf(partialSupport, `<p style="${style}">Hej!</p>`, { shares });
    expect(supportOf('yahoo-ios')['css-float']).toMatchObject({ level: 'partly', inParts: true });
    expect(await of('float:left')).toEqual([]);
    expect(await of('color:rgba(1,2,3,.5)')).toEqual([]);
    const logical = await problemsOf(cssSupport, '<p style="float:inline-start">Hej!</p>', { shares });
    expect(logical[0]?.data).toMatchObject({ feature: 'css-float', share: 50 });
  });
});

describe('the HTML that is sent is judged, and told in the lines of what was submitted', () => {
  const mjml = (head: string, body: string) =>
    `<mjml>\n<mj-head>\n${head}\n</mj-head>\n<mj-body><mj-section><mj-column>\n${body}\n</mj-column></mj-section></mj-body>\n</mjml>`;

  test('what is only in the source is not in the mail', async () => {
    const source = mjml('<mj-style>.unused{display:flex}</mj-style>', '<mj-text>display:flex</mj-text>');
    expect(await problemsOf(cssSupport, source, { filename: 'a.mjml' })).toEqual([]);
    expect((await cssOf(source, 'a.mjml')).features.has('css-display-flex')).toBe(false);
  });

  test('what the compiler puts there is found, at the tag that made it', async () => {
    const css = await cssOf(mjml('', '<mj-image src="https://example.se/a.png" alt="A" />'), 'a.mjml');
    expect(css.features.get('image-png')?.bare.places[0]).toMatchObject({ line: 6, column: 1 });
    expect(css.features.get('html-doctype')?.count).toBe(1);
  });

  test('a style written in mj-style stands where it was written', async () => {
    const source = mjml(
      '<mj-style>\n  .a { color: red }\n  .b { display: flex }\n</mj-style>',
      '<mj-text css-class="b">Hej!</mj-text>',
    );
    const [lost] = await problemsOf(cssSupport, source, { filename: 'a.mjml' });
    expect(lost?.at).toEqual({ part: 'source', line: 5, column: 8, snippet: 'display: flex' });
  });

  test('what stands there twice points nowhere rather than to the wrong one', async () => {
    const source = mjml(
      '<mj-style>.a{display:flex}\n.b{display:flex}</mj-style>',
      '<mj-text css-class="b">Hej!</mj-text>',
    );
    const [lost] = await problemsOf(cssSupport, source, { filename: 'a.mjml' });
    expect(lost).toMatchObject({ key: 'lost' });
    expect(lost?.at).toBeUndefined();
  });

  test('one place that uses two slugs is one place, and a link on a picture is one', async () => {
    const shares = { 'outlook-windows': 50, 'yahoo-android': 50 };
    const back = '<p style="background:linear-gradient(#fff,#eee)">Hej!</p>';
    expect((await problemsOf(cssSupport, back, { shares }))[0]?.data).toMatchObject({ places: 1 });
    const map = '<map name="a"><area href="https://example.se/" alt="A"></map><img src="a.png" usemap="#a">';
    expect((await problemsOf(contentSupport, map, { shares }))[0]?.data).toMatchObject({ places: 1 });
  });

  test('several places are told in one problem', async () => {
    const [lost, ...more] = await problemsOf(cssSupport, `${flex}\n${flex}\n<p>a</p>\n${flex}`);
    expect(lost?.data).toMatchObject({ places: 3, lines: '2, 4' });
    expect(more).toEqual([]);
  });
});

describe('weighed by the readers', () => {
  const only = { 'outlook-windows': 90, 'gmail-ios': 10 };

  test('shares are those of the chosen readers', async () => {
    const [lost] = await problemsOf(cssSupport, flex, { shares: only });
    expect(lost?.data).toMatchObject({ share: 90, clients: 'Outlook (Windows, version 2019)' });
    expect(await problemsOf(cssSupport, flex, { shares: { 'apple-mail-ios': 100 } })).toEqual([]);
    // Fewer than one of a hundred.
    expect(await problemsOf(cssSupport, flex, { shares: { 'outlook-windows': 0.3 } })).toEqual([]);
  });

  test('what most readers lose stands first', async () => {
    const html = '<p style="display:flex;margin:-9px;width:50vw">Hej!</p>';
    const shares = (await problemsOf(cssSupport, html)).map(({ data }) => data.share);
    expect(shares).toEqual([...shares].sort((a, b) => Number(b) - Number(a)));
    expect(shares.length).toBe(3);
  });

  test('a family is named once where all of it is meant', () => {
    const hits = programs
      .filter(({ family }) => family === 'Gmail')
      .map((program) => ({ program, share: 1, tested: undefined }));
    const shares = Object.fromEntries(hits.map(({ program }) => [program.id, 1]));
    expect(namesOf(hits, shares)).toBe('Gmail');
    expect(namesOf(hits.slice(0, 1), shares)).toBe('Gmail (mail.google.com)');
  });

  test('nothing makes more than a handful of problems', async () => {
    const slugs = visibleFeatures.flatMap((feature) => feature.slugs);
    const css = await cssOf('<p>Hej!</p>');
    const tally = { count: 9, places: [] };
    const all = slugs.map((slug) => [slug, { slug, count: 9, bare: tally, bareInWord: tally }] as const);
    const context = { policy, clients, now: new Date() };
    const count = [cssSupport, contentSupport, partialSupport].map((rule) => {
      const answer = rule.check({ css: { ...css, features: new Map(all) } } as unknown as Facts, context);
      return Array.isArray(answer) ? answer.length : 0;
    });
    expect(count).toEqual([8, 6, 1]);
  });
});

describe('what makes up for it', () => {
  test.each([
    ['nothing', flex, 7],
    ['a simple value first', '<div style="display:block;display:flex">Hej!</div>', 0],
    ['not for Word', `<!--[if !mso]><!-->${flex}<!--<![endif]-->`, 0],
    ['only on wide screens', '<style>@media (min-width:1px){p{display:flex}}</style><p>Hej!</p>', 0],
    ['where it is asked for', '<style>@supports (display:flex){p{display:flex}}</style><p>Hej!</p>', 0],
    [
      'an attribute for the picture',
      '<table bgcolor="#123456" style="background-image:url(a.png)"><tr><td>a</table>',
      0,
    ],
    ['a picture without colour', '<table style="background-image:url(a.png)"><tr><td>a</table>', 7],
    [
      'VML for the picture',
      '<!--[if mso]><v:rect><![endif]--><table style="background-image:url(a.png)"><tr><td>a</table>',
      0,
    ],
    [
      'a plain value in a rule before',
      '<style>.a{display:block}.a{display:flex}</style><p class="a">a</p>',
      0,
    ],
    [
      'a plain value for others',
      '<style>.b{display:block}.a{display:flex}</style><p class="a b">a</p><p class="a">a</p>',
      7,
    ],
    [
      'a plain value only on wide screens',
      '<style>@media (min-width:1px){.a{display:block}}.a{display:flex}</style><p class="a">a</p>',
      7,
    ],
    [
      'a plain value only inside something',
      '<style>.b .a{display:block}.a{display:flex}</style><div class="b"></div><p class="a">a</p>',
      7,
    ],
    [
      'a colour in a rule before',
      '<style>.a{background:red}.a{background-image:url(a.png)}</style><p class="a">a</p>',
      0,
    ],
    ['a value of its own', '<style>.a{display:flex}</style><p class="a" style="display:block">a</p>', 0],
    [
      'a value of its own, on one of two',
      '<style>.a{display:flex}</style><p class="a" style="display:block">a</p><p class="a">a</p>',
      7,
    ],
    [
      'a colour by an attribute',
      '<style>.a{background-image:url(a.png)}</style><table class="a" bgcolor="#123456"><tr><td>a</table>',
      0,
    ],
    ['padding on a cell', '<table><tr><td style="padding:20px">a</table>', 0],
    ['padding elsewhere', '<div style="padding:20px">a</div>', 7],
    ['padding elsewhere, and its own for Word', '<div style="padding:20px;mso-padding-alt:0">a</div>', 0],
    ['a little padding elsewhere', '<div style="padding:4px">a</div>', 0],
  ])('%s', async (_, html, share) => {
    const problems = await problemsOf(cssSupport, html);
    expect(problems.map(({ data }) => data.share)).toEqual(share === 0 ? [] : [share]);
  });

  test('in Gmail nothing makes up for a colour that takes its style along', async () => {
    const html = '<p style="color:#123456;color:rgb(0 0 0);padding:9px">Hej!</p>';
    const [lost] = await problemsOf(cssSupport, html);
    expect(lost?.data).toMatchObject({ feature: 'css-rgb:spaces', clients: 'Gmail' });
  });
});

describe('pictures', () => {
  test.each([
    ['<img src="https://example.se/a.webp" alt="A">', 'WebP'],
    ['<table background="https://example.se/a.svg"><tr><td>a</table>', 'SVG'],
    ['<video poster="https://example.se/a.avif"></video>', 'AVIF'],
  ])('%s', async (html, format) => {
    expect((await problemsOf(imageFormat, html))[0]?.data).toMatchObject({ format });
  });

  test('one that is changed to a JPEG on the way shows in full', async () => {
    const [webp] = await problemsOf(imageFormat, '<img src="https://example.se/a.webp" alt="A">');
    expect(webp?.data).toMatchObject({ clients: 'Outlook (Windows, version 2019)', partly: '' });
  });
});

describe('a video with something in its place', () => {
  const filled =
    '<video controls poster="https://example.se/a.jpg"><source src="https://example.se/a.mp4"><a href="https://example.se/"><img src="https://example.se/a.jpg" alt="Film"></a></video>';
  const levelsOf = (program: string) => supportOf(program)['html-video:filled']?.level;

  test.each([
    ['yahoo-ios', 'yes'],
    ['gmail-ios', 'yes'],
    ['outlook-ios', 'partly'],
    ['outlook-outlook-com', 'partly'],
    ['outlook-windows', 'unknown'],
    ['fastmail-desktop-webmail', 'no'],
    ['apple-mail-macos', 'yes'],
  ])('in %s: %s', (program, level) => {
    expect(levelsOf(program)).toBe(level);
  });

  test('is missing only where it goes with the video', async () => {
    expect(await problemsOf(contentSupport, filled)).toEqual([]);
    const [gone] = await problemsOf(contentSupport, filled, { shares: { 'fastmail-desktop-webmail': 20 } });
    expect(gone?.data).toMatchObject({ feature: 'html-video:filled', clients: 'Fastmail' });
  });

  test.each([
    ['<video src="https://example.se/a.mp4"></video>', false],
    ['<video><source src="https://example.se/a.mp4"> <track></video>', false],
    ['<video><a href="https://example.se/"></a></video>', false],
    ['<video><img></video>', false],
    ['<video><p>Se <a href="https://example.se/">filmen</a></p></video>', true],
    [`<video>${'<b>'.repeat(300)}Film</video>`, false],
  ])('%s: %s', async (html, has) => {
    expect((await cssOf(html)).features.has('html-video:filled')).toBe(has);
  });
});

describe('other mail than a page', () => {
  test('AMP as a part of a message', async () => {
    const part = (type: string, text: string) => `--b\nContent-Type: ${type}\n\n${text}\n`;
    const eml = (type: string) =>
      `From: a@example.se\nContent-Type: multipart/alternative; boundary=b\n\n${part('text/plain', 'Hej!')}${part(type, '<html ⚡4email></html>')}${part('text/html', '<p>Hej!</p>')}--b--\n`;
    expect((await cssOf(eml('text/x-amp-html'), 'a.eml')).features.has('amp')).toBe(true);
    expect((await cssOf(eml('text/x-other'), 'a.eml')).features.has('amp')).toBe(false);
  });
});

describe('refreshing the data', () => {
  const file = new URL('../../../shared/data/caniemail/mailpit-caniemail-data.json', import.meta.url);
  const kept = new URL('../../rules/clients/caniemail.ts', import.meta.url);

  test.skipIf(!existsSync(file))('the file is what the script makes of the source', () => {
    const source: Source = JSON.parse(readFileSync(file, 'utf8'));
    expect(writeData(source)).toBe(readFileSync(kept, 'utf8'));
    expect([date, Object.keys(features).length]).toEqual(['2026-06-29', 307]);
  });

  const made = (versions: Record<string, string>, notes: Record<string, string> | null = null) =>
    writeData({
      last_update_date: '2027-01-02 00:00',
      data: [
        { slug: 'css-x', title: "It's x", stats: { outlook: { windows: versions } }, notes_by_num: notes },
      ],
    });

  test.each([
    ['the newest', { 2007: 'y', 2019: 'y', 2013: 'y' }, "'y2019'"],
    ['what was otherwise before', { 2007: 'y', 2013: 'n #1', 2019: 'n' }, "'n2019<y2007'"],
    ['numbers with dots are numbers', { '16.8': 'y', '16.80': 'n' }, "'n16.80<y16.8'"],
    ['dates and numbers mixed: as they stand', { '2022-12': 'y', '16.80': 'n' }, "'n16.80<y2022-12'"],
    ['unknown is no level before', { 2007: 'u', 2019: 'n' }, "'n2019'"],
  ])('%s', (_, versions, cells) => {
    expect(made(versions as Record<string, string>)).toContain(cells);
  });

  test('its date, its notes, and an error where it is not as it was', () => {
    const text = made({ 2019: 'a #1 #3' }, { 1: "Don't\n  ask" });
    expect(text).toContain("export const date = '2027-01-02'");
    expect(text).toContain("'a2019#1', { 1: 'Don\\'t ask' }");
    expect(() => made({ 2019: 'z' })).toThrow('css-x: no level is called z');
  });
});
