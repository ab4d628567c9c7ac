/** Which keys the DKIM checks are about: named, of a route, told by its provider; and that nothing is guessed. */
import { describe, expect, test } from 'vitest';
import dkimKey from '../../rules/authentication/dkim-key.ts';
import dkimKeyLength from '../../rules/authentication/dkim-key-length.ts';
import dkimKeyStrength from '../../rules/authentication/dkim-key-strength.ts';
import dkimKeyType from '../../rules/authentication/dkim-key-type.ts';
import dkimTesting from '../../rules/authentication/dkim-testing.ts';
import { clients } from '../../rules/clients/index.ts';
import { policy } from '../../rules/policy.ts';
import type { DkimFact } from '../../src/facts/dkim.ts';
import { gatherAll } from '../../src/facts/gather.ts';
import { areas, type Rule, type World } from '../../src/rule.ts';
import { judge, type Rules } from '../../src/verdict.ts';
import {
  clock,
  factsByRoute,
  identitiesOf,
  noBrowser,
  now,
  resolverOf,
  soundZone,
  submissionOf,
} from '../world.ts';
import { patient, type ZoneResolver } from './dns-world.ts';

const key = soundZone['s1._domainkey.example.se'];
const ed25519 = { TXT: ['v=DKIM1; k=ed25519; p=1DDcS2Y3BitJRAFwBzOzaizZ86LT2YWhHjvWcs/WVXc='] };
const ses = { transport: 'ses', mailFrom: 'mejl.example.se' };

async function findingOf(rule: Rule, world: World) {
  const none = Object.fromEntries(areas.map((area) => [area, []])) as unknown as Rules;
  const rules = { ...none, authentication: [rule] };
  const facts = await factsByRoute(rule, world, noBrowser);
  const { findings } = judge({ ...facts, rules, policy, clients, now, partial: false, simulated: true });
  const [finding] = findings;
  if (!finding) throw new Error('nothing was judged');
  return finding;
}

/** Outcome, with the problems and, where it is of some routes only, theirs. */
async function said(rule: Rule, world: World): Promise<string> {
  const { outcome, problems, reason, routes } = await findingOf(rule, world);
  const found = problems.map((one) => [one.key, ...(one.routes ?? [])].join(' '));
  return [outcome, reason, ...found, ...(found.length === 0 ? (routes ?? []) : [])]
    .filter(Boolean)
    .join(': ');
}

async function factWith(zone: Record<string, unknown>, world: World) {
  const resolver = (await resolverOf(zone)) as ZoneResolver;
  try {
    const identity = identitiesOf(world.identities ?? {});
    const around = { resolver, browser: noBrowser, clock, policy, clients, identity };
    const { facts } = await gatherAll(['dkim'], await submissionOf(world), around, patient);
    if (!facts.dkim?.known) throw new Error('not known');
    return { fact: facts.dkim.value as DkimFact, asked: [...resolver.asked.keys()] };
  } finally {
    await resolver.close();
  }
}

describe('where nothing names a selector, nothing is guessed', () => {
  const silent = { dkimSelectors: null };
  test.each<[string, Record<string, unknown>]>([
    [
      '_domainkey is NXDOMAIN, which proves nothing: keys may stand below it all the same',
      { '_domainkey.example.se': 'NXDOMAIN' },
    ],
    ['it is there for what stands below it alone (empty non-terminal)', { 'q._domainkey.example.se': key }],
    [
      'usual selectors hold keys, which nobody has named',
      { 'google._domainkey.example.se': key, 'default._domainkey.example.se': { TXT: ['v=DKIM1; p='] } },
    ],
    ['usual selectors hold none', { 'google._domainkey.example.se': 'NXDOMAIN' }],
    ['any selector has a record (wildcard)', { '*._domainkey.example.se': { TXT: ['v=DKIM1; p='] } }],
  ])('%s', async (_, zone) => {
    expect(await said(dkimKey, { ...silent, zone })).toBe('unknown: not-given');
    expect((await findingOf(dkimKey, { ...silent, zone })).ask).toBe('dkim-selector');
    const { fact, asked } = await factWith({ ...soundZone, ...zone }, silent);
    expect(fact.keys).toEqual([]);
    expect(asked).toEqual([]);
  });

  test('nor do the checks beside it pass', async () => {
    for (const rule of [dkimKeyStrength, dkimKeyLength, dkimKeyType, dkimTesting]) {
      expect(await said(rule, silent)).toBe('not-applicable: no-selector');
    }
  });
});

