import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createUdpResolver } from '../../src/adapters/resolver/udp.ts';
import {
  createZoneResolver,
  parseZone,
  startZoneServer,
  type Zone,
} from '../../src/adapters/resolver/zone.ts';
import type { RecordType } from '../../src/ports.ts';
import { clock, closePeers, never, onClose, summary } from './resolver-peers.ts';

afterEach(closePeers);

function zoneOf(json: unknown): Zone {
  const parsed = parseZone(json);
  if (!parsed.ok) throw new Error(`${parsed.message} at ${parsed.path.join(' > ')}`);
  return parsed.zone;
}

async function resolverOf(json: unknown) {
  const resolver = await createZoneResolver(zoneOf(json), clock);
  onClose(resolver.close);
  return resolver;
}

const dkim = 'p'.repeat(400);
const world = {
  'Example.SE.': {
    A: ['192.0.2.1', '192.0.2.2'],
    AAAA: ['2001:db8:0:0:1:0:0:1', '::ffff:192.0.2.1', '::'],
    MX: ['10 Mail.example.se.', '0 .'],
    NS: ['ns.example.se'],
    SOA: ['ns.example.se host\\.master.example.se 1 2 3 4 4294967295'],
    TXT: ['v=spf1 -all', ['two ', 'strings'], dkim, '', 'åäö'],
    CAA: ['0 issue "letsencrypt.org"', '128 issuewild ;'],
    DS: ['12345 13 2 00FF aabb'],
  },
  '1.2.0.192.in-addr.arpa': { PTR: ['mail.example.se'] },
  '_25._tcp.mail.example.se': { TLSA: ['3 1 1 0011ccdd'] },
  'alias.example.se': { CNAME: ['alias2.example.se.'] },
  'alias2.example.se': { CNAME: ['example.se'] },
  'lost.example.se': { CNAME: ['nowhere.test'] },
  'bare.example.se': { CNAME: ['empty.example.se'] },
  'broken.example.se': { CNAME: ['fails.test'] },
  'round.example.se': { CNAME: ['round2.example.se'] },
  'round2.example.se': { CNAME: ['round.example.se'] },
  'empty.example.se': {},
  'mixed.test': { TXT: 'SERVFAIL', MX: ['10 mx.test'], A: 'TIMEOUT', AAAA: 'NXDOMAIN', NS: [] },
  'dead.test': 'TIMEOUT',
  'fails.test': 'SERVFAIL',
  'shut.test': 'REFUSED',
  'none.test': 'NXDOMAIN',
  'under.none.example': 'NXDOMAIN',
  '*.wild.test': { TXT: ['wild'], MX: ['10 mx.test'] },
  'tame.wild.test': { A: ['192.0.2.9'] },
  '*.slow.test': 'TIMEOUT',
};

describe('a zone with DS records says what a validating resolver would', () => {
  const signed = {
    se: { DS: ['1 13 2 00'] },
    'example.se': { DS: ['2 13 2 00'], TXT: ['x'], NS: ['ns.example.net'] },
    'a.example.se': { CNAME: ['b.example.se'] },
    'b.example.se': { TXT: ['x'] },
    'out.example.se': { CNAME: ['plain.se'] },
    'cut.example.se': { NS: ['ns.example.net'], TXT: ['x'] },
    'plain.se': { TXT: ['x'] },
    'island.plain.se': { DS: ['3 13 2 00'], TXT: ['x'] },
    'bad.example.se': { TXT: 'BOGUS', MX: 'EXPIRED' },
  };
  it.each<[string, RecordType, boolean]>([
    ['se', 'DS', true],
    ['test', 'DS', false],
    ['example.se', 'DS', true],
    ['example.se', 'TXT', true],
    ['example.se', 'MX', true],
    ['no.example.se', 'TXT', true],
    ['b.example.se', 'DS', true],
    ['a.example.se', 'TXT', true],
    ['out.example.se', 'TXT', false],
    ['cut.example.se', 'TXT', false],
    ['cut.example.se', 'DS', true],
    ['plain.se', 'TXT', false],
    ['plain.se', 'DS', true],
    ['island.plain.se', 'TXT', false],
    ['island.plain.se', 'DS', false],
    ['bad.example.se', 'TXT', false],
    ['other.test', 'TXT', false],
  ])('%s %s: %o', async (name, type, expected) => {
    const resolver = await resolverOf(signed);
    expect((await resolver.ask({ name, type }, never)).authenticated).toBe(expected);
  });

  it.each<[RecordType, number]>([
    ['TXT', 6],
    ['MX', 7],
  ])('a signature that does not hold is SERVFAIL with the reason (%s)', async (type, extendedError) => {
    const resolver = await resolverOf(signed);
    const answer = await resolver.ask({ name: 'bad.example.se', type }, never);
    expect(answer).toMatchObject({ status: 'servfail', records: [], extendedError });
  });

  it('without any, nothing is authenticated', async () => {
    const resolver = await resolverOf({ 'example.se': { TXT: ['x'] } });
    expect((await resolver.ask({ name: 'example.se', type: 'TXT' }, never)).authenticated).toBe(false);
  });
});

