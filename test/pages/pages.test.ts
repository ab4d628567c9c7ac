/**
 * The pages in a real browser: nothing for axe-core to find, no width to scroll sideways, usable by keyboard,
 * live with script and whole without it.
 */
import type { Browser as Chromium, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { ruleSet } from '../../rules/version.ts';
import { type ExampleWorld, openExamples } from '../../src/hosts/examples.ts';
import type { Browser } from '../../src/ports.ts';
import { createPreflight, type Preflight } from '../../src/preflight.ts';
import { testBrowser } from '../browser.ts';
import { sound } from '../http/service.ts';
import { inspect as inspectIn, openBrowser, openPage, openSite, type Site, tabbed } from './site.ts';

/** An audit that runs until it is let go, and tells its progress when asked to. */
function slowly(preflight: Preflight) {
  const waiting: (() => void)[] = [];
  let letGo = 0;
  let tell: (
    step: Parameters<NonNullable<Parameters<Preflight['audit']>[1]>['onProgress'] & object>[0],
  ) => void = () => {};
  const slow: Preflight = {
    ...preflight,
    async audit(submission, options = {}) {
      tell = (step) => options.onProgress?.(step);
      for (const fact of ['message', 'html', 'spf', 'dmarc', 'mailFrom', 'rendering'] as const)
        tell({ fact, state: 'waiting' });
      tell({ fact: 'message', state: 'known' });
      tell({ fact: 'spf', state: 'unknown' });
      tell({ fact: 'rendering', state: 'running', done: 1, of: 2 });
      if (letGo > 0) letGo -= 1;
      else await new Promise<void>((go) => waiting.push(go));
      return preflight.audit(submission, { ...options, onProgress: () => {} });
    },
  };
  return {
    slow,
    tell: (step: Parameters<typeof tell>[0]) => tell(step),
    /** Lets the audit go, or the next one: it may not have begun when its page is there. */
    end() {
      const go = waiting.shift();
      if (go) go();
      else letGo += 1;
    },
  };
}

const clock = { now: () => new Date() };
const evil = '\u202e"><script>alert(1)</script> שלום';
const long =
  'flerfaldigt-sammansatta-underdomaner-for-utskick.nyhetsbrev.tradgardsforeningen-bjorkangen.example.se';

let drawing: Browser;
let browser: Chromium;
let site: Site;
let slow: ReturnType<typeof slowly>;
let examples: Awaited<ReturnType<typeof openExamples>>;
const ids: Record<'clear' | 'faults' | 'silent' | 'asking' | 'hostile', string> = {
  clear: '',
  faults: '',
  silent: '',
  asking: '',
  hostile: '',
};

beforeAll(async () => {
  drawing = testBrowser();
  const preflightWith = (around: ExampleWorld) =>
    createPreflight(rules, ruleSet, { ...around, browser: drawing, clock, policy, clients });
  examples = await openExamples(preflightWith, clock, (error) => {
    throw error;
  });
  site = await openSite({
    audits: { examples: examples.examples },
    zone: { '_dmarc.example.se': { TXT: [`v=DMARC1; p=none; rua=${evil}`] } },
  });
  browser = await openBrowser();
  const { audits, organisation } = site;
  const done = async (submitted: Awaited<ReturnType<typeof audits.example>>) => {
    if (!('audit' in submitted)) throw new Error(submitted.kind);
    const audit = await audits.settled(organisation, submitted.audit.id, 30_000);
    if (!audit?.verdict) throw new Error('it has not ended');
    return audit.id;
  };
  for (const name of ['clear', 'faults', 'silent'] as const)
    ids[name] = await done(await audits.example(organisation, name));
  const handed = {
    bytes: new TextEncoder().encode(`<p>Hej</p><a href="">${evil}</a>`),
    from: sound.from,
    dkimSelectors: ['s1'],
  };
  ids.asking = await done(
    await audits.submit(organisation, { ...handed, subject: 'Kvitto', class: 'transactional' }, false),
  );
  const hostile = {
    ...handed,
    from: `"${evil.replace('"', "'")}" <a@example.se>`,
    subject: `${evil} ${long}`,
    mailFrom: long,
  };
  ids.hostile = await done(await audits.submit(organisation, hostile, false));
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await examples?.close();
  await drawing?.close();
});

/** Fills in what cannot be audited, and sends it: the page that answers has its errors. */
async function sendFaulty(page: Page): Promise<void> {
  await page.goto(`${site.url}/`);
  await page.type('#from', 'example.se');
  await page.type('#mailFrom', `${long} x`);
  await Promise.all([page.waitForNavigation(), page.click('form#audit .btn.main')]);
}

async function answerFaulty(page: Page): Promise<void> {
  await page.goto(`${site.url}/audits/${ids.asking}`);
  await page.type('#ask-mail-from', 'a b');
  await Promise.all([page.waitForNavigation(), page.click('.ask .btn')]);
}

async function correctFaulty(page: Page): Promise<void> {
  await page.goto(`${site.url}/audits/${ids.asking}`);
  await page.click('#correct summary');
  await page.type('#new-mailFrom', 'a b');
  await Promise.all([page.waitForNavigation(), page.click('#correct .btn')]);
}

async function askToRevoke(page: Page): Promise<void> {
  await makeKey(page);
  await Promise.all([page.waitForNavigation(), page.click('tbody a.btn')]);
}

async function revokeKey(page: Page): Promise<void> {
  await askToRevoke(page);
  await Promise.all([page.waitForNavigation(), page.click('main .btn.main')]);
}

async function makeKey(page: Page): Promise<void> {
  await page.goto(`${site.url}/keys`);
  await page.type('#name', `Nyckeln till ${long}`);
  await Promise.all([page.waitForNavigation(), page.click('main .btn.main')]);
}

const to = (path: () => string) => async (page: Page) => void (await page.goto(`${site.url}${path()}`));
/** A link shows the form filled in, and asks nothing. */
const asked = (path: () => string) => async (page: Page) => {
  await to(path)(page);
  await Promise.all([page.waitForNavigation(), page.click('#ask-domain .btn.main')]);
};
const rows: [string, (page: Page) => Promise<void>, { signedIn: boolean }?][] = [
  ['sign-in', to(() => '/sign-in'), { signedIn: false }],
  ['sign-in with a link', to(() => '/sign-in?token=abc'), { signedIn: false }],
  ['form', to(() => '/')],
  ['form with errors', sendFaulty],
  ['report, clear', to(() => `/audits/${ids.clear}`)],
  ['report, blocked', to(() => `/audits/${ids.faults}`)],
  ['report, undecided', to(() => `/audits/${ids.silent}`)],
  ['report that asks', to(() => `/audits/${ids.asking}`)],
  ['answer with errors', answerFaulty],
  ['corrected version with errors', correctFaulty],
  ['report of hostile texts', to(() => `/audits/${ids.hostile}`)],
  ['domain, form', to(() => '/domains')],
  ['domain with errors', asked(() => `/domains?domain=a%20b&sendingAddresses=${long}`)],
  ['domain that asks', asked(() => '/domains?domain=example.se')],
  ['domain in order', asked(() => '/domains?domain=example.se&mailFrom=mejl.example.se&dkimSelectors=s1')],
  ['history', to(() => '/audits')],
  ['history past its end', to(() => '/audits?before=aud_0')],
  ['keys, one just made', makeKey],
  ['a key to be revoked', askToRevoke],
  ['keys, one just revoked', revokeKey],
  ['keys', to(() => '/keys')],
  ['docs', to(() => '/docs')],
  ['a page that is not there', to(() => '/nothing')],
];

const dressed = [
  [1280, 'light'],
  [1280, 'dark'],
  [390, 'light'],
  [390, 'dark'],
] as const;

const inspect = (page: Page) => inspectIn(page, dressed, [390, 320]);

test('a page with faults is seen to have them', async () => {
  const { page, faults, close } = await openPage(browser, site);
  await page.goto(`${site.url}/`);
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.setAttribute('style', 'color: red');
    input.style.minWidth = '500px';
    document.querySelector('main')?.append(input);
  });
  expect((await inspect(page)).join()).toMatch(/label: <input.*390: the page is/s);
  expect(faults.join()).toContain('Content Security Policy');
  await close();
});

