/** Servers that mean harm: what they send without end, drip, pack or break ends in time, and brings nothing down. */
import type { lookup as systemLookup } from 'node:dns';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isGlobal } from '../../src/adapters/fetcher/address.ts';
import { createFetcher } from '../../src/adapters/fetcher/guarded.ts';

const closing: (() => unknown)[] = [];
const uncaught: unknown[] = [];
const note = (error: unknown) => uncaught.push(error);
beforeEach(() => {
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
});
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  await new Promise((resolve) => setImmediate(resolve));
  process.off('uncaughtException', note);
  process.off('unhandledRejection', note);
  expect(uncaught.splice(0)).toEqual([]);
});

const never = new AbortController().signal;
const ms = 400;

/** A server of plain octets; `answer` is called when a request has come. */
async function serve(answer: (socket: Socket, request: string) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    let request = '';
    socket.on('data', (chunk) => {
      const had = request.includes('\r\n\r\n');
      request += chunk;
      if (!had && request.includes('\r\n\r\n')) answer(socket, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

const looksUp = (addresses: readonly string[]) =>
  ((_: string, __: unknown, callback: (...told: unknown[]) => void) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as typeof systemLookup;

const fetcherAt = (ports: number | readonly number[], addresses = ['127.0.0.1']) =>
  createFetcher(
    { http: true },
    {
      isAllowed: (address) => address.startsWith('127.') || isGlobal(address),
      ports: [ports].flat(),
      lookup: looksUp(addresses),
      ms,
    },
  );

/** What became of it, and how long it took. */
async function fetched(port: number, more: { most?: number; redirects?: number } = {}) {
  const started = performance.now();
  const told = await fetcherAt(port)
    .fetch(`http://a.example:${port}/`, { method: 'GET', most: 1000, redirects: 0, ...more }, never)
    .then(
      ({ status, body }) => `${status} ${body.length}`,
      (error: Error & { code?: string }) => error.code ?? error.name,
    );
  return { told, took: performance.now() - started };
}

/** Writes again and again, as long as somebody is there. */
function endlessly(socket: Socket, piece: () => string | Buffer): void {
  const more = () => {
    while (!socket.destroyed && socket.writable) if (!socket.write(piece())) break;
  };
  socket.on('drain', more);
  more();
}

function dripping(socket: Socket, text: string): void {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed) clearInterval(timer);
    else socket.write(text[at++ % text.length] ?? '');
  }, 5);
  closing.push(() => clearInterval(timer));
}

const ok = 'HTTP/1.1 200 OK\r\n';

describe('what never ends', () => {
  const chunked = `${ok}transfer-encoding: chunked\r\n\r\n`;
  test.each<[string, string, string, RegExp]>([
    ['one header', `${ok}a: `, 'x'.repeat(4096), /HPE_HEADER_OVERFLOW/],
    ['headers', ok, 'a: b\r\n'.repeat(500), /HPE_HEADER_OVERFLOW/],
    ['a status line', 'HTTP/1.1 200 ', 'x'.repeat(4096), /HPE_HEADER_OVERFLOW|too-late/],
    ['answers that are none yet', '', 'HTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\n'.repeat(50), /too-late/],
    ['a body', `${ok}\r\n`, 'x'.repeat(65_536), /^200 1000$/],
    ['small chunks', chunked, '1\r\nx\r\n'.repeat(1000), /^200 1000$/],
    [
      'what stands beside a chunk',
      `${chunked}1;`,
      'x'.repeat(4096),
      /HPE_CHUNK_EXTENSIONS_OVERFLOW|too-late/,
    ],
    [
      'headers after the body',
      `${chunked}1\r\nx\r\n0\r\n`,
      'a: b\r\n'.repeat(500),
      /HPE_HEADER_OVERFLOW|too-late/,
    ],
  ])('%s', async (_, start, piece, expected) => {
    const port = await serve((socket) => {
      socket.write(start);
      endlessly(socket, () => piece);
    });
    const { told, took } = await fetched(port);
    expect(told).toMatch(expected);
    expect(took).toBeLessThan(ms + 4000);
  });

  test.each<[string, string, string]>([
    ['a header, a sign at a time', '', `${ok}a: bcdefghijklmnopqrstuvwxyz`.repeat(50)],
    ['a body, a sign at a time', `${ok}content-length: 999\r\n\r\n`, 'x'],
    ['silence', '', ''],
  ])('%s', async (_, start, drop) => {
    const port = await serve((socket) => {
      socket.write(start);
      if (drop !== '') dripping(socket, drop);
    });
    expect((await fetched(port)).told).toBe('too-late');
  });

  test('redirects to itself, each with a body without an end', async () => {
    let came = 0;
    const port = await serve((socket) => {
      came += 1;
      socket.write('HTTP/1.1 302 Found\r\nlocation: /again\r\n\r\n');
      endlessly(socket, () => 'x'.repeat(65_536));
    });
    const { told } = await fetched(port, { redirects: 3 });
    expect(told).toBe('redirects-too-many');
    expect(came).toBe(4);
  });
});

describe('what is broken', () => {
  test.each<[string, string, RegExp]>([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.6\r\n', /HPE_/],
    ['an answer of the oldest kind', '<html>Hej</html>', /HPE_|ECONNRESET|too-late/],
    ['a length that is no number', `${ok}content-length: x\r\n\r\nHej`, /HPE_/],
    ['two lengths', `${ok}content-length: 3\r\ncontent-length: 9\r\n\r\nHej`, /HPE_/],
    [
      'a length and chunks',
      `${ok}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n3\r\nHej\r\n0\r\n\r\n`,
      /HPE_/,
    ],
    [
      'a chunk that is none',
      `${ok}transfer-encoding: chunked\r\n\r\n3\r\nHej\r\nxyz\r\n`,
      /HPE_|ECONNRESET|aborted/,
    ],
    [
      'a second answer behind the first',
      `${ok}content-length: 3\r\n\r\nHejHTTP/1.1 500 no\r\n\r\n${'x'.repeat(5000)}`,
      /^200 3$/,
    ],
    ['a zero in a header', `${ok}a: b\0c\r\n\r\n`, /HPE_/],
    [
      'a change of protocol',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\nxxxx',
      /Error/,
    ],
    [
      'a redirect to nowhere',
      'HTTP/1.1 302 Found\r\nlocation: http://\r\ncontent-length: 0\r\n\r\n',
      /url-invalid/,
    ],
    [
      'a redirect with octets of no alphabet',
      'HTTP/1.1 302 Found\r\nlocation: http://\xff\xfe/\r\ncontent-length: 0\r\n\r\n',
      /url-invalid|address-refused|port-refused|200|too-many|ECONN|too-late/,
    ],
  ])('%s', async (_, text, expected) => {
    const port = await serve((socket) => void socket.write(text, 'latin1'));
    expect((await fetched(port, { redirects: 1 })).told).toMatch(expected);
  });

  test('a server that hangs up at any octet of its answer', async () => {
    const text = `${ok}content-length: 5\r\nx: y\r\n\r\nHejsa`;
    for (let at = 0; at < text.length; at += 6) {
      const port = await serve((socket) => void socket.end(text.slice(0, at)));
      expect((await fetched(port)).told).not.toBe('200 5');
    }
  });
});

describe('what is packed', () => {
  test('stays packed: a bomb weighs what came', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    const port = await serve((socket, request) => {
      expect(request).toMatch(/accept-encoding: identity/i);
      socket.write(`${ok}content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`);
      socket.end(bomb);
    });
    expect((await fetched(port, { most: 1_000_000 })).told).toBe(`200 ${bomb.length}`);
  });
});

describe('addresses', () => {
  test('a name with hundreds of them is not tried hundreds of times', async () => {
    const looked: string[] = [];
    const addresses = Array.from({ length: 300 }, (_, i) => `127.9.${i >> 8}.${i & 255}`);
    const fetcher = createFetcher(
      { http: true },
      {
        isAllowed: (address) => address.startsWith('127.') && looked.push(address) > 0,
        ports: [9],
        lookup: looksUp(addresses),
        ms: 3000,
      },
    );
    const request = fetcher.fetch('http://a.example:9/', { method: 'GET', most: 1, redirects: 0 }, never);
    const error = (await request.catch((caught: Error) => caught)) as Error & { errors?: Error[] };
    // Each of them is looked at, for one inside would tell; a handful is connected to.
    expect(looked.length).toBeGreaterThanOrEqual(300);
    expect(error.errors?.length ?? 1).toBeLessThanOrEqual(8);
  });

  test('credentials do not come back with a redirect that goes round by another host', async () => {
    const seen: string[] = [];
    let [there, back] = [0, 0];
    back = await serve((socket, request) => {
      seen.push(request);
      const location = request.startsWith('GET /back') ? null : `http://b.example:${there}/`;
      socket.end(location ? `HTTP/1.1 302 Found\r\nlocation: ${location}\r\n\r\n` : `${ok}\r\nHej`);
    });
    there = await serve((socket, request) => {
      seen.push(request);
      socket.end(`HTTP/1.1 302 Found\r\nlocation: http://a.example:${back}/back\r\n\r\n`);
    });
    const headers = { authorization: 'Bearer x', 'x-own': '1' };
    const asked = { method: 'GET', headers, most: 10, redirects: 3 } as const;
    await fetcherAt([back, there]).fetch(`http://a.example:${back}/`, asked, never);
    expect(seen.map((request) => /authorization|x-own/i.test(request))).toEqual([true, false, false]);
  });

  test.each(['2001:470::5efe:7f00:1', '2001:470::200:5efe:a00:1', '3ffe::1'])(
    '%s embeds another, or is nobody’s',
    (address) => expect(isGlobal(address)).toBe(false),
  );
});