describe('a zone', () => {
  const table: [string, RecordType, string[]][] = [
    ['example.se', 'A', ['answered', 'example.se A 192.0.2.1', 'example.se A 192.0.2.2']],
    [
      'example.se',
      'AAAA',
      [
        'answered',
        'example.se AAAA 2001:db8::1:0:0:1',
        'example.se AAAA ::ffff:c000:201',
        'example.se AAAA ::',
      ],
    ],
    ['example.se', 'MX', ['answered', 'example.se MX 10 mail.example.se', 'example.se MX 0 .']],
    ['example.se', 'NS', ['answered', 'example.se NS ns.example.se']],
    [
      'example.se',
      'SOA',
      ['answered', 'example.se SOA ns.example.se host\\.master.example.se 1 2 3 4 4294967295'],
    ],
    [
      'example.se',
      'CAA',
      ['answered', 'example.se CAA 0 issue "letsencrypt.org"', 'example.se CAA 128 issuewild ";"'],
    ],
    ['example.se', 'DS', ['answered', 'example.se DS 12345 13 2 00ffaabb']],
    ['1.2.0.192.in-addr.arpa', 'PTR', ['answered', '1.2.0.192.in-addr.arpa PTR mail.example.se']],
    ['_25._tcp.mail.example.se', 'TLSA', ['answered', '_25._tcp.mail.example.se TLSA 3 1 1 0011ccdd']],
    ['example.se', 'TLSA', ['nodata']],
    ['nowhere.test', 'A', ['nxdomain']],
    ['_tcp.mail.example.se', 'A', ['nodata']],
    ['none.example', 'A', ['nxdomain']],
    [
      'alias.example.se',
      'NS',
      [
        'answered',
        'alias.example.se CNAME alias2.example.se',
        'alias2.example.se CNAME example.se',
        'example.se NS ns.example.se',
      ],
    ],
    ['alias.example.se', 'CNAME', ['answered', 'alias.example.se CNAME alias2.example.se']],
    ['lost.example.se', 'A', ['nxdomain', 'lost.example.se CNAME nowhere.test']],
    ['bare.example.se', 'A', ['nodata', 'bare.example.se CNAME empty.example.se']],
    ['broken.example.se', 'A', ['servfail', 'broken.example.se CNAME fails.test']],
    ['round.example.se', 'A', ['malformed']],
    ['mixed.test', 'TXT', ['servfail']],
    ['mixed.test', 'MX', ['answered', 'mixed.test MX 10 mx.test']],
    ['mixed.test', 'A', ['timeout']],
    ['mixed.test', 'AAAA', ['nxdomain']],
    ['mixed.test', 'NS', ['nodata']],
    ['mixed.test', 'CAA', ['nodata']],
    ['dead.test', 'A', ['timeout']],
    ['fails.test', 'A', ['servfail']],
    ['shut.test', 'A', ['refused']],
    ['none.test', 'A', ['nxdomain']],
    ['a.wild.test', 'TXT', ['answered', 'a.wild.test TXT wild']],
    ['b.a.wild.test', 'TXT', ['answered', 'b.a.wild.test TXT wild']],
    ['a.wild.test', 'A', ['nodata']],
    ['tame.wild.test', 'TXT', ['nodata']],
    ['a.tame.wild.test', 'TXT', ['nxdomain']],
    ['wild.test', 'TXT', ['nodata']],
    ['any.slow.test', 'A', ['timeout']],
  ];
  it.each(table)('%s %s', async (name, type, expected) => {
    const resolver = await resolverOf(world);
    expect(summary(await resolver.ask({ name, type }, never))).toEqual(expected);
  });

  it('keeps character-strings, and cuts a long text into some', async () => {
    const resolver = await resolverOf(world);
    const { records } = await resolver.ask({ name: 'example.se', type: 'TXT' }, never);
    expect(records.map((record) => record.strings)).toEqual([
      ['v=spf1 -all'],
      ['two ', 'strings'],
      [dkim.slice(0, 255), dkim.slice(255)],
      [''],
      ['åäö'],
    ]);
    expect(records.map((record) => record.data)).toEqual(['v=spf1 -all', 'two strings', dkim, '', 'åäö']);
  });

  it.each([1300, 60_000, 64_700])('serves a text of %i characters over TCP, counted once', async (length) => {
    const text = Array.from({ length }, (_, index) => String.fromCharCode(97 + (index % 26))).join('');
    const resolver = await resolverOf({ 'big.test': { TXT: [text] } });
    const answer = await resolver.ask({ name: 'big.test', type: 'TXT' }, never);
    expect(answer.status).toBe('answered');
    expect(answer.records[0]?.data === text).toBe(true);
    expect(answer.records[0]?.strings).toHaveLength(Math.ceil(length / 255));
    expect(Object.fromEntries(resolver.asked)).toEqual({ 'big.test TXT': 1 });
  });

  it('is SERVFAIL where the answer fits in no message', async () => {
    const text = 'x'.repeat(40_000);
    const resolver = await resolverOf({ 'big.test': { TXT: [text, text] } });
    expect((await resolver.ask({ name: 'big.test', type: 'TXT' }, never)).status).toBe('servfail');
  });

  it('holds hundreds of questions at once', async () => {
    const resolver = await resolverOf(world);
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        resolver.ask({ name: `n${index}.wild.test`, type: 'MX' }, never),
      ),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set(['answered']));
    expect(resolver.asked.size).toBe(300);
  });
});

