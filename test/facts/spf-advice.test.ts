/** What the rules of the envelope say, and which record they offer: worlds in which a wrong word costs mail. */
import { describe, expect, test } from 'vitest';
import mailFromSpf from '../../rules/authentication/mail-from-spf.ts';
import spfInclude from '../../rules/authentication/spf-include.ts';
import spfLookupLimit from '../../rules/authentication/spf-lookup-limit.ts';
import spfScope from '../../rules/authentication/spf-scope.ts';
import spfSender from '../../rules/authentication/spf-sender.ts';
import { clients } from '../../rules/clients/index.ts';
import mailFromExchanger from '../../rules/domain/mail-from-exchanger.ts';
import mailFromMx from '../../rules/domain/mail-from-mx.ts';
import mailFromSubdomain from '../../rules/domain/mail-from-subdomain.ts';
import { rules } from '../../rules/index.ts';
import { policy } from '../../rules/policy.ts';
import { writeReport } from '../../src/report/report.ts';
import { type Facts, locales, type Problem, type Rule, type World } from '../../src/rule.ts';
import { judge } from '../../src/verdict.ts';
import { factsFor, noBrowser, now } from '../world.ts';

async function answerOf(rule: Rule, world: World) {
  const gathered = await factsFor(rule, world, noBrowser);
  const known = Object.fromEntries(
    Object.entries(gathered).map(([name, fact]) => [name, fact.known ? fact.value : undefined]),
  );
  return rule.check(known as unknown as Facts, { policy, clients, now });
}

async function problemsOf(rule: Rule, world: World): Promise<readonly Problem[]> {
  const answer = await answerOf(rule, world);
  if ('unknown' in answer || 'notApplicable' in answer) throw new Error(JSON.stringify(answer));
  return answer;
}

/** The keys of the problems, or why there are none. */
async function said(rule: Rule, world: World): Promise<string> {
  const answer = await answerOf(rule, world);
  if ('unknown' in answer)
    return `unknown: ${answer.unknown}${answer.ask ? ` (asks for ${answer.ask})` : ''}`;
  if ('notApplicable' in answer) return `not applicable: ${answer.notApplicable}`;
  return answer.map(({ key }) => key).join(' ') || 'pass';
}

const ses = '10 feedback-smtp.eu-north-1.amazonses.com';
const own = '10 in.example.se';
const at = (record: string, mx: string | string[] = ses, more: Record<string, unknown> = {}): World => ({
  zone: {
    'mejl.example.se': { TXT: [record], MX: [mx].flat() },
    'amazonses.com': { TXT: ['v=spf1 ip4:203.0.113.0/24 ip4:198.51.100.0/25 -all'] },
    'esp.example': { TXT: ['v=spf1 ip4:192.0.2.0/24 -all'] },
    'dark.example': 'SERVFAIL',
    'loud.example': { A: ['127.0.0.2'] },
    ...more,
  },
});
const blocks = (count: number) => Array.from({ length: count }, (_, i) => `include:i${i}.example`).join(' ');
const included = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`i${i}.example`, { TXT: ['v=spf1 -all'] }]));

