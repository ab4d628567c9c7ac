/** A mail as each client draws it: what goes in and what is left; and the pictures that the real Chromium makes of it. */
import { afterAll, describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { policy } from '../../rules/policy.ts';
import { openConditions } from '../../src/facts/rendering/conditions.ts';
import { createSimulation } from '../../src/facts/rendering/simulation.ts';
import { gatherRendering } from '../../src/facts/rendering.ts';
import { type Browser, BrowserError, type PagePicture, type PageRequest } from '../../src/ports.ts';
import type { Client } from '../../src/rule.ts';
import { testBrowser } from '../browser.ts';
import { now, submissionOf, wideLimits } from '../world.ts';

type Name = 'gmail-web' | 'outlook-windows' | 'apple-mail-iphone';

function client(name: Name): Client {
  const found = clients.find(({ id }) => id === name);
  if (!found) throw new Error(`no client ${name}`);
  return found;
}

async function simulated(html: string, name: Name, scheme: 'light' | 'dark' = 'light') {
  const simulation = await createSimulation(html, client(name), wideLimits)(scheme);
  if (!simulation) throw new Error('too much to simulate');
  // The numbers by which measures are told are another test’s matter.
  return { ...simulation, html: simulation.html.replace(/ data-klarsignal="\d+"/g, '') };
}

/** What is left of the body, and of the mail's own style elements wherever they stand. */
async function left(html: string, name: Name): Promise<string> {
  const page = (await simulated(html, name)).html;
  const [, ...sheets] = [...page.matchAll(/<style>([^<]*)<\/style>/g)].map(([, css]) => css);
  const inner = /<body[^>]*>(.*)<\/body>/s.exec(page)?.[1] ?? '';
  const body = client(name).reading.bodyInPage ? inner.replace(/^<div>|<\/div>$/g, '') : inner;
  return [...sheets, body.replace(/<style>[^<]*<\/style>/g, '')].filter((part) => part !== '').join(' | ');
}

describe('conditional comments', () => {
  const outlook = { mso: 16, vml: 1 };
  test.each([
    ['a<!--[if mso]>b<![endif]-->c', 'abc'],
    ['a<!--[if !mso]><!-->b<!--<![endif]-->c', 'ac'],
    ['a<!--[if !mso]>-->b<!--<![endif]-->c', 'ac'],
    ['a<![if !mso]>b<![endif]>c', 'ac'],
    ['<!--[if gte mso 9]>a<![endif]--><!--[if lt mso 12]>b<![endif]-->', 'a'],
    ['<!--[if mso 16]>a<![endif]--><!--[if mso 15]>b<![endif]-->', 'a'],
    ['<!--[if (gte mso 9)|(IE)]>a<![endif]--><!--[if IE]>b<![endif]-->', 'a'],
    ['<!--[if (mso)&(!vml)]>a<![endif]--><!--[if !(mso & vml)]>b<![endif]-->', ''],
    ['<!--[if gte mso 9]><xml><o:X>96</o:X></xml>a<![endif]-->', 'a'],
    ['<!--[IF MSO]>a<![ENDIF]-->', 'a'],
    ['<!--[if constructor]>a<![endif]-->', ''],
    ['<!-- [if mso]>a<![endif] -->', '<!-- [if mso]>a<![endif] -->'],
    ['a<!--[if mso]>b', 'a<!--[if mso]>b'],
  ])('%s', (html, opened) => expect(openConditions(html, outlook)).toBe(opened));

  test('of a hostile page cost no more than its size', () => {
    const began = performance.now();
    for (const part of [
      '<!--[if mso]>',
      '<![if ',
      '<!--[if mso]><!--',
      '<!--[if !!!!!!!!]><![endif]-->',
      '<xml',
    ]) {
      openConditions(`<!--[if mso]>${part.repeat(2_000_000 / part.length)}`, outlook);
      openConditions(`<!--[if mso]>${part.repeat(2_000_000 / part.length)}<![endif]-->`, outlook);
    }
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('what is left in a client', () => {
  test.each<[Name, string, string]>([
    [
      'gmail-web',
      'c<!--[if mso]>a<![endif]--><!--[if !mso]><!-->b<!--<![endif]-->',
      'c<!--[if mso]>a<![endif]--><!--[if !mso]><!-->b<!--<![endif]-->',
    ],
    [
      'gmail-web',
      '<p style="position:absolute;COLOR:red;margin:-1px 2px">',
      '<p style="color:red;margin-right:2px;margin-left:2px"></p>',
    ],
    ['gmail-web', '<p style="color:red !important">', '<p style="color:red !important"></p>'],
    ['gmail-web', '<style>p{color:red}p:first-child{color:blue}</style>', 'p{color:red}'],
    [
      'gmail-web',
      '<style>@media(prefers-color-scheme:dark){p{color:red}}@media(max-width:9px){p{top:0;color:red}}</style>',
      '@media (max-width:9px){p{color:red}}',
    ],
    ['gmail-web', '<style>body{color:red}html p,.a{color:red}</style>', '.a{color:red}'],
    [
      'gmail-web',
      '<style>p{color:red}@media print{@font-face{font-family:a}}</style><style>b{color:red}</style>',
      'b{color:red}',
    ],
    ['gmail-web', '<body><style>p{color:red}</style>a', 'a'],
    [
      'gmail-web',
      `<style>p{color:red}</style><style>/*${'a'.repeat(16_400)}*/b{color:red}</style>`,
      'p{color:red}',
    ],
    [
      'gmail-web',
      '<p hidden>a</p><svg><circle r=9 /></svg><video><b>c</b></video>',
      '<p>a</p><x-left-out></x-left-out><x-left-out><b>c</b></x-left-out>',
    ],
    ['gmail-web', '<img srcset="a 2x" src="b">', '<img src="b">'],
    ['gmail-web', '<p style="color:rgb(0 0 0 / 50%);padding:10px">', '<p style></p>'],
    ['gmail-web', '<p style="color:oklch(40% .2 20);padding:10px">', '<p style></p>'],
    [
      'gmail-web',
      '<p style="color:rgb(0,0,0);padding:10px">',
      '<p style="color:rgb(0,0,0);padding:10px"></p>',
    ],
    [
      'gmail-web',
      '<style>p{color:red}@media print{b{color:rgb(0 0 0)}}</style><style>b{color:red}</style>',
      'b{color:red}',
    ],
    [
      'gmail-web',
      '<style>a[href]{color:red}[class~="b"]{color:red}@media(max-height:9px){p{color:red}}</style>',
      '[class~="b"]{color:red}',
    ],
    [
      'gmail-web',
      '<nav style="color:red">a</nav><main class="b"><section style="color:red">c</section></main>',
      '<x-left-out>a</x-left-out><x-left-out><section style="color:red">c</section></x-left-out>',
    ],
    [
      'outlook-windows',
      '<div style="max-width:9px;width:9px;border-radius:9px;color:red">',
      '<div style="color:red"></div>',
    ],
    [
      'outlook-windows',
      '<table style="max-width:9px;width:9px"><tr><td style="padding:1px">',
      '<table style="max-width:9px;width:9px"><tbody><tr><td style="padding:1px"></td></tr></tbody></table>',
    ],
    ['outlook-windows', '<p style="padding:1px;display:flex;display:none">', '<p style="display:none"></p>'],
    ['outlook-windows', '<img style="display:none">', '<img style>'],
    [
      'outlook-windows',
      '<div style="display:none;color:red">a<table><tr><td>inner</td></tr></table></div>',
      '<div style="color:red"><table><tbody><tr><td>inner</td></tr></tbody></table></div>',
    ],
    [
      'outlook-windows',
      '<div style="mso-hide:all"><table style="mso-hide:all"><tr><td>a</table><table><tr><td>b</table></div>',
      '<div style><table><tbody><tr><td>b</td></tr></tbody></table></div>',
    ],
    [
      'outlook-windows',
      '<table style="display:none"><tr><td>a<table><tr><td>b</table></table>',
      '<x-shown style="display:block"><table><tbody><tr><td>b</td></tr></tbody></table></x-shown>',
    ],
    [
      'outlook-windows',
      '<table><tr style="display:none"><td>a<table><tr><td>b</table></table>',
      '<table><tbody><tr style><td><table><tbody><tr><td>b</td></tr></tbody></table></td></tr></tbody></table>',
    ],
    [
      'outlook-windows',
      '<div style="display:none"><p style="display:none">a</p><div style="display:none">b<table><tr><td>c</table></div></div>',
      '<div style><table><tbody><tr><td>c</td></tr></tbody></table></div>',
    ],
    [
      'outlook-windows',
      '<div style="display:none">a<p>b</p></div>',
      '<div style="display:none">a<p>b</p></div>',
    ],
    [
      'outlook-windows',
      '<style>.a{display:none}</style><div class="a">a<table><tr><td>b</table></div>',
      '.a:where(:not(img)){display:none} | <div style><table><tbody><tr><td>b</td></tr></tbody></table></div>',
    ],
    [
      'outlook-windows',
      '<style>.a,.a table{mso-hide:all}</style><div class="a"><table></table></div>',
      '.a:where(:not(img)),.a table:where(:not(img)){display:none} | <div class="a"><table></table></div>',
    ],
    [
      'gmail-web',
      '<div style="display:none"><table></table></div>',
      '<div style="display:none"><table></table></div>',
    ],
    [
      'outlook-windows',
      '<p style="border:12px solid red;border-left:9pt solid;border-right-width:2px">',
      '<p style="border:8px solid red;border-left:8px solid;border-right-width:2px"></p>',
    ],
    [
      'outlook-windows',
      '<p style="text-transform:Lowercase;text-decoration:underline overline;text-align:end;color:rgb(0,0,0,.5)">',
      '<p style></p>',
    ],
    [
      'outlook-windows',
      '<p style="text-transform:uppercase;text-decoration:underline;text-align:left">',
      '<p style="text-transform:uppercase;text-decoration:underline;text-align:left"></p>',
    ],
    [
      'outlook-windows',
      '<div style="background:#fff url(a.png) no-repeat">',
      '<div style="background-color:#fff"></div>',
    ],
    ['outlook-windows', '<p style="margin:1px auto">', '<p style="margin-top:1px;margin-bottom:1px"></p>'],
    ['outlook-windows', '<p style="color:red !important;mso-hide:all">', '<p style="display:none"></p>'],
    ['outlook-windows', '<a style="-webkit-text-size-adjust:none;color:red">', '<a style="color:red"></a>'],
    ['outlook-windows', '<table background="a.png" bgcolor="red">', '<table bgcolor="red"></table>'],
    [
      'outlook-windows',
      '<style>.a{color:red;max-width:9px;padding:1px}a>b{color:red}@media print{p{color:red}}</style>',
      '.a{color:red}.a:where(table){max-width:9px}.a:where(td,th){padding:1px}',
    ],
    [
      'outlook-windows',
      '<!--[if !mso]><!--><p>a</p><!--<![endif]--><!--[if mso]><b>b</b><![endif]-->',
      '<b>b</b>',
    ],
    [
      'outlook-windows',
      '<!--[if mso]><v:roundrect style="height:40px;width:9px;v-text-anchor:middle" arcsize="10%" fillcolor="#123"><center>a</center></v:roundrect><![endif]-->',
      '<v:roundrect style="display:inline-flex;align-items:center;justify-content:center;vertical-align:middle;min-height:40px;width:9px;border-radius:4px;background-color:#123"><center>a</center></v:roundrect>',
    ],
    [
      'outlook-windows',
      '<form><button>a</button></form>',
      '<x-left-out><x-left-out>a</x-left-out></x-left-out>',
    ],
    [
      'apple-mail-iphone',
      '<div style="max-width:9px;border-radius:9px;position:relative">',
      '<div style="max-width:9px;border-radius:9px;position:relative"></div>',
    ],
    ['apple-mail-iphone', '<div style="position:fixed;color:red">', '<div style="color:red"></div>'],
    [
      'apple-mail-iphone',
      '<style>a>b:first-child{color:red}@media(max-width:9px){p{color:red}}</style>',
      'a>b:first-child{color:red}@media (max-width:9px){p{color:red}}',
    ],
  ])('%s of %s', async (name, html, expected) => expect(await left(html, name)).toBe(expected));

  test.each<[string, string]>([
    ['an escaped end tag', '<style>p{content:"\\3c/style><script>"}</style>'],
    [
      'names that every object has',
      '<p constructor="a" __proto__="b" style="constructor:a;margin:constructor">',
    ],
    ['merge fields', '<p style="color:{{c}};{% if a %}width:1px{% endif %}"><style>{{css}} p{{{x}}}</style>'],
    ['nothing', ''],
  ])('%s breaks nothing', async (_, html) => {
    for (const { id } of clients) {
      const page = (await simulated(html, id as Name, 'dark')).html;
      expect(page).not.toContain('</style><script');
      expect(page).toContain('</html>');
    }
  });

  test('too much CSS is not simulated, and much of anything is in time', async () => {
    const long = `<style>${'p{color:red}'.repeat(200_000)}</style>`;
    expect(await createSimulation(long, client('gmail-web'), wideLimits)('light')).toBeNull();
    const began = performance.now();
    await simulated('<p style="color:red" bgcolor="red">'.repeat(30_000), 'outlook-windows', 'dark');
    const hidden = '<div style="display:none">'.repeat(200) + '<table></table>'.repeat(20_000);
    await simulated(hidden, 'outlook-windows');
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('dark mode', () => {
  const asks = '<meta name="color-scheme" content="light dark">';
  const query = '<style>@media (prefers-color-scheme:dark){p{color:red}}</style>';
  test.each<[Name, string, string, 'light' | 'dark']>([
    ['gmail-web', '<p>a', 'unchanged', 'light'],
    ['outlook-windows', '<p>a', 'changed', 'light'],
    ['outlook-windows', asks + query, 'changed', 'light'],
    ['apple-mail-iphone', '<p>a', 'changed', 'light'],
    ['apple-mail-iphone', '<p style="background:#fff" bgcolor="white">a', 'changed', 'light'],
    ['apple-mail-iphone', '<p style="background:#eee">a', 'unchanged', 'light'],
    ['apple-mail-iphone', '<style>p{background-color:#123}</style>', 'unchanged', 'light'],
    ['apple-mail-iphone', '<table bgcolor="#eeeeee">', 'unchanged', 'light'],
    ['apple-mail-iphone', query, 'unchanged', 'light'],
    ['apple-mail-iphone', asks + query, 'own', 'dark'],
    ['apple-mail-iphone', `<style>:root{color-scheme:light dark}</style>${query}`, 'own', 'dark'],
    ['apple-mail-iphone', asks, 'own', 'dark'],
  ])('of %s for %s', async (name, html, dark, scheme) => {
    expect(await simulated(html, name, 'dark')).toMatchObject({ dark, scheme });
    expect(await simulated(html, name, 'light')).toMatchObject({ dark: null, scheme: 'light' });
  });

  test('turns every colour that is declared', async () => {
    const { html } = await simulated(
      '<table bgcolor="#FFFFFF"><td style="color:#123;border:1px solid red;background:url(a) RGB(1,2,3);width:1px"><font color="blue">a',
      'outlook-windows',
      'dark',
    );
    const turned = (colour: string) => `lab(from ${colour} calc(15 + (100 - l) * 0.85) a b)`;
    expect(html.replace(/\s+/g, ' ')).toContain(
      `style="color: ${turned('#123')} ;border:1px solid ${turned('red')} ;background-color: ${turned('RGB(1,2,3)')} ;width:1px"`,
    );
    expect(html).toContain(`:where([bgcolor="#FFFFFF"]){background-color:${turned('#ffffff')}}`);
    expect(html).toContain(`:where([color="blue"]){color:${turned('blue')}}`);
  });
});

describe('the pictures', () => {
  const browser = testBrowser();
  afterAll(() => browser.close());

  async function gathered(html: string, drawing: Browser, signal = AbortSignal.timeout(25_000)) {
    const steps: string[] = [];
    const fact = await gatherRendering({
      submission: await submissionOf({ html }),
      policy,
      clients,
      browser: drawing,
      signal,
      dns: () => Promise.reject(new Error('asked DNS')),
      fetch: () => Promise.reject(new Error('fetched')),
      greet: () => Promise.reject(new Error('greeted')),
      visit: () => Promise.reject(new Error('visited')),
      mayVisit: () => {},
      attest: () => {},
      identity: () => Promise.reject(new Error('asked a provider')),
      transports: [],
      routes: [],
      now,
      progress: (done, of) => steps.push(`${done}/${of}`),
    });
    return { ...fact, steps };
  }

  test('are of every client in light and dark, in order, and counted', async () => {
    const { views, failed, steps } = await gathered('<p>Hej!</p>', browser);
    const expected = clients.flatMap(({ id, schemes }) => schemes.map((scheme) => `${id}-${scheme}`));
    expect(views.map(({ id }) => id)).toEqual(expected);
    expect([failed, steps.at(-1)]).toEqual([[], '6/6']);
    expect(views.every(({ visibleText }) => visibleText === 4)).toBe(true);
  });

  test('of more CSS than is read are said to be too much, not late: to try again would not help', async () => {
    const html = `<style>${'p{color:red}'.repeat(50_000)}</style><p>Hej!</p>`;
    await expect(gathered(html, browser)).rejects.toMatchObject({ reason: 'too-much' });
  });

  test('are drawn once where dark mode changes nothing, and as light or dark as the client', async () => {
    const drawn: PageRequest[] = [];
    const spy: Browser = {
      ...browser,
      draw: (page, signal) => {
        drawn.push(page);
        return browser.draw(page, signal);
      },
    };
    const { views } = await gathered('<body style="background:#eee">a', spy);
    expect(drawn).toHaveLength(4);
    const [light, dark] = views.filter((view) => view.client === 'gmail-web');
    expect(dark?.png).toBe(light?.png);
  });

  test('that fail do so one by one', async () => {
    const picture: PagePicture = {
      png: new Uint8Array(),
      width: 1,
      height: 1,
      contentWidth: 1,
      contentHeight: 1,
      cut: false,
      visibleText: 1,
      refused: 0,
      layout: { widest: null, texts: [], targets: [], complete: true },
    };
    const half: Browser = {
      draw: async ({ width }) => {
        if (width < 500) throw new BrowserError('crashed', 'a phone too far');
        return picture;
      },
      describe: async () => ({ version: '', sandbox: true }),
      close: async () => {},
    };
    const { views, failed } = await gathered('<p>Hej!</p>', half);
    expect(views).toHaveLength(4);
    expect(failed).toEqual([
      { id: 'apple-mail-iphone-light', client: 'apple-mail-iphone', reason: 'crashed' },
      { id: 'apple-mail-iphone-dark', client: 'apple-mail-iphone', reason: 'crashed' },
    ]);
  });
});
