/** What a report says: the decision, what is open, what to do. The same findings in both languages. */
import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import type { Audit } from '../src/audits.ts';
import type { Evidence } from '../src/facts/facts.ts';
import { auditWords } from '../src/hosts/commands/audit-words.ts';
import { auditPage } from '../src/http/pages/audit.ts';
import { decisionBox } from '../src/http/pages/decision.ts';
import { writeReport } from '../src/report/report.ts';
import { scoreLine, summary } from '../src/report/summary.ts';
import { textReport } from '../src/report/text.ts';
import type { Finding, Verdict } from '../src/verdict.ts';
import { sharedWords } from '../src/words.ts';

const silent: Evidence = {
  kind: 'dns',
  name: '_dmarc.example.se',
  type: 'TXT',
  status: 'timeout',
  records: [],
  authenticated: false,
  resolver: '192.0.2.53:53',
  at: '2026-11-22T09:00:00.000Z',
};
const answered: Evidence = { ...silent, name: 'example.se', status: 'nodata' };

const finding = (rule: string, outcome: Finding['outcome'], more: Partial<Finding> = {}): Finding => ({
  rule,
  area: 'authentication',
  severity: 'blocker',
  outcome,
  gates: outcome === 'fail' || outcome === 'unknown',
  waived: false,
  problems: [],
  evidence: [],
  ...more,
});
const open = finding('dmarc-policy', 'unknown', { reason: 'unanswered', evidence: [answered, silent] });
const asking = finding('mail-from-subdomain', 'unknown', { reason: 'not-given', ask: 'mail-from' });
const failed = (old: string | null = null) =>
  finding('message-body', 'fail', {
    problems: [
      { key: 'empty', data: {}, change: { kind: 'dns', type: 'TXT', name: 'example.se', old, new: 'new' } },
      { key: 'empty', data: {}, change: { kind: 'dns', type: 'MX', name: 'example.se', old, new: 'new' } },
    ],
  });
const verdict = (decision: Verdict['decision'], ...findings: Finding[]): Verdict => ({
  decision,
  partial: false,
  simulated: false,
  score: 100,
  spam: { score: null, threshold: 5 },
  findings,
  previews: [],
  sandboxed: null,
  spf: null,
  zones: [],
  providers: [],
});
test.each([
  ['en', 'Opened from here: 1 link, 2 pictures. Left alone: 1 address (1 with a merge field).'],
  ['sv', 'Öppnade härifrån: 1 länk, 2 bilder. Lämnade i fred: 1 adress (1 med kopplingsfält).'],
] as const)('in %s the report and the page say what was opened, and what was not', (locale, line) => {
  const visits = { links: 1, pictures: 2, left: { unfinished: 1 } };
  const opened = writeReport({ ...verdict('clear'), visits }, rules, locale);
  expect(textReport(opened, locale)).toContain(line);
  expect(`${decisionBox(opened, undefined, false, locale)}`).toContain(line);
  const none = writeReport(verdict('clear'), rules, locale);
  expect(textReport(none, locale)).not.toMatch(/Opened|Öppnade/);
});

const said = (locale: 'en' | 'sv', one: Verdict) => summary(writeReport(one, rules, locale), locale);
const text = (locale: 'en' | 'sv', one: Verdict) =>
  textReport(writeReport(one, rules, locale), locale, undefined, auditWords[locale].asks);

async function pageOf(locale: 'en' | 'sv', one: Verdict, more: Partial<Audit> = {}) {
  const audit: Audit = {
    id: 'aud_1',
    state: 'done' as Audit['state'],
    createdAt: '2026-11-22T09:00:00.000Z',
    finishedAt: '2026-11-22T09:00:05.000Z',
    digest: 'd',
    request: {
      filename: 'brev.html',
      mailFrom: 'mejl.example.se',
      from: 'a@example.se',
      previews: false,
    } as never,
    verdict: { ...one, ruleSet: 'r' },
    failure: null,
    progress: [],
    ...more,
  };
  return load(String(await auditPage(audit, { rules, clients: [] }, locale)));
}

