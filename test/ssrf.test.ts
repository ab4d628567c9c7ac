/**
 * No mail makes this service speak to its own network. Real sockets: what listens inside counts who comes, and would
 * answer; the internet is another address of loopback, and the resolver lies.
 */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { clients } from '../rules/clients/index.ts';
import { policy } from '../rules/policy.ts';
import { isGlobal } from '../src/adapters/fetcher/address.ts';
import { createFetcher, type Openings } from '../src/adapters/fetcher/guarded.ts';
import { createVisitor } from '../src/adapters/fetcher/visitor.ts';
import { gather } from '../src/facts/gather.ts';
import type { DnsAnswer, Resolver } from '../src/ports.ts';
import { clock, noBrowser, submissionOf } from './world.ts';

/** Plays a host of the internet; all other addresses are what they are. */
const internet = '127.0.0.2';
const inside: Server[] = [];
let outside: Server;
let [port, came, answers] = [0, 0, 0];
/** Where the host of the internet sends whoever comes. */
let leads: string | undefined;

beforeAll(async () => {
  outside = createServer((_, response) => {
    answers += 1;
    if (leads === undefined) response.end('hello');
    else response.writeHead(302, { location: leads }).end();
  });
  port = await listen(outside, internet, 0);
  for (const host of ['127.0.0.1', '::1', '127.0.0.3']) {
    const server = createServer((_, response) => void response.end('secret'));
    server.on('connection', () => {
      came += 1;
    });
    // A machine may have no IPv6; then nothing can come by it either.
    const listening = await listen(server, host, port).catch(() => 0);
    if (listening > 0) inside.push(server);
  }
});

