/** Our DKIM signatures by two verifiers, neither of which made them: what is put in on the way breaks them. */
import { generateKeyPairSync } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { describe, expect, test } from 'vitest';
import { sign } from '../../src/adapters/transport/smtp/sign.ts';
import { signedHeaderFields } from '../../src/client/index.ts';
import { splitMessage } from '../../src/facts/dkim/canonical.ts';
import { readKey } from '../../src/facts/dkim/key.ts';
import { createVerifier, readSignatures } from '../../src/facts/dkim/signature.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keyring = { dkimKey: () => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;

const marketing = [
  'X-Klarsignal: 1',
  'List-Unsubscribe: <https://example.se/u/1>',
  'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  'From: Kansliet <kansliet@example.se>',
  'To: kim@example.org',
  'Subject: Hej',
  'Message-ID: <1@studs.example.se>',
  'Date: Sun, 22 Nov 2026 12:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Hej!',
  '',
];
const receipt = marketing.filter((line) => !/^List-/.test(line));

async function signed(lines: readonly string[], selectors = ['r1']): Promise<string> {
  const keys = selectors.map((s) => ({ d: 'example.se', s }));
  const at = new Date('2026-11-22T12:00:00Z');
  return (await sign(Buffer.from(lines.join('\r\n')), keys, keyring, at)).toString('latin1');
}

/** What each says, of every signature. */
async function judged(raw: string): Promise<{ ours: string[]; theirs: string[] }> {
  const message = splitMessage(Buffer.from(raw, 'latin1'));
  const verifier = createVerifier(message);
  const { read } = readSignatures(message.fields);
  const ours = await Promise.all(read.map((one) => verifier.verify(one, readKey(record))));
  const { results } = await dkimVerify(Buffer.from(raw, 'latin1'), {
    resolver: async () => [[record]],
    strict: true,
  } as never);
  return {
    ours: ours.map((failure) => failure ?? 'pass'),
    theirs: results.map(({ status }) => status.result),
  };
}

function namesIn(raw: string): string[] {
  const [signature] = readSignatures(splitMessage(Buffer.from(raw, 'latin1')).fields).read;
  return [...(signature?.signed ?? [])];
}
const count = (names: readonly string[], name: string) => names.filter((one) => one === name).length;

test.each([
  ['marketing mail', marketing, 1],
  ['other mail', receipt, 1],
  ['by two keys', marketing, 2],
] as const)('%s: both verifiers pass it', async (_, lines, keys) => {
  const passing = await judged(await signed(lines, ['r1', 'r2'].slice(0, keys)));
  const each = (word: string) => Array.from({ length: keys }, () => word);
  expect(passing).toEqual({ ours: each('pass'), theirs: each('pass') });
});

test('h= names what stands there once more, and what does not stand there once', async () => {
  const names = namesIn(await signed(marketing));
  for (const name of ['from', 'to', 'subject', 'date', 'message-id', 'content-type'])
    expect(count(names, name), name).toBe(2);
  for (const name of ['list-unsubscribe', 'list-unsubscribe-post']) expect(count(names, name), name).toBe(2);
  for (const name of ['cc', 'reply-to']) expect(count(names, name), name).toBe(1);
  // A provider may add these to mail that has none; a rehearsal, which has them, would not show that.
  for (const name of ['list-unsubscribe', 'list-unsubscribe-post'])
    expect(namesIn(await signed(receipt)), name).not.toContain(name);
  expect(names).not.toContain('x-klarsignal');
});

describe('put in on the way', () => {
  test.each([
    ['From: Banken <bank@evil.example>', 'fail'],
    ['Reply-To: bank@evil.example', 'fail'],
    ['To: alla@example.org', 'fail'],
    ['Cc: alla@example.org', 'fail'],
    ['Subject: Du har vunnit', 'fail'],
    ['Date: Mon, 23 Nov 2026 12:00:00 +0000', 'fail'],
    ['Message-ID: <2@evil.example>', 'fail'],
    ['Content-Type: text/html; charset=utf-8', 'fail'],
    ['List-Unsubscribe: <https://evil.example/>', 'fail'],
    ['List-Unsubscribe-Post: List-Unsubscribe=Two-Clicks', 'fail'],
    // Servers do this to every mail.
    ['Received: from a by b; Sun, 22 Nov 2026 12:00:01 +0000', 'pass'],
    ['Return-Path: <b-1@studs.example.se>', 'pass'],
  ])('%s: %s', async (line, result) => {
    const raw = await signed(marketing);
    const above = await judged(`${line}\r\n${raw}`);
    const below = await judged(raw.replace('\r\n\r\n', `\r\n${line}\r\n\r\n`));
    for (const { ours, theirs } of [above, below]) {
      expect(ours).toEqual([result === 'pass' ? 'pass' : 'signature']);
      expect(theirs).toEqual([result]);
    }
  });
});

test('others are told to sign the same fields', async () => {
  const all = signedHeaderFields.split(':');
  const raw = await signed([...all.map((name) => `${name}: <a@example.se>`), '', 'Hej', '']);
  expect(new Set(namesIn(raw))).toEqual(new Set(all.map((name) => name.toLowerCase())));
});
