/** Signing in and out as a real browser does it, over plain http under a name: there it says least of itself. */
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkLife } from '../../src/access.ts';
import { openBrowser, openSite, type Site } from './site.ts';

const name = 'audit.example.se';
let site: Site;
let browser: Browser;
let address: string;
beforeAll(async () => {
  site = await openSite({ idle: true });
  browser = await openBrowser([`--host-resolver-rules=MAP ${name} 127.0.0.1`]);
  address = site.url.replace('127.0.0.1', name);
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

const press = async (page: Page, selector: string) => {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
  return new URL(page.url()).pathname;
};

test('one button signs in, the token goes nowhere else, and signing out leaves nothing to go back to', async () => {
  const token = await site.access.makeLoginLink(linkLife);
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const sent: { method: string; url: string; headers: Record<string, string> }[] = [];
  page.on('request', (request) =>
    sent.push({ method: request.method(), url: request.url(), headers: request.headers() }),
  );
  await page.goto(`${address}/keys`);
  expect(new URL(page.url()).search).toBe('?next=%2Fkeys');
  await page.goto(`${address}/sign-in?token=${token}&next=/keys`);
  // Without Sec-Fetch-Site, Origin alone proves that the form is ours.
  expect(await press(page, 'main form button')).toBe('/keys');
  const posted = sent.find(({ method }) => method === 'POST');
  expect(posted?.headers.origin).toBe(address);
  expect(posted?.headers['sec-fetch-site']).toBeUndefined();
  const referred = sent.flatMap(({ headers }) => headers.referer ?? []);
  expect(referred.length).toBeGreaterThan(2);
  expect(referred.filter((referrer) => referrer.includes(token))).toEqual([]);
  // HttpOnly: no script reads it.
  expect(await page.evaluate(() => document.cookie)).not.toContain('klarsignal');

  await page.type('#name', 'Skript');
  expect(await press(page, 'main form[action="/keys"] button')).toBe('/keys');
  await page.click('#key');
  const selected = await page.evaluate(() => String(getSelection()));
  expect(selected).toMatch(/^ksk_[a-z2-7]{52}$/);
  const headers = { authorization: `Bearer ${selected}` };
  expect((await fetch(`${site.url}/v1/audits/x`, { headers })).status).toBe(404);

  await page.goto(`${address}/keys`);
  expect(await page.content()).toContain('Skript');
  expect(await press(page, 'form[action="/sign-out"] button')).toBe('/sign-in');
  await page.goBack();
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  expect(await page.content()).not.toContain('Skript');
  await context.close();
});