describe('the summary', () => {
  test('of what is undecided does not say that nothing is wrong', () => {
    expect(said('en', verdict('undecided', open))).toMatch(
      /^Nothing found so far stops the mail, but 1 check has no answer yet: DMARC policy\.$/,
    );
    expect(said('sv', verdict('undecided', open))).toMatch(
      /^Inget som stoppar mejlet har hittats hittills, men 1 kontroll saknar svar: DMARC-policy\.$/,
    );
  });

  test('of what is blocked tells how much is still open', () => {
    expect(said('en', verdict('blocked', failed()))).not.toContain('more');
    expect(said('en', verdict('blocked', failed(), open))).toContain(
      ' 1 check has no answer yet, so more may turn up.',
    );
    expect(said('en', verdict('blocked', failed(), open, asking))).toContain(
      ' 2 checks have no answer yet, so more may turn up.',
    );
    expect(said('sv', verdict('blocked', failed(), open))).toContain(
      ' Dessutom saknar 1 kontroll svar, så mer kan dyka upp.',
    );
    expect(said('sv', verdict('blocked', failed(), open, asking))).toContain(
      ' Dessutom saknar 2 kontroller svar, så mer kan dyka upp.',
    );
  });

  test('says once that it is a trial', () => {
    for (const marks of [{ simulated: true }, { partial: true }, { simulated: true, partial: true }]) {
      const one = { ...verdict('clear', finding('message-body', 'pass')), ...marks };
      expect(said('en', one).match(/clearance/g)).toHaveLength(1);
      expect(said('sv', one).match(/klarsignal/g)).toHaveLength(1);
      expect(said('en', one).includes('DNS')).toBe('simulated' in marks);
      expect(said('en', one).includes('left out')).toBe('partial' in marks);
    }
  });

  test('parts titles so that a comma within one is no border', () => {
    expect(said('en', verdict('undecided', open, asking))).toContain('DMARC policy; ');
  });

  const wrong = (rule: string, key: string, data: object = {}, more: Partial<Finding> = {}) =>
    finding(rule, 'fail', { problems: [{ key, data }], ...more });
  const noPolicy = wrong('dmarc-policy', 'missing', {
    domain: 'example.se',
    registeredDomain: 'example.se',
  });
  const noSes = wrong('spf-sender', 'withoutSes', { domain: 'mejl.example.se' });
  const cut = wrong('message-clipping', 'clipped', { size: 120, limit: 102 }, { severity: 'major' });
  const wide = wrong('page-width', 'wide', {}, { severity: 'minor', gates: false });
  test.each<[Finding[], string, string]>([
    [
      [noPolicy],
      'One thing stops this mail: the domain example.se has no DMARC policy.',
      'En sak stoppar mejlet: domänen example.se har ingen DMARC-policy.',
    ],
    [
      [cut, wide, noSes],
      'Two things stop this mail: the SPF record of mejl.example.se leaves out Amazon SES; and the mail is so large that Gmail cuts it off.',
      'Två saker stoppar mejlet: SPF-posten för mejl.example.se saknar Amazon SES och mejlet är så stort att Gmail kapar det.',
    ],
    [
      [noPolicy, noSes, cut],
      'Three things stop this mail: the domain example.se has no DMARC policy; the SPF record of mejl.example.se leaves out Amazon SES; and the mail is so large that Gmail cuts it off.',
      'Tre saker stoppar mejlet: domänen example.se har ingen DMARC-policy; SPF-posten för mejl.example.se saknar Amazon SES och mejlet är så stort att Gmail kapar det.',
    ],
    [
      [cut, cut, cut, noPolicy, noSes],
      'Five things stop this mail: the domain example.se has no DMARC policy; the SPF record of mejl.example.se leaves out Amazon SES; the mail is so large that Gmail cuts it off; and two more things.',
      'Fem saker stoppar mejlet: domänen example.se har ingen DMARC-policy; SPF-posten för mejl.example.se saknar Amazon SES; mejlet är så stort att Gmail kapar det och två saker till.',
    ],
    [
      Array.from({ length: 11 }, () => failed()),
      '11 things stop this mail: the mail is empty; the mail is empty; the mail is empty; and eight more things.',
      '11 saker stoppar mejlet: mejlet är tomt; mejlet är tomt; mejlet är tomt och åtta saker till.',
    ],
  ])('of what is blocked names the gravest first: %#', (findings, en, sv) => {
    expect(said('en', verdict('blocked', ...findings))).toBe(en);
    expect(said('sv', verdict('blocked', ...findings))).toBe(sv);
  });

  test('of what is undecided names three', () => {
    const many = verdict('undecided', ...Array.from({ length: 5 }, () => open));
    expect(said('en', many)).toMatch(/: DMARC policy; DMARC policy; DMARC policy; and 2 more\.$/);
    expect(said('sv', many)).toMatch(/: DMARC-policy; DMARC-policy; DMARC-policy och 2 till\.$/);
  });
});

