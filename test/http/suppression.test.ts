/**
 * Who gets no more mail, from the mail itself to the next mailing: unsubscribed by its link, complained by a provider's
 * notification, bounced by a report, forgotten by the API. On SQLite, with every part between them real.
 */
import { sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSnsSource } from '../../src/adapters/sns/source.ts';
import { makeAuthority } from '../sinks/certificates.ts';
import { began, closeBrowser, people, type SendingService, startSendingService } from './sending-service.ts';

const topic = 'arn:aws:sns:eu-north-1:123456789012:klarsignal';
const own = makeAuthority().issue(['sns.amazonaws.com']);
const at = new Date(began).toISOString();
const [leaves, complains, forgotten, bounces, stays] = people(5).map(({ address }) => address) as [
  string,
  string,
  string,
  string,
  string,
];

let world: SendingService;
let campaign: string;
beforeAll(async () => {
  const fetcher = {
    fetch: async (url: string) => ({
      status: 200,
      headers: new Headers(),
      body: Buffer.from(own.cert),
      url,
    }),
  };
  const clock = { now: () => new Date(began) };
  world = await startSendingService({
    notifications: createSnsSource({ topics: [topic], fetcher, clock, oldestMs: 60_000 }),
  });
  const { token } = await world.cleared();
  const { body } = await world.order({ clearance: token, recipients: people(5) });
  campaign = body.id;
  await world.campaigns.work();
  expect(world.handed()).toHaveLength(5);
});
afterAll(() => world.close());
afterAll(closeBrowser);

const mailTo = (address: string) => world.ses.mails.find(({ recipient }) => recipient === address);
const rawTo = (address: string) => Buffer.from(mailTo(address)?.raw ?? []).toString();

/** As the mail says it, in its header. */
const linkOf = (address: string) =>
  new URL(/^List-Unsubscribe: <([^>]+)>/im.exec(rawTo(address).replace(/\r\n[ \t]/g, ' '))?.[1] ?? '');
const leave = (address: string) =>
  world.anonymous.request(linkOf(address).pathname, {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  });
const reasonOf = async (address: string) =>
  (await world.must('GET', `/v1/recipients/${encodeURIComponent(address)}`)).suppressions[0]?.reason ?? null;

function notify(message: object, id: string, key = own.key) {
  const fields: Record<string, string> = {
    Type: 'Notification',
    MessageId: id,
    TopicArn: topic,
    Message: JSON.stringify(message),
    Timestamp: at,
  };
  const names = ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type'];
  const text = names.map((name) => `${name}\n${fields[name]}\n`).join('');
  const body = JSON.stringify({
    ...fields,
    SignatureVersion: '2',
    Signature: sign('sha256', Buffer.from(text), key).toString('base64'),
    SigningCertURL: 'https://sns.eu-north-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem',
  });
  return world.anonymous.request('/hooks/ses', { method: 'POST', body });
}
const tagged = (address: string) => ({ tags: { 'klarsignal-delivery': [mailTo(address)?.attempt ?? ''] } });
const complaint = (address: string) => ({
  eventType: 'Complaint',
  complaint: { complaintFeedbackType: 'abuse', timestamp: at },
  mail: tagged(address),
});

describe('what comes back', () => {
  test('a GET of the link changes nothing, a POST is honoured at once', async () => {
    expect(linkOf(leaves).origin).toBe('https://audit.example.se');
    expect((await world.anonymous.request(linkOf(leaves).pathname)).status).toBe(200);
    expect(await reasonOf(leaves)).toBe(null);
    expect((await leave(leaves)).status).toBe(200);
    expect(await reasonOf(leaves)).toBe('unsubscribe');
  });

  test('a complaint that SES has not signed changes nothing, one that it has does, once', async () => {
    const forged = makeAuthority().issue(['sns.amazonaws.com']).key;
    expect((await notify(complaint(complains), '1', forged)).status).toBe(403);
    expect(await reasonOf(complains)).toBe(null);
    for (const id of ['1', '1']) expect((await notify(complaint(complains), id)).status).toBe(200);
    expect(await reasonOf(complains)).toBe('complaint');
    const { counts, tally } = await world.find(campaign);
    expect([counts.complained, tally[0].complained]).toEqual([1, 1]);
  });

  test('a report of a bounce, at the address that the mail came from', async () => {
    const report = `Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; ${bounces}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n`;
    const receive = () =>
      world.events.receiveReport(new TextEncoder().encode(report), mailTo(bounces)?.envelopeFrom ?? '');
    expect([await receive(), await receive()]).toEqual(['applied', 'known']);
    expect(await reasonOf(bounces)).toBe('bad-address');
  });

  test('a person who asks for it is forgotten', async () => {
    const { deliveries } = await world.must('DELETE', `/v1/recipients/${forgotten}`);
    expect([deliveries, await reasonOf(forgotten)]).toEqual([1, 'erased']);
    const listed = await world.must('GET', `/v1/sends/${campaign}/recipients`);
    expect(JSON.stringify(listed)).not.toContain(forgotten);
  });
});

