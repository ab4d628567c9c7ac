/** What the mailbox providers ask: the table itself, and how a requirement stands by the findings of real worlds. */
import { globSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { clients } from '../rules/clients/index.ts';
import { rules } from '../rules/index.ts';
import { policy } from '../rules/policy.ts';
import { providers } from '../rules/providers/index.ts';
import { ruleSet } from '../rules/version.ts';
import { createPreflight } from '../src/preflight.ts';
import { locales, type MailboxProvider, type ProviderRequirement, type World } from '../src/rule.ts';
import { readSender } from '../src/submission.ts';
import { standingOf } from '../src/verdict/providers.ts';
import type { Finding, ProviderStanding, Verdict } from '../src/verdict.ts';
import { clock, noBrowser, now, resolverOf, soundZone, submissionOf } from './world.ts';

const byId = new Map(Object.values(rules).flatMap((some) => some.map((rule) => [rule.id, rule])));
const all = providers.flatMap((provider) =>
  provider.requirements.map((one) => [`${provider.id} ${one.id}`, provider, one] as const),
);
const judged = all.filter(([, , one]) => 'ways' in one.judged);

const ruleOf = (need: string | { rule: string }) => (typeof need === 'string' ? need : need.rule);
const exceptOf = (need: string | { except: readonly string[] }) =>
  typeof need === 'string' ? [] : need.except;
function waysOf({ judged: how }: ProviderRequirement) {
  return 'ways' in how ? how.ways : [];
}
function named({ judged: how }: ProviderRequirement): string[] {
  if ('unseen' in how) return [...(how.heeds ?? []), ...(how.shownBy ?? [])];
  return how.ways.flatMap(({ needs, heeds = [] }) => [...needs, ...heeds].map(ruleOf));
}

const finding = (
  rule: string,
  outcome: Finding['outcome'],
  more: Partial<Pick<Finding, 'reason' | 'problems' | 'omitted'>> = {},
) => ({ rule, outcome, problems: [], ...more });
type Told = ReturnType<typeof finding>;
const everything = (outcome: Finding['outcome'], reason?: Finding['reason']) =>
  [...byId.keys()].map((id) => finding(id, outcome, reason ? { reason } : {}));

function stateOf(provider: MailboxProvider, { id }: ProviderRequirement, findings: readonly Told[]) {
  const [standing] = standingOf([provider], findings);
  return standing?.requirements.find((one) => one.id === id);
}

describe('the table', () => {
  test('lists every file of a provider, under its name', () => {
    const folder = new URL('../rules/providers/', import.meta.url).pathname;
    const own = globSync('*.ts', { cwd: folder }).filter((file) =>
      readFileSync(`${folder}${file}`, 'utf8').includes(': MailboxProvider = {'),
    );
    expect(own.sort()).toEqual(providers.map(({ id }) => `${id}.ts`).sort());
    expect(own).toHaveLength(7);
  });

  test.each(providers.map((one) => [one.id, one] as const))('%s has its pages and their date', (_, one) => {
    expect(one.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(one.sources.length).toBeGreaterThan(0);
    for (const { url, dated, title } of one.sources) {
      expect(new URL(url).protocol).toBe('https:');
      expect(title.length).toBeGreaterThan(3);
      if (dated !== null) expect(dated <= one.date && dated >= '2025-01-01').toBe(true);
    }
    expect(one.mailboxes.length).toBeGreaterThan(0);
    expect(new Set(one.requirements.map(({ id }) => id)).size).toBe(one.requirements.length);
    // What nobody requires is no requirement, and a provider of advice alone would always be met.
    expect(one.requirements.some(({ force }) => force === 'required')).toBe(true);
  });

  test.each(all)('%s names rules that are there, and says what it asks in every language', (_, __, one) => {
    expect(named(one).filter((rule) => !byId.has(rule))).toEqual([]);
    expect(one.words.sv).not.toBe(one.words.en);
    const texts = locales.map((locale) => one.words[locale]);
    if ('unseen' in one.judged)
      texts.push(...locales.map((locale) => ('unseen' in one.judged ? one.judged.unseen[locale] : '')));
    for (const text of texts) expect(text).toMatch(/^[\p{Lu}\d].{12,}\.$/u);
    if (typeof one.from === 'object') expect(one.from.perDay).toBeGreaterThan(0);
  });

  test('reaches every audit that a host makes', () => {
    const root = new URL('../src/hosts/', import.meta.url).pathname;
    const hosts = globSync('**/*.ts', { cwd: root }).filter((file) =>
      /\b(?:createPreflight|createApp|writeReport)\(/.test(readFileSync(`${root}${file}`, 'utf8')),
    );
    expect(hosts.length).toBeGreaterThan(2);
    const without = hosts.filter(
      (file) => !readFileSync(`${root}${file}`, 'utf8').includes('rules/providers/index.ts'),
    );
    expect(without).toEqual([]);
  });

  test('has the numbers that the providers publish, and no others', () => {
    const numbers = new Map(
      providers.map(({ id, requirements }) => [
        id,
        [...new Set(requirements.flatMap(({ from }) => (typeof from === 'object' ? [from.perDay] : [])))],
      ]),
    );
    expect(Object.fromEntries(numbers)).toEqual({
      gmail: [5000],
      outlook: [5000],
      orange: [1000],
      // Yahoo will not say who counts as bulk; the others name no number.
      yahoo: [],
      icloud: [],
      laposte: [],
      'gmx-webde': [],
    });
  });

  test('Gmail asks it for personal mailboxes alone, as its FAQ says', () => {
    const gmail = providers.find(({ id }) => id === 'gmail');
    expect(gmail?.mailboxes).toEqual(['gmail.com', 'googlemail.com']);
  });
});

describe('no requirement is judged by what cannot fail for it', () => {
  test.each(judged)('%s', (_, provider, one) => {
    const passing = everything('pass');
    expect(stateOf(provider, one, passing)?.state).toBe('met');
    for (const { needs, heeds = [] } of waysOf(one)) {
      for (const heed of heeds) {
        const keys = Object.keys(byId.get(ruleOf(heed))?.words.en.problems ?? {});
        expect(exceptOf(heed).filter((key) => !keys.includes(key))).toEqual([]);
      }
      for (const need of needs) {
        const rule = byId.get(ruleOf(need));
        const keys = Object.keys(rule?.words.en.problems ?? {});
        // Every key that it does not mind is one that the rule has.
        expect(exceptOf(need).filter((key) => !keys.includes(key))).toEqual([]);
        const minded = (rule?.examples.bad ?? []).filter(({ finds }) => !exceptOf(need).includes(finds));
        expect(minded.length).toBeGreaterThan(0);
        for (const { finds } of minded) {
          // Each other way is shut as well, by a need of its own.
          const own = needs.map(ruleOf);
          const shut = waysOf(one).flatMap(
            (way) => way.needs.map(ruleOf).find((id) => !own.includes(id)) ?? [],
          );
          const problems = [{ key: finds, data: {} }];
          const findings = passing.map((known) =>
            known.rule === ruleOf(need) || shut.includes(known.rule)
              ? finding(known.rule, 'fail', { problems })
              : known,
          );
          expect([finds, stateOf(provider, one, findings)?.state]).toEqual([finds, 'not-met']);
        }
      }
    }
  });
});

describe('what cannot be seen from here', () => {
  const unseen = all.filter(([, , one]) => 'unseen' in one.judged);

  test('is a good part of what is asked', () => {
    expect(unseen.length).toBeGreaterThan(15);
  });

  const shown = ({ judged: how }: ProviderRequirement) => ('unseen' in how ? (how.shownBy ?? []) : []);

  test.each(unseen)('%s is not met unless a check was given what it looks at', (_, provider, one) => {
    const looks = shown(one);
    const without = everything('pass').filter(({ rule }) => !looks.includes(rule));
    const idle = [
      ...without,
      ...looks.map((rule) => finding(rule, 'not-applicable', { reason: 'no-addresses' })),
    ];
    for (const findings of [without, idle, everything('not-applicable', 'composed'), []]) {
      expect(stateOf(provider, one, findings)?.state).toBe('not-observable');
    }
    const seen = looks.length > 0;
    expect(stateOf(provider, one, everything('pass'))?.state).toBe(seen ? 'met' : 'not-observable');
    expect(stateOf(provider, one, everything('unknown', 'late'))?.state).toBe(
      seen ? 'unknown' : 'not-observable',
    );
    const fails = stateOf(provider, one, everything('fail'))?.state;
    expect(fails).toBe(named(one).length > 0 ? 'not-met' : 'not-observable');
  });

  test('the names of sending servers are all that a check may show, and only where they are named', () => {
    const looks = unseen.filter(([, , one]) => shown(one).length > 0);
    expect(new Set(looks.map(([, , { id }]) => id))).toEqual(new Set(['reverse-dns']));
    expect(looks).toHaveLength(6);
  });

  test('complaints, consent and encryption of every provider are of that kind', () => {
    const kinds = /spam-rate|complaints|consent|^tls$|honoured|list$|server|bounces/;
    const wrong = all.filter(
      ([, , { id, judged: how }]) => kinds.test(id) && id !== 'list-unsubscribe' && !('unseen' in how),
    );
    expect(wrong.map(([name]) => name)).toEqual([]);
  });
});

describe('nothing is met for lack of an answer', () => {
  test.each(judged)('%s', (_, provider, one) => {
    for (const findings of [
      [],
      everything('unknown', 'unanswered'),
      everything('not-applicable', 'no-record'),
      everything('not-applicable', 'no-mail-from'),
      everything('not-applicable', 'template'),
    ]) {
      expect(stateOf(provider, one, findings)?.state).toBe('unknown');
    }
    expect(stateOf(provider, one, [])?.reason).toBe('needs-mail');
    expect(stateOf(provider, one, everything('unknown', 'late'))?.reason).toBe('late');
  });
});

describe('how a requirement stands', () => {
  const asking = (how: ProviderRequirement['judged'], more: Partial<ProviderRequirement> = {}) => ({
    id: 'r',
    from: 'everyone' as const,
    force: 'required' as const,
    code: null,
    words: { en: '', sv: '' },
    judged: how,
    ...more,
  });
  const of = (...requirements: ProviderRequirement[]): MailboxProvider => ({
    id: 'p',
    name: 'P',
    mailboxes: [],
    date: '',
    sources: [],
    confidence: 'high',
    requirements,
  });
  const standing = (how: ProviderRequirement['judged'], ...findings: Told[]) =>
    standingOf([of(asking(how))], findings)[0]?.requirements[0];
  const both = { ways: [{ needs: ['a', 'b'] }] } as const;
  const either = { ways: [{ needs: ['a'] }, { needs: ['b'] }] } as const;
  const na = (rule: string, reason: Finding['reason'] & string) =>
    finding(rule, 'not-applicable', { reason });

  test.each<[string, ProviderRequirement['judged'], Told[], object]>([
    ['all pass', both, [finding('a', 'pass'), finding('b', 'pass')], { state: 'met', rules: ['a', 'b'] }],
    ['one fails', both, [finding('a', 'pass'), finding('b', 'fail')], { state: 'not-met', rules: ['b'] }],
    [
      'one fails, the other is unknown',
      both,
      [finding('a', 'unknown'), finding('b', 'fail')],
      { state: 'not-met' },
    ],
    [
      'one was not run',
      both,
      [finding('a', 'pass')],
      { state: 'unknown', rules: ['b'], reason: 'needs-mail' },
    ],
    [
      'one is unknown',
      both,
      [finding('a', 'pass'), finding('b', 'unknown', { reason: 'late' })],
      { state: 'unknown', rules: ['b'], reason: 'late' },
    ],
    ['the service sees to one', both, [finding('a', 'pass'), na('b', 'not-yours')], { state: 'met' }],
    ['the service sees to all', both, [na('a', 'not-yours'), na('b', 'not-yours')], { state: 'unknown' }],
    [
      'one is of marketing alone',
      both,
      [finding('a', 'pass'), na('b', 'transactional')],
      { state: 'not-asked' },
    ],
    ['and the other fails', both, [finding('a', 'fail'), na('b', 'transactional')], { state: 'not-met' }],
    [
      'and the other is a template’s',
      both,
      [na('a', 'template'), na('b', 'transactional')],
      { state: 'not-asked' },
    ],
    ['Klarsignal writes it', { ways: [{ needs: ['a'] }] }, [na('a', 'composed')], { state: 'met' }],
    ['there is no record', { ways: [{ needs: ['a'] }] }, [na('a', 'no-record')], { state: 'unknown' }],
    [
      'the first of two ways',
      either,
      [finding('a', 'pass'), finding('b', 'fail')],
      { state: 'met', rules: ['a'] },
    ],
    [
      'the second of two ways',
      either,
      [finding('a', 'fail'), finding('b', 'pass')],
      { state: 'met', rules: ['b'] },
    ],
    [
      'neither way',
      either,
      [finding('a', 'fail'), finding('b', 'fail')],
      { state: 'not-met', rules: ['a', 'b'] },
    ],
    [
      'one way is open',
      either,
      [finding('a', 'fail'), finding('b', 'unknown')],
      { state: 'unknown', rules: ['b'] },
    ],
    [
      'what is heeded is not there',
      { ways: [{ needs: ['a'], heeds: ['b'] }] },
      [finding('a', 'pass'), na('b', 'template')],
      { state: 'met', rules: ['a'] },
    ],
    ['or was not run', { ways: [{ needs: ['a'], heeds: ['b'] }] }, [finding('a', 'pass')], { state: 'met' }],
    [
      'or fails',
      { ways: [{ needs: ['a'], heeds: ['b'] }] },
      [finding('a', 'pass'), finding('b', 'fail')],
      { state: 'not-met', rules: ['b'] },
    ],
    [
      'or has no answer',
      { ways: [{ needs: ['a'], heeds: ['b'] }] },
      [finding('a', 'pass'), finding('b', 'unknown')],
      { state: 'unknown', rules: ['b'] },
    ],
  ])('%s', (_, how, findings, expected) => {
    expect(standing(how, ...findings)).toMatchObject(expected);
  });

  test('a problem that the provider does not mind is none', () => {
    const how = { ways: [{ needs: [{ rule: 'a', except: ['k'] }] }] } as const;
    const fails = (...keys: string[]) =>
      finding('a', 'fail', { problems: keys.map((key) => ({ key, data: {} })) });
    expect(standing(how, fails('k'))?.state).toBe('met');
    expect(standing(how, fails('k', 'other'))?.state).toBe('not-met');
    expect(standing(how, { ...fails('k'), omitted: 1 })?.state).toBe('not-met');
    expect(standing(how, fails())?.state).toBe('not-met');
  });

  const bulk = { from: 'bulk' } as const;
  const advice = { force: 'advised' } as const;
  const seen = { ways: [{ needs: ['a'] }] } as const;
  const other = { ways: [{ needs: ['b'] }] } as const;
  const hidden = { unseen: { en: '', sv: '' } };
  test.each<[string, ProviderRequirement[], Told[], ProviderStanding['state']]>([
    ['what can be seen is met', [asking(seen), asking(hidden)], [finding('a', 'pass')], 'met'],
    ['one is not', [asking(seen), asking(other)], [finding('a', 'fail'), finding('b', 'pass')], 'not-met'],
    [
      'one of bulk is not',
      [asking(seen), asking(other, bulk)],
      [finding('a', 'pass'), finding('b', 'fail')],
      'bulk-not-met',
    ],
    [
      'both are not',
      [asking(seen), asking(other, bulk)],
      [finding('a', 'fail'), finding('b', 'fail')],
      'not-met',
    ],
    [
      'advice is not followed',
      [asking(seen), asking(other, advice)],
      [finding('a', 'pass'), finding('b', 'fail')],
      'met',
    ],
    ['one is open', [asking(seen), asking(other)], [finding('a', 'pass')], 'unknown'],
    ['nothing can be seen', [asking(hidden)], [finding('a', 'pass')], 'not-observable'],
  ])('a provider: %s', (_, requirements, findings, state) => {
    const ids = requirements.map((one, i) => ({ ...one, id: `r${i}` }));
    expect(standingOf([of(...ids)], findings)[0]?.state).toBe(state);
  });
});

describe('in worlds', () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterAll(() => Promise.all(closing.map((close) => close())));

  async function preflightIn(zone: World['zone'] = {}) {
    const resolver = await resolverOf({ ...soundZone, ...zone });
    closing.push(() => resolver.close());
    const world = { resolver, browser: noBrowser, clock, policy, clients, providers };
    return createPreflight(rules, ruleSet, world);
  }
  async function judgedIn(world: World = {}): Promise<Verdict> {
    const preflight = await preflightIn(world.zone);
    const leaveOut = { dns: false, previews: true };
    return (await preflight.audit(await submissionOf(world), { leaveOut })).verdict;
  }
  const standing = (verdict: Pick<Verdict, 'providers'>, id: string): Record<string, string | undefined> => {
    const { state, requirements = [] } = verdict.providers.find(({ provider }) => provider === id) ?? {};
    return { state, ...Object.fromEntries(requirements.map((one) => [one.id, one.state])) };
  };

  test('DMARC by Ed25519 alone is met nowhere that demands it', async () => {
    const newer = { TXT: ['v=DKIM1; k=ed25519; p=1DDcS2Y3BitJRAFwBzOzaizZ86LT2YWhHjvWcs/WVXc='] };
    const zone = { 's1._domainkey.example.se': newer };
    const verdict = await judgedIn({ mailFrom: 'mejl.other.example', zone });
    expect(verdict.decision).not.toBe('clear');
    expect(standing(verdict, 'gmail').alignment).toBe('not-met');
    expect(standing(verdict, 'outlook').dmarc).toBe('not-met');
    expect(standing(verdict, 'yahoo').dmarc).toBe('not-met');
    expect(standing(verdict, 'orange')['all-three']).toBe('not-met');
    expect(standing(await judgedIn({ zone }), 'gmail').alignment).toBe('met');
    const silent = { ...zone, 's2._domainkey.example.se': 'SERVFAIL' };
    const open = await judgedIn({
      mailFrom: 'mejl.other.example',
      dkimSelectors: ['s1', 's2'],
      zone: silent,
    });
    expect(standing(open, 'gmail').alignment).toBe('unknown');
  });

  test('a sound template: what waits for the sent mail is open, the rest is met', async () => {
    const verdict = await judgedIn({
      html: '<p>Hej!</p><a href="https://example.se/u">Avregistrera dig</a>',
    });
    expect(standing(verdict, 'outlook')).toMatchObject({
      state: 'met',
      spf: 'met',
      dkim: 'met',
      dmarc: 'met',
    });
    expect(standing(verdict, 'gmail')).toMatchObject({
      state: 'unknown',
      both: 'met',
      alignment: 'met',
      'one-click': 'unknown',
      'spam-rate': 'not-observable',
    });
    expect(standing(verdict, 'orange')).toMatchObject({
      state: 'met',
      'all-three': 'met',
      website: 'not-observable',
    });
  });

  test('one click is not asked of a receipt', async () => {
    const verdict = await judgedIn({ html: '<p>Tack för ditt köp!</p>', class: 'transactional' });
    expect(standing(verdict, 'gmail')).toMatchObject({ state: 'met', 'one-click': 'not-asked' });
    expect(standing(verdict, 'outlook').unsubscribe).toBe('not-asked');
  });

  test('without a DMARC record: no fault for those who send little to Gmail, but for everyone at Orange', async () => {
    const verdict = await judgedIn({
      zone: { '_dmarc.example.se': {} },
      html: '<p>Hej! <a href="https://example.se/u">Avregistrera dig</a></p>',
    });
    expect(standing(verdict, 'gmail')).toMatchObject({
      state: 'bulk-not-met',
      authentication: 'met',
      dmarc: 'not-met',
    });
    expect(standing(verdict, 'orange')).toMatchObject({ state: 'not-met', 'all-three': 'not-met' });
    expect(standing(verdict, 'laposte')).toMatchObject({ state: 'not-met', any: 'met', dmarc: 'not-met' });
  });

  test('with SPF broken and DKIM sound, one of the two is enough where the provider says so', async () => {
    const verdict = await judgedIn({
      zone: {
        'mejl.example.se': {
          MX: ['10 feedback-smtp.eu-north-1.amazonses.com'],
          TXT: ['v=spf1 include:borta.example -all'],
        },
      },
    });
    expect(standing(verdict, 'gmail')).toMatchObject({ authentication: 'met', both: 'not-met' });
    expect(standing(verdict, 'laposte')).toMatchObject({ state: 'not-met', spf: 'not-met', any: 'met' });
    expect(standing(verdict, 'gmx-webde')).toMatchObject({ dkim: 'met', spf: 'not-met' });
    expect(standing(verdict, 'gmx-webde').state).not.toBe('not-met');
  });

  test('a mail address to unsubscribe is enough for Yahoo, and not for Gmail', async () => {
    const eml =
      'From: a@example.se\r\nList-Unsubscribe: <mailto:u@example.se>\r\n\r\nHej!\r\nAvregistrera dig: https://example.se/u\r\n';
    const verdict = await judgedIn({ eml });
    expect(standing(verdict, 'yahoo')['list-unsubscribe']).toBe('met');
    expect(standing(verdict, 'gmail')['one-click']).toBe('not-met');
  });

  test('a header that stands twice breaks the format, which nothing here could show to be right', async () => {
    const once = await judgedIn({ eml: 'From: a@example.se\r\nSubject: Hej\r\n\r\nHej!\r\n' });
    const twice = await judgedIn({
      eml: 'From: a@example.se\r\nSubject: Hej\r\nSubject: Hej\r\n\r\nHej!\r\n',
    });
    expect(standing(once, 'gmail').format).toBe('not-observable');
    expect(standing(twice, 'gmail')).toMatchObject({ state: 'not-met', format: 'not-met' });
  });

  test('the names of sending servers are seen where these are named', async () => {
    const html = '<p>Hej!</p><a href="https://example.se/u">Avregistrera dig</a>';
    const reverse = (target: string) => ({ '10.192.255.199.in-addr.arpa': { PTR: [target] } });
    const sendingAddresses = ['199.255.192.10'];
    const right = { ...reverse('ut.example.se'), 'ut.example.se': { A: ['199.255.192.10'] } };
    const wrong = { ...reverse('ut.example.se'), 'ut.example.se': { A: ['199.255.192.11'] } };
    const states = async (world: World) =>
      standing(await judgedIn({ html, ...world }), 'gmail')['reverse-dns'];
    expect(await states({})).toBe('not-observable');
    expect(await states({ sendingAddresses, zone: right })).toBe('met');
    expect(await states({ sendingAddresses, zone: wrong })).toBe('not-met');
  });

  test('a key of the service’s own domain is DKIM, but not what GMX and WEB.DE ask for', async () => {
    const key = (soundZone as Record<string, unknown>)['s1._domainkey.example.se'];
    const verdict = await judgedIn({
      zone: { 's1._domainkey.tjanst.example': key },
      dkimSelectors: ['s1._domainkey.tjanst.example'],
    });
    expect(standing(verdict, 'gmail').authentication).toBe('met');
    expect(standing(verdict, 'gmx-webde').dkim).toBe('not-met');
    expect(standing(await judgedIn(), 'gmx-webde').dkim).toBe('met');
  });

  test.each<[string, World]>([
    [
      'a psd tag parts the sending subdomain from it',
      { zone: { '_dmarc.mejl.example.se': { TXT: ['v=DMARC1; p=none; psd=n'] } } },
    ],
    ['nobody has said where bounces go', { mailFrom: null, dkimSelectors: ['s1'] }],
  ])('a signature of From is what GMX and WEB.DE ask for, though %s', async (_, world) => {
    expect(standing(await judgedIn(world), 'gmx-webde').dkim).toBe('met');
  });

  test.each<[string, World]>([
    ['there is no DMARC record', { zone: { '_dmarc.example.se': 'NXDOMAIN' } }],
    ['DMARC is silent', { zone: { '_dmarc.example.se': 'SERVFAIL' } }],
    [
      'SPF is of another domain as well',
      { mailFrom: 'x.other.example', zone: { '_dmarc.example.se': 'NXDOMAIN' } },
    ],
  ])('a signature of From belongs with From for GMX, WEB.DE and Gmail, though %s', async (_, world) => {
    const verdict = await judgedIn(world);
    expect(standing(verdict, 'gmx-webde').dkim).toBe('met');
    expect(standing(verdict, 'gmail').alignment).toBe('met');
  });

  test('without a DMARC record a signature of another, or none that is known, is not met by SPF', async () => {
    const zone = { '_dmarc.example.se': 'NXDOMAIN' as const };
    const key = (soundZone as Record<string, unknown>)['s1._domainkey.example.se'];
    const foreign = await judgedIn({
      zone: { ...zone, 's1._domainkey.tjanst.example': key } as World['zone'] & {},
      dkimSelectors: ['s1._domainkey.tjanst.example'],
    });
    expect(standing(foreign, 'gmx-webde').dkim).toBe('not-met');
    expect(standing(foreign, 'gmail').alignment).toBe('unknown');
    const unnamed = await judgedIn({ zone, dkimSelectors: null });
    expect(standing(unnamed, 'gmx-webde').dkim).toBe('unknown');
    const silent = await judgedIn({ zone: { ...zone, 's1._domainkey.example.se': 'SERVFAIL' } });
    expect(standing(silent, 'gmx-webde').dkim).toBe('unknown');
    expect(standing(silent, 'gmail').alignment).toBe('unknown');
  });

  test('nor is DMARC with adkim=s met by a subdomain that it does not count', async () => {
    const key = (soundZone as Record<string, unknown>)['s1._domainkey.example.se'];
    const verdict = await judgedIn({
      mailFrom: 'bounce.other.example',
      dkimSelectors: null,
      routes: [
        {
          transport: 'authsmtp',
          mailFrom: 'bounce.other.example',
          dkim: [{ d: 'mejl.example.se', s: 's1' }],
        },
      ],
      zone: {
        's1._domainkey.mejl.example.se': key,
        '_dmarc.example.se': { TXT: ['v=DMARC1; p=reject; adkim=s'] },
      } as World['zone'] & {},
    });
    expect(standing(verdict, 'gmail').alignment).toBe('not-met');
    expect(standing(verdict, 'gmx-webde').dkim).toBe('met');
  });

  test('hygiene holds no requirement: what is advice is only heeded, but for what the provider itself names', () => {
    // laposte.net names both: reports, or a policy that asks for more than none.
    const asked = ['dmarc-aggregate-reports', 'dmarc-strength'];
    const held = judged.flatMap(([name, , one]) =>
      waysOf(one)
        .flatMap(({ needs }) => needs.map(ruleOf))
        .filter((id) => byId.get(id)?.severity === 'advice' && !asked.includes(id))
        .map((id) => `${name}: ${id}`),
    );
    expect(held).toEqual([]);
  });

  test('laposte.net wants reports of a policy that asks for nothing else', async () => {
    const policyOf = async (text: string) =>
      standing(await judgedIn({ zone: { '_dmarc.example.se': { TXT: [text] } } }), 'laposte').dmarc;
    expect(await policyOf('v=DMARC1; p=none')).toBe('not-met');
    expect(await policyOf('v=DMARC1; p=none; rua=mailto:dmarc@example.se')).toBe('met');
    expect(await policyOf('v=DMARC1; p=reject')).toBe('met');
    // It asks for rua alone.
    const rua = 'rua=mailto:dmarc@example.se';
    expect(await policyOf(`v=DMARC1; p=none; ${rua}; ruf=dmarc@example.se`)).toBe('met');
    expect(await policyOf(`v=DMARC1; p=none; rua=dmarc@example.se; ruf=dmarc@example.se`)).toBe('not-met');
  });

  test('DNS that is silent meets nothing', async () => {
    const silent = Object.fromEntries(
      Object.keys(soundZone).map((name) => [name, { TXT: 'SERVFAIL', MX: 'SERVFAIL' }]),
    );
    const verdict = await judgedIn({ zone: silent });
    expect(standing(verdict, 'gmail').authentication).toBe('unknown');
    const met = verdict.providers.flatMap(({ provider, requirements }) =>
      requirements.filter(({ state }) => state === 'met').map(({ id }) => `${provider} ${id}`),
    );
    expect(
      met.filter((name) => /spf|dkim|dmarc|authentication|both|all-three|any|alignment/.test(name)),
    ).toEqual([]);
  });

  test('of a domain alone, what takes a mail says so', async () => {
    const read = readSender(
      { domain: 'example.se', mailFrom: 'mejl.example.se', dkimSelectors: ['s1'] },
      'org_1',
    );
    if (!read.ok) throw new Error(JSON.stringify(read.errors));
    const { verdict } = await (await preflightIn()).auditSender(read.sender);
    const gmail = verdict.providers.find(({ provider }) => provider === 'gmail');
    expect(gmail?.requirements.find(({ id }) => id === 'one-click')).toEqual({
      id: 'one-click',
      state: 'unknown',
      rules: ['list-unsubscribe'],
      reason: 'needs-mail',
    });
    expect(standing(verdict, 'gmail')).toMatchObject({ authentication: 'met', both: 'met' });
  });

  test('which were not told of are not judged', async () => {
    const resolver = await resolverOf(soundZone);
    closing.push(() => resolver.close());
    const preflight = createPreflight(rules, ruleSet, {
      resolver,
      browser: noBrowser,
      clock,
      policy,
      clients,
    });
    const { verdict } = await preflight.audit(await submissionOf({}), {
      leaveOut: { dns: false, previews: true },
    });
    expect(verdict.providers).toEqual([]);
    expect(now).toBeInstanceOf(Date);
  });
});
