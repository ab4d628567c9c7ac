/** /v1/senders over the whole application. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scopes } from '../../src/access.ts';
import type { Rehearsal, Resolver, TransportInfo } from '../../src/ports.ts';
import type { Rehearse } from '../../src/senders.ts';
import { resolverOf } from '../world.ts';
import { type Service, startService } from './service.ts';

let service: Service;
let zone: Record<string, unknown>;
let arrival: Awaited<ReturnType<Rehearse>>;

const reserve: TransportInfo = {
  id: 'reserve',
  kind: 'smtp',
  provider: 'AuthSMTP',
  country: 'GB',
  place: 'mail.authsmtp.com:465',
  spf: 'include:authsmtp.com',
  standardFor: [],
};
/** Asks the zone as it is at that moment. */
const resolver: Resolver = {
  async ask(question, signal) {
    const served = await resolverOf(zone);
    return served.ask(question, signal).finally(() => served.close());
  },
};

beforeEach(async () => {
  zone = {};
  arrival = { kind: 'no-receiver' };
  service = await startService({
    idle: true,
    senders: {
      resolver,
      transports: new Map([[reserve.id, reserve]]),
      rehearse: async () => arrival,
      receiver: 'in.klarsignal.example',
      warmUps: ['full', 'simplified'],
    },
  });
});
afterEach(() => service.close());

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, each checked where it is used
type Answer = { status: number; body: any; headers: Headers };

