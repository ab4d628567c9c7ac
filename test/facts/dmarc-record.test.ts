/** One record for a name: what all findings about a DMARC record offer, and what is found when it is published. */
import { describe, expect, test } from 'vitest';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { dmarcStep } from '../../rules/repairs/dmarc-steps.ts';
import type { DmarcPassingFact } from '../../src/facts/dmarc/passing.ts';
import type { DmarcFact, DmarcPolicy } from '../../src/facts/dmarc.ts';
import { areas, type Rule, type World } from '../../src/rule.ts';
import { judge, type Rules } from '../../src/verdict.ts';
import { factsByRoute, noBrowser, now, soundZone } from '../world.ts';

const none = Object.fromEntries(areas.map((area) => [area, []])) as unknown as Rules;
const about = rules.authentication.filter(({ id }) => /^dmarc-|^bimi-policy$/.test(id));
const [anyRule] = about;
if (!anyRule) throw new Error('there are no rules about DMARC');
const asking: Rule = { ...anyRule, needs: [...new Set(about.flatMap(({ needs }) => needs))] };

interface Judged {
  /** Every problem, as `rule key`, with the routes that have it where not all do. */
  found: string[];
  /** What is offered in place of a record that stands, by its name. */
  offered: Map<string, Set<string>>;
  /** Of those problems that offered it. */
  mends: string[];
  /** What the words of those know. */
  told: object[];
  fact: DmarcFact;
  passing: DmarcPassingFact;
}

async function judged(world: World): Promise<Judged> {
  const facts = await factsByRoute(asking, world, noBrowser);
  const { findings } = judge({
    ...facts,
    rules: { ...none, authentication: about },
    policy,
    clients,
    now,
    partial: false,
    simulated: true,
  });
  const offered = new Map<string, Set<string>>();
  const mends: string[] = [];
  const told: object[] = [];
  const found = findings.flatMap(({ rule, problems }) => problems.map((one) => ({ rule, ...one })));
  const nameOf = ({ rule, key, routes = [] }: (typeof found)[number]) => [rule, key, ...routes].join(' ');
  for (const one of found) {
    const { change } = one;
    if (change?.kind !== 'dns' || change.type !== 'TXT' || !change.old || change.new === null) continue;
    mends.push(nameOf(one));
    told.push(one.data);
    offered.set(change.name, (offered.get(change.name) ?? new Set()).add(change.new));
  }
  const { dmarc, dmarcPassing: passing } = facts.facts;
  if (!dmarc?.known || !passing?.known) throw new Error('nothing is known of DMARC');
  return { found: found.map(nameOf), offered, mends, told, fact: dmarc.value, passing: passing.value };
}

const strengths: Record<DmarcPolicy, number> = { none: 0, quarantine: 1, reject: 2 };
const strength = (one: DmarcPolicy | null | undefined) => (one ? strengths[one] : -1);
function powers({ applied, older }: DmarcFact) {
  return {
    newer: typeof applied === 'string' ? -1 : strength(applied.effective),
    older: typeof older === 'string' ? -1 : strength(older.policy),
    p: typeof applied === 'string' ? null : applied.record.p,
  };
}

/** They wait for reports: nobody should publish what mends them at once. */
const waits =
  /^(?:dmarc-strength none|dmarc-subdomains weaker|dmarc-testing testing|bimi-policy lenient|dmarc-older-receivers (?:testing|share|policy)|dmarc-retired-tags retired)$/;

const rua = 'rua=mailto:dmarc@example.se';
const d = (text: string, at = 'example.se') => ({ [`_dmarc.${at}`]: { TXT: [text] } });
const bimi = { 'default._bimi.example.se': { TXT: ['v=BIMI1; l=https://example.se/logo.svg'] } };
const route = (transport: string, mailFrom: string) => ({
  transport,
  mailFrom,
  dkim: [{ d: 'example.se', s: 's1' }],
});
const n = { from: 'a@n.example.se', dkimSelectors: ['s1._domainkey.example.se'] };

