/** Against NSD and Unbound: what a validating resolver says of signed, insecure and broken zones, and what audits make of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { createUdpResolver } from '../../src/adapters/resolver/udp.ts';
import type { DnsAnswer, RecordType, Resolver } from '../../src/ports.ts';
import { createPreflight } from '../../src/preflight.ts';
import { readSender } from '../../src/submission.ts';
import { fetcherOf, mailServersOf, noBrowser, soundZone } from '../world.ts';
import { type DnsServers, type SignedZone, startDns } from './dns.ts';

const clock = { now: () => new Date() };
const never = new AbortController().signal;
const [keyRecord = ''] = soundZone['s1._domainkey.example.se'].TXT;
const quoted = (text: string) => (text.match(/.{1,250}/g) ?? []).map((part) => `"${part}"`).join(' ');
/** A sender that does everything right. */
const sound = [
  '@ TXT "v=spf1 mx -all"',
  '@ MX 10 in',
  'in A 192.0.2.25',
  '_dmarc TXT "v=DMARC1; p=quarantine"',
  `s1._domainkey TXT ${quoted(keyRecord)}`,
  'mejl TXT "v=spf1 ip4:192.0.2.0/28 -all"',
  'mejl MX 10 in',
];
const chain = Array.from({ length: 8 }, (_, i) => `c${i} CNAME c${i + 1}`);
const large = Array.from({ length: 60 }, (_, i) => `stor TXT "${i} ${'x'.repeat(240)}"`);

const zones: Record<string, SignedZone> = {
  'sund.test': {
    records: [...sound, ...chain, 'c8 TXT "the end"', ...large, 'octets TXT "a\\195" "\\165\\255"'],
    signed: true,
  },
  'oppen.test': { records: sound, signed: false },
  'utan.test': { records: sound.filter((record) => !record.startsWith('mejl TXT')), signed: false },
  // The address of a server is changed in the SPF record of the sending subdomain.
  'andrad.test': {
    records: sound,
    signed: true,
    tamper: (text) => text.replace('ip4:192.0.2.0/28', 'ip4:203.0.113.0/28'),
  },
  'utgangen.test': { records: sound, signed: true, expired: true },
  // Moved to a host that does not sign, while the DS is still there.
  'flyttad.test': { records: sound, signed: false, ds: [`flyttad.test. DS 4711 13 2 ${'ab'.repeat(32)}`] },
  // Signed in a way that no resolver knows.
  'okand.test': { records: sound, signed: false, ds: [`okand.test. DS 4711 253 2 ${'ab'.repeat(32)}`] },
};

let dns: DnsServers;
let resolver: Resolver;
beforeAll(async () => {
  dns = await startDns(zones);
  resolver = createUdpResolver({ servers: [dns.resolver], clock });
});
afterAll(() => dns?.stop());

const ask = (name: string, type: RecordType): Promise<DnsAnswer> => resolver.ask({ name, type }, never);

describe('Unbound says', () => {
  test.each<[string, RecordType, string, boolean]>([
    ['test', 'DS', 'answered', true],
    ['sund.test', 'DS', 'answered', true],
    ['sund.test', 'SOA', 'answered', true],
    ['sund.test', 'TXT', 'answered', true],
    ['mejl.sund.test', 'TXT', 'answered', true],
    ['sund.test', 'TLSA', 'nodata', true],
    ['mejl.sund.test', 'DS', 'nodata', true],
    ['_domainkey.sund.test', 'TXT', 'nodata', true],
    ['finnsinte.sund.test', 'TXT', 'nxdomain', true],
    ['finnsinte.test', 'TXT', 'nxdomain', true],
    ['oppen.test', 'DS', 'nodata', true],
    ['oppen.test', 'TXT', 'answered', false],
    ['finnsinte.oppen.test', 'TXT', 'nxdomain', false],
    ['okand.test', 'TXT', 'answered', false],
    ['andrad.test', 'TXT', 'answered', true],
  ])('%s %s: %s, authenticated %s', async (name, type, status, authenticated) => {
    expect(await ask(name, type)).toMatchObject({ status, authenticated });
  });

  test.each<[string, RecordType]>([
    ['mejl.andrad.test', 'TXT'],
    ['utgangen.test', 'TXT'],
    ['flyttad.test', 'TXT'],
  ])('%s %s: SERVFAIL, with the reason as a number, and no record', async (name, type) => {
    const answer = await ask(name, type);
    expect(answer).toMatchObject({ status: 'servfail', records: [], authenticated: false });
    expect([6, 7, 9, 10]).toContain(answer.extendedError);
    expect(answer.detail).toMatch(/extended error \d+/);
  });

  test('the whole of a large TXT, over TCP', async () => {
    const { status, records } = await ask('stor.sund.test', 'TXT');
    expect(status).toBe('answered');
    expect(records).toHaveLength(60);
    expect(new Set(records.map(({ data }) => data.length))).toEqual(new Set([242, 243]));
  });

  test('the end of a CNAME chain, with all that lies between', async () => {
    const answer = await ask('c0.sund.test', 'TXT');
    expect(answer).toMatchObject({ status: 'answered', authenticated: true });
    expect(answer.records.map(({ type }) => type)).toEqual([...Array(8).fill('CNAME'), 'TXT']);
  });

  test('octets that are no text, faithfully', async () => {
    const { records } = await ask('octets.sund.test', 'TXT');
    expect(JSON.parse(JSON.stringify(records))).toMatchObject([
      { data: 'aå\ufffd', octets: ['61c3', 'a5ff'] },
    ]);
  });
});

