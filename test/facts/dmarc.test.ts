import { describe, expect, test } from 'vitest';
import { isDmarcRecord, parseDmarc } from '../../src/facts/dmarc/record.ts';
import type { DmarcFact } from '../../src/facts/dmarc.ts';
import { walkNames } from '../../src/facts/dmarc.ts';
import { dmarcOf, factOf, mailOf, type Zone } from './dns-world.ts';

const txt = (...records: (string | string[])[]) => ({ TXT: records });
/** `{ 'b.example': 'p=none' }` becomes a zone with `_dmarc.b.example`. A failure stays one. */
const records = (tags: Record<string, string | string[]>): Zone =>
  Object.fromEntries(
    Object.entries(tags).map(([domain, value]) => [
      `_dmarc.${domain}`,
      typeof value === 'string' && /^[A-Z]+$/.test(value)
        ? value
        : txt(...[value].flat().map((one) => `v=DMARC1; ${one}`)),
    ]),
  );

/** The policy, with the tag and the domain that it comes from. */
function told({ applied }: DmarcFact): string {
  if (typeof applied === 'string') return applied;
  return `${applied.policy} by ${applied.tag} of ${applied.record.domain}`;
}

describe('the names of a walk (RFC 9989 section 4.10)', () => {
  const labels = (count: number) => Array.from({ length: count }, (_, i) => `l${count - i}`).join('.');
  test.each([
    [1, [1]],
    [2, [2, 1]],
    [4, [4, 3, 2, 1]],
    [7, [7, 6, 5, 4, 3, 2, 1]],
    [8, [8, 7, 6, 5, 4, 3, 2, 1]],
    [9, [9, 7, 6, 5, 4, 3, 2, 1]],
    [13, [13, 7, 6, 5, 4, 3, 2, 1]],
    [127, [127, 7, 6, 5, 4, 3, 2, 1]],
  ])('%i labels', (count, lengths) => {
    expect(walkNames(labels(count))).toEqual(lengths.map(labels));
  });

  test('the longest names ask nothing that cannot be asked', async () => {
    const domain = `${'a.'.repeat(121)}example`;
    const { asked, value } = await factOf('dmarc', {}, await mailOf(domain));
    expect([...asked.keys()].some((name) => name.startsWith(`_dmarc.${domain}`))).toBe(false);
    expect(value).toMatchObject({ applied: 'none', author: { organisationalDomain: domain } });
  });
});

describe('organisational domain (section 4.10.2)', () => {
  test.each<[string, Record<string, string | string[]>, string, string]>([
    ['nothing found: the name itself', {}, 'a.b.example', 'a.b.example'],
    [
      'the fewest labels of the records',
      { 'a.b.example': 'p=none', 'b.example': 'p=none' },
      'a.b.example',
      'b.example',
    ],
    [
      'a plain record does not stop the walk',
      { 'c.b.example': 'p=none', 'b.example': 'p=none' },
      'd.c.b.example',
      'b.example',
    ],
    ['not even at a top-level domain', { example: 'p=none', 'b.example': 'p=none' }, 'b.example', 'example'],
    ['psd=n is it', { 'c.b.example': 'psd=n', 'b.example': 'p=none' }, 'd.c.b.example', 'c.b.example'],
    ['psd=n at the start', { 'c.b.example': 'psd=n', 'b.example': 'p=none' }, 'c.b.example', 'c.b.example'],
    ['psd=y puts it one label below', { example: 'psd=y' }, 'c.b.example', 'b.example'],
    ['whatever stands below', { example: 'psd=y', 'c.b.example': 'p=none' }, 'c.b.example', 'b.example'],
    [
      'psd=y further down goes first',
      { 'b.example': 'psd=y', example: 'psd=y' },
      'd.c.b.example',
      'c.b.example',
    ],
    [
      'psd=y at the start ends the walk there',
      { 'b.example': 'psd=y', example: 'p=none' },
      'b.example',
      'b.example',
    ],
    ['psd=u is the default', { 'b.example': 'psd=u', 'c.b.example': 'p=none' }, 'c.b.example', 'b.example'],
    [
      'a psd value that is not allowed is the default',
      { 'b.example': 'psd=yes', 'c.b.example': 'p=none' },
      'c.b.example',
      'b.example',
    ],
    [
      'several records at one level count as none',
      { 'b.example': ['p=none', 'p=none'], 'c.b.example': 'p=none' },
      'd.c.b.example',
      'c.b.example',
    ],
    [
      'and do not stop the walk, psd=n or not',
      { 'c.b.example': ['psd=n', 'psd=n'], 'b.example': 'p=none' },
      'c.b.example',
      'b.example',
    ],
    [
      'one below a jump over the labels between',
      { 'g.h.i.j.k.l.m': 'psd=y' },
      'a.b.c.d.e.f.g.h.i.j.k.l.m',
      'f.g.h.i.j.k.l.m',
    ],
  ])('%s', async (_, tags, domain, expected) => {
    expect((await dmarcOf(records(tags), domain)).author.organisationalDomain).toBe(expected);
  });

  test('the walk ends at psd', async () => {
    const { steps } = (await dmarcOf(records({ 'b.example': 'psd=n', example: 'psd=y' }), 'c.b.example'))
      .author;
    expect(steps.map(({ domain, state }) => [domain, state])).toEqual([
      ['c.b.example', 'none'],
      ['b.example', 'record'],
    ]);
  });
});

