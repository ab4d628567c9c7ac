/** Mail servers of a domain, MTA-STS, TLS reports and DANE: real DNS packets, and servers and pages as a world has them. */
import { describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import daneMatch from '../../rules/domain/dane-match.ts';
import daneSignature from '../../rules/domain/dane-signature.ts';
import mtaSts from '../../rules/domain/mta-sts.ts';
import mtaStsPolicy from '../../rules/domain/mta-sts-policy.ts';
import mtaStsServers from '../../rules/domain/mta-sts-servers.ts';
import mxAddress from '../../rules/domain/mx-address.ts';
import mxName from '../../rules/domain/mx-name.ts';
import mxStarttls from '../../rules/domain/mx-starttls.ts';
import tlsReportsRecord from '../../rules/domain/tls-reports-record.ts';
import { policy } from '../../rules/policy.ts';
import fromExchanger from '../../rules/sender/from-exchanger.ts';
import type { FactName, Facts } from '../../src/facts/facts.ts';
import { gather } from '../../src/facts/gather.ts';
import { findExchange } from '../../src/facts/mail-servers/exchangers.ts';
import { isNamed, parsePolicy } from '../../src/facts/mta-sts/policy.ts';
import { readVersioned } from '../../src/facts/versioned-record.ts';
import type { DnsAnswer, Fetcher, MailServers, ServerGreeting } from '../../src/ports.ts';
import type { Rule, Facts as RuleFacts, World } from '../../src/rule.ts';
import { clock, factsFor, fetcherOf, mailServersOf, noBrowser, resolverOf } from '../world.ts';
import { mailOf, patient, type Zone, type ZoneResolver } from './dns-world.ts';

const domain = 'b.example';
const page = `https://mta-sts.${domain}/.well-known/mta-sts.txt`;
const key = 'ab'.repeat(32);
const sts = 'version: STSv1\nmode: enforce\nmx: in.b.example\nmax_age: 604800\n';

interface Surroundings {
  web?: NonNullable<World['web']>;
  servers?: NonNullable<World['servers']>;
  mailFrom?: string | null;
  /** Parts that a host may lack. */
  without?: readonly ('fetcher' | 'mailServers')[];
}

async function gathered<N extends FactName>(
  name: N,
  zone: Zone,
  { web = {}, servers = {}, mailFrom = null, without = [] }: Surroundings = {},
) {
  const resolver = (await resolverOf(zone)) as ZoneResolver;
  const greeted: [string, readonly string[]][] = [];
  const fetched: string[] = [];
  const inner = mailServersOf(servers);
  const mailServers: MailServers = {
    greet(host, addresses, signal) {
      greeted.push([host, addresses]);
      return inner.greet(host, addresses, signal);
    },
  };
  const pages = fetcherOf(web);
  const fetcher: Fetcher = {
    fetch(url, order, signal) {
      fetched.push(url);
      return pages.fetch(url, order, signal);
    },
  };
  try {
    const world = {
      resolver,
      browser: noBrowser,
      clock,
      policy,
      clients,
      ...(without.includes('fetcher') ? {} : { fetcher }),
      ...(without.includes('mailServers') ? {} : { mailServers }),
    };
    const fact = (await gather([name], await mailOf(domain, mailFrom), world, patient))[name];
    return {
      fact,
      asked: [...resolver.asked.keys()],
      twice: [...resolver.asked.values()].some((n) => n > 1),
      greeted,
      fetched,
    };
  } finally {
    await resolver.close();
  }
}

async function known<N extends FactName>(name: N, zone: Zone, around: Surroundings = {}): Promise<Facts[N]> {
  const { fact } = await gathered(name, zone, around);
  if (!fact?.known) throw new Error(`not known: ${fact?.reason} ${fact?.detail}`);
  return fact.value as Facts[N];
}

async function answerOf(rule: Rule, world: World) {
  const facts = await factsFor(rule, world, noBrowser);
  const values = Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, fact?.known ? fact.value : undefined]),
  );
  return rule.check(values as unknown as RuleFacts, { policy, clients, now: clock.now() });
}

const at = { MX: ['10 in.b.example'] };
const server = { 'in.b.example': { A: ['192.0.2.1'] } };

test.each<[string, readonly string[], boolean]>([
  ['beside one that takes mail', ['10 in.example.se', '20 192.0.2.7'], true],
  ['the only one', ['10 192.0.2.7'], false],
  ['beside another address', ['10 192.0.2.7', '20 [192.0.2.8]'], false],
  ['beside a name that leads nowhere', ['10 gone.example.se', '20 192.0.2.7'], false],
])('an address for a mail server, %s: is it to be taken away?', async (_, MX, isTaken) => {
  const [found] = [await answerOf(mxName, { zone: { 'example.se': { MX } } })].flat();
  expect(found).toMatchObject({ key: 'address', data: { others: isTaken } });
  expect(found && 'change' in found && found.change !== undefined).toBe(isTaken);
});

