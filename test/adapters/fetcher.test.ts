/** The guard before every connection whose host somebody else has chosen. */
import { lookup as systemLookup } from 'node:dns';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { isGlobal } from '../../src/adapters/fetcher/address.ts';
import { createFetcher, type Openings } from '../../src/adapters/fetcher/guarded.ts';
import type { Resolver } from '../../src/ports.ts';
import { makeAuthority } from '../sinks/certificates.ts';
import { resolverOf } from '../world.ts';

const closing: (() => unknown)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

const never = new AbortController().signal;
const get = { method: 'GET', most: 1000, redirects: 0 } as const;
const nameOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'fetched',
    (error: Error) => error.name,
  );

/** A look-up that gives these answers in turn, and counts. */
function answering(...answers: string[][]) {
  let asked = 0;
  const lookup = ((_: string, __: unknown, callback: (...told: unknown[]) => void) => {
    const found = answers[Math.min(asked++, answers.length - 1)] ?? [];
    const entries = found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    callback(null, entries);
  }) as typeof systemLookup;
  return { lookup, asked: () => asked };
}

describe('addresses', () => {
  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '93.184.215.14',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '198.17.255.255',
    '198.20.0.1',
    '169.253.1.1',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2001:4860:4860::8888',
    '2a00:1450:400f:80d::200e',
  ])('%s is of the internet', (address) => {
    expect(isGlobal(address)).toBe(true);
  });

  test.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '10.255.255.255',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.0.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::8.8.8.8',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:7f00:1',
    '::ffff:0:8.8.8.8',
    '64:ff9b::7f00:1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::8.8.8.8',
    '64:ff9b:1:ffff::1',
    '100::1',
    '2001::1',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    '2001:db8::1',
    '2001:10::1',
    '2002:7f00:1::',
    '2002:808:808::1',
    '3fff::1',
    '5f00::1',
    'fc00::1',
    'fd12:3456:789a::1',
    'fe80::1',
    'fe80::1%eth0',
    '2606:4700:4700::1111%eth0',
    'fec0::1',
    'ff02::1',
    '127.1',
    '0x7f.0.0.1',
    '017700000001',
    '2130706433',
    'localhost',
    '',
  ])('%s is not', (address) => {
    expect(isGlobal(address)).toBe(false);
  });
});

describe('what is asked for', () => {
  test.each([
    ['http://93.184.215.14/', 'scheme-refused'],
    ['ftp://93.184.215.14/', 'scheme-refused'],
    ['file:///etc/passwd', 'scheme-refused'],
    ['data:text/plain,x', 'scheme-refused'],
    ['gopher://127.0.0.1:25/_x', 'scheme-refused'],
    ['nothing', 'url-invalid'],
    ['https://', 'url-invalid'],
    ['https://1.2.3.4.5.6.7.256/', 'url-invalid'],
    ['https://user@93.184.215.14/', 'credentials-refused'],
    ['https://user:word@93.184.215.14/', 'credentials-refused'],
    ['https://93.184.215.14:25/', 'port-refused'],
    ['https://93.184.215.14:8443/', 'port-refused'],
    ['https://93.184.215.14:80/', 'port-refused'],
    ['https://127.0.0.1/', 'address-refused'],
    ['https://2130706433/', 'address-refused'],
    ['https://0x7f000001/', 'address-refused'],
    ['https://0x7f.1/', 'address-refused'],
    ['https://017700000001/', 'address-refused'],
    ['https://0177.0.0.1/', 'address-refused'],
    ['https://127.1/', 'address-refused'],
    ['https://0/', 'address-refused'],
    ['https://0x0a.0.0.1/', 'address-refused'],
    ['https://169.254.169.254/latest/meta-data/', 'address-refused'],
    ['https://%31%32%37.0.0.1/', 'address-refused'],
    ['https://127。0。0。1/', 'address-refused'],
    ['https://①②⑦.⓪.⓪.①/', 'address-refused'],
    ['https://[::1]/', 'address-refused'],
    ['https://[::]/', 'address-refused'],
    ['https://[::ffff:127.0.0.1]/', 'address-refused'],
    ['https://[::ffff:7f00:1]/', 'address-refused'],
    ['https://[0:0:0:0:0:ffff:a00:1]/', 'address-refused'],
    ['https://[64:ff9b::a9fe:a9fe]/', 'address-refused'],
    ['https://[64:ff9b:1::a9fe:a9fe]/', 'address-refused'],
    ['https://[2002:7f00:1::]/', 'address-refused'],
    ['https://[2001:0:1:2:3:4:5:6]/', 'address-refused'],
    ['https://[fe80::1]/', 'address-refused'],
    ['https://[fd00::1]/', 'address-refused'],
    // By the system's own look-up.
    ['https://localhost/', 'address-refused'],
  ])('%s: %s', async (url, code) => {
    const error = await createFetcher()
      .fetch(url, get, never)
      .catch((caught: Error) => caught);
    expect((error as Error).name).toBe(code);
    // What was asked for may hold a secret.
    expect((error as Error).message).toBe(code);
  });

  test.each([
    ['private', ['10.0.0.1']],
    ['public and private', ['93.184.215.14', '10.0.0.1']],
    ['private and public', ['127.0.0.1', '93.184.215.14']],
    ['IPv6 that embeds a private one', ['64:ff9b::a00:1']],
    ['mapped', ['::ffff:10.0.0.1']],
    ['public IPv4 and private IPv6', ['93.184.215.14', 'fd00::1']],
    ['no address', []],
  ])('a name whose DNS answer is %s', async (_, answer) => {
    const { lookup } = answering(answer);
    expect(await nameOf(createFetcher({}, { lookup }).fetch('https://a.example/', get, never))).toBe(
      'address-refused',
    );
  });
});

