/** The plan for a domain: followed step by step, it takes a domain with nothing to one without a fault. */
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { planSteps } from '../rules/plan/index.ts';
import { mailHosts } from '../rules/providers/mail-hosts.ts';
import { type Plan, writePlan } from '../src/report/plan.ts';
import { locales } from '../src/rule.ts';
import {
  absent,
  audit,
  bothRoutes,
  key,
  nothing,
  publish,
  ready,
  stateOf,
  token,
  type Zone,
} from './plan-world.ts';

test('a domain that does not exist is to be registered, or spelt right, before all else', async () => {
  const { plan } = await audit({}, absent);
  const [first, ...rest] = plan.steps.filter(({ state }) => state !== 'idle');
  expect([first?.step, first?.state]).toEqual(['register', 'now']);
  expect([...new Set(rest.map(({ state }) => state))]).toEqual(['later']);
  expect(writePlan(plan, planSteps, [], 'sv', []).steps[0]).toMatchObject({
    title: 'Kontrollera stavningen av example.se, eller registrera den',
    faults: [],
  });
});

test.each<[string, Zone]>([
  ['exists', nothing],
  ['is not told of', { 'example.se': 'SERVFAIL' as never }],
])('a domain that %s is not to be registered', async (_, zone) => {
  const { plan } = await audit(zone, absent);
  expect(stateOf(plan, 'register')).toEqual(['idle']);
});

describe('a domain with nothing', () => {
  let zone = nothing;
  const seen: Awaited<ReturnType<typeof audit>>[] = [];
  const look = async (ses = absent) => {
    const judged = await audit(zone, ses);
    seen.push(judged);
    return judged;
  };

  test('followed step by step, each step is done after it, and at the end nothing fails', async () => {
    const begin = await look();
    expect(begin.failing).toEqual(
      expect.arrayContaining(['from-exchanger', 'dmarc-policy', 'mail-from-spf']),
    );
    expect(begin.plan.steps.filter(({ state }) => state === 'done')).toEqual([]);
    // Whoever is to take its mail is to send it too, so a record that refuses all would be wrong by then.
    expect(begin.plan.steps.find(({ step }) => step === 'spf')).toMatchObject({
      state: 'later',
      records: [],
    });
    const told = begin.verdict.findings.flatMap(({ problems }) =>
      problems.flatMap((one) => one.change ?? []),
    );
    expect(told.filter((one) => one.kind === 'dns' && one.new === 'v=spf1 -all')).toEqual([]);

    // A mail host is a person's choice.
    zone = { ...zone, 'example.se': { ...zone['example.se'], MX: ['10 mx.mailhost.example'] } };
    const withMail = await look();
    expect(stateOf(withMail.plan, 'mail')).toEqual(['done']);
    expect(withMail.failing).not.toContain('from-exchanger');

    zone = publish(zone, withMail.plan, 'spf');
    expect(zone['example.se']?.TXT).toEqual(['v=spf1 mx ~all']);
    const withSpf = await look();
    expect(stateOf(withSpf.plan, 'spf')).toEqual(['done']);

    zone = publish(zone, withSpf.plan, 'dkim');
    expect(zone[`${token}._domainkey.example.se`]).toEqual({ CNAME: [`${token}.dkim.amazonses.com`] });
    // The reserve's key is on the sender's page.
    zone = { ...zone, 'k1._domainkey.example.se': { TXT: key } };
    const withDkim = await look();
    expect(stateOf(withDkim.plan, 'dkim')).toEqual(['done', 'done']);
    expect(withDkim.failing).not.toContain('dkim-key');

    zone = publish(zone, withDkim.plan, 'envelope');
    expect(zone['mejl.example.se']).toEqual({
      MX: ['10 feedback-smtp.eu-north-1.amazonses.com'],
      TXT: ['v=spf1 include:amazonses.com ~all'],
    });
    // Where the reserve's bounces are read is known on the sender's page as well.
    zone = { ...zone, 'studs.example.se': { ...zone['studs.example.se'], MX: ['10 reader.example.net'] } };
    expect(zone['studs.example.se']?.TXT).toEqual(['v=spf1 include:authsmtp.com ~all']);
    const withEnvelope = await look();
    expect(stateOf(withEnvelope.plan, 'envelope')).toEqual(['done', 'done']);
    expect(stateOf(withEnvelope.plan, 'provider')).toEqual(['now', 'idle']);
    expect(withEnvelope.failing).toContain('ses-identity');

    const withSes = await look(ready);
    expect(stateOf(withSes.plan, 'provider')).toEqual(['done', 'idle']);
    expect(withSes.failing.filter((rule) => /^(?:ses|mail-from)-/.test(rule))).toEqual([]);
    expect(stateOf(withSes.plan, 'dmarc-quarantine')).toEqual(['later']);

    for (const [step, p] of [
      ['dmarc-none', 'none'],
      ['dmarc-quarantine', 'quarantine'],
      ['dmarc-reject', 'reject'],
    ] as const) {
      const { plan } = seen.at(-1) ?? withSes;
      // How long a policy has stood nobody can see.
      expect(stateOf(plan, step)).toEqual([step === 'dmarc-none' ? 'now' : 'later']);
      zone = publish(zone, plan, step);
      expect(zone['_dmarc.example.se']?.TXT).toEqual([`v=DMARC1; p=${p}; rua=mailto:dmarc@example.se`]);
      const after = await look(ready);
      expect(stateOf(after.plan, step)).toEqual(['done']);
    }
    const withDmarc = seen.at(-1) ?? withSes;
    expect(
      withDmarc.plan.steps.filter(({ optional, state }) => !optional && !['done', 'idle'].includes(state)),
    ).toEqual([]);

    zone = publish(zone, withDmarc.plan, 'tls-reports');
    const end = await look(ready);
    expect(stateOf(end.plan, 'tls-reports')).toEqual(['done']);
    // What is only advised may be left.
    const { findings } = end.verdict;
    const wrong = findings.filter(({ outcome, severity }) => outcome === 'fail' && severity !== 'advice');
    expect(wrong.map(({ rule }) => rule)).toEqual([]);
  });

  test('each check that a step is to mend passes once the steps are done, and did not before', () => {
    const mended = planSteps.filter(({ optional }) => !optional).flatMap(({ checks }) => checks);
    const outcomes = (one: (typeof seen)[number] | undefined) =>
      Object.fromEntries(
        (one?.verdict.findings ?? [])
          .filter(({ rule }) => mended.includes(rule))
          .map(({ rule, outcome }) => [rule, outcome]),
      );
    const [before, after] = [outcomes(seen[0]), outcomes(seen.at(-1))];
    expect(
      Object.entries(after).filter(([, outcome]) => outcome === 'fail' || outcome === 'unknown'),
    ).toEqual([]);
    expect(new Set(Object.keys(after))).toEqual(new Set(mended));
    const already = Object.entries(before).filter(([, outcome]) => outcome === 'pass');
    // The names alone say this much.
    expect(already.map(([rule]) => rule).sort()).toEqual([
      'from-domain',
      'mail-from-routes',
      'mail-from-subdomain',
    ]);
  });
});

