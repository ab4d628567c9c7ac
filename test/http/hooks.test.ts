/** What providers post, over the whole application: from a signed body to the row of our own ledger. */

import { sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openKeyring } from '../../src/adapters/keys/keyring.ts';
import { createSnsSource } from '../../src/adapters/sns/source.ts';
import { returnPathOf } from '../../src/bounces.ts';
import { createEvents, type Events } from '../../src/events.ts';
import type { DeliveryEvent, Fetcher, Store } from '../../src/ports.ts';
import { makeAuthority } from '../sinks/certificates.ts';
import { type Service, startService } from './service.ts';

const campaign = 'cmp_00ff00ff00ff00ff';
const topic = 'arn:aws:sns:eu-north-1:123456789012:klarsignal';
const now = new Date();
const clock = { now: () => now };
const own = makeAuthority().issue(['sns.amazonaws.com']);
const dir = mkdtempSync(join(tmpdir(), 'klarsignal-hooks-'));
const keyring = openKeyring(join(dir, 'keys'), clock);
afterAll(() => rmSync(dir, { recursive: true }));

let service: Service;
let events: Events;
/** Organisation and event, in the order they took effect. */
let applied: [string, DeliveryEvent][];
let told: [string, string][];
let isDown: boolean;
beforeEach(async () => {
  applied = [];
  told = [];
  isDown = false;
  const fetcher: Fetcher = {
    async fetch(url) {
      if (isDown) throw new Error('down');
      return { status: 200, headers: new Headers(), body: Buffer.from(own.cert), url };
    },
  };
  // A ledger of one campaign that takes each event once, as the real one does (store-contract).
  const ledger = {
    delivery: async () => ({
      address: 'bo@example.org',
      addressHash: keyring.hashAddress('org_ours', 'bo@example.org'),
    }),
    async apply(event: DeliveryEvent) {
      if (applied.some(([, { id }]) => id === event.id)) return false;
      applied.push(['org_ours', event]);
      return true;
    },
  };
  const store = {
    organisationOf: async (id: string) => (id === campaign ? 'org_ours' : undefined),
    organisation: () => ({ ledger }),
  } as unknown as Store;
  const source = createSnsSource({ topics: [topic], fetcher, clock, oldestMs: 60_000 });
  const onEvent = (...which: [string, string]) => void told.push(which);
  events = createEvents({ store, keyring, source, clock, log: () => {}, onEvent });
  service = await startService({ idle: true, app: { events } });
});
afterEach(() => service.close());

function notification(message: object, id = '1', key = own.key) {
  const fields: Record<string, string> = {
    Type: 'Notification',
    MessageId: id,
    TopicArn: topic,
    Message: JSON.stringify(message),
    Timestamp: now.toISOString(),
  };
  const names = ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type'];
  const text = names.map((name) => `${name}\n${fields[name]}\n`).join('');
  return JSON.stringify({
    ...fields,
    SignatureVersion: '2',
    Signature: sign('sha256', Buffer.from(text), key).toString('base64'),
    SigningCertURL: 'https://sns.eu-north-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem',
  });
}

const complaint = (of = campaign) => ({
  eventType: 'Complaint',
  complaint: { complaintFeedbackType: 'abuse' },
  mail: { tags: { 'klarsignal-delivery': [`${of}.7.1`] }, organisation: 'org_evil' },
});
const post = (body: string, headers: Record<string, string> = {}) =>
  service.anonymous.request('/hooks/ses', {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/plain; charset=UTF-8', ...headers },
  });

describe('a signed notification', () => {
  test('takes effect once, for the organisation of our own row', async () => {
    const first = await post(notification(complaint()));
    const again = await post(notification(complaint()));
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(await first.text()).toBe('');
    expect(applied).toEqual([
      [
        'org_ours',
        {
          id: 'sns:1',
          campaign,
          number: 7,
          attempt: 1,
          kind: 'complained',
          at: now.toISOString(),
          response: 'abuse',
          suppress: 'complaint',
        },
      ],
    ]);
    expect(told).toEqual([['org_ours', campaign]]);
  });

  test.each([
    ['of a campaign that we do not know', complaint('cmp_ffffffffffffffff')],
    ['of another’s mail', { eventType: 'Complaint', complaint: {}, mail: {} }],
    ['of an opening', { eventType: 'Open' }],
  ])('%s is taken, and changes nothing', async (_, message) => {
    expect((await post(notification(message))).status).toBe(200);
    expect(applied).toEqual([]);
  });

  test('is to come again while the certificate cannot be had', async () => {
    isDown = true;
    expect((await post(notification(complaint()))).status).toBe(503);
    isDown = false;
    expect((await post(notification(complaint()))).status).toBe(200);
    expect(applied.length).toBe(1);
  });
});