describe('whether the sending server may send', () => {
  test.each<[World, string]>([
    [at('v=spf1 include:%{i}.a.example -all', own), 'unknown: each-mail (asks for sending-address)'],
    [at('v=spf1 exists:%{i}.a.example -all', own), 'unknown: each-mail (asks for sending-address)'],
    [at('v=spf1 redirect=%{i}.a.example', own), 'unknown: each-mail (asks for sending-address)'],
    [at('v=spf1 include:dark.example -all', own), 'unknown: unanswered'],
    [at('v=spf1 include:dark.example ip4:192.0.2.1 -all', own), 'pass'],
    [at('v=spf1 exists:%{i}._spf.corp.example -all'), 'unknown: each-mail (asks for sending-address)'],
    [at('v=spf1 ip4:192.0.2.1 -all'), 'withoutSes'],
    [at('v=spf1 ip4:203.0.113.0/24 ~all'), 'withoutSes'],
    [at('v=spf1 ip4:203.0.113.0/25 ip4:203.0.113.128/25 ip4:198.51.100.0/24 ~all'), 'pass'],
    [at('v=spf1 ip4:203.0.113.0/24 -ip4:198.51.100.7 ip4:198.51.100.0/24 ~all'), 'withoutSes'],
    [at('v=spf1 ip4:203.0.113.0/24 include:dark.example ~all'), 'unknown: unanswered'],
    [at('v=spf1 ip4:203.0.113.0/24 -all', ses, { 'amazonses.com': 'TIMEOUT' }), 'unknown: unanswered'],
    // Which servers are Amazon's nobody has said, and the two that are named here may be all.
    [at('v=spf1 a mx -all', ses, { 'amazonses.com': 'TIMEOUT' }), 'unknown: unanswered'],
    [at('v=spf1 -ip4:0.0.0.0/0 -ip6:::/0 include:amazonses.com -all'), 'nobody'],
    [at('v=spf1 -ip4:198.51.100.0/24 include:amazonses.com ip4:192.0.2.1 -all'), 'withoutSes'],
    [at('v=spf1 -include:dark.example include:amazonses.com -all'), 'unknown: unanswered'],
    [at('v=spf1 ptr:amazonses.com -all'), 'unknown: each-mail (asks for sending-address)'],
    [at('v=spf1 include:amazonses.com include:gone.example ~all'), 'pass'],
  ])('%j: %s', async (world, expected) => {
    expect(await said(spfSender, world)).toBe(expected);
  });

  test.each(['amazonses.com', 'eu-north-1.amazonses.com'])(
    'MAIL FROM %s is Amazon’s to keep',
    async (mailFrom) => {
      const zone = {
        'eu-north-1.amazonses.com': { TXT: ['v=spf1 ip4:192.0.2.1 -all'], MX: [ses] },
        'amazonses.com': { TXT: ['v=spf1 ip4:192.0.2.1 -all'], MX: [ses] },
      };
      expect(await said(spfSender, { mailFrom, zone })).toBe('not applicable: not-yours');
    },
  );
});

describe('a tree that nobody reads to its end', () => {
  const cut = at(`v=spf1 ${blocks(61)} -all`, own, included(61));
  test.each<[Rule, string]>([
    [spfLookupLimit, 'tooMany'],
    [spfInclude, 'unknown: cut-short'],
    [spfSender, 'unknown: cut-short'],
    [spfScope, 'pass'],
  ])('asks for nothing: %#', async (rule, expected) => {
    expect(await said(rule, cut)).toBe(expected);
  });

  test.each<[Rule, string]>([
    [spfLookupLimit, 'unknown: each-mail'],
    [spfInclude, 'unknown: each-mail'],
    [spfScope, 'unknown: each-mail'],
    [spfSender, 'unknown: each-mail (asks for sending-address)'],
  ])('nor by a macro: %#', async (rule, expected) => {
    expect(await said(rule, at('v=spf1 redirect=%{i}.a.example', own))).toBe(expected);
  });
});

describe('whether anyone may send', () => {
  test.each<[string, string]>([
    ['v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 include:amazonses.com -all', 'wide'],
    ['v=spf1 ip4:0.0.0.0/2 ip4:64.0.0.0/2 include:amazonses.com -all', 'wide'],
    ['v=spf1 ip6:2000::/4 ip6:3000::/4 -all', 'wide'],
    ['v=spf1 ip4:10.0.0.0/8 ip4:172.16.0.0/12 -all', 'pass'],
    ['v=spf1 -ip4:0.0.0.0/1 ip4:0.0.0.0/1 include:amazonses.com -all', 'pass'],
    ['v=spf1 -ip4:0.0.0.0/0 -ip6:::/0 +all', 'pass'],
    ['v=spf1 include:wide.example -all', 'wide'],
    ['v=spf1 ?include:wide.example -all', 'pass'],
  ])('%s: %s', async (record, expected) => {
    const zone = { 'wide.example': { TXT: ['v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all'] } };
    expect(await said(spfScope, at(record, ses, zone))).toBe(expected);
  });
});