describe('a finding’s heading', () => {
  const headed = (one: Finding, locale: 'en' | 'sv' = 'en') =>
    writeReport(verdict('blocked', one), rules, locale).findings[0];
  const link = (text: string) => ({ key: 'empty', data: { text, href: '#' } });

  test('of what fails says what is wrong; a problem’s, what is wrong there and what to do', () => {
    const found = headed(finding('empty-link', 'fail', { problems: [link('Läs mer')] }), 'sv');
    expect(found).toMatchObject({
      title: 'Vart länkarna leder',
      heading: 'Länken ”Läs mer” leder ingenstans',
    });
    expect(found?.problems[0]).toMatchObject({
      heading: 'Länken ”Läs mer” leder ingenstans',
      mend: 'Ge varje länk en adress',
    });
  });

  test('counts its problems, also those that are not kept', () => {
    const problems = [link('One'), link('Two')];
    const found = headed(finding('empty-link', 'fail', { problems, omitted: 98 }));
    expect(found?.heading).toBe('100 links do not work');
    expect(found?.problems[1]?.heading).toBe('The link “Two” leads nowhere');
  });

  test('counts those of its own kind alone', () => {
    const words = { key: 'nothing', data: { alt: 'Image' } };
    const file = { key: 'file', data: { alt: 'a.png' } };
    const found = headed(finding('image-alt-words', 'fail', { problems: [file, words, words] }));
    expect(found?.heading).toBe('An image has a file name as its text');
    const other = headed(finding('image-alt-words', 'fail', { problems: [words, file, words] }));
    expect(other?.heading).toBe('2 images have a text that tells nothing');
  });

  test.each(['pass', 'unknown', 'not-applicable'] as const)('is its title when it is %s', (outcome) => {
    expect(headed(finding('empty-link', outcome))).toMatchObject({
      title: 'Link targets',
      heading: 'Link targets',
    });
  });

  test('of a check or problem that is no longer listed is its name', () => {
    const gone = headed(finding('gone', 'fail', { problems: [{ key: 'lost', data: {} }] }));
    expect(gone).toMatchObject({ title: 'gone', heading: 'lost' });
    expect(gone?.problems[0]).toMatchObject({ heading: 'lost', text: 'lost', mend: '', fix: '' });
    const renamed = headed(finding('empty-link', 'fail', { problems: [{ key: 'lost', data: {} }] }));
    expect(renamed).toMatchObject({ heading: 'lost' });
  });

  test('stands in place of the title in the text, but not for what has passed', () => {
    const passed = finding('image-alt', 'pass');
    const words = text('en', verdict('blocked', failed(), passed));
    expect(words).toContain('The mail is empty  (message-body)');
    expect(words).not.toContain('Message body');
    expect(words).toContain('Text for images');
  });
});

test('what stops the mail says so, whatever its severity, and what got no answer is no verdict', () => {
  const major = finding('image-alt', 'fail', { severity: 'major', gates: true });
  const waived = finding('empty-link', 'fail', { severity: 'major', gates: true, waived: true });
  const minor = finding('page-width', 'fail', { severity: 'minor', gates: false });
  const words = text('sv', verdict('blocked', failed(), major, waived, minor, open));
  expect(words.match(/\[[^\]]*\](?: \[[^\]]*\])?/g)).toEqual([
    '[Stoppar mejlet]',
    '[Stoppar mejlet]',
    '[Bör åtgärdas]',
    '[Saknar svar]',
    '[Mindre fel]',
  ]);
  expect(words.match(/^ {2}(?:Varför|Varför det kontrolleras): /gm)).toEqual([
    '  Varför: ',
    '  Varför: ',
    '  Varför: ',
    '  Varför det kontrolleras: ',
    '  Varför: ',
  ]);
});

