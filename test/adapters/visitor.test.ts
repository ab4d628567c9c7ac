/** Visits to what a mail links to: a few at a time, politely for each host, and kept for a short while. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createFetcher } from '../../src/adapters/fetcher/guarded.ts';
import { createTurns } from '../../src/adapters/fetcher/turns.ts';
import { createVisitor } from '../../src/adapters/fetcher/visitor.ts';
import type { Fetcher } from '../../src/ports.ts';
import { makeAuthority } from '../sinks/certificates.ts';

const never = new AbortController().signal;
const hurried = { atOnce: 16, perHost: 16, gapMs: 0 };
let moment = new Date('2026-11-23T10:00:00Z');
const clock = { now: () => moment };

const closing: (() => unknown)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

/** Counts, and answers as it is told. */
function answering(
  tell: (url: string) => { status?: number; headers?: Record<string, string>; body?: string },
) {
  const asked: { url: string; method: string; most: number; redirects: number }[] = [];
  const fetcher: Fetcher = {
    async fetch(url, { method, most, redirects }) {
      asked.push({ url, method, most, redirects });
      const { status = 200, headers = {}, body = '' } = tell(url);
      return {
        status,
        headers: new Headers(headers),
        body: new TextEncoder().encode(body).subarray(0, most),
        url,
      };
    },
  };
  return { fetcher, asked };
}

describe('turns', () => {
  /** Runs that end when they are told to. */
  function held() {
    const ends = new Map<string, () => void>();
    const begun: string[] = [];
    const run = (name: string) => () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    };
    return { begun, run, end: (name: string) => ends.get(name)?.() };
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  test('two at once with one host, and others beside it', async () => {
    const turn = createTurns({ atOnce: 3, perHost: 2, gapMs: 0 });
    const { begun, run, end } = held();
    const all = ['a1', 'a2', 'a3', 'b1', 'b2'].map((name) => turn(name[0] ?? '', run(name), never));
    await settle();
    expect(begun).toEqual(['a1', 'a2', 'b1']);
    end('a1');
    await settle();
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
    end('b1');
    await settle();
    expect(begun.at(-1)).toBe('b2');
    for (const name of begun) end(name);
    await Promise.all(all);
  });

  test('the next of one host waits, whoever else goes first', async () => {
    const turn = createTurns({ atOnce: 9, perHost: 9, gapMs: 40 });
    const begun: [string, number][] = [];
    const from = performance.now();
    const run = (name: string) => async () => void begun.push([name, performance.now() - from]);
    await Promise.all(['a', 'a', 'a', 'b'].map((host, i) => turn(host, run(`${host}${i}`), never)));
    expect(begun.map(([name]) => name)).toEqual(['a0', 'b3', 'a1', 'a2']);
    expect(begun.at(-1)?.[1]).toBeGreaterThanOrEqual(75);
  });

  test('what is given up before its turn never runs, and holds nobody up', async () => {
    const turn = createTurns({ atOnce: 1, perHost: 1, gapMs: 0 });
    const { begun, run, end } = held();
    const first = turn('a', run('first'), never);
    const given = new AbortController();
    const second = turn('a', run('second'), given.signal);
    const third = turn('a', run('third'), never);
    given.abort();
    await expect(second).rejects.toThrow();
    end('first');
    await first;
    await settle();
    expect(begun).toEqual(['first', 'third']);
    end('third');
    await third;
  });

  test('a run that fails gives its turn on', async () => {
    const turn = createTurns({ atOnce: 1, perHost: 1, gapMs: 0 });
    await expect(turn('a', () => Promise.reject(new Error('no')), never)).rejects.toThrow('no');
    expect(await turn('a', async () => 'yes', never)).toBe('yes');
  });
});

test('it is a GET that follows nothing, and tells where it would lead', async () => {
  const { fetcher, asked } = answering(() => ({
    status: 301,
    headers: { location: '/b', 'content-type': 'Text/HTML; charset=x' },
  }));
  const visited = await createVisitor(fetcher, { clock, pace: hurried }).visit(
    'https://a.example/',
    0,
    never,
  );
  expect(visited).toMatchObject({ status: 301, location: '/b', type: 'text/html', failure: null });
  expect(asked).toEqual([{ url: 'https://a.example/', method: 'GET', most: 0, redirects: 0 }]);
});

test('its size is what the server says, what came where that is all, and else nobody’s knowledge', async () => {
  const { fetcher } = answering((url) => ({
    body: '0123456789',
    headers: url.endsWith('/said') ? { 'content-length': '4711' } : {},
  }));
  const visitor = createVisitor(fetcher, { clock, pace: hurried });
  const sizes = await Promise.all(
    [
      ['/said', 5],
      ['/whole', 100],
      ['/cut', 5],
    ].map(
      async ([path, most]) => (await visitor.visit(`https://a.example${path}`, Number(most), never)).size,
    ),
  );
  expect(sizes).toEqual([4711, 10, null]);
});

