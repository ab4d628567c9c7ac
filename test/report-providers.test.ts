/** How the report tells what the mailbox providers ask, and draws the SPF tree: the page, the text, the JSON. */
import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { providers } from '../rules/providers/index.ts';
import { toAudit } from '../src/audits/audit.ts';
import { providerSection } from '../src/http/pages/providers.ts';
import { spfCards } from '../src/http/pages/spf.ts';
import { reportSchema } from '../src/http/schemas.ts';
import type { AuditRow } from '../src/ports.ts';
import { providerCaution, writeProviders } from '../src/report/providers.ts';
import { writeReport } from '../src/report/report.ts';
import { textReport } from '../src/report/text.ts';
import type { Locale } from '../src/rule.ts';
import { standingOf } from '../src/verdict/providers.ts';
import type { Finding, SpfOutline, SpfOutlineNode, SpfOutlineTerm, Verdict } from '../src/verdict.ts';
import { sendingService } from '../src/words/sending-services.ts';

const ids = Object.values(rules).flatMap((some) => some.map(({ id }) => id));
const finding = (rule: string, outcome: Finding['outcome'], more: Partial<Finding> = {}): Finding => ({
  rule,
  area: 'authentication',
  severity: 'major',
  outcome,
  gates: false,
  waived: false,
  problems: [],
  evidence: [],
  ...more,
});
const passing = (...others: Finding[]) => {
  const told = new Set(others.map(({ rule }) => rule));
  return [...ids.filter((id) => !told.has(id)).map((id) => finding(id, 'pass')), ...others];
};
const noPolicy = finding('dmarc-policy', 'fail', {
  problems: [{ key: 'missing', data: { domain: 'example.se', registeredDomain: 'example.se' } }],
});
const template = finding('list-unsubscribe', 'not-applicable', { reason: 'template' });
const unnamed = ['address-reverse', 'address-name'].map((rule) =>
  finding(rule, 'not-applicable', { reason: 'no-addresses' }),
);
const verdictOf = (findings: Finding[]): Verdict => ({
  decision: 'clear',
  partial: false,
  simulated: false,
  score: 100,
  spam: { score: null, threshold: 5 },
  findings,
  previews: [],
  sandboxed: null,
  spf: null,
  providers: standingOf(providers, findings),
  zones: [],
});
const report = (findings: Finding[], locale: Locale = 'en') =>
  writeReport(verdictOf(findings), rules, locale, undefined, false, providers);
const pageOf = async (findings: Finding[], locale: Locale = 'en') =>
  load(String(await providerSection(report(findings, locale), locale)));

