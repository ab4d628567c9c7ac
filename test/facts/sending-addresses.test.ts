/** Sending servers by their addresses: their names, and what the internet sees of them. */
import { describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { policy } from '../../rules/policy.ts';
import addressReverse from '../../rules/reputation/address-reverse.ts';
import { isGeneric } from '../../src/facts/addresses.ts';
import type { Facts as RuleFacts } from '../../src/rule.ts';
import { isGlobalAddress, octetsOf, reverseName } from '../../src/submission/ip.ts';
import { clock } from '../world.ts';
import { factOf, mailOf, type Zone } from './dns-world.ts';

const ip = '199.255.192.10';
const name = '10.192.255.199.in-addr.arpa';

async function addressOf(zone: Zone, sendingAddresses = [ip]) {
  const submission = { ...(await mailOf('example.se')), sendingAddresses };
  const { value, asked } = await factOf('addresses', zone, submission);
  return { address: value.addresses[0], addresses: value.addresses, asked };
}

test.each<[string, Zone, string]>([
  ['leads back', { [name]: { PTR: ['a.test'] }, 'a.test': { A: [ip] } }, 'confirmed'],
  ['one of two leads back', { [name]: { PTR: ['b.test', 'a.test'] }, 'a.test': { A: [ip] } }, 'confirmed'],
  [
    'through a delegation of less than an octet (RFC 2317)',
    { [name]: { CNAME: ['10.0-15.example'] }, '10.0-15.example': { PTR: ['a.test'] }, 'a.test': { A: [ip] } },
    'confirmed',
  ],
  ['another address', { [name]: { PTR: ['a.test'] }, 'a.test': { A: ['199.255.192.1'] } }, 'unconfirmed'],
  ['no such host', { [name]: { PTR: ['a.test'] } }, 'unconfirmed'],
  ['no name', {}, 'nameless'],
  ['no name of this type', { [name]: { TXT: ['x'] } }, 'nameless'],
  ['silence', { [name]: 'TIMEOUT' }, 'unanswered'],
  ['a fault', { [name]: 'SERVFAIL' }, 'unanswered'],
  ['a host that is silent', { [name]: { PTR: ['a.test'] }, 'a.test': 'SERVFAIL' }, 'unanswered'],
  [
    'one host silent, another leads back',
    { [name]: { PTR: ['a.test', 'b.test'] }, 'a.test': 'SERVFAIL', 'b.test': { A: [ip] } },
    'confirmed',
  ],
])('%s', async (_, zone, state) => {
  expect((await addressOf(zone)).address?.state).toBe(state);
});

test('no address is named: nothing is asked', async () => {
  const { addresses, asked } = await addressOf({}, []);
  expect([addresses, asked.size]).toEqual([[], 0]);
});

test('an address that is not of the internet is told, and nobody is asked', async () => {
  const { address, asked } = await addressOf({}, ['10.0.0.1']);
  expect([address?.state, asked.size]).toEqual(['local', 0]);
});

describe('the record that would lead back', () => {
  const at = { [name]: { PTR: ['in.example.se'] }, 'in.example.se': { A: ['192.0.2.25'] } };
  async function foundIn(zone: Zone, from = 'example.se') {
    const submission = { ...(await mailOf(from)), sendingAddresses: [ip] };
    const [addresses, mailFrom] = await Promise.all([
      factOf('addresses', zone, submission),
      factOf('mailFrom', zone, submission),
    ]);
    const facts = { addresses: addresses.value, mailFrom: mailFrom.value } as unknown as RuleFacts;
    return [addressReverse.check(facts, { policy, clients, now: clock.now() })].flat()[0];
  }

  test('is offered for a name that takes no mail', async () => {
    const change = { type: 'A', name: 'in.example.se', old: null, new: ip };
    const zone = { ...at, 'example.se': { MX: ['10 mx.example.se'] } };
    expect(await foundIn(zone)).toMatchObject({ key: 'elsewhere', change });
  });

  test.each<[string, Zone, string?]>([
    ['the name of an MX record, in whatever letters', { 'example.se': { MX: ['10 In.Example.SE'] } }],
    ['that of the registered domain', { 'example.se': { MX: ['10 in.example.se'] } }, 'nyhet.example.se'],
    ['the From domain itself, without MX', {}, 'in.example.se'],
    ['DNS that does not tell where mail goes', { 'example.se': { MX: 'SERVFAIL' } }],
    ['an alias', { 'in.example.se': { CNAME: ['a.test'] }, 'a.test': { A: ['192.0.2.25'] } }],
    [
      'more servers than are read',
      { 'example.se': { MX: Array.from({ length: 30 }, (_, i) => `10 h${i}.test`) } },
    ],
  ])('is not, of %s', async (_, zone, from) => {
    const found = await foundIn({ ...at, ...zone }, from);
    expect(found).toMatchObject({ key: 'elsewhere', data: { box: false } });
    expect(found).not.toHaveProperty('change');
  });

  test('a server without a name is not given that of the server for incoming mail', async () => {
    const found = await foundIn({ 'example.se': { MX: ['10 mail.example.se'] } });
    expect(found).toMatchObject({ key: 'nameless', change: { new: 'send.example.se' } });
  });
});

test('of a thousand names ten are followed', async () => {
  const PTR = Array.from({ length: 1000 }, (_, i) => `h${i}.test`);
  const { address, asked } = await addressOf({ [name]: { PTR } });
  expect([address?.names.length, asked.size]).toEqual([10, 12]);
});

test('IPv6 is asked for by its digits, and its names for AAAA', async () => {
  const six = '2a00:1450:4010::10';
  const reverse = reverseName(octetsOf(six) ?? []);
  const zone = { [reverse]: { PTR: ['a.test'] }, 'a.test': { AAAA: ['2a00:1450:4010:0::10'] } };
  expect((await addressOf(zone, [six])).address?.state).toBe('confirmed');
});

describe('addresses of the internet', () => {
  test.each([
    ['8.8.8.8', true],
    ['100.63.255.255', true],
    ['100.64.0.1', false],
    ['100.127.255.255', false],
    ['100.128.0.1', true],
    ['172.15.0.1', true],
    ['172.16.0.1', false],
    ['172.31.255.1', false],
    ['172.32.0.1', true],
    ['192.0.2.1', false],
    ['198.17.0.1', true],
    ['198.18.0.1', false],
    ['198.19.255.1', false],
    ['198.20.0.1', true],
    ['223.255.255.1', true],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::1', false],
    ['::ffff:10.0.0.1', false],
    ['::ffff:8.8.8.8', true],
    ['64:ff9b::808:808', false],
    ['2001:0::1', false],
    ['2001:1ff::1', false],
    ['2001:200::1', true],
    ['2001:db8::1', false],
    ['2002:808:808::1', false],
    ['2a01::1', true],
    ['3fff:fff::1', false],
    ['3fff:1000::1', true],
    ['4000::1', false],
    ['fd00::1', false],
    ['fe80::1', false],
  ])('%s: %s', (address, global) => {
    expect(isGlobalAddress(octetsOf(address) ?? [])).toBe(global);
  });
});

describe('names that nobody has chosen', () => {
  test.each([
    ['mail.example.se', false],
    ['mx10.example.se', false],
    ['a7-10.smtp-out.eu-west-1.amazonses.com', false],
    ['smtp-192-10.example.se', false],
    ['ip-199-255-192-10.eu-north-1.compute.example', true],
    ['10.192.255.199.static.example', true],
    ['199255192010.example', true],
    ['c7ffc00a.example', true],
    ['h1.dyn.example', true],
    ['dsl-7.example', true],
    ['dynamo.example', false],
    ['poolside.example', false],
  ])('%s: %s', (host, generic) => {
    expect(isGeneric(host, [199, 255, 192, 10])).toBe(generic);
  });

  test('of an IPv6 address', () => {
    const octets = octetsOf('2a00:1450:4010:c07::5:1a2b') ?? [];
    expect(isGeneric('2a00-1450-4010-0c07-0000-0000-0005-1a2b.example', octets)).toBe(true);
    expect(isGeneric('mail.example', octets)).toBe(false);
  });
});