describe('mail servers', () => {
  test('by preference, each once, with both kinds of addresses in turn', async () => {
    const zone = {
      [domain]: { MX: ['20 B.b.example', '10 a.b.example', '30 b.b.example'] },
      'a.b.example': { A: ['192.0.2.1', '192.0.2.2'], AAAA: ['2001:db8::1'] },
      'b.b.example': { CNAME: ['c.b.example'] },
      'c.b.example': { A: ['192.0.2.3', '10.0.0.1'] },
    };
    const { servers, count, repeated, implicit } = await known('mailServers', zone);
    expect({ count, repeated, implicit }).toEqual({ count: 2, repeated: ['b.b.example'], implicit: false });
    expect(
      servers.map(({ host, isAlias, addresses, inner }) => ({ host, isAlias, addresses, inner })),
    ).toEqual([
      {
        host: 'a.b.example',
        isAlias: false,
        addresses: ['192.0.2.1', '2001:db8::1', '192.0.2.2'],
        inner: [],
      },
      { host: 'b.b.example', isAlias: true, addresses: ['192.0.2.3'], inner: ['10.0.0.1'] },
    ]);
  });

  test.each<[string, Zone, readonly string[], boolean]>([
    ['its own address where there is no MX', { [domain]: { A: ['192.0.2.1'] } }, ['name'], true],
    ['none where there is no address either', { [domain]: { TXT: ['x'] } }, [], true],
    ['none where there is no such name', {}, [], false],
    ['a null MX', { [domain]: { MX: ['0 .'] } }, ['null'], false],
    [
      'a null MX beside another',
      { [domain]: { MX: ['0 .', '10 in.b.example'] }, ...server },
      ['null', 'name'],
      false,
    ],
    ['an address in place of a name', { [domain]: { MX: ['10 192.0.2.1'] } }, ['literal'], false],
  ])('%s', async (_, zone, kinds, implicit) => {
    const fact = await known('mailServers', zone);
    expect({ kinds: fact.servers.map(({ kind }) => kind), implicit: fact.implicit }).toEqual({
      kinds,
      implicit,
    });
  });

  test.each(['10.1.2.3', '127.0.0.1', '169.254.0.9', '172.16.0.1', '192.168.1.1', '100.64.0.1', '0.0.0.0'])(
    '%s is reached by nobody outside',
    async (address) => {
      const zone = { [domain]: at, 'in.b.example': { A: [address] } };
      const [first] = (await known('mailServers', zone)).servers;
      expect(first).toMatchObject({ addresses: [], inner: [address] });
    },
  );

  test.each(['::1', 'fe80::1', 'fc00::1', '::ffff:10.0.0.1'])('%s is neither', async (address) => {
    const zone = { [domain]: at, 'in.b.example': { AAAA: [address] } };
    expect((await known('mailServers', zone)).servers[0]?.addresses).toEqual([]);
  });

  test('SERVFAIL for one kind of address alone is no lack of it', async () => {
    const half = { [domain]: at, 'in.b.example': { A: ['192.0.2.1'], AAAA: 'SERVFAIL' } };
    expect((await known('mailServers', half)).servers[0]).toMatchObject({
      addresses: ['192.0.2.1'],
      silent: ['in.b.example AAAA'],
    });
    const none = { [domain]: { MX: ['10 in.b.example'] }, 'in.b.example': { AAAA: 'SERVFAIL' } };
    expect((await known('author', none)).mail).toBeNull();
  });

  test('of a thousand MX records ten are looked up, and five are greeted', async () => {
    const many = Array.from({ length: 1000 }, (_, i) => `${i} s${i}.b.example`);
    const zone = { [domain]: { MX: many }, '*.b.example': { A: ['192.0.2.1'] } };
    const { asked } = await gathered('mailServers', zone);
    expect(asked.filter((question) => question.endsWith(' A'))).toHaveLength(10);
    const { greeted } = await gathered('greetings', zone);
    expect(greeted.map(([host]) => host)).toEqual(
      ['s0', 's1', 's2', 's3', 's4'].map((s) => `${s}.b.example`),
    );
    const dane = await gathered('dane', zone);
    expect(dane.asked.filter((question) => question.endsWith(' TLSA'))).toHaveLength(5);
  });

  test('TLSA is asked for before any address is known', async () => {
    const order: string[] = [];
    const answers: (() => void)[] = [];
    const dns = (name: string, type: DnsAnswer['type']) => {
      order.push(`${name} ${type}`);
      const data = type === 'MX' ? [{ name, type, ttl: 1, data: '10 in.b.example' }] : [];
      const status = data.length > 0 ? ('answered' as const) : ('nodata' as const);
      const answer = { name, type, status, records: data, authenticated: false, resolver: '', at: '' };
      return new Promise<DnsAnswer>((resolve) => answers.push(() => resolve(answer)));
    };
    const found = findExchange(domain, { dns });
    expect(order).toEqual([`${domain} MX`]);
    answers.shift()?.();
    await new Promise(setImmediate);
    expect(order).toEqual([`${domain} MX`, 'in.b.example A', 'in.b.example AAAA']);
    for (const answer of answers) answer();
    expect((await found).servers).toHaveLength(1);
  });

  test('every question once, whoever asks', async () => {
    for (const name of ['dane', 'greetings', 'mtaSts'] as const) {
      const { twice } = await gathered(
        name,
        { [domain]: at, ...server },
        { servers: { 'in.b.example': {} } },
      );
      expect(twice).toBe(false);
    }
  });
});

