/** Members: invited by an owner, given a role, removed; and the page that shows them. */
import { type CheerioAPI, load } from 'cheerio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accessWords } from '../../src/access/words.ts';
import { invitationErrorCodes, invitationLife } from '../../src/access.ts';
import { locales } from '../../src/rule.ts';
import { type Service, startService } from './service.ts';

let service: Service;
let now: number;
beforeEach(async () => {
  now = Date.UTC(2026, 10, 22, 12);
  service = await startService({ idle: true, clock: { now: () => new Date(now) } });
});
afterEach(() => service.close());

const accept = 'text/html';
async function pageOf(response: Response | Promise<Response>): Promise<{ status: number; page: CheerioAPI }> {
  const { status } = await response;
  return { status, page: load(await (await response).text()) };
}
const post = (path: string, fields: Record<string, string> = {}, cookie?: string) =>
  (cookie ? service.anonymous : service.app).request(path, {
    method: 'POST',
    headers: { accept, ...(cookie ? { cookie } : {}) },
    body: new URLSearchParams(fields),
  });
const get = (path: string, cookie?: string) =>
  (cookie ? service.anonymous : service.app).request(path, {
    headers: { accept, ...(cookie ? { cookie } : {}) },
  });
const members = () => service.access.members.list(service.organisation);
const named = async (name: string) => (await members()).find((one) => one.name === name)?.id ?? '';

/** Invites and signs in: the cookie of the new person. */
async function join(name: string, role: string): Promise<string> {
  const { status, page } = await pageOf(post('/members', { name, role }));
  expect(status).toBe(201);
  const session = await service.access.signIn(new URL(page('#link').text()).searchParams.get('token') ?? '');
  return `klarsignal=${session?.token}`;
}

test('an owner invites: the link is shown once, works once, and lives for seven days', async () => {
  const { status, page } = await pageOf(post('/members', { name: 'Anna', role: 'editor' }));
  expect(status).toBe(201);
  const link = page('#link').text();
  expect(link).toMatch(/^http:\/\/localhost\/sign-in\?token=ksl_[a-z2-7]{52}$/);
  expect(page('.note.clear').text()).toContain('Hand this link to Anna');
  expect(page('.note.clear time').attr('datetime')).toBe(new Date(now + invitationLife).toISOString());
  const listed = await pageOf(get('/members'));
  expect(listed.page.html()).not.toContain(link.split('=')[1]);
  expect(listed.page('tbody').text()).toContain('Invited');
  const token = new URL(link).searchParams.get('token') ?? '';
  now += invitationLife - 1;
  expect(await service.access.signIn(token)).toBeDefined();
  expect(await service.access.signIn(token)).toBeUndefined();
  expect((await members()).find(({ name }) => name === 'Anna')).toMatchObject({
    role: 'editor',
    state: 'active',
  });
});

test('an invitation that nobody took up ends, and a new link ends the one before', async () => {
  const first = new URL(
    (await pageOf(post('/members', { name: 'Bo', role: 'viewer' }))).page('#link').text(),
  );
  const second = await pageOf(post(`/members/${await named('Bo')}/link`));
  expect(second.status).toBe(201);
  expect(await service.access.signIn(first.searchParams.get('token') ?? '')).toBeUndefined();
  const token = new URL(second.page('#link').text()).searchParams.get('token') ?? '';
  now += invitationLife;
  expect(await service.access.signIn(token)).toBeUndefined();
  expect((await post('/members/per_none/link')).status).toBe(404);
});

test('the same form sent twice invites once', async () => {
  const { page } = await pageOf(get('/members'));
  const form = { name: 'Anna', role: 'editor', id: String(page('[name=id]').val()) };
  expect((await post('/members', form)).status).toBe(201);
  const again = await pageOf(post('/members', form));
  expect([again.status, again.page('#link').length]).toEqual([409, 0]);
  expect(await members()).toHaveLength(2);
});

test.each([
  [{ name: ' ', role: 'editor' }, 'name'],
  [{ name: 'a'.repeat(81), role: 'editor' }, 'name'],
  [{ name: 'A\u202eB', role: 'editor' }, 'name'],
  [{ name: 'Anna', role: 'admin' }, 'role'],
  [{ name: 'Anna', role: '' }, 'role'],
] as const)('%j is not taken, and the field says so', async (form, field) => {
  const { status, page } = await pageOf(post('/members', form));
  expect(status).toBe(422);
  expect(page(`#${field}-e`)).toHaveLength(1);
  expect(page('title').text()).toMatch(/^One thing to correct/);
  expect(await members()).toHaveLength(1);
});

test('a role that is changed counts at the next request', async () => {
  const cookie = await join('Anna', 'viewer');
  expect((await post('/audits', {}, cookie)).status).toBe(403);
  expect((await post(`/members/${await named('Anna')}/role`, { role: 'editor' })).status).toBe(303);
  expect((await post('/audits', {}, cookie)).status).not.toBe(403);
  expect((await post('/members/per_none/role', { role: 'editor' })).status).toBe(404);
  expect((await post(`/members/${await named('Anna')}/role`, { role: 'admin' })).status).toBe(404);
});

test('who is removed is signed out at once, and cannot come back', async () => {
  const cookie = await join('Anna', 'editor');
  const id = await named('Anna');
  const link = (await pageOf(post(`/members/${id}/link`))).page('#link').text();
  const asked = await pageOf(get(`/members/${id}/remove`));
  expect([asked.status, asked.page('h1').text()]).toEqual([200, 'Remove Anna?']);
  expect((await get('/audits', cookie)).status).toBe(200);
  expect((await post(asked.page('main form').attr('action') ?? '')).status).toBe(303);
  expect((await get('/audits', cookie)).headers.get('location')).toContain('/sign-in');
  expect(await service.access.signIn(new URL(link).searchParams.get('token') ?? '')).toBeUndefined();
  expect((await pageOf(get('/members'))).page('tbody').text()).not.toContain('Anna');
  expect((await post(`/members/${id}/link`)).status).toBe(404);
  expect((await post(`/members/${id}/remove`)).status).toBe(404);
  expect((await get(`/members/${id}/remove`)).status).toBe(404);
});

