/** What is measured in the drawn page: how text looks, where links are, and where both stand in what was handed in. */
import { afterAll, describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { policy } from '../../rules/policy.ts';
import type { Gathering } from '../../src/facts/gather.ts';
import { contrast, hexOf, remedyFor } from '../../src/facts/rendering/contrast.ts';
import { legibilityOf } from '../../src/facts/rendering/legibility.ts';
import { gatherRendering, type RenderingFact } from '../../src/facts/rendering.ts';
import type { PageLayout, Rgb, TextLook } from '../../src/ports.ts';
import type { World } from '../../src/rule.ts';
import { testBrowser } from '../browser.ts';
import { now, submissionOf } from '../world.ts';

const browser = testBrowser();
afterAll(() => browser.close());

async function drawn(
  html: string,
  colorScheme: 'light' | 'dark' = 'light',
  width = 400,
): Promise<PageLayout> {
  const page = { html, width, height: 800, colorScheme, mobile: false, images: new Map() };
  return (await browser.draw(page, AbortSignal.timeout(25_000))).layout;
}

async function rendered(world: World): Promise<RenderingFact> {
  return gatherRendering({
    submission: await submissionOf(world),
    policy,
    clients,
    browser,
    signal: AbortSignal.timeout(25_000),
    dns: () => Promise.reject(new Error('asked DNS')),
    fetch: () => Promise.reject(new Error('fetched')),
    greet: () => Promise.reject(new Error('greeted')),
    identity: () => Promise.reject(new Error('asked a provider')),
    transports: [],
    routes: [],
    now,
    progress: () => {},
  } as unknown as Gathering);
}

describe('the ratio of contrast', () => {
  // Of WCAG's own tools: the grey that just passes on white, and the one that just does not.
  test.each<[Rgb, Rgb, number]>([
    [[0, 0, 0], [255, 255, 255], 21],
    [[255, 255, 255], [255, 255, 255], 1],
    [[118, 118, 118], [255, 255, 255], 4.54],
    [[119, 119, 119], [255, 255, 255], 4.48],
    [[255, 0, 0], [255, 255, 255], 4],
  ])('of %o on %o is %d', (one, other, ratio) => {
    expect(contrast(one, other)).toBeCloseTo(ratio, 2);
    expect(contrast(other, one)).toBeCloseTo(ratio, 2);
  });
});

describe('a colour that would do', () => {
  test.each<[Rgb, Rgb, number, 'text' | 'back']>([
    [[153, 153, 153], [255, 255, 255], 4.5, 'text'],
    [[153, 153, 153], [34, 34, 34], 7, 'text'],
    [[255, 255, 255], [72, 190, 25], 4.5, 'back'],
    [[128, 128, 128], [128, 128, 128], 4.5, 'text'],
    [[255, 255, 255], [255, 255, 255], 3, 'back'],
  ])('in place of %o on %o for %d is one for the %s', (color, back, wanted, of) => {
    const remedy = remedyFor(color, back, wanted);
    expect(remedy.of).toBe(of);
    const ratio = of === 'text' ? contrast(remedy.color, back) : contrast(color, remedy.color);
    expect(ratio).toBeGreaterThanOrEqual(wanted);
    // And no further than that.
    expect(ratio).toBeLessThan(wanted + 0.2);
  });
});

test.each([
  [24, false, 3],
  [23.9, false, 4.5],
  [18.7, true, 3],
  [18.6, true, 4.5],
])('letters of %d pixels, bold %s, need %d', (size, bold, wanted) => {
  const look = { color: [0, 0, 0], back: [255, 255, 255], size, bold, samples: [] } as unknown as TextLook;
  const layout = { widest: null, texts: [look], targets: [], complete: true };
  const { texts } = legibilityOf(layout, () => undefined, policy.legibility);
  expect(texts.map((text) => text.wanted)).toEqual([wanted]);
});

describe('behind text is', () => {
  test.each([
    ['the page', '<p>Hej</p>', '#ffffff'],
    ['the nearest colour', '<table bgcolor="#112233"><tr bgcolor="#445566"><td>Hej</table>', '#445566'],
    [
      'what shows through',
      '<div style="background:#000"><p style="background:rgb(255 255 255/.5)">Hej',
      '#808080',
    ],
    ['a faded colour', '<div style="background:#000;opacity:.5"><p style="color:#fff">Hej', '#808080'],
    ['a picture, so nobody knows', '<p style="background:#fff url(a.png)">Hej', null],
    ['a picture by attribute', '<table background="a.png"><tr><td>Hej</table>', null],
    ['a gradient', '<p style="background:linear-gradient(#000,#fff)">Hej', null],
    [
      'a colour in front of a picture',
      '<div style="background:url(a.png)"><p style="background:#eee">Hej',
      '#eeeeee',
    ],
    ['unknown where it was moved', '<div style="position:absolute;top:9px">Hej</div>', null],
    [
      'unknown where it was pulled',
      '<p style="background:#000">x</p><p style="margin-top:-30px">Hej</p>',
      null,
    ],
    ['its own colour where it was moved', '<p style="position:absolute;background:#eee">Hej', '#eeeeee'],
    ['unknown below a shadow', '<p style="text-shadow:0 0 9px #000;color:#fff">Hej', null],
    ['unknown below a filter', '<p style="filter:invert(1);background:#fff">Hej', null],
  ])('%s', async (_, html, back) => {
    const { texts } = await drawn(html);
    const hej = texts.find(({ samples }) => samples[0]?.text === 'Hej');
    expect(hej?.back && hexOf(hej.back)).toEqual(back);
  });

  test('the dark page of the browser, where the mail asks for it', async () => {
    const html = '<meta name="color-scheme" content="light dark"><p>Hej</p>';
    const [{ back, color } = {}] = (await drawn(html, 'dark')).texts;
    expect(back && color && contrast(color, back)).toBeGreaterThan(15);
    expect(back?.[0]).toBeLessThan(40);
  });
});

describe('what sticks out of the window is', () => {
  const long = `https://example.se/${'a'.repeat(200)}`;
  test.each([
    ['a table by its attribute', '<table data-klarsignal="1" width="1900"><tr><td><p>Hej', 1],
    [
      'the inner table that stretches the outer one',
      '<table data-klarsignal="1" width="100%"><tr><td><table data-klarsignal="2" style="width:1900px"><tr><td>Hej',
      2,
    ],
    [
      'a box by its style sheet',
      '<style>.a{min-width:1900px}</style><div data-klarsignal="1" class="a"><p>Hej',
      1,
    ],
    [
      'a word that is too long',
      `<p data-klarsignal="1">Hej <a data-klarsignal="2" href="#">${long}</a></p>`,
      2,
    ],
    ['nothing', '<table data-klarsignal="1" width="1900" style="max-width:100%"><tr><td>Hej', null],
    [
      'nothing that is hidden',
      '<div style="display:none"><table data-klarsignal="1" width="1900"><tr><td>Hej',
      null,
    ],
  ])('%s', async (_, html, mark) => {
    const { widest } = await drawn(html);
    expect(widest?.mark ?? null).toBe(mark);
  });
});

describe('nobody sees', () => {
  test.each([
    ['display', '<p style="display:none">Hej'],
    ['visibility', '<p style="visibility:hidden">Hej'],
    ['opacity', '<p style="opacity:0">Hej'],
    ['a clipped preview text', '<div style="max-height:0;overflow:hidden">Hej</div>'],
    ['a clipped width', '<div style="width:1px;overflow:hidden"><p>Hej</p></div>'],
    ['tiny letters', '<p style="font-size:1px">Hej'],
    ['transparent letters', '<p style="color:transparent">Hej'],
    ['what is left of the screen', '<p style="position:absolute;left:-9999px">Hej'],
    ['marks without letters', '<p>| • &nbsp; —</p>'],
    ['a details element that is closed', '<details><summary></summary><p>Hej</p></details>'],
  ])('%s', async (_, html) => {
    expect((await drawn(html)).texts).toEqual([]);
  });
});

describe('links', () => {
  test.each([
    ['in a sentence', '<p>Läs mer om <a href="#">mötet</a> på lördag</p>', { inline: true, button: false }],
    ['by itself', '<p><a href="#">Möte</a></p>', { inline: false, button: false }],
    ['among links', '<p><a href="#">Möte</a> | <a href="#">Avgift</a></p>', { inline: false, button: false }],
    [
      'with padding',
      '<p>Läs mer om <a href="#" style="display:inline-block;padding:9px;background:#eee">mötet</a> nu</p>',
      { inline: false, button: true },
    ],
    [
      'alone in a coloured cell',
      '<table><tr><td bgcolor="#000"><a href="#">Möte</a></table>',
      { inline: false, button: true },
    ],
  ])('%s', async (_, html, expected) => {
    expect((await drawn(html)).targets[0]).toMatchObject(expected);
  });

  test('are as large as what can be tapped', async () => {
    const { targets } = await drawn(
      '<body style="margin:0"><a href="#"><img src="a.png" width="40" height="30" style="display:block"></a><a href="#" style="display:block;height:50px">Möte</a>',
    );
    expect(targets.map(({ y, width, height }) => [y, width, height])).toEqual([
      [0, 400, 30],
      [30, 400, 50],
    ]);
  });

  test('are told from the words around by more than colour', async () => {
    const link = (style: string) =>
      `<p>Läs mer om <a href="#" style="text-decoration:none;${style}">mötet</a> på lördag</p>`;
    const styles = [
      '',
      'text-decoration:underline',
      'font-weight:700',
      'border-bottom:1px solid',
      'background:#ff0',
    ];
    const { targets } = await drawn(styles.map(link).join(''));
    expect(targets.map(({ marked }) => marked)).toEqual([false, true, true, true, true]);
  });
});

describe('text is found in what was handed in', () => {
  const placesIn = (fact: RenderingFact, client: string, word: string) =>
    fact.views
      .filter((view) => view.client === client && view.scheme === 'light')
      .flatMap(({ legibility }) => legibility.texts.flatMap(({ samples }) => samples))
      .filter(({ text }) => text.includes(word))
      .map(({ at }) => [at?.part, at?.line, at?.snippet]);

  test('as HTML, in conditional comments too', async () => {
    const fact = await rendered({
      html: '<p>Hej</p>\n<!--[if mso]><xml>x</xml>\n <b>Word</b><![endif]-->\n<i>på</i>\n<!--[if !mso]><!--><u>er</u><!--<![endif]-->',
    });
    expect(placesIn(fact, 'gmail-web', 'på')).toEqual([['source', 4, '<i>']]);
    expect(placesIn(fact, 'outlook-windows', 'Word')).toEqual([['source', 3, '<b>']]);
    expect(placesIn(fact, 'outlook-windows', 'på')).toEqual([['source', 4, '<i>']]);
    expect(placesIn(fact, 'outlook-windows', 'er')).toEqual([]);
    expect(placesIn(fact, 'apple-mail-iphone', 'er')).toEqual([['source', 5, '<u>']]);
  });

  test('as MJML', async () => {
    const fact = await rendered({
      mjml: '<mjml><mj-body><mj-section><mj-column>\n<mj-text color="#999">Hej</mj-text>\n<mj-button href="https://example.se/">Ja tack</mj-button></mj-column></mj-section></mj-body></mjml>',
    });
    for (const { id } of clients) {
      expect(placesIn(fact, id, 'Hej')).toEqual([['source', 2, '<mj-text color="#999">']]);
      expect(placesIn(fact, id, 'Ja tack').map(([, line]) => line)).toEqual([3]);
    }
  });

  test('whatever numbers the mail has on it', async () => {
    const fact = await rendered({
      html: '<p data-klarsignal="7" data-klarsignal-undrawn="">Hej</p><x-left data-klarsignal="x">på</x-left>',
    });
    expect(placesIn(fact, 'gmail-web', 'Hej').map(([, line]) => line)).toEqual([1]);
    const [look] = fact.views[0]?.legibility.texts ?? [];
    expect(look?.contrast).toBeGreaterThan(15);
  });
});

describe('hostile pages', () => {
  test.each([
    [
      'names that shadow',
      '<form id=body><input name=parentElement><input name=getAttribute><input name=textContent><input name=checkVisibility><input name=closest><p>Hej</p></form><img name=createRange><img name=createTreeWalker><img name=documentElement>',
    ],
    ['scripts of its own', '<script>document.createRange = getComputedStyle = null</script><p>Hej</p>'],
  ])('%s', async (_, html) => {
    const { texts } = await drawn(html);
    expect(texts.some(({ samples }) => samples[0]?.text === 'Hej')).toBe(true);
  });

  test.each([
    ['many texts', Array.from({ length: 25_000 }, (_, i) => `<i>a${i}</i>`).join('')],
    [
      'many looks',
      Array.from({ length: 900 }, (_, i) => `<p style="color:rgb(${i % 256},${i >> 8},0)">a</p>`).join(''),
    ],
    ['many links', '<a href="#">a</a> '.repeat(5000)],
  ])('%s are cut, and it is said', async (_, html) => {
    const { texts, targets, complete } = await drawn(html);
    expect(complete).toBe(false);
    expect(texts.length).toBeLessThanOrEqual(300);
    expect(targets.length).toBeLessThanOrEqual(300);
    expect(JSON.stringify({ texts, targets }).length).toBeLessThan(400_000);
  });

  test.each([
    ['deep ones', `${'<div style="opacity:.99">'.repeat(450)}${'<i>a</i>'.repeat(9000)}`],
    ['a long text', `<p>${'a '.repeat(100_000)}<a href="#">${'b '.repeat(50_000)}</a></p>`],
    ['controls in controls', `${'<details open><summary>a'.repeat(200)}${'<b>a</b>'.repeat(5000)}`],
  ])('%s are measured in time', async (_, html) => {
    const began = performance.now();
    await drawn(html);
    // Drawing itself takes most of it, and other tests run beside.
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});