describe('whether bounces arrive', () => {
  const mx = (hosts: string | string[], more: Record<string, unknown> = {}) =>
    at('v=spf1 ip4:192.0.2.1 ~all', hosts, more);
  test.each<[World, string]>([
    [mx('10 gone.example.se'), 'gone'],
    [mx('10 feedback-smtp.eu-north-9.amazonses.com'), 'gone'],
    [mx('10 text.example.se', { 'text.example.se': { TXT: ['no address'] } }), 'gone'],
    [mx('10 dark.example'), 'unknown: unanswered'],
    [mx('10 half.example', { 'half.example': { A: 'TIMEOUT', AAAA: ['2001:db8::1'] } }), 'pass'],
    [mx('10 half.example', { 'half.example': { A: 'TIMEOUT' } }), 'unknown: unanswered'],
    [mx(['10 gone.example.se', '20 in.example.se']), 'pass'],
    [mx(['10 gone.example.se', '20 dark.example']), 'unknown: unanswered'],
    [mx('10 alias.example', { 'alias.example': { CNAME: ['in.example.se'] } }), 'pass'],
    [mx('10 inbound-smtp.eu-west-1.amazonaws.com'), 'pass'],
    [at('v=spf1 include:amazonses.com ~all', '10 inbound-smtp.eu-west-1.amazonaws.com'), 'misspelt'],
  ])('%j: %s', async (world, expected) => {
    const zone = { 'inbound-smtp.eu-west-1.amazonaws.com': { A: ['192.0.2.9'] }, ...world.zone };
    expect(await said(mailFromExchanger, { ...world, zone })).toBe(expected);
  });

  test('only so many servers are looked up', async () => {
    const hosts = Array.from({ length: 12 }, (_, i) => `${i} gone${i}.example`);
    expect(await said(mailFromExchanger, mx(hosts))).toBe('unknown: unanswered');
  });
});

