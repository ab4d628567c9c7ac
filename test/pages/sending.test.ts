/**
 * The pages of sending in a real browser: nothing for axe-core to find, no width to scroll sideways, each act with
 * its question, live with script and whole without it.
 */
import { load } from 'cheerio';
import type { Browser as Chromium, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { warmUps } from '../../rules/warm-up.ts';
import { alertKinds, pauseReasons, type RouteShare } from '../../src/campaigns/campaign.ts';
import { sayAnswer, sayOutcome } from '../../src/campaigns/delivery-words.ts';
import { clearanceWords } from '../../src/clearance/words.ts';
import { seriesOf, totalOf } from '../../src/http/pages/mailing/series.ts';
import type { TallyRow, TransportInfo } from '../../src/ports.ts';
import type { SenderRoute } from '../../src/senders/sender.ts';
import { senderWords } from '../../src/senders/words.ts';
import { testBrowser } from '../browser.ts';
import {
  campaignOf,
  deliveryOf,
  fakeCampaigns,
  fakeClearances,
  fakeRecipients,
  fakeSenders,
  type Kept,
  keptOf,
  noCounts,
  senderOf,
} from '../http/sending-fake.ts';
import { postJson, sound } from '../http/service.ts';
import { type Dress, inspect as inspectIn, openBrowser, openPage, openSite, type Site } from './site.ts';

const now = '2026-11-22T10:53:00.000Z';
const long = 'tradgardsforeningen-bjorkangen-och-kringliggande-byar.nyhetsbrev.utskick.example.se';
const evil = '\u202e"><script>alert(1)</script>';

const transports: TransportInfo[] = [
  {
    id: 'ses',
    kind: 'ses',
    provider: 'Amazon SES',
    country: 'SE',
    place: 'eu-north-1',
    spf: null,
    standardFor: [],
  },
  {
    id: 'own',
    kind: 'smtp',
    provider: 'AuthSMTP',
    country: 'GB',
    place: 'mail.authsmtp.com:465',
    spf: null,
    standardFor: [],
  },
];
const ses: RouteShare = {
  transport: 'ses',
  provider: 'Amazon SES',
  country: 'SE',
  role: 'primary',
  state: 'rests',
  accepted: 1640,
  rejected: 28,
  unknown: 6,
  returned: 58,
  bounced: 86,
  complained: 1,
  bouncesSeen: true,
  bounceRate: 0.0524,
  rehearsedAt: null,
  nextTryAt: null,
};
const own: RouteShare = {
  transport: 'own',
  provider: 'AuthSMTP',
  country: 'GB',
  role: 'reserve',
  state: 'carries',
  accepted: 1488,
  rejected: 26,
  unknown: 6,
  returned: 26,
  bounced: 52,
  complained: 0,
  bouncesSeen: true,
  bounceRate: 0.0349,
  rehearsedAt: '2026-11-22T09:58:00.000Z',
  nextTryAt: null,
};

const minuteOf = (i: number) => new Date(Date.UTC(2026, 10, 22, 10, 26) + i * 60_000).toISOString();
const tallyOf = (count: number): TallyRow[] =>
  Array.from({ length: count }, (_, i) => ({
    minute: minuteOf(i),
    route: i < 14 ? 'ses' : 'own',
    accepted: 110,
    rejected: 2,
    unknown: i % 9 === 0 ? 3 : 0,
    delivered: 90,
    bounced: 5,
    complained: 0,
  }));

const routeOf = (more: Partial<SenderRoute>): SenderRoute => ({
  domain: 'example.se',
  transport: 'ses',
  role: 'primary',
  mailFrom: 'mejl.example.se',
  dkim: [{ d: 'example.se', s: 's1' }],
  createdAt: now,
  returns: null,
  rehearsal: null,
  unseenBounces: null,
  provider: 'Amazon SES',
  country: 'SE',
  armed: false,
  records: [{ name: 'mejl.example.se', type: 'MX', data: '10 feedback-smtp.example', why: 'mx' }],
  gaps: ['spf'],
  ...more,
});
const rehearsal = {
  startedAt: now,
  endedAt: now,
  passed: false,
  returns: false,
  problems: ['spf', 'dmarc-failed', 'bounces-elsewhere'],
  spf: 'softfail',
  dkim: 'pass',
  dmarc: 'fail',
  envelopeFrom: `b+x@${long}`,
  dkimDomains: [],
  ip: '192.0.2.8',
  tls: true,
  detail: evil,
};

const ids = {
  sending: 'cmp_000000000000000a',
  confirm: 'cmp_000000000000000b',
  earlier: 'cmp_00000000000000ea',
  nobody: 'cmp_00000000000000eb',
  awaiting: 'cmp_000000000000000c',
  paused: 'cmp_000000000000000d',
  done: 'cmp_000000000000000e',
  reading: 'cmp_000000000000000f',
};

let browser: Chromium;
let site: Site;
let fake: ReturnType<typeof fakeCampaigns>;
let clearances: ReturnType<typeof fakeClearances>;
let senders: ReturnType<typeof fakeSenders>;
let recipients: ReturnType<typeof fakeRecipients>;
let audit: string;
let drawing: ReturnType<typeof testBrowser>;

function fill(): void {
  const put = (id: string, campaign: Parameters<typeof campaignOf>[0], more: Partial<Kept> = {}) =>
    fake.kept.set(
      id,
      keptOf(campaignOf({ id, subject: `${evil} ${long}`, domain: long, ...campaign }), more),
    );
  const deliveries = Array.from({ length: 60 }, (_, i) =>
    deliveryOf(i + 1, {
      state: i % 3 === 0 ? 'bounced' : 'delivered',
      address: i % 3 === 0 ? `ett-langt-namn-${i}@${long}` : `reader${i}@example.org`,
      route: 'ses',
      settledAt: now,
      ...(i % 3 === 0
        ? { code: '550', enhanced: '5.1.1', response: `no such user ${evil}`, bounceClass: 'bad-address' }
        : {}),
    }),
  );
  const counts = { ...noCounts, delivered: 2566, accepted: 412, bounced: 138, unknown: 12, pending: 1684 };
  put(
    ids.sending,
    {
      state: 'sending',
      recipients: 4812,
      lines: 4840,
      leftOut: { duplicate: 28 },
      counts,
      switched: 'bounce-rate',
      route: 'own',
    },
    {
      routes: [ses, own],
      tally: tallyOf(27),
      deliveries,
      pace: 115.2,
      endsAt: '2026-11-22T11:08:00.000Z',
      alerts: [
        { id: 'a1', campaign: ids.sending, kind: 'switched-to-reserve', data: { percent: 5.2 }, at: now },
        { id: 'a2', campaign: ids.sending, kind: 'sandbox', data: {}, at: now },
      ],
      warmUp: { plan: 'full', day: 12, days: 56, cap: 5000, sentToday: 3128, steps: [] },
    },
  );
  put(
    ids.confirm,
    {
      state: 'paused',
      pauseReason: 'to-confirm',
      recipients: 4812,
      lines: 4840,
      leftOut: { duplicate: 20, 'field-too-long': 8 },
      counts: { ...noCounts, pending: 4812 },
    },
    {
      routes: [
        { ...ses, state: 'carries' },
        { ...own, state: 'unarmed' },
      ],
      deliveries,
    },
  );
  put(
    ids.earlier,
    {
      state: 'paused',
      pauseReason: 'to-confirm',
      recipients: 4,
      lines: 4,
      earlier: 2,
      counts: { ...noCounts, pending: 4 },
    },
    { deliveries },
  );
  put(ids.nobody, {
    state: 'paused',
    pauseReason: 'nobody',
    lines: 3,
    leftOut: { 'field-link': 2, 'field-markup': 1 },
  });
  put(ids.awaiting, { pauseReason: 'to-confirm' });
  put(ids.paused, {
    state: 'paused',
    pauseReason: 'complaint-rate',
    recipients: 3,
    lines: 3,
    counts: { ...noCounts, pending: 3 },
  });
  put(
    ids.done,
    { state: 'done', recipients: 2, lines: 2, counts: { ...noCounts, delivered: 2 }, finishedAt: now },
    { routes: [{ ...ses, state: 'carries' }], tally: tallyOf(1) },
  );
  put(ids.reading, { importing: true, lines: 120_000 });
}

beforeAll(async () => {
  let organisation = '';
  fake = fakeCampaigns(() => organisation);
  clearances = fakeClearances();
  recipients = fakeRecipients();
  drawing = testBrowser();
  senders = fakeSenders([
    senderOf('example.se', {
      warmUp: { plan: 'full', from: '2026-11-10' },
      routes: [
        routeOf({}),
        routeOf({
          transport: 'own',
          role: 'reserve',
          mailFrom: long,
          provider: 'AuthSMTP',
          country: 'GB',
          rehearsal,
        }),
      ],
    }),
    senderOf(long, { state: 'pending', provedAt: null, checkedAt: null }),
    senderOf('borta.example.org', { state: 'lapsed' }),
  ]);
  site = await openSite({
    browser: drawing,
    audits: {
      routesOf: async () => [
        {
          transport: 'ses',
          mail_from: 'mejl.example.se',
          dkim: [{ d: 'example.se', s: 's1' }],
          signed_by: [],
        },
      ],
    },
    app: {
      campaigns: fake.campaigns,
      clearances,
      senders,
      recipients,
      transports,
      warmUps,
      clock: { now: () => new Date(now) },
    },
  });
  organisation = site.organisation;
  fill();
  browser = await openBrowser();
  const done = await postJson(
    site,
    { ...sound, mailFrom: undefined, class: 'transactional', previews: true },
    { prefer: 'wait=60' },
  );
  audit = ((await done.json()) as { id: string }).id;
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await drawing?.close();
});

const pages: [string, () => string][] = [
  ['mailings', () => '/mailings'],
  ['mailing under way', () => `/mailings/${ids.sending}`],
  ['mailing to confirm', () => `/mailings/${ids.confirm}`],
  ['mailing of a corrected version', () => `/mailings/${ids.earlier}`],
  ['mailing to nobody', () => `/mailings/${ids.nobody}`],
  ['mailing without a list', () => `/mailings/${ids.awaiting}?fault=list-address-column`],
  ['mailing paused', () => `/mailings/${ids.paused}`],
  ['mailing done', () => `/mailings/${ids.done}`],
  ['mailing whose list is read', () => `/mailings/${ids.reading}`],
  ['recipients of one outcome', () => `/mailings/${ids.sending}?state=delivered`],
  ['question before cancelling', () => `/mailings/${ids.sending}/cancel`],
  ['question about unknowns', () => `/mailings/${ids.sending}/unknown`],
  ['new mailing', () => `/mailings/new?audit=${audit}`],
  ['new mailing, which report', () => '/mailings/new'],
  ['senders', () => '/senders'],
  ['sender', () => '/senders/example.se'],
  ['sender to be proved', () => `/senders/${long}`],
  ['question before a sender is removed', () => '/senders/example.se/remove'],
  ['recipients', () => '/recipients'],
  ['data', () => '/data'],
];

const dresses: readonly Dress[] = [
  [1280, 'light'],
  [390, 'dark'],
];
const inspect = (page: Page) => inspectIn(page, dresses, [390, 320]);

describe.each(['en', 'sv'])('in %s', (locale) => {
  // A new page for each would take longer than the looking.
  let opened: Awaited<ReturnType<typeof openPage>>;
  beforeAll(async () => {
    opened = await openPage(browser, site, { locale });
  });
  afterAll(() => opened.close());

  test.each(pages)('%s: sound in every dress', async (_, path) => {
    const { page, faults } = opened;
    faults.splice(0);
    const response = await page.goto(site.url + path());
    expect(response?.ok() || response?.status() === 422).toBe(true);
    expect(await inspect(page)).toEqual([]);
    expect(await page.$eval('body', (body) => body.innerText)).not.toMatch(/undefined|NaN|\[object/);
    expect(faults).toEqual([]);
  });
});

test.each(['en', 'sv'])(
  'a recipient that was searched for is sound in every dress, in %s',
  async (locale) => {
    const at = '2026-11-20T10:00:00.000Z';
    recipients.suppressions = (['complaint', 'erased', 'bad-address', 'unsubscribe'] as const).map(
      (reason) => ({
        reason,
        at,
      }),
    );
    const { page, faults, close } = await openPage(browser, site, { locale });
    await page.goto(`${site.url}/recipients`);
    await page.type('#address', `ett-langt-namn@${long}`);
    await Promise.all([page.waitForNavigation(), page.click('#find button')]);
    expect(await page.$$eval('.reason', (all) => all.length)).toBe(4);
    expect(await inspect(page)).toEqual([]);
    expect(page.url()).toBe(`${site.url}/recipients`);
    // In the other language the same person is shown.
    await page.evaluate(() => (document.querySelector('.own button[formaction]') as HTMLElement).click());
    await page.waitForFunction(
      (one) => document.documentElement.lang !== one && document.querySelector('.reason'),
      {},
      locale,
    );
    expect(faults).toEqual([]);
    recipients.suppressions = [];
    await close();
  },
);

test.each(['en', 'sv'])(
  'recipients of a mailing are searched for, and their address stands nowhere, in %s',
  async (locale) => {
    const { page, faults, close } = await openPage(browser, site, { locale });
    await page.setViewport({ width: 390, height: 900 });
    await page.goto(`${site.url}/mailings/${ids.sending}`);
    await page.type('#search', 'reader');
    await Promise.all([page.waitForNavigation(), page.click('#find-people button')]);
    const people = () =>
      page.$$eval('.people tbody tr', (all) => all.map((row) => row.textContent?.split(' ')[0] ?? ''));
    const shown = await people();
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every((row) => row.includes('reader'))).toBe(true);
    expect(await page.$eval('#search', (field) => (field as HTMLInputElement).value)).toBe('reader');
    expect(new URL(page.url()).search).toBe('');
    expect(await inspect(page)).toEqual([]);
    const next = await page.$('#people nav form:last-child button');
    expect(next).not.toBeNull();
    await Promise.all([page.waitForNavigation(), next?.click()]);
    expect(await people()).not.toEqual(shown);
    expect(await page.$eval('#search', (field) => (field as HTMLInputElement).value)).toBe('reader');
    // In the other language the same people are shown.
    await page.evaluate(() => (document.querySelector('.own button[formaction]') as HTMLElement).click());
    await page.waitForFunction((one) => document.documentElement.lang !== one, {}, locale);
    expect(await people()).toEqual(shown);
    expect(page.url()).not.toContain('reader');
    await page.goto(page.url());
    expect(await page.$eval('#search', (field) => (field as HTMLInputElement).value)).toBe('');
    expect(faults).toEqual([]);
    await close();
  },
);

const browserHeaders = { accept: 'text/html' };
const get = async (path: string) =>
  load(await (await site.app.request(path, { headers: browserHeaders })).text());
const post = (path: string, fields: Record<string, string | File> = {}) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return site.app.request(path, { method: 'POST', headers: browserHeaders, body });
};