describe('policy (section 4.10.1)', () => {
  const here = { 'a.b.example': txt('text') };
  test.each<[string, Record<string, string | string[]>, Zone, string]>([
    ['nothing', {}, here, 'none'],
    [
      'the author domain goes first',
      { 'a.b.example': 'p=none', 'b.example': 'p=reject; sp=reject' },
      here,
      'none by p of a.b.example',
    ],
    [
      'its own sp does not speak for itself',
      { 'a.b.example': 'p=none; sp=reject' },
      here,
      'none by p of a.b.example',
    ],
    [
      'sp of the organisational domain',
      { 'b.example': 'p=reject; sp=quarantine' },
      here,
      'quarantine by sp of b.example',
    ],
    ['p where there is no sp', { 'b.example': 'p=reject' }, here, 'reject by p of b.example'],
    [
      'not the records between',
      { 'b.example': 'p=none', 'c.b.example': 'p=reject' },
      here,
      'none by p of b.example',
    ],
    ['the public suffix', { example: 'p=none; sp=reject; psd=y' }, here, 'reject by sp of example'],
    [
      'the organisational domain before it',
      { 'b.example': 'p=none', example: 'p=reject; psd=y' },
      here,
      'none by p of b.example',
    ],
    [
      'not a suffix above psd=n',
      { 'b.example': 'p=none; psd=n', example: 'p=reject; psd=y' },
      here,
      'none by p of b.example',
    ],
    [
      'np for a name that does not exist',
      { 'b.example': 'p=none; sp=none; np=reject' },
      {},
      'reject by np of b.example',
    ],
    [
      'not for one that does',
      { 'b.example': 'p=none; sp=quarantine; np=reject' },
      here,
      'quarantine by sp of b.example',
    ],
    [
      'nor for one with other types',
      { 'b.example': 'p=none; np=reject' },
      { 'a.b.example': { A: ['192.0.2.1'] } },
      'none by p of b.example',
    ],
    [
      'nor for one with names below',
      { 'b.example': 'p=none; np=reject' },
      { 'x.a.b.example': txt('x') },
      'none by p of b.example',
    ],
    [
      'nor for an alias to nowhere',
      { 'b.example': 'p=none; np=reject' },
      { 'a.b.example': { CNAME: ['gone.example'] } },
      'none by p of b.example',
    ],
    [
      'no np: sp for what does not exist',
      { 'b.example': 'p=none; sp=reject' },
      {},
      'reject by sp of b.example',
    ],
    [
      'several records are none',
      { 'a.b.example': ['p=none', 'p=none'], 'b.example': 'p=reject' },
      here,
      'reject by p of b.example',
    ],
    ['missing p with rua', { 'a.b.example': 'rua=mailto:d@b.example' }, here, 'none by rua of a.b.example'],
    ['missing p without', { 'a.b.example': 'sp=reject' }, here, 'null by rua of a.b.example'],
    ['missing p is not mended by sp', { 'b.example': 'sp=reject' }, here, 'null by rua of b.example'],
    [
      'nor does the walk go on from it',
      { 'a.b.example': 'adkim=s', 'b.example': 'p=reject' },
      here,
      'null by rua of a.b.example',
    ],
    [
      'faulty p with rua',
      { 'a.b.example': 'p=rejekt; rua=mailto:d@b.example' },
      here,
      'none by rua of a.b.example',
    ],
    ['faulty p without', { 'a.b.example': 'p=rejekt' }, here, 'null by rua of a.b.example'],
    [
      'faulty sp takes p with it',
      { 'a.b.example': 'p=reject; sp=quarantin; rua=mailto:d@b.example' },
      here,
      'none by rua of a.b.example',
    ],
    ['faulty np too', { 'a.b.example': 'p=reject; np=' }, here, 'null by rua of a.b.example'],
    ['a faulty rua is none', { 'a.b.example': 'rua=d@b.example' }, here, 'null by rua of a.b.example'],
    ['values in any case', { 'a.b.example': 'p=REJECT' }, here, 'reject by p of a.b.example'],
    ['in any order', { 'a.b.example': 'sp=none; adkim=s; p=reject;' }, here, 'reject by p of a.b.example'],
    [
      'unknown tags are ignored',
      { 'a.b.example': 'x=1; pct=10; p=reject' },
      here,
      'reject by p of a.b.example',
    ],
  ])('%s', async (_, tags, more, expected) => {
    expect(told(await dmarcOf({ ...records(tags), ...more }, 'a.b.example'))).toBe(expected);
  });

  test('existence is asked only where it decides', async () => {
    const asked = async (tags: string) =>
      [
        ...(await factOf('dmarc', records({ 'b.example': tags }), await mailOf('a.b.example'))).asked.keys(),
      ].includes('a.b.example TXT');
    expect(await asked('p=none; np=reject')).toBe(true);
    expect(await asked('p=reject; np=reject')).toBe(false);
    expect(await asked('p=none; sp=reject')).toBe(false);
    expect(await asked('np=reject; rua=mailto:d@b.example')).toBe(false);
  });
});