test('the page says what stops the mail, what is not checked yet, and that what was left out was left out', async () => {
  const major = finding('image-alt', 'fail', { severity: 'major', area: 'accessibility' });
  const left = finding('page-width', 'unknown', { reason: 'left-out', area: 'rendering', gates: false });
  const page = await pageOf('sv', verdict('blocked', major, left));
  expect(
    page('#accessibility article .tag')
      .toArray()
      .map((one) => page(one).text()),
  ).toEqual(['Stoppar mejlet']);
  expect(page('.decision .muted').text()).toContain(': 1 stoppar mejlet, 1 bortvald.');
  expect(page('.decision p:not(.muted)').text()).toContain(
    'Ingen granskning kan lova att mejlet hamnar i inkorgen',
  );
  expect(page('.toc').text()).toContain('1 bortvald');
  expect(page('body').text()).not.toContain('saknar svar');
});

test('what got no answer has a reason to be checked, and no verdict', async () => {
  const page = await pageOf('en', verdict('undecided', open, { ...open, rule: 'dmarc-tags' }));
  expect(page('article summary').first().text()).toBe('Why these are checked; nothing is known yet');
});

test('what DKIM alone can settle asks for nothing', () => {
  const one = finding('dmarc-alignment', 'unknown', { reason: 'needs-dkim' });
  expect(text('en', verdict('undecided', one))).toContain('and we know of none.');
  expect(text('sv', verdict('undecided', one))).toContain('och vi känner inte till någon.');
});

test('there is no score while gating checks are open', () => {
  const line = (locale: 'en' | 'sv', one: Verdict) => scoreLine(writeReport(one, rules, locale), locale);
  expect(line('en', verdict('clear', finding('message-body', 'pass')))).toContain('Score 100 of 100');
  expect(line('en', verdict('undecided', open))).toBe(
    'No score yet: 1 check has no answer, and without it the score would be too high.',
  );
  expect(line('sv', verdict('blocked', failed(), open, asking))).toBe(
    'Inget betyg ännu: 2 kontroller saknar svar, och utan dem blir betyget för högt.',
  );
  expect(line('sv', verdict('undecided', open))).toBe(
    'Inget betyg ännu: 1 kontroll saknar svar, och utan det blir betyget för högt.',
  );
  expect(text('en', verdict('undecided', open))).not.toContain('of 100');
});

test('both forms say what is not checked yet, and who did not answer what', async () => {
  const one = verdict('undecided', open);
  const page = await pageOf('sv', one);
  for (const words of [text('sv', one), page('body').text()]) {
    expect(words).toContain('Ingen granskning kan lova att mejlet hamnar i inkorgen');
    expect(words).toContain('DNS-servern 192.0.2.53:53 svarade inte på frågan om _dmarc.example.se (TXT).');
  }
  expect(text('en', one)).toContain(
    'The DNS server 192.0.2.53:53 did not answer about _dmarc.example.se (TXT).',
  );
});

test('what is open for the same cause is told once, with every check it concerns', async () => {
  const other = finding('spf-include', 'unknown', { reason: 'unanswered', evidence: [silent] });
  const elsewhere = finding('spf-scope', 'unknown', {
    reason: 'unanswered',
    evidence: [{ ...silent, name: 'elsewhere.example' }],
  });
  const one = verdict('undecided', open, asking, other, elsewhere);
  const page = await pageOf('en', one);
  const report = text('en', one);
  expect(report).toContain('did not answer about _dmarc.example.se (TXT); elsewhere.example (TXT).');
  const card = page('article').first();
  expect(card.find('dd > p').text()).toContain('did not answer about the names below.');
  expect(
    card
      .find('dd li')
      .toArray()
      .map((item) => page(item).text()),
  ).toEqual([
    'DMARC policy: _dmarc.example.se (TXT)',
    'What the SPF record includes: _dmarc.example.se (TXT)',
    'Who may send, by SPF: elsewhere.example (TXT)',
  ]);
  for (const { rule } of one.findings) {
    expect(report).toContain(`(${rule})`);
    expect(page(`#f-${rule}`)).toHaveLength(1);
  }
  expect(page('article')).toHaveLength(2);
  expect(
    card
      .find('pre')
      .text()
      .match(/_dmarc/g),
  ).toHaveLength(1);
});

