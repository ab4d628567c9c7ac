/** All that the report of a domain offers, published round by round; and of whom it speaks. */
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { planSteps } from '../rules/plan/index.ts';
import { type Plan, writePlan } from '../src/report/plan.ts';
import { writeReport } from '../src/report/report.ts';
import { locales } from '../src/rule.ts';
import { readSender } from '../src/submission.ts';
import { audit, auditBy, bothRoutes, key, nothing, others, ready, type Zone } from './plan-world.ts';
import { resolverOf } from './world.ts';

describe('of Amazon SES nothing is said where nothing goes by it', () => {
  const of = (include: string, MX?: string[]) => ({
    'example.se': { MX: ['10 mx.mailhost.example'], TXT: [`v=spf1 include:${include} -all`] },
    [include]: { TXT: ['v=spf1 ip4:192.0.2.0/24 -all'] },
    'mejl.example.se': { TXT: [`v=spf1 include:${include} -all`], ...(MX ? { MX } : {}) },
  });
  const reserve = bothRoutes.filter(({ transport }) => transport !== 'ses');
  const renamed = reserve.map((one) => ({ ...one, mail_from: 'mejl.example.se' }));
  const amazon = ['10 feedback-smtp.eu-north-1.amazonses.com'];

  test.each<[string, Zone, string | null, typeof bothRoutes]>([
    ['Mailchimp', of('servers.mcsv.net'), 'mejl.example.se', []],
    ['Microsoft 365', of('spf.protection.outlook.com', ['0 .']), 'mejl.example.se', []],
    ['a service whose bounce server is gone', of('esp.example', ['10 gone.example']), 'mejl.example.se', []],
    ['nothing that is known', nothing, null, []],
    ['a name with nothing', nothing, 'mejl.example.se', []],
    ['another server that is set up here', nothing, null, reserve],
    ['the same without MX', of('authsmtp.com'), null, renamed],
    ['the same with a server that is gone', of('authsmtp.com', ['10 feedback-smtp.x']), null, renamed],
  ])('%s', async (_, zone, mailFrom, routes) => {
    const resolver = await resolverOf({ ...others, ...zone });
    try {
      const handed = { domain: 'example.se', routes, ...(mailFrom ? { mailFrom } : {}) };
      const read = readSender(handed, 'org_test');
      if (!read.ok) throw new Error(JSON.stringify(read.errors));
      const { plan, verdict } = await auditBy(resolver, {}, read.sender);
      for (const locale of locales) {
        const { steps } = writePlan(plan, planSteps, [], locale, []);
        const said = steps.map(({ title, why, how, until, changes }) => [title, why, how, until, changes]);
        expect(JSON.stringify(said)).not.toMatch(/amazon|\bSES\b/i);
        for (const { rule: id, problems } of verdict.findings) {
          const words = rules.domain.find((one) => one.id === id)?.words[locale];
          if (!words || problems.length === 0) continue;
          const say = (text: typeof words.fix, { key, data }: (typeof problems)[number]) =>
            typeof text === 'string' ? text : text[key]?.(data as never);
          const texts = problems.flatMap((one) => [
            one.change,
            say(words.fix, one),
            say(words.mend, one),
            words.problems[one.key]?.(one.data as never),
          ]);
          expect(JSON.stringify([words.why, ...texts])).not.toMatch(/amazon|\bSES\b/i);
        }
      }
    } finally {
      await resolver.close();
    }
  });

  test('and where its own is there, it is named', async () => {
    const { plan } = await audit(of('amazonses.com', amazon), ready, bothRoutes);
    const said = JSON.stringify(writePlan(plan, planSteps, [], 'en', []));
    expect(said).toContain('Amazon SES');
  });
});