test('a mailing under way says how far, how fast, by which server and why', async () => {
  const page = await get(`/mailings/${ids.sending}`);
  expect(page('.big').text()).toBe('65%');
  expect(page('#progress').text()).toContain(
    '3,128 of 4,812 have had their turn: 3,116 handed over, 12 unknown',
  );
  expect(page('#progress').text()).toContain('115 a minute, about 15 minutes left');
  expect(page('[role=alert]').text()).toMatch(/backup/i);
  expect(page('.card.now').text()).toContain('AuthSMTP, United Kingdom');
  // The ledger adds up to what was taken in.
  const sums = page('#ledger tbody td:nth-child(2) a')
    .toArray()
    .map((cell) => Number(page(cell).contents().first().text().replace(/\D/g, '')));
  expect(sums.reduce((sum, count) => sum + count, 0)).toBe(4812);
});

test('a mailing tells how many have unsubscribed, and where to look for one', async () => {
  const page = await get(`/mailings/${ids.sending}`);
  expect(page('#ledger').text()).toContain('One recipient has unsubscribed');
  expect(page('#ledger a[href="/recipients"]')).toHaveLength(1);
});

test('every reason to pause is told in words', async () => {
  const kept = fake.kept.get(ids.paused) as Kept;
  for (const pauseReason of pauseReasons.filter((one) => one !== 'to-confirm' && one !== 'nobody')) {
    kept.campaign = { ...kept.campaign, state: 'paused', pauseReason };
    const said = (await get(`/mailings/${ids.paused}`))('[role=alert]').text();
    expect(said.length).toBeGreaterThan(60);
    expect(said).not.toMatch(/undefined|NaN/);
  }
  fill();
});

