/** Mail servers greeted as they are: Postfix with STARTTLS, without it, and what it shows as OpenSSL's own client sees it. */
import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isGlobal } from '../../src/adapters/fetcher/address.ts';
import { createMailServers } from '../../src/adapters/mail-servers/greeter.ts';
import type { ServerGreeting } from '../../src/ports.ts';
import { makeAuthority } from '../sinks/certificates.ts';
import { type Postfix, startPostfix, unable } from './postfix.ts';

const run = promisify(execFile);
const authority = makeAuthority();
const clock = { now: () => new Date() };
const never = new AbortController().signal;

let secured: Postfix;
let plain: Postfix;

function greet({ port }: Postfix, host: string): Promise<ServerGreeting> {
  const openings = { port, ca: authority.cert, isAllowed: (address: string) => address === '127.0.0.1' };
  const servers = createMailServers({ name: 'audit.klarsignal.test', isGlobal, clock }, openings);
  return servers.greet(host, ['127.0.0.1'], never);
}

/** The server's own certificate, through another program. */
async function seenByOpenssl({ port }: Postfix): Promise<X509Certificate> {
  const client = run('openssl', ['s_client', '-starttls', 'smtp', '-connect', `127.0.0.1:${port}`]);
  client.child.stdin?.end('QUIT\r\n');
  const { stdout } = await client;
  const [pem = ''] = /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/s.exec(stdout) ?? [];
  return new X509Certificate(pem);
}

if (unable) console.warn(`left out: ${unable}`);

describe.skipIf(unable)('Postfix, greeted', () => {
  beforeAll(async () => {
    [secured, plain] = await Promise.all([
      startPostfix({ authority, mailboxes: ['kim@example.org'], wholeChain: true }),
      startPostfix({ authority, mailboxes: ['kim@example.org'], tls: 'none' }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([secured?.stop(), plain?.stop()]);
  });

  test('with STARTTLS shows a chain that leads to its authority', async () => {
    expect(await greet(secured, 'localhost')).toMatchObject({
      address: '127.0.0.1',
      state: 'secured',
      said: expect.stringMatching(/^220 mail\.klarsignal\.test ESMTP/),
      tls: {
        version: 'TLSv1.3',
        fault: null,
        chain: [{ names: ['localhost'] }, { subject: 'CN=Klarsignal test authority' }],
      },
    });
  });

  test('what DANE compares with is that of the certificate it serves', async () => {
    const { tls } = await greet(secured, 'localhost');
    const certificate = await seenByOpenssl(secured);
    const key = certificate.publicKey.export({ type: 'spki', format: 'der' });
    const [own, above] = tls?.chain ?? [];
    expect(own?.matches['1 1']).toBe(createHash('sha256').update(key).digest('hex'));
    expect(own?.matches['0 2']).toBe(createHash('sha512').update(certificate.raw).digest('hex'));
    expect(own?.matches['0 0']).toBe(certificate.raw.toString('hex'));
    const root = new X509Certificate(authority.cert);
    expect(above?.matches['0 1']).toBe(createHash('sha256').update(root.raw).digest('hex'));
  });

  test('under another name than its certificate has', async () => {
    expect(await greet(secured, 'in.example.se')).toMatchObject({
      state: 'secured',
      tls: { fault: 'names' },
    });
  });

  test('without STARTTLS is plain', async () => {
    expect(await greet(plain, 'localhost')).toMatchObject({ state: 'plain', tls: null });
  });

  test('has seen no mail begin, and nobody leave without a word', async () => {
    await greet(secured, 'localhost');
    await expect
      .poll(() => secured.log(), { timeout: 10_000 })
      .toMatch(/disconnect from .* ehlo=2 starttls=1 quit=1/);
    const log = await secured.log();
    expect(log).not.toMatch(/\b(?:mail|rcpt)=|lost connection after EHLO/);
  });
});