describe('a provider in one sentence', () => {
  const said = (findings: Finding[], locale: Locale) =>
    Object.fromEntries(
      report(findings, locale).providers.map(({ id, word, text }) => [id, `${word}: ${text}`]),
    );

  test('that is met says how much nobody has seen', () => {
    const en = said(passing(...unnamed), 'en');
    expect(en.orange).toBe(
      '2 met, 6 cannot be seen: The 2 of 8 requirements that can be seen before sending are met. The rest cannot be seen from here.',
    );
    expect(en.outlook).toBe('3 of 3 met: What it requires is met, as far as shows before sending.');
    expect(said(passing(...unnamed), 'sv').orange).toBe(
      '2 uppfyllda, 6 syns inte: De 2 av 8 krav som syns före utskicket är uppfyllda. Resten syns inte härifrån.',
    );
  });

  test('that is not met says for whom', () => {
    const en = said(passing(noPolicy), 'en');
    expect(en.gmail).toBe(
      'Not met for large mailings: 1 requirement is not met, but only for those who send more than 5,000 mails a day.',
    );
    expect(en.orange).toBe(
      'Not met: 1 requirement is not met, so Orange may turn the mail away or put it with the spam.',
    );
    expect(said(passing(noPolicy), 'sv').yahoo).toBe(
      'Inte uppfyllt för stora utskick: 1 krav är inte uppfyllt, men bara för den som skickar mycket, utan att Yahoo Mail säger hur mycket.',
    );
  });

  test('that is not known says what it waits for', () => {
    const [gmail] = report(passing(template)).providers;
    expect(gmail?.text).toBe(
      'Nothing that could be checked falls short, but 1 requirement has no answer yet.',
    );
    const open = gmail?.requirements.find(({ id }) => id === 'one-click');
    expect(open).toMatchObject({ state: 'unknown', word: 'Not known yet', rules: ['list-unsubscribe'] });
    expect(open?.note).toMatch(/EML/);
    const [alone] = writeProviders(standingOf(providers, []), providers, 'sv');
    expect(alone?.requirements.find(({ id }) => id === 'dmarc')?.note).toBe(
      'Domänen ensam räcker inte: det krävs ett mejl för att se det.',
    );
  });

  test('of a domain by itself has met its part, and takes a mail for the rest', async () => {
    const ofMail = new Set(['list-unsubscribe', 'unsubscribe-link', 'from-header', 'subject-header']);
    const findings = passing(...unnamed).filter(({ rule }) => !ofMail.has(rule));
    const en = said(findings, 'en').gmail;
    expect(en).toBe(
      'The domain’s part is met: The 5 requirements on the domain that can be seen before sending are met. 1 more is judged when a mail is audited.',
    );
    expect(said(findings, 'sv').gmail).toMatch(
      /^Domänens del är uppfylld: De 5 krav .* 1 krav till avgörs när ett mejl granskas\.$/,
    );
    const [gmail] = report(findings, 'sv').providers;
    expect(gmail).toMatchObject({ state: 'unknown', awaitsMail: true });
    expect(gmail?.requirements.find(({ id }) => id === 'one-click')?.word).toBe('Avgörs med ett mejl');
    // It neither warns of a fault nor looks passed.
    const page = await pageOf(findings);
    expect(page('.providers summary').first().find('.tag').attr('class')).toContain('quiet');
    // A silence is another matter.
    const silent = findings.map((one) =>
      one.rule === 'dmarc-policy' ? finding(one.rule, 'unknown', { reason: 'unanswered' }) : one,
    );
    expect(report(silent).providers[0]).toMatchObject({ state: 'unknown', awaitsMail: false });
    expect(said(silent, 'sv').gmail).toMatch(/^Inte känt än/);
  });

  test('of a requirement or a provider that is no longer listed says nothing', () => {
    const standings = [
      { provider: 'gone', state: 'met' as const, requirements: [] },
      {
        provider: 'gmail',
        state: 'met' as const,
        requirements: [{ id: 'gone', state: 'met' as const, rules: [] }],
      },
    ];
    expect(
      writeProviders(standings, providers, 'en').map(({ id, requirements }) => [id, requirements]),
    ).toEqual([['gmail', []]]);
  });
});

describe('on the page', () => {
  test('each provider is a row that unfolds, and what is not seen never looks passed', async () => {
    const page = await pageOf(passing(template, ...unnamed));
    expect(page('.providers > details')).toHaveLength(7);
    expect(page('.providers > details[open]')).toHaveLength(0);
    const cells = page('.asked td').toArray();
    const unseen = cells.filter((one) => page(one).text().includes('Cannot be seen from here'));
    expect(unseen.length).toBeGreaterThan(15);
    for (const one of unseen) {
      expect(page(one).find('.state').hasClass('clear')).toBe(false);
      expect(page(one).find('use').attr('href')).toBe('#i-unknown');
      // Why, and where it can be seen.
      expect(page(one).find('.under').text().length).toBeGreaterThan(20);
    }
    expect(page.text()).toContain(providerCaution.en.caution);
  });

  test('what falls short comes first, with the finding, the code and the sources', async () => {
    const page = await pageOf(passing(noPolicy));
    const gmail = page('.providers > details').first();
    const first = gmail.find('.asked tbody tr').first();
    expect(first.find('th').text()).toContain('DMARC');
    expect(first.find('a').attr('href')).toBe('#f-dmarc-policy');
    expect(first.find('a').text()).toBe('The domain example.se has no DMARC policy');
    expect(first.find('code').text()).toBe('550 5.7.40');
    expect(gmail.find('.read').text()).toContain('2026-11-23');
    expect(gmail.find('.read a').first().attr('href')).toBe('https://support.google.com/a/answer/81126');
  });

  test.each(['en', 'sv'] as const)('%s says all in its own language', async (locale) => {
    const page = await pageOf(passing(noPolicy, template), locale);
    const other = locale === 'en' ? /\b(?:krav|syns|mejlet)\b/ : /\b(?:requirement|cannot|mails?)\b/;
    // Titles of sources are the providers’ own.
    page('.read a').remove();
    expect(page.text()).not.toMatch(other);
  });

  test('a verdict that tells nothing of them shows nothing of them', async () => {
    const old = { ...verdictOf(passing()), providers: undefined };
    const row = { request: '{}', verdict: JSON.stringify(old) } as AuditRow;
    const { verdict } = toAudit(row, []);
    expect(verdict?.providers).toEqual([]);
    const written = writeReport(verdict ?? verdictOf([]), rules, 'en', undefined, false, providers);
    expect(providerSection(written, 'en')).toBe('');
    expect(textReport(written, 'en')).not.toContain(providerCaution.en.title);
  });
});

