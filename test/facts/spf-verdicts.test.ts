/** Wrong verdicts that others give about SPF, and what each of our own checks says and offers. */
import { describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { createZoneResolver, parseZone } from '../../src/adapters/resolver/zone.ts';
import { addressesOf, termsOf, unionOf } from '../../src/facts/spf/addresses.ts';
import { checkHost, type SpfMail } from '../../src/facts/spf/check-host.ts';
import { type Facts, locales, type Rule, type World } from '../../src/rule.ts';
import { clock, factsFor, noBrowser, now } from '../world.ts';
import { factOf, mailOf, spfOf, type Zone } from './dns-world.ts';
import { createMailauthCheck } from './spf-mailauth.ts';

const never = new AbortController().signal;
const ofSpf = rules.authentication.filter(({ id }) => /(?:^|-)spf(?:-|$)/.test(id));
const ruleOf = (id: string): Rule => {
  const found = ofSpf.find((rule) => rule.id === id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
};

async function answerOf(rule: Rule, world: World) {
  const gathered = await factsFor(rule, world, noBrowser);
  const known = Object.fromEntries(
    Object.entries(gathered).map(([name, fact]) => [name, fact.known ? fact.value : undefined]),
  );
  return rule.check(known as unknown as Facts, { policy, clients, now });
}

async function said(id: string, world: World): Promise<string> {
  const answer = await answerOf(ruleOf(id), world);
  if ('unknown' in answer) return `unknown: ${answer.unknown}`;
  if ('notApplicable' in answer) return `not applicable: ${answer.notApplicable}`;
  return answer.map(({ key }) => key).join(' ') || 'pass';
}

/** Which checks of SPF find something. */
async function failing(world: World): Promise<string[]> {
  const found = await Promise.all(ofSpf.map(async ({ id }) => [id, await said(id, world)] as const));
  return found
    .filter(([, text]) => !/^(?:pass$|not applicable)/.test(text))
    .map(([id, text]) => `${id} ${text}`);
}

const own = '10 in.example.se';
const at = (record: string, more: Record<string, unknown> = {}): World => ({
  zone: { 'mejl.example.se': { TXT: [record], MX: [own] }, ...more },
});

async function results(zone: Zone, mail: SpfMail) {
  const parsed = parseZone(zone);
  if (!parsed.ok) throw new Error(parsed.message);
  const resolver = await createZoneResolver(parsed.zone, clock);
  const ours = await checkHost(mail, (name, type) => resolver.ask({ name, type }, never));
  const asked = [...resolver.asked.keys()];
  const theirs = await createMailauthCheck(resolver).check(
    { ip: mail.ip, helo: mail.helo, mailFrom: mail.sender },
    never,
  );
  await resolver.close();
  return { ours, asked, mailauth: theirs.result };
}

const mail = { ip: '192.0.2.1', sender: 'kim@a.example', helo: 'ut.a.example' };
const exchangers = (count: number) => Array.from({ length: count }, (_, i) => `${i} i${i}.example`);
const hosts = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`i${i}.example`, { A: [`198.51.100.${i}`] }]));

describe('FIELD 5.3: look-ups that are counted twice', () => {
  test('A and AAAA of one name are one void look-up', async () => {
    const record = 'v=spf1 a:g.example a:h.example ip4:192.0.2.1 -all';
    expect((await spfOf({ 'a.example': { TXT: [record] } })).value.author.voids).toBe(2);
    expect((await results({ 'a.example': { TXT: [record] } }, mail)).ours.result).toBe('pass');
    expect(await said('spf-lookup-limit', at(record))).toBe('pass');
  });

  test('mx whose servers have no address is no void look-up, however many', async () => {
    const zone = { 'a.example': { TXT: ['v=spf1 mx ip4:192.0.2.1 -all'], MX: exchangers(5) } };
    expect((await spfOf(zone)).value.author.voids).toBe(0);
    expect((await results(zone, mail)).ours.result).toBe('pass');
  });

  test('the address look-ups of ten servers do not count against the ten', async () => {
    const record = 'v=spf1 mx mx:b.example mx:c.example ip4:192.0.2.1 -all';
    const zone = {
      'a.example': { TXT: [record], MX: exchangers(10) },
      'b.example': { MX: exchangers(10) },
      'c.example': { MX: exchangers(10) },
      ...hosts(10),
    };
    expect((await spfOf(zone)).value.author).toMatchObject({ lookups: 3, breaks: [] });
    expect((await results(zone, mail)).ours.result).toBe('pass');
    const more = { ...zone, 'mejl.example.se': { TXT: [record], MX: exchangers(10) } };
    expect(await said('spf-lookup-limit', { zone: more })).toBe('pass');
  });

  test.each([
    ['nine and one', 10, 'pass'],
    ['nine and two', 11, 'permerror'],
  ])('the limit itself: %s', async (_, count, result) => {
    const terms = Array.from({ length: count }, (_, i) => `a:i${i}.example`).join(' ');
    const zone = { 'a.example': { TXT: [`v=spf1 ${terms} ip4:192.0.2.1 -all`] }, ...hosts(11) };
    expect((await results(zone, mail)).ours.result).toBe(result);
  });
});

