/** clamd's protocol against a server of our own that answers as told; the real one stands in test/servers. */
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type ClamdAddress, createClamdScanner, parseClamd } from '../../src/adapters/scanner/clamd.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const never = new AbortController().signal;
const version = 'ClamAV 1.4.6/27000/Sun Nov 22 10:00:00 2026';

interface Daemon {
  address: ClamdAddress;
  /** Messages that came whole. */
  received: Buffer[];
  /** The most that were under way at once. */
  most(): number;
}

/** `answer`: to a message that came whole; undefined: it stays silent. `begun`: called at the first byte of one. */
async function startDaemon(
  answer: (message: Buffer, socket: Socket) => string | undefined,
  { begun, path }: { begun?: (socket: Socket) => void; path?: string } = {},
): Promise<Daemon> {
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  let under = 0;
  let most = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    let seen = Buffer.alloc(0);
    let told = false;
    let counted = false;
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      if (counted) under -= 1;
    });
    socket.on('data', (bytes) => {
      seen = Buffer.concat([seen, bytes]);
      if (seen.toString('latin1') === 'zVERSION\0') return void socket.end(`${version}\0`);
      if (!seen.toString('latin1').startsWith('zINSTREAM\0')) return;
      if (!counted) {
        counted = true;
        most = Math.max(most, ++under);
        begun?.(socket);
      }
      const chunks: Buffer[] = [];
      for (let at = 10; at + 4 <= seen.length; ) {
        const length = seen.readUInt32BE(at);
        if (length === 0) {
          if (told) return;
          told = true;
          const message = Buffer.concat(chunks);
          received.push(message);
          const said = answer(message, socket);
          if (said !== undefined) socket.end(`${said}\0`);
          return;
        }
        chunks.push(seen.subarray(at + 4, at + 4 + length));
        at += 4 + length;
      }
    });
  });
  await new Promise<void>((resolve) =>
    path ? server.listen(path, resolve) : server.listen(0, '127.0.0.1', resolve),
  );
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  const address = path ? { path } : { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
  return { address, received, most: () => most };
}

const letter = new TextEncoder().encode('Subject: Hej\r\n\r\nHej!');

describe('answers', () => {
  test.each([
    ['stream: OK', { known: true, infected: false, engine: version }],
    [
      'stream: Eicar-Test-Signature FOUND',
      { known: true, infected: true, signature: 'Eicar-Test-Signature', engine: version },
    ],
    [
      'stream: Odd\r\nname\x1b[0m FOUND FOUND',
      { known: false, reason: 'unanswered', detail: 'stream: Odd name [0m FOUND FOUND' },
    ],
    [
      'INSTREAM size limit exceeded. ERROR',
      { known: false, reason: 'too-large', detail: 'INSTREAM size limit exceeded. ERROR' },
    ],
    [
      'stream: Can not allocate memory ERROR',
      { known: false, reason: 'unanswered', detail: 'stream: Can not allocate memory ERROR' },
    ],
    ['UNKNOWN COMMAND', { known: false, reason: 'unanswered', detail: 'UNKNOWN COMMAND' }],
    ['', { known: false, reason: 'unanswered', detail: 'no answer' }],
    // Neither of the two, as a look-alike would have it.
    ['stream: OK FOUNDED', { known: false, reason: 'unanswered', detail: 'stream: OK FOUNDED' }],
    ['OK', { known: false, reason: 'unanswered', detail: 'OK' }],
  ])('%s', async (answer, scan) => {
    const daemon = await startDaemon(() => answer);
    expect(await createClamdScanner({ address: daemon.address }).scan(letter, never)).toEqual(scan);
    expect(daemon.received).toEqual([Buffer.from(letter)]);
  });

  test.each([0, 1, 65_535, 65_536, 65_537, 3_000_000])(
    'a message of %i bytes arrives whole',
    async (size) => {
      const daemon = await startDaemon(() => 'stream: OK');
      const message = new Uint8Array(size).map((_, i) => i % 251);
      const scan = await createClamdScanner({ address: daemon.address }).scan(message, never);
      expect(scan).toMatchObject({ known: true, infected: false });
      expect(daemon.received.map((one) => one.equals(Buffer.from(message)))).toEqual([true]);
    },
  );

  test('by a socket of this machine', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'klarsignal-clamd-'));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const daemon = await startDaemon(() => 'stream: OK', { path: join(folder, 'clamd.ctl') });
    const scan = await createClamdScanner({ address: daemon.address }).scan(letter, never);
    expect(scan).toMatchObject({ known: true, infected: false });
  });
});