test('a corrected version: who has the earlier one is told before the yes, and may be left out', async () => {
  const page = await get(`/mailings/${ids.earlier}`);
  expect(page('main').text()).toContain('2 of them have got an earlier version');
  expect(
    page('form[action$="/send"] button')
      .toArray()
      .map((one) => page(one).text()),
  ).toEqual(['Send only to the other 2', 'Send to all 4']);
  expect(page('form[action$="/send"] input').attr('value')).toBe('on');
  fake.calls.length = 0;
  await post(`/mailings/${ids.earlier}/send`, { leaveOutEarlier: 'on' });
  expect(fake.calls).toEqual([['resume', undefined, 'leave-out-earlier']]);
  fake.calls.length = 0;
  fill();
});

test('nobody to send to: the page and the list say the same, each reason has its words, and it can be cancelled', async () => {
  const page = await get(`/mailings/${ids.nobody}?locale=sv`);
  expect(page('h1').text()).toBe('Ingen att skicka till');
  expect(page('form[action$="/send"]')).toHaveLength(0);
  expect(page(`a[href="/mailings/${ids.nobody}/cancel"]`)).toHaveLength(1);
  const items = page('#confirm').parent().find('li').toArray();
  expect(items.map((one) => page(one).text())).toEqual([
    '2: ett värde som ska vara text innehåller en länk',
    '1: ett värde innehåller kod (HTML)',
  ]);
  const list = await get('/mailings?locale=sv');
  const row = list('tr').filter((_, one) => list(one).find(`a[href="/mailings/${ids.nobody}"]`).length > 0);
  expect(row.text()).toContain('Ingen att skicka till');
});

