/** What the rules make of facts that are only partly known: certain failures stand, nothing else passes. */
import { describe, expect, test } from 'vitest';
import dmarcAlignment from '../../rules/authentication/dmarc-alignment.ts';
import dmarcPolicy from '../../rules/authentication/dmarc-policy.ts';
import dmarcReports from '../../rules/authentication/dmarc-reports.ts';
import dmarcTags from '../../rules/authentication/dmarc-tags.ts';
import mailFromSpf from '../../rules/authentication/mail-from-spf.ts';
import spfInclude from '../../rules/authentication/spf-include.ts';
import spfLookupLimit from '../../rules/authentication/spf-lookup-limit.ts';
import spfScope from '../../rules/authentication/spf-scope.ts';
import spfSender from '../../rules/authentication/spf-sender.ts';
import { clients } from '../../rules/clients/index.ts';
import mailFromExchanger from '../../rules/domain/mail-from-exchanger.ts';
import mailFromMx from '../../rules/domain/mail-from-mx.ts';
import { policy } from '../../rules/policy.ts';
import fromDomain from '../../rules/sender/from-domain.ts';
import type { Change, Facts, Rule, World } from '../../src/rule.ts';
import { factsFor, noBrowser, now } from '../world.ts';

async function answerOf(rule: Rule, world: World) {
  const gathered = await factsFor(rule, world, noBrowser);
  const known = Object.fromEntries(
    Object.entries(gathered).map(([name, fact]) => [name, fact.known ? fact.value : undefined]),
  );
  return rule.check(known as unknown as Facts, { policy, clients, now });
}

/** The keys of the problems, or why there are none. */
async function said(rule: Rule, world: World): Promise<string> {
  const answer = await answerOf(rule, world);
  if ('unknown' in answer) return `unknown: ${answer.unknown}`;
  if ('notApplicable' in answer) return `not applicable: ${answer.notApplicable}`;
  return answer.map(({ key }) => key).join(' ') || 'pass';
}

const mejl = (record: string, more: Record<string, unknown> = {}): World => ({
  zone: { 'mejl.example.se': { TXT: [record] }, 'dark.example': 'SERVFAIL', ...more },
});
const eleven = 'exists:%{i}.a.example '.repeat(11);

const open = 'unknown: unanswered';

const unsaid = 'not applicable: no-mail-from';
const eachMail = 'unknown: each-mail';

