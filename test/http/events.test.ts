/** Audits followed as server-sent events, over a real socket. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Progress } from '../../src/preflight.ts';
import { type Answers, readAnswers } from './answers.ts';
import { postJson, type Service, sound, startService } from './service.ts';

/** One audit is under way: it goes on when the test says so. */
function held() {
  const begun = Promise.withResolvers<{ step(progress: Progress): void; crash(): void }>();
  return {
    begun: begun.promise,
    preflight: {
      audit: (_: unknown, options: { onProgress?(step: Progress): void; signal?: AbortSignal } = {}) => {
        const { promise, resolve, reject } = Promise.withResolvers<never>();
        const crash = () => reject(new Error('ended'));
        // As the real one: cut off, it hands over what it has.
        options.signal?.addEventListener('abort', () => resolve({} as never));
        begun.resolve({ step: (progress) => options.onProgress?.(progress), crash });
        return promise;
      },
      ruleSet: 'rules',
    },
  };
}

let audit: ReturnType<typeof held>;
let service: Service;
let answers: Answers;
let server: ServerType;
let base: string;
let id: string;

beforeEach(async () => {
  audit = held();
  service = await startService({ preflight: audit.preflight, app: { heartbeatMs: 5 } });
  answers = await readAnswers(service);
  server = serve({ fetch: service.anonymous.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ({ id } = await answers.auditIn(await postJson(service, sound)));
});
afterEach(async () => {
  server.close();
  if ('closeAllConnections' in server) server.closeAllConnections();
  await service.close();
});

function open(path = `/v1/audits/${id}/events`, init: RequestInit = {}) {
  return fetch(`${base}${path}`, { headers: { cookie: `klarsignal=${service.session}` }, ...init });
}

/** The stream's blocks, one by one. */
async function* blocks(response: Response) {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      yield text.slice(0, end);
      text = text.slice(end + 2);
    }
  }
  expect(text).toBe('');
}

/** Events only, as an EventSource reads them. */
async function* events(response: Response) {
  for await (const block of blocks(response)) {
    const [event, data] = ['event: ', 'data: '].map((name) =>
      block
        .split('\n')
        .filter((line) => line.startsWith(name))
        .map((line) => line.slice(name.length))
        .join('\n'),
    );
    if (event && data) yield { event, data: JSON.parse(data) as unknown };
  }
}

const watchers = (count: number) =>
  vi.waitFor(() => expect(service.audits.watchers).toBe(count), { timeout: 5000, interval: 2 });