describe('what is known decides', () => {
  const sound: Zone = {
    ...nothing,
    'example.se': { ...nothing['example.se'], MX: ['10 mx.mailhost.example'], TXT: ['v=spf1 mx ~all'] },
  };
  test('silence is never done, and nothing is proposed on it', async () => {
    const silent: Zone = { 'example.se': 'TIMEOUT' as never, '_dmarc.example.se': 'TIMEOUT' as never };
    const { plan } = await audit(silent, ready);
    expect(stateOf(plan, 'spf')).toEqual(['unknown']);
    expect(stateOf(plan, 'dmarc-none')).toEqual(['unknown']);
    expect(
      plan.steps.filter(({ step }) => ['spf', 'dmarc-none'].includes(step)).flatMap(({ records }) => records),
    ).toEqual([]);
  }, 30_000);

  test('without a named selector nobody knows whether the mail is signed', async () => {
    const routes = [{ transport: 'authsmtp', mail_from: 'studs.example.se', dkim: [], signed_by: [] }];
    expect(stateOf((await audit(sound, ready, routes)).plan, 'dkim')).toEqual(['unknown']);
  });

  test('a policy without reports gets an address, and keeps its strength', async () => {
    const { plan } = await audit({ ...sound, '_dmarc.example.se': { TXT: ['v=DMARC1; p=none'] } }, ready);
    const [step] = plan.steps.filter((one) => one.step === 'dmarc-none');
    expect(step?.records.map((one) => one.new)).toEqual(['v=DMARC1; p=none; rua=mailto:dmarc@example.se']);
  });

  test('SPF names whoever takes the mail, where that is known', async () => {
    const zone: Zone = {
      ...sound,
      'example.se': { ...nothing['example.se'], MX: ['1 smtp.google.com'] },
      'smtp.google.com': { A: ['192.0.2.77'] },
    };
    const [step] = (await audit(zone, ready)).plan.steps.filter((one) => one.step === 'spf');
    expect(step?.records.map((one) => one.new)).toEqual(['v=spf1 include:_spf.google.com ~all']);
  });
});

