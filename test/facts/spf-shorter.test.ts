/** A record over the limits, and the zone that is offered in its place: gathered and judged like any other. */
import { describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { createZoneResolver, parseZone } from '../../src/adapters/resolver/zone.ts';
import { checkHost } from '../../src/facts/spf/check-host.ts';
import type { SpfTree } from '../../src/facts/spf.ts';
import type { Rule, World } from '../../src/rule.ts';
import { judge } from '../../src/verdict.ts';
import { clock, factsFor, noBrowser, now } from '../world.ts';

const domain = 'mejl.example.se';
const ofSpf = rules.authentication.filter(({ needs }) => needs.includes('spf') && !needs.includes('message'));
const onSpf: Rule = {
  ...(ofSpf[0] as Rule),
  needs: ['spf', 'mailFrom', 'author', 'mailServers', 'zone'],
};

/** MX records are another's matter here; all that speaks of SPF is judged. */
async function auditOf(zone: Record<string, unknown>) {
  const world: World = { zone: { 'in.example.se': { A: ['192.0.2.25'] }, ...zone } };
  const facts = await factsFor(onSpf, world, noBrowser);
  if (!facts.spf?.known || !facts.spf.value.mailFrom) throw new Error('not known');
  const only = Object.fromEntries(Object.keys(rules).map((area) => [area, []])) as unknown as typeof rules;
  const { findings } = judge({
    facts,
    rules: { ...only, authentication: ofSpf.filter(({ id }) => /spf/.test(id)) },
    policy,
    clients,
    now,
    partial: false,
    simulated: true,
  });
  return {
    tree: facts.spf.value.mailFrom as SpfTree,
    failed: findings
      .filter(({ outcome }) => outcome === 'fail' || outcome === 'unknown')
      .map(({ rule }) => rule),
  };
}

const includes = (count: number, label: string) =>
  Array.from({ length: count }, (_, i) => `include:${label}${i}.example`).join(' ');
const zoneOf = (count: number, label: string, text: (i: number) => string) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${label}${i}.example`, { TXT: [text(i)] }]));
const at = (record: string, more: Record<string, unknown> = {}) => ({
  [domain]: { TXT: [record], MX: ['10 in.example.se'] },
  ...more,
});

const singles = zoneOf(12, 'i', (i) => `v=spf1 ip4:198.51.100.${2 * i} ip6:2001:db8:${i + 1}::/48 -all`);
const nested = {
  'big.example': { TXT: [`v=spf1 ${includes(6, 'b')} -all`] },
  ...zoneOf(6, 'b', (i) => `v=spf1 ${[1, 3, 5].map((j) => `ip4:203.0.${i}.${j}`).join(' ')} ~all`),
};

const cases: [string, Record<string, unknown>][] = [
  ['twelve includes', at(`v=spf1 ${includes(12, 'i')} -all`, singles)],
  [
    'an include that needs seven',
    at(`v=spf1 mx include:big.example ${includes(8, 'i')} ~all`, { ...singles, ...nested }),
  ],
  ['the same twice', at(`v=spf1 ${includes(7, 'i')} ${includes(7, 'i')} -all`, singles)],
  [
    'three names that are gone',
    at('v=spf1 a:g.invalid a:h.invalid mx:k.invalid include:i0.example -all', singles),
  ],
  [
    'includes that let nobody in',
    at(
      `v=spf1 ${includes(12, 'n')} ip4:192.0.2.1 -all`,
      zoneOf(12, 'n', () => 'v=spf1 -all'),
    ),
  ],
  [
    'a refusal on the way, with what does nothing',
    at(`v=spf1 -ip4:198.51.100.0 ${includes(7, 'i')} ${includes(7, 'i')} -all`, singles),
  ],
  [
    'a redirect',
    at('v=spf1 redirect=r.example', {
      'r.example': { TXT: [`v=spf1 ${includes(11, 'i')} ~all`] },
      ...singles,
    }),
  ],
  [
    'a redirect to a redirect',
    at('v=spf1 redirect=r.example', {
      'r.example': { TXT: ['v=spf1 redirect=s.example'] },
      's.example': { TXT: [`v=spf1 ${includes(11, 'i')} -all`] },
      ...singles,
    }),
  ],
  ['own blocks beside', at(`v=spf1 ip4:198.51.100.0/24 ${includes(11, 'i')} -all`, singles)],
  [
    'more than one answer holds',
    at(`v=spf1 include:wide.example ${includes(8, 'i')} -all`, {
      ...singles,
      'wide.example': { TXT: [`v=spf1 ${includes(4, 'w')} -all`] },
      ...zoneOf(
        4,
        'w',
        (i) => `v=spf1 ${[1, 3, 5, 7, 9, 11, 13].map((j) => `ip4:100.${i}.64.${j}`).join(' ')} -all`,
      ),
    }),
  ],
];

describe('the record that is offered', () => {
  test.each(cases)('%s: our own audit finds nothing, and the same servers pass', async (_, zone) => {
    const before = await auditOf(zone);
    expect(before.failed.length).toBeGreaterThan(0);
    const { shorter } = before.tree;
    if (!shorter) throw new Error('nothing is offered');
    const offered = Object.fromEntries(shorter.records.map(({ name, text }) => [name, { TXT: [text] }]));
    const next = { ...zone, ...offered, [domain]: { ...(zone[domain] as object), ...offered[domain] } };
    const after = await auditOf(next);
    expect(after.failed).toEqual([]);
    expect(after.tree.lookups).toBe(shorter.lookups);
    expect(after.tree.lookups).toBeLessThanOrEqual(policy.spf.lookups);
    expect(after.tree.all).toBe(before.tree.all);
    expect(after.tree.reach).toEqual(before.tree.reach);
    expect(after.tree.reach.sure.length).toBeGreaterThan(0);

    // Not by the sets alone: receivers, at the edges of each block.
    const parsed = parseZone({ 'in.example.se': { A: ['192.0.2.25'] }, ...next });
    if (!parsed.ok) throw new Error(parsed.message);
    const resolver = await createZoneResolver(parsed.zone, clock);
    const signal = new AbortController().signal;
    const passes = async (ip: string) =>
      (
        await checkHost({ ip, sender: `a@${domain}`, helo: domain }, (name, type) =>
          resolver.ask({ name, type }, signal),
        )
      ).result;
    const edges = after.tree.reach.sure.filter(([from]) => from >= 1n << 128n).slice(0, 8);
    for (const [from, to] of edges) {
      expect(await passes(ip4(from)), ip4(from)).toBe('pass');
      expect(await passes(ip4(to - 1n)), ip4(to - 1n)).toBe('pass');
      expect(await passes(ip4(to)), ip4(to)).toMatch(/fail/);
    }
    await resolver.close();
  });

  test.each<[string, Record<string, unknown>]>([
    [
      'a macro',
      at(`v=spf1 ${Array.from({ length: 11 }, (_, i) => `exists:%{i}.x${i}.example`).join(' ')} -all`),
    ],
    [
      'a name that does not answer',
      at(`v=spf1 include:dark.example ${includes(11, 'i')} -all`, { ...singles, 'dark.example': 'SERVFAIL' }),
    ],
    ['an order that decides', at(`v=spf1 -include:i0.example ${includes(11, 'i')} -all`, singles)],
    [
      'more blocks than fit',
      at(
        `v=spf1 ${includes(40, 'm')} -all`,
        zoneOf(
          40,
          'm',
          (i) =>
            `v=spf1 ${[1, 3, 5, 7, 9, 11, 13, 15].map((j) => `ip4:9${i}.7.5.${j}`.replace('ip4:9', 'ip4:1')).join(' ')} -all`,
        ),
      ),
    ],
  ])('none where it cannot be known to mean the same: %s', async (_, zone) => {
    const { tree, failed } = await auditOf(zone);
    expect(tree.shorter).toBeNull();
    expect(failed).toContain('spf-lookup-limit');
  });

  test('as few services as need be are written out, and those that do nothing go first', async () => {
    const zone = at(`v=spf1 include:big.example ${includes(4, 'i')} ${includes(4, 'i')} -all`, {
      ...singles,
      ...nested,
    });
    const { shorter } = (await auditOf(zone)).tree;
    expect(shorter?.dropped).toHaveLength(4);
    expect(shorter?.flattened).toEqual(['include:big.example']);
    const enough = at(`v=spf1 ${includes(7, 'i')} ${includes(7, 'i')} -all`, singles);
    expect((await auditOf(enough)).tree.shorter?.flattened).toEqual([]);
  });

  test('of services that cost the same, Amazon SES stays an include: the other checks ask for it', async () => {
    const zone = at(`v=spf1 include:amazonses.com ${includes(11, 'i')} -all`, {
      ...singles,
      'amazonses.com': { TXT: ['v=spf1 ip4:199.255.192.0/22 -all'] },
    });
    const { shorter } = (await auditOf(zone)).tree;
    expect(shorter?.flattened).not.toContain('include:amazonses.com');
    expect(shorter?.flattened.length).toBeGreaterThan(0);
  });
});

function ip4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
}
