/** The API described: for programs, for people, and as it is. */
import { load } from 'cheerio';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiJson, examples } from '../../src/http/pages/docs.ts';
import { swedish } from '../../src/http/pages/docs-swedish.ts';
import { problemTitle } from '../../src/http/problem.ts';
import { problemCodes } from '../../src/http/schemas.ts';
import { locales } from '../../src/rule.ts';
import { dress, openBrowser, openPage, openSite, type Site, violations } from '../pages/site.ts';
import { postJson, sound } from './service.ts';

let site: Site;
let browser: Browser;
let api: ApiJson;
beforeAll(async () => {
  site = await openSite();
  browser = await openBrowser();
  api = (await (await site.anonymous.request('/openapi.json')).json()) as ApiJson;
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Everything openapi.json says in words. */
function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    (key === 'description' || key === 'summary') && typeof inner === 'string' ? [inner] : textsIn(inner),
  );
}

const plain = (text: string) => text.replaceAll('`', '').replace(/\s+/g, ' ').trim();

test('every text has its Swedish, and no Swedish is left over', () => {
  const texts = new Set([...textsIn(api.paths), ...textsIn(api.components)]);
  expect(Object.keys(swedish).sort()).toEqual([...texts].sort());
  expect(Object.entries(swedish).filter(([en, sv]) => en === sv && en !== 'PNG')).toEqual([]);
});

test('every call has its example', () => {
  const calls = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(Object.keys(examples).sort()).toEqual(calls.sort());
});

describe.each(locales)('/docs in %s', (locale) => {
  test('tells of every call, parameter, answer, field and problem', async () => {
    // Nobody need be signed in to read it.
    const response = await site.anonymous.request(`/docs?locale=${locale}`);
    expect(response.status).toBe(200);
    const page = load(await response.text());
    const text = plain(page('main').text());
    const say = (english: string) => plain(locale === 'sv' ? (swedish[english] ?? '') : english);
    const shared = plain(page('#shared').closest('section').text());
    for (const [path, methods] of Object.entries(api.paths)) {
      for (const [method, { summary = '', parameters = [], responses }] of Object.entries(methods)) {
        const heading = page('h2')
          .toArray()
          .find((one) => page(one).text() === `${method.toUpperCase()} ${path}`);
        const section = plain(page(heading).closest('section').text());
        expect(section).toContain(say(summary));
        expect(section).toContain('curl');
        for (const { name, description = '' } of parameters) {
          expect(section).toContain(name);
          expect(section).toContain(say(description));
        }
        for (const [status, { description }] of Object.entries(responses)) {
          const told = section.includes(say(description)) ? section : shared;
          expect(told).toContain(status);
          expect(told).toContain(say(description));
        }
      }
    }
    for (const english of textsIn(api.components.schemas)) expect(text).toContain(say(english));
    for (const name of Object.keys(api.components.schemas)) expect(page(`h2#${name}`)).toHaveLength(1);
    for (const code of problemCodes) {
      expect(text).toContain(code);
      expect(text).toContain(problemTitle(code, locale));
    }
  });

  test('what every call answers alike stands there once; who is signed in can sign out', async () => {
    const page = load(await (await site.anonymous.request(`/docs?locale=${locale}`)).text());
    const rows = page('#shared').closest('section').find('tbody th').toArray();
    expect(rows.map((row) => page(row).text())).toEqual(['401', '403', '421', '500']);
    expect(page('[action="/sign-out"]')).toHaveLength(0);
    const own = load(await (await site.app.request(`/docs?locale=${locale}`)).text());
    expect(own('[action="/sign-out"]')).toHaveLength(1);
  });

  test('every link leads somewhere, and every id is there once', async () => {
    const page = load(await (await site.anonymous.request(`/docs?locale=${locale}`)).text());
    const inside = page('main a[href^="#"]')
      .toArray()
      .map((one) => page(one).attr('href') ?? '');
    expect(inside.length).toBeGreaterThan(20);
    expect(inside.filter((target) => page(target).length !== 1)).toEqual([]);
    const ids = page('[id]')
      .toArray()
      .map((one) => page(one).attr('id'));
    expect(ids).toEqual([...new Set(ids)]);
    const outside = page('main a:not([href^="#"])')
      .toArray()
      .map((one) => page(one).attr('href'));
    expect(outside).toEqual(['/openapi.json']);
  });
});

describe('in a browser', () => {
  const views = [
    [320, 'light'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const;

  // One page for each language: a new one would compile axe-core anew, which takes longer than the looking.
  const opened = new Map<string, Awaited<ReturnType<typeof openPage>>>();
  beforeAll(async () => {
    for (const locale of locales)
      opened.set(locale, await openPage(browser, site, { signedIn: false, locale }));
  });
  afterAll(async () => {
    for (const { close } of opened.values()) await close();
  });

  test.each(locales.flatMap((locale) => views.map((view) => [locale, ...view] as const)))(
    '/docs in %s, %i wide, %s: nothing for axe-core, nothing refused, no scrolling sideways',
    async (locale, width, scheme) => {
      const own = opened.get(locale);
      if (!own) throw new Error('no page');
      const { page, faults } = own;
      faults.splice(0);
      await dress(page, [width, scheme]);
      await page.goto(`${site.url}/docs`);
      expect(await faultsOf(page)).toEqual([]);
      expect(faults).toEqual([]);
    },
    90_000,
  );

  test.each(locales)('a report to send on in %s stands alone', async (locale) => {
    const posted = await postJson(site, { ...sound, mailFrom: undefined }, { prefer: 'wait=30' });
    const { id } = (await posted.json()) as { id: string };
    const { page, faults, close } = await openPage(browser, site, { locale });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${site.url}/v1/audits/${id}/report?format=html`);
    expect(asked.filter((address) => !address.startsWith('data:'))).toHaveLength(1);
    expect(await faultsOf(page)).toEqual([]);
    // It has its looks: the stylesheet was let in.
    const font = await page.evaluate(() => getComputedStyle(document.body).marginTop);
    expect(font).toBe('0px');
    expect(faults).toEqual([]);
    await close();
  });

  async function faultsOf(page: Awaited<ReturnType<typeof openPage>>['page']): Promise<string[]> {
    const wide = await page.evaluate(() => {
      const { scrollWidth } = document.documentElement;
      return scrollWidth > innerWidth ? [`${scrollWidth} wide`] : [];
    });
    return [...(await violations(page)), ...wide];
  }
});
