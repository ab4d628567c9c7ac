/** What the resolver says of the signatures of a domain, and what it does not say. */
import { expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { policy } from '../../rules/policy.ts';
import type { DnssecFact } from '../../src/facts/dnssec.ts';
import { gather } from '../../src/facts/gather.ts';
import type { DnsAnswer, Resolver } from '../../src/ports.ts';
import { clock, noBrowser, resolverOf } from '../world.ts';
import { mailOf, patient, type Zone, type ZoneResolver } from './dns-world.ts';

const soa = ['ns.example.net a.example.net 1 2 3 4 5'];
const signed = {
  se: { DS: ['1 13 2 00'] },
  'example.se': { DS: ['2 13 2 00'], SOA: soa, TXT: ['x'], MX: ['10 in.example.se'] },
  'mejl.example.se': { TXT: ['x'], MX: ['10 in.example.se'] },
};
const plain = { se: signed.se, 'example.se': { SOA: soa, TXT: ['x'], MX: ['10 in.example.se'] } };

/** `change`: what the resolver makes of an answer on the way. */
async function dnssecOf(
  zone: Zone,
  { from = 'example.se', mailFrom = null as string | null, change = (answer: DnsAnswer) => answer } = {},
): Promise<{ fact: DnssecFact; asked: ReadonlyMap<string, number> }> {
  const inner = (await resolverOf(zone)) as ZoneResolver;
  const resolver: Resolver = { ask: async (question, signal) => change(await inner.ask(question, signal)) };
  try {
    const world = { resolver, browser: noBrowser, clock, policy, clients };
    const mail = await mailOf(from, mailFrom);
    const route = { ...mail.routes[0], mail_from: mailFrom };
    const { dnssec } = await gather(['dnssec'], { ...mail, routes: [route] }, world, patient);
    if (!dnssec?.known) throw new Error(`not known: ${dnssec?.reason} ${dnssec?.detail}`);
    return { fact: dnssec.value, asked: new Map(inner.asked) };
  } finally {
    await inner.close();
  }
}

const told = ({ fact }: { fact: DnssecFact }) => fact.names.map(({ name, state }) => `${name} ${state}`);
const silent = (answer: DnsAnswer): DnsAnswer => ({
  ...answer,
  status: 'timeout',
  records: [],
  authenticated: false,
});
const about = (name: string, type: string, to: (answer: DnsAnswer) => DnsAnswer) => (answer: DnsAnswer) =>
  answer.name === name && answer.type === type ? to(answer) : answer;

test('signed: the domain, and what stands below it in the same zone', async () => {
  const result = await dnssecOf(signed, { mailFrom: 'mejl.example.se' });
  expect(told(result)).toEqual(['example.se signed', 'mejl.example.se signed']);
  expect(result.fact.validates).toBe(true);
  expect(result.fact.names.map(({ zone, keys }) => [zone, keys])).toEqual([
    ['example.se', [{ algorithm: 13, digest: 2 }]],
    ['example.se', [{ algorithm: 13, digest: 2 }]],
  ]);
  expect([...result.asked.values()].every((count) => count === 1)).toBe(true);
});

const cases: [string, Zone, Parameters<typeof dnssecOf>[1], string[]][] = [
  ['the zone above has no DS', plain, {}, ['example.se unsigned']],
  [
    'opt-out: the lack of a DS is not authenticated (RFC 5155 section 9.2), and it is the lack of one',
    plain,
    { change: about('example.se', 'DS', (answer) => ({ ...answer, authenticated: false })) },
    ['example.se unsigned'],
  ],
  [
    'a zone of its own below, without DS',
    { ...signed, 'mejl.example.se': { NS: ['ns.example.net'], SOA: soa, TXT: ['x'] } },
    { mailFrom: 'mejl.example.se' },
    ['example.se signed', 'mejl.example.se unsigned'],
  ],
  [
    'From below the registered domain',
    signed,
    { from: 'n.example.se' },
    ['n.example.se signed', 'example.se signed'],
  ],
  [
    'the sending service’s own domain is not looked at',
    signed,
    { mailFrom: 'eu.amazonses.com' },
    ['example.se signed'],
  ],
  [
    'an alias to what is not signed says nothing of the sender',
    { ...signed, 'mejl.example.se': { CNAME: ['bounce.example.net'] } },
    { mailFrom: 'mejl.example.se' },
    ['example.se signed'],
  ],
  [
    'a signature that does not hold, for one type alone',
    { ...signed, 'example.se': { ...signed['example.se'], TXT: 'BOGUS' } },
    {},
    ['example.se broken'],
  ],
  ['the policy record alone', { ...signed, '_dmarc.example.se': 'EXPIRED' }, {}, ['example.se broken']],
  [
    'the same, where the resolver holds back the top-level domain too: its own fault, such as its clock',
    { ...signed, se: 'BOGUS', 'example.se': { ...signed['example.se'], TXT: 'BOGUS' } },
    {},
    ['example.se unanswered'],
  ],
  [
    'SERVFAIL without a reason is no broken signature',
    { ...signed, 'example.se': { ...signed['example.se'], TXT: 'SERVFAIL' } },
    {},
    ['example.se unanswered'],
  ],
  [
    'a resolver that never sets AD',
    signed,
    { change: (answer) => ({ ...answer, authenticated: false }) },
    ['example.se unvalidated'],
  ],
  [
    'the same, of a domain without DS: an old resolver asks for it in the wrong zone',
    plain,
    { change: (answer) => ({ ...answer, authenticated: false }) },
    ['example.se unvalidated'],
  ],
  [
    'a resolver that gives AD back to whoever sends it: no DS vouches for it',
    plain,
    { change: (answer) => ({ ...answer, authenticated: true }) },
    ['example.se unvalidated'],
  ],
  [
    'signed with what the resolver does not accept',
    signed,
    { change: (answer) => (answer.type === 'DS' ? answer : { ...answer, authenticated: false }) },
    ['example.se ignored'],
  ],
  [
    'no answer of the top-level domain',
    signed,
    { change: about('se', 'DS', silent) },
    ['example.se unanswered'],
  ],
  ['no answer to DS', plain, { change: about('example.se', 'DS', silent) }, ['example.se unanswered']],
  ['no answer to SOA', signed, { change: about('example.se', 'SOA', silent) }, ['example.se unanswered']],
  ['no answer at all', signed, { change: silent }, ['example.se unanswered']],
];
test.each(cases)('%s', async (_, zone, options, expected) => {
  expect(told(await dnssecOf(zone, options))).toEqual(expected);
});

test('names what is held back, and why', async () => {
  const { fact } = await dnssecOf({ ...signed, 'example.se': { ...signed['example.se'], TXT: 'EXPIRED' } });
  expect(fact.names[0]?.held).toEqual([{ question: 'example.se TXT', extendedError: 7 }]);
});