describe('no answer is never clean', () => {
  test('nobody listens', async () => {
    const daemon = await startDaemon(() => 'stream: OK');
    for (const close of closing.splice(0)) await close();
    const scan = await createClamdScanner({ address: daemon.address }).scan(letter, never);
    expect(scan).toEqual({ known: false, reason: 'unanswered', detail: 'ECONNREFUSED' });
    const missing = createClamdScanner({ address: { path: '/nonexistent/clamd.ctl' } });
    expect(await missing.scan(letter, never)).toMatchObject({ known: false, reason: 'unanswered' });
  });

  test('it stays silent', async () => {
    const daemon = await startDaemon(() => undefined);
    const scan = await createClamdScanner({ address: daemon.address, timeoutMs: 100 }).scan(letter, never);
    expect(scan).toEqual({ known: false, reason: 'unanswered', detail: 'out of time' });
  });

  test('whoever asked gives up', async () => {
    const asked = new AbortController();
    const daemon = await startDaemon(() => {
      asked.abort();
      return undefined;
    });
    const scanner = createClamdScanner({ address: daemon.address });
    expect(await scanner.scan(letter, asked.signal)).toMatchObject({ known: false, reason: 'unanswered' });
    expect(await scanner.scan(letter, asked.signal)).toMatchObject({ known: false, reason: 'unanswered' });
  });

  test('it breaks off in the middle', async () => {
    const daemon = await startDaemon(() => 'stream: OK', { begun: (socket) => void socket.destroy() });
    const scan = await createClamdScanner({ address: daemon.address }).scan(new Uint8Array(5_000_000), never);
    expect(scan).toMatchObject({ known: false, reason: 'unanswered' });
  });

  test('it closes without an answer, or with half of one', async () => {
    const daemon = await startDaemon((message, socket) => {
      socket.end(message.length > 5 ? 'stream: OK' : '');
      return undefined;
    });
    const scanner = createClamdScanner({ address: daemon.address });
    // Without its NUL it may be the beginning of something else.
    expect(await scanner.scan(letter, never)).toMatchObject({ known: false, reason: 'unanswered' });
    expect(await scanner.scan(new Uint8Array(2), never)).toMatchObject({
      known: false,
      reason: 'unanswered',
    });
  });

  test('it answers without end', async () => {
    const daemon = await startDaemon((_, socket) => {
      const more = () => {
        while (!socket.destroyed && socket.write('x'.repeat(1000)));
      };
      socket.on('drain', more);
      more();
      return undefined;
    });
    const scan = await createClamdScanner({ address: daemon.address }).scan(letter, never);
    expect(scan).toMatchObject({ known: false, reason: 'unanswered', detail: 'an answer that never ends' });
  });

  test('it refuses before the whole has come: too large is told where it can be', async () => {
    const daemon = await startDaemon(() => 'stream: OK', {
      begun: (socket) => void socket.write('INSTREAM size limit exceeded. ERROR\0'),
    });
    const scan = await createClamdScanner({ address: daemon.address }).scan(new Uint8Array(5_000_000), never);
    expect(scan).toMatchObject({ known: false, reason: 'too-large' });
  });
});

test('no more than so many at once, and all get their turn', async () => {
  const waiting: (() => void)[] = [];
  const daemon = await startDaemon((_, socket) => {
    waiting.push(() => void socket.end('stream: OK\0'));
    // The last of a round lets all of it go.
    if (waiting.length === 3) for (const go of waiting.splice(0)) go();
    return undefined;
  });
  const scanner = createClamdScanner({ address: daemon.address, atOnce: 3 });
  const scans = await Promise.all(Array.from({ length: 12 }, () => scanner.scan(letter, never)));
  expect(scans.every((scan) => scan.known && !scan.infected)).toBe(true);
  expect(daemon.most()).toBe(3);
});

test.each([
  ['127.0.0.1:3310', { host: '127.0.0.1', port: 3310 }],
  ['clamav:4000', { host: 'clamav', port: 4000 }],
  ['clamav.example.se', { host: 'clamav.example.se', port: 3310 }],
  ['[::1]:3310', { host: '::1', port: 3310 }],
  ['[::1]', { host: '::1', port: 3310 }],
  [' /run/clamav/clamd.ctl ', { path: '/run/clamav/clamd.ctl' }],
  ['', undefined],
  ['clamav:0', undefined],
  ['clamav:65536', undefined],
  ['clamav:port', undefined],
  ['tcp://clamav:3310', undefined],
  ['::1:3310', undefined],
  ['run/clamd.ctl', undefined],
  ['a b:3310', undefined],
])('where clamd listens: %s', (text, address) => {
  expect(parseClamd(text)).toEqual(address);
});
