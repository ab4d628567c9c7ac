/** /v1/sends over the whole application, with the campaigns behind it in memory. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendErrorCodes } from '../../src/campaigns/campaign.ts';
import { sendErrorWords } from '../../src/campaigns/send-errors.ts';
import { harmlessRecord } from '../../src/http/sends/csv.ts';
import { faults, resolve } from './json-schema.ts';
import {
  campaignOf,
  deliveryOf,
  fakeCampaigns,
  fakeClearances,
  fakeRecipients,
  fakeSenders,
  keptOf,
  noCounts,
} from './sending-fake.ts';
import { nothingSent, type Service, startService } from './service.ts';

let service: Service;
let fake: ReturnType<typeof fakeCampaigns>;
let openapi: Record<string, unknown>;
beforeEach(async () => {
  fake = fakeCampaigns(() => service.organisation);
  service = await startService({
    idle: true,
    app: {
      campaigns: fake.campaigns,
      clearances: fakeClearances(),
      senders: fakeSenders([]),
      recipients: fakeRecipients(),
    },
  });
  openapi = (await (await service.app.request('/openapi.json')).json()) as typeof openapi;
});
afterEach(() => service.close());

const order = { clearance: 'token', perMinute: 600 };
function post(path: string, body?: unknown, headers: Record<string, string> = {}) {
  return service.app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}
const create = (body: unknown = order, key = 'k1') => post('/v1/sends', body, { 'idempotency-key': key });
function fitting(name: string, body: unknown): void {
  expect(faults(openapi, resolve(openapi, `#/components/schemas/${name}`), body)).toEqual([]);
}
async function problemOf(response: Response) {
  const body = (await response.json()) as { code: string; errors?: { code: string; text: string }[] };
  fitting('Problem', body);
  return { status: response.status, code: body.code, errors: body.errors?.map(({ code }) => code) };
}

describe('POST /v1/sends', () => {
  test('makes a mailing once, however often the same order is sent', async () => {
    const first = await create();
    expect(first.status).toBe(201);
    const made = (await first.json()) as { id: string };
    fitting('Send', made);
    expect(first.headers.get('location')).toBe(`/v1/sends/${made.id}`);
    const again = await create();
    expect(again.status).toBe(200);
    expect(await again.json()).toEqual(made);
    expect(await problemOf(await create({ ...order, perMinute: 1 }))).toEqual({
      status: 409,
      code: 'idempotency-key-reused',
      errors: undefined,
    });
    expect(fake.kept.size).toBe(1);
  });

  const bad: [string, () => Response | Promise<Response>, number, string, string[] | undefined][] = [
    ['without a key', () => post('/v1/sends', order), 400, 'idempotency-key-missing', undefined],
    ['with a key that has a blank', () => create(order, 'a b'), 400, 'idempotency-key-invalid', undefined],
    ['that is not JSON', () => create('{'), 400, 'invalid-request', ['body-not-json']],
    ['without a clearance', () => create({}), 400, 'invalid-request', ['field-type']],
    [
      'with a field of no meaning',
      () => create({ ...order, zone: {} }),
      400,
      'invalid-request',
      ['field-unknown'],
    ],
    [
      'as plain text',
      () => post('/v1/sends', 'x', { 'idempotency-key': 'k', 'content-type': 'text/plain' }),
      415,
      'unsupported-media-type',
      undefined,
    ],
    [
      'of five levels',
      () => create({ ...order, recipients: [{ address: 'a@b.se', fields: { x: { y: {} } } }] }),
      400,
      'invalid-request',
      ['body-too-complex'],
    ],
  ];
  test.each(bad)('%s is refused', async (_, ask, status, code, errors) => {
    expect(await problemOf(await ask())).toEqual({ status, code, errors });
    expect(fake.calls).toEqual([]);
  });

  test('takes ten thousand recipients in the order, and no more', async () => {
    const recipients = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ address: `a${i}@example.org`, fields: { name: 'Kim' } }));
    expect((await create({ ...order, recipients: recipients(10_000) }, 'many')).status).toBe(201);
    expect(await problemOf(await create({ ...order, recipients: recipients(10_001) }, 'more'))).toMatchObject(
      {
        status: 400,
        errors: ['field-too-many'],
      },
    );
  });

  test('every fault of an order has its own words in both languages', async () => {
    for (const code of sendErrorCodes) {
      fake.refuse([{ code, field: 'clearance', data: {} }]);
      expect(await problemOf(await create())).toEqual({ status: 422, code: 'send-refused', errors: [code] });
    }
    const said = (['en', 'sv'] as const).flatMap((locale) =>
      sendErrorCodes.map((code) => sendErrorWords[locale][code]({})),
    );
    expect(new Set(said).size).toBe(2 * sendErrorCodes.length);
    expect(said.filter((text) => /undefined|NaN/.test(text))).toEqual([]);
  });
});

describe('PUT a list', () => {
  const put = (body: BodyInit, type = 'text/csv', id = 'cmp_0000000000000001') =>
    service.app.request(`/v1/sends/${id}/recipients`, {
      method: 'PUT',
      headers: { 'content-type': type },
      body,
      // @ts-expect-error Node wants it of a stream; the types do not know it.
      duplex: 'half',
    });

  test.each(['text/csv; charset=utf-8', 'application/x-ndjson'])(
    '%s goes to the core as it is',
    async (type) => {
      await create();
      const response = await put('email\na@example.org\n', type);
      expect(response.status).toBe(200);
      fitting('Send', await response.json());
      expect(fake.lists).toEqual([
        { format: type.startsWith('text') ? 'csv' : 'ndjson', bytes: 20, text: 'email\na@example.org\n' },
      ]);
      expect(await problemOf(await put('email\n'))).toMatchObject({ status: 409, code: 'send-wrong-state' });
    },
  );

  test('is read no faster than the core takes it', async () => {
    await create();
    let given = 0;
    const piece = new TextEncoder().encode('reader@example.org,Kim\n'.repeat(1000));
    const body = new ReadableStream<Uint8Array>({
      pull(out) {
        if (given >= 200) return out.close();
        given += 1;
        out.enqueue(piece);
      },
    });
    const ahead: number[] = [];
    fake.campaigns.addList = async (_, id, list) => {
      let taken = 0;
      for await (const _ of list.body) {
        taken += 1;
        await new Promise((resolve) => setImmediate(resolve));
        ahead.push(given - taken);
      }
      return { kind: 'done', campaign: campaignOf({ id, lines: taken }) };
    };
    expect((await put(body)).status).toBe(200);
    expect(ahead).toHaveLength(200);
    expect(Math.max(...ahead)).toBeLessThan(8);
  });

  test('over 256 MB is cut off, whether it says so or not', async () => {
    await create();
    const piece = new Uint8Array(1024 * 1024).fill(97);
    let given = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(out) {
        given += 1;
        out.enqueue(piece);
      },
    });
    expect(await problemOf(await put(endless))).toMatchObject({ status: 413, code: 'request-too-large' });
    expect(given).toBeLessThan(300);
    expect(fake.lists).toEqual([]);
    const said = await service.app.request('/v1/sends/cmp_0000000000000001/recipients', {
      method: 'PUT',
      headers: { 'content-type': 'text/csv', 'content-length': String(257 * 1024 * 1024) },
      body: 'email\n',
    });
    expect(said.status).toBe(413);
  });

  test('of another type, or of no mailing, is refused', async () => {
    expect(await problemOf(await put('x', 'text/plain'))).toMatchObject({ status: 415 });
    expect(await problemOf(await put('email\n', 'text/csv', 'cmp_none'))).toMatchObject({
      status: 404,
      code: 'send-not-found',
    });
  });
});

describe('reading', () => {
  test('lists page by page, each mailing as it is described', async () => {
    for (let i = 1; i <= 3; i++) await create(order, `k${i}`);
    const first = await service.app.request('/v1/sends?limit=2');
    const page = (await first.json()) as { sends: { id: string }[]; next: string };
    fitting('SendList', page);
    expect(page.sends).toHaveLength(2);
    expect(first.headers.get('link')).toBe(`</v1/sends?limit=2&before=${page.next}>; rel="next"`);
    const rest = (await (
      await service.app.request(`/v1/sends?limit=2&before=${page.next}`)
    ).json()) as typeof page;
    expect(rest).toMatchObject({ next: null });
    expect(rest.sends).toHaveLength(1);
  });

  test('progress says nothing that is not described', async () => {
    fake.kept.set(
      'cmp_1',
      keptOf(campaignOf({ id: 'cmp_1', state: 'sending', counts: { ...noCounts, accepted: 2 } }), {
        routes: [
          {
            transport: 'ses',
            provider: 'Amazon SES',
            country: 'SE',
            role: 'primary',
            state: 'carries',
            accepted: 2,
            rejected: 0,
            unknown: 0,
            returned: 0,
            bounced: 0,
            complained: 0,
            bouncesSeen: true,
            bounceRate: null,
            rehearsedAt: null,
            nextTryAt: null,
          },
        ],
        tally: [
          {
            minute: '2026-11-22T10:00:00.000Z',
            route: 'ses',
            accepted: 2,
            rejected: 0,
            unknown: 0,
            delivered: 0,
            bounced: 0,
            complained: 0,
          },
        ],
        alerts: [
          { id: 'a', campaign: 'cmp_1', kind: 'sandbox', data: { a: 1 }, at: '2026-11-22T10:00:00.000Z' },
        ],
        warmUp: { plan: 'full', day: 1, days: 56, cap: 50, sentToday: 2, steps: [] },
      }),
    );
    const body = await (await service.app.request('/v1/sends/cmp_1')).json();
    fitting('SendProgress', body);
    expect(body).toMatchObject({ state: 'sending', counts: { accepted: 2 }, warmUp: { cap: 50 } });
  });

  test('recipients by state, search and page; addresses are kept by nobody on the way', async () => {
    const rows = [1, 2, 3, 4].map((n) => deliveryOf(n, { state: n % 2 ? 'bounced' : 'delivered' }));
    fake.kept.set('cmp_1', keptOf(campaignOf({ id: 'cmp_1' }), { deliveries: rows }));
    const ask = async (query: string) => {
      const response = await service.app.request(`/v1/sends/cmp_1/recipients?${query}`);
      const body = (await response.json()) as { recipients: { number: number }[]; next: number | null };
      fitting('DeliveryList', body);
      return { numbers: body.recipients.map(({ number }) => number), next: body.next };
    };
    expect(await ask('limit=3')).toEqual({ numbers: [1, 2, 3], next: 3 });
    expect(await ask('limit=3&after=3')).toEqual({ numbers: [4], next: null });
    expect(await ask('state=bounced')).toEqual({ numbers: [1, 3], next: null });
    expect(await ask('search=reader2')).toEqual({ numbers: [2], next: null });
    expect(await problemOf(await service.app.request('/v1/sends/cmp_1/recipients?state=lost'))).toMatchObject(
      {
        status: 400,
        errors: ['field-choice'],
      },
    );
  });

  test('CSV is streamed, and no cell of it acts in a spreadsheet', async () => {
    fake.kept.set(
      'cmp_1',
      keptOf(campaignOf({ id: 'cmp_1' }), {
        outcomes: [
          'address,response\n',
          '=cmd()@example.org,"+1 said ""no"""\n',
          '',
          'a@example.org,"x\n=y"\n',
        ],
        leftOut: ['line,code,field\n'],
      }),
    );
    const response = await service.app.request('/v1/sends/cmp_1/outcomes.csv');
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(response.headers.get('content-disposition')).toContain('outcomes-cmp_1.csv');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(await response.text()).toBe(
      'address,response\n\'=cmd()@example.org,"\'+1 said ""no"""\na@example.org,"x\n=y"\n',
    );
    const leftOut = await service.app.request('/v1/sends/cmp_1/left-out.csv');
    // With a byte order mark, once: Excel would take it for Windows-1252.
    expect(Buffer.from(await leftOut.arrayBuffer()).toString('latin1')).toBe('\xef\xbb\xbfline,code,field\n');
    expect((await service.app.request('/v1/sends/cmp_2/left-out.csv')).status).toBe(404);
  });

  test.each([
    ['=1', "'=1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@x', "'@x"],
    ['"=1"', '"\'=1"'],
    ['a,=b', "a,'=b"],
    ['a;=b', "a;'=b"],
    ['a,"b,=c"', 'a,"b,=c"'],
    ['"a""","=b"', '"a""","\'=b"'],
    ['\t=1', "'\t=1"],
    ['a-b,c=d', 'a-b,c=d'],
    ["'=1", "'=1"],
    ['a\n=b', "a\n'=b"],
    ['', ''],
  ])('the record %j becomes %j', (record, harmless) => expect(harmlessRecord(record)).toBe(harmless));
});

describe('changing', () => {
  test('pauses, resumes, returns, decides and cancels', async () => {
    await create();
    const path = '/v1/sends/cmp_0000000000000001';
    const stateAfter = async (response: Response | Promise<Response>) => {
      const body = (await (await response).json()) as { state: string };
      fitting('Send', body);
      return body.state;
    };
    expect(await stateAfter(post(`${path}/pause`))).toBe('paused');
    expect(await stateAfter(post(`${path}/resume`))).toBe('sending');
    expect(await stateAfter(post(`${path}/resume`, { clearance: 'new' }))).toBe('sending');
    expect(await stateAfter(post(`${path}/return-to-primary`))).toBe('sending');
    expect(await stateAfter(post(`${path}/unknown`, { as: 'not-sent' }))).toBe('sending');
    expect(await stateAfter(post(`${path}/cancel`))).toBe('cancelled');
    expect(fake.calls.slice(1)).toEqual([
      ['resume', undefined],
      ['resume', 'new'],
      ['decideUnknown', 'not-sent'],
    ]);
  });

  test('says so when it cannot', async () => {
    await create();
    const path = '/v1/sends/cmp_0000000000000001';
    for (const body of [undefined, {}, { as: 'perhaps' }, { as: 'sent', more: 1 }, '[]'])
      expect(await problemOf(await post(`${path}/unknown`, body))).toMatchObject({ status: 400 });
    expect(await problemOf(await post('/v1/sends/cmp_none/pause'))).toMatchObject({ status: 404 });
    fake.standWrong(true);
    expect(await problemOf(await post(`${path}/pause`))).toMatchObject({
      status: 409,
      code: 'send-wrong-state',
    });
    fake.standWrong(false);
    fake.refuse([{ code: 'clearance-expired', field: 'clearance', data: {} }]);
    expect(await problemOf(await post(`${path}/resume`))).toMatchObject({ errors: ['clearance-expired'] });
  });
});

test('a key needs the scopes, and another organisation sees nothing', async () => {
  await create();
  const reads = await service.key(['sends:read']);
  expect((await reads.request('/v1/sends')).status).toBe(200);
  const refused = await reads.request('/v1/sends/cmp_0000000000000001/pause', { method: 'POST' });
  expect(await problemOf(refused)).toMatchObject({ status: 403, code: 'scope-missing' });
  const audits = await service.key(['audits:read', 'audits:write']);
  for (const path of [
    '/v1/sends',
    '/v1/sends/cmp_0000000000000001',
    '/v1/sends/cmp_0000000000000001/recipients',
  ])
    expect((await audits.request(path)).status).toBe(403);
  const list = await audits.request('/v1/sends/cmp_0000000000000001/recipients', {
    method: 'PUT',
    headers: { 'content-type': 'text/csv' },
    body: 'email\n',
  });
  expect(list.status).toBe(403);
  expect(fake.lists).toEqual([]);
  expect((await service.anonymous.request('/v1/sends')).status).toBe(401);
});

test('a host that sends nothing says so', async () => {
  const bare = await startService({ idle: true, app: nothingSent });
  try {
    for (const path of ['/v1/sends', '/v1/sends/x', '/v1/sends/x/outcomes.csv', '/v1/recipients/a%40b.se']) {
      const response = await bare.app.request(path);
      expect([path, response.status, ((await response.json()) as { code: string }).code]).toEqual([
        path,
        501,
        'sending-unavailable',
      ]);
    }
    expect((await bare.app.request('/mailings', { headers: { accept: 'text/html' } })).status).toBe(501);
  } finally {
    await bare.close();
  }
});
