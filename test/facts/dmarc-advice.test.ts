/** What the DMARC rules say of alignment by each route, of older receivers, and which record they offer. */
import { describe, expect, test } from 'vitest';
import bimiPolicy from '../../rules/authentication/bimi-policy.ts';
import dmarcAggregateReports from '../../rules/authentication/dmarc-aggregate-reports.ts';
import dmarcAlignment from '../../rules/authentication/dmarc-alignment.ts';
import dmarcOlderAlignment from '../../rules/authentication/dmarc-older-alignment.ts';
import dmarcOlderReceivers from '../../rules/authentication/dmarc-older-receivers.ts';
import dmarcPlace from '../../rules/authentication/dmarc-place.ts';
import dmarcPolicy from '../../rules/authentication/dmarc-policy.ts';
import dmarcRedundancy from '../../rules/authentication/dmarc-redundancy.ts';
import dmarcReportAuthorisation from '../../rules/authentication/dmarc-report-authorisation.ts';
import dmarcRetiredTags from '../../rules/authentication/dmarc-retired-tags.ts';
import dmarcStrength from '../../rules/authentication/dmarc-strength.ts';
import dmarcSubdomains from '../../rules/authentication/dmarc-subdomains.ts';
import dmarcTags from '../../rules/authentication/dmarc-tags.ts';
import dmarcTesting from '../../rules/authentication/dmarc-testing.ts';
import { clients } from '../../rules/clients/index.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { parseDmarc } from '../../src/facts/dmarc/record.ts';
import { areas, type Rule, type World } from '../../src/rule.ts';
import { judge, type Rules } from '../../src/verdict.ts';
import { factsByRoute, noBrowser, now, soundZone } from '../world.ts';

async function findingOf(rule: Rule, world: World) {
  const none = Object.fromEntries(areas.map((area) => [area, []])) as unknown as Rules;
  const facts = await factsByRoute(rule, world, noBrowser);
  const only = { ...none, authentication: [rule] };
  const { findings } = judge({
    ...facts,
    rules: only,
    policy,
    clients,
    now,
    partial: false,
    simulated: true,
  });
  const [finding] = findings;
  if (!finding) throw new Error('nothing was judged');
  return finding;
}

async function said(rule: Rule, world: World): Promise<string> {
  const { outcome, problems, reason } = await findingOf(rule, world);
  const found = problems.map((one) => [one.key, ...(one.routes ?? [])].join(' '));
  return [outcome, reason, ...found].filter(Boolean).join(': ');
}

const record = (text: string, at = 'example.se') => ({ [`_dmarc.${at}`]: { TXT: [`v=DMARC1; ${text}`] } });
const own = { d: 'example.se', s: 's1' };
const ses = { transport: 'ses', mailFrom: 'mejl.example.se', dkim: [own] };
const reserve = (mailFrom: string, ...dkim: { d: string; s: string }[]) => ({
  transport: 'authsmtp',
  mailFrom,
  dkim,
});