/** A record, the one that everybody is to offer (null: none), and what else the world has. */
const table: [string, string | null, World?][] = [
  ['p=none; pct=100; aspf=s', `p=none; ${rua}`],
  ['p=reject; ri=3600; rf=afrf', `p=reject; ${rua}`],
  [
    `${'rua=mailto:a@example.se'}; p=reject; rf=afrf; x=1; fo=1`,
    'p=reject; rua=mailto:a@example.se; x=1; fo=1',
  ],
  ['p=none; t=y; pct=20', `p=none; ${rua}`],
  // What lessens a policy waits for the reports, as the policy itself does.
  ['p=reject; t=y; ri=1', `p=reject; t=y; ${rua}`],
  ['p=quarantine; pct=0', `p=quarantine; pct=0; ${rua}`],
  [`p=quarantine; pct=20; ri=86400; ${rua}`, `p=quarantine; pct=20; ${rua}`],
  [`p=quarantine; pct=20; ${rua}`, `p=quarantine; ${rua}`],
  [`p=reject; pct=20; t=y; sp=none; ${rua}`, `p=reject; sp=quarantine; ${rua}`],
  [`p=reject; pct=20; t=y; sp=none; ${rua}`, `p=reject; sp=quarantine; ${rua}`, { zone: bimi }],
  [`p=none; sp=none; ${rua}`, `p=quarantine; ${rua}`, { zone: bimi }],
  [`p=none; ri=1; sp=none; ${rua}`, `p=none; sp=none; ${rua}`, { zone: bimi }],
  ['p=none; sp=reject; t=y', `p=none; sp=reject; t=y; ${rua}`, n],
  [`p=none; sp=reject; t=y; ${rua}`, `p=none; sp=reject; ${rua}`, { ...n, zone: bimi }],
  ['sp=none; p=reject', `p=reject; sp=none; ${rua}`],
  ['p=reject; aspf=s; psd=y; t=n; pct=100', `p=reject; t=n; ${rua}`],
  [
    'p=reject; aspf=strict; adkim=strict',
    `p=reject; adkim=s; ${rua}`,
    { dkimSelectors: null, routes: [route('ses', 'mejl.example.se'), route('authsmtp', 'r.example.se')] },
  ],
  // A selector alone does not say for which domain it signs.
  ['p=reject; aspf=strict; adkim=strict', `p=reject; ${rua}`],
  ['p=reject; aspf=strict', `p=reject; aspf=s; ${rua}`, { mailFrom: 'example.se' }],
  ['p=reject; adkim=strict; ri=1', `p=reject; ${rua}`, n],
  // What does not count today, and would lessen what does, is not brought to life.
  ['p=reject; T=yes', `p=reject; ${rua}`],
  ['p=reject; t=yes', `p=reject; ${rua}`],
  ['p=reject; SP=none', `p=reject; ${rua}`],
  [
    'p=none; SP=reject; NP=reject',
    `p=none; SP=reject; NP=reject; ${rua}`.replace(/SP|NP/g, (x) => x.toLowerCase()),
  ],
  ['p=none; p=reject; ri=1', `p=none; ${rua}`],
  ['p=rejekt; ri=1', `p=none; ${rua}`, { zone: {} }],
  [`p=rejekt; ri=1; ${rua}`, `p=none; ${rua}`],
  [`p=reject; sp=foo; pct=100; ${rua}`, `p=reject; sp=none; ${rua}`],
  ['p=none; rua=dmarc@example.se; ri=1', 'p=none; rua=mailto:dmarc@example.se'],
  ['sp=reject', `p=none; sp=reject; ${rua}`],
  ['p=quarantine; pct=20; pct=0; x=1; x=1', `p=quarantine; pct=20; x=1; ${rua}`],
  // A retired tag that never counted is not brought to life, whatever it says.
  ['p=reject; rua=mailto:a@example.se pct=0', 'p=reject; rua=mailto:a@example.se'],
  ['p=reject; fo=1 pct=0; ri=5', `p=reject; fo=1; ${rua}`],
  ['p=reject; ri=86400 pct=1', `p=reject; ${rua}`],
  // Nobody can tell what it was to say.
  ['p=none; quarantine; ri=1', null],
  [
    'p=none; aspf=s; ri=1',
    `p=none; ${rua}`,
    {
      dkimSelectors: null,
      routes: [route('ses', 'mejl.example.se'), route('authsmtp', 'bounce.service.example')],
    },
  ],
  [
    'p=none; aspf=s; ri=1',
    `p=none; ${rua}`,
    {
      dkimSelectors: null,
      routes: [route('ses', 'bounce.service.example'), route('authsmtp', 'mejl.example.se')],
    },
  ],
];