async function call(method: string, path: string, body?: unknown, app = service.app): Promise<Answer> {
  const response = await app.request(`/v1/senders${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text === '' ? undefined : JSON.parse(text),
    headers: response.headers,
  };
}

async function prove(domain = 'example.se') {
  const { body } = await call('POST', '', { domain });
  zone[body.proof.name] = { TXT: [body.proof.data] };
  expect((await call('POST', `/${domain}/check`)).body.result).toBe('active');
}

const order = { role: 'reserve', mailFrom: 'post.example.se' };

test('from registration to a route that stands ready', async () => {
  const added = await call('POST', '', { domain: 'Example.SE' });
  expect(added).toMatchObject({
    status: 201,
    body: {
      domain: 'example.se',
      state: 'pending',
      provedAt: null,
      proof: {
        name: '_klarsignal.example.se',
        type: 'TXT',
        why: 'proof',
        text: 'Shows that the domain is yours',
      },
      routes: [],
    },
  });
  expect(added.headers.get('location')).toBe('/v1/senders/example.se');
  // It stands in the record alone.
  expect(Object.keys(added.body)).not.toContain('token');
  expect(await call('POST', '', { domain: 'example.se' })).toMatchObject({
    status: 200,
    body: { proof: added.body.proof },
  });

  expect((await call('POST', '/example.se/check')).body).toMatchObject({ result: 'not-found' });
  await prove();
  const checked = await call('GET', '/example.se');
  expect(checked).toMatchObject({ status: 200, body: { state: 'active' } });

  const routed = await call('PUT', '/example.se/routes/reserve', order);
  expect(routed).toMatchObject({
    status: 200,
    body: {
      routes: [
        {
          transport: 'reserve',
          provider: 'AuthSMTP',
          country: 'GB',
          role: 'reserve',
          mailFrom: 'post.example.se',
          armed: false,
          rehearsal: null,
          gaps: [],
        },
      ],
    },
  });
  const records = routed.body.routes[0].records as { name: string; type: string; data: string }[];
  expect(records.map(({ name, type }) => `${type} ${name}`)).toEqual([
    'MX post.example.se',
    'TXT post.example.se',
    'TXT klarsignal._domainkey.example.se',
  ]);
  // A real key of the real keyring.
  expect(records[2]?.data).toMatch(/^v=DKIM1; k=rsa; p=MII[A-Za-z0-9+/=]{300,}$/);

  arrival = { kind: 'arrived', rehearsal: rehearsal() };
  const rehearsed = await call('POST', '/example.se/routes/reserve/rehearsal');
  expect(rehearsed).toMatchObject({
    status: 200,
    body: { route: { armed: true, rehearsal: { spf: 'pass' } } },
  });
  expect((await call('GET', '')).body).toMatchObject({ senders: [{ routes: [{ armed: true }] }] });

  expect(await call('DELETE', '/example.se/routes/reserve')).toMatchObject({
    status: 200,
    body: { routes: [] },
  });
  expect(await call('DELETE', '/example.se')).toMatchObject({ status: 204, body: undefined });
  expect((await call('GET', '/example.se')).status).toBe(404);
});

const rehearsal = (): Rehearsal => ({
  startedAt: new Date().toISOString(),
  endedAt: new Date().toISOString(),
  passed: true,
  returns: true,
  problems: [],
  spf: 'pass',
  dkim: 'pass',
  dmarc: 'pass',
  envelopeFrom: 'r@post.example.se',
  dkimDomains: ['example.se'],
  ip: '192.0.2.1',
  tls: true,
  detail: '',
});

describe('what cannot be', () => {
  test.each([
    ['POST', '', { domain: 'co.uk' }, 422, 'domain: domain-public-suffix'],
    ['POST', '', { domain: 'x' }, 422, 'domain: domain-invalid'],
    ['PUT', '/example.se/routes/nowhere', order, 422, 'transport: transport-unknown'],
    [
      'PUT',
      '/example.se/routes/reserve',
      { ...order, mailFrom: 'post.example.com' },
      422,
      'mailFrom: mail-from-outside',
    ],
    [
      'PUT',
      '/example.se/routes/reserve',
      { ...order, selector: 'a b' },
      422,
      'selector: dkim-selector-invalid',
    ],
    ['PATCH', '/example.se', { warmUp: 'odd' }, 422, 'warmUp: warm-up-unknown'],
    ['PATCH', '/example.se', { onBounces: 'odd' }, 422, 'onBounces: on-bounces-invalid'],
    ['POST', '', {}, 400, 'domain: field-type'],
    ['POST', '', { domain: 7 }, 400, 'domain: field-type'],
    ['POST', '', { domain: 'a'.repeat(301) }, 400, 'domain: field-too-long'],
    ['POST', '', { domain: 'example.org', token: 'x' }, 400, 'token: field-unknown'],
    ['PUT', '/example.se/routes/reserve', { ...order, role: 'odd' }, 400, 'role: field-choice'],
    ['PUT', '/example.se/routes/reserve', { ...order, dkim: [] }, 400, 'dkim: field-unknown'],
    ['PATCH', '/example.se', { state: 'active' }, 400, 'state: field-unknown'],
  ] as const)('%s %s %o: %i %s', async (method, path, body, status, code) => {
    await call('POST', '', { domain: 'example.se' });
    const answer = await call(method, path, body);
    expect(answer.status).toBe(status);
    const errors = answer.body.errors as { code: string; field: string; text: string }[];
    expect(errors.map(({ code, field }) => `${field}: ${code}`)).toEqual([code]);
    expect(errors[0]?.text.length).toBeGreaterThan(10);
    expect((await service.senders.find(service.organisation, 'example.se'))?.state).toBe('pending');
  });

  test.each([
    ['GET', '/example.com', undefined],
    ['GET', '/%00', undefined],
    ['GET', '/..%2f..%2fkeys', undefined],
    ['PATCH', '/example.com', { warmUp: null }],
    ['DELETE', '/example.com', undefined],
    ['POST', '/example.com/check', undefined],
    ['PUT', '/example.com/routes/reserve', order],
    ['DELETE', '/example.se/routes/reserve', undefined],
    ['POST', '/example.se/routes/reserve/rehearsal', undefined],
  ])('%s %s is not there', async (method, path, body) => {
    await call('POST', '', { domain: 'example.se' });
    const { status, body: told } = await call(method, path, body);
    expect([status, told.code]).toEqual([404, 'sender-not-found']);
  });

  test.each([
    [{ kind: 'no-receiver' }, 409, 'rehearsal-not-sent'],
    [{ kind: 'not-arrived' }, 504, 'rehearsal-not-arrived'],
    [{ kind: 'refused', response: '550 5.7.1 no' }, 502, 'rehearsal-refused'],
  ] as const)('a rehearsal that ended with %o', async (ended, status, code) => {
    await prove();
    await call('PUT', '/example.se/routes/reserve', order);
    arrival = ended;
    const answer = await call('POST', '/example.se/routes/reserve/rehearsal');
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.detail.length).toBeGreaterThan(20);
    if (ended.kind === 'refused') expect(answer.body.detail).toContain('550 5.7.1 no');
  });

  test('a rehearsal for a domain that is not proved', async () => {
    await call('POST', '', { domain: 'example.se' });
    await call('PUT', '/example.se/routes/reserve', order);
    const answer = await call('POST', '/example.se/routes/reserve/rehearsal');
    expect([answer.status, answer.body.code]).toEqual([409, 'sender-unproved']);
  });

  test('a body that is no JSON, or of another type', async () => {
    const post = (body: string, type: string) =>
      service.app.request('/v1/senders', { method: 'POST', headers: { 'content-type': type }, body });
    expect((await post('{', 'application/json')).status).toBe(400);
    expect((await post('[]', 'application/json')).status).toBe(400);
    expect((await post('domain=example.se', 'application/x-www-form-urlencoded')).status).toBe(415);
    expect(await service.senders.list(service.organisation)).toEqual([]);
  });
});

describe('who may', () => {
  test('a key with its scope alone', async () => {
    await prove();
    const reader = await service.key(['senders:read']);
    const writer = await service.key(['senders:write']);
    const other = await service.key(['audits:read', 'audits:write']);
    expect((await call('GET', '', undefined, reader)).status).toBe(200);
    expect((await call('GET', '/example.se', undefined, reader)).status).toBe(200);
    for (const [method, path, body] of [
      ['POST', '', { domain: 'example.org' }],
      ['PATCH', '/example.se', { warmUp: null }],
      ['PUT', '/example.se/routes/reserve', order],
      ['POST', '/example.se/check', undefined],
      ['POST', '/example.se/routes/reserve/rehearsal', undefined],
      ['DELETE', '/example.se', undefined],
    ] as const) {
      expect((await call(method, path, body, reader)).status).toBe(403);
      expect((await call(method, path, body, other)).status).toBe(403);
    }
    expect((await call('GET', '', undefined, other)).status).toBe(403);
    expect((await call('POST', '', { domain: 'example.org' }, writer)).status).toBe(201);
  });

  test('nobody who has not signed in', async () => {
    expect((await call('GET', '', undefined, service.anonymous)).status).toBe(401);
    expect((await call('POST', '', { domain: 'example.se' }, service.anonymous)).status).toBe(401);
  });

  test('not another site', async () => {
    const response = await service.app.request('/v1/senders/example.se', {
      method: 'DELETE',
      headers: { origin: 'https://evil.example' },
    });
    expect(response.status).toBe(403);
  });
});

test('texts come in Swedish', async () => {
  const { body } = await call('POST', '?locale=sv', { domain: 'co.uk' });
  expect(body.errors[0].text).toMatch(/^Den här ändelsen/);
  await call('POST', '', { domain: 'example.se' });
  const checked = await call('POST', '/example.se/check?locale=sv');
  expect(checked.body.text).toMatch(/^Posten finns inte/);
  expect(checked.headers.get('content-language')).toBe('sv');
});

test('a host that sends nothing says so', async () => {
  await service.close();
  service = await startService({ idle: true, app: { senders: undefined } });
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/example.se'],
    ['POST', '/example.se/check'],
  ] as const) {
    const { status, body } = await call(method, path);
    expect([status, body.code]).toEqual([501, 'sending-unavailable']);
  }
});

test('only an owner who is signed in accepts that bounces are not seen', async () => {
  await prove();
  await call('PUT', '/example.se/routes/reserve', order);
  const unseen = { ...rehearsal(), returns: false, problems: ['bounces-elsewhere'] };
  arrival = { kind: 'arrived', rehearsal: unseen };
  const rehearsed = await call('POST', '/example.se/routes/reserve/rehearsal');
  expect(rehearsed.body.route).toMatchObject({
    armed: false,
    unseenBounces: null,
    rehearsal: {
      passed: true,
      returns: false,
      problems: [{ code: 'bounces-elsewhere', title: 'Bounces do not come to us' }],
    },
  });
  const path = '/example.se/routes/reserve/unseen-bounces';
  const accepted = await call('PUT', path);
  expect(accepted).toMatchObject({ status: 200, body: { routes: [{ armed: true }] } });
  expect(Object.keys(accepted.body.routes[0].unseenBounces)).toEqual(['by', 'at']);
  expect(await call('DELETE', path)).toMatchObject({
    status: 200,
    body: { routes: [{ armed: false, unseenBounces: null }] },
  });
  expect((await call('PUT', path, undefined, await service.key([...scopes]))).status).toBe(403);
});
