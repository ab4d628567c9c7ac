/** Clearances over HTTP: who may, what is answered, and what it says to do. */
import { load } from 'cheerio';
import { Hono } from 'hono';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { type Scope, scopes } from '../../src/access.ts';
import type { HttpEnv } from '../../src/http/caller.ts';
import { needOf } from '../../src/http/needs.ts';
import { signedIn } from '../../src/http/sign-in.ts';
import { type Checks, type ClearanceWorld, majorFails, startClearanceWorld } from '../clearance-world.ts';
import { type Answers, readAnswers } from './answers.ts';

let world: ClearanceWorld;
let answers: Answers;
beforeEach(async () => {
  world = await startClearanceWorld();
  answers = await readAnswers(world);
});
afterEach(() => world.close());

type App = ClearanceWorld['app'];
const post = (path: string, body?: unknown, app: App = world.app) =>
  app.request(path, {
    method: 'POST',
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
// biome-ignore lint/suspicious/noExplicitAny: of an answer whose shape another test holds
const jsonOf = async (response: Response | Promise<Response>): Promise<any> => (await response).json();

/** The app as a person of this role. */
async function personOf(role: string): Promise<App> {
  const invited = await world.access.members.invite(world.organisation, { name: role, role });
  if (invited.kind !== 'invited') throw new Error(invited.kind);
  const session = await world.access.signIn(invited.invitation.token);
  const cookie = `klarsignal=${session?.token}; __Host-klarsignal=${session?.token}`;
  const request: App['request'] = (input, init) =>
    world.anonymous.request(input, { ...init, headers: { ...init?.headers, cookie } });
  return Object.assign(Object.create(world.anonymous), { request });
}

const fitting = async (path: string, status: number, method: 'get' | 'post', response: Response) => {
  expect(response.status).toBe(status);
  const api = answers.openapi as {
    paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  };
  expect(Object.keys(api.paths[path]?.[method]?.responses ?? {})).toContain(String(status));
  return response.json() as Promise<Record<string, unknown>>;
};

test('from a clear audit to a clearance that verifies, is listed, and is revoked', async () => {
  const { id, digest } = await world.audit();
  const granted = await post(`/v1/audits/${id}/clearance`);
  expect(granted.headers.get('cache-control')).toBe('private, no-store');
  const made = await fitting('/v1/audits/{id}/clearance', 201, 'post', granted);
  expect(made).toEqual({
    clearance: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    id: expect.stringMatching(/^clr_/),
    digest,
    expiresAt: '2026-11-23T12:00:00.000Z',
    waivers: [],
  });
  const verified = await post('/v1/clearances/verify', { clearance: ` ${made.clearance}\n` });
  expect(await fitting('/v1/clearances/verify', 200, 'post', verified)).toMatchObject({
    valid: true,
    claims: { digest, jti: made.id, sub: world.organisation },
  });
  const listed = await jsonOf(world.app.request(`/v1/audits/${id}/clearances`));
  expect(listed.clearances).toMatchObject([{ id: made.id, audit: id, revokedAt: null }]);
  expect(JSON.stringify(listed)).not.toContain(made.clearance);
  const revoked = await post(`/v1/clearances/${made.id}/revoke`);
  expect(await fitting('/v1/clearances/{id}/revoke', 200, 'post', revoked)).toEqual({
    id: made.id,
    state: 'revoked',
  });
  const after = await jsonOf(post('/v1/clearances/verify?locale=sv', { clearance: made.clearance }));
  expect(after).toMatchObject({ valid: false, code: 'revoked', claims: { jti: made.id } });
  expect(after.text).toMatch(/^Den är återkallad\. .*hämta en ny/);
});

test('the keys are for everybody, for five minutes, from any page', async () => {
  const response = await world.anonymous.request('/.well-known/jwks.json');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/jwk-set+json']);
  expect(response.headers.get('cache-control')).toBe('public, max-age=300');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(response.headers.get('set-cookie')).toBeNull();
  const set = await response.json();
  expect(Object.keys(set.keys[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  const { id } = await world.audit();
  const { clearance } = await jsonOf(post(`/v1/audits/${id}/clearance`));
  const checked = await jwtVerify(clearance, createLocalJWKSet(set), { currentDate: world.clock.now() });
  expect(checked.payload.aud).toBe('klarsignal-send');
});

describe('not granted', () => {
  const rows: [string, () => Promise<string>, number, string][] = [
    ['blocked', async () => (await world.audit({ checks: majorFails })).id, 409, 'clearance-refused'],
    ['partial', async () => (await world.audit({ previews: false })).id, 409, 'clearance-refused'],
    ['simulated', async () => (await world.example()).id, 409, 'clearance-refused'],
    ['audit-not-found', async () => 'aud_none', 404, 'audit-not-found'],
    [
      'facts-stale',
      async () => {
        const { id } = await world.audit();
        world.pass(61 * 60_000);
        return id;
      },
      409,
      'clearance-refused',
    ],
  ];
  test.each(rows)('%s: it says why, and what to do', async (code, audit, status, named) => {
    const response = await post(`/v1/audits/${await audit()}/clearance`);
    expect(response.status).toBe(status);
    const problem = await answers.problemIn(response);
    expect(problem.code).toBe(named);
    expect(problem.detail).toMatch(/\. /);
    if (status === 409)
      expect(problem.errors).toMatchObject([{ code, field: 'audit', text: problem.detail }]);
  });

  test('another organisation’s audit is not there', async () => {
    const { id } = await world.audit();
    const other = await startClearanceWorld({ organisation: 'org_other' });
    for (const path of [`/v1/audits/${id}/clearance`, `/v1/audits/${id}/waivers`]) {
      const body = { rule: 'check-b', reason: 'Because it is so.', endsAt: '2026-12-01' };
      expect((await post(path, path.endsWith('waivers') ? body : undefined, other.app)).status).toBe(404);
    }
    for (const path of ['clearances', 'waivers'])
      expect((await other.app.request(`/v1/audits/${id}/${path}`)).status).toBe(404);
    await other.close();
  });

  test('what is not there can be neither revoked nor ended', async () => {
    expect((await answers.problemIn(await post('/v1/clearances/clr_none/revoke'))).code).toBe(
      'clearance-not-found',
    );
    expect((await answers.problemIn(await post('/v1/waivers/wai_none/revoke'))).code).toBe(
      'waiver-not-found',
    );
  });
});

describe('exceptions', () => {
  const body = { rule: 'check-b', reason: 'Agreed with the board.', endsAt: '2026-12-01' };

  test('are made by an owner, stand in the clearance, and take it with them', async () => {
    const { id } = await world.audit({ checks: majorFails });
    const waiver = await fitting(
      '/v1/audits/{id}/waivers',
      201,
      'post',
      await post(`/v1/audits/${id}/waivers`, body),
    );
    expect(waiver).toMatchObject({ rule: 'check-b', reason: body.reason, revokedAt: null });
    const listed = await jsonOf(world.app.request(`/v1/audits/${id}/waivers`));
    expect(listed.waivers).toEqual([waiver]);
    const granted = await jsonOf(post(`/v1/audits/${id}/clearance`));
    expect(granted.waivers).toEqual([{ id: waiver.id, rule: 'check-b', endsAt: waiver.endsAt }]);
    expect((await post(`/v1/waivers/${waiver.id}/revoke`)).status).toBe(200);
    const after = await jsonOf(post('/v1/clearances/verify', { clearance: granted.clearance }));
    expect(after).toMatchObject({ valid: false, code: 'revoked' });
  });

  test('what is wrong with one is told in words', async () => {
    const { id } = await world.audit({ checks: majorFails });
    const order = { rule: 'check-a', reason: 'x', endsAt: '2026-01-01' };
    const response = await post(`/v1/audits/${id}/waivers?locale=sv`, order);
    const problem = await answers.problemIn(response);
    expect([response.status, problem.code]).toEqual([422, 'waiver-refused']);
    expect(problem.errors?.map(({ code }) => code)).toEqual([
      'rule-not-failed',
      'reason-missing',
      'ends-at-invalid',
    ]);
    expect(problem.errors?.[1]?.text).toContain('minst 10 tecken');
  });

  test.each(['editor', 'viewer'])('a person who is %s makes none and ends none', async (role) => {
    const { id } = await world.audit({ checks: majorFails });
    const app = await personOf(role);
    const problem = await answers.problemIn(await post(`/v1/audits/${id}/waivers`, body, app));
    expect([problem.status, problem.code]).toEqual([403, 'role-missing']);
    const waiver = await jsonOf(post(`/v1/audits/${id}/waivers`, body));
    expect((await post(`/v1/waivers/${waiver.id}/revoke`, undefined, app)).status).toBe(403);
    // Both see it.
    expect((await app.request(`/v1/audits/${id}/waivers`)).status).toBe(200);
  });

  test('a key with every scope makes none and ends none', async () => {
    const { id } = await world.audit({ checks: majorFails });
    const app = await world.key(scopes);
    const problem = await answers.problemIn(await post(`/v1/audits/${id}/waivers`, body, app));
    expect([problem.status, problem.code]).toEqual([403, 'person-only']);
    expect((await post('/v1/waivers/wai_x/revoke', undefined, app)).status).toBe(403);
  });
});

describe('who may what', () => {
  test('every call of the API is in the table, and one that is not stays shut for everybody', async () => {
    const { paths } = answers.openapi as { paths: Record<string, Record<string, unknown>> };
    const calls = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => [method.toUpperCase(), path] as const),
    );
    expect(calls.length).toBeGreaterThan(10);
    expect(calls.filter(([method, path]) => needOf(method, path) === undefined)).toEqual([]);
    expect(needOf('GET', '/v1/forgotten')).toBeUndefined();
    expect(needOf('GET', '/v1')).toBeUndefined();
    expect(needOf('GET', '/v1/auditsx')).toBeUndefined();
    // A route that somebody adds and forgets to put into the table.
    const app = new Hono<HttpEnv>();
    app.use(signedIn({ access: world.access, wayIn: 'command-line' }));
    app.get('/v1/forgotten', (c) => c.text('open'));
    app.get('/v1/audits', (c) => c.text('open'));
    const headers = { cookie: `klarsignal=${world.session}` };
    expect((await app.request('http://localhost/v1/audits', { headers })).status).toBe(200);
    expect((await app.request('http://localhost/v1/forgotten', { headers })).status).toBe(404);
  });

  const calls: [method: string, path: string, scope: Scope][] = [
    ['GET', '/v1/audits', 'audits:read'],
    ['HEAD', '/v1/audits/x', 'audits:read'],
    ['POST', '/v1/audits', 'audits:write'],
    ['POST', '/v1/audits/x/again', 'audits:write'],
    ['GET', '/v1/audits/x/clearances', 'audits:read'],
    ['POST', '/v1/audits/x/clearance', 'clearances:write'],
    ['POST', '/v1/clearances/verify', 'audits:read'],
    ['POST', '/v1/clearances/x/revoke', 'clearances:write'],
    ['GET', '/v1/senders', 'senders:read'],
    ['DELETE', '/v1/senders/x', 'senders:write'],
    ['GET', '/v1/sends/x', 'sends:read'],
    ['POST', '/v1/sends', 'sends:write'],
    ['PUT', '/v1/sends/x/recipients', 'sends:write'],
    ['GET', '/v1/recipients/x', 'recipients:write'],
    ['DELETE', '/v1/recipients/x', 'recipients:write'],
  ];
  test.each(calls)('%s %s needs %s, and nothing else opens it', async (method, path, scope) => {
    const others = await world.key(scopes.filter((one) => one !== scope));
    const refused = await others.request(path, { method });
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      403,
      `Bearer error="insufficient_scope", scope="${scope}"`,
    ]);
    const own = await world.key([scope]);
    const headers = { 'content-type': 'application/json' };
    const body = ['GET', 'HEAD'].includes(method) ? {} : { body: '{}' };
    expect((await own.request(path, { method, headers, ...body })).status).not.toBe(403);
  });

  test('a viewer sees and changes nothing; an editor all but what is an owner’s', async () => {
    const { id } = await world.audit();
    const [viewer, editor] = [await personOf('viewer'), await personOf('editor')];
    expect((await viewer.request(`/v1/audits/${id}`)).status).toBe(200);
    expect((await viewer.request(`/v1/audits/${id}/clearances`)).status).toBe(200);
    const changes = [`/v1/audits/${id}/clearance`, `/v1/audits/${id}/again`, '/v1/clearances/x/revoke'];
    for (const path of changes) {
      const problem = await answers.problemIn(await post(path, undefined, viewer));
      expect([path, problem.code]).toEqual([path, 'role-missing']);
      expect(problem.detail).toContain('editor');
      expect((await post(path, undefined, editor)).status).not.toBe(403);
    }
    const pages: [string, string][] = [
      ['POST', '/audits'],
      ['POST', `/audits/${id}/again`],
      ['POST', `/audits/${id}/clearance`],
      ['POST', '/mailings'],
      ['POST', '/senders'],
    ];
    for (const [method, path] of pages) expect((await viewer.request(path, { method })).status).toBe(403);
    for (const [method, path] of [
      ['GET', '/keys'],
      ['POST', '/keys'],
      ['POST', '/members'],
      ['POST', '/unheard-of'],
    ] as const)
      for (const app of [viewer, editor])
        expect([path, (await app.request(path, { method })).status]).toEqual([path, 403]);
    // What they cannot begin they are not offered first.
    const first = await viewer.request('/');
    expect([first.status, first.headers.get('location')]).toEqual([303, '/audits']);
    expect((await editor.request('/')).status).toBe(200);
  });

  test('keys from before there were more scopes do what they did', async () => {
    const { id } = await world.audit();
    const old = await world.key(['audits:read', 'audits:write']);
    expect((await old.request(`/v1/audits/${id}`)).status).toBe(200);
    expect((await post(`/v1/audits/${id}/again`, undefined, old)).status).toBe(202);
    expect((await post(`/v1/audits/${id}/clearance`, undefined, old)).status).toBe(403);
  });
});

test('where there are no keys to sign with, it says so', async () => {
  const bare = await startClearanceWorld({ app: { clearances: undefined } });
  const { id } = await bare.audit();
  expect((await post(`/v1/audits/${id}/clearance`, undefined, bare.app)).status).toBe(501);
  expect((await bare.anonymous.request('/.well-known/jwks.json')).status).toBe(501);
  await bare.close();
});

describe('on the report', () => {
  const ids = (severity: string) =>
    Object.values(rules)
      .flat()
      .filter((rule) => rule.severity === severity)
      .map(({ id }) => id);
  const [major = ''] = ids('major');
  const [blocker = ''] = ids('blocker');
  const sound: Checks = { [blocker]: ['blocker', 'pass'] };
  const failing: Checks = { ...sound, [major]: ['major', 'fail'] };
  const send = (path: string, fields: Record<string, string> = {}, app: App = world.app) =>
    app.request(path, {
      method: 'POST',
      headers: { accept: 'text/html' },
      body: new URLSearchParams(fields),
    });
  const sectionOf = async (response: Response | Promise<Response>) =>
    load(await (await response).text())('#clearance');

  test('a button gets the clearance, which is shown once, and another revokes it', async () => {
    const { id } = await world.audit({ checks: sound });
    const first = await sectionOf(world.app.request(`/audits/${id}`));
    expect(first.find('form').attr('action')).toBe(`/audits/${id}/clearance`);
    const made = await send(`/audits/${id}/clearance`);
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'private, no-store']);
    const token = (await sectionOf(made)).find('#token').text();
    expect(await world.verify(token)).toMatchObject({ valid: true });
    const after = await sectionOf(world.app.request(`/audits/${id}`));
    expect(after.text()).toContain('Live');
    expect(after.html()).not.toContain(token);
    const revoke = after.find('form[action$="/revoke"]');
    const revoked = await send(revoke.attr('action') ?? '', { audit: id });
    expect([revoked.status, revoked.headers.get('location')]).toEqual([303, `/audits/${id}#clearance`]);
    expect(await world.verify(token)).toMatchObject({ code: 'revoked' });
    // Only ever back to a report of ours.
    const elsewhere = await send(revoke.attr('action') ?? '', { audit: '/evil.example' });
    expect(elsewhere.headers.get('location')).toBe('/audits');
  });

  test('an owner makes an exception there and ends it; what is wrong with it is said beside the field', async () => {
    const { id } = await world.audit({ checks: failing });
    const before = await sectionOf(world.app.request(`/audits/${id}`));
    expect(before.text()).toContain('No clearance can be had');
    expect(before.find('[name=endsAt]').attr('max')).toBe('2027-02-19');
    const wrong = await send(`/audits/${id}/waivers`, { rule: major, reason: '<b>x', endsAt: '' });
    expect(wrong.status).toBe(422);
    const form = await sectionOf(wrong);
    expect(form.find('.error').length).toBe(2);
    expect(form.find('textarea').text()).toBe('<b>x');
    const order = { rule: major, reason: 'Agreed with <b>the board</b>.', endsAt: '2026-12-01' };
    expect((await send(`/audits/${id}/waivers`, order)).status).toBe(303);
    const after = await sectionOf(world.app.request(`/audits/${id}`));
    expect(after.text()).toContain('Agreed with <b>the board</b>.');
    expect(after.find('form[action$="/clearance"]').length).toBe(1);
    expect(
      (await send(after.find('form[action^="/waivers/"]').attr('action') ?? '', { audit: id })).status,
    ).toBe(303);
    expect((await send(`/audits/${id}/clearance`)).status).toBe(409);
  });

  test('an exception stands in the decision, on the page and in the list, as long as it lives', async () => {
    const { id } = await world.audit({ checks: failing });
    await send(`/audits/${id}/waivers`, { rule: major, reason: 'Agreed upon.', endsAt: '2026-12-01' });
    const page = load(await (await world.app.request(`/audits/${id}`)).text());
    expect(page('#decision').text()).toBe('Clear to send, with an exception');
    expect(page('title').text()).toContain('Clear to send, with an exception');
    expect(page(`#f-${major} .tag`).text()).toBe('Exception');
    // Where no server is set up, nothing leads to a mailing.
    expect(page(`#clearance a[href="/mailings/new?audit=${id}"]`)).toHaveLength(0);
    const rowOf = async () => {
      const list = load(
        await (await world.app.request('/audits', { headers: { accept: 'text/html' } })).text(),
      );
      const cells = list(`tr:has(a[href="/audits/${id}"]) td`).toArray();
      return cells.slice(0, 2).map((cell) => list(cell).text().trim());
    };
    expect(await rowOf()).toEqual(['Clear to send, with an exception', 'Nothing']);
    await send(page('#clearance form[action^="/waivers/"]').attr('action') ?? '', { audit: id });
    expect(await rowOf()).toEqual(['Not clear to send', '1 stops the mail']);
    // It asks before it ends one, without script.
    expect(page('#clearance form[action^="/waivers/"]').closest('details')).toHaveLength(1);
    const kept = await jsonOf(world.app.request(`/v1/audits/${id}/report?format=json`));
    expect(kept.decision).toBe('blocked');
  });

  test('an owner without a name gives one with the exception, or makes none', async () => {
    await world.close();
    world = await startClearanceWorld({ named: false });
    const { id } = await world.audit({ checks: failing });
    const order = { rule: major, reason: 'Agreed upon.', endsAt: '2026-12-01' };
    const refused = await post(`/v1/audits/${id}/waivers`, { ...order });
    expect((await jsonOf(refused)).errors).toMatchObject([{ code: 'name-missing', field: 'name' }]);
    const asked = await sectionOf(send(`/audits/${id}/waivers`, { ...order, name: ' ' }));
    expect(asked.find('.error').text()).toContain('Write your name');
    expect(asked.find('[name=name]').attr('aria-invalid')).toBe('true');
    expect((await send(`/audits/${id}/waivers`, { ...order, name: 'The chair' })).status).toBe(303);
    const made = await sectionOf(world.app.request(`/audits/${id}`));
    expect(made.text()).toContain('– The chair');
    // It is a name from then on: nobody takes another in passing.
    const again = { ...order, name: 'Somebody else' };
    await send(`/audits/${id}/waivers`, again);
    expect((await sectionOf(world.app.request(`/audits/${id}`))).text()).not.toContain('Somebody else');
  });

  test('a viewer sees how it stands and no button; an example has no such part', async () => {
    const { id } = await world.audit({ checks: failing });
    const section = await sectionOf((await personOf('viewer')).request(`/audits/${id}`));
    expect([section.length, section.find('form').length]).toEqual([1, 0]);
    world.checks = sound;
    const example = await world.example();
    expect(await sectionOf(world.app.request(`/audits/${example.id}`))).toHaveLength(0);
  });
});
