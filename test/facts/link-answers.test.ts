/** Where links lead, hop by hop, and what the checks say of it: one silent link is unknown for itself alone. */
import { describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { gather } from '../../src/facts/gather.ts';
import { visitsLine } from '../../src/report/visits.ts';
import type { Area, Rule, World } from '../../src/rule.ts';
import { judge, type Rules } from '../../src/verdict.ts';
import { clock, noBrowser, now, resolverOf, soundZone, submissionOf, visitorOf } from '../world.ts';

const ids = /^link-(?:page|domain|certificate|silence|encryption|redirects|sign-in|tracking-domain)$/;
const mine = Object.fromEntries(
  Object.entries(rules).map(([area, members]) => [area, members.filter(({ id }) => ids.test(id))]),
) as unknown as Rules;

async function audited(
  world: World,
  { network = true, offline = false, zoneAlone = false, signal = AbortSignal.timeout(20_000) } = {},
) {
  const resolver = await resolverOf({ ...soundZone, ...world.zone });
  const steps: string[] = [];
  const facts = await gather(
    ['linkAnswers'],
    await submissionOf(world),
    {
      resolver,
      ...(network && !zoneAlone ? { visitor: visitorOf(world.web ?? {}) } : {}),
      dnsAlone: zoneAlone,
      browser: noBrowser,
      clock,
      policy,
      clients,
    },
    {
      leaveOut: { dns: offline, previews: false },
      signal,
      onProgress: (step) => 'done' in step && steps.push(`${step.done}/${step.of}`),
    },
  );
  await resolver.close();
  const verdict = judge({ facts, rules: mine, policy, clients, now, partial: false, simulated: false });
  const outcomes = Object.fromEntries(verdict.findings.map(({ rule, outcome }) => [rule, outcome]));
  const { linkAnswers } = facts;
  const value = linkAnswers?.known ? linkAnswers.value : undefined;
  return { verdict, outcomes, value, steps, linkAnswers };
}

const links = (...addresses: string[]) =>
  `<p>Hej alla medlemmar i föreningen!</p>${addresses.map((one, i) => `<p><a href="${one}">Nyhet ${i}</a></p>`).join('')}`;
const at = (path: string) => `https://example.se/${path}`;

test('one link that timed out is unknown for itself alone, and never passes', async () => {
  const { outcomes, value, verdict } = await audited({
    html: links(at('a'), at('b')),
    web: { [at('a')]: 'Hej', [at('b')]: { failure: 'ETIMEDOUT' } },
  });
  expect(value?.answers.map(({ state }) => state)).toEqual(['answered', 'silent']);
  expect(outcomes).toMatchObject({ 'link-page': 'pass', 'link-silence': 'fail' });
  const silence = verdict.findings.find(({ rule }) => rule === 'link-silence');
  expect(silence?.problems.map(({ data, at: place }) => [data, place?.line])).toEqual([
    [{ text: 'Nyhet 1', address: at('b'), status: 0 }, 1],
  ]);
  // The mail is not held for ever by a site that was slow.
  expect(verdict.decision).toBe('clear');
});

test('what a zone file says nothing about may be there all the same', async () => {
  const { outcomes, value, verdict } = await audited(
    { html: links('https://annan.example/', 'https://tredje.example/') },
    { zoneAlone: true },
  );
  expect(value).toMatchObject({ answers: [], unasked: 'dns-alone' });
  expect(new Set(Object.values(outcomes))).toEqual(new Set(['not-applicable']));
  const silence = verdict.findings.find(({ rule }) => rule === 'link-silence');
  expect([silence?.reason, verdict.decision, verdict.visits]).toEqual([
    'dns-alone',
    // None of them fails; by these alone nothing is clear either.
    'undecided',
    undefined,
  ]);
});

test('says how many were opened, and why the rest were not', async () => {
  const { verdict } = await audited({
    html: links(
      at('a'),
      at('b'),
      at('unsubscribe'),
      `${at('c')}?u=9f8e7d6c5b4a`,
      at('{{page}}'),
      'https://example.com/',
    ),
    web: { [at('a')]: 'Hej', [at('b')]: { status: 404 } },
  });
  const left = { acting: 1, personal: 1, unfinished: 1, placeholder: 1 };
  expect(verdict.visits).toEqual({ links: 2, pictures: 0, left });
  expect(visitsLine(verdict, 'sv')).toBe(
    'Öppnade härifrån: 2 länkar. Lämnade i fred: 4 adresser (1 som kan avregistrera, bekräfta eller svara åt en läsare; 1 som kan vara en enda läsares; 1 med kopplingsfält; 1 som mallen har som exempel).',
  );
  expect(visitsLine(verdict, 'en')).toMatch(
    /^Opened from here: 2 links\. Left alone: 4 addresses \(1 that may/,
  );
});

test('where nothing answers, nothing passes', async () => {
  const { outcomes, verdict } = await audited({
    html: links(at('a')),
    web: { [at('a')]: { failure: 'ETIMEDOUT' } },
  });
  expect(Object.values(outcomes)).not.toContain('pass');
  expect(verdict.decision).toBe('undecided');
});

test.each([
  [404, 'gone', 'blocked'],
  [410, 'gone', 'blocked'],
  [500, 'error', 'clear'],
  [502, 'error', 'clear'],
  [401, 'closed', 'clear'],
  [403, 'closed', 'clear'],
  [405, 'closed', 'clear'],
  [429, 'closed', 'clear'],
  [451, 'closed', 'clear'],
  [503, 'closed', 'clear'],
  [999, 'closed', 'clear'],
  [200, 'answered', 'clear'],
  [204, 'answered', 'clear'],
])('%i is %s, and the mail is %s', async (status, state, decision) => {
  const { value, verdict } = await audited({
    html: links(at('a'), at('b')),
    web: { [at('a')]: 'Hej', [at('b')]: { status } },
  });
  expect([value?.answers[1]?.state, verdict.decision]).toEqual([state, decision]);
});

test('a page that only keeps programs out is unknown, not wrong', async () => {
  const { outcomes } = await audited({ html: links(at('a')), web: { [at('a')]: { status: 403 } } });
  expect(outcomes['link-silence']).toBe('unknown');
});

describe('redirects', () => {
  test('are followed one by one, with all addresses kept', async () => {
    const { value } = await audited({
      html: links('http://example.se/a'),
      web: {
        'http://example.se/a': { location: at('a'), status: 301 },
        [at('a')]: { location: 'b?x=1#mitt', status: 302 },
        [at('b?x=1')]: 'Framme',
      },
    });
    expect(value?.answers[0]).toMatchObject({
      state: 'answered',
      chain: ['http://example.se/a', at('a'), at('b?x=1')],
      endUrl: at('b?x=1'),
    });
  });

  test.each([
    ['in a circle', { [at('a')]: { location: at('b') }, [at('b')]: { location: at('a') } }, 'closed'],
    ['to a shop of apps', { [at('a')]: { location: 'itms-apps://apps.example/1' } }, 'answered'],
    ['to nowhere', { [at('a')]: { location: 'https://' } }, 'error'],
    ['to a name that is not there', { [at('a')]: { location: 'https://borta.exempel.se/' } }, 'absent'],
    ['to what is gone', { [at('a')]: { location: at('b') }, [at('b')]: { status: 404 } }, 'gone'],
  ] as const)('%s', async (_, web, state) => {
    const { value } = await audited({ html: links(at('a')), web });
    expect(value?.answers[0]?.state).toBe(state);
  });

  test('more than a browser follows', async () => {
    const web = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [at(`s-${i}`), { location: at(`s-${i + 1}`) }]),
    );
    const { value } = await audited({ html: links(at('s-0')), web });
    expect([value?.answers[0]?.state, value?.answers[0]?.chain.length]).toEqual([
      'closed',
      policy.links.redirects + 1,
    ]);
  });
});