describe('the zone server', () => {
  it('counts questions by name in lower case, takes another zone, and is silent after close', async () => {
    const server = await startZoneServer(zoneOf({ 'a.test': { A: ['192.0.2.1'] } }));
    onClose(server.close);
    const resolver = createUdpResolver({ servers: [server], clock, attemptTimeoutMs: 5000 });
    const ask = async () => summary(await resolver.ask({ name: 'a.test', type: 'A' }, never));
    expect(await ask()).toEqual(['answered', 'a.test A 192.0.2.1']);
    server.setZone(zoneOf({ 'a.test': { A: ['192.0.2.2'] } }));
    expect(await ask()).toEqual(['answered', 'a.test A 192.0.2.2']);
    expect(Object.fromEntries(server.asked)).toEqual({ 'a.test A': 2 });
    await server.close();
    await server.close();
    expect(await ask()).toEqual(['timeout']);
  });

  it('closes although a client holds a connection', async () => {
    const server = await startZoneServer(zoneOf({}));
    const client = connect(server.port, server.address);
    await once(client, 'connect');
    const gone = new Promise((resolve) => client.on('close', resolve));
    client.on('error', () => {});
    client.resume();
    // The server has to have seen the client before it can hold on to it.
    client.write(Buffer.from([0]));
    await Promise.all([server.close(), gone]);
  });

  it('says what is wrong with a host that is not ours', async () => {
    await expect(startZoneServer(zoneOf({}), { host: '192.0.2.1' })).rejects.toThrow('EADDRNOTAVAIL');
  });
});

