/** The SPF record that findings offer: whose servers it names, whose it is, and where none is offered. */
import { describe, expect, test } from 'vitest';
import mailFromSpf from '../rules/authentication/mail-from-spf.ts';
import spfFromDomain from '../rules/authentication/spf-from-domain.ts';
import spfInclude from '../rules/authentication/spf-include.ts';
import spfMailHost from '../rules/authentication/spf-mail-host.ts';
import spfSendingAddress from '../rules/authentication/spf-sending-address.ts';
import { clients } from '../rules/clients/index.ts';
import { policy } from '../rules/policy.ts';
import { respelt } from '../rules/repairs/spf-spelling.ts';
import { areas, type Rule, type World } from '../src/rule.ts';
import { judge, type Rules } from '../src/verdict.ts';
import { factsByRoute, noBrowser, now } from './world.ts';

async function judged(rule: Rule, world: World) {
  const none = Object.fromEntries(areas.map((area) => [area, []])) as unknown as Rules;
  const rules = { ...none, authentication: [rule] };
  const facts = await factsByRoute(rule, world, noBrowser);
  const { findings } = judge({ ...facts, rules, policy, clients, now, partial: false, simulated: true });
  const [finding] = findings;
  if (!finding) throw new Error('nothing was judged');
  const offered = finding.problems.flatMap(({ change }) => (change?.kind === 'dns' ? [change.new] : []));
  return { outcome: finding.outcome, offered };
}

const sends = 'mejl.example.se';
const mejl = (...TXT: string[]) => ({ [sends]: { TXT, MX: ['10 in.example.se'] } });

describe('a sending address that the record refuses', () => {
  test.each<[string, Partial<World>, string[]]>([
    ['is put before the end', { zone: mejl('v=spf1 mx ~all') }, ['v=spf1 mx ip4:192.0.2.66 ~all']],
    ['also where nothing is', { zone: mejl('v=spf1 -all') }, ['v=spf1 ip4:192.0.2.66 -all']],
    [
      'and before a redirect',
      { zone: mejl('v=spf1 redirect=r.example') },
      ['v=spf1 ip4:192.0.2.66 redirect=r.example'],
    ],
    ['not where a part turns it away', { zone: mejl('v=spf1 -ip4:192.0.2.66 mx ~all') }, []],
    ['nor at a service', { mailFrom: 'bounce.service.example' }, []],
    ['nor at one that is known', { mailFrom: 'mail12.atl.mcsv.net' }, []],
  ])('%s', async (_, world, offered) => {
    const zone = {
      'r.example': { TXT: ['v=spf1 ip4:192.0.2.1 -all'] },
      'bounce.service.example': { TXT: ['v=spf1 ip4:192.0.2.1 -all'], MX: ['10 in.example.se'] },
      'mail12.atl.mcsv.net': { TXT: ['v=spf1 ip4:192.0.2.1 -all'], MX: ['10 in.example.se'] },
      ...world.zone,
    };
    const found = await judged(spfSendingAddress, { ...world, sendingAddresses: ['192.0.2.66'], zone });
    expect(found).toEqual({ outcome: 'fail', offered });
  });

  test('stands in the first record too, in place of a guess', async () => {
    const zone = { [sends]: { MX: ['10 in.example.se'] } };
    const world = { sendingAddresses: ['192.0.2.66', '2001:db8::66'], zone };
    expect((await judged(mailFromSpf, world)).offered).toEqual([
      'v=spf1 ip4:192.0.2.66 ip6:2001:db8::66 ~all',
    ]);
  });
});

describe('a part of MAIL FROM’s record that leads nowhere', () => {
  const next = { 'next.example': { TXT: ['v=spf1 include:gone.example -all'] } };
  test.each<[string, string, string[]]>([
    ['own', 'v=spf1 include:gone.example ip4:192.0.2.1 -all', ['v=spf1 ip4:192.0.2.1 -all']],
    ['back to itself', `v=spf1 include:${sends} ip4:192.0.2.1 -all`, ['v=spf1 ip4:192.0.2.1 -all']],
    ['nothing else is there', 'v=spf1 include:gone.example -all', []],
    ['a service’s own', 'v=spf1 include:next.example ip4:192.0.2.1 -all', []],
  ])('%s', async (_, record, offered) => {
    const found = await judged(spfInclude, { zone: { ...mejl(record), ...next } });
    expect(found).toEqual({ outcome: 'fail', offered });
  });
});

