/** Mail servers greeted over real sockets on loopback: sound ones, broken ones, and ones that mean harm. */
import { createHash, X509Certificate } from 'node:crypto';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { isGlobal } from '../../src/adapters/fetcher/address.ts';
import { createMailServers, type Openings } from '../../src/adapters/mail-servers/greeter.ts';
import type { ServerGreeting } from '../../src/ports.ts';
import { makeAuthority } from '../sinks/certificates.ts';
import { clock } from '../world.ts';

const closing: (() => unknown)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

const never = new AbortController().signal;
const authority = makeAuthority();
const host = 'in.example.se';
const sound = authority.issue([host]);

/** What a server does with a connection; `heard` is what the client has said so far. */
type Script = (socket: Socket, heard: string[]) => void;

async function serve(script: Script) {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    script(socket, heard);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return { port: (server.address() as AddressInfo).port, heard, connections: () => sockets.size };
}

interface Replies {
  banner?: string;
  hello?: string;
  start?: string;
  /** After the STARTTLS reply, before the handshake. */
  injected?: string;
  key?: string;
  cert?: string;
  maxVersion?: 'TLSv1' | 'TLSv1.2';
  ciphers?: string;
  dhparam?: 'auto';
  ecdhCurve?: string;
  /** Within TLS. */
  inner?: string;
}

const helloWithTls = '250-in.example.se\r\n250-SIZE 1000\r\n250 STARTTLS\r\n';

/** A mail server that answers by these replies. */
function mailServer({
  banner = '220 in.example.se ESMTP\r\n',
  hello = helloWithTls,
  start = '220 go ahead\r\n',
  injected = '',
  inner = '250 in.example.se\r\n',
  maxVersion,
  ciphers = 'DEFAULT@SECLEVEL=0',
  dhparam,
  ecdhCurve,
  ...certificate
}: Replies = {}): Script {
  return (socket, heard) => {
    socket.write(banner);
    const onLine = (chunk: Buffer) => {
      const line = chunk.toString('utf8').trim();
      heard.push(line);
      if (/^EHLO/.test(line)) socket.write(hello);
      else if (line === 'QUIT') socket.end('221 bye\r\n');
      else if (line === 'STARTTLS') {
        socket.off('data', onLine);
        socket.write(start + injected);
        if (!start.startsWith('220')) return;
        const { key, cert } = { ...sound, ...certificate };
        const options = { key, cert, minVersion: 'TLSv1', ciphers } as const;
        const secureContext = createSecureContext({
          ...options,
          ...(maxVersion ? { maxVersion } : {}),
          ...(dhparam ? { dhparam } : {}),
          ...(ecdhCurve ? { ecdhCurve } : {}),
        });
        const tls = new TLSSocket(socket, { isServer: true, secureContext });
        tls.on('error', () => {});
        tls.on('data', (within: Buffer) => {
          const said = within.toString('utf8').trim();
          heard.push(`tls ${said}`);
          if (/^EHLO/.test(said)) tls.write(inner);
          if (said === 'QUIT') tls.end('221 bye\r\n');
        });
      }
    };
    socket.on('data', onLine);
  };
}

function greeter(port: number, more: Openings = {}) {
  return createMailServers(
    { name: 'audit.example.org', isGlobal, clock },
    { port, isAllowed: (address) => address === '127.0.0.1', ca: authority.cert, ...more },
  );
}

async function greet(script: Script, more: Openings = {}): Promise<ServerGreeting & { heard: string[] }> {
  const { port, heard } = await serve(script);
  return { ...(await greeter(port, more).greet(host, ['127.0.0.1'], never)), heard };
}

