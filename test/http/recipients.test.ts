/** One person: shown and forgotten, by the API and by the page. */
import { load } from 'cheerio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Keyring, RecipientStore, Store } from '../../src/ports.ts';
import { createRecipients, normalAddress } from '../../src/recipients.ts';
import { deliveryOf, fakeCampaigns, fakeRecipients } from './sending-fake.ts';
import { type Service, startService } from './service.ts';

let service: Service;
let recipients: ReturnType<typeof fakeRecipients>;
beforeEach(async () => {
  recipients = fakeRecipients();
  service = await startService({
    idle: true,
    app: { campaigns: fakeCampaigns(() => service.organisation).campaigns, recipients },
  });
});
afterEach(() => service.close());

const address = encodeURIComponent('kim+list@example.org');

test('GET shows all that is known of one person, and nobody on the way keeps it', async () => {
  const response = await service.app.request(`/v1/recipients/${address}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe('private, no-store');
  expect(await response.json()).toMatchObject({
    address: 'kim+list@example.org',
    suppressions: [],
    deliveries: [{ subject: 'Höstmöte', fields: { first_name: 'Kim' } }],
  });
});

test('DELETE forgets one person', async () => {
  const response = await service.app.request(`/v1/recipients/${address}`, { method: 'DELETE' });
  expect([response.status, await response.json()]).toEqual([200, { deliveries: 1 }]);
  expect(recipients.erased).toEqual(['kim+list@example.org']);
});

test('what is no address is refused, and no address reaches the log', async () => {
  const response = await service.app.request('/v1/recipients/kim');
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
    400,
    'recipient-address-invalid',
  ]);
  await service.app.request(`/v1/recipients/${address}`);
  expect(JSON.stringify([service.noted, service.logged])).not.toContain('kim');
});

test('a key needs recipients:write even to look', async () => {
  const key = await service.key(['sends:read', 'sends:write']);
  expect((await key.request(`/v1/recipients/${address}`)).status).toBe(403);
  const may = await service.key(['recipients:write']);
  expect((await may.request(`/v1/recipients/${address}`)).status).toBe(200);
});

const browser = { accept: 'text/html' };
const post = (path: string, fields: Record<string, string>) =>
  service.app.request(path, { method: 'POST', headers: browser, body: new URLSearchParams(fields) });

const kim = { address: 'kim@example.org' };

test('the page shows a person and forgets them only when it is meant', async () => {
  const shown = load(await (await post('/recipients', kim)).text());
  expect(shown('#known').text()).toContain('Höstmöte');
  expect(shown('#known').text()).toContain('Kim');
  expect(shown('title').text()).not.toContain('kim@');
  expect(shown('a[href*="kim"], form[action*="kim"]')).toHaveLength(0);
  expect((await post('/recipients/erase', kim)).status).toBe(400);
  expect(recipients.erased).toEqual([]);
  const done = await post('/recipients/erase', { ...kim, sure: 'on' });
  expect(load(await done.text())('[role=status]').text()).toContain('forgotten');
  expect(recipients.erased).toEqual(['kim@example.org']);
  expect((await post('/recipients', { address: 'nobody' })).status).toBe(422);
  expect(JSON.stringify([service.noted, service.logged])).not.toMatch(/kim|nobody/);
});

test('each reason is told, and ends by itself where it may end at all', async () => {
  const at = '2026-11-20T10:00:00.000Z';
  recipients.suppressions = (['complaint', 'erased', 'bad-address', 'unsubscribe'] as const).map(
    (reason) => ({
      reason,
      at,
    }),
  );
  const shown = load(await (await post('/recipients', kim)).text());
  expect(
    shown('.reason h3')
      .toArray()
      .map((one) => shown(one).text()),
  ).toEqual([
    'Has reported spam',
    'Has been forgotten here',
    'The address does not exist',
    'Has unsubscribed',
  ]);
  expect(
    shown('form[action="/recipients/lift"] [name=reason]')
      .toArray()
      .map((one) => shown(one).attr('value')),
  ).toEqual(['bad-address', 'unsubscribe']);
  // Not without the tick, and never what stays.
  expect((await post('/recipients/lift', { ...kim, reason: 'unsubscribe' })).status).toBe(400);
  for (const reason of ['complaint', 'erased', 'x'])
    expect((await post('/recipients/lift', { ...kim, reason, sure: 'on' })).status).toBe(400);
  expect(recipients.lifted).toEqual([]);
  const one = load(
    await (await post('/recipients/lift', { ...kim, reason: 'unsubscribe', sure: 'on' })).text(),
  );
  expect(one('[role=status]').text()).toContain('mail still does not go there');
  recipients.suppressions = [{ reason: 'bad-address', at }];
  const last = load(
    await (await post('/recipients/lift', { ...kim, reason: 'bad-address', sure: 'on' })).text(),
  );
  expect(last('[role=status]').text()).toContain('may go there');
  expect(recipients.lifted.map(([, reason]) => reason)).toEqual(['unsubscribe', 'bad-address']);
});

test('the person’s own file is posted for', async () => {
  const file = await post('/recipients/export', kim);
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="klarsignal-recipient.json"');
  expect(file.headers.get('cache-control')).toBe('private, no-store');
  expect(await file.json()).toMatchObject({
    address: 'kim@example.org',
    deliveries: [{ subject: 'Höstmöte' }],
  });
});

test('a viewer is not led there, and not let in', async () => {
  const invited = await service.access.members.invite(service.organisation, { name: 'V', role: 'viewer' });
  if (invited.kind !== 'invited') throw new Error(invited.kind);
  const session = await service.access.signIn(invited.invitation.token);
  const headers = { ...browser, cookie: `klarsignal=${session?.token}; __Host-klarsignal=${session?.token}` };
  const asked = (method: string, path: string) =>
    service.anonymous.request(path, {
      method,
      headers,
      ...(method === 'POST' ? { body: new URLSearchParams(kim) } : {}),
    });
  for (const path of ['/recipients', '/recipients/lift', '/recipients/erase', '/recipients/export'])
    expect((await asked('POST', path)).status).toBe(403);
  expect((await asked('GET', '/recipients')).status).toBe(403);
  const data = load(await (await asked('GET', '/data')).text());
  expect(data('a[href="/recipients"]')).toHaveLength(0);
  const own = load(await (await service.app.request('/data', { headers: browser })).text());
  expect(own('main a[href="/recipients"], nav a[href="/recipients"]')).toHaveLength(2);
});

test.each([
  ['Kim@Example.ORG', 'Kim@example.org'],
  ['  kim@example.org \n', 'kim@example.org'],
  ['kim@räksmörgås.se', 'kim@xn--rksmrgs-5wao1o.se'],
  ['kim', undefined],
  ['a@example.org, b@example.org', undefined],
  ['Kim <kim@example.org>', undefined],
  ['kïm@example.org', undefined],
  ['', undefined],
])('the address %j is mailed as %j', (text, normal) => expect(normalAddress(text)).toBe(normal));

test('whoever writes it with other capitals is the same person', async () => {
  const asked: string[] = [];
  const erased: string[] = [];
  const kept: Partial<RecipientStore> = {
    suppressions: async () => [{ reason: 'unsubscribe', at: '2026-11-22T10:00:00.000Z' }],
    deliveries: async (hash) => {
      asked.push(hash);
      return [{ ...deliveryOf(1, { providerId: 'secret' }), subject: 'Höstmöte' }];
    },
    erase: async (hash, at) => erased.push(`${hash} ${at}`),
  };
  const core = createRecipients({
    store: { organisation: () => ({ recipients: kept }) } as unknown as Pick<Store, 'organisation'>,
    keyring: { hashAddress: (organisation, text) => `${organisation}:${text}` } satisfies Pick<
      Keyring,
      'hashAddress'
    >,
    clock: { now: () => new Date('2026-11-22T12:00:00Z') },
  });
  const one = await core.find('org', 'Kim@Example.org');
  await core.find('org', 'kim@example.ORG');
  expect(asked).toEqual(['org:kim@example.org', 'org:kim@example.org']);
  expect(one).toMatchObject({ address: 'Kim@example.org', suppressions: [{ reason: 'unsubscribe' }] });
  expect(JSON.stringify(one)).not.toContain('secret');
  expect(await core.erase('org', 'KIM@example.org')).toBe(1);
  expect(erased).toEqual(['org:kim@example.org 2026-11-22T12:00:00.000Z']);
  expect(await core.erase('org', 'kim')).toBeUndefined();
});