describe('the record that is offered', () => {
  const changesOf = async (rule: Rule, world: World) =>
    (await problemsOf(rule, world)).map(({ change }) => (change?.kind === 'dns' ? change.new : undefined));

  test.each<[Rule, World, string | undefined]>([
    // Amazon SES keeps its permission.
    // `a` goes: the domain has no address.
    [spfScope, at('v=spf1 a mx +all'), 'v=spf1 mx include:amazonses.com ~all'],
    [spfScope, at('v=spf1 mx +all', own), 'v=spf1 mx ~all'],
    [spfScope, at('v=spf1 ip4:192.0.2.1 +all redirect=_spf.host.example', own), undefined],
    [spfScope, at('v=spf1 mx +all include:unread.example', own), undefined],
    [spfScope, at('v=spf1 +all', own), undefined],
    [spfScope, at('v=spf1 +all'), 'v=spf1 include:amazonses.com ~all'],
    // Never over the limit.
    [spfSender, at(`v=spf1 ${blocks(10)} ip4:192.0.2.1 -all`, ses, included(10)), undefined],
    [
      spfSender,
      at(`v=spf1 ${blocks(9)} ip4:192.0.2.1 -all`, ses, included(9)),
      `v=spf1 ${blocks(9)} ip4:192.0.2.1 include:amazonses.com -all`,
    ],
    // What breaks the record goes.
    [spfSender, at('v=spf1 redirect=gone.example'), 'v=spf1 include:amazonses.com ~all'],
    [
      spfSender,
      at('v=spf1 ip4:192.0.2.1 a:g1.example a:g2.example a:g3.example -all'),
      'v=spf1 ip4:192.0.2.1 include:amazonses.com -all',
    ],
    [spfSender, at('v=spf1 ?include:dark.example -all'), undefined],
    [mailFromSpf, at('v=spf1 include=esp.example +all', own), 'v=spf1 include:esp.example ~all'],
    [mailFromSpf, at(' v=spf1 mx +all'), 'v=spf1 mx include:amazonses.com ~all'],
    // Not for those who send with another.
    [spfSender, at('v=spf1 -all', own), undefined],
    [mailFromSpf, { zone: { 'mejl.example.se': { MX: [own] } } }, undefined],
    [mailFromSpf, { zone: { 'mejl.example.se': { MX: [ses] } } }, 'v=spf1 include:amazonses.com ~all'],
    [
      mailFromMx,
      {
        zone: {
          'mejl.example.se': { TXT: ['v=spf1 include:esp.example -all'] },
          'esp.example': { TXT: ['v=spf1 ip4:192.0.2.1 -all'] },
        },
      },
      undefined,
    ],
    [mailFromMx, { zone: { 'mejl.example.se': { TXT: ['v=spf1 include:amazonses.com -all'] } } }, ses],
    // Nor where nothing says who sends.
    [mailFromMx, { zone: { 'mejl.example.se': { TXT: ['other'] } } }, undefined],
    // Nor at a name that is not the sender's.
    [
      spfScope,
      { mailFrom: 'b.esp.example', zone: { 'b.esp.example': { TXT: ['v=spf1 mx +all'] } } },
      undefined,
    ],
    [
      mailFromSpf,
      { mailFrom: 'b.esp.example', zone: { 'b.esp.example': { TXT: ['v=spf1 a=x.example'] } } },
      undefined,
    ],
  ])('%#', async (rule, world, wanted) => {
    expect(await changesOf(rule, world)).toEqual([wanted]);
  });

  test('every rule offers the same one', async () => {
    const world = at('v=spf1 include=esp.example +all', ses, {
      'esp.example': { TXT: ['v=spf1 ip4:192.0.2.1 -all'] },
    });
    const both = [...(await changesOf(mailFromSpf, world)), ...(await changesOf(spfScope, world))];
    expect(both.filter(Boolean)).toEqual(
      Array(both.filter(Boolean).length).fill('v=spf1 include:esp.example include:amazonses.com ~all'),
    );
  });

  test.each<[string[], (string | null | undefined)[]]>([
    [['10 feedback-smtp.eu-west1.amazonses.com'], ['10 feedback-smtp.eu-west-1.amazonses.com']],
    [['10 feedback-smtp.euwest-1.amazonses.com'], ['10 feedback-smtp.eu-west-1.amazonses.com']],
    [['10 feedback-smtp.eu-nord-1.amazonses.com'], [undefined]],
    [
      ['10 feedback-smtp.eu-west1.amazonses.com', '20 feedback-smtp.euwest-1.amazonses.com'],
      ['10 feedback-smtp.eu-west-1.amazonses.com', null],
    ],
    [[ses, '20 feedback-smtp.eu-north-1.amazonses.com.mejl.example.se'], [null]],
  ])('MX %j: %j', async (hosts, wanted) => {
    expect(await changesOf(mailFromExchanger, at('v=spf1 include:amazonses.com ~all', hosts))).toEqual(
      wanted,
    );
  });

  test('a null MX is shown as it stands', async () => {
    const [problem] = await problemsOf(mailFromMx, at('v=spf1 include:amazonses.com ~all', '10 .'));
    expect(problem?.change).toMatchObject({ old: '10 .', new: ses });
  });
});