describe('a sound server', () => {
  test('is told EHLO, STARTTLS, EHLO and QUIT, and no mail', async () => {
    const { heard, ...greeting } = await greet(mailServer());
    expect(greeting).toMatchObject({
      host,
      address: '127.0.0.1',
      state: 'secured',
      said: '220 in.example.se ESMTP',
      tls: { version: 'TLSv1.3', fault: null },
    });
    await expect
      .poll(() => heard)
      .toEqual(['EHLO audit.example.org', 'STARTTLS', 'tls EHLO audit.example.org', 'tls QUIT']);
  });

  test('shows its certificate, and what DANE compares with', async () => {
    const { tls } = await greet(mailServer({ cert: sound.cert + authority.cert }));
    const certificate = new X509Certificate(sound.cert);
    const key = certificate.publicKey.export({ type: 'spki', format: 'der' });
    const sha = (name: string, bytes: Uint8Array) => createHash(name).update(bytes).digest('hex');
    expect(tls?.chain[0]).toEqual({
      names: [host],
      subject: `CN=${host}`,
      issuer: 'CN=Klarsignal test authority',
      validFrom: certificate.validFromDate.toISOString(),
      validTo: certificate.validToDate.toISOString(),
      matches: {
        '0 0': certificate.raw.toString('hex'),
        '0 1': sha('sha256', certificate.raw),
        '0 2': sha('sha512', certificate.raw),
        '1 0': key.toString('hex'),
        '1 1': sha('sha256', key),
        '1 2': sha('sha512', key),
      },
    });
    expect(tls?.chain.map(({ subject }) => subject)).toEqual([`CN=${host}`, 'CN=Klarsignal test authority']);
  });

  test('what it sent beside its chain is not part of it', async () => {
    const other = makeAuthority('another');
    const { tls } = await greet(mailServer({ cert: sound.cert + other.cert }));
    expect(tls?.chain.map(({ subject }) => subject)).toEqual([`CN=${host}`]);
  });

  test('that has no STARTTLS is plain, and is left with QUIT', async () => {
    const { heard, ...greeting } = await greet(mailServer({ hello: '250-x\r\n250 XSTARTTLS\r\n' }));
    expect(greeting).toMatchObject({ state: 'plain', said: '220 in.example.se ESMTP', tls: null });
    await expect.poll(() => heard).toEqual(['EHLO audit.example.org', 'QUIT']);
  });

  test('may be slow and may send its reply in pieces', async () => {
    const script: Script = (socket) => {
      const pieces = ['22', '0-in.exam', 'ple.se\r', '\n220 ES', 'MTP\r\n'];
      const next = () => {
        const piece = pieces.shift();
        if (piece === undefined) return;
        socket.write(piece);
        setImmediate(next);
      };
      socket.setNoDelay(true);
      next();
      socket.on('data', () => socket.write('250 x\r\n'));
    };
    expect(await greet(script)).toMatchObject({ state: 'plain', said: '220 ESMTP' });
  });
});