/** Beyond the suites. `mailauth` where it judges otherwise, each with what the RFC says. */
const beyond: [string, Zone, Partial<SpfMail>, string, { mailauth?: string; why: string }][] = [
  [
    'IPv4 written as IPv6',
    { 'a.example': { TXT: ['v=spf1 ip4:192.0.2.1 -all'] } },
    { ip: '::ffff:192.0.2.1' },
    'pass',
    { why: 'section 5: it is IPv4' },
  ],
  [
    'IPv4 written as IPv6, in hexadecimal',
    { 'a.example': { TXT: ['v=spf1 ip4:192.0.2.1 -all'] } },
    { ip: '::ffff:c000:201' },
    'pass',
    { why: 'section 5: it is IPv4' },
  ],
  [
    'a server that is behind one which does not answer',
    {
      'a.example': { TXT: ['v=spf1 mx -all'], MX: ['20 i1.example', '10 dark.example'] },
      'i1.example': { A: ['192.0.2.1'] },
      'dark.example': 'SERVFAIL',
    },
    {},
    'temperror',
    { why: 'section 5.4: in order of preference' },
  ],
  [
    'eleven servers, and the first is ours',
    { 'a.example': { TXT: ['v=spf1 mx -all'], MX: exchangers(11) }, ...hosts(11) },
    { ip: '198.51.100.0' },
    'permerror',
    // In another order of answers it would be ten others that are asked.
    {
      mailauth: 'pass',
      why: 'section 4.6.4, as the suite’s mx-limit reads it: whichever of them is asked first',
    },
  ],
  [
    'a fault after the part that matches',
    { 'a.example': { TXT: ['v=spf1 ip4:192.0.2.1 ipv4:192.0.2.2 -all'] } },
    {},
    'permerror',
    { why: 'section 4.6: the whole record is read first' },
  ],
  [
    'a mechanism written as a modifier',
    { 'a.example': { TXT: ['v=spf1 include=b.example ip4:192.0.2.1 -all'] } },
    {},
    'pass',
    { why: 'section 12: by the grammar an unknown modifier' },
  ],
  [
    'a redirect to a name without a record',
    { 'a.example': { TXT: ['v=spf1 redirect=b.example'] }, 'b.example': { A: ['192.0.2.1'] } },
    {},
    'permerror',
    { why: 'section 6.1' },
  ],
  [
    'the null reverse-path',
    { 'ut.a.example': { TXT: ['v=spf1 ip4:192.0.2.1 -all'] } },
    { sender: '' },
    'pass',
    { why: 'section 2.4: HELO stands for it' },
  ],
  [
    'a local part with an @ in quotes',
    {
      'a.example': { TXT: ['v=spf1 exists:%{o}.x.example -all'] },
      'a.example.x.example': { A: ['127.0.0.2'] },
    },
    { sender: '"kim@b.example"@a.example' },
    'pass',
    { why: 'section 4.3: the domain stands after the last @' },
  ],
  [
    'ptr that nobody answers',
    { 'a.example': { TXT: ['v=spf1 ptr ip4:192.0.2.1 -all'] }, '1.2.0.192.in-addr.arpa': 'SERVFAIL' },
    {},
    'pass',
    { why: 'section 5.5: it fails to match' },
  ],
];