test('the text report lists them, with what falls short', () => {
  const text = textReport(report(passing(noPolicy), 'en'), 'en');
  expect(text).toContain('What the mailbox providers ask');
  expect(text).toContain('[Not met] Orange: 1 requirement');
  expect(text).toMatch(
    / {4}- Not met: The From domain must have a DMARC policy; p=none is enough\. \(.*dmarc-policy; 550 5\.7\.40\)/,
  );
  expect(text).toContain(providerCaution.en.caution);
  expect(textReport(report(passing(noPolicy), 'sv'), 'sv')).toContain('Vad mejltjänsterna kräver');
});

test('the JSON is as its schema says', () => {
  const { providers: written } = report(passing(noPolicy, template));
  const shape = reportSchema.shape.providers;
  expect(shape.parse(JSON.parse(JSON.stringify(written)))).toEqual(written);
});

describe('the SPF tree', () => {
  const term = (text: string, more: Partial<SpfOutlineTerm> = {}): SpfOutlineTerm => ({
    text,
    lookup: null,
    isVoid: null,
    node: null,
    ...more,
  });
  const node = (domain: string, ...terms: SpfOutlineTerm[]): SpfOutlineNode => ({
    domain,
    state: 'found',
    terms,
  });
  const outline = (root: SpfOutlineNode, more: Partial<SpfOutline> = {}): SpfOutline => ({
    domain: root.domain,
    of: 'mailFrom',
    lookups: 3,
    limit: 10,
    voids: { count: 1, limit: 2 },
    complete: true,
    root,
    ...more,
  });
  const ips = (count: number) => Array.from({ length: count }, (_, i) => term(`ip4:192.0.2.${i}`));
  const ses = node('amazonses.com', ...ips(9), term('-all'));
  const google = node(
    '_spf.google.com',
    term('include:_netblocks.google.com', { lookup: 3, node: node('_netblocks.google.com', term('~all')) }),
    term('~all'),
  );
  const root = node(
    'mejl.example.se',
    term('include:amazonses.com', { lookup: 1, node: ses }),
    term('include:_spf.google.com', { lookup: 2, node: google }),
    term('a:gone.example.se', { lookup: 4, isVoid: true }),
    term('~all'),
  );
  const drawn = async (verdict: Pick<Verdict, 'spf' | 'spfRoutes'>, locale: Locale = 'en') =>
    load(String(await spfCards(verdict, locale)));
  const lines = (page: Awaited<ReturnType<typeof drawn>>) =>
    page('.term > div')
      .toArray()
      .map((one) => page(one).text().replace(/\s+/g, ' ').trim());

  test('tells of each part what it costs, what it means and whose it is', async () => {
    const page = await drawn({ spf: outline(root, { lookups: 4 }) });
    expect(lines(page)).toEqual([
      'include:amazonses.com Amazon SESwhoever amazonses.com lets in',
      '-allnobody else by this part',
      'include:_spf.google.com Google Workspace 2 look-ups in allwhoever _spf.google.com lets in',
      'include:_netblocks.google.com Google Workspacewhoever _netblocks.google.com lets in',
      '~allnobody else by this part',
      '~allnobody else by this part',
      'a:gone.example.sethe server at gone.example.se finds nothing',
      '~alleveryone else: suspicious',
    ]);
    const numbers = page('.n:not(.free)')
      .toArray()
      .map((one) => page(one).text());
    expect(numbers).toEqual(['Look-up 1', 'Look-up 2', 'Look-up 3', 'Look-up 4']);
    expect(
      page('.meter .big')
        .toArray()
        .map((one) => page(one).text()),
    ).toEqual(['4 / 10', '1 / 2']);
    // Nobody reads nine addresses.
    expect(page('.term details summary').text()).toBe('9 addresses and ranges');
  });

  test('marks what is over a limit, and only the first part says what that means', async () => {
    const many = Array.from({ length: 12 }, (_, i) => term(`a:h${i}.example.se`, { lookup: i + 1 }));
    const spf = outline(node('example.se', ...many), { lookups: 12, voids: { count: 3, limit: 2 } });
    const page = await drawn({ spf });
    expect(
      page('.n.blocked')
        .toArray()
        .map((one) => page(one).text()),
    ).toEqual(['Look-up 11, over the limit', 'Look-up 12, over the limit']);
    expect(
      page('.term .state')
        .toArray()
        .map((one) => page(one).text()),
    ).toEqual(['over the limit: receivers have given up by now']);
    expect(page('.meter.blocked')).toHaveLength(2);
    expect(page.text()).toContain('3 of them find nothing, and many receivers give up after 2 such.');
  });

  test('of a long record folds the branches without trouble, and no other', async () => {
    const long = node(
      'example.se',
      ...Array.from({ length: 20 }, (_, i) => term(`a:h${i}.example.se`)),
      term('include:sound.example', { lookup: 1, node: node('sound.example', ...ips(3), term('-all')) }),
      term('include:broken.example', {
        lookup: 2,
        node: node('broken.example', term('mx:', { fault: true }), term('-all')),
      }),
      term('include:deep.example', {
        lookup: 3,
        node: node(
          'deep.example',
          term('include:gone.example', {
            lookup: 4,
            node: { domain: 'gone.example', state: 'none', terms: [] },
          }),
        ),
      }),
    );
    const page = await drawn({ spf: outline(long) });
    expect(
      page('.branch summary')
        .toArray()
        .map((one) => page(one).text()),
    ).toEqual(['Show what is in it sound.example']);
    expect(page.text()).toContain('no SPF record there, so a receiver that gets this far stops');
  });

  test('says what it cannot know', async () => {
    const page = await drawn({ spf: outline(root, { complete: false, of: 'from' }) }, 'sv');
    expect(page('.meter .big').first().text()).toBe('3+ / 10');
    expect(page('.boxes').first().attr('aria-label')).toBe('Minst 3 av högst 10 uppslag används');
    expect(page.text()).toContain('avsändardomänens post');
  });

  test('is drawn for each sending server where they differ, and of older verdicts without the voids', async () => {
    const other = outline(node('post.example.se', term('include:authsmtp.com', { lookup: 1 }), term('-all')));
    const { voids: _, ...older } = outline(root);
    const page = await drawn({
      spf: older,
      spfRoutes: [
        { route: 'ses', spf: older },
        { route: 'authsmtp', spf: other },
      ],
    });
    expect(
      page('h3')
        .toArray()
        .map((one) => page(one).text()),
    ).toEqual([
      'How the SPF record is read, for mail sent by ses',
      'How the SPF record is read, for mail sent by authsmtp',
    ]);
    expect(page('.spf').first().find('.meter')).toHaveLength(1);
    expect(await drawn({ spf: null }).then((none) => none('.spf'))).toHaveLength(0);
  });

  test('writes what a record says as text', async () => {
    const evil = node(
      'example.se',
      term('include:<script>alert(1)</script>', { lookup: 1 }),
      term('__proto__:x'),
    );
    const page = await drawn({ spf: outline(evil) });
    expect(page('script')).toHaveLength(0);
    expect(lines(page)).toHaveLength(2);
  });

  test.each([
    ['amazonses.com', 'Amazon SES'],
    ['eu._spf.google.com', 'Google Workspace'],
    ['SPF.Protection.Outlook.com.', 'Microsoft 365'],
    ['notamazonses.com', undefined],
    ['google.com', undefined],
  ])('%s is of %s', (name, service) => {
    expect(sendingService(name)).toBe(service);
  });
});
