/** Certificates made for a test, with keys of every kind. */
import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export const part = (tag: number, ...values: Uint8Array[]): Buffer => {
  const value = Buffer.concat(values);
  return Buffer.concat([Buffer.from([tag, 0x82, value.length >> 8, value.length & 255]), value]);
};
export const row = (...values: Uint8Array[]) => part(0x30, ...values);
export const oid = (hex: string) => part(0x06, Buffer.from(hex, 'hex'));
const nothing = part(0x05);
export const nameOf = (text: string, field = '550403') =>
  row(part(0x31, row(oid(field), part(0x0c, Buffer.from(text)))));
const dates = ['260101000000Z', '270101000000Z'] as const;
const validity = (from: string, to: string) =>
  row(...[from, to].map((text) => part(0x17, Buffer.from(text))));
export const extension = (id: string, ...value: Buffer[]) => row(oid(id), part(0x04, row(...value)));
export const domainName = (text: string) => part(0x82, Buffer.from(text));
export const named = (...names: string[]) => extension('551d11', ...names.map(domainName));
/** Of kinds of names with their tags. */
export const limits = (...lists: [permitted: Buffer[], excluded: Buffer[]]) =>
  extension(
    '551d1e',
    ...lists.flatMap((list, i) => (list.length > 0 ? [part(0xa0 + i, ...list.map((one) => row(one)))] : [])),
  );
const authority = row(oid('551d13'), part(0x04, row(part(0x01, Buffer.from([255])))));

export interface Kind {
  keys(): { publicKey: KeyObject; privateKey: KeyObject };
  algorithm: Buffer;
  sign(bytes: Buffer, key: KeyObject): Buffer;
}
export const ec = (namedCurve: string, id: string, hash: string): Kind => ({
  keys: () => generateKeyPairSync('ec', { namedCurve }),
  algorithm: row(oid(id)),
  sign: (bytes, key) => sign(hash, bytes, key),
});
export const rsa = (id: string, hash: string, modulusLength = 2048): Kind => ({
  keys: () => generateKeyPairSync('rsa', { modulusLength }),
  algorithm: row(oid(id), nothing),
  sign: (bytes, key) => sign(hash, bytes, key),
});
const short = (tag: number, ...values: Buffer[]) => {
  const value = Buffer.concat(values);
  return Buffer.concat([Buffer.from([tag, value.length]), value]);
};
const shortOid = (hex: string) => short(0x06, Buffer.from(hex, 'hex'));
export const salted: Kind = {
  keys: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  algorithm: short(
    0x30,
    shortOid('2a864886f70d01010a'),
    short(0x30, short(0xa0, short(0x30, shortOid('608648016503040201')))),
  ),
  sign: (bytes, key) =>
    sign('sha256', bytes, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
};
export const p256 = ec('P-256', '2a8648ce3d040302', 'sha256');

export interface Made {
  der: Buffer;
  kind: Kind;
  keys: ReturnType<Kind['keys']>;
  name: string;
}

export function make(
  name: string,
  kind: Kind,
  by?: Made,
  more: {
    plain?: boolean;
    issuer?: string;
    subject?: Buffer;
    dates?: readonly [string, string];
    with?: Buffer[];
  } = {},
): Made {
  const keys = kind.keys();
  const signer = by ?? { kind, keys, name };
  const extensions = part(0xa3, row(...(more.plain ? [] : [authority]), ...(more.with ?? [])));
  const body = row(
    part(0xa0, part(0x02, Buffer.from([2]))),
    part(0x02, Buffer.from([1])),
    signer.kind.algorithm,
    nameOf(more.issuer ?? signer.name),
    validity(...(more.dates ?? dates)),
    more.subject ?? nameOf(name),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    extensions,
  );
  const signature = signer.kind.sign(body, signer.keys.privateKey);
  const der = row(body, signer.kind.algorithm, part(0x03, Buffer.from([0]), signature));
  return { der, kind, keys, name };
}

export const pemOf = (der: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;
