/** `receiver` of the operator's file: what it makes, and what is said of one that cannot be. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openKeyring } from '../../src/adapters/keys/keyring.ts';
import { rehearsalAddressOf, returnPathOf } from '../../src/bounces.ts';
import { createKindOf, openReceiver, readReceiver } from '../../src/hosts/receiver.ts';
import { makeAuthority } from '../sinks/certificates.ts';

const folder = mkdtempSync(join(tmpdir(), 'klarsignal-receiver-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const authority = makeAuthority();
const own = authority.issue(['mail.example.se']);
const key = file('key.pem', own.key);
const cert = file('cert.pem', own.cert);
const bad = file('bad.pem', 'hemligt\n');
const other = file('other.pem', authority.issue(['mail.example.se']).cert);
const domain = 'mail.example.se';

test('port 25 of every address, without STARTTLS unless there is a key', () => {
  expect(readReceiver({ domain })).toEqual({ domain, host: '0.0.0.0', port: 25, feedbackLoops: [] });
  expect(readReceiver({ domain, host: '127.0.0.1', port: 2525, key, cert })).toEqual({
    domain,
    host: '127.0.0.1',
    port: 2525,
    feedbackLoops: [],
    tls: { key: own.key, cert: own.cert },
  });
});

const wrong: [string, unknown, RegExp][] = [
  ['no domain', {}, /receiver\.domain: /],
  ['capitals', { domain: 'Mail.Example.SE' }, /receiver\.domain: must be a domain in small letters/],
  ['an unknown name', { domain, prot: 25 }, /receiver: .*prot/],
  ['a feedback loop that is none', { domain, feedbackLoops: ['FBL@x'] }, /receiver\.feedbackLoops\.0: /],
  ['a port that is none', { domain, port: 70_000 }, /receiver\.port: /],
  ['a key alone', { domain, key }, /receiver: must have both "key" and "cert", or neither/],
  ['a certificate alone', { domain, cert }, /both "key" and "cert"/],
  [
    'a key that is not there',
    { domain, key: '/nowhere/key.pem', cert },
    /receiver\.key: the file \/nowhere\/key\.pem cannot be read \(ENOENT\)/,
  ],
  ['what is no key', { domain, key: bad, cert }, /must be a private key and its certificate, as PEM\.$/],
  ['a certificate of another key', { domain, key, cert: other }, /must be a private key and its certificate/],
];
test.each(wrong)('%s is refused', (_, written, said) => {
  expect(() => readReceiver(written)).toThrow(said);
  expect(() => readReceiver(written)).toThrow(/^The receiver cannot be used: (?!.*hemligt)/);
});

const keyring = openKeyring(join(folder, 'keys'), { now: () => new Date('2026-11-22T09:00:00Z') });
const returnPath = returnPathOf(keyring, 'cmp_00ff00ff00ff00ff.7.1', 'retur.example.se');
test.each([
  [returnPath, 'report'],
  [returnPath.toUpperCase(), 'report'],
  [returnPath.replace('b-', 'r-'), undefined],
  [rehearsalAddressOf(keyring, '00ff00ff00ff00ff', 'retur.example.se'), 'rehearsal'],
  ['postmaster', 'postmaster'],
  ['Postmaster@MAIL.example.se', 'postmaster'],
  ['postmaster@retur.example.se', 'postmaster'],
  ['postmaster@example.se', 'postmaster'],
  ['postmaster@example.org', undefined],
  ['postmaster@notexample.se', undefined],
  ['postmaster@', undefined],
  ['postmaster@se', undefined],
  ['postmaster+x@mail.example.se', undefined],
  ['postmaster@mail.example.se@example.org', undefined],
  ['anna@mail.example.se', undefined],
])('%s is for: %s', async (address, kind) => {
  const store = {
    activeOwner: async (names: readonly string[]) =>
      names.includes('example.se') ? { organisation: 'o', domain: 'example.se', token: 't' } : undefined,
  };
  expect(await createKindOf(domain, { keyring, store })(address)).toBe(kind);
});

const parts = () => {
  const said: unknown[] = [];
  const report = async () => {};
  return {
    said,
    kindOf: () => undefined,
    onReport: report,
    onRehearsal: report,
    log: (...line: unknown[]) => said.push(line),
  };
};

test('it listens, and the log says where', async () => {
  const { said, ...more } = parts();
  const receiver = await openReceiver(readReceiver({ domain, host: '127.0.0.1', port: 0, key, cert }), more);
  expect(receiver.port).toBeGreaterThan(0);
  expect(said).toEqual([
    ['receiver listening', { host: '127.0.0.1', port: receiver.port, tls: true }, 'info'],
  ]);
  await receiver.close();
});

test('a port in use and an address of another machine are said in words', async () => {
  const holding = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => holding.once('listening', done));
  const { port } = holding.address() as { port: number };
  await expect(openReceiver({ domain, host: '127.0.0.1', port }, parts())).rejects.toThrow(
    `The receiver cannot be used: port ${port} on 127.0.0.1 is in use already`,
  );
  holding.close();
  await expect(openReceiver({ domain, host: '203.0.113.7', port: 0 }, parts())).rejects.toThrow(
    'this machine has no address 203.0.113.7',
  );
});