afterAll(() => {
  for (const server of [outside, ...inside]) {
    server.closeAllConnections();
    server.close();
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  [came, answers, leads] = [0, 0, undefined];
});

function listen(server: Server, host: string, at: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** As the service is set up, but that one loopback address is of the internet, and its port is open. */
const openings = (): Openings => ({
  isAllowed: (address) => address === internet || isGlobal(address),
  ports: [port],
  ms: 3_000,
});

/** Answers each name with these addresses in turn; the last one stays. */
function lying(names: Record<string, string[][]>): Resolver & { asked(): number } {
  const counts = new Map<string, number>();
  return {
    asked: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
    async ask({ name, type }): Promise<DnsAnswer> {
      const rounds = names[name] ?? [];
      const key = `${name} ${type}`;
      const round = counts.get(key) ?? 0;
      counts.set(key, round + 1);
      const addresses = rounds[Math.min(round, rounds.length - 1)] ?? [];
      const fitting = addresses.filter((one) => one.includes(':') === (type === 'AAAA'));
      const records = fitting.map((data) => ({ name, type, ttl: 0, data }));
      const status = records.length > 0 ? 'answered' : 'nodata';
      return {
        name,
        type,
        status,
        records,
        authenticated: false,
        resolver: 'lies',
        at: '2026-11-23T12:00:00Z',
      };
    },
  };
}

const get = { method: 'GET', most: 1000, redirects: 5 } as const;
const never = new AbortController().signal;
const nameOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'fetched',
    (error: Error) => error.name,
  );

/** Written as addresses: `@` stands for the port that listens. */
const written = [
  'http://127.0.0.1@/',
  'http://127.0.0.3@/',
  'http://127.1@/',
  'http://127.0.1@/',
  'http://0177.0.0.1@/',
  'http://0x7f.0.0.1@/',
  'http://0x7f000001@/',
  'http://2130706433@/',
  'http://017700000001@/',
  'http://0@/',
  'http://0.0.0.0@/',
  'http://127。0。0。1@/',
  'http://①②⑦.⓪.⓪.①@/',
  'http://%31%32%37.0.0.1@/',
  'http://[::1]@/',
  'http://[::]@/',
  'http://[0:0:0:0:0:0:0:1]@/',
  'http://[::ffff:127.0.0.1]@/',
  'http://[::ffff:7f00:1]@/',
  'http://[::127.0.0.1]@/',
  'http://[::ffff:0:127.0.0.1]@/',
  'http://[64:ff9b::7f00:1]@/',
  'http://[64:ff9b:1::7f00:1]@/',
  'http://[2002:7f00:1::]@/',
  'http://[2001:0:7f00:1::]@/',
  'http://[fe80::1]@/',
  'http://[fd00::1]@/',
  'http://[fec0::1]@/',
  'http://[ff02::1]@/',
  'http://[100::1]@/',
  'http://[5f00::1]@/',
  'http://10.0.0.1@/',
  'http://172.16.0.1@/',
  'http://192.168.0.1@/',
  'http://100.64.0.1@/',
  'http://198.18.0.1@/',
  'http://224.0.0.1@/',
  'http://255.255.255.255@/',
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/latest/meta-data/',
  'http://0xa9fea9fe/latest/meta-data/',
  'http://[::ffff:a9fe:a9fe]/latest/meta-data/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://user@127.0.0.1@/',
  'http://127.0.0.2:22/',
  'https://127.0.0.2:25/',
  'file:///etc/passwd',
  'gopher://127.0.0.1@/_x',
  'ftp://127.0.0.1@/',
  'data:text/html,x',
  'javascript:alert(1)',
  'http://',
];
const at = (text: string) =>
  text.startsWith('http://user@') ? `http://user@127.0.0.1:${port}/` : text.replace('@', `:${port}`);

/** Said by DNS of a name that looks like any other. */
const answered: [string, string[]][] = [
  ['loopback', ['127.0.0.1']],
  ['another of loopback', ['127.0.0.3']],
  ['IPv6 loopback', ['::1']],
  ['loopback mapped into IPv6', ['::ffff:127.0.0.1']],
  ['loopback in NAT64', ['64:ff9b::7f00:1']],
  ['loopback in 6to4', ['2002:7f00:1::']],
  ['unspecified', ['0.0.0.0']],
  ['unspecified IPv6', ['::']],
  ['the metadata of a cloud', ['169.254.169.254']],
  ['a private network', ['10.0.0.1']],
  ['carrier-grade NAT', ['100.64.0.1']],
  ['a benchmark network', ['198.18.0.1']],
  ['unique local IPv6', ['fd00::1']],
  ['link-local IPv6', ['fe80::1']],
  ['the internet first, then inside', [internet, '127.0.0.1']],
  ['inside first, then the internet', ['127.0.0.1', internet]],
  ['the internet, and IPv6 inside', [internet, '::1']],
  ['no address at all', []],
];

test('the guard lets through what it should: else nothing below would say anything', async () => {
  const fetcher = createFetcher({ http: true, resolver: lying({ 'a.example': [[internet]] }) }, openings());
  const page = await fetcher.fetch(`http://a.example:${port}/`, get, never);
  expect(new TextDecoder().decode(page.body)).toBe('hello');
  // And what listens inside is there to be reached.
  const open = createFetcher({ http: true }, { ...openings(), isAllowed: () => true });
  expect((await open.fetch(`http://127.0.0.1:${port}/`, get, never)).status).toBe(200);
  expect(came).toBe(1);
});

describe('addresses and their disguises', () => {
  test(`${written.length} of them, and no socket is opened`, async () => {
    expect(written.length).toBeGreaterThanOrEqual(30);
    const connect = vi.spyOn(Socket.prototype, 'connect');
    const fetcher = createFetcher({ http: true, resolver: lying({}) }, openings());
    const told = await Promise.all(
      written.map(async (one) => `${one} ${await nameOf(fetcher.fetch(at(one), get, never))}`),
    );
    expect(
      told.filter((one) => !/ (?:address|port|scheme|credentials)-refused$| url-invalid$/.test(one)),
    ).toEqual([]);
    expect(connect).not.toHaveBeenCalled();
    expect(came).toBe(0);
  });

  test.each(answered)('a name that stands for %s', async (_, addresses) => {
    const resolver = lying({ 'a.example': [addresses] });
    const fetcher = createFetcher({ http: true, resolver }, openings());
    const name = await nameOf(fetcher.fetch(`http://a.example:${port}/`, get, never));
    expect(name).toMatch(/^(?:address-refused|Error)$/);
    expect([came, answers]).toEqual([0, 0]);
  });

  test('localhost, by the system’s own files', async () => {
    const fetcher = createFetcher({ http: true }, openings());
    expect(await nameOf(fetcher.fetch(`http://localhost:${port}/`, get, never))).toBe('address-refused');
    expect(came).toBe(0);
  });
});

describe('rebinding', () => {
  test('DNS that says another address between the check and the connection is asked once', async () => {
    const resolver = lying({ 'a.example': [[internet], ['127.0.0.1']] });
    const fetcher = createFetcher({ http: true, resolver }, openings());
    expect((await fetcher.fetch(`http://a.example:${port}/`, get, never)).status).toBe(200);
    expect([came, answers]).toEqual([0, 1]);
    // A and AAAA of one look-up; the connection went to what was looked at.
    expect(resolver.asked()).toBe(2);
    expect(await nameOf(fetcher.fetch(`http://a.example:${port}/`, get, never))).toBe('address-refused');
    expect([came, answers]).toEqual([0, 1]);
  });

  test('a redirect to the same name is looked at anew', async () => {
    leads = '/again';
    const resolver = lying({ 'a.example': [[internet], ['127.0.0.1']] });
    const fetcher = createFetcher({ http: true, resolver }, openings());
    expect(await nameOf(fetcher.fetch(`http://a.example:${port}/`, get, never))).toBe('address-refused');
    expect([came, answers]).toEqual([0, 1]);
  });
});

describe('redirects', () => {
  test.each([
    ...written.map((one) => [one]),
    ['http://inner.example@/'],
    ['//127.0.0.1@/'],
    ['//localhost@/'],
    ['http://a.example:22/'],
  ])('to %s', async (target) => {
    leads = encodeURI(decodeURI(at(target)))
      .replace(/%5B/g, '[')
      .replace(/%5D/g, ']');
    const inner = [['127.0.0.1']];
    const resolver = lying({ 'a.example': [[internet]], 'inner.example': inner, localhost: inner });
    const fetcher = createFetcher({ http: true, resolver }, openings());
    const name = await nameOf(fetcher.fetch(`http://a.example:${port}/`, get, never));
    expect(name).toMatch(/^(?:(?:address|port|scheme|credentials)-refused|url-invalid)$/);
    expect([came, answers]).toEqual([0, 1]);
  });
});

test('a mail full of them: its links and pictures, as an audit asks for them', async () => {
  const targets = [...written.map(at), `http://inner.example:${port}/`, `http://turns.example:${port}/`];
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const html = targets
    .map(
      (url, i) =>
        `<p>Nyhet nummer ${i} i årets lista: <a href="${escaped(url)}">Läs mer om saken</a> <img src="${escaped(url)}" alt="Bild"> <span style="background: url('${escaped(url)}')">Bakgrund</span></p>`,
    )
    .join('');
  // Says the internet to whoever looks first, and inside to whoever connects.
  const resolver = lying({
    'inner.example': [['127.0.0.1']],
    'turns.example': [[internet], ['127.0.0.1']],
  });
  const visitor = createVisitor(createFetcher({ http: true, resolver }, openings()), {
    clock,
    pace: { atOnce: 16, perHost: 16, gapMs: 0 },
  });
  const { linkAnswers, pictures } = await gather(
    ['linkAnswers', 'pictures'],
    await submissionOf({ html }),
    { resolver, visitor, browser: noBrowser, clock, policy, clients },
    { leaveOut: { dns: false, previews: false }, signal: AbortSignal.timeout(25_000), onProgress: () => {} },
  );
  expect(linkAnswers?.known && linkAnswers.value.answers.length).toBeGreaterThan(20);
  expect(pictures?.known && pictures.value.pictures.length).toBeGreaterThan(20);
  expect([came, answers]).toEqual([0, 0]);
});