describe('DNS', () => {
  test.each([
    ['NXDOMAIN', 'NXDOMAIN', 'absent'],
    ['no address', { MX: ['10 mx.example.se'] }, 'absent'],
    ['SERVFAIL', { A: 'SERVFAIL', AAAA: 'SERVFAIL' }, 'silent'],
    ['silence', { A: 'TIMEOUT', AAAA: 'TIMEOUT' }, 'silent'],
    ['silence about IPv6 alone', { A: ['192.0.2.9'], AAAA: 'TIMEOUT' }, 'answered'],
    ['silence about IPv4 alone', { A: 'TIMEOUT' }, 'silent'],
  ])('%s', async (_, zone, state) => {
    const { value } = await audited({
      html: links('https://sida.exempel.se/'),
      zone: { 'sida.exempel.se': zone },
      // Whoever visits it has the same DNS.
      web: state === 'silent' ? {} : { 'https://sida.exempel.se/': 'Hej' },
    });
    expect(value?.answers[0]?.state).toBe(state);
  });
});

test('where nobody may visit anything, nothing passes and nothing is held: the check that tells says why', async () => {
  const { outcomes, verdict } = await audited({ html: links(at('a')) }, { network: false });
  expect(outcomes).toMatchObject({ 'link-page': 'not-applicable', 'link-silence': 'unknown' });
  expect(verdict.findings.some(({ gates }) => gates)).toBe(false);
  expect(verdict.findings.find(({ rule }) => rule === 'link-silence')?.reason).toBe('missing-engine');
});

