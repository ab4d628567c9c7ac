/** The pages from template to Send in a real browser: nothing for axe-core to find, no width to scroll sideways, and no script needed. */
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import type { Browser as Chromium, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assets } from '../http/assets.ts';
import { closeBrowser, mail, type SendingService, startSendingService } from '../http/sending-service.ts';
import { type Dress, inspect as inspectIn, openBrowser, openPage, type Site } from './site.ts';

let world: SendingService;
let server: ServerType;
let browser: Chromium;
let site: Site;
let undeclared: string;
let elsewhere: string;
let ready: string;

beforeAll(async () => {
  world = await startSendingService({ app: { assets, url: 'https://audit.example.se' } });
  // As somebody who has signed in: over https the session's cookie has a name that a browser takes from there alone.
  server = serve({ fetch: (request) => world.app.request(request), hostname: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  site = { ...world, url } as unknown as Site;
  const source = `<p>Hej {{first_name}}, <a href="{{ticket_url}}">din biljett</a>, <a href="{{page}}">din sida</a></p>${mail.source}`;
  undeclared = (await world.audit({ source })).id;
  elsewhere = (await world.audit({ mailFrom: 'mejl.example.se', dkimSelectors: ['s1'] })).id;
  const { token } = await world.cleared({ subject: 'Ny', replyTo: 'svar@example.se' });
  const made = await world.order({
    clearance: token,
    hold: true,
    recipients: [{ address: 'a@example.org' }],
  });
  await world.campaigns.work();
  ready = made.body.id;
  browser = await openBrowser();
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => server?.close(resolve));
  await world?.close();
  await closeBrowser();
});

const dresses: readonly Dress[] = [
  [1280, 'light'],
  [390, 'dark'],
];
const inspect = (page: Page) => inspectIn(page, dresses, [320]);

describe.each(['en', 'sv'])('in %s', (locale) => {
  // A new page for each would take longer than the looking.
  let opened: Awaited<ReturnType<typeof openPage>>;
  beforeAll(async () => {
    opened = await openPage(browser, site, { locale, signedIn: false });
  });
  afterAll(() => opened.close());

  test.each([
    ['the form', () => '/'],
    ['a report that misses merge fields', () => `/audits/${undeclared}`],
    ['a report for another sending system', () => `/audits/${elsewhere}`],
    ['a new mailing out of that', () => `/mailings/new?audit=${elsewhere}`],
    ['the last page', () => `/mailings/${ready}`],
  ])('%s: sound in every dress', async (_, path) => {
    const { page, faults } = opened;
    faults.splice(0);
    await page.goto(site.url + path());
    expect(await inspect(page)).toEqual([]);
    expect(await page.$eval('body', (body) => body.innerText)).not.toMatch(/undefined|NaN|\[object/);
    expect(faults).toEqual([]);
  });
});

const seen = (page: Page, selector: string) => page.$eval(selector, (one) => one.checkVisibility());

test('only what belongs to the choice is shown, without script', async () => {
  const { page, close } = await openPage(browser, site, { signedIn: false });
  await page.setJavaScriptEnabled(false);
  await page.goto(`${site.url}/`);
  expect(await seen(page, '#mailFrom')).toBe(false);
  await page.click('[name="by"][value="own"]');
  expect(await seen(page, '#mailFrom')).toBe(true);
  await page.goto(`${site.url}/audits/${undeclared}`);
  expect([await seen(page, '#field-0-hosts'), await seen(page, '#field-0-most')]).toEqual([false, true]);
  // What stands alone as a link is offered as one, whatever it is called.
  const types = await page.$$eval('select[id$=-type]', (all) =>
    all.map((one) => (one as HTMLSelectElement).value),
  );
  expect(types).toEqual(['text', 'url', 'url']);
  await page.select('#field-0-type', 'url');
  expect([await seen(page, '#field-0-hosts'), await seen(page, '#field-0-most')]).toEqual([true, false]);
  await page.click('#field-0-listed');
  expect(await seen(page, '#field-0-sample')).toBe(false);
  await close();
});

test('a report of a domain that is not registered leads to Senders, and asks nothing of a provider', async () => {
  const from = 'Föreningen <nyhetsbrev@annan.example>';
  const { id } = await world.audit({ source: mail.source, from });
  const { page, close } = await openPage(browser, site, { locale: 'sv', signedIn: false });
  await page.goto(`${site.url}/audits/${id}`);
  const [first] = await page.$$eval('.mends li', (all) => all.map((one) => one.textContent ?? ''));
  expect(first).toContain('Registrera domänen som avsändare');
  expect(await page.$$('#ask-mail-from, #ask-dkim-selector')).toHaveLength(0);
  await close();
});

test('the places stand in one row, and on a phone in a menu that opens and closes without script', async () => {
  const { page, close } = await openPage(browser, site, { locale: 'sv', signedIn: false });
  await page.setJavaScriptEnabled(false);
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(`${site.url}/keys`);
  const tops = await page.$$eval('.top nav a', (all) => all.map((one) => one.getBoundingClientRect().top));
  expect(new Set(tops).size).toBe(1);
  expect(await seen(page, '.menu')).toBe(false);
  await page.setViewport({ width: 390, height: 800 });
  expect(await seen(page, '.top nav')).toBe(false);
  await page.click('.menu');
  expect(await seen(page, '.top nav')).toBe(true);
  await page.keyboard.press('Escape');
  expect(await seen(page, '.top nav')).toBe(false);
  await close();
});