describe('beyond the suites', () => {
  test.each(beyond)('%s', async (_, zone, change, result, { mailauth = result }) => {
    const found = await results(zone, { ...mail, ...change });
    expect({ ours: found.ours.result, mailauth: found.mailauth }).toEqual({ ours: result, mailauth });
  });

  test('a loop ends at the limit, and asks for nothing twice over', async () => {
    const zone = {
      'a.example': { TXT: ['v=spf1 include:b.example -all'] },
      'b.example': { TXT: ['v=spf1 include:a.example -all'] },
    };
    const { ours, asked } = await results(zone, mail);
    expect(ours.result).toBe('permerror');
    expect(asked.length).toBeLessThan(5);
  });

  test('64 KB of macros and of local part end soon', async () => {
    const start = performance.now();
    const zone = { 'a.example': { TXT: [`v=spf1 ${'exists:%{s}%{l}%{S}.x.example '.repeat(2000)}-all`] } };
    const { ours } = await results(zone, { ...mail, sender: `${'x.'.repeat(30_000)}y@a.example` });
    expect(ours.result).toMatch(/fail|permerror/);
    const deep = { 'a.example': { TXT: [`v=spf1 a:${'%{l}'.repeat(15_000)}.example -all`] } };
    await results(deep, { ...mail, sender: `${'x.'.repeat(30_000)}y@a.example` });
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('named sending addresses', () => {
  const route = (mailFrom: string) => ({ routes: [{ transport: 'ses', mailFrom }] });
  test.each<[string, World, string]>([
    ['one that passes', { sendingAddresses: ['199.255.192.7'] }, 'pass'],
    ['one of two that does not', { sendingAddresses: ['199.255.192.7', '192.0.2.66'] }, 'refused'],
    ['by softfail', { ...at('v=spf1 ip4:192.0.2.1 ~all'), sendingAddresses: ['192.0.2.66'] }, 'refused'],
    ['by nothing', { ...at('v=spf1 ip4:192.0.2.1'), sendingAddresses: ['192.0.2.66'] }, 'unmentioned'],
    ['through its mail server', { ...at('v=spf1 mx -all'), sendingAddresses: ['192.0.2.25'] }, 'pass'],
    ['none named', {}, 'not applicable: no-addresses'],
    [
      'a broken record is told of once',
      { ...at('v=spf1 ipv4:x -all'), sendingAddresses: ['192.0.2.66'] },
      'not applicable: faulty-record',
    ],
    [
      'no record is told of once',
      { zone: { 'mejl.example.se': { A: ['192.0.2.1'] } }, sendingAddresses: ['192.0.2.66'] },
      'not applicable: no-record',
    ],
    [
      'DNS is silent',
      {
        ...at('v=spf1 include:dark.example -all', { 'dark.example': 'SERVFAIL' }),
        sendingAddresses: ['192.0.2.66'],
      },
      'unknown: unanswered',
    ],
    [
      'it hangs on the local part',
      { ...at('v=spf1 exists:%{l}.x.example -all'), sendingAddresses: ['192.0.2.66'] },
      'unknown: each-mail',
    ],
    [
      'of another server than the route’s',
      { ...route('mejl.example.se'), sendingAddresses: ['192.0.2.66'] },
      'not applicable: not-yours',
    ],
  ])('%s', async (_, world, expected) => {
    expect(await said('spf-sending-address', world)).toBe(expected);
  });

  test('it is MAIL FROM that is checked, not From', async () => {
    const zone = { 'example.se': { TXT: ['v=spf1 ip4:192.0.2.66 -all'], A: ['192.0.2.10'] } };
    expect(await said('spf-sending-address', { zone, sendingAddresses: ['192.0.2.66'] })).toBe('refused');
  });

  test('it asks nothing that the tree does not ask', async () => {
    const zone = {
      'a.example': { TXT: ['v=spf1 include:b.example mx -all'], MX: ['10 i1.example'] },
      'b.example': { TXT: ['v=spf1 a:i2.example -all'] },
      ...hosts(3),
    };
    const submission = await mailOf('a.example', 'a.example');
    const { asked: before } = await factOf('spf', zone, submission);
    const named = { ...submission, sendingAddresses: ['192.0.2.1', '2001:db8::1'] };
    const { asked: after, value } = await factOf('spf', zone, named);
    expect(new Map([...after].toSorted())).toEqual(new Map([...before].toSorted()));
    expect(value.addresses.map(({ judgement }) => judgement.result)).toEqual(['fail', 'fail']);
  });
});

describe('a and mx as addresses', () => {
  const zone = (record: string): Zone => ({
    'a.example': {
      TXT: [record],
      A: ['192.0.2.1'],
      AAAA: ['2001:db8::1'],
      MX: ['10 m.example', '20 n.example'],
    },
    'm.example': { A: ['198.51.100.7', '198.51.100.9'] },
    'n.example': { AAAA: ['2001:db8:1::7'] },
    'half.example': { A: ['203.0.113.9'], AAAA: 'SERVFAIL' },
  });
  test.each<[string, string[], boolean]>([
    ['v=spf1 a -all', ['ip6:2001:db8::1', 'ip4:192.0.2.1'], true],
    ['v=spf1 a/24//64 -all', ['ip6:2001:db8::/64', 'ip4:192.0.2.0/24'], true],
    ['v=spf1 mx -all', ['ip6:2001:db8:1::7', 'ip4:198.51.100.7', 'ip4:198.51.100.9'], true],
    ['v=spf1 mx/28 -all', ['ip6:2001:db8:1::7', 'ip4:198.51.100.0/28'], true],
    ['v=spf1 -ip4:198.51.100.8/29 mx -all', ['ip6:2001:db8:1::7', 'ip4:198.51.100.7'], true],
    ['v=spf1 a:half.example -all', ['ip4:203.0.113.9'], false],
  ])('%s', async (record, terms, whole) => {
    const { reach } = (await spfOf(zone(record))).value.author;
    expect(reach.sure).toEqual(unionOf(terms.map(addressesOf)));
    expect(termsOf(reach.sure)).toEqual(terms);
    expect(reach.hosts).toBe(!whole);
  });
});

describe('one cause, one finding', () => {
  test.each<[World, string[]]>([
    [{}, []],
    [at('v=spf1 mx -all'), []],
    [at('v=spf1 mx +all'), ['spf-scope everyone']],
    [at('v=spf1 mx ?all'), ['spf-ending neutral']],
    [at('v=spf1 mx'), ['spf-ending open']],
    [at('v=spf1 mx ptr -all'), ['spf-pointer pointer']],
    [at('v=spf1 mx mx -all'), ['spf-duplicate same']],
    [at('v=spf1 mx ip4:198.51.100.7/24 -all'), ['spf-network wider']],
    [at('v=spf1 mx ip4:10.0.0.1 -all'), ['spf-private-address private']],
    [at('v=spf1 mx a:gone.example -all'), ['spf-dead-end dead']],
    [at('v=spf1 mx include:gone.example -all'), ['spf-include vanished']],
    [at('v=spf1 mx ipv4:192.0.2.1 -all'), ['mail-from-spf invalid']],
    [at('v=spf1 mx -all include:gone.example'), ['spf-order unread']],
    [at('v=spf1 mx -all redirect=gone.example'), ['spf-order redirect']],
    [at('v=spf1 mx exists:%{i}.x.example -all'), ['spf-macro unknown: each-mail']],
    [at('v=spf1 mx a:a.invalid a:b.invalid a:c.invalid -all'), ['spf-lookup-limit tooManyVoid']],
    [
      { zone: { 'mejl.example.se': { TXT: ['v=spf1 mx -all', 'v=spf1 a -all'], MX: [own] } } },
      ['mail-from-spf several'],
    ],
    [
      {
        zone: {
          'mejl.example.se': { MX: [own] },
          'spf.mejl.example.se': { TXT: ['v=spf1 mx -all'] },
        },
      },
      ['mail-from-spf misplaced'],
    ],
  ])('%j', async (world, wanted) => {
    expect(await failing(world)).toEqual(wanted);
  });
});

describe('every record that is offered mends what it is offered for', () => {
  test.each([
    'v=spf1 mx ?all',
    'v=spf1 mx',
    'v=spf1 mx ptr ~all',
    'v=spf1 mx mx -all',
    'v=spf1 ip4:198.51.100.0/24 ip4:198.51.100.7 mx -all',
    'v=spf1 mx ip4:198.51.100.7/24 -all',
    'v=spf1 mx ip4:10.0.0.1 ip4:127.0.0.1 -all',
    'v=spf1 mx a:gone.example -all',
    'v=spf1 mx -all redirect=gone.example',
    'v=spf1 mx mx ptr ip4:203.0.113.7/24 a:gone.example ip4:192.168.0.1',
  ])('%s', async (record) => {
    const offered = new Set<string>();
    for (const rule of ofSpf) {
      const answer = await answerOf(rule, at(record));
      if ('unknown' in answer || 'notApplicable' in answer) continue;
      for (const { change } of answer) if (change?.kind === 'dns') offered.add(change.new ?? '');
    }
    expect([...offered]).toHaveLength(1);
    for (const next of offered) expect(await failing(at(next))).toEqual([]);
  });

  test('at a name of the service’s, nothing is advised about its terms', async () => {
    const world = {
      mailFrom: 'b.esp.example',
      zone: { 'b.esp.example': { TXT: ['v=spf1 ip4:192.0.2.7/24 ptr ?all'], MX: [own] } },
    };
    expect(await failing(world)).toEqual([]);
  });
});

test('what a proposal writes out must be renewed, and it says so in both languages', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 11 }, (_, i) => [`s${i}.example`, { TXT: [`v=spf1 ip4:203.0.113.${2 * i} -all`] }]),
  );
  const record = `v=spf1 ${Object.keys(many)
    .map((name) => `include:${name}`)
    .join(' ')} -all`;
  const rule = ruleOf('spf-lookup-limit');
  const answer = await answerOf(rule, at(record, many));
  if ('unknown' in answer || 'notApplicable' in answer) throw new Error('nothing found');
  for (const { key, data } of answer) {
    for (const locale of locales) {
      const { fix } = rule.words[locale];
      expect(typeof fix === 'string' ? fix : fix[key]?.(data)).toMatch(
        /include:s0\.example.*(?:renew|förnya)/,
      );
    }
  }
});
