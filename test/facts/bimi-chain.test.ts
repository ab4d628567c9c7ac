/** Certificates that lead from one to the next, or do not: made here, with keys of every kind. */
import { describe, expect, test } from 'vitest';
import { exampleCertificates } from '../../rules/repairs/example-marks.ts';
import { readCertificate } from '../../src/facts/bimi/certificate.ts';
import {
  domainName,
  ec,
  extension,
  type Kind,
  limits,
  make,
  named,
  nameOf,
  oid,
  p256,
  part,
  pemOf,
  row,
  rsa,
  salted,
} from './made-certificates.ts';

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

describe('what the issuers may certify (RFC 5280 section 6.1.3 (b) and (c))', () => {
  const root = make('Root', p256);
  const stateOf = async (limit: Buffer, own: readonly Buffer[], name = 'Leaf') => {
    const between = make('Between', p256, root, { with: [limit] });
    return chainOf(make(name, p256, between, { plain: true, with: [...own] }), between, root);
  };
  const mine = [named('mark.example.se')];
  const all = domainName('');
  const ip = part(0x87, Buffer.alloc(8));
  const directory = part(0xa4, nameOf('Other'));

  test.each<[string, Buffer, readonly Buffer[], string]>([
    ['nothing of the domain is excluded', limits([], [domainName('example.org')]), mine, 'held'],
    ['the domain is excluded', limits([], [domainName('example.se')]), mine, 'excluded'],
    ['in other letters', limits([], [domainName('EXAMPLE.se')]), mine, 'excluded'],
    ['the very name is excluded', limits([], [domainName('mark.example.se')]), mine, 'excluded'],
    ['whose end only looks like it', limits([], [domainName('ample.se')]), mine, 'held'],
    ['everything is excluded', limits([], [all]), mine, 'excluded'],
    ['the domain is permitted', limits([domainName('example.se')], []), mine, 'held'],
    ['one of two is permitted', limits([domainName('x.org'), domainName('se')], []), mine, 'held'],
    ['another is permitted', limits([domainName('example.org')], []), mine, 'excluded'],
    [
      'permitted, and excluded below',
      limits([domainName('se')], [domainName('example.se')]),
      mine,
      'excluded',
    ],
    [
      'one of its names is not permitted',
      limits([domainName('example.se')], []),
      [named('example.se', 'example.org')],
      'excluded',
    ],
    ['addresses, of which it has none', limits([], [ip]), mine, 'held'],
    ['names of a directory are not judged', limits([directory], []), mine, 'open'],
    ['a dot before it, which is read in two ways', limits([], [domainName('.example.se')]), mine, 'open'],
    ['a name with a star', limits([], [domainName('a.example.se')]), [named('*.example.se')], 'open'],
    ['nothing that it says', extension('551d1e'), mine, 'open'],
    ['cut short', row(oid('551d1e'), part(0x04, Buffer.from([0x30, 0x20, 0]))), mine, 'open'],
    [
      'more than is compared',
      limits(
        [],
        Array.from({ length: 101 }, () => domainName('x.org')),
      ),
      mine,
      'open',
    ],
  ])('%s', async (_, limit, own, state) => {
    expect(await stateOf(limit, own)).toBe(state);
  });

  test('of an issuer further up too, and not those of the first itself', async () => {
    const limit = limits([], [domainName('example.se')]);
    const top = make('Root', p256, undefined, { with: [limit] });
    const between = make('Between', p256, top);
    expect(await chainOf(make('Leaf', p256, between, { plain: true, with: mine }), between, top)).toBe(
      'excluded',
    );
    const next = make('Between', p256, root);
    const own = make('Leaf', p256, next, { plain: true, with: [...mine, limit] });
    expect(await chainOf(own, next, root)).toBe('held');
  });
});

test('the dates of all issuers together', async () => {
  const root = make('Root', p256, undefined, { dates: ['200101000000Z', '260601000000Z'] });
  const between = make('Between', p256, root, { dates: ['260301000000Z', '280101000000Z'] });
  const leaf = make('Leaf', p256, between, { plain: true });
  const read = await readCertificate([leaf, between, root].map(({ der }) => pemOf(der)).join(''));
  expect(read).toMatchObject({
    chain: 'held',
    issuers: { validFrom: '2026-03-01T00:00:00.000Z', validTo: '2026-06-01T00:00:00.000Z' },
  });
  const undated = make('Between', p256, root, { dates: ['x', 'y'] });
  expect(await chainOf(make('Leaf', p256, undated, { plain: true }), undated)).toBe('broken');
});

test.each([
  ['good', { kind: 'verified', chain: 'held' }],
  ['common', { kind: 'common', chain: 'held' }],
  ['alone', { kind: 'verified', chain: 'alone' }],
  ['broken', { kind: 'verified', chain: 'broken' }],
  ['excluded', { kind: 'verified', chain: 'excluded' }],
  ['lapsed', { kind: 'verified', chain: 'held', issuers: { validTo: '2026-11-01T00:00:00.000Z' } }],
] as const)('the example %s', async (name, expected) => {
  expect(await readCertificate(exampleCertificates[name])).toMatchObject(expected);
});