test('one that waits for its list can be cancelled, and names the columns that were missing', async () => {
  const query = 'fault=list-columns-missing&missing=first_name&columns=E-post%2C+F%C3%B6rnamn';
  const page = await get(`/mailings/${ids.awaiting}?${query}&locale=sv`);
  expect(page('[role=alert], .error, main').text()).toContain(
    'Listan saknar kolumnen first_name, som mejlet behöver. Den har E-post, Förnamn.',
  );
  expect(page(`a[href="/mailings/${ids.awaiting}/cancel"]`)).toHaveLength(1);
  expect((await get(`/mailings/${ids.awaiting}/cancel?locale=sv`))('.lead').text()).toContain(
    'ingen lista än',
  );
});

test('who ordered, sent and paused it stands on the page, and what was left out stays there', async () => {
  const kept = fake.kept.get(ids.paused) as Kept;
  const { id: person } = (await site.access.members.list(site.organisation))[0] ?? { id: '' };
  const key = await site.access.createKey(site.organisation, { name: 'Kassan', scopes: ['sends:write'] });
  if (key.kind !== 'made') throw new Error('no key');
  const at = '2026-11-22T10:30:00.000Z';
  kept.campaign = { ...kept.campaign, pauseReason: 'person', leftOut: { duplicate: 1 } };
  kept.acts = [
    { act: 'paused', by: key.key.id, at },
    { act: 'resumed', by: 'per_gone', at },
    { act: 'ordered', by: person, at },
  ];
  const page = await get(`/mailings/${ids.paused}?locale=sv`);
  expect(page('[role=alert]').text()).toContain('Det pausades av nyckeln Kassan.');
  const acts = page('#acts').parent().find('li').toArray();
  expect(acts.map((one) => page(one).text().split(' ')[0])).toEqual(['Beställt', 'Skickat', 'Pausat']);
  expect(page(acts[1]).text()).toContain('av någon som inte är kvar');
  expect(page('#led').parent().text()).toContain('En rad utelämnades:');
  expect(page('#led').parent().text()).toContain('1: samma adress en gång till');
  fill();
});

