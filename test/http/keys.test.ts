/** The page of API keys: made, shown once, listed, revoked. */
import { type CheerioAPI, load } from 'cheerio';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scopes } from '../../src/access.ts';
import { type Service, startService } from './service.ts';

let service: Service;
let now: number;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 22, 12);
  service = await startService({ idle: true, clock: { now: () => new Date(now) } });
});
afterEach(() => service.close());

const browser = { accept: 'text/html' };
const day = 24 * 60 * 60 * 1000;

async function pageOf(response: Response | Promise<Response>): Promise<{ status: number; page: CheerioAPI }> {
  const { status } = await response;
  return { status, page: load(await (await response).text()) };
}

const post = (path: string, fields: [string, string][] = [], app = service.app) =>
  app.request(path, { method: 'POST', headers: browser, body: new URLSearchParams(fields) });
const both: [string, string][] = [
  ['scope', 'audits:read'],
  ['scope', 'audits:write'],
];
const keys = () => service.access.keys(service.organisation);

test('a key that the page makes works, and is shown that once', async () => {
  const { status, page } = await pageOf(
    post('/keys', [['name', 'Nattligt skript'], ...both, ['days', '30']]),
  );
  expect(status).toBe(201);
  const token = page('#key').text();
  expect(token).toMatch(/^ksk_[a-z2-7]{52}$/);
  // Where one click selects the whole: see klarsignal.css.
  expect(page('#key').closest('.change ins')).toHaveLength(1);
  expect(page('.note.clear').text()).toContain(`Bearer ${token}`);
  const headers = { authorization: `Bearer ${token}` };
  expect((await service.anonymous.request('/v1/audits/x', { headers })).status).toBe(404);

  const after = await (await service.app.request('/keys')).text();
  expect(after).not.toContain(token);
  const row = load(after)('tbody tr');
  expect(row.find('th').text()).toBe('Nattligt skript');
  expect(row.text()).toContain(`ksk_…${token.slice(-4)}`);
  expect(row.text()).toContain('Start audits');
  expect(row.text()).toContain('Works');
  expect(
    row
      .find('time')
      .toArray()
      .map((time) => time.attribs.datetime),
  ).toEqual([
    new Date(now).toISOString(),
    new Date(now).toISOString(),
    new Date(now + 30 * day).toISOString(),
  ]);
});

test('neither the answer with the key nor the list is kept by the browser', async () => {
  const made = await post('/keys', [['name', 'x'], ...both]);
  expect(made.headers.get('cache-control')).toBe('private, no-store');
  expect((await service.app.request('/keys')).headers.get('cache-control')).toBe('private, no-store');
});

test('the same form sent twice, as a reload does, makes one key and shows no other', async () => {
  const { page } = await pageOf(service.app.request('/keys'));
  const fields: [string, string][] = [['name', 'x'], ...both, ['id', page('[name=id]').val() as string]];
  const [first, second] = [await pageOf(post('/keys', fields)), await pageOf(post('/keys', fields))];
  expect([first.status, second.status]).toEqual([201, 409]);
  expect(second.page('#key')).toHaveLength(0);
  expect(second.page('[role=alert]').text()).toContain('made already');
  expect(second.page('title').text()).toMatch(/^This key has been made already/);
  expect(second.page.text()).not.toContain(first.page('#key').text());
  expect(await keys()).toHaveLength(1);
  // The next form is another one.
  const next = second.page('[name=id]').val() as string;
  expect(next).not.toBe(page('[name=id]').val());
  const third = await pageOf(post('/keys', [['name', 'y'], ...both, ['id', next]]));
  expect(third.status).toBe(201);
  expect((await keys()).map(({ id }) => id)).toContain(next);
});

test.each(['', 'x', 'key_', `key_${'g'.repeat(16)}`, '<script>'])(
  'an id that is none of ours (%s) is replaced',
  async (id) => {
    expect((await pageOf(post('/keys', [['name', 'x'], ...both, ['id', id]]))).status).toBe(201);
    expect((await keys())[0]?.id).toMatch(/^key_[0-9a-f]{16}$/);
  },
);

test('the new key and the command can be copied with a button', async () => {
  const { page } = await pageOf(post('/keys', [['name', 'x'], ...both]));
  const rows = page('.note.clear ins').toArray();
  expect(rows.map(({ attribs }) => [attribs['data-copy'], attribs['data-copied']])).toEqual([
    ['Copy', 'Copied'],
    ['Copy', 'Copied'],
  ]);
});

test('revoked with a button, it opens nothing from that moment', async () => {
  const made = await pageOf(post('/keys', [['name', 'x'], ...both]));
  const headers = { authorization: `Bearer ${made.page('#key').text()}` };
  const link = made.page('tbody a');
  expect(link.text()).toBe('Revoke: x');
  // It asks first, and names the key.
  const asked = await pageOf(service.app.request(link.attr('href') ?? '', { headers: browser }));
  expect([asked.status, asked.page('h1').text()]).toEqual([200, 'Revoke the key x?']);
  expect((await service.anonymous.request('/v1/audits/x', { headers })).status).toBe(404);
  const revoked = await post(asked.page('main form').attr('action') ?? '');
  const [{ id } = { id: '' }] = await keys();
  expect([revoked.status, revoked.headers.get('location')]).toEqual([303, `/keys?revoked=${id}`]);
  const told = await pageOf(service.app.request(`/keys?revoked=${id}`));
  expect(told.page('[role=status]').text()).toContain('x is revoked');
  expect((await service.anonymous.request('/v1/audits/x', { headers })).status).toBe(401);
  const { page } = await pageOf(service.app.request('/keys'));
  expect(page('tbody').text()).toContain('Revoked');
  expect(page('tbody a')).toHaveLength(0);
  for (const gone of [id, 'key_none'])
    expect((await service.app.request(`/keys/${gone}/revoke`, { headers: browser })).status).toBe(404);
  expect((await post('/keys/key_none/revoke')).status).toBe(404);
});