describe('greetings', () => {
  const zone = { [domain]: at, ...server };
  test('nobody to greet from here is no fault of the servers', async () => {
    const { fact } = await gathered('greetings', zone, { without: ['mailServers'] });
    expect(fact).toMatchObject({ known: false, reason: 'missing-engine' });
  });

  test('port 25 closed on the way out is unknown, and says so', async () => {
    const silent = { 'in.example.se': { state: 'silent', said: 'ETIMEDOUT', tls: null } } as const;
    expect(await answerOf(mxStarttls, { servers: silent })).toEqual({ unknown: 'servers-silent' });
    expect(await answerOf(mxStarttls, {})).toEqual([]);
  });

  test('a server that turns us away has said nothing of its encryption', async () => {
    const servers = { 'in.example.se': { state: 'refused', said: '554 no', tls: null } } as const;
    expect(await answerOf(mxStarttls, { servers })).toEqual({ unknown: 'servers-silent' });
  });

  test.each([
    ['CERT_HAS_EXPIRED', 'expired'],
    ['names', 'names'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'untrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted'],
    ['CERT_NOT_YET_VALID', 'early'],
    ['toString', 'untrusted'],
  ])('OpenSSL’s %s is %s', async (code, fault) => {
    const { servers } = await known('greetings', zone, { servers: { 'in.b.example': { tls: tls(code) } } });
    expect(servers[0]?.tls?.fault).toBe(fault);
  });
});