test.each(['paused', 'done', 'cancelled'] as const)(
  'what is told beside a mailing that is %s never claims that it goes on',
  async (state) => {
    const kept = fake.kept.get(ids.sending) as Kept;
    const data = { provider: 'Amazon SES', reserve: 'AuthSMTP', what: 'sender', percent: 5.16, days: 3 };
    const pauseReason = state === 'paused' ? 'person' : null;
    kept.campaign = { ...kept.campaign, state, pauseReason, switched: 'bounce-rate' };
    kept.alerts = alertKinds.map((kind) => ({ id: kind, campaign: ids.sending, kind, data, at: now }));
    const english = (await get(`/mailings/${ids.sending}`)).text();
    expect(english).not.toMatch(/mailing goes on|goes out as it should|carries the mail again|has begun/i);
    expect(english).toContain('from the sender in the last 24 hours, 5.16% bounced');
    const swedish = (await get(`/mailings/${ids.sending}?locale=sv`)).text();
    expect(swedish).not.toMatch(/utskicket fortsätter|skickas som de ska|mejlen igen|har börjat/i);
    expect(swedish).toContain('det senaste dygnet studsade 5,16');
    fill();
  },
);

test('top, card, table and chart have the same counts in the same words', async () => {
  const kept = fake.kept.get(ids.sending) as Kept;
  const counts = { ...noCounts, accepted: 100, delivered: 42, bounced: 3, rejected: 8, pending: 151 };
  kept.campaign = { ...kept.campaign, recipients: 304, counts };
  kept.tally = [{ ...(tallyOf(1)[0] as TallyRow), accepted: 145, rejected: 8, unknown: 0, bounced: 11 }];
  kept.routes = [
    { ...ses, accepted: 145, rejected: 8, unknown: 0, returned: 3, bounced: 11, bounceRate: 0.072 },
  ];
  const page = await get(`/mailings/${ids.sending}`);
  const turns = '145 handed over, 8 rejected';
  expect(page('#progress').text()).toContain(`153 of 304 have had their turn: ${turns}`);
  expect(page('#routes').text()).toContain(`${turns}, 3 bounced`);
  expect(page('#routes').text()).toContain('in this mailing: 7.2%');
  expect(page('#ledger caption').text()).toContain(turns);
  const legend = page('#outcomes figcaption').text();
  for (const part of ['Accepted or delivered 142', 'Bounced (striped) 3', 'Rejected 8'])
    expect(legend).toContain(part);
  fill();
});

test('the wait for those who asked for it is told instead of a time that moves', async () => {
  const kept = fake.kept.get(ids.sending) as Kept;
  const putOff = { count: 6, until: '2026-11-22T11:08:00.000Z', asked: true };
  kept.campaign = { ...kept.campaign, putOff, plannedEnd: null };
  kept.endsAt = null;
  const told = (await get(`/mailings/${ids.sending}?locale=sv`))('#progress').text();
  expect(told).toContain('väntar på 6 som bett oss försöka igen (nästa försök');
  fill();
});

test('a mailing that begins by the backup server says so, why and in which country, before Send', async () => {
  const [id, kept] = [...fake.kept].find(([, { campaign }]) => campaign.pauseReason === 'to-confirm') as [
    string,
    Kept,
  ];
  const data = {
    what: 'sender',
    percent: 5.16,
    domain: 'example.se',
    by: 'Amazon SES',
    provider: 'Amazon SES',
  };
  const begins = {
    route: 'own',
    provider: 'AuthSMTP',
    country: 'GB',
    role: 'reserve',
    pauses: false,
  } as const;
  kept.campaign = { ...kept.campaign, begins: { ...begins, reason: 'bounce-rate', data } };
  const facts = (await get(`/mailings/${id}`))('.facts').text();
  expect(facts).toContain('AuthSMTP, United Kingdom');
  expect(facts).toContain('not by Amazon SES');
  expect(facts).toContain('by Amazon SES in the last 24 hours, 5.16% bounced');
  fill();
});

describe('the series of the chart', () => {
  test.each([
    [1, 1, 1],
    [60, 1, 60],
    [61, 2, 31],
    [1440, 30, 48],
    [100_000, 2880, 35],
  ])('%i minutes are in steps of %i', (minutes, step, bars) => {
    const rows = [0, minutes - 1].map((i) => ({
      ...(tallyOf(1)[0] as TallyRow),
      minute: new Date(i * 60_000).toISOString(),
    }));
    const series = seriesOf(rows, 6);
    expect([series?.step, series?.bars.length]).toEqual([step, bars]);
    expect(series?.bars.reduce((sum, bar) => sum + totalOf(bar), 0)).toBe(2 * Math.min(minutes, 1) * 115);
  });

  test.each([
    ['all that were refused were bad addresses', 8, 3],
    ['none of them was', 3, 3],
    ['some of them were, and a bounce was temporary', 4, 3],
  ])('shows everybody once, as the ledger does: %s', (_, bounced, inLedger) => {
    const row = { ...(tallyOf(1)[0] as TallyRow), accepted: 100, rejected: 5, unknown: 2, bounced };
    const [bar] = seriesOf([row], inLedger)?.bars ?? [];
    expect(bar).toMatchObject({ good: 97, unknown: 2, bounced: 3, rejected: 5, route: 'ses' });
    expect(bar && totalOf(bar)).toBe(107);
  });

  test('nothing has gone: there is none', () => expect(seriesOf([], 0)).toBeUndefined());
});

