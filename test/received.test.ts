/** A rehearsal as it arrives: really signed, judged over real DNS packets. */
import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { describe, expect, test } from 'vitest';
import { clients } from '../rules/clients/index.ts';
import { policy } from '../rules/policy.ts';
import { gather } from '../src/facts/gather.ts';
import { createSpfCheck } from '../src/facts/spf/check-host.ts';
import type { ReceivedMail } from '../src/ports.ts';
import { judgeReceived, type RehearsalOrder, rehearsalProblems } from '../src/received.ts';
import { senderWords } from '../src/senders/words.ts';
import { clock, noBrowser, resolverOf } from './world.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const zone: Record<string, unknown> = {
  'example.se': { A: ['192.0.2.1'] },
  '_dmarc.example.se': { TXT: ['v=DMARC1; p=quarantine'] },
  'klarsignal._domainkey.example.se': { TXT: [`v=DKIM1; k=rsa; p=${key}`] },
  'klarsignal._domainkey.provider.example': { TXT: [`v=DKIM1; k=rsa; p=${key}`] },
  'studs.example.se': {
    MX: ['10 in.klarsignal.example'],
    TXT: ['v=spf1 include:spf.provider.example a:mx.provider.example -all'],
  },
  'spf.provider.example': { TXT: ['v=spf1 ip4:198.51.100.0/24 -all'] },
  'provider.example': { TXT: ['v=spf1 ip4:198.51.100.0/24 -all'] },
  'mx.provider.example': { A: ['203.0.113.9'] },
  '7.100.51.198.in-addr.arpa': { PTR: ['out.provider.example'] },
  'out.provider.example': { A: ['198.51.100.6', '198.51.100.7'] },
  '9.113.0.203.in-addr.arpa': { PTR: ['gone.provider.example', 'mx.provider.example.'] },
  '99.2.0.192.in-addr.arpa': { PTR: ['other.example'] },
  'other.example': { A: ['192.0.2.99'] },
  '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa': {
    PTR: ['six.provider.example'],
  },
  'six.provider.example': { AAAA: ['2001:db8:0::1'] },
};

const raw = [
  'From: Föreningen <nyhetsbrev@example.se>',
  'To: r-0@in.example.se',
  'Subject: Rehearsal',
  'Date: Sun, 22 Nov 2026 09:00:00 +0000',
  'Message-ID: <1@studs.example.se>',
  'List-Unsubscribe: <https://example.se/>',
  'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Hej!',
  '',
].join('\r\n');

const signed = ['From', 'Subject', 'List-Unsubscribe', 'List-Unsubscribe-Post'];

interface Change {
  mail?: Partial<ReceivedMail>;
  zone?: Record<string, unknown>;
  signer?: string | null;
  text?: string;
  tampered?: boolean;
  domain?: string;
  dkim?: RehearsalOrder['dkim'];
  bounces?: RehearsalOrder['bounces'] | null;
  /** Of h=. */
  headerList?: string[];
}

async function judge({
  mail,
  zone: other,
  signer = 'example.se',
  text = raw,
  tampered,
  domain,
  dkim = [{ d: 'example.se', s: 'klarsignal' }],
  bounces = { mailFrom: 'b-1@studs.example.se', host: 'in.klarsignal.example' },
  headerList = signed,
}: Change = {}) {
  const { signatures } =
    signer === null
      ? { signatures: '' }
      : await dkimSign(text, {
          headerList,
          signatureData: [
            {
              signingDomain: signer,
              selector: 'klarsignal',
              privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
            },
          ],
        } as never);
  const bytes = Buffer.from(`${signatures}${tampered ? text.replace('Hej', 'Nej') : text}`);
  const resolver = await resolverOf({ ...zone, ...other });
  const world = { resolver, browser: noBrowser, clock, policy, clients };
  try {
    return await judgeReceived(
      {
        recipient: 'r-0@in.example.se',
        mailFrom: 'b-1@studs.example.se',
        helo: 'mx.provider.example',
        ip: '198.51.100.7',
        tls: true,
        bytes,
        ...mail,
      },
      {
        organisation: 'org_test',
        startedAt: '2026-11-22T08:59:00.000Z',
        domain: domain ?? 'example.se',
        dkim,
        bounces: bounces ?? undefined,
      },
      {
        spf: createSpfCheck(resolver),
        resolver,
        gather: (names, submission, signal) =>
          gather(names, submission, world, {
            leaveOut: { dns: false, previews: false },
            signal,
            onProgress: () => {},
          }),
        limits: policy.limits,
        clock,
      },
      AbortSignal.timeout(20_000),
    );
  } finally {
    await resolver.close();
  }
}