test('an example names its DNS, not the port that it happens to listen on', async () => {
  for (const [locale, told] of [
    ['en', 'The example’s own DNS did not answer about _dmarc.example.se (TXT).'],
    ['sv', 'Exemplets egen DNS svarade inte på frågan om _dmarc.example.se (TXT).'],
  ] as const) {
    const page = await pageOf(locale, verdict('undecided', open), {
      request: { example: 'silent' } as never,
    });
    expect(page('article').text()).toContain(told);
    expect(page('article').text()).not.toContain('192.0.2.53');
  }
});

test('how many have no answer is one number, in the same words wherever it stands', async () => {
  const waiting = (rule: string) => finding(rule, 'not-applicable', { reason: 'no-mail-from', gates: false });
  const subject = (rule: string) =>
    finding(rule, 'unknown', { reason: 'not-given', ask: 'subject', severity: 'minor', gates: false });
  const one = verdict(
    'blocked',
    failed(),
    open,
    asking,
    waiting('mail-from-spf'),
    waiting('mail-from-mx'),
    subject('subject-line'),
    subject('subject-capitals'),
  );
  const page = await pageOf('sv', one);
  expect(
    page('.decision')
      .text()
      .match(/[\d]+(?: kontroller)? saknar svar|saknar \d+ kontroller svar/g),
  ).toEqual(['saknar 6 kontroller svar', '6 saknar svar', '6 kontroller saknar svar']);
  expect(page('section.area > header').text()).toContain('6 saknar svar');
  expect(page('.toc .state').text()).toContain('1 stoppar mejlet');
});

test('what is asked for several checks is asked in one field', async () => {
  const of = (rule: string) =>
    finding(rule, 'unknown', { reason: 'not-given', ask: 'subject', severity: 'minor', gates: false });
  const one = verdict('clear', of('subject-line'), of('subject-capitals'));
  const page = await pageOf('sv', one);
  expect(page('article')).toHaveLength(1);
  expect(page('form.ask input[name=subject]')).toHaveLength(1);
  expect(page('article').text()).toContain('Vilket ämne får mejlet?');
  expect(page('#f-subject-line, #f-subject-capitals')).toHaveLength(2);
  expect(text('en', one).match(/--subject/g)).toHaveLength(1);
});

test('a message without a signature is told so where the selector is asked for', async () => {
  const selector = finding('dkim-key', 'unknown', { reason: 'not-given', ask: 'dkim-selector' });
  const unsigned = finding('dkim-signature', 'not-applicable', { reason: 'no-signature' });
  expect(text('en', verdict('undecided', selector, unsigned))).toContain(
    '  There is no DKIM-Signature in this file: either it was saved before',
  );
  expect(text('en', verdict('undecided', selector))).not.toContain('DKIM-Signature in this file');
  const page = await pageOf('sv', verdict('undecided', selector, unsigned));
  expect(page('article').text()).toContain('I den här filen finns ingen DKIM-Signature');
  expect(page('article details.help').text()).toContain('Visa original');
});

test('an open check says why it matters and how to answer it', async () => {
  const one = verdict('undecided', asking);
  expect(text('en', one)).toMatch(/Return-Path\)\?.* Give it with --mail-from\./);
  expect(text('en', one)).toContain('  Why it is checked: ');
  expect(textReport(writeReport(one, rules, 'en'), 'en')).not.toContain('--mail-from');
  const page = await pageOf('sv', one);
  expect(page('.finding form').attr('action')).toBe('/audits/aud_1/again');
  expect(page('.finding form input[name=mailFrom]')).toHaveLength(1);
});

describe('a route without an answer, of a check that fails by another', () => {
  const by = { routes: ['ses'], unansweredBy: ['authsmtp'] };
  const [stops, excepted] = [failed(), { ...failed(), waived: true }].map((one) => ({ ...one, ...by }));
  if (!stops || !excepted) throw new Error('no findings');

  test.each([
    ['en', 'With the sending server authsmtp this check has no answer yet.', 'stays held until there is one'],
    ['sv', 'Med utskicksservern authsmtp saknar kontrollen svar.', 'kvar tills svaret har kommit'],
  ] as const)('is named in %s, and that the mail stays held', async (locale, names, held) => {
    for (const one of [verdict('blocked', stops), verdict('undecided', excepted)]) {
      for (const told of [text(locale, one), (await pageOf(locale, one))('article').text()]) {
        expect(told).toContain(names);
        expect(told).toContain(held);
      }
    }
    expect(text(locale, verdict('blocked', failed()))).not.toContain('authsmtp');
  });

  test('is what is missing to decide where somebody answers for the failure', () => {
    expect(said('en', verdict('undecided', excepted))).toMatch(/1 check has no answer yet: \S/);
    expect(said('sv', verdict('undecided', excepted))).toMatch(/1 kontroll saknar svar: \S/);
  });
});