test('a new mailing is held until somebody says how many it is for', async () => {
  const form = await get(`/mailings/new?audit=${audit}`);
  const key = form('[name=key]').attr('value') ?? '';
  expect(key).toMatch(/^[0-9a-f-]{36}$/);
  const made = await post('/mailings', {
    audit,
    key,
    list: 'a@example.org\nb@example.org',
    startsAt: '2026-12-01T09:00',
    offset: '60',
    perMinute: '1 000',
  });
  expect(made.status).toBe(303);
  const [, , order, idempotencyKey] = fake.calls.find(([name]) => name === 'create') as [
    string,
    string,
    object,
    string,
  ];
  expect(order).toEqual({
    clearance: expect.stringMatching(/^token-/),
    hold: true,
    startsAt: '2026-12-01T09:00:00+01:00',
    perMinute: 1000,
  });
  expect(idempotencyKey).toBe(`page-${key}`);
  expect(fake.lists.at(-1)).toMatchObject({ format: 'csv', text: 'email\na@example.org\nb@example.org\n' });
  const path = made.headers.get('location') ?? '';
  const page = await get(path);
  expect(page('#confirm').text()).toBe('Send to 2 recipients');
  expect(fake.calls.filter(([name]) => name === 'resume')).toEqual([]);
  expect((await post(`${path}/send`)).status).toBe(303);
  expect(fake.calls.filter(([name]) => name === 'resume')).toHaveLength(1);
  // Sent a second time, the form makes nothing.
  const before = fake.kept.size;
  expect((await post('/mailings', { audit, key, list: 'a@example.org' })).headers.get('location')).toBe(
    '/mailings',
  );
  expect(fake.kept.size).toBe(before);
});

test.each([
  ['nothing', {}, 'Choose a file'],
  ['an empty file', { file: new File([], 'list.csv') }, 'Choose a file'],
  ['too large a file', { file: new File([new Uint8Array(20 * 1024 * 1024 + 1)], 'list.csv') }, '20 MB'],
])('%s is no list', async (_, fields, said) => {
  const response = await post('/mailings', { audit, ...fields });
  expect(response.status).toBe(422);
  const page = load(await response.text());
  expect(page('#file-e0').text()).toContain(said);
});

test('without a clearance nothing is made, and the page says why', async () => {
  clearances.refuse = 'facts-stale';
  const before = fake.kept.size;
  const response = await post('/mailings', { audit, list: 'a@example.org' });
  clearances.refuse = undefined;
  expect(response.status).toBe(422);
  expect(load(await response.text())('[role=alert]').text()).toContain(
    clearanceWords.en.refused['facts-stale'],
  );
  expect(fake.kept.size).toBe(before);
});

test('what is missing is told before there is a form', async () => {
  const marketing = await postJson(
    site,
    { ...sound, mailFrom: undefined, from: 'a@nowhere.example' },
    { prefer: 'wait=30' },
  );
  const { id } = (await marketing.json()) as { id: string };
  clearances.refuse = 'partial';
  const page = await get(`/mailings/new?audit=${id}`);
  clearances.refuse = undefined;
  const told = page('#missing').closest('section').text();
  // Previews were left out, nobody has the domain, and the service has no https address.
  expect(told).toContain(clearanceWords.en.refused.partial);
  expect(told).toContain('nowhere.example is not one of your senders');
  expect(told).toContain('KLARSIGNAL_URL');
  expect(page('form[action="/mailings"]')).toHaveLength(0);
});

test('a mailing is cancelled, resumed and decided only after a question', async () => {
  for (const question of ['cancel', 'resume', 'return', 'unknown']) {
    const page = await get(`/mailings/${ids.sending}/${question}`);
    expect(page(`form[action="/mailings/${ids.sending}/${question}"]`)).toHaveLength(1);
  }
  expect((await post(`/mailings/${ids.sending}/unknown`)).status).toBe(400);
  expect((await post(`/mailings/${ids.sending}/unknown`, { as: 'sent' })).status).toBe(303);
  expect(fake.calls.at(-1)).toEqual(['decideUnknown', 'sent']);
  expect((await post(`/mailings/${ids.sending}/cancel`)).status).toBe(303);
  expect(fake.kept.get(ids.sending)?.campaign.state).toBe('cancelled');
  fill();
});

test('the question before cancelling is asked while nothing goes', async () => {
  const page = await get(`/mailings/${ids.sending}`);
  const ask = page(`form[action="/mailings/${ids.sending}/pause"]:has(input[name=next])`);
  expect(ask.find('button').text()).toBe('Cancel the mailing');
  // A link that is followed pauses nothing, so the question says that mail still goes, and offers to pause.
  const open = await get(`/mailings/${ids.sending}/cancel`);
  expect(fake.kept.get(ids.sending)?.campaign.state).toBe('sending');
  expect(open('[role=alert]').text()).toContain('Mail goes out while you read this');
  expect(open('.btn.main').first().text()).toBe('Pause first');
  const paused = await post(`/mailings/${ids.sending}/pause`, { next: 'cancel' });
  expect(paused.headers.get('location')).toBe(`/mailings/${ids.sending}/cancel`);
  expect(fake.kept.get(ids.sending)?.campaign.state).toBe('paused');
  const asked = await get(`/mailings/${ids.sending}/cancel`);
  expect(asked('main').text()).toContain('paused');
  expect(asked(`a[href="/mailings/${ids.sending}/resume"]`)).toHaveLength(1);
  expect(asked('[role=alert]')).toHaveLength(0);
  // Nothing else is led to by it.
  const plain = await post(`/mailings/${ids.sending}/pause`, { next: '//evil.example' });
  expect(plain.headers.get('location')).toBe(`/mailings/${ids.sending}`);
  fill();
});