describe('a named selector', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['is not there', { 's1._domainkey.example.se': 'NXDOMAIN' }, 'fail: missing'],
    ['has other types only', { 's1._domainkey.example.se': { A: ['192.0.2.1'] } }, 'fail: missing'],
    [
      'is answered by a wildcard with SPF',
      { 's1._domainkey.example.se': 'NXDOMAIN', '*.example.se': { TXT: ['v=spf1 -all'] } },
      'fail: missing',
    ],
    [
      'is an alias that leads nowhere',
      { 's1._domainkey.example.se': { CNAME: ['gone.service.example'] } },
      'fail: dangling',
    ],
    [
      'is an alias of an alias that leads nowhere',
      {
        's1._domainkey.example.se': { CNAME: ['k.service.example'] },
        'k.service.example': { CNAME: ['gone.service.example'] },
      },
      'fail: dangling',
    ],
    [
      'is an alias to other text',
      {
        's1._domainkey.example.se': { CNAME: ['k.service.example'] },
        'k.service.example': { TXT: ['v=spf1 -all'] },
      },
      'fail: dangling',
    ],
    [
      'is an alias that is silent',
      { 's1._domainkey.example.se': { CNAME: ['k.service.example'] }, 'k.service.example': 'SERVFAIL' },
      'unknown: unanswered',
    ],
    ['is silent', { 's1._domainkey.example.se': 'TIMEOUT' }, 'unknown: unanswered'],
  ])('%s: %s', async (_, zone, expected) => {
    expect(await said(dkimKey, { zone })).toBe(expected);
  });

  test('of a parked domain, whose every selector is withdrawn', async () => {
    const zone = { 's1._domainkey.example.se': { TXT: ['v=DKIM1; p='] } };
    expect(await said(dkimKey, { zone })).toBe('fail: revoked');
  });

  test('cut in two records: the whole is what to publish', async () => {
    const [text = ''] = key.TXT;
    const halves = { TXT: [text.slice(0, 200), text.slice(200)] };
    const { problems } = await findingOf(dkimKey, { zone: { 's1._domainkey.example.se': halves } });
    expect(problems).toMatchObject([
      { key: 'faulty', data: { fault: 'halves' }, change: { name: 's1._domainkey.example.se', new: text } },
    ]);
  });

  test('mended at another’s name nothing is offered', async () => {
    const broken = { TXT: [`"${key.TXT[0]}"`] };
    const zone = {
      's1._domainkey.example.se': { CNAME: ['k.service.example'] },
      'k.service.example': broken,
    };
    const { problems } = await findingOf(dkimKey, { zone });
    expect(problems).toMatchObject([{ key: 'faulty', data: { fault: 'quotes', shown: false } }]);
    expect(problems[0]?.change).toBeUndefined();
  });
});