/** What mail-from-spf, spf-sender, spf-scope, spf-include and spf-lookup-limit say, in this order. */
test.each<[string, World, [string, string, string, string, string]]>([
  ['a redirect without an answer', mejl('v=spf1 redirect=dark.example'), ['pass', open, open, open, open]],
  [
    'an include without an answer',
    mejl('v=spf1 include:dark.example -all'),
    ['pass', open, open, open, open],
  ],
  [
    'over the limit all the same',
    mejl(`v=spf1 ${eleven}include:dark.example -all`),
    ['pass', open, open, open, 'tooMany'],
  ],
  [
    'broken all the same',
    mejl('v=spf1 include:dark.example include:gone.example -all'),
    ['pass', open, open, 'vanished', open],
  ],
  ['open all the same', mejl('v=spf1 include:dark.example +all'), ['pass', 'pass', 'everyone', open, open]],
  [
    'faulty all the same',
    mejl('v=spf1 include:dark.example ipv4:1 -all'),
    ['invalid', 'not applicable: faulty-record', open, open, open],
  ],
  [
    'an ending that depends on the mail',
    mejl('v=spf1 redirect=%{i}.example'),
    ['pass', eachMail, eachMail, eachMail, eachMail],
  ],
  [
    'an include that depends on the mail counts as one',
    mejl('v=spf1 include:%{i}._spf.example ~all'),
    ['pass', eachMail, 'pass', 'pass', 'pass'],
  ],
  ['no answer at the root', { zone: { 'mejl.example.se': 'TIMEOUT' } }, [open, open, open, open, open]],
  ['nobody may send', mejl('v=spf1 -all'), ['pass', 'nobody', 'pass', 'pass', 'pass']],
  [
    'a tree cut short',
    mejl(`v=spf1 ${'include:a.%{d} '.repeat(50)} -all`, { 'a.mejl.example.se': { TXT: ['v=spf1 -all'] } }),
    ['pass', 'unknown: cut-short', 'pass', 'unknown: cut-short', 'tooMany'],
  ],
  [
    'nobody said what MAIL FROM is: a sound record of the From domain says nothing of the mail',
    { mailFrom: null },
    [unsaid, unsaid, unsaid, unsaid, unsaid],
  ],
  [
    'nobody said what MAIL FROM is: the From domain lets anybody forge it',
    { mailFrom: null, zone: { 'example.se': { TXT: ['v=spf1 +all'] } } },
    [unsaid, unsaid, 'nothingElse', unsaid, unsaid],
  ],
  [
    'nobody said what MAIL FROM is: no mail at all can use the record of the From domain',
    { mailFrom: null, zone: { 'example.se': { TXT: ['v=spf1 mx -all', 'v=spf1 a -all'] } } },
    ['several', unsaid, unsaid, unsaid, unsaid],
  ],
  [
    'nobody said what MAIL FROM is: a dead part of the From domain’s record hangs on which server sends',
    { mailFrom: null, zone: { 'example.se': { TXT: ['v=spf1 mx include:gone.example -all'] } } },
    [unsaid, unsaid, unsaid, unsaid, unsaid],
  ],
  [
    'MAIL FROM is the From domain',
    { mailFrom: 'example.se', zone: { 'example.se': { TXT: ['v=spf1 mx +all'] } } },
    ['pass', 'pass', 'everyone', 'pass', 'pass'],
  ],
])('%s', async (_, world, expected) => {
  const rules5 = [mailFromSpf, spfSender, spfScope, spfInclude, spfLookupLimit];
  expect(await Promise.all(rules5.map((rule) => said(rule, world)))).toEqual(expected);
});

const bySes = (record: string, more: Record<string, unknown> = {}): World => ({
  zone: {
    'mejl.example.se': { TXT: [record], MX: ['10 feedback-smtp.eu-west-1.amazonses.com'] },
    'nobody.example': { TXT: ['v=spf1 -all'] },
    'ses.example': { TXT: ['v=spf1 include:amazonses.com -all'] },
    'dark.example': 'SERVFAIL',
    ...more,
  },
});

describe('whom SPF authorises', () => {
  test.each<[World, string]>([
    [mejl('v=spf1'), 'nobody'],
    [mejl('v=spf1 ?all'), 'nobody'],
    [mejl('v=spf1 -ip4:192.0.2.1 ~all'), 'nobody'],
    [bySes('v=spf1 include:nobody.example -all'), 'nobody'],
    [bySes('v=spf1 redirect=nobody.example'), 'nobody'],
    [bySes('v=spf1 ?include:ses.example -all'), 'nobody'],
    [bySes('v=spf1 -all include:amazonses.com'), 'nobody'],
    [mejl('v=spf1 ip4:192.0.2.1'), 'pass'],
    [bySes('v=spf1 include:ses.example -all'), 'pass'],
    [bySes('v=spf1 redirect=ses.example'), 'pass'],
    [bySes('v=spf1 redirect=amazonses.com'), 'pass'],
    [bySes('v=spf1 ip4:192.0.2.1 ~include:amazonses.com ~all'), 'withoutSes'],
    [bySes('v=spf1 ip4:192.0.2.1 include:nobody.example -all'), 'withoutSes'],
    [bySes('v=spf1 ip4:192.0.2.1 include:dark.example -all'), open],
    [bySes('v=spf1 ip4:192.0.2.1 include:%{i}.example -all'), eachMail],
    [{ zone: { 'mejl.example.se': { TXT: ['v=spf1 ip4:192.0.2.1'], MX: 'SERVFAIL' } } }, open],
  ])('%j: %s', async (world, expected) => {
    expect(await said(spfSender, world)).toBe(expected);
  });
});