describe('the mail host of the From domain', () => {
  const outlook = 'include:spf.protection.outlook.com';
  const office = {
    'example-se.mail.protection.outlook.com': { A: ['192.0.2.99'] },
    'spf.protection.outlook.com': { TXT: ['v=spf1 ip4:40.107.0.0/16 -all'] },
    'outer.example': { TXT: [`v=spf1 ${outlook} -all`] },
    'other.example': { TXT: ['v=spf1 ip4:192.0.2.0/24 -all'] },
  };
  const MX = ['0 example-se.mail.protection.outlook.com'];
  test.each<[string, string, string[]]>([
    ['v=spf1 -all', 'fail', [`v=spf1 ${outlook} -all`]],
    ['v=spf1 mx include:amazonses.com -all', 'fail', [`v=spf1 mx include:amazonses.com ${outlook} -all`]],
    ['v=spf1 mx ~all', 'pass', []],
    ['v=spf1 +all', 'pass', []],
    [`v=spf1 ${outlook} -all`, 'pass', []],
    ['v=spf1 include:outer.example -all', 'pass', []],
    // It may be theirs, written out.
    ['v=spf1 ip4:40.107.0.0/16 -all', 'unknown', []],
    ['v=spf1 include:other.example -all', 'unknown', []],
    ['v=spf1 include:%{i}.other.example -all', 'unknown', []],
    ['v=spf1 redirect=other.example', 'unknown', []],
    ['v=spf1 includ:x -all', 'not-applicable', []],
  ])('%s: %s', async (record, outcome, offered) => {
    const zone = { ...office, 'example.se': { MX, TXT: [record] } };
    expect(await judged(spfMailHost, { zone })).toEqual({ outcome, offered });
  });

  test('that nobody knows is not told of', async () => {
    const zone = { 'example.se': { MX: ['10 in.example.se'], TXT: ['v=spf1 -all'] } };
    expect(await judged(spfMailHost, { zone })).toEqual({ outcome: 'not-applicable', offered: [] });
  });

  test.each([
    ['nothing yet', {}, []],
    ['none, as the domain says itself', { MX: ['0 .'] }, ['v=spf1 -all']],
  ])('is %s', async (_, at, offered) => {
    const zone = { 'example.se': { NS: ['ns1.loopia.se'], ...at } };
    expect(await judged(spfFromDomain, { zone })).toEqual({ outcome: 'fail', offered });
  });
});

describe('several records as one', () => {
  const hosts = (count: number, at: string) =>
    Array.from({ length: count }, (_, i) => `a:${at}${i}.example`).join(' ');
  const addresses = (count: number, at: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`${at}${i}.example`, { A: ['192.0.2.1'] }]));
  const zone = {
    'six.example': { TXT: [`v=spf1 ${hosts(5, 'f')} -all`] },
    'five.example': { TXT: [`v=spf1 ${hosts(4, 'g')} -all`] },
    'four.example': { TXT: [`v=spf1 ${hosts(3, 'g')} -all`] },
    'twice.example': { TXT: ['v=spf1 -all', 'v=spf1 mx -all'] },
    'wrong.example': { TXT: ['v=spf1 include:twice.example -all'] },
    'silent.example': 'SERVFAIL',
    ...addresses(5, 'f'),
    ...addresses(4, 'g'),
  };
  test.each<[string, string, string[]]>([
    ['include:six.example', 'include:four.example', ['v=spf1 include:six.example include:four.example -all']],
    // Eleven look-ups, of which two can be seen in the records themselves.
    ['include:six.example', 'include:five.example', []],
    ['include:six.example', 'include:wrong.example', []],
    ['include:six.example', 'include:silent.example', []],
    ['include:six.example', 'include:gone.example', ['v=spf1 include:six.example -all']],
  ])('%s and %s', async (one, other, offered) => {
    const records = {
      [sends]: { TXT: [`v=spf1 ${one} -all`, `v=spf1 ${other} -all`], MX: ['10 in.example.se'] },
    };
    expect(await judged(mailFromSpf, { zone: { ...zone, ...records } })).toEqual({
      outcome: 'fail',
      offered,
    });
    const apex = { 'example.se': { TXT: [`v=spf1 ${one} -all`, `v=spf1 ${other} -all`] } };
    expect(await judged(spfFromDomain, { zone: { ...zone, ...apex } })).toEqual({ outcome: 'fail', offered });
  });
});

describe('a misspelt part', () => {
  test.each<[string, string | null]>([
    ['includ:spf.example.com', 'include:spf.example.com'],
    ['~inlcude=spf.example.com', '~include:spf.example.com'],
    ['ipv4:192.0.2.1/24', 'ip4:192.0.2.1/24'],
    ['ip:192.0.2.1', 'ip4:192.0.2.1'],
    ['ipv6:2001:db8::/32', 'ip6:2001:db8::/32'],
    ['mx=a.example', 'mx:a.example'],
    ['ipv6:2001:db8::1:2', 'ip6:2001:db8::1:2'],
    ['ipv6:2001:db8:0:0:0:0:0:1', 'ip6:2001:db8:0:0:0:0:0:1'],
    ['ipv6:2001:db8', null],
    ['ipv6:2001::db8::1', null],
    ['ipv4:192.0.2', null],
    ['ipv4:192.0.2.256', null],
    ['ip4:192.0.2', null],
    ['includ:%{i}.example.com', null],
    ['includ:localhost', null],
    ['inside:spf.example.com', null],
    [`includ:${'a.'.repeat(30_000)}example`, null],
  ])('%s', (fault, meant) => {
    expect(respelt(fault)).toBe(meant);
  });

  test.each<[string, string[]]>([
    ['v=spf1 includ:next.example ipv4:192.0.2.1 ~all', ['v=spf1 include:next.example ip4:192.0.2.1 ~all']],
    ['v=spf1 includ:next.example inside:x.example ~all', []],
    [`v=spf1 ${'ipv4:192.0.2.1 '.repeat(11)}includ:a.example inside:b.example -all`, []],
  ])('%s', async (record, offered) => {
    expect(await judged(mailFromSpf, { zone: mejl(record) })).toEqual({ outcome: 'fail', offered });
    const zone = { 'example.se': { TXT: [record] } };
    expect(await judged(spfFromDomain, { zone })).toEqual({ outcome: 'fail', offered });
  });
});