describe('one record for a name', () => {
  test.each(table)('%s', async (text, wanted, world = {}) => {
    const old = `v=DMARC1; ${text}`;
    const at = (one: string): World => ({ ...world, zone: { ...world.zone, ...d(one) } });
    const first = await judged(at(old));
    const all = [...(first.offered.get('_dmarc.example.se') ?? [])];
    expect(all).toEqual(wanted === null ? [] : [`v=DMARC1; ${wanted}`]);
    expect(first.found.length).toBeGreaterThan(0);
    const planned = (wanted: DmarcPolicy) =>
      dmarcStep({ dmarc: first.fact, dmarcPassing: first.passing }, wanted);
    // The plan says no other for the same step.
    const begun = planned('none').records.map((one) => one.new);
    if (begun.length > 0) expect(begun).toEqual(all);
    const isNext = first.mends.includes('dmarc-strength none');
    if (isNext) expect(planned('quarantine').records.map((one) => one.new)).toEqual(all);
    const [next] = all;
    if (next === undefined) return;

    const second = await judged(at(next));
    const left = second.found.filter((one) => first.mends.includes(one));
    expect(left.filter((one) => !waits.test(one))).toEqual([]);
    // Nothing comes of it that was not there, but what waits too.
    const fresh = second.found.filter((one) => !first.found.includes(one));
    expect(fresh.filter((one) => !waits.test(one))).toEqual([]);
    const [was, is] = [powers(first.fact), powers(second.fact)];
    expect(is.newer).toBeGreaterThanOrEqual(was.newer);
    expect(is.older).toBeGreaterThanOrEqual(was.older);
    // Binding by itself it never becomes: only where what waits is all that is left.
    if (was.p === 'none' && is.p !== 'none') {
      expect(first.found.filter((one) => !waits.test(one))).toEqual([]);
    }
  });

  test.each(table)('published again and again, it comes to an end: %s', async (text, _, world = {}) => {
    let here = `v=DMARC1; ${text}`;
    for (let round = 0; round < 5; round += 1) {
      const { offered } = await judged({ ...world, zone: { ...world.zone, ...d(here) } });
      const [next] = offered.get('_dmarc.example.se') ?? [];
      if (next === undefined) return;
      expect(next).not.toBe(here);
      here = next;
    }
    expect.fail(`no end of it: ${here}`);
  });
});

test('a misspelt record is mended whole', async () => {
  const zone = d('v=dmarc1; p=none; ri=5; pct=100; aspf=s');
  const { offered, mends } = await judged({ zone });
  expect(mends).toEqual(['dmarc-policy misspelt']);
  expect([...(offered.get('_dmarc.example.se') ?? [])]).toEqual([`v=DMARC1; p=none; ${rua}`]);
});