/** And what a person can add. */
async function asked(rule: Rule, world: World): Promise<string> {
  const answer = await answerOf(rule, world);
  return `${await said(rule, world)}${'ask' in answer ? `, ${answer.ask}` : ''}`;
}

describe('DMARC alignment', () => {
  const askSelector = 'unknown: needs-dkim, dkim-selector';
  const askMessage = 'unknown: needs-dkim, sent-message';
  const dmarc = (text: string) => ({ '_dmarc.example.se': { TXT: [text] } });
  const strict = dmarc('v=DMARC1; p=reject; aspf=s; adkim=s');
  const key = { TXT: [`v=DKIM1; k=ed25519; p=1DDcS2Y3BitJRAFwBzOzaizZ86LT2YWhHjvWcs/WVXc=`] };
  const outside = { mailFrom: 'bounce.service.example' };

  describe('by SPF, when no signature is known of', () => {
    test.each<[string, World, string]>([
      ['a subdomain', {}, 'pass'],
      ['a sibling', { from: 'a@news.example.se' }, 'pass'],
      ['aspf=s and a subdomain', { zone: dmarc('v=DMARC1; p=reject; aspf=s') }, askSelector],
      ['aspf=s and the same', { mailFrom: 'example.se', zone: dmarc('v=DMARC1; p=reject; aspf=s') }, 'pass'],
      [
        'psd=n at the subdomain',
        { zone: { '_dmarc.mejl.example.se': { TXT: ['v=DMARC1; psd=n'] } } },
        askSelector,
      ],
      ['outside', outside, askSelector],
      ['the top does not answer', { zone: { '_dmarc.se': 'SERVFAIL' } }, 'pass'],
      ['no DMARC', { zone: { '_dmarc.example.se': 'NXDOMAIN' } }, 'not applicable: no-record'],
      ['not known', { mailFrom: null }, 'not applicable: no-mail-from'],
      ['no answer', { zone: { '_dmarc.mejl.example.se': 'SERVFAIL' } }, open],
    ])('%s', async (_, world, expected) => {
      expect(await asked(dmarcAlignment, { dkimSelectors: null, ...world })).toBe(expected);
    });
  });

  describe('by a named selector', () => {
    const weak =
      'p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAL6Ugg+GOVWn7WNniEFMpbLwbSZ1X1WJi9OZBEE1+OHM2nWzKoGxBo+D7v+v8LUtWQF2aaYYG+Azr62C2EXUOBcCAwEAAQ==';
    test.each<[string, World, string]>([
      ['its key works', outside, 'pass'],
      ['nobody said what MAIL FROM is', { mailFrom: null }, 'pass'],
      ['adkim=s, at the From domain', { zone: strict }, 'pass'],
      ['adkim=s, above the From domain', { from: 'a@n.example.se', zone: strict }, askMessage],
      ['relaxed, above the From domain', { from: 'a@n.example.se', ...outside }, 'pass'],
      [
        'only at the service',
        { ...outside, dkimSelectors: ['m1'], zone: { 'm1._domainkey.service.example': key } },
        askMessage,
      ],
      ['missing', { ...outside, dkimSelectors: ['m1'] }, askSelector],
      ['too short', { ...outside, zone: { 's1._domainkey.example.se': { TXT: [weak] } } }, askSelector],
      ['silent', { ...outside, zone: { 's1._domainkey.example.se': 'SERVFAIL' } }, open],
      ['the DMARC record is silent', { ...outside, zone: { '_dmarc.example.se': 'SERVFAIL' } }, 'pass'],
      [
        'the DMARC record is silent, and the key stands above',
        { ...outside, from: 'a@n.example.se', zone: { '_dmarc.n.example.se': 'SERVFAIL' } },
        open,
      ],
    ])('%s', async (_, world, expected) => {
      expect(await asked(dmarcAlignment, world)).toBe(expected);
    });
  });

  describe('by the signatures of a message', () => {
    const eml = (signature: string) => `${signature}\nFrom: a@example.se\n\nHej!`;
    const alien = 'DKIM-Signature: v=1; a=rsa-sha256; d=service.example; s=x; h=from; bh=AA==; b=AA==';
    const own = alien.replace('service.example', 'mejl.example.se');
    test.each<[string, World, string]>([
      ['another domain’s', { eml: eml(alien), ...outside }, 'unaligned'],
      [
        'another domain’s, whatever selector is named',
        { eml: eml(alien), ...outside, dkimSelectors: ['s1'] },
        'unaligned',
      ],
      ['another domain’s, aligned by SPF', { eml: eml(alien) }, 'pass'],
      [
        'another domain’s, MAIL FROM not known',
        { eml: eml(alien), mailFrom: null },
        'not applicable: no-mail-from',
      ],
      ['its own does not verify', { eml: eml(`${alien}\n${own}`), ...outside }, askMessage],
      [
        'its own, and its key is silent',
        { eml: eml(own), ...outside, zone: { 'x._domainkey.mejl.example.se': 'SERVFAIL' } },
        open,
      ],
      ['its own is another by adkim=s', { eml: eml(own), ...outside, zone: strict }, 'unaligned'],
      [
        'no DMARC record',
        { eml: eml(alien), ...outside, zone: { '_dmarc.example.se': 'NXDOMAIN' } },
        'not applicable: no-record',
      ],
      [
        'nobody can say whether there is a DMARC record',
        { eml: eml(alien), ...outside, zone: { '_dmarc.example.se': 'SERVFAIL' } },
        open,
      ],
      ['more than are verified', { eml: eml(Array(11).fill(alien).join('\n')), ...outside }, askSelector],
      [
        'a selector is named that only another domain’s signature has',
        { eml: eml(`${alien}\n${own}`.replaceAll('s=x', 's=s1')), ...outside, dkimSelectors: ['s1'] },
        askMessage,
      ],
      [
        'the suffix above signs for nobody below it',
        {
          eml: `${alien.replace('service.example', 'co.uk')}\nFrom: a@example.co.uk\n\nHej!`,
          ...outside,
          zone: { '_dmarc.example.co.uk': { TXT: ['v=DMARC1; p=reject'] } },
        },
        'unaligned',
      ],
    ])('%s', async (_, world, expected) => {
      expect(await asked(dmarcAlignment, { dkimSelectors: null, ...world })).toBe(expected);
    });
  });
});

