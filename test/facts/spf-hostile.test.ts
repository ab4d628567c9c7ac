/** Zones that are written to keep us busy: little work, few questions, and nothing passes for them. */
import { expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { planSteps } from '../../rules/plan/index.ts';
import { policy } from '../../rules/policy.ts';
import { providers } from '../../rules/providers/index.ts';
import { ruleSet } from '../../rules/version.ts';
import { createAsking, questionsAsked } from '../../src/facts/asking.ts';
import { gather } from '../../src/facts/gather.ts';
import { all } from '../../src/facts/spf/addresses.ts';
import type { DnsRecord, RecordType, Resolver } from '../../src/ports.ts';
import { createPreflight } from '../../src/preflight.ts';
import { readSender } from '../../src/submission.ts';
import { clock, noBrowser } from '../world.ts';
import { mailOf, patient } from './dns-world.ts';

type Says = (name: string, type: RecordType) => readonly string[];

/** Answers at once, so that all the time it takes is work. */
function resolverOf(says: Says): Resolver & { asked: Map<string, number> } {
  const asked = new Map<string, number>();
  const at = clock.now().toISOString();
  return {
    asked,
    async ask({ name, type }) {
      asked.set(`${name} ${type}`, (asked.get(`${name} ${type}`) ?? 0) + 1);
      const records: DnsRecord[] = says(name, type).map((data) => ({ name, type, ttl: 60, data }));
      const status = records.length > 0 ? 'answered' : 'nodata';
      return { name, type, resolver: 'test', at, authenticated: false, status, records };
    },
  };
}

const domain = 'evil.example';
const mailFrom = 'm.evil.example';
const list = (count: number, term: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => term(i)).join(' ');
const sendingAddresses = Array.from({ length: 10 }, (_, i) => `9.9.${i}.8`);
const block = (i: number, last: number) => `ip4:${1 + ((i * 7) % 200)}.${i % 250}.${(i * 3) % 251}.${last}`;
const everywhere =
  (record: string): Says =>
  (_, type) =>
    type === 'TXT' ? [record] : [];
const root = (own: string, below: (name: string) => string): Says => {
  return (name, type) => (type === 'TXT' ? [name === domain || name === mailFrom ? own : below(name)] : []);
};
const forty = (own: string) => list(40, (i) => `include:i${i}.${own}`);

/** `cut`: there is more than is read. */
const zones: [string, Says, ('cut' | 'whole')?][] = [
  ['60 KB behind each include', everywhere(`v=spf1 include:a.%{d} ${list(3750, (i) => block(i, 9))}`), 'cut'],
  ['4.9 KB behind each include', everywhere(`v=spf1 include:a.%{d} ${list(300, (i) => block(i, 9))}`), 'cut'],
  [
    'forty includes side by side',
    root(`v=spf1 ${forty(domain)} -all`, (name) => `v=spf1 ${list(3750, (i) => block(i, name.length))}`),
    'cut',
  ],
  ['thousands of includes', everywhere(`v=spf1 ${list(4285, () => 'include:a.%{d}')}`), 'cut'],
  [
    'addresses by turns allowed and not',
    everywhere(`v=spf1 include:a.%{d} ${list(3000, (i) => (i % 2 ? '-' : '+') + block(i, 9))}`),
  ],
  [
    'networks by turns allowed and not, unread blocks between',
    everywhere(
      `v=spf1 include:a.%{d} ${list(2000, (i) => `${i % 2 ? '?' : ''}${block(i, 9)}/${i % 3 ? 32 : 8}`)}`,
    ),
  ],
  [
    'what is left of everything, in hundreds of blocks',
    root(
      `v=spf1 ${forty(domain)} -all`,
      (name) => `v=spf1 ${list(12, (i) => `-ip6:2001:db8:${i}:${name.length}::1`)} ip6:2001:db8::/32`,
    ),
  ],
  [
    'macros in the thousands',
    everywhere(`v=spf1 include:%{d}${'%{d1-}'.repeat(150)}.a.%{d} ${'a '.repeat(29_000)}`),
  ],
  ['a term of 60 KB of macros', everywhere(`v=spf1 a:${'%{l}%{i}'.repeat(7000)}.example exists:%{i}.%{d}`)],
  ['an explanation of macros', everywhere(`v=spf1 exp=e.%{d} -all ${'%{l}'.repeat(10_000)}`)],
  [
    '60 KB that is nearly SPF',
    root(`v=spf1 ${forty(domain)}`, () => `v=spf1; ${list(3750, (i) => block(i, 9))}`),
  ],
  ['nothing that can be read', everywhere(`v=spf1 include:a.%{d} ${'x! '.repeat(20_000)}`)],
];

test.each(zones)('%s: it is soon over, and nobody passes', async (_, says, reading) => {
  const resolver = resolverOf(says);
  const submission = { ...(await mailOf(domain, mailFrom)), sendingAddresses };
  const { user, system } = process.cpuUsage();
  const { spf } = await gather(
    ['spf'],
    submission,
    { resolver, browser: noBrowser, clock, policy, clients },
    patient,
  );
  const used = process.cpuUsage({ user, system });
  if (!spf?.known) throw new Error('not known');
  const { author, mailFrom: envelope, addresses } = spf.value;
  for (const tree of [author, envelope]) {
    expect(tree?.everyone).toBeNull();
    // What was not read is told, and is what may pass: nothing is known to be refused for it.
    if (reading === 'cut') expect(tree?.unread[0]?.state).toBe('cut');
    if (reading === 'cut') expect(tree?.reach.maybe).toEqual(all);
  }
  const results = addresses.map(({ judgement }) => judgement.result);
  expect(results).toHaveLength(10);
  expect(results.every((result) => /^(?:temp|perm)error$/.test(result))).toBe(true);
  expect((used.user + used.system) / 1000).toBeLessThan(1500);
});

test('one audit asks a bounded number of questions, and nothing passes for it', async () => {
  const asking: Says = (name, type) => {
    if (type === 'TXT' && (name === domain || name === mailFrom)) {
      return [`v=spf1 ${list(10, (i) => `mx:%{ir}.${i}.%{d}`)} ${list(30, (i) => `mx:x${i}.a.test`)} -all`];
    }
    if (type === 'MX') return Array.from({ length: 10 }, (_, i) => `${i} h${i}.${name}`);
    if (type === 'PTR') return Array.from({ length: 10 }, (_, i) => `p${i}.${name}`);
    if (type === 'A') return ['198.51.100.1'];
    return type === 'AAAA' ? ['2001:db8::1'] : [];
  };
  const resolver = resolverOf(asking);
  const dkimSelectors = Array.from({ length: 10 }, (_, i) => `s${i}`);
  const read = readSender({ domain, mailFrom, dkimSelectors, sendingAddresses }, 'org');
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  const parts = { browser: noBrowser, clock, policy, clients, providers, plan: planSteps, resolver };
  const { verdict } = await createPreflight(rules, ruleSet, parts).auditSender(read.sender, {
    signal: patient.signal,
  });
  expect(resolver.asked.size).toBeLessThanOrEqual(questionsAsked);
  expect(Math.max(...resolver.asked.values())).toBe(1);
  expect(verdict.decision).not.toBe('clear');
  const judged = new Map(verdict.findings.map(({ rule, outcome }) => [rule, outcome]));
  for (const id of ['spf-sending-address', 'spf-lookup-limit']) {
    expect(rules.authentication.map((rule) => rule.id)).toContain(id);
    expect(judged.get(id)).toMatch(/fail|unknown|not-applicable/);
  }
});

test('what was not asked is no answer, and what was is told again', async () => {
  const resolver = resolverOf(() => ['198.51.100.1']);
  const deadlines = { dns: patient.signal, network: patient.signal };
  const { ask } = createAsking({ resolver, clock }, deadlines);
  for (let i = 0; i < questionsAsked; i += 1) await ask.dns(`n${i}.example`, 'A');
  const refused = { status: 'timeout', records: [], detail: 'too many questions' };
  expect(await ask.dns('one-more.example', 'A')).toMatchObject(refused);
  expect(await ask.dns('n0.example', 'A')).toMatchObject({ status: 'answered' });
  expect(resolver.asked.size).toBe(questionsAsked);
});
