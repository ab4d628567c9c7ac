/** A rule that hangs on the route is judged by each of them, and told once. */
import { expect, test } from 'vitest';
import { clients } from '../rules/clients/index.ts';
import mailFromMx from '../rules/domain/mail-from-mx.ts';
import { policy } from '../rules/policy.ts';
import fromDomain from '../rules/sender/from-domain.ts';
import { groundOf } from '../src/clearance/ground.ts';
import { gatherAll } from '../src/facts/gather.ts';
import type { AuditRow, WaiverRow } from '../src/ports.ts';
import { areas, type Rule, type World } from '../src/rule.ts';
import { decide, type Finding, judge, type Rules } from '../src/verdict.ts';
import type { ZoneResolver } from './facts/dns-world.ts';
import { clock, factsByRoute, noBrowser, now, resolverOf, soundZone, submissionOf } from './world.ts';

const none = Object.fromEntries(areas.map((area) => [area, []])) as unknown as Rules;

async function findingOf(rule: Rule, world: World) {
  const facts = await factsByRoute(rule, world, noBrowser);
  const rules: Rules = { ...none, domain: [rule] };
  const { findings } = judge({
    ...facts,
    rules,
    policy,
    clients,
    now,
    partial: false,
    simulated: true,
  });
  return findings[0];
}

const reserve = (mx: unknown) => ({ 'reserv.example.se': { TXT: ['v=spf1 ip4:192.0.2.9 -all'], MX: mx } });
const routes = [
  { transport: 'own', mailFrom: 'mejl.example.se' },
  { transport: 'authsmtp', mailFrom: 'reserv.example.se' },
];

test.each<[string, unknown, object]>([
  ['both are sound', ['10 in.example.se'], { outcome: 'pass', gates: false }],
  ['the reserve has no MX', undefined, { outcome: 'fail', routes: ['authsmtp'], gates: true }],
  ['of the reserve nothing is known', 'SERVFAIL', { outcome: 'unknown', routes: ['authsmtp'], gates: true }],
])('by two routes: %s', async (_, mx, expected) => {
  const zone = reserve(mx);
  if (mx === undefined) delete (zone['reserv.example.se'] as { MX?: unknown }).MX;
  const found = await findingOf(mailFromMx, { zone, routes });
  expect(found).toMatchObject(expected);
  const problems = found?.problems.map((one) => one.routes) ?? [];
  expect(problems).toEqual(found?.outcome === 'fail' ? problems.map(() => ['authsmtp']) : []);
});

test('what is wrong by both is told of both, and a fact that no route changes is gathered once', async () => {
  const same = routes.map(({ transport }) => ({ transport, mailFrom: 'reserv.example.se' }));
  const zone = { ...reserve([]), 'reserv.example.se': { TXT: ['v=spf1 -all'] } };
  const found = await findingOf(mailFromMx, { zone, routes: same });
  expect(found?.outcome).toBe('fail');
  expect(found).not.toHaveProperty('routes');
  expect(found?.problems.every((one) => one.routes === undefined)).toBe(true);
  const author = await factsByRoute(fromDomain, { zone, routes }, noBrowser);
  expect(author.routes?.others.map(({ facts }) => Object.keys(facts))).toEqual([[]]);
});

test('an exception for one route’s failure hides no unknown of another', async () => {
  const zone = { ...reserve('SERVFAIL'), 'mejl.example.se': { TXT: ['v=spf1 include:amazonses.com ~all'] } };
  const found = await findingOf(mailFromMx, { zone, routes });
  if (!found) throw new Error('nothing was found');
  expect(found).toMatchObject({ outcome: 'fail', routes: ['own'], unansweredBy: ['authsmtp'], gates: true });
  const passed = { gates: false, waived: false, outcome: 'pass', severity: 'major' } as const;
  expect(decide([found, passed], policy)).toBe('blocked');
  expect(decide([{ ...found, waived: true }, passed], policy)).toBe('undecided');
  const { unansweredBy: _, ...answered } = found;
  expect(decide([{ ...answered, waived: true }, passed], policy)).toBe('clear');

  const earns = (finding: Finding) => {
    const findings = [
      { ...finding, severity: 'major' },
      { ...finding, ...passed, rule: 'another' },
    ];
    const verdict = { decision: 'blocked', partial: false, simulated: false, ruleSet: 'rules', findings };
    const at = now.toISOString();
    const row = {
      state: 'done',
      verdict: JSON.stringify(verdict),
      request: '{}',
      digest: 'd',
      startedAt: at,
    };
    const waiver = { rule: finding.rule, digest: 'd', revokedAt: null, endsAt: '2099-01-01T00:00:00.000Z' };
    const ground = groundOf(row as AuditRow, [waiver as WaiverRow], { ruleSet: 'rules', policy, now });
    return ground.ok ? 'clearance' : ground.code;
  };
  expect(earns(found)).toBe('undecided');
  expect(earns(answered)).toBe('clearance');
});

test('no question is asked twice, however many routes ask it, and every answer is kept', async () => {
  const resolver = (await resolverOf({ ...soundZone, ...reserve(['10 in.example.se']) })) as ZoneResolver;
  try {
    const world = { resolver, browser: noBrowser, clock, policy, clients };
    const { observations } = await gatherAll(
      ['author', 'spf', 'dkim', 'dmarc', 'mailFrom'],
      await submissionOf({ routes }),
      world,
      {
        leaveOut: { dns: false, previews: true },
        signal: new AbortController().signal,
        onProgress: () => {},
      },
    );
    expect([...resolver.asked.values()].filter((count) => count > 1)).toEqual([]);
    const kept = observations.answers.map(({ name, type }) => `${name} ${type}`);
    expect(kept.sort()).toEqual([...resolver.asked.keys()].sort());
    expect(kept.length).toBeGreaterThan(10);
  } finally {
    await resolver.close();
  }
});