test.each([
  ['another key', () => notification(complaint(), '1', makeAuthority().issue(['sns.amazonaws.com']).key)],
  ['a changed message', () => notification(complaint()).replace('abuse', 'fraud')],
  ['no signature', () => JSON.stringify(complaint())],
  ['nothing', () => ''],
  ['too much', () => 'x'.repeat(300_000)],
])('%s is refused, and nothing more is said', async (_, body) => {
  const response = await post(body());
  expect(response.status).toBe(403);
  expect(await response.text()).toBe('');
  expect(applied).toEqual([]);
});

describe('what comes by mail', () => {
  const address = returnPathOf(keyring, `${campaign}.7.1`, 'mejl.example.se');
  const report = (status: string) =>
    new TextEncoder().encode(
      `Return-Path: <>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; bo@example.org\r\nAction: failed\r\nStatus: ${status}\r\n\r\n--b--\r\n`,
    );

  test('a bounce at its own address', async () => {
    expect(await events.receiveReport(report('5.1.1'), address.toUpperCase())).toBe('applied');
    expect(await events.receiveReport(report('5.1.1'), address)).toBe('known');
    expect(applied.length).toBe(1);
    expect(applied[0]?.[1]).toMatchObject({
      campaign,
      number: 7,
      attempt: 1,
      kind: 'bounced',
      bounceClass: 'bad-address',
      permanent: true,
      suppress: 'bad-address',
    });
  });

  test('a bounce that is not about the address suppresses nobody', async () => {
    await events.receiveReport(report('5.7.1'), address);
    expect(applied[0]?.[1].bounceClass).toBe('policy-block');
    expect(applied[0]?.[1].suppress).toBe(undefined);
  });

  test.each([
    ['without a token', 'studs@mejl.example.se'],
    ['with a token that is not ours', address.replace(/.@/, (end) => (end === 'a@' ? 'b@' : 'a@'))],
  ])('a bounce %s changes nothing', async (_, recipient) => {
    expect(await events.receiveReport(report('5.1.1'), recipient)).toBe('nothing');
    expect(applied).toEqual([]);
  });

  test('many at once are read one after the other, with a turn for others in between', async () => {
    const order: number[] = [];
    let turns = 0;
    const tick = setInterval(() => turns++, 0);
    const slow = new TextEncoder().encode(`From: MAILER-DAEMON@x.example\r\n\r\n${'x\r\n'.repeat(30_000)}`);
    const all = [slow, slow, report('5.1.1'), slow, slow].map(async (bytes, i) => {
      await events.receiveReport(bytes, address);
      order.push(i);
    });
    await Promise.all(all);
    clearInterval(tick);
    expect(order).toEqual([0, 1, 2, 3, 4]);
    expect(turns).toBeGreaterThanOrEqual(3);
    expect(applied.length).toBe(1);
  });

  const feedback = (mailFrom: string) =>
    new TextEncoder().encode(
      `Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nOriginal-Mail-From: <${mailFrom}>\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <${campaign}.7.1@mejl.example.se>\r\n\r\n--b--\r\n`,
    );

  test('a complaint of a feedback loop, by our token in the original', async () => {
    expect(await events.receiveReport(feedback(address), 'fbl@example.se')).toBe('applied');
    expect(applied[0]?.[1]).toMatchObject({ kind: 'complained', suppress: 'complaint', number: 7 });
  });

  test.each([
    ['a Message-ID alone', 'studs@mejl.example.se'],
    ['another delivery’s token', returnPathOf(keyring, `${campaign}.8.1`, 'mejl.example.se')],
  ])('a complaint with %s changes nothing', async (_, mailFrom) => {
    expect(await events.receiveReport(feedback(mailFrom), 'fbl@example.se')).toBe('nothing');
  });
});
