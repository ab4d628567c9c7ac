/** What SNS posts: what AWS has signed is believed, what anybody has touched is not. */
import { sign } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { policy } from '../../rules/policy.ts';
import { createSnsSource } from '../../src/adapters/sns/source.ts';
import type { Fetcher } from '../../src/ports.ts';
import { makeAuthority } from '../sinks/certificates.ts';

const folder = new URL('../../fixtures/suites/sns/', import.meta.url);
const files = readdirSync(folder);
const pem = readFileSync(new URL(files.find((name) => name.endsWith('.pem')) ?? '', folder));
const signed = files
  .filter((name) => name.endsWith('.json'))
  .map((name) => [name, JSON.parse(readFileSync(new URL(name, folder), 'utf8'))] as const);
const signal = AbortSignal.timeout(60_000);
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** Answers as AWS would, and keeps what it was asked. */
function internet(certificate: Uint8Array | string, status = 200) {
  const asked: { url: string; method: string; body: string | undefined }[] = [];
  const fetcher: Fetcher = {
    async fetch(url, { method, body }) {
      asked.push({ url, method, body });
      const answer = method === 'GET' ? certificate : '<ConfirmSubscriptionResponse/>';
      return { status, headers: new Headers(), body: Buffer.from(answer), url };
    },
  };
  return { asked, fetcher };
}

/** At the moment that a message was published, give or take. */
function sourceFor(topic: string, at: string | Date, fetcher: Fetcher, later = 0) {
  const { oldestMs } = policy.sending.events;
  const now = new Date(new Date(at).getTime() + later);
  return createSnsSource({ topics: [topic], fetcher, clock: { now: () => now }, oldestMs });
}

describe('six messages that AWS has signed', () => {
  test('are there', () => expect(signed.length).toBe(6));

  test.each(signed)('%s verifies', async (_, message) => {
    const { fetcher, asked } = internet(pem);
    const source = sourceFor(message.TopicArn, message.Timestamp, fetcher);
    for (let i = 0; i < 2; i++) {
      expect(await source.read(bytes(message), signal)).toEqual({
        kind: 'notification',
        id: message.MessageId,
        topic: message.TopicArn,
        message: 'Hello world',
        at: message.Timestamp,
      });
    }
    expect(asked.map(({ url }) => url)).toEqual([message.SigningCertURL ?? message.SigningCertUrl]);
  });

  const faults: [string, (message: Record<string, string>) => Record<string, unknown>][] = [
    ['its message', (m) => ({ ...m, Message: 'Hello World' })],
    ['its id', (m) => ({ ...m, MessageId: '00000000-0000-0000-0000-000000000000' })],
    [
      'its time, by a second',
      (m) => ({ ...m, Timestamp: new Date(Date.parse(m.Timestamp ?? '') + 1000).toISOString() }),
    ],
    ['its subject', (m) => ({ ...m, Subject: `${m.Subject ?? ''}!` })],
    [
      'its signature',
      (m) => ({ ...m, Signature: (m.Signature ?? '').replace(/^./, (one) => (one === 'A' ? 'B' : 'A')) }),
    ],
    ['its version', (m) => ({ ...m, SignatureVersion: m.SignatureVersion === '1' ? '2' : '1' })],
    ['a version that is none', (m) => ({ ...m, SignatureVersion: '3' })],
    [
      'its type',
      (m) => ({ ...m, Type: 'SubscriptionConfirmation', Token: 'x', SubscribeURL: 'https://x.example/' }),
    ],
    ['no signature', (m) => ({ ...m, Signature: '' })],
    ['a message that is no text', (m) => ({ ...m, Message: { a: 1 } })],
  ];
  test.each(faults)('none verifies with %s changed', async (_, change) => {
    for (const [, message] of signed) {
      const { fetcher, asked } = internet(pem);
      const source = sourceFor(message.TopicArn, message.Timestamp, fetcher);
      expect((await source.read(bytes(change(message)), signal)).kind).toBe('refused');
      expect(asked.filter(({ method }) => method === 'POST')).toEqual([]);
    }
  });

  const [, first] = signed[0] ?? [];
  const day = 24 * 60 * 60_000;
  test.each([
    ['a fortnight', 14 * day, 'notification'],
    ['more than a fortnight', 14 * day + 1, 'refused'],
    ['minus five minutes', -5 * 60_000, 'notification'],
    ['a time far ahead', -5 * 60_000 - 1, 'refused'],
  ])('one that is %s old', async (_, later, kind) => {
    const source = sourceFor(first.TopicArn, first.Timestamp, internet(pem).fetcher, later);
    expect((await source.read(bytes(first), signal)).kind).toBe(kind);
  });

  test('one of another topic, without anybody being asked', async () => {
    const { fetcher, asked } = internet(pem);
    const source = sourceFor(`${first.TopicArn}x`, first.Timestamp, fetcher);
    expect(await source.read(bytes(first), signal)).toEqual({ kind: 'refused', reason: 'topic' });
    expect(asked).toEqual([]);
  });
});

