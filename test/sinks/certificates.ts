/**
 * A certificate authority for tests, made on the fly without openssl:
 *
 *     const authority = makeAuthority();
 *     const { key, cert } = authority.issue(['localhost', '127.0.0.1']);
 *     tls.connect({ ca: authority.cert, ... });
 *
 * `issue(names, { days: -1 })` gives one that has run out. Everything is PEM; keys are P-256.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

export interface Certificate {
  /** PKCS#8. */
  key: string;
  cert: string;
}

export interface Authority {
  /** What a client must trust. */
  cert: string;
  /** @param names host names and IPv4 addresses. `days`: how long it is valid from now on; negative: expired. */
  issue(names: readonly string[], options?: { days?: number }): Certificate;
}

/** @param name how it calls itself; two of the same name still do not trust each other. */
export function makeAuthority(name = 'Klarsignal test authority'): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const cert = certificate({
    subject: name,
    issuer: name,
    publicKey: keys.publicKey,
    signedBy: keys.privateKey,
    days: 30,
    extensions: [
      extension('2.5.29.19', sequence(der(0x01, Buffer.from([0xff]))), true),
      extension('2.5.29.15', der(0x03, Buffer.from([1, 0x06])), true),
    ],
  });
  return {
    cert,
    issue(names, { days = 30 } = {}) {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const alternatives = names.map((one) =>
        isIP(one) === 4
          ? der(0x87, Buffer.from(one.split('.').map(Number)))
          : der(0x82, Buffer.from(one, 'ascii')),
      );
      return {
        key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        cert: certificate({
          subject: names[0] ?? 'nobody',
          issuer: name,
          publicKey: own.publicKey,
          signedBy: createPrivateKey(keys.privateKey.export({ type: 'pkcs8', format: 'pem' })),
          days,
          extensions: [extension('2.5.29.17', sequence(...alternatives), false)],
        }),
      };
    },
  };
}

interface Wanted {
  subject: string;
  issuer: string;
  publicKey: KeyObject;
  signedBy: KeyObject;
  days: number;
  extensions: readonly Buffer[];
}

/** RFC 5280 section 4.1. */
function certificate(wanted: Wanted): string {
  const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));
  const day = 86_400_000;
  const to = new Date(Date.now() + wanted.days * day);
  // Clocks of tests stand at days that have been: it holds since before any of them.
  const from = new Date(Date.UTC(2026, 0, 1));
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(15)]);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ecdsaWithSha256,
    commonName(wanted.issuer),
    sequence(time(from), time(to)),
    commonName(wanted.subject),
    wanted.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...wanted.extensions)),
  );
  const signature = sign('sha256', body, wanted.signedBy);
  const whole = sequence(body, ecdsaWithSha256, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function extension(id: string, value: Buffer, critical: boolean): Buffer {
  return sequence(oid(id), ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value));
}

function commonName(name: string): Buffer {
  return sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(name)))));
}

function time(at: Date): Buffer {
  const text = at
    .toISOString()
    .replace(/[-:T]|\.\d+/g, '')
    .slice(2);
  return der(0x17, Buffer.from(text, 'ascii'));
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let left = part >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return der(0x06, Buffer.from(bytes));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const size = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
