/** The real service on loopback, and a real Chromium that visits it. */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { type Browser, launch, type Page } from 'puppeteer-core';
import { findExecutable } from '../../src/adapters/browser/executable.ts';
import { assets } from '../http/assets.ts';
import { type ServiceOptions, startService } from '../http/service.ts';

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

export async function openSite(options: ServiceOptions = {}) {
  const service = await startService({ ...options, app: { assets, ...options.app } });
  const server: ServerType = serve({ fetch: service.anonymous.fetch, hostname: '127.0.0.1', port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...service,
    url,
    async close() {
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await service.close();
    },
  };
}

export type Site = Awaited<ReturnType<typeof openSite>>;

/** The pages are our own and the network is loopback, so no sandbox is needed where none can be had. */
export async function openBrowser(flags: readonly string[] = []): Promise<Browser> {
  const { path, libraries } = await findExecutable(
    {
      cacheDir: join(tmpdir(), 'klarsignal-test-cache'),
      executablePath: process.env.PUPPETEER_EXECUTABLE_PATH,
      searchPath: process.env.PATH,
    },
    undefined,
    AbortSignal.timeout(30_000),
  );
  return launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', ...flags],
    env: { ...process.env, ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) },
  });
}

/** A page of its own, and what went wrong on it: faults of script, refusals of the content security policy. */
export async function openPage(browser: Browser, site: Site, { signedIn = true, locale = 'en' } = {}) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // The browser tells so of a page with an error's status, which is meant.
    const own = message.location().url === page.url() && /Failed to load resource/.test(message.text());
    if (['error', 'warn'].includes(message.type()) && !own) faults.push(message.text());
  });
  const cookies = [
    { name: 'locale', value: locale },
    ...(signedIn ? [{ name: 'klarsignal', value: site.session }] : []),
  ];
  await context.setCookie(...cookies.map((cookie) => ({ ...cookie, domain: '127.0.0.1', path: '/' })));
  return { page, faults, close: () => context.close() };
}

/** Tabs through the page and tells what gets the focus, by id, name or text. */
export async function tabbed(page: Page, times: number): Promise<string[]> {
  const names: string[] = [];
  for (let i = 0; i < times; i++) {
    await page.keyboard.press('Tab');
    names.push(
      await page.evaluate(() => {
        const { id = '', textContent = '' } = document.activeElement ?? {};
        return id || (document.activeElement?.getAttribute('name') ?? textContent ?? '').trim();
      }),
    );
  }
  return names;
}

/** Width of the window in CSS pixels, and the colours asked for. */
export type Dress = readonly [width: number, scheme: 'light' | 'dark'];

export async function dress(page: Page, [width, scheme]: Dress): Promise<void> {
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
}

/** axe-core's violations in every dress, with all unfolded, and whether the page is wider than a window of a width. */
export async function inspect(
  page: Page,
  dresses: readonly Dress[],
  widths: readonly number[],
): Promise<string[]> {
  const found: string[] = [];
  await page.evaluate(() => {
    for (const folded of document.querySelectorAll('details')) folded.open = true;
  });
  for (const one of dresses) {
    await dress(page, one);
    found.push(...(await violations(page)).map((text) => `${one.join(' ')} ${text.slice(0, 400)}`));
  }
  for (const width of widths) {
    await page.setViewport({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) found.push(`${width}: the page is ${wide} wide`);
  }
  return found;
}

/** As the page stands, with what it is that violates. What passes is not listed, which would take as long again. */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    const results = await axe.run({ resultTypes: ['violations'], preload: false });
    return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

interface AxeResults {
  violations: { id: string; nodes: { html: string }[] }[];
}