describe('DMARC alignment of a message that is not signed', () => {
  const outside = { mailFrom: 'bounce.service.example', dkimSelectors: ['s1'] };
  const results = (said: string) => `Authentication-Results: in.other.example; spf=pass; ${said}`;
  const received = 'Received: from a by b; Fri, 20 Nov 2026 09:00:00 +0100';
  const returned = 'Return-Path: <b@bounce.service.example>';
  const ask = 'unknown: needs-dkim, sent-message';
  test.each<[string, string, World, string]>([
    ['it was delivered', results('dkim=none'), {}, 'unsigned'],
    ['and the receiver says nothing of DKIM', results(''), {}, 'unsigned'],
    ['it was received and delivered', `${returned}\n${received}`, {}, 'unsigned'],
    ['nobody named a selector', results('dkim=none'), { dkimSelectors: null }, 'unsigned'],
    [
      'the named key is silent',
      results('dkim=none'),
      { zone: { 's1._domainkey.example.se': 'TIMEOUT' } },
      'unsigned',
    ],
    ['it held before it was taken away', results('dkim=pass header.d=example.se'), {}, ask],
    ['it was on its way', received, {}, ask],
    ['it has a Return-Path', returned, {}, ask],
    ['SPF does it', results('dkim=none'), { mailFrom: 'mejl.example.se' }, 'pass'],
    ['SPF may do it', results('dkim=none'), { zone: { '_dmarc.example.se': 'SERVFAIL' } }, open],
    ['MAIL FROM is not known', results('dkim=none'), { mailFrom: null }, 'not applicable: no-mail-from'],
    ['a copy of what was not sent yet', 'Date: Fri, 20 Nov 2026 09:00:00 +0100', {}, 'pass'],
  ])('%s', async (_, header, world, expected) => {
    const eml = `${header}\nFrom: a@example.se\n\nHej!`;
    expect(await asked(dmarcAlignment, { eml, ...outside, ...world })).toBe(expected);
  });
});

