import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { decode, type Packet } from 'dns-packet';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpsResolver } from '../../src/adapters/resolver/https.ts';
import type { DnsStatus } from '../../src/ports.ts';
import {
  authenticated,
  clock,
  closePeers,
  httpPeer,
  never,
  opt,
  question,
  reply,
  txt,
} from './resolver-peers.ts';

afterEach(closePeers);

const spf = txt('example.se', 'v=spf1 -all');
const dnsMessage = { 'content-type': 'application/dns-message' };
type Behave = (query: Packet, response: ServerResponse, count: number) => void;

async function service(behave: Behave) {
  const requests: IncomingMessage[] = [];
  const url = await httpPeer(async (request, response) => {
    requests.push(request);
    behave(decode(await buffer(request)), response, requests.length);
  });
  return { url, requests };
}

const answer = (query: Packet) => reply(query, { flags: authenticated, answers: [spf] });
const bogus: Behave = (query, response) =>
  void response.writeHead(200, dnsMessage).end(reply(query, { rcode: 2, additionals: [opt(0, 6)] }));
const patient = { clock, timeoutMs: 5000 };

describe('DNS over HTTPS', () => {
  it('posts the question and reads the answer', async () => {
    let id: number | undefined;
    const { url, requests } = await service((query, response) => {
      id = query.id;
      response.writeHead(200, dnsMessage).end(answer(query));
    });
    const got = await createHttpsResolver({ url: `${url}?key=secret`, ...patient }).ask(question, never);
    expect(got).toEqual({
      ...question,
      status: 'answered',
      records: [{ name: 'example.se', type: 'TXT', ttl: 60, data: 'v=spf1 -all', strings: ['v=spf1 -all'] }],
      authenticated: true,
      resolver: new URL(url).origin,
      at: '2026-11-05T12:00:00.000Z',
    });
    expect(id).toBe(0);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/dns-message', accept: 'application/dns-message' },
    });
  });

  const table: [string, Behave, DnsStatus, string, number][] = [
    ['HTTP 500', (_, response) => response.writeHead(500).end(), 'servfail', 'HTTP 500', 2],
    ['HTTP 429', (_, response) => response.writeHead(429).end(), 'servfail', 'HTTP 429', 2],
    ['HTTP 403', (_, response) => response.writeHead(403).end('no'), 'servfail', 'HTTP 403', 1],
    [
      'a redirect',
      (query, response) => response.writeHead(307, { location: '/', ...dnsMessage }).end(answer(query)),
      'servfail',
      'HTTP 307',
      1,
    ],
    [
      'another content type',
      (query, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(answer(query)),
      'malformed',
      'text/html',
      1,
    ],
    ['no content type', (query, response) => response.end(answer(query)), 'malformed', 'missing', 1],
    [
      'noise',
      (_, response) => response.writeHead(200, dnsMessage).end('this is not DNS at all'),
      'malformed',
      'another id',
      1,
    ],
    ['an empty body', (_, response) => response.writeHead(200, dnsMessage).end(), 'malformed', 'shorter', 1],
    [
      'another question',
      (query, response) => response.writeHead(200, dnsMessage).end(reply(query, { name: 'other.se' })),
      'malformed',
      'another question',
      1,
    ],
    [
      'a cut answer',
      (query, response) => response.writeHead(200, dnsMessage).end(reply(query, { flags: 1 << 9 })),
      'malformed',
      'cut short',
      1,
    ],
    [
      'a body without end',
      (query, response) => {
        response.writeHead(200, dnsMessage).write(answer(query));
        const more = () => response.write(Buffer.alloc(16_384), (error) => error || setImmediate(more));
        more();
      },
      'malformed',
      'larger',
      1,
    ],
    ['a cut connection', (_, response) => response.destroy(), 'timeout', 'no answer', 2],
    ['a real SERVFAIL', bogus, 'servfail', 'DNSSEC', 1],
  ];
  it.each(table)('%s is not an answer', async (_, behave, status, detail, times) => {
    const { url, requests } = await service(behave);
    const got = await createHttpsResolver({ url, ...patient }).ask(question, never);
    expect(got).toMatchObject({ status, records: [], detail: expect.stringContaining(detail) });
    expect(requests).toHaveLength(times);
  });

  it('has only so many questions under way at once; what waits can give up', async () => {
    const held: (() => void)[] = [];
    const { url, requests } = await service((query, response) => {
      held.push(() => response.writeHead(200, dnsMessage).end(answer(query)));
    });
    const resolver = createHttpsResolver({ url, ...patient, concurrency: 2 });
    const given = new AbortController();
    const answers = [never, never, given.signal, never].map((signal) => resolver.ask(question, signal));
    await expect.poll(() => held.length).toBe(2);
    given.abort();
    expect((await answers[2])?.status).toBe('timeout');
    expect(requests).toHaveLength(2);
    held[0]?.();
    await expect.poll(() => held.length).toBe(3);
    for (const answer of held.slice(1)) answer();
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses).toEqual(['answered', 'answered', 'timeout', 'answered']);
  });

  it('takes the answer to the second attempt', async () => {
    const { url } = await service((query, response, count) => {
      if (count === 1) response.destroy();
      else response.writeHead(200, dnsMessage).end(answer(query));
    });
    expect((await createHttpsResolver({ url, ...patient }).ask(question, never)).status).toBe('answered');
  });

  it.each<[string, Behave]>([
    ['never answers', () => {}],
    ['stops in the body', (query, response) => void response.writeHead(200, dnsMessage).write(answer(query))],
  ])('is a timeout when the service %s', async (_, behave) => {
    const { url } = await service(behave);
    const got = await createHttpsResolver({ url, clock, timeoutMs: 80 }).ask(question, never);
    expect(got).toMatchObject({ status: 'timeout', detail: 'no answer within 80 ms' });
  });

  it('is a timeout when nobody is there, without telling the URL', async () => {
    const { url } = await service(() => {});
    await closePeers();
    const got = await createHttpsResolver({ url, ...patient }).ask(question, never);
    expect(got).toMatchObject({ status: 'timeout', detail: 'no answer: ECONNREFUSED' });
  });

  it('ends at once when given up', async () => {
    const given = new AbortController();
    const { url } = await service(() => given.abort());
    const resolver = createHttpsResolver({ url, clock, timeoutMs: 600_000 });
    expect((await resolver.ask(question, given.signal)).status).toBe('timeout');
    expect((await resolver.ask(question, AbortSignal.abort())).status).toBe('timeout');
  });

  it('asks nothing about what is not a name, and survives a fetch that throws', async () => {
    const fetch = () => {
      throw new TypeError('Illegal invocation');
    };
    const resolver = createHttpsResolver({ url: 'https://dns.example/', fetch, clock });
    expect((await resolver.ask({ name: 'a..b', type: 'A' }, never)).status).toBe('malformed');
    expect(await resolver.ask(question, never)).toMatchObject({
      status: 'timeout',
      detail: 'no answer: TypeError',
    });
  });
});