test('what was left out is not handed over', async () => {
  const kept = fake.kept.get(ids.done) as Kept;
  kept.campaign = { ...kept.campaign, recipients: 2, counts: { ...noCounts, suppressed: 2 } };
  const list = await get('/mailings');
  const row = list(`tr:has(a[href="/mailings/${ids.done}"])`);
  expect(row.text()).toContain('0 of 2');
  expect(row.text()).not.toContain('100%');
  const page = await get(`/mailings/${ids.done}`);
  expect(page('.big').text()).toBe('0%');
  expect(page('#progress').text()).toContain('2 were left out');
  fill();
});

test('an ended mailing tells in the past tense how it went', async () => {
  const kept = fake.kept.get(ids.done) as Kept;
  const data = { route: 'ses', provider: 'Amazon SES', reserve: 'AuthSMTP', percent: 5.2 };
  for (const kind of ['reserve-took-over', 'switched-to-reserve', 'primary-is-back', 'sandbox'] as const) {
    kept.alerts = [{ id: 'a9', campaign: ids.done, kind, data, at: now }];
    kept.routes = [
      { ...ses, accepted: 0, bounced: 0, complained: 0 },
      { ...own, state: 'carries' },
    ];
    for (const locale of ['en', 'sv']) {
      const page = await get(`/mailings/${ids.done}?locale=${locale}`);
      expect(page('main').text()).toContain('AuthSMTP');
      expect(page('main').text()).not.toMatch(/goes on|fortsätter|returns? it|byter tillbaka/i);
    }
    const first = (await get(`/mailings/${ids.done}?locale=en`))('#routes article').first().text();
    expect(first).toContain(kind === 'reserve-took-over' ? 'Could not be reached' : 'Was not needed');
  }
  fill();
});