test('the last owner can neither go nor become less', async () => {
  const [owner] = await members();
  for (const [path, form] of [
    [`/members/${owner?.id}/role`, { role: 'viewer' }],
    [`/members/${owner?.id}/remove`, {}],
  ] as const) {
    const { status, page } = await pageOf(post(path, form));
    expect(status).toBe(409);
    expect(page('[role=alert]').text()).toContain('only owner');
  }
  await join('Bo', 'owner');
  expect((await post(`/members/${owner?.id}/role`, { role: 'viewer' })).status).toBe(303);
  // And is an owner no longer.
  expect((await post('/members', { name: 'X', role: 'viewer' })).status).toBe(403);
});

test.each(['editor', 'viewer'])('a person who is %s sees who there is, and changes nothing', async (role) => {
  const cookie = await join('Anna', role);
  const { status, page } = await pageOf(get('/members', cookie));
  expect(status).toBe(200);
  expect(
    page('main form')
      .toArray()
      .map(({ attribs }) => attribs.action),
  ).toEqual(['/members/sign-out']);
  expect(page('main').text()).toContain('Only an owner');
  const [owner] = await members();
  const calls = [
    '/members',
    `/members/${owner?.id}/role`,
    `/members/${owner?.id}/link`,
    `/members/${owner?.id}/remove`,
  ];
  for (const path of calls)
    expect([path, (await post(path, { role: 'viewer', name: 'X' }, cookie)).status]).toEqual([path, 403]);
  expect((await get(`/members/${owner?.id}/remove`, cookie)).status).toBe(403);
  // Nobody is offered what is refused.
  const places = page('header nav a')
    .toArray()
    .map(({ attribs }) => attribs.href);
  expect(places).not.toContain('/keys');
  expect(places.includes('/')).toBe(role === 'editor');
  expect(places.includes('/recipients')).toBe(role === 'editor');
  // Whoever comes there all the same learns who may.
  const keys = await pageOf(get('/keys', cookie));
  expect(keys.status).toBe(403);
  expect(keys.page('main a').first().attr('href')).toBe('/members');
});

test('signing out everywhere ends all sessions and links of one’s own, and nobody else’s', async () => {
  const cookie = await join('Anna', 'viewer');
  const link = (await pageOf(post(`/members/${await named('Anna')}/link`))).page('#link').text();
  const other = await service.access.signIn(new URL(link).searchParams.get('token') ?? '');
  const unused = (await pageOf(post(`/members/${await named('Anna')}/link`))).page('#link').text();
  expect((await post('/members/sign-out', {}, cookie)).headers.get('location')).toBe('/sign-in');
  expect(await service.access.person(other?.token ?? '')).toBeUndefined();
  expect((await get('/audits', cookie)).status).toBe(303);
  expect(await service.access.signIn(new URL(unused).searchParams.get('token') ?? '')).toBeUndefined();
  expect((await get('/audits')).status).toBe(200);
});

test('another organisation’s people are neither seen nor changed', async () => {
  const [owner] = await members();
  const other = await startService({ idle: true, organisation: 'org_other' });
  const request = (path: string) =>
    other.app.request(path, {
      method: 'POST',
      headers: { accept },
      body: new URLSearchParams({ role: 'viewer' }),
    });
  for (const act of ['role', 'link', 'remove'])
    expect((await request(`/members/${owner?.id}/${act}`)).status).toBe(404);
  await other.close();
});

test('a name is text, whatever stands in it', async () => {
  const { page } = await pageOf(post('/members', { name: '<img src=x onerror=alert(1)>', role: 'viewer' }));
  expect(page('main img')).toHaveLength(0);
  expect(page('tbody').text()).toContain('<img');
});

test.each(locales)('every code has its words in %s', (locale) => {
  expect(Object.keys(accessWords[locale].invitationErrors).sort()).toEqual([...invitationErrorCodes].sort());
});

test('whoever installed the service is asked for a name, gives one, and changes it', async () => {
  const asked = await pageOf(get('/members'));
  const form = asked.page('form[action$="/name"]');
  expect(form.closest('.now')).toHaveLength(1);
  const path = form.attr('action') ?? '';
  const wrong = await pageOf(post(path, { name: `  ${'a'.repeat(81)}` }));
  expect(wrong.status).toBe(422);
  expect(wrong.page('#own-name-e').text()).toBe(accessWords.en.invitationErrors['member-name-invalid']);
  expect((await post(path, { name: ' ' })).status).toBe(422);
  const kept = await post(path, { name: ' The treasurer ' });
  expect([kept.status, kept.headers.get('location')]).toEqual([303, '/members?done=name']);
  const after = await pageOf(get('/members?done=name'));
  expect(after.page('[role=status]').text()).toContain('The name is kept');
  expect(after.page('tbody th').text()).toContain('The treasurer');
  // It is folded away once it is there.
  expect(after.page('form[action$="/name"]').closest('details')).toHaveLength(1);
});

test('nobody names another', async () => {
  const cookie = await join('Anna', 'editor');
  const anna = await named('Anna');
  expect((await post(`/members/${anna}/name`, { name: 'Bo' })).status).toBe(404);
  expect((await post(`/members/${anna}/name`, { name: 'Bo' }, cookie)).status).toBe(403);
  expect(await named('Anna')).toBe(anna);
});