describe.each(['en', 'sv'])('%s', (locale) => {
  // A new page for each would take longer than the looking.
  const pages = new Map<boolean, Awaited<ReturnType<typeof openPage>>>();
  beforeAll(async () => {
    for (const signedIn of [true, false]) {
      pages.set(signedIn, await openPage(browser, site, { signedIn, locale }));
    }
  });
  afterAll(async () => {
    for (const { close } of pages.values()) await close();
  });

  test.each(rows)(
    '%s: no violation, no sideways scroll, no fault',
    async (_, visit, who = { signedIn: true }) => {
      const opened = pages.get(who.signedIn);
      if (!opened) throw new Error('no page');
      const { page, faults } = opened;
      faults.splice(0);
      await visit(page);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale);
      expect(await inspect(page)).toEqual([]);
      expect(faults).toEqual([]);
    },
    // The docs take a quarter of a minute on a core of their own.
    90_000,
  );
});

describe('a site of its own', () => {
  let quiet: Site;
  beforeAll(async () => {
    const resolving = createPreflight(rules, ruleSet, {
      resolver: { ask: () => Promise.reject(new Error('nobody asks')) },
      browser: drawing,
      clock,
      policy,
      clients,
    });
    slow = slowly(resolving);
    quiet = await openSite({ preflight: slow.slow });
  });
  afterAll(async () => {
    slow.end();
    await quiet.close();
  });

  /** Sends the form as a person does, and is then on the page of the audit under way. */
  async function begin(page: Page): Promise<string> {
    await page.goto(`${quiet.url}/`);
    await page.type('#source', '<p>Hej!</p>');
    await page.type('#from', sound.from);
    await Promise.all([page.waitForNavigation(), page.click('form#audit .btn.main')]);
    return new URL(page.url()).pathname;
  }

  test('no reports yet', async () => {
    for (const locale of ['en', 'sv']) {
      const { page, faults, close } = await openPage(browser, quiet, { locale });
      await page.goto(`${quiet.url}/audits`);
      expect(await page.$$('table')).toEqual([]);
      expect(await page.$eval('main a', (link) => link.getAttribute('href'))).toBe('/');
      expect(await inspect(page)).toEqual([]);
      expect(faults).toEqual([]);
      await close();
    }
  });

  test('an audit under way is renewed in place, and goes to its report by itself', async () => {
    const { page, faults, close } = await openPage(browser, quiet, { locale: 'sv' });
    const path = await begin(page);
    await page.waitForFunction(() => document.querySelectorAll('#steps li').length === 6);
    await page.waitForFunction(() => document.getElementById('status')?.textContent === '2 av 6 steg klara');
    expect(await inspect(page)).toEqual([]);
    await page.evaluate(() => {
      document.documentElement.dataset.kept = 'yes';
      document.querySelector<HTMLElement>('main .btn')?.focus();
    });
    slow.tell({ fact: 'dmarc', state: 'known' });
    await page.waitForFunction(() => document.getElementById('status')?.textContent === '3 av 6 steg klara');
    const seen = await page.evaluate(() => [
      document.documentElement.dataset.kept,
      document.activeElement?.className,
      document.querySelector('#steps .undecided .state')?.textContent,
      document.querySelector<HTMLProgressElement>('#whole')?.value,
    ]);
    expect(seen).toEqual(['yes', 'btn main', 'Inget svar', 3]);
    slow.end();
    await page.waitForSelector('.decision');
    expect(new URL(page.url()).pathname).toBe(path);
    expect(faults).toEqual([]);
    await close();
  });

  test('a stream that breaks does not keep the page from its report', async () => {
    const { page, close } = await openPage(browser, quiet);
    await page.setRequestInterception(true);
    let broken = 0;
    page.on('request', (request) => {
      if (!request.url().endsWith('/events')) return void request.continue();
      broken += 1;
      return void request.abort();
    });
    await begin(page);
    slow.end();
    await page.waitForSelector('.decision');
    expect(broken).toBeGreaterThan(0);
    await close();
  });

  test('without script the page loads itself again until there is a report', async () => {
    const { page, close } = await openPage(browser, quiet);
    await page.setJavaScriptEnabled(false);
    await begin(page);
    expect(await page.content()).toContain('id="steps"');
    slow.end();
    // A look every two seconds; beside other tests an audit with its pictures takes many of them.
    for (let looks = 0; looks < 30 && !(await page.content()).includes('class="decision'); looks++) {
      await page.waitForNavigation();
    }
    expect(await page.content()).toContain('class="decision');
    await close();
  }, 90_000);
});