describe('alignment on every route, by one or both', () => {
  const strict = record('p=reject; aspf=s; rua=mailto:a@example.se');
  const elsewhere = 'bounce.service.example';
  const foreign = { d: 'service.example', s: 'x' };
  test.each<[string, World, string, string]>([
    ['both on both', { routes: [ses, reserve('res.example.se', own)] }, 'pass', 'pass'],
    [
      'DKIM alone on the reserve',
      { routes: [ses, reserve(elsewhere, own)] },
      'pass',
      'fail: dkimAlone authsmtp',
    ],
    [
      'DKIM alone on both, by aspf=s',
      { routes: [ses, reserve('res.example.se', own)], zone: strict },
      'pass',
      'fail: dkimAlone ses: dkimAlone authsmtp',
    ],
    [
      'SPF alone on the reserve',
      { routes: [ses, reserve('res.example.se', foreign)] },
      'pass',
      'fail: spfAlone authsmtp',
    ],
    [
      'neither on the reserve',
      { routes: [ses, reserve(elsewhere, foreign)] },
      'fail: unaligned authsmtp',
      'unknown: needs-dkim',
    ],
    [
      'neither, though the foreign key cannot be looked up',
      { routes: [ses, reserve(elsewhere, foreign)], zone: { 'x._domainkey.service.example': 'SERVFAIL' } },
      'fail: unaligned authsmtp',
      'unknown: needs-dkim',
    ],
    [
      'nobody knows what the reserve signs with',
      { routes: [ses, reserve(elsewhere)] },
      'unknown: needs-dkim',
      'unknown: not-given',
    ],
    [
      'its provider tells',
      { routes: [ses, reserve(elsewhere)], identities: { authsmtp: { selectors: ['s1'] } } },
      'pass',
      'fail: dkimAlone authsmtp',
    ],
    [
      'adkim=s, and the reserve signs for a subdomain',
      { routes: [ses, reserve(elsewhere, { d: 'k.example.se', s: 'k' })], zone: record('p=reject; adkim=s') },
      'fail: unaligned authsmtp',
      'unknown: needs-dkim',
    ],
  ])('%s', async (_, world, alignment, redundancy) => {
    const sound = { 'res.example.se': { MX: ['10 in.example.se'], TXT: ['v=spf1 mx -all'] } };
    const one = { dkimSelectors: null, ...world, zone: { ...sound, ...world.zone } };
    expect(await said(dmarcAlignment, one)).toBe(alignment);
    expect(await said(dmarcRedundancy, one)).toBe(redundancy);
  });

  const newer = { TXT: ['v=DKIM1; k=ed25519; p=1DDcS2Y3BitJRAFwBzOzaizZ86LT2YWhHjvWcs/WVXc='] };
  const alone = { 's1._domainkey.example.se': newer };
  const beside = { dkimSelectors: ['s1', 's2'] };
  test.each<[string, World, string]>([
    ['SPF carries it as well', { zone: alone }, 'pass'],
    ['it alone', { mailFrom: elsewhere, zone: alone }, 'fail: ed25519'],
    ['aspf=s', { zone: { ...alone, ...strict } }, 'fail: ed25519'],
    ['nobody knows the MAIL FROM', { mailFrom: null, zone: alone }, 'unknown: not-given'],
    [
      'another key is silent, and may be by RSA',
      { ...beside, mailFrom: elsewhere, zone: { ...alone, 's2._domainkey.example.se': 'SERVFAIL' } },
      'unknown: unanswered',
    ],
    ['another key is not there', { ...beside, mailFrom: elsewhere, zone: alone }, 'fail: ed25519'],
    [
      'on the reserve alone',
      {
        dkimSelectors: null,
        routes: [ses, reserve(elsewhere, { d: 'example.se', s: 'e1' })],
        zone: { 'e1._domainkey.example.se': newer },
      },
      'fail: ed25519 authsmtp',
    ],
  ])('by Ed25519: %s', async (_, world, expected) => {
    expect(await said(dmarcAlignment, world)).toBe(expected);
    expect(await said(dmarcRedundancy, world)).not.toContain('dkimAlone');
  });

  test('the record without aspf=s is offered where it alone bars the other leg', async () => {
    const { problems } = await findingOf(dmarcAlignment, { zone: { ...alone, ...strict } });
    expect(problems).toMatchObject([{ change: { new: 'v=DMARC1; p=reject; rua=mailto:a@example.se' } }]);
  });

  test('where only aspf=s stands in the way, the record without it is offered', async () => {
    const { problems } = await findingOf(dmarcRedundancy, { zone: strict });
    expect(problems).toMatchObject([
      {
        key: 'dkimAlone',
        data: { barred: true, changed: 'aspf' },
        change: { new: 'v=DMARC1; p=reject; rua=mailto:a@example.se' },
      },
    ]);
    const outside = await findingOf(dmarcRedundancy, { mailFrom: elsewhere, zone: strict });
    expect(outside.problems[0]?.change).toBeUndefined();
  });

  test.each<[string, World, object[]]>([
    [
      'psd=n at the sending subdomain',
      { zone: record('p=none; psd=n', 'mejl.example.se') },
      [{ key: 'parted', change: { name: '_dmarc.mejl.example.se', new: 'v=DMARC1; p=none' } }],
    ],
    [
      'psd=y there',
      { zone: record('p=none; psd=y', 'mejl.example.se') },
      [{ key: 'parted', change: { name: '_dmarc.mejl.example.se', new: 'v=DMARC1; p=none' } }],
    ],
    [
      'psd=n at From',
      { from: 'a@n.example.se', dkimSelectors: ['n'], zone: record('p=reject; psd=n', 'n.example.se') },
      [
        {
          key: 'parted',
          change: {
            name: '_dmarc.n.example.se',
            new: 'v=DMARC1; p=reject; rua=mailto:dmarc@n.example.se',
          },
        },
      ],
    ],
    ['psd=n at the top, where it is right', { zone: record('p=reject; psd=n') }, []],
    [
      'another organisation',
      { mailFrom: elsewhere, zone: record('p=reject; psd=n') },
      [{ key: 'dkimAlone' }],
    ],
  ])('what parts the domains is to go: %s', async (_, world, wanted) => {
    const key = soundZone['s1._domainkey.example.se'];
    const zone = { 'n._domainkey.n.example.se': key, ...world.zone };
    const { problems } = await findingOf(dmarcRedundancy, { ...world, zone });
    expect(problems).toMatchObject(wanted);
    expect(problems).toHaveLength(wanted.length);
  });

  test('where SPF cannot be told, nothing is said to rest on DKIM', async () => {
    const world = { mailFrom: 'bounce.service.example', zone: { '_dmarc.example.se': 'SERVFAIL' } };
    expect(await said(dmarcRedundancy, world)).toBe('unknown: unanswered');
    const silent = { zone: { 's1._domainkey.example.se': 'SERVFAIL' } };
    expect(await said(dmarcRedundancy, silent)).toBe('unknown: unanswered');
  });
});