describe('the keys of each route', () => {
  const routes = (other: string) => [
    { ...ses, dkim: [{ d: 'example.se', s: 's1' }] },
    { transport: 'authsmtp', mailFrom: 'res.example.se', dkim: [{ d: 'example.se', s: other }] },
  ];
  test.each<[string, World, string]>([
    ['both are there', { routes: routes('r1'), zone: { 'r1._domainkey.example.se': key } }, 'pass'],
    ['the reserve’s is not', { routes: routes('r1') }, 'fail: missing authsmtp'],
    [
      'the reserve’s is silent',
      { routes: routes('r1'), zone: { 'r1._domainkey.example.se': 'SERVFAIL' } },
      'unknown: unanswered: authsmtp',
    ],
    [
      'neither is',
      { routes: routes('s1'), zone: { 's1._domainkey.example.se': 'NXDOMAIN' } },
      'fail: missing',
    ],
  ])('%s', async (_, world, expected) => {
    expect(await said(dkimKey, { dkimSelectors: null, ...world })).toBe(expected);
  });

  test('are looked for at the d= that they sign with and nowhere else', async () => {
    const world = { dkimSelectors: null, routes: [{ ...ses, dkim: [{ d: 'k.example.se', s: 'a' }] }] };
    const { fact, asked } = await factWith({ 'a._domainkey.example.se': key }, world);
    expect(asked).toEqual(['a._domainkey.k.example.se TXT']);
    expect(fact.keys).toMatchObject([{ domain: 'k.example.se', by: 'route', state: 'missing' }]);
  });
});

describe('a route without keys: its provider is asked', () => {
  const world = (selectors: readonly string[]): World => ({
    dkimSelectors: null,
    routes: [ses],
    identities: { ses: { selectors } },
  });
  const tokens = ['a1', 'b2', 'c3'];
  const cnames = (names: readonly string[]) => ({
    ...Object.fromEntries(
      names.map((name) => [`${name}._domainkey.example.se`, { CNAME: [`${name}.dkim.amazonses.com`] }]),
    ),
    ...Object.fromEntries(tokens.map((name) => [`${name}.dkim.amazonses.com`, key])),
  });
  test.each<[string, World, string]>([
    ['all its tokens are there', { ...world(tokens), zone: cnames(tokens) }, 'pass'],
    ['one is not published', { ...world(tokens), zone: cnames(['a1', 'b2']) }, 'fail: missing ses'],
    ['it does not say', world([]), 'unknown: not-given'],
    ['it could not be asked', { dkimSelectors: null, routes: [ses] }, 'unknown: not-given'],
  ])('%s', async (_, one, expected) => {
    expect((await said(dkimKey, one)).replace(' ses', '')).toBe(expected.replace(' ses', ''));
  });

  test('it is not asked where a person or the route names a key', async () => {
    const named = { ...world(['zz']), routes: [{ ...ses, dkim: [{ d: 'example.se', s: 's1' }] }] };
    expect((await factWith(soundZone, named)).fact.keys.map(({ name }) => name)).toEqual([
      's1._domainkey.example.se',
    ]);
    const mail = { ...world(['zz']), dkimSelectors: ['s1'] };
    expect((await factWith(soundZone, mail)).fact.keys.every(({ selector }) => selector === 's1')).toBe(true);
  });

  test('a provider that names thousands is believed for a few', async () => {
    const many = Array.from({ length: 5000 }, (_, i) => `t${i}`);
    expect((await factWith({}, world(many))).asked.length).toBeLessThanOrEqual(10);
  });
});

describe('the kind of key', () => {
  const named = (...names: string[]) => ({ dkimSelectors: names });
  const zone = { 'e1._domainkey.example.se': ed25519 };
  test.each<[string, World, string]>([
    ['RSA', {}, 'pass'],
    ['Ed25519 alone', { ...named('e1'), zone }, 'fail: alone'],
    ['both', { ...named('s1', 'e1'), zone }, 'pass'],
    [
      'Ed25519, and another that is silent',
      { ...named('s1', 'e1'), zone: { ...zone, 's1._domainkey.example.se': 'SERVFAIL' } },
      'unknown: unanswered',
    ],
    ['none at all', named('gone'), 'not-applicable: no-record'],
  ])('%s', async (_, world, expected) => {
    expect(await said(dkimKeyType, world)).toBe(expected);
  });
});