describe('MTA-STS', () => {
  const record = { [`_mta-sts.${domain}`]: { TXT: ['v=STSv1; id=1;'] } };
  const host = { [`mta-sts.${domain}`]: { A: ['192.0.2.9'] } };
  const zone = { [domain]: at, ...server, ...record, ...host };

  test('a policy that holds', async () => {
    expect(await known('mtaSts', zone, { web: { [page]: sts } })).toMatchObject({
      record: { state: 'one' },
      id: '1',
      policy: { state: 'read', mode: 'enforce', maxAge: 604800, faults: [] },
      hosts: ['in.b.example'],
      unnamed: [],
    });
  });

  test.each<[string, readonly string[], string, string | null]>([
    ['the least', ['v=STSv1;id=a'], 'one', 'a'],
    ['others beside it', ['v=STSv1; id=a', 'v=spf1 -all', 'STSv1'], 'one', 'a'],
    ['two ids: the first counts', ['v=STSv1; id=a; id=b'], 'one', 'a'],
    ['unknown fields', ['v=STSv1; x=1; id=a'], 'one', 'a'],
    ['two', ['v=STSv1; id=a', 'v=STSv1; id=b'], 'several', null],
    ['no semicolon', ['v=STSv1'], 'misspelt', null],
    ['another case', ['V=stsv1; id=a'], 'misspelt', null],
    ['an id with hyphens', ['v=STSv1; id=2026-01-01'], 'one', null],
    ['an id of 33', [`v=STSv1; id=${'a'.repeat(33)}`], 'one', null],
    ['an id of 32', [`v=STSv1; id=${'a'.repeat(32)}`], 'one', 'a'.repeat(32)],
    ['another version', ['v=STSv2; id=a'], 'none', null],
  ])('record: %s', async (_, texts, state, id) => {
    const fact = await known('mtaSts', { [`_mta-sts.${domain}`]: { TXT: texts } });
    expect({ state: fact.record.state, id: fact.id }).toEqual({ state, id });
  });

  test.each<[string, NonNullable<World['web']>[string], object]>([
    ['a redirect, even to the right place', { status: 301 }, { failure: 'redirect' }],
    ['not found', { status: 404 }, { failure: 'status' }],
    ['HTML', { type: 'text/html', body: sts }, { failure: 'type' }],
    ['no type', { type: '', body: sts }, { failure: 'type' }],
    ['more than 64 KB', `${sts}${'x'.repeat(65_536)}`, { failure: 'too-long' }],
    ['a certificate that has run out', { failure: 'CERT_HAS_EXPIRED' }, { failure: 'certificate' }],
    ['a certificate of another', { failure: 'ERR_TLS_CERT_ALTNAME_INVALID' }, { failure: 'certificate' }],
    ['one signed by itself', { failure: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, { failure: 'certificate' }],
    ['an address that nobody may reach', { failure: 'address-refused' }, { failure: 'closed' }],
    ['a timeout', { failure: 'too-late' }, { state: 'unreached' }],
    ['a cut', { failure: 'ECONNRESET' }, { state: 'unreached' }],
  ])('policy: %s', async (_, answer, expected) => {
    expect((await known('mtaSts', zone, { web: { [page]: answer } })).policy).toMatchObject(expected);
  });

  test('a policy that did not come is unknown, and no failure', async () => {
    const web = { 'https://mta-sts.example.se/.well-known/mta-sts.txt': { failure: 'too-late' } };
    expect(await answerOf(mtaStsPolicy, { web })).toEqual({ unknown: 'unanswered' });
  });

  test('nothing is fetched where nothing points', async () => {
    const { fact, fetched } = await gathered('mtaSts', { [domain]: at, ...server }, { web: { [page]: sts } });
    expect(fact).toMatchObject({ known: true, value: { policy: { state: 'none' } } });
    expect(fetched).toEqual([]);
  });

  test('a policy without a record is seen', async () => {
    const fact = await known('mtaSts', { [domain]: at, ...host }, { web: { [page]: sts } });
    expect(fact).toMatchObject({ record: { state: 'none' }, policy: { state: 'read' } });
  });

  test('without a way to the web it is unknown where there is one, and known where there is none', async () => {
    const without = ['fetcher'] as const;
    expect((await gathered('mtaSts', zone, { without })).fact).toMatchObject({
      known: false,
      reason: 'missing-engine',
    });
    expect((await gathered('mtaSts', { [domain]: at }, { without })).fact).toMatchObject({ known: true });
    expect((await gathered('mtaSts', { [domain]: at, ...host }, { without })).fact).toMatchObject({
      known: true,
    });
  });

  test('no answer about the record, or its host, is none', async () => {
    const dead = await known(
      'mtaSts',
      { ...zone, [`_mta-sts.${domain}`]: 'SERVFAIL' },
      { web: { [page]: sts } },
    );
    expect(dead.record.state).toBe('unanswered');
    const lost = await known('mtaSts', { ...zone, [`mta-sts.${domain}`]: 'SERVFAIL' });
    expect(lost.policy.state).toBe('unreached');
    const gone = await known('mtaSts', { ...zone, [`mta-sts.${domain}`]: 'NXDOMAIN' });
    expect(gone.policy).toMatchObject({ state: 'failed', failure: 'no-host' });
  });

  test.each<[string, string, readonly string[]]>([
    ['CRLF', sts.replaceAll('\n', '\r\n'), []],
    ['no line end at the end', sts.trim(), []],
    [
      'another order, and a field of the future',
      `max_age:1\nmx:a.example\nnew: x\nmode:testing\nversion:STSv1`,
      [],
    ],
    ['none without servers', 'version: STSv1\nmode: none\nmax_age: 0', []],
    ['a mode given twice: the first counts', `${sts}mode: maybe\n`, []],
    ['a mode that is none', sts.replace('enforce', 'Enforce'), ['mode']],
    ['no servers', sts.replace('mx:', 'nx:'), ['mx']],
    ['a server that is none', sts.replace('in.b.example', 'in_b'), ['mx']],
    ['an address', sts.replace('in.b.example', '192.0.2.25'), ['mx']],
    ['a wildcard within', sts.replace('in.b.example', 'a.*.example'), ['mx']],
    ['too long a life', sts.replace('604800', '31557601'), ['max_age']],
    ['the longest life', sts.replace('604800', '31557600'), []],
    ['a life below nothing', sts.replace('604800', '-1'), ['max_age']],
    ['nothing', '', ['version', 'mode', 'max_age', 'mx']],
    ['a page', '<html><body>mode: enforce</body></html>', ['version', 'mode', 'max_age', 'mx']],
  ])('a policy with %s', (_, text, faults) => {
    expect(parsePolicy(text).faults).toEqual(faults);
  });

  test.each([
    ['in.example.com', ['in.example.com'], true],
    ['in.example.com', ['*.example.com'], true],
    ['a.in.example.com', ['*.example.com'], false],
    ['example.com', ['*.example.com'], false],
    ['in.example.com', ['example.com'], false],
    ['inexample.com', ['*.example.com'], false],
  ])('%s is named by %s: %s (RFC 8461 section 4.1)', (name, patterns, expected) => {
    expect(isNamed(name, patterns)).toBe(expected);
  });

  test.each<[string, string[], Zone, readonly string[] | null]>([
    ['an address', ['5 192.0.2.7', '10 in.example.se'], {}, ['in.example.se']],
    ['a name without an address', ['10 in.example.se', '20 gone.example.se'], {}, ['in.example.se']],
    ['this very machine', ['10 localhost', '20 in.example.se'], {}, ['in.example.se']],
    [
      'an inner server',
      ['10 in.example.se', '20 b.example.se'],
      { 'b.example.se': { A: ['10.0.0.1'] } },
      ['in.example.se'],
    ],
    [
      'one that DNS is silent about',
      ['10 in.example.se', '20 b.example.se'],
      { 'b.example.se': 'SERVFAIL' },
      ['in.example.se', 'b.example.se'],
    ],
    ['nothing that takes mail', ['10 192.0.2.7', '20 gone.example.se'], {}, null],
  ])('the policy that is offered names servers that can take mail: %s', async (_, MX, more, hosts) => {
    const zone = {
      'example.se': { MX },
      '_mta-sts.example.se': 'NXDOMAIN',
      'mta-sts.example.se': 'NXDOMAIN',
      ...more,
    };
    const found = await answerOf(mtaSts, { zone });
    if (hosts === null) return expect(found).toEqual({ notApplicable: 'faulty-record' });
    const [{ data: { policy: lines = '' } = {} } = {}] = found as unknown as {
      data?: Record<string, string>;
    }[];
    expect(lines.match(/(?<=mx: ).*/g)).toEqual(hosts);
  });

  test('a policy does not miss what is no mail server', async () => {
    const zone = { 'example.se': { MX: ['10 in.example.se', '20 192.0.2.7', '30 gone.example.se'] } };
    expect(await answerOf(mtaStsServers, { zone })).toEqual([]);
  });

  test('a policy of 64 KB of lines, and a record of 64 KB, are read in no time', () => {
    const began = performance.now();
    expect(parsePolicy('mx: a.example\n'.repeat(4700)).mx).toHaveLength(100);
    parsePolicy(`${' '.repeat(65_000)}x`);
    parsePolicy(`mx:${' '.repeat(65_000)}x`);
    parsePolicy(`mx: x${' '.repeat(65_000)}x`);
    const text = `v=STSv1${' '.repeat(64_000)}`;
    const answer = {
      name: 'a',
      type: 'TXT',
      status: 'answered',
      authenticated: false,
      resolver: '',
      at: '',
    } as const;
    readVersioned({ ...answer, records: [{ name: 'a', type: 'TXT', ttl: 1, data: text }] }, 'v=STSv1');
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('TLS reports', () => {
  test.each<[string, readonly string[], string, number, number]>([
    ['mailto', ['v=TLSRPTv1; rua=mailto:a@b.example'], 'one', 1, 0],
    ['https', ['v=TLSRPTv1;rua=https://r.example/v1'], 'one', 1, 0],
    ['both', ['v=TLSRPTv1;rua=mailto:a@b.example,https://r.example;x=y;'], 'one', 2, 0],
    ['no scheme', ['v=TLSRPTv1;rua=a@b.example'], 'one', 0, 1],
    ['plain http', ['v=TLSRPTv1;rua=http://r.example'], 'one', 0, 1],
    ['one of two', ['v=TLSRPTv1;rua=mailto:a@b.example,c@b.example'], 'one', 1, 1],
    ['a bare exclamation mark', ['v=TLSRPTv1;rua=mailto:a@b.example!10m'], 'one', 0, 1],
    ['no rua', ['v=TLSRPTv1;'], 'one', 0, 0],
    ['two records', ['v=TLSRPTv1;rua=mailto:a@b.example', 'v=TLSRPTv1;'], 'several', 0, 0],
    ['DMARC’s version', ['v=DMARC1; rua=mailto:a@b.example'], 'none', 0, 0],
  ])('%s', async (_, texts, state, addresses, lost) => {
    const fact = await known('tlsReports', { [`_smtp._tls.${domain}`]: { TXT: texts } });
    expect([fact.record.state, fact.addresses.length, fact.lost.length]).toEqual([state, addresses, lost]);
  });

  test.each<[string, string, string]>([
    ['no scheme', 'v=TLSRPTv1; rua=tls@b.example', 'mailto:tls@b.example'],
    ['one of two', 'v=TLSRPTv1;rua=mailto:a@b.example,c@b.example', 'mailto:a@b.example,mailto:c@b.example'],
    ['a space', 'v=TLSRPTv1;rua=mailto: a@b.example', 'mailto:a@b.example'],
    ['a mailbox of that name', 'v=TLSRPTv1;rua=mailto-a@b.example', 'mailto:mailto-a@b.example'],
    ['a size', 'v=TLSRPTv1;rua=mailto:a@b.example!10m', 'mailto:a@b.example'],
    ['another version', 'v=TLSRPT1; rua=mailto:a@b.example', 'mailto:a@b.example'],
    ['no semicolon', 'v=TLSRPTv1 rua=https://r.example/v1', 'https://r.example/v1'],
    ['nothing to go by', 'v=TLSRPTv1; rua=b.example', 'mailto:tls-reports@example.se'],
  ])('what is offered keeps the address that is meant: %s', async (_, text, rua) => {
    const found = await answerOf(tlsReportsRecord, {
      zone: { '_smtp._tls.example.se': { TXT: [text] } },
    });
    expect(found).toMatchObject([{ change: { old: text, new: `v=TLSRPTv1; rua=${rua}` } }]);
  });
});

function tls(fault: string | null, more: Partial<NonNullable<ServerGreeting['tls']>['chain'][number]> = {}) {
  const certificate = {
    names: ['in.b.example'],
    subject: 'CN=in.b.example',
    issuer: 'CN=Test CA',
    validFrom: '2026-09-01T00:00:00.000Z',
    validTo: '2027-02-01T00:00:00.000Z',
    matches: { '0 1': 'cc'.repeat(32), '1 1': key, '1 2': 'dd'.repeat(64) },
    ...more,
  };
  return { version: 'TLSv1.3', fault, chain: [certificate] };
}

describe('DANE', () => {
  const signed = { example: { DS: ['1 13 2 00'] }, [domain]: { ...at, DS: ['2 13 2 00'] }, ...server };
  const tlsa = (...records: string[]) => ({ '_25._tcp.in.b.example': { TLSA: records } });
  const authority = {
    names: [],
    subject: 'CN=Test CA',
    issuer: 'CN=Test CA',
    validFrom: '2026-01-01T00:00:00.000Z',
    validTo: '2036-01-01T00:00:00.000Z',
    matches: { '0 1': 'ee'.repeat(32), '1 1': 'ff'.repeat(32) },
  };
  const withAuthority = (more = {}) => {
    const own = tls('SELF_SIGNED_CERT_IN_CHAIN', more);
    return { ...own, chain: [...own.chain, authority] };
  };
  const old = { validTo: '2026-11-01T00:00:00.000Z' };

  test.each<[string, readonly string[], ServerGreeting['tls'], boolean | null]>([
    ['the key', [`3 1 1 ${key}`], tls(null), true],
    ['the key in capitals', [`3 1 1 ${key.toUpperCase()}`], tls(null), true],
    ['the certificate', [`3 0 1 ${'cc'.repeat(32)}`], tls(null), true],
    ['SHA-512', [`3 1 2 ${'dd'.repeat(64)}`], tls(null), true],
    ['another key', [`3 1 1 ${'00'.repeat(32)}`], tls(null), false],
    ['one of two keys', [`3 1 1 ${'00'.repeat(32)}`, `3 1 1 ${key}`], tls(null), true],
    ['the key, with the selector of the certificate', [`3 0 1 ${key}`], tls(null), false],
    [
      'usage 3 with a certificate that has run out (RFC 7672 section 3.1.1)',
      [`3 1 1 ${key}`],
      tls('CERT_HAS_EXPIRED', old),
      true,
    ],
    ['usage 3 with another name', [`3 1 1 ${key}`], tls('names', { names: ['x.example'] }), true],
    ['usage 2, the authority', [`2 0 1 ${'ee'.repeat(32)}`], withAuthority(), true],
    [
      'usage 2 with another name',
      [`2 0 1 ${'ee'.repeat(32)}`],
      withAuthority({ names: ['x.example'] }),
      false,
    ],
    [
      'usage 2 with the name of the domain',
      [`2 0 1 ${'ee'.repeat(32)}`],
      withAuthority({ names: [domain] }),
      true,
    ],
    ['usage 2 that has run out', [`2 0 1 ${'ee'.repeat(32)}`], withAuthority(old), false],
    ['usage 3 never looks above', [`3 0 1 ${'ee'.repeat(32)}`], withAuthority(), false],
    ['usage 1, which mail does not know', [`1 1 1 ${key}`], tls(null), null],
    ['a digest of the wrong length', ['3 1 1 abcd'], tls(null), null],
    ['an unknown matching type', [`3 1 9 ${key}`], tls(null), null],
    ['a whole certificate too long to be kept', ['3 0 0 3082'], tls(null), null],
    ['no certificate shown', [`3 1 1 ${key}`], null, null],
  ])('%s', async (_, records, shown, matched) => {
    const state = shown ? 'secured' : 'silent';
    const servers = { 'in.b.example': { state, tls: shown } as const };
    const [first] = (await known('dane', { ...signed, ...tlsa(...records) }, { servers })).servers;
    expect({ matched: first?.matched, secure: first?.secure }).toEqual({ matched, secure: true });
  });

  describe('a server whose name is an alias (RFC 7671 section 7, RFC 7672 section 2.2.2)', () => {
    const alias = {
      ...signed,
      'in.b.example': { CNAME: ['real.b.example'] },
      'real.b.example': { A: ['192.0.2.1'] },
    };
    const end = (said: unknown) => ({ '_25._tcp.real.b.example': said });
    const right = { TLSA: [`3 1 1 ${key}`] };
    const wrong = `3 1 1 ${'00'.repeat(32)}`;
    const servers = { 'in.b.example': { tls: tls(null) }, 'real.b.example': { tls: tls(null) } };
    const expanded = { name: '_25._tcp.real.b.example', state: 'records', matched: true, secure: true };
    const initial = { name: '_25._tcp.in.b.example', state: 'records', matched: true, secure: true };

    test.each<[string, Zone, object]>([
      ['records at its end', end(right), expanded],
      ['records at its end go before those of the alias', { ...end(right), ...tlsa(wrong) }, expanded],
      ['records of the alias alone', tlsa(`3 1 1 ${key}`), initial],
      [
        'no records',
        {},
        { name: '_25._tcp.real.b.example', state: 'none', matched: null, fitting: `3 1 1 ${key}` },
      ],
      [
        'silence at its end, whatever the alias says',
        { ...end('SERVFAIL'), ...tlsa(`3 1 1 ${key}`) },
        { name: '_25._tcp.real.b.example', state: 'unanswered' },
      ],
    ])('%s', async (_, records, expected) => {
      const [first] = (await known('dane', { ...alias, ...records }, { servers })).servers;
      expect(first).toMatchObject({ host: 'in.b.example', ...expected });
    });

    test('at another’s name nobody is told to publish', async () => {
      const away = {
        ...signed,
        test: { DS: ['1 13 2 00'] },
        'other.test': { DS: ['1 13 2 00'] },
        'in.b.example': { CNAME: ['real.other.test'] },
        'real.other.test': { A: ['192.0.2.1'] },
      };
      const [first] = (await known('dane', away, { servers })).servers;
      expect(first).toMatchObject({ name: '_25._tcp.real.other.test', secure: true, own: false });
    });

    test('an end that is not signed has no say', async () => {
      const away = {
        ...signed,
        'in.b.example': { CNAME: ['real.other.test'] },
        'real.other.test': { A: ['192.0.2.1'] },
        '_25._tcp.real.other.test': right,
      };
      const [first] = (await known('dane', away, { servers })).servers;
      expect(first).toMatchObject({ name: '_25._tcp.in.b.example', state: 'none', secure: false });
    });

    test('whoever is greeted by the name of its records is asked for the certificate of that name', async () => {
      const { fact, greeted } = await gathered('dane', { ...alias, ...end(right) }, { servers });
      expect(fact?.known).toBe(true);
      expect(greeted.map(([host]) => host)).toContain('real.b.example');
      const named = withAuthority({ names: ['real.b.example'] });
      const [first] = (
        await known(
          'dane',
          { ...alias, ...end({ TLSA: [`2 0 1 ${'ee'.repeat(32)}`] }) },
          { servers: { ...servers, 'real.b.example': { tls: named } } },
        )
      ).servers;
      expect(first?.matched).toBe(true);
    });

    test('a chain of aliases that never ends is no server', async () => {
      const loop = {
        ...signed,
        'in.b.example': { CNAME: ['x.b.example'] },
        'x.b.example': { CNAME: ['in.b.example'] },
      };
      const { fact } = await gathered('dane', loop, { servers });
      expect(fact).toMatchObject({ known: true });
    });
  });

  describe('records behind an alias (RFC 7671 section 7)', () => {
    const servers = { 'in.b.example': { tls: tls(null) } };
    const to = (end: string) => ({ '_25._tcp.in.b.example': { CNAME: [end] } });
    const wrong = { TLSA: [`3 1 1 ${'00'.repeat(32)}`] };
    const service = { test: { DS: ['1 13 2 00'] }, 'other.test': { DS: ['1 13 2 00'] } };
    const matching = async (zone: Zone) => {
      const dane = await known('dane', { ...signed, ...zone }, { servers });
      const told = { dane } as unknown as RuleFacts;
      const context = { policy, clients, now: clock.now() };
      return { server: dane.servers[0], found: [daneMatch.check(told, context)].flat()[0] };
    };

    test('of one’s own: the record goes to its end, beside what others may use', async () => {
      const { server, found } = await matching({ ...to('_dane.b.example'), '_dane.b.example': wrong });
      expect(server).toMatchObject({ alias: '_dane.b.example', own: true, matched: false, secure: true });
      const change = { type: 'TLSA', name: '_dane.b.example', old: null, new: `3 1 1 ${key}` };
      expect(found).toMatchObject({ key: 'mismatch', data: { alias: '_25._tcp.in.b.example' }, change });
    });

    test('of another’s: nobody is told to publish, neither there nor beside the alias', async () => {
      const zone = { ...service, ...to('_dane.other.test'), '_dane.other.test': wrong };
      const { server, found } = await matching(zone);
      expect(server).toMatchObject({ alias: '_dane.other.test', own: false, matched: false, secure: true });
      expect(found).toMatchObject({ key: 'mismatch', data: { box: false, place: '_dane.other.test' } });
      expect(found).not.toHaveProperty('change');
    });

    test('what is not there yet belongs at its end too', async () => {
      const { server } = await matching(to('_dane.b.example'));
      expect(server).toMatchObject({ state: 'none', alias: '_dane.b.example', own: true });
    });

    test('an end that is not signed, or a step on the way there, makes the records count for nothing', async () => {
      for (const zone of [
        { ...to('_dane.other.test'), '_dane.other.test': wrong },
        { ...to('x.other.test'), 'x.other.test': { CNAME: ['_dane.b.example'] }, '_dane.b.example': wrong },
      ]) {
        const { server, found } = await matching(zone);
        expect(server).toMatchObject({ state: 'records', secure: false, unsigned: true });
        expect(found).toEqual({ notApplicable: 'no-record' });
      }
    });
  });

  test('counts only where every answer was validated', async () => {
    const records = tlsa(`3 1 1 ${key}`);
    const servers = { 'in.b.example': {} };
    const [unsigned] = (await known('dane', { [domain]: at, ...server, ...records }, { servers })).servers;
    expect(unsigned).toMatchObject({ state: 'records', secure: false, unsigned: true });
    // The MX is signed, the server's own zone is not.
    const elsewhere = {
      ...signed,
      [domain]: { MX: ['10 in.other.test'], DS: ['2 13 2 00'] },
      'in.other.test': { A: ['192.0.2.1'] },
      '_25._tcp.in.other.test': { TLSA: [`3 1 1 ${key}`] },
    };
    const [far] = (await known('dane', elsewhere)).servers;
    expect(far).toMatchObject({ secure: false, unsigned: true, own: false });
  });

  test('a resolver that does not validate leaves it unknown, and never right or wrong', async () => {
    // There is a DS, so the zone is signed; AD is not set, since nothing above is.
    const zone = { se: {}, 'example.se': { MX: ['10 in.example.se'], DS: ['1 13 2 00'] } };
    const wrong = { ...zone, '_25._tcp.in.example.se': { TLSA: [`3 1 1 ${'00'.repeat(32)}`] } };
    expect(await answerOf(daneMatch, { zone: wrong })).toEqual({ unknown: 'unvalidated' });
    expect(await answerOf(daneSignature, { zone: wrong })).toEqual({ unknown: 'unvalidated' });
  });

  test('SERVFAIL for TLSA alone is no lack of it', async () => {
    const zone = { '_25._tcp.in.example.se': { TLSA: 'SERVFAIL' } };
    expect(await answerOf(daneMatch, { zone })).toEqual({
      unknown: 'unanswered',
      about: ['_25._tcp.in.example.se TLSA'],
    });
  });

  test('without a greeting the records are known, and their match is not', async () => {
    const zone = { ...signed, ...tlsa(`3 1 1 ${key}`) };
    const { fact } = await gathered('dane', zone, { without: ['mailServers'] });
    expect(fact).toMatchObject({
      known: true,
      value: { servers: [{ state: 'records', matched: null, fitting: null }], unasked: 'missing-engine' },
    });
    // Nobody was asked, so no server was silent.
    const value = fact?.known ? fact.value : undefined;
    const judged = daneMatch.check({ dane: value } as unknown as RuleFacts, {
      policy,
      clients,
      now: clock.now(),
    });
    expect(judged).toEqual({ unknown: 'missing-engine' });
  });

  test('the record that fits is offered, and only for a server of one’s own', async () => {
    const servers = { 'in.b.example': { tls: tls(null) } };
    const [first] = (await known('dane', signed, { servers })).servers;
    expect(first).toMatchObject({ state: 'none', fitting: `3 1 1 ${key}`, own: true });
  });
});

describe('the servers for bounces', () => {
  const many = Array.from({ length: 12 }, (_, i) => `m${i}.b.example`);
  const bounces = { 'studs.b.example': { MX: ['10 m0.b.example'] }, 'm0.b.example': { A: ['192.0.2.9'] } };

  test.each<[string, string | null, Zone, readonly string[]]>([
    ['are greeted', 'studs.b.example', bounces, ['m0.b.example']],
    [
      'the first few alone',
      'studs.b.example',
      {
        'studs.b.example': { MX: many.map((host, i) => `${i} ${host}`) },
        ...Object.fromEntries(many.map((host) => [host, { A: ['192.0.2.9'] }])),
      },
      many.slice(0, 5),
    ],
    ['not those of somebody else', 'studs.tjanst.example', { 'studs.tjanst.example': at, ...server }, []],
    ['not a second time those of From', domain, { [domain]: at, ...server }, []],
    ['nor any where nobody has named the domain', null, bounces, []],
  ])('%s', async (_, mailFrom, zone, hosts) => {
    const { fact, greeted } = await gathered('bounceGreetings', zone, { mailFrom });
    expect(fact?.known).toBe(true);
    expect(greeted.map(([host]) => host)).toEqual(hosts);
    expect(fact?.evidence.filter(({ kind }) => kind === 'smtp')).toHaveLength(hosts.length);
  });

  const route = (transport: string) => ({ routes: [{ transport, mailFrom: 'mejl.example.se' }] });
  const own = {
    'mejl.example.se': { MX: ['10 studs.example.se'], TXT: ['v=spf1 -all'] },
    'studs.example.se': { A: ['192.0.2.27'] },
  };
  test.each<[string, World, object]>([
    ['one that says nothing leaves it open', { zone: own }, { unknown: 'servers-silent' }],
    ['one that is sound passes', { zone: own, servers: { 'studs.example.se': {} } }, []],
    ['where Amazon takes them, nothing is asked of anybody', {}, []],
    ['nor by a route of Amazon SES, whatever stands there', { zone: own, ...route('ses') }, []],
    ['by another route it counts', { zone: own, ...route('authsmtp') }, { unknown: 'servers-silent' }],
  ])('%s', async (_, world, expected) => {
    expect(await answerOf(mxStarttls, world)).toEqual(expected);
  });
});

describe('what no server at all takes', () => {
  test('is told once, by the check that stops the mail', async () => {
    const zone = { 'example.se': { MX: ['10 gone.example.se'] } };
    expect(await answerOf(fromExchanger, { zone })).toMatchObject([{ key: 'lost' }]);
    expect(await answerOf(mxAddress, { zone })).toEqual([]);
  });
});