describe('a lack of answer is "unknown", only where it matters', () => {
  const dark = 'SERVFAIL';
  test.each<[string, Record<string, string | string[]>, Zone, string, string | null]>([
    ['at the author domain', { 'a.b.example': dark, 'b.example': 'p=none' }, {}, 'unknown', null],
    [
      "above the author domain's own record",
      { 'a.b.example': 'p=none', 'b.example': dark },
      {},
      'none by p of a.b.example',
      null,
    ],
    [
      'above psd=n',
      { 'b.example': 'p=none; psd=n', example: dark },
      {},
      'none by p of b.example',
      'b.example',
    ],
    ['between', { 'b.example': dark, example: 'p=none; psd=y' }, {}, 'unknown', null],
    ['at the top', { 'b.example': 'p=none', example: dark }, {}, 'unknown', null],
    [
      'of whether it exists, where np says the same',
      { 'b.example': 'p=none; np=none' },
      { 'a.b.example': dark },
      'none by p of b.example',
      'b.example',
    ],
    [
      'of whether it exists, where np differs',
      { 'b.example': 'p=none; np=reject' },
      { 'a.b.example': dark },
      'unknown',
      'b.example',
    ],
  ])('%s', async (_, tags, more, policy, organisation) => {
    const fact = await dmarcOf({ ...records(tags), ...more }, 'a.b.example');
    expect([told(fact), fact.author.organisationalDomain]).toEqual([policy, organisation]);
  });

  test.each(['SERVFAIL', 'TIMEOUT', 'REFUSED'])('%s everywhere is never "none"', async (failure) => {
    const zone = records(Object.fromEntries(walkNames('a.b.example').map((name) => [name, failure])));
    expect(await dmarcOf(zone, 'a.b.example', 'c.b.example')).toMatchObject({
      applied: 'unknown',
      spfAlignment: 'unknown',
    });
  });

  test('at the only name of interest: nothing that it could say moves the domain', async () => {
    const { author } = await dmarcOf(records({ 'b.example': dark }), 'b.example');
    expect(author.organisationalDomain).toBe('b.example');
  });
});