describe('what comes later never weakens it', () => {
  const stands = () => Promise.all([complains, forgotten, bounces, leaves, stays].map(reasonOf));
  const reasons = ['complaint', 'erased', 'bad-address', 'unsubscribe', null];

  test('each unsubscribes by the link they have', async () => {
    for (const address of [complains, forgotten, bounces, leaves])
      expect((await leave(address)).status).toBe(200);
    expect(await stands()).toEqual(reasons);
  });

  test('and bounces, as far as that weighs less', async () => {
    for (const [i, address] of [complains, forgotten].entries()) {
      const bounce = {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        timestamp: at,
        bouncedRecipients: [],
      };
      const message = { eventType: 'Bounce', bounce, mail: tagged(address) };
      expect((await notify(message, `bounce-${i}`)).status).toBe(200);
    }
    expect(await stands()).toEqual(reasons);
  });

  test('nor is a complaint made less by being forgotten; but unsubscribing becomes a complaint', async () => {
    await world.must('DELETE', `/v1/recipients/${complains}`);
    expect(await reasonOf(complains)).toBe('complaint');
    expect((await notify(complaint(leaves), 'late')).status).toBe(200);
    expect(await reasonOf(leaves)).toBe('complaint');
    await leave(leaves);
    expect(await reasonOf(leaves)).toBe('complaint');
  });

  test('what is kept of the complaint is a hash', async () => {
    for (const path of [`/v1/sends/${campaign}/outcomes.csv`, `/v1/sends/${campaign}/recipients`]) {
      const text = await (await world.app.request(path)).text();
      expect(text).not.toContain(complains);
    }
    expect(JSON.stringify([world.logged, world.noted])).not.toMatch(/@example\.com/);
  });
});

test.each([
  ['marketing', { subject: 'Nästa' }, [stays]],
  ['transactional', { subject: 'Kvitto', class: 'transactional' }, [stays, 'new@example.com']],
])('the next mailing, %s, goes to nobody who is left out', async (name, mail, expected) => {
  const before = world.handed().length;
  const { token } = await world.cleared(mail);
  // One who has unsubscribed and no more: that counts for marketing alone.
  const recipients = [...people(5), { address: 'new@example.com' }];
  const hash = world.keyring.hashAddress(world.organisation, 'new@example.com');
  const { unsubscriptions, keyring, organisation } = world;
  await unsubscriptions.end(
    `${organisation}.${hash}.${keyring.mac('unsubscribe', `${organisation}.${hash}`)}`,
  );
  const { body } = await world.order({ clearance: token, recipients });
  await world.campaigns.work();
  expect([name, world.handed().slice(before).toSorted()]).toEqual([name, expected.toSorted()]);
  // Told when the list is read, by the gravest reason of each.
  const { counts, leftOut, recipients: reached } = await world.find(body.id);
  expect([counts.accepted, counts.suppressed, reached]).toEqual([expected.length, 0, expected.length]);
  const unsubscribed = name === 'marketing' ? { unsubscribed: 1 } : {};
  expect(leftOut).toEqual({ complained: 2, erased: 1, 'bad-address': 1, ...unsubscribed });
});

test('another organisation’s mail to the same person is its own matter', async () => {
  const app = await world.owner('org_other');
  const { body } = await world.call('GET', `/v1/recipients/${leaves}`, undefined, { app });
  expect(body).toMatchObject({ suppressions: [], deliveries: [] });
});