describe('by keyboard', () => {
  test('the skip link comes first and leads to the content', async () => {
    const { page, close } = await openPage(browser, site);
    await page.goto(`${site.url}/`);
    expect(await tabbed(page, 1)).toEqual(['Skip to content']);
    expect(await page.$eval('.skip', (link) => link.getBoundingClientRect().left)).toBeGreaterThan(0);
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    expect((await tabbed(page, 7)).slice(0, 5)).toEqual(['file', 'source', 'subject', 'class', 'from']);
    await close();
  });

  test('what a report asks for is answered, and judged again', async () => {
    const { page, faults, close } = await openPage(browser, site);
    await page.goto(`${site.url}/audits/${ids.asking}`);
    await page.focus('.mends a[href="#ask-mail-from"]');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash === '#ask-mail-from');
    const names = await tabbed(page, 1);
    // A link to a field moves the focus there or just before it.
    if (!names.includes('ask-mail-from')) await page.focus('#ask-mail-from');
    await page.keyboard.type('mejl.example.se');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    await page.waitForSelector('.decision');
    expect(new URL(page.url()).pathname).not.toBe(`/audits/${ids.asking}`);
    expect(await page.$('.ask')).toBeNull();
    expect(await page.$eval('.about', (about) => about.textContent)).toContain('mejl.example.se');
    expect(faults).toEqual([]);
    await close();
  });

  test('previews are chosen by appearance and device', async () => {
    const { page, close } = await openPage(browser, site);
    await page.goto(`${site.url}/audits/${ids.clear}`);
    const shown = () =>
      page.$$eval('.thumb', (all) =>
        all
          .filter((one) => one.getClientRects().length > 0)
          .map((one) => `${one.getAttribute('data-d')} ${one.getAttribute('data-m')}`),
      );
    const views = clients.flatMap(({ device, schemes }) => schemes.map((scheme) => `${device} ${scheme}`));
    expect(await shown()).toEqual(views);
    await page.focus('#m-all');
    await page.keyboard.press('ArrowRight');
    expect(await shown()).toEqual(views.filter((view) => view.endsWith('light')));
    await page.keyboard.press('ArrowRight');
    expect(await shown()).toEqual(views.filter((view) => view.endsWith('dark')));
    await page.focus('#d-phone');
    await page.keyboard.press('Space');
    expect(await shown()).toEqual(['phone dark']);
    await close();
  });
});

