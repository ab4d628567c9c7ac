/** Certificates that lead from one to the next, or do not: made here, with keys of every kind. */
import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { exampleCertificates } from '../../rules/repairs/example-marks.ts';
import { readCertificate } from '../../src/facts/bimi/certificate.ts';

const part = (tag: number, ...values: Uint8Array[]): Buffer => {
  const value = Buffer.concat(values);
  return Buffer.concat([Buffer.from([tag, 0x82, value.length >> 8, value.length & 255]), value]);
};
const row = (...values: Uint8Array[]) => part(0x30, ...values);
const oid = (hex: string) => part(0x06, Buffer.from(hex, 'hex'));
const nothing = part(0x05);
const nameOf = (text: string, field = '550403') =>
  row(part(0x31, row(oid(field), part(0x0c, Buffer.from(text)))));
const validity = row(...['260101000000Z', '270101000000Z'].map((text) => part(0x17, Buffer.from(text))));
const authority = row(oid('551d13'), part(0x04, row(part(0x01, Buffer.from([255])))));

interface Kind {
  keys(): { publicKey: KeyObject; privateKey: KeyObject };
  algorithm: Buffer;
  sign(bytes: Buffer, key: KeyObject): Buffer;
}
const ec = (namedCurve: string, id: string, hash: string): Kind => ({
  keys: () => generateKeyPairSync('ec', { namedCurve }),
  algorithm: row(oid(id)),
  sign: (bytes, key) => sign(hash, bytes, key),
});
const rsa = (id: string, hash: string): Kind => ({
  keys: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  algorithm: row(oid(id), nothing),
  sign: (bytes, key) => sign(hash, bytes, key),
});
const short = (tag: number, ...values: Buffer[]) => {
  const value = Buffer.concat(values);
  return Buffer.concat([Buffer.from([tag, value.length]), value]);
};
const shortOid = (hex: string) => short(0x06, Buffer.from(hex, 'hex'));
const salted: Kind = {
  keys: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  algorithm: short(
    0x30,
    shortOid('2a864886f70d01010a'),
    short(0x30, short(0xa0, short(0x30, shortOid('608648016503040201')))),
  ),
  sign: (bytes, key) =>
    sign('sha256', bytes, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
};
const p256 = ec('P-256', '2a8648ce3d040302', 'sha256');

interface Made {
  der: Buffer;
  kind: Kind;
  keys: ReturnType<Kind['keys']>;
  name: string;
}

function make(name: string, kind: Kind, by?: Made, more: { plain?: boolean; issuer?: string } = {}): Made {
  const keys = kind.keys();
  const signer = by ?? { kind, keys, name };
  const extensions = part(0xa3, row(...(more.plain ? [] : [authority])));
  const body = row(
    part(0xa0, part(0x02, Buffer.from([2]))),
    part(0x02, Buffer.from([1])),
    signer.kind.algorithm,
    nameOf(more.issuer ?? signer.name),
    validity,
    nameOf(name),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    extensions,
  );
  const signature = signer.kind.sign(body, signer.keys.privateKey);
  const der = row(body, signer.kind.algorithm, part(0x03, Buffer.from([0]), signature));
  return { der, kind, keys, name };
}

const pemOf = (der: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;
const chainOf = async (...made: readonly { der: Buffer }[]) =>
  (await readCertificate(made.map(({ der }) => pemOf(der)).join('')))?.chain;

test.each<[string, Kind, string]>([
  ['ECDSA P-256', p256, 'held'],
  ['ECDSA P-384', ec('P-384', '2a8648ce3d040303', 'sha384'), 'held'],
  ['ECDSA P-521', ec('P-521', '2a8648ce3d040304', 'sha512'), 'held'],
  ['P-256 with SHA-384', ec('P-256', '2a8648ce3d040303', 'sha384'), 'held'],
  ['RSA with SHA-256', rsa('2a864886f70d01010b', 'sha256'), 'held'],
  ['RSA with SHA-384', rsa('2a864886f70d01010c', 'sha384'), 'held'],
  ['RSA with SHA-512', rsa('2a864886f70d01010d', 'sha512'), 'held'],
  ['RSASSA-PSS', salted, 'held'],
  ['RSA with SHA-1, which nobody takes', rsa('2a864886f70d010105', 'sha1'), 'broken'],
  ['another hash than it says', rsa('2a864886f70d01010b', 'sha512'), 'broken'],
])('%s: %s', async (_, kind, state) => {
  const root = make('Root', kind);
  const between = make('Between', kind, root);
  const leaf = make('Leaf', p256, between, { plain: true });
  expect(await chainOf(leaf, between)).toBe(state);
  expect(await chainOf(leaf, between, root)).toBe(state);
});

describe('what does not lead on', () => {
  const root = make('Root', p256);
  const between = make('Between', p256, root);
  const leaf = make('Leaf', p256, between, { plain: true });
  const changed = (at: number) => {
    const der = Buffer.from(leaf.der);
    der[at < 0 ? der.length + at : at] = (der.at(at) ?? 0) ^ 1;
    return { der };
  };
  test.each<[string, readonly { der: Buffer }[], string]>([
    ['one alone', [leaf], 'alone'],
    ['one alone that has signed itself', [make('Self', p256)], 'alone'],
    ['the wrong order', [leaf, root, between], 'broken'],
    ['one left out', [leaf, root], 'broken'],
    ['an authority of the same name', [leaf, make('Between', p256, root)], 'broken'],
    ['a name that is not the issuer’s', [make('Leaf', p256, between, { issuer: 'X' }), between], 'broken'],
    ['an issuer that is no authority', [make('Leaf', p256, leaf), leaf, between], 'broken'],
    ['a changed signature', [changed(-1), between], 'broken'],
    ['what comes after it cannot be read', [leaf, { der: Buffer.from('x') }], 'broken'],
  ])('%s', async (_, made, state) => {
    expect(await chainOf(...made)).toBe(state);
  });

  test('of hundreds the first few are looked at', async () => {
    const many = Array.from({ length: 500 }, () => root);
    expect(await chainOf(leaf, between, ...many)).toBe('held');
  });

  test('cut or changed anywhere: never held, and never a crash', async () => {
    // After the outer tag and length; the body has a length of two octets too.
    const signed = { from: 4, to: 4 + 4 + leaf.der.readUInt16BE(6) };
    expect(signed.to).toBeGreaterThan(150);
    for (let at = 0; at < leaf.der.length; at += 3) {
      const changedThere = await chainOf(changed(at), between);
      if (at >= signed.from && at < signed.to) expect(changedThere).not.toBe('held');
      expect(await chainOf({ der: leaf.der.subarray(0, at) }, between)).toBeUndefined();
      await chainOf(leaf, { der: between.der.subarray(0, at) });
    }
  });
});

test.each([
  ['good', { kind: 'verified', chain: 'held' }],
  ['common', { kind: 'common', chain: 'held' }],
  ['alone', { kind: 'verified', chain: 'alone' }],
  ['broken', { kind: 'verified', chain: 'broken' }],
] as const)('the example %s', async (name, expected) => {
  expect(await readCertificate(exampleCertificates[name])).toMatchObject(expected);
});