describe('a zone file that is wrong', () => {
  const table: [string, unknown, string, (string | number)[]][] = [
    ['not an object', [], 'object', []],
    ['null', null, 'object', []],
    ['a bad name', { 'a..b': {} }, 'not a domain name', ['a..b']],
    ['a name with other letters', { 'å.se': {} }, 'xn--', ['å.se']],
    ['a name twice', { 'a.se': {}, 'A.SE.': {} }, 'twice', ['A.SE.']],
    ['an unknown failure', { 'a.se': 'SLOW' }, 'TIMEOUT', ['a.se']],
    ['a list for a name', { 'a.se': ['192.0.2.1'] }, 'object of types', ['a.se']],
    ['an unknown type', { 'a.se': { SPF: ['x'] } }, '"SPF" is not a type', ['a.se', 'SPF']],
    ['a type in lower case', { 'a.se': { txt: ['x'] } }, 'not a type', ['a.se', 'txt']],
    ['a text where a list belongs', { 'a.se': { TXT: 'v=spf1' } }, 'list of records', ['a.se', 'TXT']],
    ['a bad address', { 'a.se': { A: ['192.0.2.1', '192.0.2'] } }, '"192.0.2.1"', ['a.se', 'A', 1]],
    ['an address with a zone', { 'a.se': { AAAA: ['fe80::1%eth0'] } }, '2001:db8::1', ['a.se', 'AAAA', 0]],
    ['an MX without preference', { 'a.se': { MX: ['mx.se'] } }, '10 mail', ['a.se', 'MX', 0]],
    ['an MX with too much', { 'a.se': { MX: ['10 mx.se x'] } }, '10 mail', ['a.se', 'MX', 0]],
    ['a large preference', { 'a.se': { MX: ['65536 mx.se'] } }, '10 mail', ['a.se', 'MX', 0]],
    ['a bad host', { 'a.se': { NS: ['a b'] } }, 'host.example.se', ['a.se', 'NS', 0]],
    ['a short SOA', { 'a.se': { SOA: ['ns.se h.se 1 2 3 4'] } }, '7200', ['a.se', 'SOA', 0]],
    ['a bad CAA', { 'a.se': { CAA: ['issue x'] } }, 'letsencrypt', ['a.se', 'CAA', 0]],
    ['odd hexadecimal', { 'a.se': { TLSA: ['3 1 1 abc'] } }, '3 1 1', ['a.se', 'TLSA', 0]],
    ['a DS without digest', { 'a.se': { DS: ['1 13 2'] } }, '12345', ['a.se', 'DS', 0]],
    ['a number for a text', { 'a.se': { TXT: [1] } }, 'string or a list', ['a.se', 'TXT', 0]],
    ['a list of numbers', { 'a.se': { TXT: [[1]] } }, 'string or a list', ['a.se', 'TXT', 0]],
    ['an empty list of strings', { 'a.se': { TXT: [[]] } }, 'at least one', ['a.se', 'TXT', 0]],
    ['a long string in a list', { 'a.se': { TXT: [['å'.repeat(128)]] } }, '255', ['a.se', 'TXT', 0]],
    ['a text beyond all measure', { 'a.se': { TXT: ['x'.repeat(65_000)] } }, 'longer', ['a.se', 'TXT', 0]],
    ['two aliases', { 'a.se': { CNAME: ['b.se', 'c.se'] } }, 'at most one', ['a.se', 'CNAME']],
    ['an alias with company', { 'a.se': { CNAME: ['b.se'], TXT: [] } }, '(TXT)', ['a.se', 'CNAME']],
  ];
  it.each(table)('%s', (_, json, message, path) => {
    expect(parseZone(json)).toMatchObject({ ok: false, message: expect.stringContaining(message), path });
  });

  it('takes the name __proto__ for a name', () => {
    const zone = zoneOf(JSON.parse('{"__proto__": {"TXT": ["x"]}}'));
    expect([...zone.names.keys()]).toEqual(['__proto__']);
  });
});