test('a paused mailing has no pace and no time left', async () => {
  const kept = fake.kept.get(ids.paused) as Kept;
  kept.pace = 115;
  kept.endsAt = '2026-11-22T11:08:00.000Z';
  const told = (await get(`/mailings/${ids.paused}`))('#progress').text();
  expect(told).not.toMatch(/a minute|left \(/);
  fill();
});

test.each([
  [
    { state: 'bounced', code: '550', enhanced: '5.1.1', bounceClass: 'bad-address' },
    'The address does not exist',
  ],
  [{ state: 'bounced', code: '552', enhanced: '5.2.2', bounceClass: 'mailbox' }, 'The mailbox is full'],
  [{ state: 'pending', code: '451', enhanced: '4.7.1' }, 'The receiver asked us to try again later'],
  [{ state: 'pending', code: '550', enhanced: '5.7.1' }, 'The sending server does not take our mail'],
  [{ state: 'pending', code: '450' }, 'The receiver asked us to try again later'],
  [{ state: 'rejected', code: '554' }, 'The receiver refused the mail'],
  [{ state: 'rejected', code: 'MessageRejected' }, 'The sending server does not take the mail as it is'],
  [{ state: 'unknown', code: 'ETIMEDOUT' }, 'The sending server did not answer in time'],
  [{ state: 'unknown', code: 'interrupted' }, 'The service stopped while it was handed over'],
  [{ state: 'suppressed', code: 'unsubscribe' }, 'Has unsubscribed'],
  [{ state: 'bounced', bounceClass: 'unknown' }, 'No clear reason'],
  [{ state: 'accepted', code: '250', enhanced: '2.0.0' }, undefined],
  [{ state: 'delivered' }, undefined],
] as const)('%j is said in words', (row, said) => {
  const heard = deliveryOf(1, row);
  expect(sayAnswer(heard, 'en')).toBe(said);
  // Neither language lacks what the other has.
  expect(sayAnswer(heard, 'sv') === undefined).toBe(said === undefined);
  expect(sayOutcome(heard, 'sv')).not.toMatch(/undefined/);
});

test('an expired clearance is renewed when the mailing is resumed', async () => {
  const kept = fake.kept.get(ids.paused) as Kept;
  kept.campaign = { ...kept.campaign, pauseReason: 'clearance-expired' };
  expect((await post(`/mailings/${ids.paused}/resume`)).status).toBe(303);
  expect(fake.calls.at(-1)).toEqual(['resume', expect.stringMatching(/^token-/)]);
  fill();
});

test('with script the page renews its figures, and loads itself when its state changes', async () => {
  const { page, faults, close } = await openPage(browser, site);
  // The page's own clock runs fast, so that nobody waits.
  await page.evaluateOnNewDocument(() => {
    const every = window.setInterval;
    window.setInterval = ((act: () => void, ms: number) => every(act, ms / 50)) as typeof window.setInterval;
  });
  await page.goto(`${site.url}/mailings/${ids.sending}`);
  const kept = fake.kept.get(ids.sending) as Kept;
  kept.campaign = { ...kept.campaign, counts: { ...kept.campaign.counts, pending: 0, delivered: 4250 } };
  await page.waitForFunction(() => document.querySelector('.big')?.textContent === '100%');
  kept.campaign = { ...kept.campaign, state: 'done', finishedAt: now };
  await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Mailing done');
  expect(faults).toEqual([]);
  await close();
  fill();
});

test('a sender is added, checked, given a server and removed', async () => {
  expect((await post('/senders', { domain: 'nonsense' })).status).toBe(422);
  const added = await post('/senders', { domain: 'ny.example.org' });
  expect(added.headers.get('location')).toBe('/senders/ny.example.org');
  const page = await get('/senders/ny.example.org');
  expect(page('.whole').first().text()).toBe('_klarsignal.ny.example.org');
  const sent = await post('/senders/ny.example.org/check');
  expect([sent.status, sent.headers.get('location')]).toEqual([
    303,
    '/senders/ny.example.org?checked=not-found',
  ]);
  const checked = await get('/senders/ny.example.org?checked=not-found');
  expect(checked('[role=status]').text()).toContain('not there');
  const wrong = await post('/senders/ny.example.org/routes', {
    transport: 'ses',
    role: 'primary',
    mailFrom: 'else.example',
  });
  expect(wrong.status).toBe(422);
  const form = load(await wrong.text());
  expect(form('#mailFrom').attr('value')).toBe('else.example');
  expect(form('#mailFrom-e0').text()).not.toBe('');
  const routed = await post('/senders/ny.example.org/routes', {
    transport: 'ses',
    role: 'primary',
    mailFrom: 'm.ny.example.org',
    selector: '',
  });
  expect(routed.status).toBe(303);
  expect(senders.calls.at(-1)).toEqual([
    'putRoute',
    { domain: 'ny.example.org', transport: 'ses', role: 'primary', mailFrom: 'm.ny.example.org' },
  ]);
  const rehearsed = load(await (await post('/senders/ny.example.org/routes/ses/rehearsal')).text());
  expect(rehearsed('[role=status]').text()).toContain('has not arrived');
  expect((await post('/senders/ny.example.org/warm-up', { plan: 'full' })).status).toBe(303);
  expect(senders.calls.at(-1)).toEqual(['change', 'ny.example.org', { warmUp: 'full' }]);
  expect((await post('/senders/ny.example.org/warm-up', { plan: '' })).status).toBe(303);
  expect(senders.calls.at(-1)).toEqual(['change', 'ny.example.org', { warmUp: null }]);
  expect((await post('/senders/ny.example.org/remove')).headers.get('location')).toBe('/senders');
  expect((await site.app.request('/senders/ny.example.org', { headers: browserHeaders })).status).toBe(404);
});

test('a rehearsal that did not pass leads through what is missing, step by step', async () => {
  const page = await get('/senders/example.se');
  expect(senders.calls.at(-1)).toEqual(['lookUp', 'example.se']);
  const failed = page('article:has(h3:contains("AuthSMTP"))');
  expect(failed.find('.tag').text()).toContain('Not ready yet');
  const [records, mend, again] = failed
    .find('.todo > li')
    .toArray()
    .map((one) => page(one));
  expect(records?.find('h4').text()).toBe('Publish the records');
  expect(records?.text()).toMatch(/Found|Not found yet|Something else stands there|DNS did not answer/);
  expect(records?.find('form').attr('action')).toBe('/senders/example.se/records');
  expect(
    mend
      ?.find('h5')
      .toArray()
      .map((one) => page(one).text()),
  ).toEqual(
    ['spf', 'dmarc-failed', 'bounces-elsewhere'].map((code) => senderWords.en.problems[code as 'spf'].title),
  );
  expect(again?.find('form').attr('action')).toBe('/senders/example.se/routes/own/rehearsal');
  // In words, and nothing of what somebody else wrote.
  expect(failed.text()).not.toMatch(/softfail|aligned|alert\(1\)/);
  const swedish = await get('/senders/example.se?locale=sv');
  expect(swedish('article:has(h3:contains("AuthSMTP"))').text()).not.toMatch(/\b(pass|fail|softfail)\b/);
});

test('bounces that do not come back are accepted by an owner, and by nobody else', async () => {
  const path = '/senders/example.se/routes/own/unseen-bounces';
  const page = await get('/senders/example.se');
  expect(page(`form[action="${path}"] button`).text()).toContain(senderWords.en.unseenBounces.accept);
  expect((await post(path)).status).toBe(400);
  expect((await post(path, { accepted: 'yes' })).status).toBe(303);
  expect(senders.calls.filter(([name]) => name === 'acceptUnseenBounces').at(-1)?.[2]).toEqual({
    domain: 'example.se',
    transport: 'own',
    accepted: true,
  });
});

test('the page on data names every provider and country, and nobody’s address', async () => {
  const page = await get('/data');
  const told = page('main').text();
  for (const text of ['Amazon SES', 'Sweden', 'AuthSMTP', 'United Kingdom', 'spam report 2'])
    expect(told).toContain(text);
});
