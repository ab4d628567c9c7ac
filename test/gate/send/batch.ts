/** Between two batches: the first mails are gone when it happens, and no more follow than were under way. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { policy } from '../../../rules/policy.ts';
import { hour, mail, people, type SendingService, startSendingService } from '../../http/sending-service.ts';

let world: SendingService;
beforeEach(async () => {
  world = await startSendingService({
    campaigns: { policy: { ...policy, sending: { ...policy.sending, recheckMs: hour } } },
  });
});
afterEach(() => world.close());

const before = 10;
const all = 60;
/** What one route has under way at most. */
const underWay = 5;
/** How many had been handed over when it had happened. */
let byThen: number;

/** Sends to sixty; it happens once ten have gone. */
async function between(
  happen: (id: string, clearance: string) => unknown,
  changes: Record<string, unknown> = {},
) {
  const { token, id: clearance } = await world.cleared(changes);
  let sent: string;
  world.ses.answer = async (_, n) => {
    if (n !== before) return undefined;
    await happen(sent, clearance);
    byThen = world.handed().length;
    return undefined;
  };
  // Due one after the other, so that each batch is a small one.
  const { body } = await world.order({
    clearance: token,
    recipients: people(all),
    perMinute: 60,
    hold: true,
  });
  sent = body.id;
  await world.campaigns.work();
  await world.must('POST', `/v1/sends/${sent}/resume`);
  await world.campaigns.work();
  return world.find(sent);
}

/** It has stopped soon after, and what had not gone waits. */
async function stopped({ state, pauseReason, counts }: Awaited<ReturnType<SendingService['find']>>) {
  const gone = world.handed().length;
  expect(gone).toBeGreaterThanOrEqual(before);
  expect(gone).toBeLessThanOrEqual(byThen + underWay);
  expect(gone).toBeLessThan(all);
  expect([counts.accepted, counts.pending + counts.cancelled]).toEqual([gone, all - gone]);
  return [state, pauseReason];
}

test('nothing happens, and all go', async () => {
  expect((await between(() => {})).state).toBe('done');
  expect(world.handed()).toHaveLength(all);
});

describe('no more go once', () => {
  test('the clearance is revoked', async () => {
    const sent = await between((_, clearance) => world.must('POST', `/v1/clearances/${clearance}/revoke`));
    expect(await stopped(sent)).toEqual(['paused', 'clearance-revoked']);
  });

  test('the clearance has ended', async () => {
    expect(await stopped(await between(() => world.pass(24 * hour)))).toEqual([
      'paused',
      'clearance-expired',
    ]);
  });

  test('a waiver that it rests on is revoked', async () => {
    const faulty = { source: `${mail.source}<p><a href="#">Mer</a></p>` };
    const { id, findings } = await world.audit(faulty);
    const rule = findings.find(({ outcome, gates }) => gates && outcome === 'fail')?.rule;
    const order = { rule, reason: 'Länken är en platshållare.', endsAt: '2026-12-01' };
    const waiver = await world.must('POST', `/v1/audits/${id}/waivers`, order);
    const sent = await between(() => world.must('POST', `/v1/waivers/${waiver.id}/revoke`), faulty);
    expect(await stopped(sent)).toEqual(['paused', 'clearance-revoked']);
  });

  test('the domain has become another organisation’s', async () => {
    const app = await world.owner('org_other');
    const sent = await between(() => world.prove('example.se', { app }));
    expect(await stopped(sent)).toEqual(['paused', 'sender-lapsed']);
  });

  test('a person has paused it', async () => {
    const sent = await between((id) => world.must('POST', `/v1/sends/${id}/pause`));
    expect(await stopped(sent)).toEqual(['paused', 'person']);
  });

  test('a person has cancelled it', async () => {
    const sent = await between((id) => world.must('POST', `/v1/sends/${id}/cancel`));
    expect(await stopped(sent)).toEqual(['cancelled', null]);
  });

  test('the provider has suspended the account', async () => {
    const sent = await between(() => {
      world.ses.state = { ...world.ses.state, suspended: true };
      world.pass(61_000);
    });
    expect(await stopped(sent)).toEqual(['paused', 'provider-suspended']);
  });
});

describe('once the check of each day comes', () => {
  const findings: [string, () => unknown, string][] = [
    ['the DKIM key is gone', () => world.publish({ 's1._domainkey.example.se': null }), 'dns-changed'],
    ['the SPF record is gone', () => world.publish({ 'mejl.example.se': null }), 'dns-changed'],
    ['DMARC is gone', () => world.publish({ '_dmarc.example.se': null }), 'dns-changed'],
    ['the sender’s record is gone', () => world.publish({ '_klarsignal.example.se': null }), 'sender-lapsed'],
    ['DNS does not answer', () => world.silence(true), 'dns-unanswered'],
  ];
  test.each(findings)('%s', async (_, happen, reason) => {
    const sent = await between(async () => {
      await happen();
      world.pass(hour);
    });
    expect(await stopped(sent)).toEqual(['paused', reason]);
  });
});

describe('somebody whose turn has not come gets nothing once', () => {
  const last = `person${all}@example.com`;
  const hash = () => world.keyring.hashAddress(world.organisation, last);
  const suppress = (reason: 'bad-address' | 'complaint') =>
    world.store
      .organisation(world.organisation)
      .recipients.suppress(hash(), reason, world.clock.now().toISOString());
  const ways: [string, () => unknown, string][] = [
    [
      'they have unsubscribed',
      async () => {
        const path = `/u/${world.organisation}.${hash()}.${world.keyring.mac('unsubscribe', `${world.organisation}.${hash()}`)}`;
        const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
        expect((await world.anonymous.request(path, { method: 'POST', body })).status).toBe(200);
      },
      'suppressed',
    ],
    ['they have complained', () => suppress('complaint'), 'suppressed'],
    ['their address has bounced for good', () => suppress('bad-address'), 'suppressed'],
    ['they are forgotten', () => world.must('DELETE', `/v1/recipients/${last}`), 'cancelled'],
  ];
  test.each(ways)('%s', async (_, happen, state) => {
    const sent = await between(happen);
    expect(sent.state).toBe('done');
    expect(world.handed()).not.toContain(last);
    expect(world.handed()).toHaveLength(all - 1);
    expect([sent.counts.accepted, sent.counts[state]]).toEqual([all - 1, 1]);
  });
});