test('the text says which mail it is about, and nothing in that commands a terminal', async () => {
  const mail = {
    id: 'aud_1',
    at: '2026-11-22T09:00:00.000Z',
    from: 'A\u001b[2J <a@example.se>',
    subject: 'Hej\u202e\nCLEAR TO SEND',
    mailFrom: 'mejl.example.se',
    filename: null,
    class: 'marketing' as const,
  };
  const written = (locale: 'en' | 'sv') =>
    textReport(writeReport(verdict('blocked', failed()), rules, locale, mail), locale);
  expect(written('en')).toContain(
    'Subject: Hej  CLEAR TO SEND\nFrom: A [2J <a@example.se>\nSending subdomain: mejl.example.se\n' +
      'Audited: 2026-11-22 09:00 UTC\nAudit: aud_1\n\n',
  );
  expect(written('sv')).toContain('\nGranskat: 2026-11-22 09:00 UTC\nGranskning: aud_1\n');
  expect(text('en', verdict('blocked', failed()))).not.toContain('Audited:');
});

test('a record that is not there is added, and where that is done is said once', async () => {
  const [added, changed] = [verdict('blocked', failed()), verdict('blocked', failed('old'))];
  expect(text('en', added)).toContain('Add: new');
  expect(text('en', added)).not.toContain('Change to');
  expect(text('sv', changed)).toContain('Ändra till: new');
  expect(text('sv', added).match(/där domänens DNS sköts/g)).toHaveLength(1);
  const page = await pageOf('sv', added);
  expect(page('ins b').first().text()).toBe('Lägg till');
  expect(
    page('body')
      .text()
      .match(/där domänens DNS sköts/g),
  ).toHaveLength(1);
});

test.each(['en', 'sv'] as const)('previews drawn without a sandbox say so: %s', async (locale) => {
  const view = {
    view: 'v-light',
    client: 'v',
    scheme: 'light',
    width: 1,
    height: 1,
    cut: false,
    dark: null,
  } as const;
  const passed = finding('blank-page', 'pass', { area: 'rendering' });
  const drawn = (sandboxed: boolean) => ({ ...verdict('clear', passed), previews: [view], sandboxed });
  const told = sharedWords[locale].unsandboxed;
  expect(text(locale, drawn(false))).toContain(told);
  expect((await pageOf(locale, drawn(false)))('body').text()).toContain(told);
  expect(text(locale, drawn(true))).not.toContain(told);
  expect((await pageOf(locale, drawn(true)))('body').text()).not.toContain(told);
});

test.each(['no-mail-from', 'no-selector'] as const)(
  'what only waits for an answer does not say that it does not apply: %s',
  async (reason) => {
    const waiting = finding('mail-from-spf', 'not-applicable', { reason });
    const one = verdict('undecided', asking, waiting);
    expect(text('en', one)).toContain('No answer until you give what is asked for (1):');
    expect(text('en', one)).not.toContain('Does not apply');
    const page = await pageOf('sv', one);
    expect(page('summary').text()).toContain('1 kontroll saknar svar tills du anger det som efterfrågas');
    expect(page('body').text()).not.toContain('gäller inte');
  },
);

test('what does not apply says why not', async () => {
  const one = verdict('clear', finding('image-alt', 'not-applicable', { reason: 'no-html' }));
  expect(text('en', one)).toContain('The message has no HTML part. (Text for images)');
  const page = await pageOf('sv', one);
  expect(page('details').text()).toContain('Mejlet har ingen HTML-del.');
  expect(page('summary').text()).toContain('1 gäller inte');
});

test('the page says what was audited and when, and keeps its steps in order', async () => {
  const head = (await pageOf('en', verdict('undecided', open)))('main, body').text();
  expect(head).toMatch(/mejl\.example\.se.*brev\.html.*2026-11-22/s);
  const progress = (['spf', 'message'] as const).map((fact) => ({ fact, state: 'running' as const }));
  const page = await pageOf('en', verdict('clear'), { verdict: null, progress });
  expect(page('ol li').first().text()).toContain('Read the message');
});