test('what was answered is kept for a while, a failure never', async () => {
  moment = new Date('2026-11-23T10:00:00Z');
  let broken = true;
  const { fetcher, asked } = answering((url) => {
    if (url.endsWith('/broken') && broken) throw Object.assign(new Error('x'), { code: 'ECONNRESET' });
    return { body: 'x'.repeat(40) };
  });
  const kept = { ms: 60_000, answers: 2, bytes: 1000 };
  const visitor = createVisitor(fetcher, { clock, pace: hurried, kept });
  const visit = (path: string) => visitor.visit(`https://a.example${path}`, 100, never);
  await visit('/a');
  await visit('/a');
  expect(asked).toHaveLength(1);
  expect((await visit('/broken')).failure).toBe('ECONNRESET');
  broken = false;
  expect((await visit('/broken')).status).toBe(200);
  expect(asked).toHaveLength(3);
  // The third makes the first give way.
  await visit('/c');
  await visit('/a');
  expect(asked).toHaveLength(5);
  moment = new Date(moment.getTime() + 60_001);
  await visit('/a');
  expect(asked).toHaveLength(6);
});

test('of what is kept, the bytes have an end', async () => {
  const { fetcher, asked } = answering(() => ({ body: 'x'.repeat(600) }));
  const visitor = createVisitor(fetcher, {
    clock,
    pace: hurried,
    kept: { ms: 60_000, answers: 100, bytes: 1000 },
  });
  for (const path of ['/a', '/b', '/a']) await visitor.visit(`https://a.example${path}`, 1000, never);
  expect(asked).toHaveLength(3);
});

describe('what a server on loopback does, in codes', () => {
  const authority = makeAuthority();
  const visitorOn = (port: number, ms = 2_000) =>
    createVisitor(
      createFetcher(
        { http: true },
        {
          isAllowed: (address) => address === '127.0.0.1',
          ports: [port],
          lookup: ((_: string, __: unknown, callback: (...told: unknown[]) => void) =>
            callback(null, [{ address: '127.0.0.1', family: 4 }])) as never,
          ca: authority.cert,
        },
      ),
      { clock, pace: hurried, ms },
    );
  async function listening(
    listener: Parameters<typeof createServer>[1],
    secure?: { key: string; cert: string },
  ) {
    const { createServer: createSecure } = await import('node:https');
    const server = secure ? createSecure(secure, listener) : createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    });
    return (server.address() as AddressInfo).port;
  }

  test('silence, a closed port and a cut are failures, and none rejects', async () => {
    const port = await listening((request) => {
      if (request.url === '/cut') request.socket.destroy();
    });
    const visitor = visitorOn(port, 150);
    const silent = await visitor.visit(`http://a.example:${port}/`, 0, never);
    expect([silent.status, silent.failure]).toEqual([null, 'too-late']);
    expect((await visitor.visit(`http://a.example:${port}/cut`, 0, never)).failure).toBe('ECONNRESET');
    expect((await visitor.visit('http://a.example:1/', 0, never)).failure).toBe('port-refused');
    expect((await visitor.visit('nonsense', 0, never)).failure).toBe('url-invalid');
    expect((await visitor.visit(`http://a.example:${port}/`, 0, AbortSignal.abort())).failure).toBe(
      'too-late',
    );
  });

  test.each([
    ['of another name', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['that has expired', 'CERT_HAS_EXPIRED'],
    ['of an authority that nobody trusts', 'CERT_SIGNATURE_FAILURE'],
  ])('a certificate %s: %s', async (kind, code) => {
    const issuer = kind.includes('authority') ? makeAuthority() : authority;
    const name = kind.includes('name') ? 'b.example' : 'a.example';
    const port = await listening(
      (_, response) => response.end('never'),
      issuer.issue([name], kind.includes('expired') ? { days: -1 } : {}),
    );
    const visited = await visitorOn(port).visit(`https://a.example:${port}/`, 0, never);
    expect([visited.status, visited.failure]).toEqual([null, code]);
  });

  test('a header is enough: the body of a page is not waited for', async () => {
    let ended = false;
    const port = await listening((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.write('<html>');
      response.on('close', () => {
        ended = true;
      });
    });
    const visited = await visitorOn(port).visit(`http://a.example:${port}/`, 0, never);
    expect([visited.status, visited.body.length]).toEqual([200, 0]);
    await new Promise((resolve) => setImmediate(resolve));
    await expect.poll(() => ended).toBe(true);
  });
});