interface Served {
  url: string;
  port: number;
  seen: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[];
}

const authority = makeAuthority();

/** A server on loopback under this name. */
async function serve(listener: RequestListener, name = 'hook.example'): Promise<Served & { ca: string }> {
  const seen: Served['seen'] = [];
  const server = createSecureServer(authority.issue([name]), (request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
      listener(request, response);
    });
  });
  const port = await listening(server);
  return { url: `https://${name}:${port}`, port, seen, ca: authority.cert };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

const opened = ({ port, ca }: { port: number; ca: string }, more: Openings = {}): Openings => ({
  isAllowed: (address) => address === '127.0.0.1',
  ports: [port],
  lookup: answering(['127.0.0.1']).lookup,
  ca,
  ...more,
});

describe('a request that is allowed', () => {
  test('arrives whole, without what is not the caller’s to say', async () => {
    const server = await serve((_, response) => response.writeHead(201, { 'x-answer': 'yes' }).end('taken'));
    const fetcher = createFetcher({}, opened(server));
    const answer = await fetcher.fetch(
      `${server.url}/a?b=c`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: 'a=b', Host: 'other.example', 'x-own': '1' },
        body: '{"å":1}',
        most: 3,
        redirects: 0,
      },
      never,
    );
    expect(answer).toMatchObject({ status: 201, url: `${server.url}/a?b=c` });
    expect(new TextDecoder().decode(answer.body)).toBe('tak');
    expect(answer.headers.get('x-answer')).toBe('yes');
    const [seen] = server.seen;
    expect(seen).toMatchObject({ method: 'POST', path: '/a?b=c', body: '{"å":1}' });
    expect(seen?.headers).toMatchObject({ host: `hook.example:${server.port}`, 'x-own': '1' });
    expect(seen?.headers.cookie).toBeUndefined();
    expect(seen?.headers['content-length']).toBe('8');
  });

  test('an endless body costs no more than was asked for', async () => {
    const server = await serve((_, response) => {
      const more = () => {
        while (response.write('x'.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    });
    const answer = await createFetcher({}, opened(server)).fetch(server.url, { ...get, most: 25_000 }, never);
    expect(answer.body).toHaveLength(25_000);
  });

  test('a server without a certificate for its name gets nothing', async () => {
    const server = await serve((_, response) => response.end(), 'other.example');
    const url = server.url.replace('other.example', 'hook.example');
    await expect(createFetcher({}, opened(server)).fetch(url, get, never)).rejects.toThrow(/altnames|alt/);
    const untrusting = createFetcher({}, { ...opened(server), ca: makeAuthority().cert });
    await expect(untrusting.fetch(server.url, get, never)).rejects.toThrow();
    expect(server.seen).toEqual([]);
  });

  test('plain http only where it is allowed', async () => {
    const server = createServer((_, response) => response.end('plain'));
    const port = await listening(server);
    const openings = opened({ port, ca: makeAuthority().cert });
    const url = `http://hook.example:${port}/`;
    expect(await nameOf(createFetcher({}, openings).fetch(url, get, never))).toBe('scheme-refused');
    expect((await createFetcher({ http: true }, openings).fetch(url, get, never)).status).toBe(200);
  });
});

describe('rebinding', () => {
  test('the address that was looked at is the one that is connected to', async () => {
    const server = await serve((_, response) => response.end('ok'));
    const answers = answering(['127.0.0.1'], ['10.0.0.1']);
    const fetcher = createFetcher({}, opened(server, { lookup: answers.lookup }));
    expect((await fetcher.fetch(server.url, get, never)).status).toBe(200);
    expect(answers.asked()).toBe(1);
    // Another request asks anew, and its answer is looked at too.
    expect(await nameOf(fetcher.fetch(server.url, get, never))).toBe('address-refused');
    expect(server.seen).toHaveLength(1);
  });

  test('an address that changes between look-up and connection is caught where it stands', async () => {
    const server = await serve((_, response) => response.end('ok'));
    let looks = 0;
    // Allowed when it is looked up, and not when it is connected.
    const isAllowed = () => looks++ === 0;
    const fetcher = createFetcher({}, opened(server, { isAllowed }));
    expect(await nameOf(fetcher.fetch(server.url, get, never))).toBe('address-refused');
    expect(server.seen).toEqual([]);
  });
});

describe('redirects', () => {
  const to = (location: string, status = 302): RequestListener => {
    return (_, response) => void response.writeHead(status, { location }).end();
  };

  test.each([
    ['https://10.0.0.1/', 'address-refused'],
    ['https://[::1]/', 'address-refused'],
    ['https://2130706432/', 'address-refused'],
    ['http://hook.example/', 'scheme-refused'],
    ['file:///etc/passwd', 'scheme-refused'],
    ['https://hook.example:22/', 'port-refused'],
    ['https://a:b@hook.example/', 'credentials-refused'],
    ['https://', 'url-invalid'],
  ])('to %s: %s', async (location, code) => {
    const server = await serve(to(location));
    const fetcher = createFetcher({}, opened(server));
    expect(await nameOf(fetcher.fetch(server.url, { ...get, redirects: 3 }, never))).toBe(code);
    expect(server.seen).toHaveLength(1);
  });

  test('to a name that leads inside', async () => {
    const server = await serve(to('https://inner.example/'));
    const lookup = ((name: string, _: unknown, callback: (...told: unknown[]) => void) =>
      callback(null, [
        { address: name === 'inner.example' ? '10.0.0.1' : '127.0.0.1', family: 4 },
      ])) as typeof systemLookup;
    const fetcher = createFetcher({}, opened(server, { lookup }));
    expect(await nameOf(fetcher.fetch(server.url, { ...get, redirects: 3 }, never))).toBe('address-refused');
  });

  test('are counted, and not followed when none are wanted', async () => {
    const server = await serve(to('/again'));
    const fetcher = createFetcher({}, opened(server));
    expect(await nameOf(fetcher.fetch(server.url, { ...get, redirects: 2 }, never))).toBe(
      'redirects-too-many',
    );
    expect(server.seen).toHaveLength(3);
    expect((await fetcher.fetch(server.url, get, never)).status).toBe(302);
  });

  test('leave out what was meant for the first, and never carry a body elsewhere', async () => {
    const other = await serve((_, response) => response.end('there'), 'other.example');
    const first = await serve((request, response) =>
      response.writeHead(request.url === '/307' ? 307 : 303, { location: `${other.url}/x` }).end(),
    );
    const openings = opened(first, { ports: [first.port, other.port], ca: first.ca });
    const fetcher = createFetcher({}, openings);
    const post = {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'x-own': '1' },
      body: 'secret',
      most: 100,
      redirects: 1,
    } as const;
    expect(await nameOf(fetcher.fetch(`${first.url}/307`, post, never))).toBe('redirect-refused');
    expect(other.seen).toEqual([]);
    expect((await fetcher.fetch(`${first.url}/303`, post, never)).url).toBe(`${other.url}/x`);
    expect(other.seen).toMatchObject([{ method: 'GET', body: '' }]);
    expect(other.seen[0]?.headers.authorization).toBeUndefined();
    expect(other.seen[0]?.headers['x-own']).toBeUndefined();
  });
});