test('a sound rehearsal passes, and says what arrived', async () => {
  expect(await judge()).toEqual({
    startedAt: '2026-11-22T08:59:00.000Z',
    endedAt: clock.now().toISOString(),
    passed: true,
    returns: true,
    problems: [],
    spf: 'pass',
    dkim: 'pass',
    dmarc: 'pass',
    envelopeFrom: 'b-1@studs.example.se',
    dkimDomains: ['example.se'],
    ip: '198.51.100.7',
    tls: true,
    detail: 'SPF pass (aligned), DKIM pass (aligned)',
  });
});

const ses = { mailFrom: '@studs.example.se', host: 'feedback-smtp.eu-north-1.amazonses.com' };

describe('it passes', () => {
  test.each<[string, Change, object]>([
    ['by a mechanism that asks for an address', { mail: { ip: '203.0.113.9' } }, { returns: true }],
    [
      'with a key that the provider has not named, if it is the sender’s',
      { dkim: [] },
      { dkim: 'pass', returns: true },
    ],
    [
      'by SES, which puts its own name before the domain that it was given',
      {
        mail: { mailFrom: '0100-0000@studs.example.se' },
        bounces: ses,
        zone: {
          'studs.example.se': {
            MX: ['10 feedback-smtp.eu-north-1.amazonses.com'],
            TXT: ['v=spf1 include:spf.provider.example -all'],
          },
        },
      },
      { returns: true },
    ],
    [
      'by IPv6',
      {
        mail: { ip: '2001:0DB8::1' },
        zone: {
          'studs.example.se': { MX: ['10 in.klarsignal.example'], TXT: ['v=spf1 ip6:2001:db8::/32 -all'] },
        },
      },
      { ip: '2001:0DB8::1' },
    ],
    ['by IPv4 that is written as IPv6', { mail: { ip: '::ffff:198.51.100.7' } }, { spf: 'pass' }],
    ['in another case', { mail: { mailFrom: 'B-1@STUDS.example.se' } }, { returns: true }],
  ])('%s', async (_, change, seen) => {
    expect(await judge(change)).toMatchObject({ passed: true, problems: [], ...seen });
  });
});

describe('it passes, but its bounces do not come to us', () => {
  const studs = (records: object) => ({
    zone: { 'studs.example.se': { TXT: ['v=spf1 include:spf.provider.example -all'], ...records } },
  });
  test.each<[string, Change, string]>([
    [
      'where the envelope is the provider’s',
      { mail: { mailFrom: 'x@provider.example' } },
      'bounces-elsewhere',
    ],
    [
      'where the address is another under our domain',
      { mail: { mailFrom: 'x@studs.example.se' } },
      'bounces-elsewhere',
    ],
    ['where the MX is the provider’s', studs({ MX: ['10 mx.provider.example'] }), 'bounces-elsewhere'],
    [
      'where another MX comes first',
      studs({ MX: ['20 in.klarsignal.example', '10 mx.provider.example'] }),
      'bounces-elsewhere',
    ],
    [
      'where another MX stands beside ours',
      studs({ MX: ['10 in.klarsignal.example', '10 mx.provider.example'] }),
      'bounces-elsewhere',
    ],
    ['where there is no MX', studs({}), 'bounces-elsewhere'],
    ['where nobody tells of them', { bounces: null }, 'no-events'],
    [
      'where SES has a MAIL FROM of its own',
      { bounces: { ...ses, mailFrom: '@a.example.se' } },
      'bounces-elsewhere',
    ],
  ])('%s', async (_, change, code) => {
    expect(await judge(change)).toMatchObject({ passed: true, returns: false, problems: [code] });
  });

  test('where another MX comes after ours, they do', async () => {
    const change = studs({ MX: ['10 in.klarsignal.example.', '20 mx.provider.example'] });
    expect(await judge(change)).toMatchObject({ passed: true, returns: true, problems: [] });
  });
});