test('a psd tag whose loss would bring another policy into force stays', async () => {
  const from = 'a@x.n.example.se';
  const key = soundZone['s1._domainkey.example.se'];
  const zone = {
    ...d('v=DMARC1; p=reject; psd=n; ri=1', 'n.example.se'),
    ...d(`v=DMARC1; p=none; ${rua}`),
    's1._domainkey.x.n.example.se': key,
  };
  const { offered, found } = await judged({ from, zone, dkimSelectors: ['s1._domainkey.x.n.example.se'] });
  expect(found).toContain('dmarc-redundancy parted');
  expect([...(offered.get('_dmarc.n.example.se') ?? [])]).toEqual([
    'v=DMARC1; p=reject; psd=n; rua=mailto:dmarc@n.example.se',
  ]);
  const between = { ...zone, ...d('v=DMARC1; p=reject; psd=y; ri=1', 'n.example.se') };
  const other = await judged({ from, zone: between, dkimSelectors: ['s1._domainkey.x.n.example.se'] });
  expect(other.offered.get('_dmarc.n.example.se')).toBeUndefined();
});

test.each<[string, string, World?]>([
  ['P=reject; rua=mailto:a@example.se', 'p=reject'],
  ['p=reject; sp=foo; rua=mailto:a@example.se', 'p=reject'],
  ['p=none; SP=quarantine', 'sp=quarantine'],
  ['P=rejekt; rua=mailto:a@example.se', ''],
  ['p=reject; x=1; x=1', ''],
])('a policy that begins to count is told: %s', async (text, wakes) => {
  const { told } = await judged({ zone: d(`v=DMARC1; ${text}`) });
  expect(told.length).toBeGreaterThan(0);
  for (const data of told) expect(data).toMatchObject({ wakes });
});

describe('a policy that has not counted yet', () => {
  const unsigned = { 's1._domainkey.example.se': { TXT: ['v=DKIM1; p='] } };
  const unknown: World = { mailFrom: 'bounce.service.example', dkimSelectors: null };
  const barred: World = { mailFrom: 'bounce.service.example', zone: unsigned };
  const passing = route('ses', 'mejl.example.se');
  const alien = {
    transport: 'authsmtp',
    mailFrom: 'bounce.service.example',
    dkim: [{ d: 'service.example', s: 'x' }],
  };
  const oneOfTwo: World = { dkimSelectors: null, routes: [passing, alien] };
  const lastOfTwo: World = { dkimSelectors: null, routes: [alien, passing] };
  const both: World = { dkimSelectors: null, routes: [passing, route('authsmtp', 'r.example.se')] };
  test.each<[string, string, World, string, string]>([
    ['nobody knows', 'v=dmarc1; p=reject', unknown, 'p=none', 'p=reject'],
    ['it cannot pass', 'v=dmarc1; p=reject', barred, 'p=none', 'p=reject'],
    ['by one route of two', 'v=dmarc1; p=reject', oneOfTwo, 'p=none', 'p=reject'],
    ['by the last route of two', 'v=dmarc1; p=reject', lastOfTwo, 'p=none', 'p=reject'],
    ['by both', 'v=dmarc1; p=reject', both, 'p=reject', ''],
    ['it passes', 'v=dmarc1; p=reject', {}, 'p=reject', ''],
    ['sp is no policy', 'v=DMARC1; p=reject; sp=non', unknown, 'p=none', 'p=reject'],
    ['in capitals', 'v=DMARC1; P=quarantine; t=y', barred, 'p=none', 'p=quarantine'],
    ['below p alone', 'v=DMARC1; p=none; SP=reject', unknown, 'p=none', 'sp=reject'],
    ['p counts, np does not', 'v=DMARC1; p=quarantine; NP=reject', unknown, 'p=quarantine', 'np=reject'],
    ['all of it counts', 'v=DMARC1; p=reject; aspf=foo', unknown, '', ''],
    ['it counts, what else is amiss', 'v=DMARC1; p=reject; ri=1', barred, 'p=reject', ''],
  ])('%s: %s', async (_, text, world, wanted, lowered) => {
    const at = (one: string): World => ({ ...world, zone: { ...world.zone, ...d(one) } });
    const { offered, told, fact, passing: known } = await judged(at(`${text}; rua=mailto:dmarc@example.se`));
    const all = [...(offered.get('_dmarc.example.se') ?? [])];
    expect(all).toEqual(wanted === '' ? [] : [`v=DMARC1; ${wanted}; ${rua}`]);
    for (const data of told) expect(data).toMatchObject({ lowered });
    const planned = dmarcStep({ dmarc: fact, dmarcPassing: known }, 'none');
    for (const { new: next } of planned.records) expect([next]).toEqual(all);
    if (planned.records.length > 0) expect(planned.data).toMatchObject({ lowered });
  });

  test('what a domain above asks for already is not lessened', async () => {
    const zone = { ...d('v=dmarc1; p=reject', 'n.example.se'), ...d(`v=DMARC1; p=reject; ${rua}`) };
    const { offered } = await judged({ ...n, ...unknown, zone });
    const next = ['v=DMARC1; p=reject; rua=mailto:dmarc@n.example.se'];
    expect([...(offered.get('_dmarc.n.example.se') ?? [])]).toEqual(next);
  });

  test.each<[string, World, boolean]>([
    ['by both routes', both, true],
    ['by the first alone', oneOfTwo, false],
    ['by the last alone', lastOfTwo, false],
    ['nobody knows', unknown, false],
  ])('a test ends with a record only where the mail passes: %s', async (_, world, isOffered) => {
    const { offered, found } = await judged({ ...world, zone: d(`v=DMARC1; p=reject; t=y; ${rua}`) });
    expect(found.join()).toContain('dmarc-testing testing');
    const all = [...(offered.get('_dmarc.example.se') ?? [])];
    expect(all).toEqual(isOffered ? [`v=DMARC1; p=reject; ${rua}`] : []);
  });
});