describe('alignment of MAIL FROM (section 4.4)', () => {
  const base = { 'b.example': 'p=none' };
  test.each<[string, Record<string, string | string[]>, string, string | null, DmarcFact['spfAlignment']]>([
    ['not known', base, 'b.example', null, null],
    ['the same', base, 'b.example', 'b.example', 'aligned'],
    ['the same, strictly', { 'b.example': 'p=none; aspf=s' }, 'b.example', 'b.example', 'aligned'],
    ['the same, and nothing answers', { 'b.example': 'SERVFAIL' }, 'b.example', 'b.example', 'aligned'],
    ['a subdomain', base, 'b.example', 'm.b.example', 'aligned'],
    ['a subdomain, strictly', { 'b.example': 'p=none; aspf=S' }, 'b.example', 'm.b.example', 'not-aligned'],
    ['adkim does not matter', { 'b.example': 'p=none; adkim=s' }, 'b.example', 'm.b.example', 'aligned'],
    [
      "the mode is the applied record's",
      { ...base, 'n.b.example': 'p=none; aspf=s' },
      'n.b.example',
      'm.b.example',
      'not-aligned',
    ],
    ['siblings', base, 'n.b.example', 'm.b.example', 'aligned'],
    [
      'siblings with a psd=n of their own',
      { ...base, 'm.b.example': 'p=none; psd=n' },
      'b.example',
      'm.b.example',
      'not-aligned',
    ],
    [
      'siblings under a public suffix',
      { example: 'psd=y', 'b.example': 'p=none' },
      'b.example',
      'c.example',
      'not-aligned',
    ],
    ['another domain', base, 'b.example', 'b.test', 'not-aligned'],
    ['no records at all: each stands alone', {}, 'b.example', 'm.b.example', 'not-aligned'],
    [
      'a missing answer that could part them',
      { ...base, 'm.b.example': 'SERVFAIL' },
      'b.example',
      'm.b.example',
      'unknown',
    ],
    [
      'a missing answer of their top, which says the same to both',
      { ...base, example: 'SERVFAIL' },
      'b.example',
      'm.b.example',
      'aligned',
    ],
    [
      'a missing answer of a top that one of them may not come to',
      { 'm.b.example': 'SERVFAIL', 'b.example': 'p=none', example: 'SERVFAIL' },
      'b.example',
      'm.b.example',
      'unknown',
    ],
    [
      'a missing answer of a top that may join them',
      { 'b.example': 'p=none', example: 'SERVFAIL' },
      'b.example',
      'c.example',
      'unknown',
    ],
    [
      'a missing answer that cannot join them',
      { ...base, 'm.b.test': 'SERVFAIL' },
      'b.example',
      'm.b.test',
      'not-aligned',
    ],
    [
      'a mode that is not known',
      { 'n.b.example': 'SERVFAIL', 'b.example': 'p=none; psd=n' },
      'n.b.example',
      'm.b.example',
      'unknown',
    ],
  ])('%s', async (_, tags, from, mailFrom, expected) => {
    expect((await dmarcOf(records(tags), from, mailFrom)).spfAlignment).toBe(expected);
  });
});

test.each([
  ['v=DMARC1', true],
  ['v=DMARC1;p=none', true],
  ['v = DMARC1 ; p=none', true],
  ['v\t=DMARC1\t', true],
  ['v=dmarc1; p=none', false],
  ['V=DMARC1; p=none', false],
  ['v=DMARC10; p=none', false],
  ['v=DMARC1 p=none', false],
  [' v=DMARC1; p=none', false],
  ['p=none; v=DMARC1', false],
  ['"v=DMARC1; p=none"', false],
  ['\ufeffv=DMARC1; p=none', false],
])('%j is a DMARC record: %s (section 4.7)', (text, expected) => {
  expect(isDmarcRecord(text)).toBe(expected);
});