describe('what is said of domains that do not belong together', () => {
  const eml = (domain: string) =>
    `DKIM-Signature: v=1; a=rsa-sha256; d=${domain}; s=x; h=from; bh=AA==; b=AA==\nFrom: a@example.se\n\nHej!`;
  const alien = 'service.example';
  const subdomain = 'A subdomain of your own as MAIL FROM helps as well';
  test.each<[string, string, string, string[], string[]]>([
    ['', alien, `bounce.${alien}`, [`Bounces go to bounce.${alien}`, subdomain], ['aspf', 'exactly']],
    [
      'aspf=s',
      alien,
      'mejl.example.se',
      ['Bounces go to mejl.example.se', 'because of aspf=s', 'take aspf=s out'],
      [subdomain, 'another domain'],
    ],
    ['aspf=s', alien, `bounce.${alien}`, ['Turn on DKIM for example.se'], [subdomain, 'aspf=s']],
    [
      'adkim=s',
      alien,
      `bounce.${alien}`,
      ['Turn on DKIM for exactly example.se', subdomain],
      ['take adkim=s'],
    ],
    ['adkim=s', 'mejl.example.se', `bounce.${alien}`, ['take adkim=s out', subdomain], ['aspf=s']],
    [
      'aspf=s; adkim=s',
      'mejl.example.se',
      'mejl.example.se',
      ['take adkim=s out', 'take aspf=s out'],
      [subdomain],
    ],
  ])('%s, signed for %s, MAIL FROM %s', async (tags, signer, mailFrom, has, lacks) => {
    const zone = { '_dmarc.example.se': { TXT: [`v=DMARC1; p=reject; ${tags}`] } };
    const answer = await answerOf(dmarcAlignment, { eml: eml(signer), mailFrom, dkimSelectors: null, zone });
    const [found] = Array.isArray(answer) ? answer : [];
    const { fix, problems } = dmarcAlignment.words.en;
    const text = `${problems.unaligned?.(found?.data)} ${typeof fix === 'object' && fix.unaligned?.(found?.data)}`;
    for (const part of has) expect(text).toContain(part);
    for (const part of lacks) expect(text).not.toContain(part);
  });
});

