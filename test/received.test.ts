/** A rehearsal as it arrives: really signed, judged over real DNS packets. */
import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { describe, expect, test } from 'vitest';
import { clients } from '../rules/clients/index.ts';
import { policy } from '../rules/policy.ts';
import { createSpfCheck } from '../src/adapters/spf-check/mailauth.ts';
import { gather } from '../src/facts/gather.ts';
import type { ReceivedMail } from '../src/ports.ts';
import { judgeReceived } from '../src/received.ts';
import { clock, noBrowser, resolverOf } from './world.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const zone: Record<string, unknown> = {
  'example.se': { A: ['192.0.2.1'] },
  '_dmarc.example.se': { TXT: ['v=DMARC1; p=quarantine'] },
  'klarsignal._domainkey.example.se': { TXT: [`v=DKIM1; k=rsa; p=${key}`] },
  'klarsignal._domainkey.provider.example': { TXT: [`v=DKIM1; k=rsa; p=${key}`] },
  'studs.example.se': { TXT: ['v=spf1 include:spf.provider.example a:mx.provider.example -all'] },
  'spf.provider.example': { TXT: ['v=spf1 ip4:198.51.100.0/24 -all'] },
  'provider.example': { TXT: ['v=spf1 ip4:198.51.100.0/24 -all'] },
  'mx.provider.example': { A: ['203.0.113.9'] },
};

const raw = [
  'From: Föreningen <nyhetsbrev@example.se>',
  'To: r-0@in.example.se',
  'Subject: Rehearsal',
  'Date: Sun, 22 Nov 2026 09:00:00 +0000',
  'Message-ID: <1@studs.example.se>',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Hej!',
  '',
].join('\r\n');

interface Change {
  mail?: Partial<ReceivedMail>;
  zone?: Record<string, unknown>;
  signer?: string | null;
  text?: string;
  tampered?: boolean;
  domain?: string;
}

async function judge({
  mail,
  zone: other,
  signer = 'example.se',
  text = raw,
  tampered,
  domain,
}: Change = {}) {
  const { signatures } =
    signer === null
      ? { signatures: '' }
      : await dkimSign(text, {
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
      { organisation: 'org_test', startedAt: '2026-11-22T08:59:00.000Z', domain: domain ?? 'example.se' },
      {
        spf: createSpfCheck(resolver),
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

describe('it passes', () => {
  test.each<[string, Change, object]>([
    ['by a mechanism that asks for an address', { mail: { ip: '203.0.113.9' } }, { spf: 'pass' }],
    [
      'where the envelope is the provider’s, by DKIM',
      { mail: { mailFrom: 'x@provider.example' } },
      { dmarc: 'pass' },
    ],
    [
      'where the signature is the provider’s, by SPF',
      { signer: 'provider.example' },
      { dmarc: 'pass', dkimDomains: ['provider.example'] },
    ],
  ])('%s', async (_, change, seen) => {
    expect(await judge(change)).toMatchObject({ passed: true, ...seen });
  });
});

describe('it does not pass', () => {
  test.each<[string, Change, object]>([
    ['from another address', { mail: { ip: '192.0.2.99' } }, { spf: 'fail', dmarc: 'pass' }],
    [
      'from another, and the soft way',
      { mail: { ip: '192.0.2.99' }, zone: { 'studs.example.se': { TXT: ['v=spf1 ~all'] } } },
      { spf: 'softfail' },
    ],
    ['without SPF', { zone: { 'studs.example.se': { A: ['192.0.2.1'] } } }, { spf: 'none' }],
    [
      'with SPF that loops',
      { zone: { 'studs.example.se': { TXT: ['v=spf1 include:studs.example.se -all'] } } },
      { spf: 'permerror' },
    ],
    ['without a signature', { signer: null }, { dkim: 'none', dmarc: 'pass' }],
    ['with a message that was changed', { tampered: true }, { dkim: 'fail', dkimDomains: [] }],
    [
      'without the key',
      { zone: { 'klarsignal._domainkey.example.se': { A: ['192.0.2.1'] } } },
      { dkim: 'fail' },
    ],
    [
      'where nothing aligns',
      { mail: { mailFrom: 'x@provider.example' }, signer: 'provider.example' },
      { spf: 'pass', dkim: 'pass', dmarc: 'fail' },
    ],
    [
      'where only the very same domain aligns',
      {
        signer: 'provider.example',
        zone: { '_dmarc.example.se': { TXT: ['v=DMARC1; p=none; aspf=s; rua=mailto:a@example.se'] } },
      },
      { dmarc: 'fail' },
    ],
    ['without a DMARC record', { zone: { '_dmarc.example.se': { A: ['192.0.2.1'] } } }, { dmarc: 'none' }],
    ['in another’s name', { domain: 'example.org' }, { detail: 'From is in example.se' }],
    ['unless it can be read', { text: 'x', signer: null }, { spf: 'pass', dmarc: 'temperror' }],
    [
      'with the null reverse-path, by who says hello',
      { mail: { mailFrom: '', helo: 'provider.example' }, signer: 'provider.example' },
      { spf: 'pass', dmarc: 'fail' },
    ],
  ])('%s', async (_, change, seen) => {
    expect(await judge(change)).toMatchObject({ passed: false, ...seen });
  });
});