describe('a domain with one fault, and all that its report offers published, round by round', () => {
  const sends = 'mejl.example.se';
  const bounces = ['10 feedback-smtp.eu-north-1.amazonses.com'];
  const signed = 's1._domainkey.example.se';
  const rua = 'rua=mailto:dmarc@example.se';
  const sound: Zone = {
    'example.se': {
      NS: ['ns1.loopia.se'],
      MX: ['10 mx.mailhost.example'],
      TXT: ['v=spf1 mx ~all', 'MS=ms1'],
    },
    [sends]: { MX: bounces, TXT: ['v=spf1 include:amazonses.com ~all'] },
    [signed]: { TXT: key },
    '_dmarc.example.se': { TXT: [`v=DMARC1; p=none; ${rua}`] },
    '_spf.news.example': { TXT: ['v=spf1 ip4:192.0.2.192/26 -all'] },
    'example-se.mail.protection.outlook.com': { A: ['192.0.2.25'] },
    'spf.protection.outlook.com': { TXT: ['v=spf1 ip4:192.0.2.64/26 -all'] },
    'mail12.atl.mcsv.net': { MX: ['10 mx.mailhost.example'], TXT: ['v=spf1 ip4:192.0.2.0/26 -all'] },
  };
  const at = (...TXT: string[]) => ({ [sends]: { MX: bounces, TXT } });
  const apex = (...TXT: string[]) => ({ 'example.se': { ...sound['example.se'], TXT } });
  const dmarc = (...TXT: string[]) => ({ '_dmarc.example.se': { TXT } });
  const gone = (name: string) => ({ [name]: 'NXDOMAIN' as never });
  const microsoft = {
    'example.se': { NS: ['ns1.loopia.se'], MX: ['0 example-se.mail.protection.outlook.com'] },
  };
  const hosts = (count: number) => Array.from({ length: count }, (_, i) => `a:h${i}.example.net`).join(' ');
  const addresses = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`h${i}.example.net`, { A: [`192.0.2.${2 * i}`] }]),
    );
  /** Rounds until nothing is offered any more. */
  const most = 4;

  test.each<[fault: string, Zone | null, mailFrom: string | null, left: string[]]>([
    ['none', {}, sends, []],
    [
      'two SPF records of MAIL FROM',
      at('v=spf1 include:amazonses.com ~all', 'v=spf1 include:_spf.news.example -all'),
      sends,
      [],
    ],
    [
      'three',
      at('v=spf1 include:amazonses.com -all', 'v=spf1 -all', 'v=spf1 include:_spf.news.example -all'),
      sends,
      [],
    ],
    [
      'two that hang on the mail',
      at('v=spf1 include:amazonses.com -all', 'v=spf1 exists:%{i}.example.net -all'),
      sends,
      ['mail-from-spf'],
    ],
    ['a misspelt part', at('v=spf1 includ:amazonses.com ~all'), sends, []],
    ['an unreadable part', at('v=spf1 inside:amazonses.com ~all'), sends, ['mail-from-spf']],
    ['an equals sign', at('v=spf1 include=amazonses.com ~all'), sends, []],
    ['a semicolon', at('v=spf1; include:amazonses.com ~all'), sends, []],
    ['+all of MAIL FROM', at('v=spf1 include:amazonses.com +all'), sends, []],
    ['an include that is gone', at('v=spf1 include:gone.example.net include:amazonses.com ~all'), sends, []],
    ['no SPF of MAIL FROM', { [sends]: { MX: bounces } }, sends, []],
    ['no MX of MAIL FROM', { [sends]: { TXT: ['v=spf1 include:amazonses.com ~all'] } }, sends, []],
    [
      'a null MX of MAIL FROM',
      { [sends]: { MX: ['0 .'], TXT: ['v=spf1 include:amazonses.com ~all'] } },
      sends,
      [],
    ],
    [
      'MAIL FROM at a doubled name',
      {
        ...gone(sends),
        [`${sends}.example.se`]: { MX: bounces, TXT: ['v=spf1 include:amazonses.com ~all'] },
      },
      sends,
      [],
    ],
    [
      'DMARC at a doubled name',
      {
        ...gone('_dmarc.example.se'),
        '_dmarc.example.se.example.se': { TXT: [`v=DMARC1; p=quarantine; ${rua}`] },
      },
      sends,
      [],
    ],
    ['DKIM at a doubled name', { ...gone(signed), [`${signed}.example.se`]: { TXT: key } }, sends, []],
    ['no DKIM', gone(signed), sends, ['dkim-key']],
    ['no DMARC', gone('_dmarc.example.se'), sends, []],
    ['a misspelt DMARC', dmarc(`v=dmarc1 p=none; ${rua}`), sends, []],
    ['DMARC without a policy', dmarc('v=DMARC1; p=nonne'), sends, []],
    [
      'two SPF records of From',
      apex('v=spf1 mx -all', 'v=spf1 include:_spf.news.example ~all', 'MS=ms1'),
      null,
      [],
    ],
    [
      'the same, beside MAIL FROM',
      apex('v=spf1 mx -all', 'v=spf1 include:_spf.news.example ~all'),
      sends,
      [],
    ],
    ['+all of From', apex('v=spf1 mx +all'), null, []],
    ['a dead include of From', apex('v=spf1 mx include:gone.example.net ~all'), sends, []],
    ['a misspelt SPF of From', apex('v=spf1; mx ~all'), sends, []],
    ['SPF of From at a wrong name', { ...apex(), '_spf.example.se': { TXT: ['v=spf1 mx -all'] } }, sends, []],
    ['no SPF with Microsoft 365', microsoft, sends, []],
    ['no domain at all', null, sends, ['from-domain']],
    ['no domain at all, and nothing known', null, null, ['from-domain']],
    [
      'eleven look-ups of MAIL FROM',
      { ...at(`v=spf1 ${hosts(11)} include:amazonses.com ~all`), ...addresses(11) },
      sends,
      [],
    ],
    ['a newsletter by Mailchimp', {}, 'mail12.atl.mcsv.net', []],
    ['no SPF, and From is MAIL FROM', microsoft, 'example.se', ['mail-from-subdomain']],
  ])(
    '%s',
    async (_, changed, mailFrom, left) => {
      let zone: Zone = changed === null ? {} : { ...sound, ...changed };
      for (let round = 1; ; round += 1) {
        const { plan, verdict } = await look(zone, mailFrom);
        const written = writePlan(
          plan,
          planSteps,
          verdict.zones ?? [],
          'en',
          writeReport(verdict, rules, 'en').findings,
        );
        for (const { step, how, mend, changes, state } of written.steps) {
          expect([step, how]).not.toEqual([step, '']);
          expect([step, how]).not.toEqual([step, expect.stringMatching(/:$/)]);
          expect([step, mend]).not.toEqual([step, []]);
          if (changes.length === 0 && state !== 'done')
            expect([step, how]).not.toEqual([step, expect.stringMatching(/below/)]);
        }
        const offered = offersOf(plan, verdict);
        for (const one of offered)
          for (const other of offered)
            if (one.name === other.name && one.type === other.type) expect(one).toEqual(other);
        if (offered.length === 0) {
          const stopping = verdict.findings.filter(({ outcome, gates }) => outcome === 'fail' && gates);
          expect(stopping.map(({ rule }) => rule)).toEqual(left);
          return;
        }
        expect([round, offered]).not.toEqual([most, offered]);
        zone = offered.reduce(put, zone);
      }
    },
    20_000,
  );

  async function look(zone: Zone, mailFrom: string | null) {
    const resolver = await resolverOf({ ...others, ...zone });
    try {
      const read = readSender(
        { domain: 'example.se', dkimSelectors: ['s1'], ...(mailFrom ? { mailFrom } : {}) },
        'org_test',
      );
      if (!read.ok) throw new Error(JSON.stringify(read.errors));
      return await auditBy(resolver, {}, read.sender);
    } finally {
      await resolver.close();
    }
  }

  /** Advice and what is not required need more than a record. */
  function offersOf(plan: Plan, { findings }: Awaited<ReturnType<typeof auditBy>>['verdict']) {
    const steps = plan.steps.filter(({ state, optional }) => state === 'now' && !optional);
    const failing = findings.filter(({ outcome, severity }) => outcome === 'fail' && severity !== 'advice');
    const told = failing.flatMap(({ problems }) =>
      problems.flatMap(({ change }) => (change?.kind === 'dns' ? [change] : [])),
    );
    return [...steps.flatMap(({ records }) => records), ...told].map(({ type, name, old, new: next }) => ({
      type,
      name,
      old,
      next,
    }));
  }

  /** An SPF record that is offered stands for all that are there, as the words say. */
  function put(zone: Zone, { type, name, old, next }: ReturnType<typeof offersOf>[number]): Zone {
    const there = typeof zone[name] === 'object' ? zone[name] : {};
    const isSpf = /^v=spf1 /.test(next ?? '');
    const kept = ((there[type] as string[] | undefined) ?? []).filter(
      (one) => one !== old && one !== next && !(isSpf && /^v=spf1 /.test(one)),
    );
    return { ...zone, [name]: { ...there, [type]: next === null ? kept : [...kept, next] } };
  }
});