describe('where a certificate may come from', () => {
  const [, message] = signed[0] ?? [];
  const name = 'SimpleNotificationService-7ff5318490ec183fbaddaa2a969abfda.pem';
  test.each([
    `http://sns.us-east-2.amazonaws.com/${name}`,
    `https://sns.us-east-2.amazonaws.com:444/${name}`,
    `https://sns.us-east-2.amazonaws.com.evil.example/${name}`,
    `https://sns.us-east-2.amazonaws.com@evil.example/${name}`,
    `https://evil.example/sns.us-east-2.amazonaws.com/${name}`,
    `https://sns.us-east-2.amazonaws.com/bucket/${name}`,
    `https://sns.us-east-2.amazonaws.com/../${name}`,
    `https://sns.us-east-2.amazonaws.com/${name}?x`,
    `https://sns.us-east-2.amazonaws.com/${name}#x`,
    `https://sns.us-east-2.amazonaws.com/${name}\n`,
    `https://s3.us-east-2.amazonaws.com/${name}`,
    `https://SNS.us-east-2.amazonaws.com/${name}`,
    `https://sns.us-east.2.amazonaws.com/${name}`,
    `https://sns.amazonaws.com/${name}`,
    'https://sns.us-east-2.amazonaws.com/x.pem',
    '',
  ])('not from %j', async (url) => {
    const { fetcher, asked } = internet(pem);
    const source = sourceFor(message.TopicArn, message.Timestamp, fetcher);
    expect((await source.read(bytes({ ...message, SigningCertURL: url }), signal)).kind).toBe('refused');
    expect(asked).toEqual([]);
  });

  test.each([
    [403, 'refused'],
    [404, 'refused'],
    [500, 'unanswered'],
  ])('an answer of %i', async (status, kind) => {
    const source = sourceFor(message.TopicArn, message.Timestamp, internet(pem, status).fetcher);
    expect((await source.read(bytes(message), signal)).kind).toBe(kind);
  });

  test('a network that is down', async () => {
    const fetcher: Fetcher = { fetch: () => Promise.reject(new Error('unreachable')) };
    const source = sourceFor(message.TopicArn, message.Timestamp, fetcher);
    expect((await source.read(bytes(message), signal)).kind).toBe('unanswered');
  });

  test('what is no certificate', async () => {
    const source = sourceFor(message.TopicArn, message.Timestamp, internet('<html>').fetcher);
    expect((await source.read(bytes(message), signal)).kind).toBe('refused');
  });
});

