/** The operator's file: what it makes, what it refuses, and that no secret of it is ever said. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { helloOf, readTransports, TransportsError } from '../../src/hosts/transports.ts';
import { makeAuthority } from '../sinks/certificates.ts';

let folder = '';
let logged: unknown[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'klarsignal-transports-'));
  logged = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const ses = { id: 'ses', kind: 'ses', accessKeyId: 'AKIAHEMLIG', secretAccessKey: 'ytterst-hemligt' };
const reserve = {
  id: 'reserve',
  kind: 'smtp',
  preset: 'authsmtp',
  user: 'ac12345',
  password: 'också-hemligt',
};
const topic = 'arn:aws:sns:eu-north-1:123456789012:klarsignal';

function read(content: unknown, mode = 0o600, hello?: string) {
  const path = join(folder, 'transports.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  chmodSync(path, mode);
  return readTransports(path, {
    keyring: { dkimKey: () => undefined },
    log: (...line) => logged.push(line),
    hello,
  });
}

function refusal(content: unknown, mode?: number): TransportsError {
  try {
    read(content, mode);
  } catch (error) {
    if (error instanceof TransportsError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('what it makes', () => {
  test('SES in Stockholm and AuthSMTP in reserve', () => {
    const standard = {
      domain: 'example.se',
      mailFrom: 'studs.example.se',
      dkim: [{ d: 'example.se', s: 'r1' }],
    };
    const { transports, topics, receiver, alerts } = read({
      transports: [
        { ...ses, configurationSet: 'klarsignal' },
        { ...reserve, standardFor: [standard] },
      ],
      topics: [topic],
      receiver: { port: 25 },
    });
    expect(transports).toMatchObject([
      {
        id: 'ses',
        kind: 'ses',
        provider: 'Amazon SES',
        country: 'SE',
        place: 'eu-north-1',
        spf: 'include:amazonses.com',
        atOnce: 20,
      },
      {
        id: 'reserve',
        kind: 'smtp',
        provider: 'AuthSMTP',
        country: 'GB',
        place: 'mail.authsmtp.com:465',
        spf: 'include:authsmtp.com',
        atOnce: 5,
        standardFor: [standard],
      },
    ]);
    expect(topics).toEqual([topic]);
    expect([receiver, alerts]).toEqual([{ port: 25 }, undefined]);
  });

  test('one’s own server: TLS from the first byte at 465, STARTTLS at 587', () => {
    const own = { id: 'own', kind: 'smtp', host: 'smtp.example.se', country: 'SE' };
    const { transports } = read({
      transports: [
        own,
        { ...own, id: 'two', port: 587, user: 'u', password: 'p', atOnce: 2, provider: 'Vi själva' },
      ],
    });
    expect(transports).toMatchObject([
      { place: 'smtp.example.se:465', provider: 'smtp.example.se', spf: null },
      { place: 'smtp.example.se:587', provider: 'Vi själva', atOnce: 2 },
    ]);
  });

  test('the log has everything but the secrets', () => {
    read({
      transports: [ses, reserve],
      topics: [topic],
      alerts: { webhook: 'https://example.se/?token=hemlig' },
    });
    const text = JSON.stringify(logged);
    expect(text).toContain('eu-north-1');
    expect(text).toContain('***');
    for (const secret of ['AKIAHEMLIG', 'ytterst-hemligt', 'ac12345', 'också-hemligt', 'token'])
      expect(text).not.toContain(secret);
  });
});

describe('what a server is told in EHLO', () => {
  const receiver = { domain: 'in.example.se' };
  test.each([
    ['what the file says', { hello: 'ut.example.se' }, { receiver }, 'tjanst.example.se', 'ut.example.se'],
    ['else the receiver’s domain', {}, { receiver }, 'tjanst.example.se', 'in.example.se'],
    ['else the service’s own name', {}, {}, 'tjanst.example.se', 'tjanst.example.se'],
    [
      'else the service’s own name',
      {},
      { receiver: { domain: 'x' } },
      'tjanst.example.se',
      'tjanst.example.se',
    ],
  ])('%s', async (_, more, beside, own, said) => {
    const authority = makeAuthority();
    const { key, cert } = authority.issue(['127.0.0.1']);
    const heard = Promise.withResolvers<string>();
    const server = new SMTPServer({
      secure: true,
      key,
      cert,
      logger: false,
      authOptional: true,
      onMailFrom(__, session, done) {
        heard.resolve(String(session.hostNameAppearsAs));
        done(new Error('enough'));
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    writeFileSync(join(folder, 'ca.pem'), authority.cert);
    const one = { id: 'own', kind: 'smtp', host: '127.0.0.1', port, secure: true, country: 'SE' };
    const { transports } = read(
      { transports: [{ ...one, ca: join(folder, 'ca.pem'), ...more }], ...beside },
      0o600,
      own,
    );
    const mail = {
      attempt: 'a.1.1',
      recipient: 'a@example.org',
      dkim: [],
      raw: new TextEncoder().encode('A: b\r\n\r\n'),
    };
    await transports[0]?.send({ ...mail, envelopeFrom: 'b@example.se' }, AbortSignal.timeout(10_000));
    expect(await heard.promise).toBe(said);
    await transports[0]?.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  test.each([
    ['https://klarsignal.example.se', 'klarsignal.example.se'],
    ['http://192.0.2.1:8787', undefined],
    ['http://[2001:db8::1]', undefined],
    ['http://localhost:8787', undefined],
    [undefined, undefined],
  ])('of %s: %s', (url, hello) => expect(helloOf(url)).toBe(hello));
});

describe('what it refuses', () => {
  test.each([0o644, 0o640, 0o604, 0o660, 0o602])('a file that others may touch: %o', (mode) => {
    const { code, message } = refusal({ transports: [ses] }, mode);
    expect(code).toBe('transports-unsafe');
    expect(message).toContain('chmod 600');
  });

  test('a file that is not there, or is a folder', () => {
    const parts = { keyring: { dkimKey: () => undefined }, log: () => {} };
    const codeOf = (path: string) => {
      try {
        readTransports(path, parts);
      } catch (error) {
        return (error as TransportsError).code;
      }
      return 'none';
    };
    mkdirSync(join(folder, 'a'), { mode: 0o700 });
    expect([codeOf(join(folder, 'none.json')), codeOf(join(folder, 'a'))]).toEqual([
      'transports-missing',
      'transports-missing',
    ]);
  });

  const wrong: [string, unknown, RegExp][] = [
    ['no JSON', '{\n  "transports": [{ "password": "ytterst-hemligt",\n ]', /not JSON at line 3/],
    ['cut JSON', '{ "password": "ytterst-hemligt"', /not JSON/],
    ['none', { transports: [] }, /at least one/],
    ['an unknown key', { transports: [{ ...ses, regoin: 'eu-west-1' }] }, /transports\.0 .*regoin/],
    ['an unknown kind', { transports: [{ id: 'x', kind: 'sendmail' }] }, /kind/],
    ['two of one name', { transports: [ses, ses] }, /two transports are called "ses"/],
    ['a name with capitals', { transports: [{ ...ses, id: 'SES' }] }, /transports\.0\.id must be/],
    [
      'London',
      { transports: [{ ...ses, region: 'eu-west-2' }] },
      /"ses": the region eu-west-2 is outside the EU \(GB\)/,
    ],
    ['no such region', { transports: [{ ...ses, region: 'mars-1' }] }, /not a region of Amazon SES/],
    [
      'half a key',
      { transports: [{ ...ses, secretAccessKey: undefined }] },
      /both "accessKeyId" and "secretAccessKey"/,
    ],
    ['half an account', { transports: [{ ...reserve, password: undefined }] }, /both "user" and "password"/],
    [
      'a preset without an account',
      { transports: [{ id: 'r', kind: 'smtp', preset: 'authsmtp' }] },
      /must have "user" and "password"/,
    ],
    ['no host', { transports: [{ id: 'r', kind: 'smtp', country: 'SE' }] }, /must have "host"/],
    [
      'no country',
      { transports: [{ id: 'r', kind: 'smtp', host: 'smtp.example.se' }] },
      /must have "country"/,
    ],
    [
      'a FIFO topic',
      { transports: [ses], topics: ['arn:aws:sns:eu-north-1:123456789012:klarsignal.fifo'] },
      /topics\.0 is a FIFO topic, and SNS brings those to no web address: use a standard topic\.$/,
    ],
    ['no ARN', { transports: [ses], topics: ['klarsignal'] }, /topics\.0 must be the ARN/],
    ['an endpoint', { transports: [{ ...ses, endpoint: 'http://127.0.0.1' }] }, /endpoint/],
    [
      'certificates that are not there',
      { transports: [{ id: 'r', kind: 'smtp', host: 'a.se', country: 'SE', ca: '/none.pem' }] },
      /none\.pem/,
    ],
  ];
  test.each(wrong)('%s', (_, content, message) => {
    const error = refusal(content);
    expect(error.code).toBe('transports-invalid');
    expect(error.message).toMatch(message);
    expect(error.message).not.toMatch(/hemlig/);
    expect(logged).toEqual([]);
  });

  test('outside the EU when it is asked for', () => {
    const { transports } = read({ transports: [{ ...ses, region: 'us-east-1', outsideEu: true }] });
    expect(transports[0]).toMatchObject({ place: 'us-east-1', country: 'US' });
  });
});