describe('the record to publish', () => {
  const changeOf = async (rule: Rule, world: World): Promise<Change | undefined> => {
    const answer = await answerOf(rule, world);
    return Array.isArray(answer) ? answer[0]?.change : undefined;
  };

  test.each<[string, string | undefined]>([
    ['v=spf1 mx +all', 'v=spf1 mx ~all'],
    ['v=spf1 mx all exp=why.example.se', 'v=spf1 mx exp=why.example.se ~all'],
    ['v=spf1 mx:mx.all.example ALL', 'v=spf1 mx:mx.all.example ~all'],
    ['v=spf1 +all include:a.example -all', undefined],
    ['v=spf1 +all', 'v=spf1 include:amazonses.com ~all'],
    ['v=spf1 ip4:0.0.0.0/0 -all', undefined],
    ['v=spf1 redirect=open.example', undefined],
  ])('%s becomes %s', async (record, wanted) => {
    const zone = {
      'mejl.example.se': { TXT: [record], ...(/ mx /.test(record) ? { MX: ['10 in.example.se'] } : {}) },
      'mx.all.example': { MX: ['10 in.example.se'] },
      'open.example': { TXT: ['v=spf1 +all'] },
    };
    const change = await changeOf(spfScope, { zone });
    expect(change?.new).toBe(wanted);
  });

  test.each([
    ['v=spf1 -all', 'v=spf1 include:amazonses.com -all'],
    ['v=spf1', 'v=spf1 include:amazonses.com ~all'],
    ['v=spf1 redirect=nobody.example', 'v=spf1 include:amazonses.com redirect=nobody.example'],
    ['v=spf1 ip4:192.0.2.1 ~all', 'v=spf1 ip4:192.0.2.1 include:amazonses.com ~all'],
    ['v=spf1 mx -all include:amazonses.com', 'v=spf1 mx include:amazonses.com -all'],
    ['v=spf1 ip4:192.0.2.1 ?include:amazonses.com -all', 'v=spf1 ip4:192.0.2.1 include:amazonses.com -all'],
  ])('Amazon SES is put into %s', async (record, wanted) => {
    expect((await changeOf(spfSender, bySes(record)))?.new).toBe(wanted);
  });

  const meant = 'v=spf1 include:amazonses.com ~all';
  test.each([
    [` ${meant}`, meant],
    [`"${meant}"`, meant],
    ['v=spf1\tinclude:amazonses.com ~all', meant],
    ['v=spf1\u00a0include:amazonses.com ~all', meant],
    ['v=spf1; include:amazonses.com; ~all', meant],
    ['v = spf1 include:amazonses.com ~all', meant],
    ['v=spf1, nonsense: ~all', undefined],
  ])('misspelt SPF: %j', async (record, wanted) => {
    expect(await said(mailFromSpf, mejl(record))).toBe('misspelt');
    const change = await changeOf(mailFromSpf, mejl(record));
    expect(change?.new).toBe(wanted);
    if (wanted && !record.includes('\u00a0')) expect(change).toMatchObject({ old: record });
  });

  test('an equals sign where a colon belongs', async () => {
    const change = await changeOf(mailFromSpf, mejl('v=spf1 include=amazonses.com ip4:192.0.2.1 ~all'));
    expect(change?.new).toBe('v=spf1 include:amazonses.com ip4:192.0.2.1 ~all');
  });

  test.each<[string, World]>([
    ['of another', { mailFrom: 'bounce.other.example' }],
    ['that is an alias', { zone: { 'mejl.example.se': { CNAME: ['gone.example'] } } }],
  ])('nothing at a name %s', async (_, world) => {
    for (const rule of [mailFromSpf, mailFromMx]) {
      expect(await said(rule, world)).toBe('missing');
      expect(await changeOf(rule, world)).toBeUndefined();
    }
  });

  test('nothing at the registered domain itself is left to the check of the domain', async () => {
    const world: World = { mailFrom: 'example.se', zone: { 'example.se': 'NXDOMAIN' } };
    for (const rule of [mailFromSpf, mailFromMx]) {
      expect(await said(rule, world)).toBe('not applicable: no-domain');
    }
    expect(await said(fromDomain, world)).not.toMatch(/pass|unknown|not applicable/);
  });

  test.each<[string, string | undefined]>([
    ['10 feedback-smtp.eu-west-1.amazonses.com.mejl.example.se', '10 feedback-smtp.eu-west-1.amazonses.com'],
    ['5 inbound-smtp.us-east-1.amazonaws.com', '10 feedback-smtp.us-east-1.amazonses.com'],
    ['10 feedback-smtp.eu-nord-1.amazonses.com', undefined],
    ['10 feedback-smtp.eu-west-1.amazonses.com', undefined],
    ['10 in.example.se', undefined],
  ])('for MX %s: %s', async (record, wanted) => {
    const world = {
      zone: { 'mejl.example.se': { MX: [record], TXT: ['v=spf1 include:amazonses.com ~all'] } },
    };
    expect((await changeOf(mailFromExchanger, world))?.new).toBe(wanted);
  });

  test('a domain that takes its mail at Amazon SES may', async () => {
    const host = 'inbound-smtp.eu-west-1.amazonaws.com';
    const zone = { 'example.se': { MX: [`10 ${host}`] }, [host]: { A: ['192.0.2.1'] } };
    expect(await said(mailFromExchanger, { mailFrom: 'example.se', zone })).toBe('pass');
  });

  test.each([
    ['v=DMARC1; sp=none; aspf=s', 'v=DMARC1; p=none; sp=none; rua=mailto:dmarc@example.se'],
    [
      'v=DMARC1; p=reject; sp=no; adkim=s;',
      'v=DMARC1; p=reject; sp=none; adkim=s; rua=mailto:dmarc@example.se',
    ],
    ['v=DMARC1;P=reject', 'v=DMARC1; p=reject; rua=mailto:dmarc@example.se'],
    ['v=DMARC1', 'v=DMARC1; p=none; rua=mailto:dmarc@example.se'],
    ['v=DMARC1 p=reject', 'v=DMARC1; p=reject; rua=mailto:dmarc@example.se'],
    [
      'v=dmarc1; p=reject; rua=mailto:a@b.se, mailto:c@d.se',
      'v=DMARC1; p=reject; rua=mailto:a@b.se, mailto:c@d.se',
    ],
    ['v=dmarc1; p=reject; pct=5', 'v=DMARC1; p=reject; rua=mailto:dmarc@example.se'],
    [' v=DMARC1; p=none', 'v=DMARC1; p=none; rua=mailto:dmarc@example.se'],
    ['p=none; v=DMARC1', 'v=DMARC1; p=none; rua=mailto:dmarc@example.se'],
    ['"v=DMARC1; p=none"', 'v=DMARC1; p=none; rua=mailto:dmarc@example.se'],
    ['v=DMARC1: p=none', 'v=DMARC1; p=none; rua=mailto:dmarc@example.se'],
    // Commas in place of semicolons; what can be read is kept, the policy above all.
    [
      'v=DMARC1, p=reject, rua=mailto:owner@rapport.example',
      'v=DMARC1; p=reject; rua=mailto:owner@rapport.example',
    ],
    // Nobody at b.se has said that it takes these reports: what is offered is one that reaches the owner.
    ['v=DMARC1; p=reject, rua=mailto:a@b.se', 'v=DMARC1; p=reject; rua=mailto:dmarc@example.se'],
    ['v=DMARC1; rua=a@b.se', 'v=DMARC1; p=none; rua=mailto:a@b.se'],
  ])('DMARC: %s becomes %s', async (record, wanted) => {
    const world = { zone: { '_dmarc.example.se': { TXT: [record] } } };
    expect(await changeOf(dmarcPolicy, world)).toMatchObject({ old: record, new: wanted });
  });

  test.each(['v=DMARC1, nonsense', 'v=DMARC1 reject', 'v=DMARC1; reject', `v=dmarc1; x=${'x'.repeat(1000)}`])(
    'DMARC: none in place of %s, which nobody can mend',
    async (record) => {
      const world = { zone: { '_dmarc.example.se': { TXT: [record.match(/.{1,200}/g) ?? ''] } } };
      expect(await said(dmarcPolicy, world)).toMatch(/^(?:misspelt|powerless)$/);
      expect(await changeOf(dmarcPolicy, world)).toBeUndefined();
    },
  );

  test.each([
    // What was plainly meant is not weakened, and what counts today is not changed.
    ['v=DMARC1; p=reject pct=100; rua=mailto:a@b.se', 'v=DMARC1; p=reject; rua=mailto:a@b.se'],
    // A retired tag that never counted is not brought to life, whatever it says.
    ['v=DMARC1; p=quarantine, pct=50; rua=mailto:a@b.se', 'v=DMARC1; p=quarantine; rua=mailto:a@b.se'],
    [
      'v=DMARC1; p=reject; ri=86400 pct=1; T=no; rua=mailto:a@b.se',
      'v=DMARC1; p=reject; t=n; rua=mailto:a@b.se',
    ],
    ['v=DMARC1; P=reject; p=none', 'v=DMARC1; p=none; rua=mailto:dmarc@example.se'],
    ['v=DMARC1; p=none; P=reject', 'v=DMARC1; p=none; rua=mailto:dmarc@example.se'],
    ['v=DMARC1; p=none; psd=y', 'v=DMARC1; p=none; rua=mailto:dmarc@example.se'],
    [
      'v=DMARC1; p=none; aspf=strict; adkim=Relaxed; psd=yes; t=yes',
      'v=DMARC1; p=none; adkim=r; rua=mailto:dmarc@example.se',
    ],
    ['v=DMARC1; p="reject"; psd=no; rua=mailto:a@b.se', 'v=DMARC1; p=reject; psd=n; rua=mailto:a@b.se'],
  ])('DMARC tags: %s becomes %s', async (record, wanted) => {
    const world = { zone: { '_dmarc.example.se': { TXT: [record] } } };
    expect(await changeOf(dmarcTags, world)).toMatchObject({ old: record, new: wanted });
    const alias = { '_dmarc.example.se': { CNAME: ['d.example'] }, 'd.example': { TXT: [record] } };
    expect(await said(dmarcTags, { zone: alias })).toBe(await said(dmarcTags, world));
    expect(await changeOf(dmarcTags, { zone: alias })).toBeUndefined();
  });

  test.each([
    ['rua=dmarc@example.se', 'rua=mailto:dmarc@example.se'],
    ['rua=mailto:a@b.se mailto:c@d.se', 'rua=mailto:a@b.se,mailto:c@d.se'],
    ['ruf=mailto:<a@b.se>', 'ruf=mailto:a@b.se; rua=mailto:dmarc@example.se'],
    ['rua=mailto: a@b.se;', 'rua=mailto:a@b.se'],
  ])('DMARC reports: %s becomes %s', async (tag, wanted) => {
    const world = { zone: { '_dmarc.example.se': { TXT: [`v=DMARC1; p=none; ${tag}`] } } };
    expect((await changeOf(dmarcReports, world))?.new).toBe(`v=DMARC1; p=none; ${wanted}`);
  });

  test('a registry may say psd=y', async () => {
    const zone = { '_dmarc.se': { TXT: ['v=DMARC1; p=none; psd=y'] }, '_dmarc.example.se': 'NXDOMAIN' };
    expect(await said(dmarcTags, { zone })).toBe('pass');
  });

  test.each<[string, Record<string, unknown>, string, string | null]>([
    [
      'its own',
      { '_dmarc.n.example.se': { TXT: ['v=DMARC1; sp=none'] } },
      '_dmarc.n.example.se',
      'v=DMARC1; sp=none',
    ],
    [
      'of the organisation',
      { '_dmarc.example.se': { TXT: ['v=DMARC1; sp=none'] } },
      '_dmarc.example.se',
      'v=DMARC1; sp=none',
    ],
    [
      'not of the public suffix',
      { '_dmarc.example.se': 'NXDOMAIN', '_dmarc.se': { TXT: ['v=DMARC1; psd=y'] } },
      '_dmarc.example.se',
      null,
    ],
    ['nothing there', { '_dmarc.example.se': 'NXDOMAIN' }, '_dmarc.example.se', null],
  ])('a DMARC record: %s', async (_, zone, name, old) => {
    expect(await changeOf(dmarcPolicy, { from: 'a@n.example.se', zone })).toMatchObject({ name, old });
  });
});

test.each([[{ CNAME: ['gone.example'] }], [{ CNAME: ['hosted.example'] }]])(
  'no DMARC record is to be put beside a CNAME: %j',
  async (content) => {
    const zone = { '_dmarc.example.se': content, 'hosted.example': { TXT: ['v=DMARC1; sp=none'] } };
    const answer = await answerOf(dmarcPolicy, { zone });
    expect(answer).toMatchObject([{ key: 'alias', data: { domain: 'example.se' } }]);
    expect(Array.isArray(answer) && answer[0]?.change).toBeUndefined();
  },
);

test('several DMARC records are certain, whatever else is not', async () => {
  const zone = {
    '_dmarc.example.se': { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=none'] },
    '_dmarc.se': 'SERVFAIL',
  };
  expect(await said(dmarcPolicy, { zone })).toBe('several');
  expect(await said(dmarcPolicy, { from: 'a@n.example.se', zone })).toBe('unknown: unanswered');
});