describe('a step whose record stands and does not work is not done', () => {
  const sends = 'mejl.example.se';
  const sound: Zone = {
    'example.se': { NS: ['ns1.loopia.se'], MX: ['10 mx.mailhost.example'], TXT: ['v=spf1 mx ~all'] },
    [sends]: {
      MX: ['10 feedback-smtp.eu-north-1.amazonses.com'],
      TXT: ['v=spf1 include:amazonses.com ~all'],
    },
    [`${token}._domainkey.example.se`]: { TXT: key },
    '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; rua=mailto:dmarc@example.se'] },
  };
  const ses = [bothRoutes[0] as (typeof bothRoutes)[number]];
  const at = async (changed: Zone, step: string) => {
    const { plan } = await audit({ ...sound, ...changed }, ready, ses);
    return plan.steps.find((one) => one.step === step);
  };
  const apex = (TXT: string[]) => ({ 'example.se': { ...sound['example.se'], TXT } });
  const many = Array.from({ length: 11 }, (_, i) => `include:s${i}.example.net`).join(' ');
  const services = Object.fromEntries(
    Array.from({ length: 11 }, (_, i) => [`s${i}.example.net`, { TXT: ['v=spf1 ip4:192.0.2.9 -all'] }]),
  );

  test.each<[string, string, Zone, string]>([
    ['an include that is gone', 'spf', apex(['v=spf1 include:gone.example.net ~all']), 'spf-from-domain'],
    ['two SPF records', 'spf', apex(['v=spf1 mx ~all', 'v=spf1 -all']), 'spf-from-domain'],
    ['eleven look-ups', 'spf', { ...apex([`v=spf1 ${many} ~all`]), ...services }, 'spf-from-domain'],
    ['+all', 'spf', apex(['v=spf1 mx +all']), 'spf-from-domain'],
    [
      '+all of MAIL FROM',
      'envelope',
      { [sends]: { ...sound[sends], TXT: ['v=spf1 include:amazonses.com +all'] } },
      'spf-scope',
    ],
    [
      'unreadable TLS-RPT',
      'tls-reports',
      { '_smtp._tls.example.se': { TXT: ['v=TLSRPTv1; rua=tls@example.se'] } },
      'tls-reports-record',
    ],
    [
      'a lost report address',
      'dmarc-none',
      { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; rua=mailto:x@gone.example.net'] } },
      'dmarc-report-address',
    ],
    [
      'MTA-STS without its policy file',
      'mta-sts',
      { '_mta-sts.example.se': { TXT: ['v=STSv1; id=1'] } },
      'mta-sts-policy',
    ],
    [
      'BIMI without a logo that can be used',
      'bimi',
      { 'default._bimi.example.se': { TXT: ['v=BIMI1; l=http://example.se/logo.png'] } },
      'bimi-record',
    ],
    [
      'two MX where Amazon SES wants one',
      'envelope',
      {
        [sends]: {
          ...sound[sends],
          MX: ['10 feedback-smtp.eu-north-1.amazonses.com', '20 mx.mailhost.example'],
        },
      },
      'mail-from-mx',
    ],
  ])('%s', async (_, step, changed, check) => {
    const found = await at(changed, step);
    expect(found).toMatchObject({ state: 'now', mend: expect.arrayContaining([check]) });
  });

  test('two SPF records of the From domain are, also where nobody has said what MAIL FROM is', async () => {
    const { plan } = await audit({ ...sound, ...apex(['v=spf1 mx ~all', 'v=spf1 -all']) }, ready, []);
    expect(plan.steps.find(({ step }) => step === 'spf')).toMatchObject({ state: 'now' });
  });

  test('a mail host that the record refuses is, and is told of', async () => {
    const refused = await at(
      {
        'example.se': {
          ...sound['example.se'],
          MX: ['0 x.mail.protection.outlook.com'],
          TXT: ['v=spf1 -all'],
        },
        'x.mail.protection.outlook.com': { A: ['192.0.2.25'] },
      },
      'spf',
    );
    expect(refused).toMatchObject({ state: 'now', mend: ['spf-mail-host'] });
  });

  test('and what works is', async () => {
    for (const step of ['spf', 'dkim', 'envelope', 'dmarc-none'])
      expect(await at({}, step)).toMatchObject({ step, state: 'done' });
  });

  const dmarc = (...TXT: string[]) => ({ '_dmarc.example.se': { TXT } });
  const rua = 'rua=mailto:dmarc@example.se';
  const unsigned = { [`${token}._domainkey.example.se`]: { TXT: ['v=DKIM1; p='] } };
  test.each([
    ['v=DMARC1; p=none; sp=none; rua=mailto:a@example.se', 'v=DMARC1; p=quarantine; rua=mailto:a@example.se'],
    [
      'v=DMARC1; p=none; adkim=s; x=1; rua=mailto:a@example.se',
      'v=DMARC1; p=quarantine; adkim=s; x=1; rua=mailto:a@example.se',
    ],
    ['v=DMARC1;p=quarantine;t=y;rua=mailto:a@example.se', 'v=DMARC1; p=quarantine; rua=mailto:a@example.se'],
    ['v=DMARC1; p=none; pct=5; rua=mailto:a@example.se', 'v=DMARC1; p=quarantine; rua=mailto:a@example.se'],
  ])('%s becomes %s: what else stands there is kept', async (old, next) => {
    const signing = { ...sound, [`${token}._domainkey.example.se`]: { TXT: key } };
    const routes = bothRoutes.slice(0, 1);
    const { plan } = await audit({ ...signing, '_dmarc.example.se': { TXT: [old] } }, ready, routes);
    const [step] = plan.steps.filter((one) => one.step === 'dmarc-quarantine');
    expect(step?.records).toEqual([{ type: 'TXT', name: '_dmarc.example.se', old, new: next }]);
  });

  test.each<[string, Zone, string, string, string | undefined]>([
    [
      'what stood for unknown time',
      dmarc(`v=DMARC1; p=none; ${rua}`),
      'dmarc-quarantine',
      'later',
      undefined,
    ],
    [
      'no key, and aspf=s',
      { ...dmarc(`v=DMARC1; p=none; aspf=s; ${rua}`), ...unsigned },
      'dmarc-quarantine',
      'later',
      'pass',
    ],
    [
      'the same at quarantine',
      { ...dmarc(`v=DMARC1; p=quarantine; aspf=s; ${rua}`), ...unsigned },
      'dmarc-reject',
      'later',
      'pass',
    ],
    [
      'and what stands too early',
      { ...dmarc(`v=DMARC1; p=quarantine; aspf=s; ${rua}`), ...unsigned },
      'dmarc-quarantine',
      'now',
      'pass',
    ],
    [
      'reports that go nowhere',
      dmarc('v=DMARC1; p=quarantine; rua=mailto:x@gone.example.net'),
      'dmarc-reject',
      'later',
      'reports',
    ],
    [
      'what stands and passes',
      dmarc(`v=DMARC1; p=quarantine; ${rua}`),
      'dmarc-quarantine',
      'done',
      undefined,
    ],
    ['nothing yet', { '_dmarc.example.se': {} }, 'dmarc-none', 'now', undefined],
  ])('a stronger policy and %s', async (_, changed, step, state, lacks) => {
    const found = await at(changed, step);
    expect([found?.state, found?.data.lacks]).toEqual([state, lacks]);
    // As long as it waits for something there is nothing to publish.
    if (lacks) expect(found?.records).toEqual([]);
  });

  test('without a named selector or server nobody says that the mail passes', async () => {
    const named = [{ ...ses[0], mail_from: 'other.example.net', dkim: [] } as (typeof bothRoutes)[number]];
    const { plan } = await audit(sound, ready, named);
    const [step] = plan.steps.filter((one) => one.step === 'dmarc-quarantine');
    expect([step?.state, step?.data.lacks]).toEqual(['later', 'unsaid']);
  });

  test('two DMARC records are told of, and a misspelt policy gets its mended record', async () => {
    const two = await at(dmarc(`v=DMARC1; p=none; ${rua}`, 'v=DMARC1; p=reject'), 'dmarc-none');
    expect(two).toMatchObject({ state: 'now', records: [], data: { case: 'several' } });
    const wrong = await at(dmarc(`v=DMARC1; p=nonne; ${rua}`), 'dmarc-none');
    expect(wrong?.records.map((one) => one.new)).toEqual([`v=DMARC1; p=none; ${rua}`]);
  });

  test('MTA-STS is for a domain that has MX records', async () => {
    const own: Zone = { 'example.se': { A: ['192.0.2.25'], TXT: ['v=spf1 a ~all'] } };
    expect(await at(own, 'mta-sts')).toMatchObject({ state: 'idle' });
    expect((await at({}, 'mta-sts'))?.data.lines).toContain('mx: mx.mailhost.example · max_age: 2592000');
  });
});