describe('a stream', () => {
  test('tells of each change as GET would, then of the end, and closes', async () => {
    const { step, crash } = await audit.begun;
    const response = await open();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const told = events(response);
    const first = (await told.next()).value;
    expect(first?.event).toBe('audit');
    expect(answers.audit(first?.data)).toEqual(
      await answers.auditIn(await service.app.request(`/v1/audits/${id}`)),
    );
    step({ fact: 'spf', state: 'running' });
    const second = (await told.next()).value;
    expect(answers.audit(second?.data)).toMatchObject({
      state: 'running',
      progress: [{ fact: 'spf', state: 'running' }],
    });
    crash();
    expect((await told.next()).value).toEqual({ event: 'end', data: { state: 'failed' } });
    expect(await told.next()).toMatchObject({ done: true });
    await watchers(0);
  });

  test('gives the wait before coming again, and signs of life while nothing happens', async () => {
    const all = blocks(await open());
    expect((await all.next()).value).toBe('retry: 2000');
    const more: string[] = [];
    while (more.filter((block) => block === ':').length < 3) more.push((await all.next()).value ?? 'end');
    expect(more.filter((block) => block !== ':')).toHaveLength(1);
    await all.return();
  });

  test('one that has ended gives its end at once', async () => {
    (await audit.begun).crash();
    await service.audits.settled(service.organisation, id, 5000);
    const told: unknown[] = [];
    for await (const event of events(await open())) told.push(event);
    expect(told).toEqual([{ event: 'end', data: { state: 'failed' } }]);
  });

  test('clients that go away free all that they held', async () => {
    await audit.begun;
    const streams = await Promise.all(Array.from({ length: 20 }, () => open()));
    const told = streams.map((stream) => events(stream));
    for (const one of told) expect((await one.next()).value?.event).toBe('audit');
    await watchers(20);
    for (const one of told) await one.return();
    await watchers(0);
  });

  test('a client that is cut off frees all that it held', async () => {
    await audit.begun;
    const client = new AbortController();
    const told = events(await open(undefined, { signal: client.signal, ...signed() }));
    await told.next();
    await watchers(1);
    client.abort();
    await watchers(0);
    await expect(told.next()).rejects.toThrow(/abort/i);
  });

  test('HEAD opens none', async () => {
    await audit.begun;
    const response = await open(undefined, { method: 'HEAD', ...signed() });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(service.audits.watchers).toBe(0);
  });

  test('a drain closes it without an end, so that the client comes again', async () => {
    await audit.begun;
    const told = events(await open());
    expect((await told.next()).value?.event).toBe('audit');
    await service.audits.drain(0);
    const rest: string[] = [];
    for await (const { event } of told) rest.push(event);
    expect(rest).not.toContain('end');
    const closed = once(server, 'close');
    server.close();
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    await closed;
  });

  test('it ends, without an end of the audit, once its key is revoked', async () => {
    await audit.begun;
    const made = await service.access.createKey(service.organisation, { name: 'x', scopes: ['audits:read'] });
    if (made.kind !== 'made') throw new Error('no key');
    const told = events(await open(undefined, { headers: { authorization: `Bearer ${made.token}` } }));
    expect((await told.next()).value?.event).toBe('audit');
    await service.access.revokeKey(service.organisation, made.key.id);
    expect(await told.next()).toMatchObject({ done: true });
    await watchers(0);
  });

  test('it ends once its session has', async () => {
    await audit.begun;
    const told = events(await open());
    expect((await told.next()).value?.event).toBe('audit');
    await service.access.signOut(service.session);
    expect(await told.next()).toMatchObject({ done: true });
    await watchers(0);
  });

  test('it ends where nobody can say any more who follows it', async () => {
    await audit.begun;
    const told = events(await open());
    expect((await told.next()).value?.event).toBe('audit');
    const broken = vi.spyOn(service.store, 'session').mockRejectedValue(new Error('hemligt'));
    expect(await told.next()).toMatchObject({ done: true });
    broken.mockRestore();
    await watchers(0);
    expect(service.logged).toMatchObject([['events failed', { audit: id, error: 'Error' }]]);
    expect(JSON.stringify(service.logged)).not.toContain('hemligt');
  });

  test('one caller holds twenty and no more; another is not kept out, and one that closes makes room', async () => {
    await audit.begun;
    const told = (await Promise.all(Array.from({ length: 20 }, () => open()))).map((one) => events(one));
    await watchers(20);
    const refused = await open();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await answers.problemIn(refused)).code).toBe('busy');
    const program = await service.key(['audits:read']);
    const other = await program.request(`/v1/audits/${id}/events`);
    expect(other.status).toBe(200);
    await other.body?.cancel();
    for (const one of told) await one.next();
    await told.pop()?.return();
    await vi.waitFor(async () => {
      const again = await open();
      expect(again.status).toBe(200);
      told.push(events(again));
    });
    for (const one of told) await one.return();
  });

  test('of another’s audit there is none, nor of one that is not there, nor for nobody', async () => {
    expect((await answers.problemIn(await open('/v1/audits/aud_0/events'))).code).toBe('audit-not-found');
    const other = await startService({ organisation: 'org_other', app: { audits: service.audits } });
    expect((await other.app.request(`/v1/audits/${id}/events`)).status).toBe(404);
    expect((await open(undefined, { headers: {} })).status).toBe(401);
    expect(service.audits.watchers).toBe(0);
    await other.close();
  });

  test('a fault of ours ends it and says nothing of its cause', async () => {
    const broken = await startService({
      idle: true,
      app: {
        audits: {
          ...service.audits,
          watch: () => ({
            [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('hemligt')) }),
          }),
        },
      },
      organisation: service.organisation,
    });
    const text = await (await broken.app.request(`/v1/audits/${id}/events`)).text();
    expect(text).toBe('retry: 2000\n\n');
    expect(broken.logged).toMatchObject([['events failed', { audit: id, error: 'Error' }]]);
    expect(JSON.stringify(broken.logged)).not.toContain('hemligt');
    await broken.close();
  });
});

function signed(): RequestInit {
  return { headers: { cookie: `klarsignal=${service.session}` } };
}