test.each<[string, Partial<ReturnType<typeof parseDmarc>>]>([
  ['p=none', { p: 'none', sp: null, np: null, psd: 'u', testing: false, faults: [], policyFault: false }],
  ['sp=reject; p=none', { p: 'none', sp: 'reject' }],
  ['p = None ;; t=Y;', { p: 'none', testing: true, faults: [] }],
  ['p=none; t=yes', { testing: false, faults: ['t=yes'] }],
  ['p=none; p=reject', { p: 'none', faults: ['p=reject'] }],
  ['p=none; quarantine', { p: 'none', faults: ['quarantine'] }],
  ['p=none; =x; s p=reject', { sp: null, faults: ['=x', 's p=reject'] }],
  ['p=none; sp', { sp: null, policyFault: false, faults: ['sp'] }],
  ['p=none\u00a0', { p: null, policyFault: true, faults: ['p=none\u00a0'] }],
  ['p=none\n', { p: null, policyFault: true }],
  ['p="none"', { p: null, policyFault: true }],
  ['p=none; adkim=s; aspf=x', { adkim: 's', aspf: 'r', faults: ['aspf=x'] }],
  ['p=none; pct=10; ri=1; rf=afrf', { retired: ['pct', 'rf', 'ri'], faults: [] }],
  ['p=none; constructor=x; fo=1', { faults: [] }],
  [
    'rua=mailto:a@b.example!10m , https://r.example/x',
    { rua: ['mailto:a@b.example', 'https://r.example/x'], faults: [] },
  ],
  [
    'rua=a@b.example,mailto:c@d.example',
    { rua: ['mailto:c@d.example'], faults: ['rua=a@b.example,mailto:c@d.example'] },
  ],
  ['rua=mailto:', { rua: [], policyFault: true }],
  ['rua=mailto:nobody', { rua: [] }],
  ['rua=mailto:<a@b.example>', { rua: [] }],
  ['rua=mailto: a@b.example', { rua: [] }],
  ['rua=mailto:a@b.example?subject=x', { rua: ['mailto:a@b.example?subject=x'] }],
  ['rua=', { rua: [] }],
])('%j is read', (tags, expected) => {
  expect(parseDmarc('b.example', `v=DMARC1; ${tags}`)).toMatchObject(expected);
});

test('the strings of one record are joined without a space (section 4.5)', async () => {
  const zone = { '_dmarc.b.example': txt(['v=DMARC1; p=rej', 'ect; aspf=s']) };
  expect(told(await dmarcOf(zone, 'b.example'))).toBe('reject by p of b.example');
});

test.each<[string, unknown]>([
  ['other TXT beside it', txt('v=spf1 -all', 'v=dmarc1; p=none', 'v=DMARC1; p=reject')],
  ['an alias', { CNAME: ['_dmarc.host.test'] }],
])('%s is no second record', async (_, content) => {
  const zone = { '_dmarc.b.example': content, '_dmarc.host.test': txt('v=DMARC1; p=reject') };
  expect(told(await dmarcOf(zone, 'b.example'))).toBe('reject by p of b.example');
});

test.each([
  ['spaces', `p=${' '.repeat(60_000)}none`],
  ['spaces before a line end', `p=${' '.repeat(30_000)}${'x'.repeat(30_000)}\n`],
  ['letters', 'a'.repeat(60_000)],
  ['tags', 'a=1;'.repeat(15_000)],
  ['addresses', `rua=${'mailto:a@b.example,'.repeat(3000)}`],
  ['digits', `rua=mailto:a@b.example!${'1'.repeat(60_000)}x`],
  ['marks', `rua=${'!1'.repeat(30_000)}`],
  ['signs', `rua=mailto:${'@'.repeat(60_000)}`],
])('64 KB of %s is read at once', (_, tags) => {
  const start = performance.now();
  parseDmarc('b.example', `v=DMARC1; ${tags}`);
  isDmarcRecord(`v${' '.repeat(60_000)}`);
  expect(performance.now() - start).toBeLessThan(500);
});

test('a question is asked once, for both walks', async () => {
  const { asked } = await factOf('dmarc', {}, await mailOf('b.example', 'm.b.example'));
  expect(Object.fromEntries(asked)).toEqual({
    '_dmarc.m.b.example TXT': 1,
    '_dmarc.b.example TXT': 1,
    '_dmarc.example TXT': 1,
  });
});
