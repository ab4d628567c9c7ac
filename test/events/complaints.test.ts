/** Spam reports by mail: whose word stops a person's mail, and whose is counted against a sender. */
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { returnPathOf } from '../../src/bounces.ts';
import { createEvents, type Events } from '../../src/events.ts';
import { signersOf } from '../../src/facts/dkim/signers.ts';
import type { Resolver } from '../../src/ports.ts';
import { addresses, type CampaignWorld, startCampaignWorld } from '../campaigns/world.ts';
import { resolverOf } from '../world.ts';

let resolver: Resolver & { close(): Promise<void> };
let sign: (text: string, domain: string, length?: number) => Promise<string>;
beforeAll(async () => {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const spki = Buffer.from(await crypto.subtle.exportKey('spki', pair.publicKey));
  const key = { TXT: [`v=DKIM1; k=ed25519; p=${spki.subarray(-32).toString('base64')}`] };
  const names = ['fbl.example.org', 'stranger.example.net'].map((domain) => `m1._domainkey.${domain}`);
  resolver = (await resolverOf(Object.fromEntries(names.map((name) => [name, key])))) as typeof resolver;
  const secret = Buffer.from(await crypto.subtle.exportKey('pkcs8', pair.privateKey)).toString('base64');
  const privateKey = `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`;
  sign = async (text, signingDomain, maxBodyLength) => {
    const limit = maxBodyLength === undefined ? {} : { maxBodyLength };
    const data = { signingDomain, selector: 'm1', privateKey, ...limit };
    const { signatures } = await dkimSign(Buffer.from(text), {
      ...data,
      canonicalization: 'relaxed/relaxed',
      algorithm: 'ed25519-sha256',
      signTime: new Date('2026-11-20'),
      signatureData: [data],
    });
    return signatures + text;
  };
});
afterAll(() => resolver.close());

let world: CampaignWorld;
let events: Events;
beforeEach(async () => {
  world = await startCampaignWorld();
  const { store, keyring, clock } = world;
  const loops = ['fbl.example.org', 'unpublished.example.org'];
  events = createEvents({
    store,
    keyring,
    clock,
    log: () => {},
    isOfLoop: async (bytes) =>
      (
        await signersOf(bytes, loops, (name, type) =>
          resolver.ask({ name, type }, new AbortController().signal),
        )
      ).length > 0,
  });
});
afterEach(() => world.close());

const report = (mailFrom: string) =>
  [
    'From: Feedback <feedback@fbl.example.org>',
    'Subject: Spam',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary=b',
    '',
    '--b',
    'Content-Type: message/feedback-report',
    '',
    'Feedback-Type: abuse',
    'Version: 1',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Return-Path: <${mailFrom}>`,
    'Subject: Hej',
    '',
    '--b--',
    '',
  ].join('\r\n');
const addressOf = (id: string, number: number) =>
  returnPathOf(world.keyring, `${id}.${number}.1`, 'mejl.example.se');
const bytes = (text: string) => new TextEncoder().encode(text);

type Written = (own: string, other: string) => Promise<string> | string;
const reports: [string, counted: boolean, Written][] = [
  ['that a loop has signed is counted', true, (own) => sign(report(own), 'fbl.example.org')],
  ['that nobody has signed is not', false, (own) => report(own)],
  ['that a stranger has signed is not', false, (own) => sign(report(own), 'stranger.example.net')],
  ['that names a loop without its key is not', false, (own) => sign(report(own), 'unpublished.example.org')],
  [
    'that was changed since is not',
    false,
    async (own, other) => (await sign(report(other), 'fbl.example.org')).replace(other, own),
  ],
  [
    'of which part is signed is not',
    false,
    async (own) => `${await sign(report(own), 'fbl.example.org', 20)}`,
  ],
  ['of another mail, sent on, is not', false, (_, other) => sign(report(other), 'fbl.example.org')],
  [
    'that says not of which mail it is, is not',
    false,
    () => sign(report('anna@example.org'), 'fbl.example.org'),
  ],
];
test.each(reports)('a report %s; the person gets no more mail either way', async (_, counted, write) => {
  const { id } = await world.send({ recipients: addresses(3) });
  await world.work();
  const own = addressOf(id, 2);
  const text = bytes(await write(own, addressOf(id, 3)));
  expect(await events.receiveReport(text, own)).toBe('applied');
  expect(await events.receiveReport(text, own)).toBe('known');
  const row = await world.ledger.delivery(id, 2);
  expect(row).toMatchObject(
    counted ? { state: 'complained' } : { state: 'accepted', code: 'complaint-unproved' },
  );
  expect(await world.ledger.tally(id)).toMatchObject([{ accepted: 3, complained: Number(counted) }]);
  expect(await world.own.recipients.suppressions(row?.addressHash ?? '')).toMatchObject([
    { reason: 'complaint' },
  ]);
  expect((await world.ledger.delivery(id, 3))?.state).toBe('accepted');
});

test('a word that counts comes through after one that does not, and not the other way', async () => {
  const { id } = await world.send({ recipients: addresses(2) });
  await world.work();
  for (const number of [1, 2]) {
    const own = addressOf(id, number);
    const [signed, unsigned] = [await sign(report(own), 'fbl.example.org'), report(own)];
    for (const text of number === 1 ? [unsigned, signed] : [signed, unsigned])
      expect(await events.receiveReport(bytes(text), own)).toBe('applied');
    expect(await world.ledger.delivery(id, number)).toMatchObject({ state: 'complained', code: null });
  }
});

test('reports that somebody has written stop no sender', async () => {
  const { id } = await world.send({ recipients: addresses(120) });
  await world.work();
  for (let number = 1; number <= 20; number++) {
    const own = addressOf(id, number);
    expect(await events.receiveReport(bytes(report(own)), own)).toBe('applied');
  }
  expect(await world.store.unjudged()).toEqual([]);
  const next = await world.send({ recipients: addresses(30, 500) });
  await world.work();
  expect(await world.counts(next.id)).toEqual({ accepted: 30 });
});