describe('time', () => {
  test.each(['connection', 'answer', 'body'])(
    'a server that is silent at the %s is given up',
    async (where) => {
      let url: string;
      let server: { port: number; ca: string };
      if (where === 'connection') {
        // Takes the connection and never begins TLS.
        const silent = createSocketServer(() => {});
        await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
        closing.push(() => void silent.close());
        server = { port: (silent.address() as AddressInfo).port, ca: makeAuthority().cert };
        url = `https://hook.example:${server.port}`;
      } else {
        const served = await serve((_, response) => {
          if (where === 'body') response.write('begun');
        });
        server = served;
        url = served.url;
      }
      const fetcher = createFetcher({}, opened(server, { ms: 300 }));
      expect(await nameOf(fetcher.fetch(url, get, never))).toBe('too-late');
      const aborted = AbortSignal.abort();
      expect(await nameOf(fetcher.fetch(url, get, aborted))).toBe('AbortError');
    },
  );

  test('a change of protocol is no answer', async () => {
    const server = await serve((request) => {
      request.socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n');
    });
    await expect(createFetcher({}, opened(server)).fetch(server.url, get, never)).rejects.toThrow();
  });
});

describe('by the service’s own resolver', () => {
  const zone = {
    'mta-sts.a.example': { CNAME: ['host.a.example'] },
    'host.a.example': { A: ['127.0.0.1'] },
    'inner.example': { A: ['127.0.0.1', '10.0.0.1'] },
    'silent.example': { A: 'TIMEOUT', AAAA: 'TIMEOUT' },
    'broken.example': { A: 'SERVFAIL', AAAA: 'SERVFAIL' },
  };
  const serving = async () => {
    const resolver = await resolverOf(zone);
    closing.push(resolver.close);
    return resolver;
  };
  const by = (resolver: Resolver, { port, ca }: { port: number; ca: string }, ms?: number) => {
    const { lookup: _, ...openings } = opened({ port, ca }, ms === undefined ? {} : { ms });
    return createFetcher({ resolver }, openings);
  };
  const at = (host: string, { port }: { port: number }) => `https://${host}:${port}/`;

  test('an alias is followed to its address', async () => {
    const server = await serve((_, response) => response.end('found'));
    const fetcher = by(await serving(), server);
    // The certificate is another name’s, so the connection was made.
    await expect(fetcher.fetch(at('mta-sts.a.example', server), get, never)).rejects.toThrow(/altnames|alt/);
  });

  test.each([
    ['inner.example', 'address-refused', /./],
    ['gone.example', 'Error', /no address/],
    ['broken.example', 'Error', /no address/],
    ['silent.example', 'Error', /no address/],
  ])('%s: %s', async (host, name, message) => {
    const server = await serve((_, response) => response.end('never'));
    const fetching = by(await serving(), server).fetch(at(host, server), get, never);
    await expect(fetching).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
    expect(server.seen).toHaveLength(0);
  });

  test('addresses of other names in the answer are not taken', async () => {
    const server = await serve((_, response) => response.end('never'));
    const lying: Resolver = {
      ask: async (question) => ({
        ...question,
        status: 'answered',
        records: [{ name: 'other.example', type: 'A', ttl: 1, data: '127.0.0.1' }],
        authenticated: false,
        resolver: 'test',
        at: '2026-11-23T00:00:00.000Z',
      }),
    };
    await expect(by(lying, server).fetch(at('a.example', server), get, never)).rejects.toThrow('no address');
  });

  test('a name server that says nothing holds up no other look-up', async () => {
    const server = await serve((_, response) => response.end('never'));
    const hanging: Resolver = {
      ask: (question, signal) =>
        new Promise((resolve) => {
          const end = () =>
            resolve({
              ...question,
              status: 'timeout',
              records: [],
              authenticated: false,
              resolver: '',
              at: '',
            });
          signal.addEventListener('abort', end, { once: true });
        }),
    };
    const held = Array.from({ length: 20 }, () =>
      by(hanging, server, 3_000).fetch(at('a.example', server), get, never),
    );
    const begun = performance.now();
    await new Promise((resolve) => systemLookup('localhost', resolve));
    expect(performance.now() - begun).toBeLessThan(2_000);
    const ended = await Promise.allSettled(held);
    expect(ended.every(({ status }) => status === 'rejected')).toBe(true);
  });
});