describe('it does not pass', () => {
  const elsewhere = { mail: { mailFrom: 'x@provider.example' } };
  test.each<[string, Change, string[], object]>([
    ['from another address', { mail: { ip: '192.0.2.99' } }, ['spf'], { spf: 'fail', dmarc: 'pass' }],
    [
      'from another, and the soft way',
      {
        mail: { ip: '192.0.2.99' },
        zone: { 'studs.example.se': { MX: ['10 in.klarsignal.example'], TXT: ['v=spf1 ~all'] } },
      },
      ['spf'],
      { spf: 'softfail' },
    ],
    [
      'without SPF',
      { zone: { 'studs.example.se': { MX: ['10 in.klarsignal.example'] } } },
      ['spf'],
      { spf: 'none' },
    ],
    [
      'with SPF that loops',
      {
        zone: {
          'studs.example.se': {
            MX: ['10 in.klarsignal.example'],
            TXT: ['v=spf1 include:studs.example.se -all'],
          },
        },
      },
      ['spf'],
      { spf: 'permerror' },
    ],
    [
      'without a clear answer of SPF',
      { zone: { 'spf.provider.example': 'SERVFAIL' } },
      ['unsure'],
      { spf: 'temperror' },
    ],
    ['without a signature', { signer: null }, ['dkim-absent'], { dkim: 'none', dmarc: 'pass' }],
    [
      'with the provider’s signature alone',
      { signer: 'provider.example' },
      ['dkim-absent'],
      { dkim: 'none', dmarc: 'pass', dkimDomains: ['provider.example'] },
    ],
    [
      'with a key that is not the route’s',
      { dkim: [{ d: 'example.se', s: 'other' }] },
      ['dkim-absent'],
      { dkim: 'none', dkimDomains: ['example.se'] },
    ],
    [
      'with a message that was changed',
      { tampered: true },
      ['dkim-failed'],
      { dkim: 'fail', dkimDomains: [] },
    ],
    [
      'without the key',
      { zone: { 'klarsignal._domainkey.example.se': { A: ['192.0.2.1'] } } },
      ['dkim-failed'],
      { dkim: 'fail' },
    ],
    [
      'without a clear answer about the key',
      { zone: { 'klarsignal._domainkey.example.se': 'SERVFAIL' } },
      ['unsure'],
      { dkim: 'temperror' },
    ],
    ...signed
      .slice(1)
      .map((name): [string, Change, string[], object] => [
        `with a signature that leaves out ${name}`,
        { headerList: signed.filter((one) => one !== name) },
        ['dkim-uncovered'],
        { dkim: 'pass', dmarc: 'pass' },
      ]),
    ['unencrypted', { mail: { tls: false } }, ['no-tls'], { tls: false }],
    ...(
      [
        ['no PTR record', { A: ['192.0.2.1'] }, 'reverse-dns'],
        ['a PTR record that names nothing', { PTR: ['dyn-7.pool.example'] }, 'reverse-dns'],
        ['a PTR record that leads elsewhere', { PTR: ['mx.provider.example'] }, 'reverse-dns'],
        ['no clear answer about its PTR record', 'SERVFAIL', 'unsure'],
        ['no clear answer about its name', { PTR: ['silent.example'] }, 'unsure'],
      ] as const
    ).map(([name, records, code]): [string, Change, string[], object] => [
      `from a server with ${name}`,
      { zone: { '7.100.51.198.in-addr.arpa': records, 'silent.example': 'SERVFAIL' } },
      [code],
      { spf: 'pass', dmarc: 'pass', ip: '198.51.100.7' },
    ]),
    ['from what is no address', { mail: { ip: 'unix' } }, ['unsure'], { passed: false }],
    ...['+all', 'all', 'ip4:0.0.0.0/0 -all', 'include:open.example -all'].map(
      (record): [string, Change, string[], object] => [
        `with SPF that lets anybody in: ${record}`,
        {
          zone: {
            'studs.example.se': { MX: ['10 in.klarsignal.example'], TXT: [`v=spf1 ${record}`] },
            'open.example': { TXT: ['v=spf1 +all'] },
          },
        },
        ['spf-open'],
        { spf: 'pass' },
      ],
    ),
    [
      'where nothing aligns',
      { ...elsewhere, signer: 'provider.example', dkim: [{ d: 'provider.example', s: 'klarsignal' }] },
      ['dkim-not-aligned', 'dmarc-failed', 'bounces-elsewhere'],
      { spf: 'pass', dkim: 'pass', dmarc: 'fail' },
    ],
    [
      'where only the very same domain aligns',
      {
        signer: 'provider.example',
        zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; aspf=s; rua=mailto:a@example.se'] } },
      },
      ['dkim-absent', 'dmarc-failed'],
      { dmarc: 'fail' },
    ],
    [
      'without a DMARC record',
      { zone: { '_dmarc.example.se': { A: ['192.0.2.1'] } } },
      ['dmarc-missing'],
      { dmarc: 'none' },
    ],
    ['in another’s name', { domain: 'example.org' }, ['from-other'], { detail: 'From is in example.se' }],
    [
      'unless it can be read',
      { text: 'x', signer: null },
      ['unreadable'],
      { spf: 'pass', dmarc: 'temperror' },
    ],
    [
      'with the null reverse-path, by who says hello',
      { mail: { mailFrom: '', helo: 'provider.example' }, signer: 'provider.example' },
      ['dkim-absent', 'dmarc-failed', 'bounces-elsewhere'],
      { spf: 'pass', dmarc: 'fail' },
    ],
    [
      'without a clear answer about the MX',
      { zone: { 'studs.example.se': 'SERVFAIL' } },
      ['unsure', 'bounces-elsewhere'],
      { returns: false },
    ],
  ])('%s', async (_, change, problems, seen) => {
    expect(await judge(change)).toMatchObject({ passed: false, problems, ...seen });
  });
});

test('every problem has words that say what to do, in both languages', () => {
  for (const code of rehearsalProblems) {
    const [en, sv] = [senderWords.en.problems[code], senderWords.sv.problems[code]];
    for (const part of ['title', 'why', 'how'] as const) expect(en[part]).not.toBe(sv[part]);
  }
});