test('another organisation’s key is neither listed nor revoked', async () => {
  await post('/keys', [['name', 'mine'], ...both]);
  const [mine] = await keys();
  const other = await startService({
    idle: true,
    organisation: 'org_other',
    app: { access: { ...service.access, person: async () => ({ ...stranger, scopes: [] }) } },
  });
  const stranger = { organisation: 'org_other', kind: 'person', id: 'per_other', role: 'owner' } as const;
  expect(await (await other.app.request('/keys')).text()).not.toContain('mine');
  expect((await post(`/keys/${mine?.id}/revoke`, [], other.app)).status).toBe(404);
  expect(await keys()).toMatchObject([{ state: 'live' }]);
  await other.close();
});

describe('what is wrong with the form', () => {
  test.each<[string, [string, string][], string[]]>([
    ['no name', [...both], ['name']],
    ['a name of a hundred letters', [['name', 'x'.repeat(100)], ...both], ['name']],
    ['no scope', [['name', 'x']], ['scopes']],
    [
      'a scope that is not there',
      [
        ['name', 'x'],
        ['scope', 'admin'],
      ],
      ['scopes'],
    ],
    ['days that are none', [['name', 'x'], ...both, ['days', 'soon']], ['days']],
    ['everything', [['days', '0']], ['name', 'scopes', 'days']],
  ])('%s', async (_, fields, faulty) => {
    const { status, page } = await pageOf(post('/keys', fields));
    expect(status).toBe(422);
    const links = page('[role=alert] a').toArray();
    expect(links.map(({ attribs }) => attribs.href)).toEqual(faulty.map((name) => `#${name}`));
    for (const name of faulty) {
      const field = page(`#${name}`);
      expect(field.attr('aria-invalid')).toBe('true');
      const described = field.attr('aria-describedby')?.split(' ') ?? [];
      expect(described).toContain(`${name}-e`);
      for (const id of described) expect(page(`#${id}`).text().length).toBeGreaterThan(5);
    }
    expect(page('title').text()).toMatch(/^(One thing|\d things) to correct/);
    expect(await keys()).toEqual([]);
  });

  test('what was filled in stays', async () => {
    const { page } = await pageOf(
      post('/keys', [
        ['name', '"><b>x'],
        ['scope', 'audits:read'],
        ['days', 'x'],
      ]),
    );
    expect(page('#name').val()).toBe('"><b>x');
    expect(page('#days').val()).toBe('x');
    const boxes = page('[name=scope]').toArray();
    const ticked = boxes.filter(({ attribs }) => 'checked' in attribs);
    expect(boxes.map(({ attribs }) => attribs.value)).toEqual([...scopes]);
    expect(ticked.map(({ attribs }) => attribs.value)).toEqual(['audits:read']);
    // A fresh form asks for no more than an audit needs.
    const fresh = (await pageOf(service.app.request('/keys'))).page('[name=scope][checked]').toArray();
    expect(fresh.map(({ attribs }) => attribs.value)).toEqual(['audits:read', 'audits:write']);
  });

  test('a form that cannot be read, or with a file in it, makes no key and breaks nothing', async () => {
    const body = new FormData();
    body.append('name', new File(['x'], 'x'));
    const init = { method: 'POST', headers: browser };
    expect((await service.app.request('/keys', { ...init, body })).status).toBe(422);
    const type = { ...browser, 'content-type': 'multipart/form-data; boundary=x' };
    expect((await service.app.request('/keys', { ...init, headers: type, body: 'x' })).status).toBe(422);
    expect(service.logged).toEqual([]);
  });
});

describe.each(['en', 'sv'] as const)('in %s', (locale) => {
  test('every text is there, every control has a label, every cell its heading', async () => {
    await post('/keys', [['name', '<b>fet</b>'], ...both, ['days', '1']]);
    now += 1000;
    await post('/keys', [
      ['name', 'andra'],
      ['scope', 'audits:read'],
    ]);
    await post(`/keys/${(await keys())[0]?.id}/revoke`);
    now += 2 * day;
    const headers = { ...browser, cookie: `klarsignal=${service.session}` };
    const { page } = await pageOf(service.anonymous.request(`/keys?locale=${locale}`, { headers }));
    expect(page('html').attr('lang')).toBe(locale);
    expect(page('main').text()).not.toMatch(/undefined|\[object|null/);
    expect(page('tbody tr')).toHaveLength(2);
    expect(page('tbody th').first().text() + page('tbody th').last().text()).toContain('<b>fet</b>');
    const heads = page('thead th')
      .toArray()
      .map((cell) => page(cell).text());
    for (const row of page('tbody tr').toArray())
      expect(
        page(row)
          .find('td')
          .toArray()
          .map(({ attribs }) => attribs['data-h']),
      ).toEqual(heads.slice(1));
    for (const input of page('main input:not([type=hidden])').toArray()) {
      const { id } = input.attribs;
      expect(page(input).closest('label').length + page(`label[for="${id}"]`).length).toBe(1);
    }
    const states = { en: ['Revoked', 'Ended'], sv: ['Återkallad', 'Slut'] }[locale];
    expect(
      page('.tag')
        .toArray()
        .map((tag) => page(tag).text())
        .sort(),
    ).toEqual(states.sort());
  });
});

test('without keys it says so', async () => {
  const { page } = await pageOf(service.app.request('/keys'));
  expect(page('table')).toHaveLength(0);
  expect(page('#list').parent().text()).toContain('There are no keys yet.');
});