describe('certificates that nobody vouches for', () => {
  const expired = authority.issue([host], { days: -1 });
  const elsewhere = authority.issue(['www.example.se']);
  const wide = authority.issue(['*.example.se']);
  const deeper = authority.issue(['*.se']);
  test.each<[string, Replies, string | null]>([
    ['expired', expired, 'CERT_HAS_EXPIRED'],
    ['of another name', elsewhere, 'names'],
    ['of a wildcard', wide, null],
    ['of a wildcard two labels up', deeper, 'names'],
    ['of an authority unknown here', makeAuthority('x').issue([host]), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ])('%s', async (_, certificate, fault) => {
    const greeting = await greet(mailServer(certificate));
    expect({ state: greeting.state, fault: greeting.tls?.fault }).toEqual({ state: 'secured', fault });
  });

  test('an old version is met, and told', async () => {
    expect((await greet(mailServer({ maxVersion: 'TLSv1' }))).tls?.version).toBe('TLSv1');
  });
});

describe('a server that means harm, or is broken', () => {
  const quick = { times: { connect: 400, closed: 400, all: 400 } };
  test.each<[string, Script, Partial<ServerGreeting>]>([
    [
      'turns everybody away',
      mailServer({ banner: '554 5.7.1 no\r\n' }),
      { state: 'refused', said: '554 5.7.1 no' },
    ],
    [
      'refuses EHLO',
      mailServer({ hello: '550 who are you\r\n' }),
      { state: 'refused', said: '550 who are you' },
    ],
    ['knows no EHLO', mailServer({ hello: '502 what\r\n' }), { state: 'plain' }],
    [
      'refuses STARTTLS',
      mailServer({ start: '454 not now\r\n' }),
      { state: 'tls-failed', said: '454 not now' },
    ],
    [
      'injects a reply before TLS',
      mailServer({ injected: '250 you are safe\r\n' }),
      { state: 'tls-failed', said: 'spoke between STARTTLS and TLS' },
    ],
    [
      'has its reply to STARTTLS ready before it is asked',
      mailServer({ hello: `${helloWithTls}220 go\r\n` }),
      { state: 'refused', said: 'spoke out of turn' },
    ],
    // The modulus would be its own choice, and a large one holds up the process.
    [
      'wants finite-field Diffie-Hellman alone',
      mailServer({ maxVersion: 'TLSv1.2', ciphers: 'kDHE@SECLEVEL=0', dhparam: 'auto' }),
      { state: 'refused', said: 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE' },
    ],
    [
      'wants a finite-field group alone in TLS 1.3',
      mailServer({ ecdhCurve: 'ffdhe8192' }),
      { state: 'refused', said: 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE' },
    ],
    ['refuses within TLS', mailServer({ inner: '421 bye\r\n' }), { state: 'tls-failed', said: '421 bye' }],
    [
      'is no mail server',
      (socket) => socket.end('HTTP/1.1 400\r\n\r\n'),
      { state: 'refused', said: 'not SMTP: HTTP/1.1 400' },
    ],
    [
      'changes its code',
      mailServer({ hello: '250-x\r\n550 y\r\n' }),
      { state: 'refused', said: 'not SMTP: 550 y' },
    ],
    [
      'speaks out of turn',
      mailServer({ banner: '220 x\r\n250 y\r\n' }),
      { state: 'refused', said: 'spoke out of turn' },
    ],
    ['closes at once', (socket) => socket.end(), { state: 'silent', said: 'closed the connection' }],
    ['never speaks', () => {}, { state: 'silent', said: 'ETIMEDOUT' }],
    [
      'never ends its greeting',
      (socket) => {
        const more = () => socket.writable && socket.write('220-more\r\n', () => setImmediate(more));
        more();
      },
      { state: 'refused', said: 'said too many lines' },
    ],
    [
      'has a line without an end',
      (socket) => {
        const more = () => socket.writable && socket.write('220'.padEnd(1000, 'x'), () => setImmediate(more));
        more();
      },
      { state: 'refused', said: 'line too long' },
    ],
    ['sends megabytes', (socket) => socket.write('2'.repeat(8_000_000)), { state: 'refused' }],
    [
      'sends a byte now and then',
      (socket) => {
        socket.write('220-');
        const timer = setInterval(() => socket.write('x'), 20);
        socket.on('close', () => clearInterval(timer));
      },
      { state: 'silent', said: 'ETIMEDOUT' },
    ],
    [
      'answers TLS with noise',
      (socket) => {
        socket.write('220 x\r\n');
        socket.on('data', (chunk) => {
          const line = chunk.toString('latin1');
          if (line.startsWith('EHLO')) socket.write(helloWithTls);
          else if (line.startsWith('STARTTLS')) socket.write('220 go\r\n');
          else socket.write('\u0000\u0001noise'.repeat(1000));
        });
      },
      { state: 'tls-failed' },
    ],
    [
      'is silent once TLS should begin',
      (socket) => {
        socket.write('220 x\r\n');
        socket.on('data', (chunk) => {
          const line = chunk.toString('latin1');
          if (line.startsWith('EHLO')) socket.write(helloWithTls);
          if (line.startsWith('STARTTLS')) socket.write('220 go\r\n');
        });
      },
      { state: 'silent', said: 'ETIMEDOUT' },
    ],
    ['writes on the terminal', mailServer({ banner: '554 \u001b[2Jgone\r\n' }), { said: '554  [2Jgone' }],
    [
      'has much to say',
      mailServer({ banner: `554 ${'x'.repeat(1500)}\r\n` }),
      { said: `554 ${'x'.repeat(196)} …` },
    ],
  ])('%s', async (_, script, expected) => {
    const greeting = await greet(script, quick);
    expect(greeting).toMatchObject(expected);
    if (greeting.state !== 'secured') expect(greeting.tls).toBeNull();
  });

  test('floods within TLS', async () => {
    const greeting = await greet(mailServer({ inner: '250-x\r\n'.repeat(200_000) }), quick);
    expect(greeting).toMatchObject({ state: 'tls-failed', tls: null });
  });
});

describe('whom it connects to', () => {
  test('loopback only where a test opens it', async () => {
    const { port, connections } = await serve(mailServer());
    const guarded = createMailServers({ name: 'audit.example.org', isGlobal, clock }, { port });
    const inner = ['127.0.0.1', '::1', '10.0.0.1', '169.254.169.254', '::ffff:127.0.0.1', 'localhost', '0'];
    expect(await guarded.greet(host, inner, never)).toMatchObject({
      address: null,
      state: 'silent',
      said: 'address-refused',
    });
    expect(connections()).toBe(0);
  });

  test('a name is never looked up, whatever is opened', async () => {
    const { port, connections } = await serve(mailServer());
    const wide = greeter(port, { isAllowed: () => true });
    expect(await wide.greet(host, ['localhost'], never)).toMatchObject({ state: 'silent', address: null });
    expect(connections()).toBe(0);
  });

  test('an address that another has taken by the time it stands is let go', async () => {
    const { port, heard } = await serve(mailServer());
    let asked = 0;
    const turning = greeter(port, { isAllowed: () => ++asked === 1 });
    expect(await turning.greet(host, ['127.0.0.1'], never)).toMatchObject({
      state: 'silent',
      said: 'address-refused',
    });
    expect(heard).toEqual([]);
  });

  test('the next address when the first is silent, and no third', async () => {
    const { port, connections } = await serve(mailServer());
    const any = greeter(port, { isAllowed: (address) => address.startsWith('127.') });
    expect(await any.greet(host, ['127.0.0.2', '127.0.0.1'], never)).toMatchObject({
      address: '127.0.0.1',
      state: 'secured',
    });
    const far = await any.greet(host, ['127.0.0.2', '127.0.0.3', '127.0.0.1'], never);
    expect(far).toMatchObject({ address: '127.0.0.3', state: 'silent', said: 'ECONNREFUSED' });
    expect(connections()).toBe(1);
  });

  test('nobody once the audit has ended', async () => {
    const { port, connections } = await serve(mailServer());
    const greeting = await greeter(port).greet(host, ['127.0.0.1'], AbortSignal.abort());
    expect(greeting).toMatchObject({ state: 'silent', said: 'ETIMEDOUT' });
    expect(connections()).toBe(0);
  });

  test('nowhere without an address', async () => {
    expect(await greeter(1).greet(host, [], never)).toMatchObject({ state: 'silent', said: 'no-address' });
  });

  test('an audit that ends meanwhile is not waited out', async () => {
    const { port } = await serve(() => {});
    const ending = new AbortController();
    const greeting = greeter(port).greet(host, ['127.0.0.1'], ending.signal);
    ending.abort();
    expect(await greeting).toMatchObject({ state: 'silent', said: 'ETIMEDOUT' });
  });
});