test('a picture opened in full is shown as the browser shows any, and nothing is refused', async () => {
  const { page, faults, close } = await openPage(browser, site);
  await page.goto(`${site.url}/audits/${ids.clear}`);
  const address = await page.$eval('.thumb a', (link) => link.getAttribute('href'));
  const answer = await page.goto(`${site.url}${address}`);
  expect(answer?.headers()['content-security-policy']).toMatch(
    /^default-src 'none'; .*frame-ancestors 'none'/,
  );
  const { left, right, loaded } = await page.$eval('img', (image) => {
    const box = image.getBoundingClientRect();
    return {
      left: box.left,
      right: innerWidth - box.right,
      loaded: (image as HTMLImageElement).naturalWidth,
    };
  });
  expect(loaded).toBeGreaterThan(100);
  // In the middle: the viewer's own layout holds.
  expect(Math.abs(left - right)).toBeLessThan(2);
  // Only a browser with tabs asks for it by itself.
  expect((await site.anonymous.request('/favicon.ico')).status).toBe(204);
  expect(faults).toEqual([]);
  await close();
});

test('one click selects a new value, and its button copies it', async () => {
  const { page, faults, close } = await openPage(browser, site);
  // A headless shell has no clipboard to ask for leave to write to.
  await page.evaluateOnNewDocument(() => {
    Clipboard.prototype.writeText = async (text) => {
      document.documentElement.dataset.copied = text;
    };
  });
  await page.goto(`${site.url}/audits/${ids.faults}`);
  const value = await page.$eval('.change ins code', (code) => code.textContent);
  await page.click('.change ins code');
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(value);
  await page.click('.change ins .copy');
  await page.waitForFunction(
    () => document.querySelector('.change ins [role=status]')?.textContent === 'Copied',
  );
  expect(await page.evaluate(() => document.documentElement.dataset.copied)).toBe(value);
  expect(faults).toEqual([]);
  await close();
});