describe('receivers that follow RFC 7489', () => {
  const n = { from: 'a@n.example.se' };
  const gone = { '_dmarc.example.se': 'NXDOMAIN' };
  test.each<[string, World, string]>([
    ['the same', {}, 'pass'],
    ['np is not known there', { ...n, zone: record('p=none; np=reject') }, 'fail: policy'],
    ['np says what sp says', { ...n, zone: record('p=none; sp=reject; np=reject') }, 'pass'],
    [
      'np, and the name exists',
      { ...n, zone: { ...record('p=none; np=reject'), 'n.example.se': { A: ['192.0.2.1'] } } },
      'pass',
    ],
    [
      'a faulty np counts for the newer alone',
      { zone: record('p=reject; np=x; rua=mailto:d@example.se') },
      'fail: policy',
    ],
    [
      'psd=n between',
      {
        from: 'a@x.n.example.se',
        zone: { ...record('p=reject; psd=n', 'n.example.se'), ...record('p=none') },
      },
      'fail: policy',
    ],
    [
      'several at From',
      { ...n, zone: { '_dmarc.n.example.se': { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=none'] } } },
      'fail: several',
    ],
    ['pct', { zone: record('p=reject; pct=20') }, 'fail: share'],
    ['pct with none', { zone: record('p=none; pct=20') }, 'pass'],
    ['pct that is no number', { zone: record('p=reject; pct=half') }, 'pass'],
    ['t=y', { zone: record('p=reject; t=y') }, 'fail: testing'],
    ['t=y with none', { zone: record('p=none; t=y') }, 'pass'],
    ['p further back', { zone: record('rua=mailto:d@example.se; p=reject') }, 'fail: order'],
    ['p missing', { zone: record('rua=mailto:d@example.se') }, 'pass'],
    [
      'no record at the registered domain',
      { ...n, zone: { ...gone, ...record('p=reject', 'n.example.se') } },
      'pass',
    ],
    [
      'a record between, which they do not see: another check says so',
      {
        from: 'a@x.n.example.se',
        mailFrom: 'n.example.se',
        zone: { ...gone, ...record('p=reject', 'n.example.se') },
      },
      'pass',
    ],
    ['no record', { zone: gone }, 'not-applicable: no-record'],
    ['silent at From', { ...n, zone: { '_dmarc.n.example.se': 'SERVFAIL' } }, 'unknown: unanswered'],
    ['silent at the top, which they do not ask', { zone: { '_dmarc.se': 'SERVFAIL' } }, 'pass'],
  ])('%s', async (_, world, expected) => {
    expect(await said(dmarcOlderReceivers, world)).toBe(expected);
  });

  const several = { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=none'] };
  test.each<[string, World, string]>([
    ['the same', {}, 'pass'],
    [
      'no record at the registered domain',
      { ...n, zone: { ...gone, ...record('p=reject', 'n.example.se') } },
      'fail: olderAlone',
    ],
    [
      'several there',
      { ...n, zone: { '_dmarc.example.se': several, ...record('p=reject', 'n.example.se') } },
      'fail: olderAlone',
    ],
    [
      'psd=n at the sending subdomain',
      { zone: record('p=reject; psd=n', 'mejl.example.se') },
      'fail: olderAlone',
    ],
    ['psd=n at From', { ...n, zone: record('p=reject; psd=n', 'n.example.se') }, 'fail: olderAlone'],
    ['aspf=s for both', { zone: record('p=reject; aspf=s') }, 'pass'],
    [
      'a key that is not there signs nothing',
      {
        ...n,
        mailFrom: 'n.example.se',
        dkimSelectors: ['gone'],
        zone: record('p=reject; psd=n', 'n.example.se'),
      },
      'pass',
    ],
    [
      'customers of one host that has a record',
      {
        from: 'a@one.github.io',
        mailFrom: 'm.two.github.io',
        zone: { ...record('p=none', 'one.github.io'), ...record('p=none', 'github.io') },
      },
      'fail: newerAlone',
    ],
    [
      'and one that says psd=y',
      {
        from: 'a@one.github.io',
        mailFrom: 'm.two.github.io',
        zone: { ...record('p=none', 'one.github.io'), ...record('p=none; psd=y', 'github.io') },
      },
      'pass',
    ],
    ['silent', { ...n, zone: { '_dmarc.n.example.se': 'SERVFAIL' } }, 'unknown: unanswered'],
    ['no record', { zone: gone }, 'not-applicable: no-record'],
  ])('which domains belong together: %s', async (_, world, expected) => {
    expect(await said(dmarcOlderAlignment, world)).toBe(expected);
  });

  test('nothing is offered where records stand already', async () => {
    for (const zone of [{ '_dmarc.example.se': several }, record('p=none')]) {
      const { problems } = await findingOf(dmarcOlderAlignment, {
        ...n,
        zone: { ...zone, ...record('p=reject; psd=n', 'n.example.se') },
      });
      expect(problems).toHaveLength(1);
      expect(problems[0]?.change).toBeUndefined();
    }
  });

  test('no record is offered that would bind mail which is not asked about', async () => {
    const zone = { ...gone, ...record('p=reject', 'n.example.se') };
    const { problems } = await findingOf(dmarcOlderAlignment, { ...n, zone });
    expect(problems).toMatchObject([{ data: { domains: 'mejl.example.se, example.se', parting: '' } }]);
    expect(problems[0]?.change).toBeUndefined();
  });

  test('psd=n is told as what it does; what it is for is not guessed', async () => {
    const zone = record('p=reject; psd=n', 'mejl.example.se');
    const { problems } = await findingOf(dmarcOlderAlignment, { zone });
    for (const { fix } of [dmarcOlderAlignment.words.en, dmarcOlderAlignment.words.sv]) {
      const text = typeof fix === 'object' ? (fix.olderAlone?.(problems[0]?.data as never) ?? '') : '';
      expect(text).toContain('mejl.example.se');
      expect(text).toContain('psd=n');
      expect(text).not.toMatch(/purpose|avsikt|meant/);
    }
  });
});

describe('the record to publish', () => {
  test.each<[Rule, string, string | undefined]>([
    [dmarcStrength, 'p=none; rua=mailto:a@example.se', 'p=quarantine; rua=mailto:a@example.se'],
    // First the order is mended; the policy waits.
    [dmarcStrength, 'rua=mailto:a@example.se; p=none', undefined],
    [dmarcOlderReceivers, 'rua=mailto:a@example.se; p=none', 'p=none; rua=mailto:a@example.se'],
    [dmarcStrength, 'rua=mailto:a@example.se', 'p=quarantine; rua=mailto:a@example.se'],
    // Nobody should raise it blindly.
    [dmarcStrength, 'p=none', undefined],
    [
      dmarcSubdomains,
      'p=reject; sp=none; np=none; adkim=s; rua=mailto:a@example.se',
      'p=reject; sp=quarantine; adkim=s; rua=mailto:a@example.se',
    ],
    [
      dmarcSubdomains,
      'p=quarantine; sp=none; rua=mailto:a@example.se',
      'p=quarantine; rua=mailto:a@example.se',
    ],
    [dmarcStrength, 'p=none; sp=none; rua=mailto:a@example.se', 'p=quarantine; rua=mailto:a@example.se'],
    [
      dmarcSubdomains,
      'p=quarantine; sp=reject; np=none; rua=mailto:a@example.se',
      'p=quarantine; sp=reject; rua=mailto:a@example.se',
    ],
    [dmarcTesting, 'p=reject; t=y; fo=1; rua=mailto:a@example.se', 'p=reject; fo=1; rua=mailto:a@example.se'],
    [
      dmarcRetiredTags,
      'p=reject; pct=100; rf=afrf; ri=3600; rua=mailto:a@example.se',
      'p=reject; rua=mailto:a@example.se',
    ],
    [dmarcAggregateReports, 'p=reject', 'p=reject; rua=mailto:dmarc@example.se'],
    [dmarcAggregateReports, 'p=reject; rua=', 'p=reject; rua=mailto:dmarc@example.se'],
    [
      dmarcOlderReceivers,
      'sp=none; p=reject; rua=mailto:a@example.se',
      'p=reject; sp=none; rua=mailto:a@example.se',
    ],
    [dmarcOlderReceivers, 'p=reject; pct=20; rua=mailto:a@example.se', 'p=reject; rua=mailto:a@example.se'],
    [dmarcRetiredTags, 'p=reject; pct=20; rua=mailto:a@example.se', 'p=reject; rua=mailto:a@example.se'],
    // What lessens the policy waits until the rest is mended.
    [dmarcTesting, 'p=reject; t=y; ri=1; rua=mailto:a@example.se', undefined],
    [dmarcOlderReceivers, 'p=reject; pct=20', undefined],
  ])('%s', async (rule, text, wanted) => {
    const { problems } = await findingOf(rule, { zone: record(text) });
    expect(problems.length).toBeGreaterThan(0);
    const change = problems.find((one) => one.change)?.change;
    if (wanted === undefined) {
      expect(change).toBeUndefined();
      return;
    }
    expect(change).toEqual({
      kind: 'dns',
      type: 'TXT',
      name: '_dmarc.example.se',
      old: `v=DMARC1; ${text}`,
      new: `v=DMARC1; ${wanted}`,
    });
    // What is offered is a record without faults, and none of ours advises pct.
    expect(parseDmarc('example.se', change?.new ?? '')).toMatchObject({
      faults: [],
      retired: [],
      policyFault: false,
    });
  });

  test.each([
    'p=reject; sp=foo; rua=mailto:a@example.se',
    'p=reject; sp=none; rua=mailto:a@example.se',
    'p=quarantine; sp=none; rua=mailto:a@example.se',
    'p=none; sp=none; rua=mailto:a@example.se',
    'p=reject; np=none; sp=none; rua=mailto:a@example.se',
  ])('all offer the same one: %s', async (text) => {
    const bimi = { 'default._bimi.example.se': { TXT: ['v=BIMI1; l=https://example.se/logo.svg'] } };
    const offered = new Set<string | null | undefined>();
    for (const from of ['a@example.se', 'a@n.example.se']) {
      const exists = { 'n.example.se': { A: ['192.0.2.1'] } };
      const world = { from, zone: { ...bimi, ...exists, ...record(text) } };
      for (const rule of [dmarcTags, dmarcStrength, dmarcSubdomains, bimiPolicy]) {
        const { problems } = await findingOf(rule, world);
        for (const { change } of problems) offered.add(change && 'new' in change ? change.new : undefined);
      }
    }
    expect(offered.size).toBe(1);
  });

  test('where a registry alone has a record, the usual first one is offered', async () => {
    const zone = { '_dmarc.example.se': 'NXDOMAIN', ...record('p=reject; psd=y', 'se') };
    const { problems } = await findingOf(dmarcPolicy, { from: 'a@n.example.se', zone });
    expect(problems).toMatchObject([
      { change: { name: '_dmarc.example.se', new: 'v=DMARC1; p=none; rua=mailto:dmarc@example.se' } },
    ]);
    expect(await said(dmarcPlace, { zone })).toBe('not-applicable: no-record');
  });

  test('beside an alias, and at a registry’s name, none is offered', async () => {
    const alias = {
      '_dmarc.example.se': { CNAME: ['d.host.example'] },
      'd.host.example': { TXT: ['v=DMARC1; p=reject; t=y; pct=1'] },
    };
    for (const rule of [dmarcTesting, dmarcRetiredTags, dmarcAggregateReports]) {
      const { problems } = await findingOf(rule, { zone: alias });
      expect(problems).toHaveLength(1);
      expect(problems[0]?.change).toBeUndefined();
    }
    const registry = { '_dmarc.example.se': 'NXDOMAIN', ...record('p=none; psd=y; t=y; pct=5', 'se') };
    for (const rule of [dmarcTesting, dmarcRetiredTags, dmarcAggregateReports, dmarcStrength]) {
      expect(await said(rule, { zone: registry })).toBe('not-applicable: not-yours');
    }
  });

  test('the record that another organisation has to publish, at its own name', async () => {
    const zone = {
      ...record('p=none; rua=mailto:x@rapport.example'),
      'rapport.example': { A: ['192.0.2.1'] },
    };
    const { problems } = await findingOf(dmarcReportAuthorisation, { from: 'a@n.example.se', zone });
    expect(problems).toMatchObject([
      { change: { name: 'example.se._report._dmarc.rapport.example', old: null, new: 'v=DMARC1' } },
    ]);
    const { fix } = dmarcReportAuthorisation.words.en;
    const text = typeof fix === 'object' ? fix.missing?.(problems[0]?.data as never) : '';
    expect(text).toContain('Whoever runs rapport.example has to publish');
  });
});

test('no words of any DMARC rule advise to write pct', () => {
  for (const rule of rules.authentication.filter(({ id }) => id.startsWith('dmarc'))) {
    const text = JSON.stringify(rule.words, (_, value) =>
      typeof value === 'function' ? String(value) : value,
    );
    expect(text).not.toMatch(/(?:add|write|set|lägg till|skriv|sätt) (?:\w+ )?pct/i);
  }
});