test('left out by choice it is unknown, as all that asks the network', async () => {
  const { linkAnswers } = await audited({ html: links(at('a')) }, { offline: true });
  expect(linkAnswers).toMatchObject({ known: false, reason: 'left-out' });
});

test('the same address is asked for once, and told of at each place', async () => {
  const { verdict, steps } = await audited({
    html: links(at('a'), `${at('a')}#x`, at('a')),
    web: { [at('a')]: { status: 404 } },
  });
  expect(verdict.findings.find(({ rule }) => rule === 'link-page')?.problems).toHaveLength(3);
  expect(steps).toEqual(['1/1']);
});

test('a mail of text alone: its addresses, by line and column', async () => {
  const { verdict } = await audited({
    eml: 'From: a@example.se\r\nContent-Type: text/plain\r\n\r\nHej!\r\nLes mer: https://example.se/borta.\r\n',
    web: { [at('borta')]: { status: 404 } },
  });
  const found = verdict.findings.find(({ rule }) => rule === 'link-page')?.problems[0];
  expect([found?.data, found?.at]).toMatchObject([
    { address: at('borta') },
    { part: 'text', line: 2, column: 10 },
  ]);
});

test('those that answered as they should leave no evidence, the others do', async () => {
  const { linkAnswers } = await audited({
    html: links(at('a'), at('b')),
    web: { [at('a')]: 'Hej', [at('b')]: { status: 404 } },
  });
  const seen = linkAnswers?.evidence.filter(({ kind }) => kind === 'web');
  expect(seen).toMatchObject([{ url: at('b'), status: 404 }]);
});

test.each([
  ['a link that timed out', links(at('a')), { [at('a')]: { failure: 'ETIMEDOUT' } }],
  [
    'two, and a name that is nowhere',
    links(at('a'), at('b'), 'https://finns-inte.example.se/'),
    { [at('a')]: { failure: 'ETIMEDOUT' }, [at('b')]: { failure: 'ECONNREFUSED' } },
  ],
  ['one that is not to be visited', links('http://10.0.0.1/nyheter/'), {}],
] as const)('where no site answers at all, the mail is not let go: %s', async (_, html, web) => {
  const { verdict, outcomes } = await audited({ html, web });
  expect(outcomes['link-page']).toBe('unknown');
  expect(verdict.findings.find(({ rule }) => rule === 'link-page')).toMatchObject({
    gates: true,
    reason: 'sites-silent',
  });
  expect(verdict.decision).not.toBe('clear');
});

test('a mail of very many links costs no square', async () => {
  const html = links(...Array.from({ length: 8000 }, (_, i) => at(`sida-${i % 5}`)));
  const submission = await submissionOf({ html });
  const resolver = await resolverOf(soundZone);
  const begun = performance.now();
  await gather(
    ['html'],
    submission,
    { resolver, browser: noBrowser, clock, policy, clients },
    { leaveOut: { dns: false, previews: false }, signal: AbortSignal.timeout(20_000), onProgress: () => {} },
  );
  const before = performance.now() - begun;
  const from = performance.now();
  await gather(
    ['linkAnswers'],
    submission,
    { resolver, visitor: visitorOf({}), browser: noBrowser, clock, policy, clients },
    { leaveOut: { dns: false, previews: false }, signal: AbortSignal.timeout(20_000), onProgress: () => {} },
  );
  await resolver.close();
  expect(performance.now() - from).toBeLessThan(Math.max(2_000, before * 4));
});

test('each of these checks is listed', () => {
  const listed = (Object.entries(mine) as [Area, readonly Rule[]][]).flatMap(([, members]) => members);
  expect(listed).toHaveLength(8);
});