test('where script runs, times stand in the reader’s own time zone; without it in UTC', async () => {
  const { page, close } = await openPage(browser, site);
  await page.emulateTimezone('Asia/Tokyo');
  const first = () => page.$eval('time', (time) => [time.dateTime, time.textContent] as const);
  const hour = (text: string | null | undefined) => Number(/(\d\d):\d\d/.exec(text ?? '')?.[1]);
  await page.goto(`${site.url}/audits/${ids.clear}`);
  const [at, tokyo] = await first();
  expect(hour(tokyo)).toBe((new Date(at).getUTCHours() + 9) % 24);
  await page.setJavaScriptEnabled(false);
  await page.reload();
  const [, utc] = await first();
  expect([hour(utc), /UTC$/.test(utc ?? '')]).toEqual([new Date(at).getUTCHours(), true]);
  await close();
});

test('the other language of a form keeps what has been typed', async () => {
  const { page, close } = await openPage(browser, site);
  await page.goto(`${site.url}/`);
  await page.type('#subject', 'Höstmöte');
  await Promise.all([page.waitForNavigation(), page.click('a[hreflang]')]);
  expect(await page.$eval('html', ({ lang }) => lang)).toBe('sv');
  expect(await page.$eval('#subject', (field) => (field as HTMLInputElement).value)).toBe('Höstmöte');
  await close();
});

test('a document of its own shows its pictures whole, and is unfolded on paper', async () => {
  const { page, close } = await openPage(browser, site);
  await page.goto(`${site.url}/v1/audits/${ids.faults}/report?format=html`);
  const shares = await page.$$eval('.thumb img', (all) =>
    all.map(
      (one) =>
        [
          one.clientHeight / one.clientWidth,
          Number(one.getAttribute('height')) / Number(one.getAttribute('width')),
        ] as const,
    ),
  );
  expect(shares.length).toBeGreaterThan(0);
  for (const [shown, whole] of shares) expect(shown).toBeCloseTo(whole, 1);
  await page.emulateMediaType('print');
  const hidden = await page.$$eval('details > :not(summary)', (all) =>
    all
      .filter((one) => !one.checkVisibility({ contentVisibilityAuto: true }))
      .map(({ outerHTML }) => outerHTML),
  );
  expect(hidden).toEqual([]);
  await close();
});

test('what holds no mail back is folded, and a link to it opens it', async () => {
  const { page, faults, close } = await openPage(browser, site);
  await page.goto(`${site.url}/audits/${ids.faults}`);
  const folded = await page.$$eval('.finding:has(> .whole-card)', (all) => all.map(({ id }) => id));
  const stopping = await page.$$eval('.finding.blocked > .whole-card', (all) => all.length);
  expect([folded.length > 0, stopping]).toEqual([true, 0]);
  const isOpen = (id: string) =>
    page.$eval(`[id="${id}"] > details`, (one) => (one as HTMLDetailsElement).open);
  const [first = '', second = ''] = folded;
  expect(await isOpen(first)).toBe(false);
  await page.evaluate((id) => {
    location.hash = id;
  }, first);
  await page.waitForFunction((id) => document.querySelector(`[id="${id}"] > [open]`), {}, first);
  expect(await isOpen(second)).toBe(false);
  await page.goto(`${site.url}/audits/${ids.faults}?again#${second}`);
  expect(await isOpen(second)).toBe(true);
  expect(faults).toEqual([]);
  await close();
});

test('on paper a report is light and unfolded, without what leads on', async () => {
  const { page, close } = await openPage(browser, site);
  await page.goto(`${site.url}/audits/${ids.faults}`);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await page.emulateMediaType('print');
  const seen = await page.evaluate(() => ({
    background: getComputedStyle(document.documentElement).backgroundColor,
    evidence: document.querySelector('.finding pre')?.checkVisibility({ contentVisibilityAuto: true }),
    left: [...document.querySelectorAll('nav, form, .copy')].filter((one) => one.checkVisibility()).length,
  }));
  expect(seen).toEqual({ background: 'rgb(255, 255, 255)', evidence: true, left: 0 });
  await close();
});