test('every step says its words in both languages, at each state', async () => {
  const { plan, verdict } = await audit(nothing, absent);
  const unread: Plan = {
    steps: plan.steps.map((one) => ({ ...one, state: 'unknown', data: {}, records: [] })),
  };
  for (const locale of locales) {
    for (const one of [plan, unread]) {
      const { steps } = writePlan(
        one,
        planSteps,
        verdict.zones,
        locale,
        verdict.findings.map(({ rule }) => ({ rule, heading: rule })),
      );
      expect(steps.length).toBeGreaterThan(8);
      for (const { title, why, how, until } of steps)
        for (const text of [title, why, how ?? '', until ?? ''])
          expect(text).not.toMatch(/undefined|null|NaN|\[object/);
    }
  }
  const { steps } = writePlan(plan, planSteps, verdict.zones, 'sv', []);
  const [change] = steps.flatMap(({ changes }) => changes);
  expect(change?.where).toBe(
    'Det gör du hos Loopia, där DNS för example.se sköts (Kundzon, domänen, DNS-editorn).',
  );
  expect(change?.forms.plain.host).toBe(`${token}._domainkey`);
});

describe('a step says why it waits, and which checks are to be mended', () => {
  const one = (state: 'unknown' | 'now', mend?: string[]): Plan => {
    const step = { step: 'mta-sts', route: null, state, optional: true, waitDays: 0, records: [], data: {} };
    return { steps: [{ ...step, ...(mend ? { mend } : {}) }] };
  };
  const silent = {
    rule: 'mta-sts',
    heading: '',
    outcome: 'unknown',
    reason: 'dns-alone',
    note: 'Ur en zonfil.',
  } as const;
  test.each<[string, Plan, Parameters<typeof writePlan>[4], string]>([
    [
      'no answer',
      one('unknown'),
      [silent],
      'Det gick inte att titta efter, så ingen kan säga om det är klart. Ur en zonfil.',
    ],
    [
      'no answer, and nothing that says why',
      one('unknown'),
      [],
      'Det gick inte att titta efter, så ingen kan säga om det är klart.',
    ],
    [
      'a check that fails',
      one('now', ['mta-sts']),
      [{ rule: 'mta-sts', heading: 'Posten är fel' }],
      'Det finns i DNS men fungerar inte som det ska. Rätta det som de här kontrollerna säger: Posten är fel',
    ],
    ['none that says so', one('now', []), [], 'Det finns i DNS men fungerar inte som det ska.'],
  ])('%s', (_, plan, findings, how) => {
    expect(writePlan(plan, planSteps, [], 'sv', findings).steps.map((step) => step.how)).toEqual([how]);
  });
});

test('each step’s checks and predecessors exist, and those stand before it', () => {
  const ids = new Set(Object.values(rules).flatMap((members) => members.map(({ id }) => id)));
  const missing = planSteps.flatMap(({ checks }) => checks.filter((check) => !ids.has(check)));
  expect(missing).toEqual([]);
  const order = planSteps.map(({ id }) => id);
  for (const { id, after } of planSteps)
    for (const one of after) expect(order.slice(0, order.indexOf(id))).toContain(one);
});

test.each([
  ['mailcluster.loopia.se', 'Loopia'],
  ['mx4.mailpod16-cph3.g1i.one.com', 'one.com'],
  ['mx.simply.com', 'Simply.com'],
  ['aspmx.l.google.com', 'Google Workspace'],
  ['alt1.aspmx.l.google.com', 'Google Workspace'],
  ['aspmx2.googlemail.com', 'Google Workspace'],
  ['smtp.google.com', 'Google Workspace'],
  ['example-se.mail.protection.outlook.com', 'Microsoft 365'],
  ['mail.protonmail.ch', 'Proton Mail'],
  ['in1-smtp.messagingengine.com', 'Fastmail'],
  ['mx.someone.com', undefined],
  ['google.com.evil.example', undefined],
])('%s is %s', (server, name) => {
  expect(mailHosts.filter(({ servers }) => servers.test(server)).map((one) => one.name)).toEqual(
    name ? [name] : [],
  );
});