describe('whose record is to be mended', () => {
  const fixes = async (rule: Rule, world: World) =>
    (await problemsOf(rule, world)).flatMap(({ key, data }) =>
      locales.map((locale) => {
        const { heading, fix } = rule.words[locale];
        const told = [heading, fix].map((text) => (typeof text === 'string' ? text : text[key]?.(data, 1)));
        return told.join(' | ');
      }),
    );

  test('a fault in a service’s record is met in one’s own', async () => {
    const world = at('v=spf1 include:n.example -all', own, {
      'n.example': { TXT: ['v=spf1 include:gone.example -all'] },
    });
    for (const text of await fixes(spfInclude, world)) {
      expect(text).toContain('include:n.example');
      expect(text).not.toMatch(/(?:out of the SPF record of|ur SPF-posten för) n\.example/);
    }
  });

  test('nobody asks a service about one’s own domain', async () => {
    const world = at('v=spf1 include:_spf.example.se -all', own, {
      '_spf.example.se': { TXT: ['v=spf1 ipv4:192.0.2.1 -all'] },
    });
    for (const text of await fixes(spfInclude, world)) {
      expect(text).not.toMatch(/service behind|tjänsten bakom/);
    }
  });
});

describe('which subdomain is advised', () => {
  const told = async (world: World, locale: 'en' | 'sv') => {
    const [problem] = await problemsOf(mailFromSubdomain, world);
    const { fix } = mailFromSubdomain.words[locale];
    return typeof fix === 'string' ? fix : (fix[problem?.key ?? '']?.(problem?.data ?? {}) ?? '');
  };

  test.each(locales)('not one that doubles its label: %s', async (locale) => {
    expect(await told({ from: 'a@mejl.example.se', mailFrom: 'mejl.example.se' }, locale)).not.toMatch(
      /mejl\.mejl/,
    );
    expect(await told({ from: 'a@mail.example.se', mailFrom: 'mail.example.se' }, locale)).not.toMatch(
      /mail\.mail/,
    );
  });

  test.each([null, 'gmail.com', 'mejl.example.se'])(
    'none below a free mailbox: MAIL FROM %s',
    async (mailFrom) => {
      const world = { from: 'forening@gmail.com', mailFrom };
      expect(await said(mailFromSubdomain, world)).toBe('freeMailbox');
      expect(await told(world, 'sv')).not.toContain('.gmail.com');
    },
  );
});

describe('which question got no answer', () => {
  const mx = { MX: [own], TXT: ['v=spf1 ip4:192.0.2.1 -all'] };
  test.each<[Rule, Record<string, unknown>, string]>([
    [mailFromSpf, { 'mejl.example.se': 'TIMEOUT' }, 'mejl.example.se (TXT)'],
    [spfSender, { 'mejl.example.se': { TXT: mx.TXT, MX: 'TIMEOUT' } }, 'mejl.example.se (MX)'],
    [
      spfInclude,
      { 'mejl.example.se': { ...mx, TXT: ['v=spf1 include:dark.example -all'] } },
      'dark.example (TXT)',
    ],
    [spfScope, { 'mejl.example.se': { ...mx, TXT: ['v=spf1 a:dark.example -all'] } }, 'dark.example (A)'],
    [mailFromMx, { 'mejl.example.se': 'TIMEOUT' }, 'mejl.example.se (MX)'],
    [mailFromExchanger, { 'mejl.example.se': { ...mx, MX: ['10 dark.example'] } }, 'dark.example (A)'],
  ])('%#', async (rule, zone, question) => {
    const world = { zone: { 'example.se': 'TIMEOUT', 'dark.example': 'SERVFAIL', ...zone } };
    const facts = await factsFor(rule, world, noBrowser);
    const only = Object.fromEntries(
      Object.entries(rules).map(([area, members]) => [area, members.filter((one) => one === rule)]),
    ) as unknown as typeof rules;
    const verdict = judge({ facts, rules: only, policy, clients, now, partial: false, simulated: true });
    for (const locale of locales) {
      const [finding] = writeReport(verdict, only, locale).findings;
      expect(finding?.note).toContain(question);
    }
  });
});
