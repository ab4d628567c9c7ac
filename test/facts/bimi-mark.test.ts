/** What may pass for a mark certificate: forgeries, and what nobody can read. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import bimiCertificate from '../../rules/authentication/bimi-certificate.ts';
import { clients } from '../../rules/clients/index.ts';
import { policy } from '../../rules/policy.ts';
import { exampleLogo } from '../../rules/repairs/example-marks.ts';
import { readCertificate } from '../../src/facts/bimi/certificate.ts';
import { gather } from '../../src/facts/gather.ts';
import type { World } from '../../src/rule.ts';
import { clock, fetcherOf, noBrowser, now, resolverOf } from '../world.ts';
import { mailOf, patient } from './dns-world.ts';
import {
  extension,
  type Made,
  make,
  named,
  nameOf,
  oid,
  p256,
  part,
  pemOf,
  row,
  rsa,
} from './made-certificates.ts';

const [logo, mark] = ['https://a.example/l.svg', 'https://a.example/m.pem'];
const data = (text: string | Buffer) => `data:image/svg+xml;base64,${Buffer.from(text).toString('base64')}`;
const zipped = (text: string) => data(gzipSync(text));
/** RFC 9399 section 4.1: subjectLogo [2], direct [0], the images, each with its details. */
const logotype = (...addresses: string[]) => {
  const hash = row(row(row(oid('608648016503040201')), part(0x04, Buffer.alloc(32))));
  const details = row(
    part(0x16, Buffer.from('image/svg+xml')),
    hash,
    row(...addresses.map((address) => part(0x16, Buffer.from(address)))),
  );
  return extension('2b0601050507010c', part(0xa2, part(0xa0, row(row(details)))));
};
const text = (value: string) => row(oid('2b0601050507010c'), part(0x04, part(0x0c, Buffer.from(value))));
const uses = (...ids: string[]) => extension('551d25', ...ids.map((id) => oid(id)));
const bimi = uses('2b0601050507031f');
const typeOf = (value: string) => nameOf(value, '2b06010401839e5f010d');
const dates = ['260901000000Z', '270901000000Z'] as const;
const strong = rsa('2a864886f70d01010b', 'sha256');
const weak = rsa('2a864886f70d01010b', 'sha256', 1024);
const root = make('Root', p256, undefined, { dates });

interface Leaf {
  logo?: Buffer | null;
  subject?: Buffer;
  kind?: typeof p256;
  use?: Buffer;
  by?: Made;
}
const leafOf = ({
  logo = logotype(zipped(exampleLogo)),
  subject = typeOf('Registered Mark'),
  ...more
}: Leaf = {}) =>
  make('Leaf', more.kind ?? p256, more.by ?? root, {
    plain: true,
    subject,
    dates,
    with: [named('example.se'), more.use ?? bimi, ...(logo ? [logo] : [])],
  });

async function found(
  certificates: readonly { der: Buffer }[],
  web: World['web'] = { [logo]: exampleLogo },
  l = `l=${logo}`,
) {
  const resolver = await resolverOf({ 'default._bimi.example.se': { TXT: [`v=BIMI1; ${l}; a=${mark}`] } });
  try {
    const pem = certificates.map(({ der }) => pemOf(der)).join('');
    const fetcher = fetcherOf({ ...web, [mark]: pem });
    const world = { resolver, browser: noBrowser, clock, policy, clients, fetcher };
    const { bimi: fact } = await gather(['bimi'], await mailOf('example.se'), world, patient);
    if (!fact?.known) throw new Error('not known');
    const told = bimiCertificate.check({ bimi: fact.value } as never, { policy, now } as never);
    return Array.isArray(told) ? told.map(({ key }) => key) : told;
  } finally {
    await resolver.close();
  }
}

test('a sound one passes, by ECDSA and by RSA, its logo packed or not', async () => {
  expect(await found([leafOf(), root])).toEqual([]);
  expect(await found([leafOf({ kind: strong }), root])).toEqual([]);
  expect(await found([leafOf({ logo: logotype(data(exampleLogo)) }), root])).toEqual([]);
});

describe('what is no mark certificate', () => {
  test.each<[string, Leaf]>([
    ['a text in place of its logo', { logo: text('junk') }],
    ['a text that looks like a logo', { logo: text(zipped(exampleLogo)) }],
    ['no logo', { logo: null }],
    ['a logo that is neither packed nor a drawing', { logo: logotype(data('junk')) }],
    ['a logo that is cut short', { logo: logotype(data(gzipSync(exampleLogo).subarray(0, 60))) }],
    ['a logo elsewhere', { logo: logotype('https://a.example/logo.svg') }],
    ['no address of a logo', { logo: logotype() }],
    ['no type of mark', { subject: nameOf('Nobody') }],
    ['another use', { use: uses('2b06010505070301') }],
    ['an RSA key of 1024 bits', { kind: weak }],
    ['an issuer with one of 1024 bits', { by: make('Root', weak, undefined, { dates }) }],
  ])('%s', async (_, how) => {
    expect(await found([leafOf(how), how.by ?? root])).toEqual(['unfit']);
  });

  test('one that signs itself, twice in the file', async () => {
    const more = { dates, with: [named('example.se'), bimi, text('junk')] };
    const forged = make('Nobody', weak, undefined, more);
    expect(await found([forged, forged])).toEqual(['unfit']);
  });
});

describe('one certificate that is repeated leads nowhere', () => {
  const own = make('Nobody', p256, undefined, {
    dates,
    subject: typeOf('Registered Mark'),
    with: [named('example.se'), bimi, logotype(zipped(exampleLogo))],
  });
  const states = async (...made: readonly { der: Buffer }[]) =>
    (await readCertificate(made.map(({ der }) => pemOf(der)).join('')))?.chain;
  test('alone', async () => {
    expect(await found([own, own])).toEqual(['alone']);
    expect(await states(own, own, own)).toBe('alone');
    expect(await states(leafOf(), leafOf())).toBe('broken');
  });
  test('and the rest is judged without it', async () => {
    const leaf = leafOf();
    expect(await states(leaf, leaf, root, root)).toBe('held');
    expect(await states(leaf, root, leaf)).toBe('held');
    expect(await states(leaf, leaf, make('Root', p256))).toBe('broken');
  });
});

describe('what could not be read or compared is unknown', () => {
  const large = `${exampleLogo}${' '.repeat(200_000)}`;
  test.each<[string, Leaf, World['web'], string | undefined, object]>([
    [
      'a logo of more than is read',
      { logo: logotype(zipped(large)) },
      undefined,
      undefined,
      { unknown: 'mark-unread' },
    ],
    [
      'a type of mark that is not known',
      { subject: typeOf('Other Mark') },
      undefined,
      undefined,
      { unknown: 'mark-unread' },
    ],
    [
      'the logo of the record is silent',
      {},
      { [logo]: { status: 500 } },
      undefined,
      { unknown: 'file-silent' },
    ],
    ['or gone', {}, { [logo]: { status: 404 } }, undefined, { unknown: 'file-silent' }],
    ['or too large', {}, { [logo]: 'x'.repeat(40_000) }, undefined, { unknown: 'mark-unread' }],
    ['the record names none', {}, {}, 'l=http://a.example/l.svg', { notApplicable: 'faulty-record' }],
  ])('%s', async (_, how, web, l, expected) => {
    expect(await found([leafOf(how), root], web, l)).toMatchObject(expected);
  });

  test('a fault that was found is told all the same', async () => {
    expect(await found([leafOf({ logo: logotype(zipped(large)) })])).toEqual(['alone']);
  });
});