/** The same row of numbers every time (Park and Miller). */
function drawing(seed: number): <T>(list: readonly T[]) => T {
  let state = seed;
  return (list) => {
    state = (state * 48_271) % 2_147_483_647;
    return list[state % list.length] as (typeof list)[number];
  };
}

const pieces = [
  'p=none',
  'p=reject',
  'p=quarantine',
  'sp=none',
  'sp=reject',
  'np=none',
  't=y',
  't=yes',
  'T=y',
]
  .concat(['pct=0', 'pct=20', 'pct=100', 'ri=1', 'rf=afrf', 'aspf=s', 'aspf=strict', 'adkim=strict', 'psd=n'])
  .concat([
    'psd=y',
    'rua=mailto:a@example.se',
    'rua=a@example.se',
    'rua=',
    'fo=1',
    'x=1',
    'P=reject',
    'SP=none',
  ])
  .concat(['sp=foo', 'p=rejekt', 'NP=none', 'PCT=5', 'p="reject"', '']);

test('whatever comes together, everybody offers one record, and no policy gets weaker', async () => {
  const draw = drawing(20_261_123);
  const worlds: World[] = [{}, n, { zone: bimi }, { mailFrom: 'example.se' }, { mailFrom: null }];
  let republished = 0;
  for (let i = 0; i < 120; i += 1) {
    const version = draw(['v=DMARC1', 'v=DMARC1', 'v=dmarc1']);
    const old = [version, ...Array.from({ length: 4 }, () => draw(pieces))].join('; ');
    const world = draw(worlds);
    const at = (text: string): World => ({ ...world, zone: { ...world.zone, ...d(text) } });
    const first = await judged(at(old));
    const [next, ...others] = first.offered.get('_dmarc.example.se') ?? [];
    expect(others, old).toEqual([]);
    if (next === undefined) continue;
    republished += 1;
    const second = await judged(at(next));
    const left = second.found.filter((one) => first.mends.includes(one) && !waits.test(one));
    expect(left, old).toEqual([]);
    const [was, is] = [powers(first.fact), powers(second.fact)];
    expect(is.newer, old).toBeGreaterThanOrEqual(was.newer);
    expect(is.older, old).toBeGreaterThanOrEqual(was.older);
  }
  expect(republished).toBeGreaterThan(60);
});