test('NSD by itself does not resolve for others, and is not taken to', async () => {
  const authority = createUdpResolver({ servers: [dns.authority], clock });
  const below = await authority.ask({ name: 'example.com', type: 'TXT' }, never);
  expect(['nxdomain', 'servfail', 'refused']).toContain(below.status);
  const signed = await authority.ask({ name: 'sund.test', type: 'TXT' }, never);
  expect(signed).toMatchObject({ status: 'answered', authenticated: false });
});

describe('a whole audit of the sender', () => {
  async function audit(domain: string, by: Resolver = resolver) {
    const read = readSender({ domain, mailFrom: `mejl.${domain}`, dkimSelectors: ['s1'] }, 'org_test');
    if (!read.ok) throw new Error(JSON.stringify(read.errors));
    const preflight = createPreflight(rules, 'sha256:servers', {
      resolver: by,
      browser: noBrowser,
      clock,
      policy,
      clients,
      fetcher: fetcherOf({}),
      mailServers: mailServersOf({}),
    });
    const { verdict, observations } = await preflight.auditSender(read.sender);
    const outcomes = Object.fromEntries(verdict.findings.map(({ rule, outcome }) => [rule, outcome]));
    return { verdict, outcomes, answers: observations.answers };
  }

  test('signed and sound: clear', async () => {
    const { verdict, outcomes } = await audit('sund.test');
    expect(verdict.findings.filter(({ gates }) => gates)).toEqual([]);
    expect(verdict.decision).toBe('clear');
    expect(outcomes).toMatchObject({ dnssec: 'pass', 'dnssec-validity': 'pass', 'dnssec-algorithm': 'pass' });
  });

  test('not signed: clear, with the advice to sign', async () => {
    const { verdict, outcomes } = await audit('oppen.test');
    expect(verdict.decision).toBe('clear');
    expect(outcomes).toMatchObject({ dnssec: 'fail', 'dnssec-validity': 'not-applicable' });
  });

  test('one record changed after signing: what rests on it is unknown, and the audit is not clear', async () => {
    const { verdict, outcomes, answers } = await audit('andrad.test');
    expect(verdict.decision).toBe('blocked');
    expect(outcomes['dnssec-validity']).toBe('fail');
    expect(answers.find(({ name, type }) => name === 'mejl.andrad.test' && type === 'TXT')).toMatchObject({
      status: 'servfail',
    });
    // What rests on the record is what passes with it and no longer without it.
    const [{ outcomes: whole }, { outcomes: without }] = [
      await audit('oppen.test'),
      await audit('utan.test'),
    ];
    const resting = Object.keys(whole).filter((rule) => whole[rule] === 'pass' && without[rule] !== 'pass');
    expect(resting).toEqual(expect.arrayContaining(['mail-from-spf', 'spf-sender']));
    expect(Object.fromEntries(resting.map((rule) => [rule, outcomes[rule]]))).toEqual(
      Object.fromEntries(resting.map((rule) => [rule, 'unknown'])),
    );
    expect(outcomes['dmarc-policy']).toBe('pass');
  });

  test.each(['utgangen.test', 'flyttad.test'])('%s: nothing that rests on DNS passes', async (domain) => {
    const { verdict, outcomes } = await audit(domain);
    expect(verdict.decision).toBe('blocked');
    expect(outcomes['dnssec-validity']).toBe('fail');
    const failed = Object.entries(outcomes).filter(([, outcome]) => outcome === 'fail');
    expect(failed.map(([rule]) => rule)).toEqual(['dnssec-validity']);
    for (const rule of ['mail-from-spf', 'mail-from-mx', 'dmarc-policy', 'dkim-key', 'from-domain']) {
      expect([rule, outcomes[rule]]).toEqual([rule, 'unknown']);
    }
  });

  test('signed in an unknown way: as unsigned, and no rule says that it is well signed', async () => {
    const { verdict, outcomes } = await audit('okand.test');
    expect(verdict.decision).toBe('clear');
    expect(outcomes.dnssec).toBe('unknown');
  });

  test('asked of a server that does not validate: DNSSEC is unknown, and it gates nothing', async () => {
    // NSD has every name of this world, and never sets AD.
    const authority = createUdpResolver({ servers: [dns.authority], clock });
    const { outcomes } = await audit('sund.test', authority);
    expect(outcomes).toMatchObject({ dnssec: 'unknown', 'dnssec-validity': 'not-applicable' });
  });
});