/** Messages of types that nobody has published a signed one of, signed by keys of our own. */
describe('messages signed by a key of ours', () => {
  const authority = makeAuthority();
  const topic = 'arn:aws:sns:eu-south-1:123456789012:klarsignal';
  const now = new Date();

  function message(type: string, { key }: { key: string }, version = '2') {
    const fields: Record<string, string> = {
      Type: type,
      MessageId: 'a0000000-0000-0000-0000-000000000001',
      TopicArn: topic,
      Message: 'You have chosen to subscribe',
      Timestamp: now.toISOString(),
      Token: '2336412f37',
      SubscribeURL: 'https://sns.eu-south-1.amazonaws.com/?Action=ConfirmSubscription',
    };
    const names = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
    const text = names.map((name) => `${name}\n${fields[name]}\n`).join('');
    const algorithm = version === '1' ? 'sha1' : 'sha256';
    return {
      ...fields,
      SignatureVersion: version,
      Signature: sign(algorithm, Buffer.from(text), key).toString('base64'),
      SigningCertURL: 'https://sns.eu-south-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem',
    };
  }

  test.each(['1', '2'])('a subscription is confirmed by the API alone, version %s', async (version) => {
    const own = authority.issue(['sns.amazonaws.com']);
    const { fetcher, asked } = internet(own.cert);
    const source = sourceFor(topic, now, fetcher);
    const read = await source.read(bytes(message('SubscriptionConfirmation', own, version)), signal);
    expect(read).toEqual({ kind: 'subscribed', topic });
    expect(asked[1]).toEqual({
      url: 'https://sns.eu-south-1.amazonaws.com/',
      method: 'POST',
      body: new URLSearchParams({
        Action: 'ConfirmSubscription',
        Version: '2010-03-31',
        TopicArn: topic,
        Token: '2336412f37',
      }).toString(),
    });
    expect(asked.length).toBe(2);
  });

  test('the end of one asks for nothing', async () => {
    const own = authority.issue(['sns-signing.eu-south-1.amazonaws.com']);
    const { fetcher, asked } = internet(own.cert);
    const source = sourceFor(topic, now, fetcher);
    const read = await source.read(bytes(message('UnsubscribeConfirmation', own)), signal);
    expect(read).toEqual({ kind: 'unsubscribed', topic });
    expect(asked.length).toBe(1);
  });

  test.each([
    ['of another name', 'sns.evil.example', 30],
    ['of another region', 'sns-signing.eu-north-1.amazonaws.com', 30],
    ['that has run out', 'sns.amazonaws.com', -1],
  ])('no certificate %s', async (_, name, days) => {
    const own = authority.issue([name], { days });
    const { fetcher, asked } = internet(own.cert);
    const source = sourceFor(topic, now, fetcher);
    const read = await source.read(bytes(message('SubscriptionConfirmation', own)), signal);
    expect(read).toEqual({ kind: 'refused', reason: 'certificate' });
    expect(asked.map(({ method }) => method)).toEqual(['GET']);
  });
});

test.each([
  ['nothing', new Uint8Array()],
  ['no JSON', new TextEncoder().encode('x')],
  ['null', bytes(null)],
  ['a list', bytes([])],
  ['no UTF-8', new Uint8Array([0xff, 0xfe])],
  ['too much', new Uint8Array(256 * 1024 + 1)],
])('%s is refused', async (_, body) => {
  const source = sourceFor('arn:aws:sns:eu-north-1:123456789012:a', new Date(0), internet('').fetcher);
  expect((await source.read(body, signal)).kind).toBe('refused');
});

test.each(['eventType', 'notificationType'])(
  'of a bare %s it is said which setting makes it so',
  async (name) => {
    const source = sourceFor('arn:aws:sns:eu-north-1:123456789012:a', new Date(0), internet('').fetcher);
    const read = await source.read(bytes({ [name]: 'Bounce', mail: {} }), signal);
    expect(read).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/^raw-delivery: turn off/) });
  },
);

test.each([
  ['arn:aws:sqs:eu-north-1:123456789012:a', 'is not the ARN of an SNS topic'],
  ['arn:aws:sns:eu-north-1:123456789012:a.fifo', 'is a FIFO topic'],
])('a topic that brings nothing here is told of at the start: %s', (topic, said) => {
  expect(() => sourceFor(topic, new Date(0), internet('').fetcher)).toThrow(said);
});
