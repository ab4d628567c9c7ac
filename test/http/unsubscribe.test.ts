/** Unsubscribing over the whole application: honoured at once and for good, and by nobody who only looks. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openKeyring, rotateKey } from '../../src/adapters/keys/keyring.ts';
import type { DeliveryRow, RecipientStore, Store, SuppressionReason } from '../../src/ports.ts';
import { createUnsubscriptions, readUnsubscribeToken, unsubscribeUrl } from '../../src/unsubscribe.ts';
import { clock } from '../world.ts';
import { assets } from './assets.ts';
import { deliveryOf } from './sending-fake.ts';
import { type Service, startService } from './service.ts';

const dir = mkdtempSync(join(tmpdir(), 'klarsignal-unsubscribe-'));
const keyring = openKeyring(join(dir, 'keys'), clock);
const organisation = 'org_test';
const hash = keyring.hashAddress(organisation, 'anna@example.org');
const url = new URL(unsubscribeUrl(keyring, 'https://audit.example.se', organisation, hash));

let service: Service;
let suppressed: [string, string, SuppressionReason, string][];
let rows: (DeliveryRow & { subject: string })[];
beforeEach(async () => {
  suppressed = [];
  rows = [];
  const recipients = (id: string) => ({
    recipients: {
      suppress: async (...what: [string, SuppressionReason, string]) => void suppressed.push([id, ...what]),
      deliveries: async () => rows,
    } as unknown as RecipientStore,
    ledger: { find: async (campaign: string) => ({ audit: `of ${campaign}`, domain: 'example.se' }) },
    audit: async (audit: string) => ({
      request: JSON.stringify({ from: audit === 'of cmp_2' ? from : 'Old <old@old.example>' }),
      summary: null,
    }),
  });
  const store = { organisation: recipients } as unknown as Store;
  const unsubscriptions = createUnsubscriptions({ store, keyring, clock });
  service = await startService({ idle: true, app: { assets, unsubscriptions } });
});
afterEach(() => service.close());
afterAll(() => rmSync(dir, { recursive: true }));

let from = '';

describe('the page says who leaves whom', () => {
  const mails = (...attempted: (string | null)[]) =>
    attempted.map((attemptedAt, i) => ({
      ...deliveryOf(1, { campaign: `cmp_${i + 1}`, attemptedAt, address: 'kim.sand@example.org' }),
      subject: 'Höstmöte',
    }));

  test.each([
    ['a name', 'Kulturskolan <news@mejl.example.se>', 'from Kulturskolan (mejl.example.se).'],
    ['a name that hides where it ends', 'Bank\u202e <x@mejl.example.se>', '‹U+202E›'],
    ['an address alone', 'news@mejl.example.se', 'from mejl.example.se.'],
    ['nothing that can be read', '', 'from example.se.'],
  ])('by %s', async (_, header, said) => {
    from = header;
    rows = mails('2026-11-01T10:00:00.000Z', '2026-11-20T10:00:00.000Z', null);
    for (const ask of [() => service.anonymous.request(url.pathname), () => post(oneClick)]) {
      const text = await (await ask()).text();
      expect(load(text)('.lead').text()).toContain(said);
      expect(load(text)('.lead').text()).toContain('k•••@example.org');
      expect(text).not.toContain('kim');
    }
  });

  test('and goes without what is not known any more', async () => {
    from = 'Kulturskolan <news@mejl.example.se>';
    rows = mails('2026-11-01T10:00:00.000Z', '2026-11-20T10:00:00.000Z').map((row) => ({
      ...row,
      address: null,
    }));
    const page = load(await (await service.anonymous.request(url.pathname)).text());
    expect(page('.lead').text()).toBe(
      'Press the button, and you get no more mailings from Kulturskolan (mejl.example.se).',
    );
  });

  test('to nobody but whoever holds the link', async () => {
    from = 'Kulturskolan <news@mejl.example.se>';
    rows = mails('2026-11-01T10:00:00.000Z', '2026-11-20T10:00:00.000Z');
    const forged = `${url.pathname.slice(0, -1)}${url.pathname.endsWith('a') ? 'b' : 'a'}`;
    expect(await (await service.anonymous.request(forged)).text()).not.toMatch(/Kulturskolan|example\.org/);
  });
});

const once = [[organisation, hash, 'unsubscribe', clock.now().toISOString()]];
const oneClick = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
const multipart = () => {
  const form = new FormData();
  form.set('List-Unsubscribe', 'One-Click');
  return form;
};
const post = (body: BodyInit, headers: Record<string, string> = {}, address = url.pathname) =>
  service.anonymous.request(address, { method: 'POST', body, headers });

describe('a POST that asks for it', () => {
  test.each([
    ['a form', () => post(oneClick)],
    ['a form in several parts', () => post(multipart())],
    [
      'another site, as a mail provider is one',
      () => post(oneClick, { origin: 'https://mail.example.net', 'sec-fetch-site': 'cross-site' }),
    ],
    [
      'an origin that is kept secret',
      () => post(oneClick, { origin: 'null', 'sec-fetch-site': 'same-site' }),
    ],
    ['another name of ours', () => post(oneClick, {}, `https://mejl.example.com${url.pathname}`)],
    ['somebody with a cookie that means nothing', () => post(oneClick, { cookie: 'klarsignal=x' })],
  ])('is honoured at once, by %s', async (_, ask) => {
    const response = await ask();
    expect(response.status).toBe(200);
    expect(response.headers.get('location')).toBe(null);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(suppressed).toEqual(once);
    const page = load(await response.text());
    expect(page('h1').text().trim()).toBe('You are unsubscribed');
    expect(page('a, button, form, input, script').length).toBe(0);
  });

  test('and again changes nothing and says the same', async () => {
    const answers = [await post(oneClick), await post(oneClick)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await answers[0]?.text()).toBe(await answers[1]?.text());
  });

  test('after every key has been rotated', async () => {
    const folder = join(dir, 'rotated');
    const before = unsubscribeUrl(openKeyring(folder, clock), 'https://audit.example.se', organisation, hash);
    rotateKey(folder, 'mac', clock);
    const after = openKeyring(folder, clock);
    expect(unsubscribeUrl(after, 'https://audit.example.se', organisation, hash)).not.toBe(before);
    expect(readUnsubscribeToken(after, before.split('/u/')[1] ?? '')).toEqual({
      organisation,
      addressHash: hash,
    });
  });
});

describe('nothing changes', () => {
  test.each(['GET', 'HEAD'])('by %s, which shows a button', async (method) => {
    const response = await service.anonymous.request(url.pathname, { method });
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(suppressed).toEqual([]);
    if (method === 'HEAD') return;
    const page = load(await response.text());
    expect(page('form[method=post] button').text()).toBe('Unsubscribe');
    expect(page('form').attr('action')).toBe(undefined);
    expect(page('script, a').length).toBe(0);
    const field = page('form input');
    const sent = new URLSearchParams([[field.attr('name') ?? '', field.attr('value') ?? '']]);
    expect((await post(sent)).status).toBe(200);
    expect(suppressed).toEqual(once);
  });

  test.each([
    ['no body', ''],
    ['other words', new URLSearchParams({ 'List-Unsubscribe': 'No' })],
    ['another field', new URLSearchParams({ a: 'One-Click' })],
    ['JSON', '{"List-Unsubscribe":"One-Click"}'],
    [
      'a file',
      (() => {
        const form = new FormData();
        form.set('List-Unsubscribe', new File(['One-Click'], 'a.txt'));
        return form;
      })(),
    ],
    ['too much', new URLSearchParams({ a: 'x'.repeat(5000), 'List-Unsubscribe': 'One-Click' })],
  ])('by a POST with %s', async (_, body) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(
      load(await response.text())('h1')
        .text()
        .trim(),
    ).toBe('You are not unsubscribed yet');
    expect(suppressed).toEqual([]);
  });

  const token = url.pathname.slice(3);
  const [who = '', , mac = ''] = token.split('.');
  test.each([
    ['another address’s hash', `${who}.${keyring.hashAddress(organisation, 'bo@example.org')}.${mac}`],
    ['another organisation', `org_other.${hash}.${mac}`],
    ['another token', `${who}.${hash}.${mac.replace(/.$/, (end) => (end === 'a' ? 'b' : 'a'))}`],
    ['a token for another use', `${who}.${hash}.${keyring.mac('return-path', `${who}.${hash}`)}`],
    ['no token', `${who}.${hash}`],
    ['one with something after it', `${token}x`],
    ['one in capitals', token.toUpperCase()],
    ['much', 'x'.repeat(5000)],
    ['nothing like it', '%00'],
  ])('by %s', async (_, written) => {
    const asked = await service.anonymous.request(`/u/${written}`);
    const sent = await post(oneClick, {}, `/u/${written}`);
    expect([asked.status, sent.status]).toEqual([404, 404]);
    expect(
      load(await sent.text())('h1')
        .text()
        .trim(),
    ).toBe('The link is not complete');
    expect(suppressed).toEqual([]);
  });
});

test('it speaks Swedish to who reads Swedish, and keeps the address to itself', async () => {
  const response = await service.anonymous.request(url.pathname, { headers: { 'accept-language': 'sv-SE' } });
  const page = load(await response.text());
  expect(page('html').attr('lang')).toBe('sv');
  expect(page('button').text()).toBe('Avregistrera mig');
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('x-robots-tag')).toBe('noindex');
  expect(JSON.stringify(service.noted)).not.toContain(hash);
});
