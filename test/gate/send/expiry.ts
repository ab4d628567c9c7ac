/**
 * A mailing that outlives its clearance: it goes on by a new one only where the whole audit came clear again, for the
 * same mail, by the right of whoever ordered it; else it stands still when the clearance ends.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../../src/ports.ts';
import { hour, mail, people, type SendingService, startSendingService } from '../../http/sending-service.ts';
import type { App } from '../../http/service.ts';
import { soundZone } from '../../world.ts';

let world: SendingService;
beforeEach(async () => {
  world = await startSendingService();
});
afterEach(() => world.close());

/** Of a day of the warm-up, by its least. */
const daily = 50;
const all = 130;
const again = { onExpiry: 'audit-again' };

interface Ordered {
  id: string;
  /** Of the clearance that it began with. */
  clearance: string;
}

/** A mailing of three days, of which the first day's share has gone. */
async function begun(order: object = again, changes: Record<string, unknown> = {}, as: { app?: App } = {}) {
  await world.senders.change(world.organisation, 'example.se', { warmUp: 'full' });
  const { token, id: clearance } = await world.cleared(changes);
  const answer = await world.order({ clearance: token, recipients: people(all), ...order }, as);
  expect(answer).toMatchObject({ status: 201 });
  await world.campaigns.work();
  expect(world.handed()).toHaveLength(daily);
  return { id: answer.body.id as string, clearance };
}

/** The clock goes on by these hours, and everything runs that wants to by then. */
async function pass(hours: number) {
  const end = world.clock.now().getTime() + hours * hour;
  for (let turn = 0; turn < 500; turn++) {
    await world.campaigns.work();
    const [audit] = (await world.audits.list(world.organisation, { limit: 1 })) ?? [];
    if (audit) await world.audits.settled(world.organisation, audit.id, 60_000);
    const next = await world.campaigns.nextWork();
    if (next === undefined || next.getTime() > end) break;
    world.pass(Math.max(1, next.getTime() - world.clock.now().getTime()));
  }
  world.pass(Math.max(0, end - world.clock.now().getTime()));
  await world.campaigns.work();
}

const auditsMade = async () => (await world.audits.list(world.organisation, { limit: 100 })).length;
const alertsOf = async (id: string) =>
  (await world.find(id)).alerts
    .map(({ kind, data }: { kind: string; data: { reason?: string } }) =>
      data.reason === undefined ? kind : `${kind} ${data.reason}`,
    )
    .sort();

/** Nothing followed: told two hours ahead, and it stands still when the clearance has ended. */
async function notFollowed({ id, clearance }: Ordered, reason: string) {
  const before = await world.find(id);
  expect(before).toMatchObject({ state: 'sending', clearance, nextRefused: reason });
  expect(before.pausesAt).toBe(before.clearanceEndsAt);
  expect(await alertsOf(id)).toEqual([`clearance-ends ${reason}`]);
  expect(world.clock.now().getTime()).toBeLessThan(Date.parse(before.clearanceEndsAt));
  const gone = world.handed().length;
  await pass(30);
  expect(await world.find(id)).toMatchObject({
    state: 'paused',
    pauseReason: 'clearance-expired',
    clearance,
  });
  expect(world.handed()).toHaveLength(gone);
}

describe('a mailing of three days', () => {
  test('stands still when its clearance ends, where nobody ordered otherwise, and says so before', async () => {
    const { id, clearance } = await begun({});
    const { pausesAt, clearanceEndsAt, plannedEnd, warnings, warmUp } = await world.find(id);
    expect(pausesAt).toBe(clearanceEndsAt);
    expect(plannedEnd).toBe('2026-11-24T00:00:00.000Z');
    expect(warnings).toMatchObject([{ code: 'clearance-ends-first' }]);
    expect(warmUp.steps[0]).toEqual({ from: '2026-11-22', until: '2026-11-28', share: 0.01, cap: daily });
    await pass(60);
    expect(await world.find(id)).toMatchObject({
      state: 'paused',
      pauseReason: 'clearance-expired',
      clearance,
    });
    expect(world.handed()).toHaveLength(2 * daily);
    expect(await auditsMade()).toBe(1);
  });

  test('goes on by a new clearance, of a whole audit, each time, and each of its recipients gets it once', async () => {
    const { id, clearance } = await begun();
    expect(await world.find(id)).toMatchObject({ pausesAt: null, warnings: [] });
    await pass(21);
    expect([(await world.find(id)).clearance, await auditsMade()]).toEqual([clearance, 1]);
    await pass(2);
    const next = await world.find(id);
    expect(next).toMatchObject({ state: 'sending', nextAudit: null, nextRefused: null });
    expect(next.clearance).not.toBe(clearance);
    expect(await auditsMade()).toBe(2);
    const owned = world.store.organisation(world.organisation).clearances;
    const [row, before] = [await owned.find(next.clearance), await owned.find(clearance)];
    expect(row).toMatchObject({ follows: clearance, by: before?.by, digest: before?.digest });
    expect(row?.audit).not.toBe(before?.audit);
    await pass(40);
    expect((await world.find(id)).state).toBe('done');
    expect(new Set(world.handed()).size).toBe(all);
    expect(world.handed()).toHaveLength(all);
    expect(await alertsOf(id)).toEqual(['done']);
  });

  test('that begins when its clearance has ended is audited again before', async () => {
    const { token, id: clearance } = await world.cleared();
    const startsAt = '2026-11-25T09:00:00Z';
    const recipients = people(3);
    const refused = await world.order({ clearance: token, recipients, startsAt });
    expect([refused.status, refused.body.errors[0]]).toMatchObject([422, { code: 'starts-after-clearance' }]);
    const { body } = await world.order({ clearance: token, recipients, startsAt, ...again });
    await pass(69);
    expect([(await world.find(body.id)).clearance, await auditsMade()]).toEqual([clearance, 1]);
    await pass(2);
    expect([(await world.find(body.id)).clearance === clearance, await auditsMade()]).toEqual([false, 2]);
    expect(world.handed()).toEqual([]);
    await pass(2);
    expect([(await world.find(body.id)).state, world.handed().length]).toEqual(['done', 3]);
  });

  test('a new start of the service between changes nothing', async () => {
    const { id } = await begun();
    await pass(21);
    world.restart();
    await world.campaigns.recover();
    await pass(60);
    expect([(await world.find(id)).state, world.handed().length]).toEqual(['done', all]);
  });
});

test('the form of a new mailing says what happens, and orders it where it is ticked', async () => {
  await world.close();
  world = await startSendingService({ app: { url: 'https://audit.example.se' } });
  const page = async (audit: string) => (await world.app.request(`/mailings/new?audit=${audit}`)).text();
  const box = /<input type="checkbox" id="onExpiry" name="onExpiry" value="audit-again"( checked)?>/;
  const audit = (await world.audit()).id;
  expect(box.exec(await page(audit))?.[0]).not.toContain('checked');
  await world.senders.change(world.organisation, 'example.se', { warmUp: 'full' });
  const warming = await page(audit);
  expect(box.exec(warming)?.[1]).toBe(' checked');
  expect(warming).toContain('Put your most active readers first');
  // The last step's days, and what no list goes over on one of them.
  expect(warming).toContain('<td>2027-01-10</td><td>2027-01-16</td><td>100%</td><td>64,000</td>');
  const list = people(all)
    .map(({ address }) => address)
    .join('\n');
  for (const [ticked, onExpiry] of [
    [{}, 'pause'],
    [{ onExpiry: 'audit-again' }, 'audit-again'],
  ] as const) {
    const body = new URLSearchParams({ audit, list, key: crypto.randomUUID(), ...ticked });
    const headers = { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' };
    const { status, headers: told } = await world.app.request('/mailings', { method: 'POST', body, headers });
    expect(status).toBe(303);
    await world.campaigns.work();
    const id = told.get('location')?.split('/').at(-1) ?? '';
    const found = await world.find(id);
    expect([found.onExpiry, found.pausesAt === null]).toEqual([onExpiry, onExpiry === 'audit-again']);
    await world.must('POST', `/v1/sends/${id}/resume`);
    await world.campaigns.work();
    const shown = await (await world.app.request(`/mailings/${id}`)).text();
    expect(shown.includes('will pause before it is done')).toBe(onExpiry === 'pause');
    await world.must('POST', `/v1/sends/${id}/cancel`);
  }
});

describe('no new clearance comes', () => {
  test('after one that is revoked, and the mailing stands still at once', async () => {
    const ordered = await begun();
    await world.must('POST', `/v1/clearances/${ordered.clearance}/revoke`);
    await pass(40);
    const after = await world.find(ordered.id);
    expect(after).toMatchObject({ state: 'paused', pauseReason: 'clearance-revoked', ...ordered });
    expect([world.handed().length, await auditsMade()]).toEqual([daily, 1]);
  });

  test('after one that is revoked while the audit runs', async () => {
    const ordered = await begun();
    await pass(21.9);
    world.pass(0.2 * hour);
    await world.campaigns.work();
    const { nextAudit } = await world.find(ordered.id);
    expect(nextAudit).toMatch(/^aud_/);
    await world.audits.settled(world.organisation, nextAudit, 60_000);
    await world.must('POST', `/v1/clearances/${ordered.clearance}/revoke`);
    await pass(40);
    const after = await world.find(ordered.id);
    expect(after).toMatchObject({ state: 'paused', pauseReason: 'clearance-revoked', ...ordered });
    expect([world.handed().length, await auditsMade()]).toEqual([2 * daily, 2]);
  });

  test('and one that came falls with the first, and so does the mailing', async () => {
    const { id, clearance } = await begun();
    await pass(23);
    const next = (await world.find(id)).clearance;
    expect(next).not.toBe(clearance);
    await world.must('POST', `/v1/clearances/${clearance}/revoke`);
    await pass(40);
    expect(await world.find(id)).toMatchObject({ state: 'paused', pauseReason: 'clearance-revoked' });
    expect(world.handed().length).toBeLessThan(all);
  });

  test('for another mail than the one that was cleared', async () => {
    const ordered = await begun();
    // The same mail by another way is another mail.
    await pass(21);
    await world.store.organisation(world.organisation).senders.putRoute({
      domain: 'example.se',
      transport: 'ses',
      role: 'primary',
      mailFrom: 'post.example.se',
      dkim: [{ d: 'example.se', s: 's1' }],
      createdAt: world.clock.now().toISOString(),
    });
    await pass(2);
    const { nextRefused, clearance } = await world.find(ordered.id);
    expect([nextRefused, clearance]).toEqual(['message-other', ordered.clearance]);
    await pass(30);
    expect(await world.find(ordered.id)).toMatchObject({ state: 'paused', pauseReason: 'routes-changed' });
    expect(world.handed()).toHaveLength(2 * daily);
  });

  test('where the audit is of another mail, whoever wrote its id there', async () => {
    const ordered = await begun();
    const other = await world.audit({ subject: 'Annat' });
    await world.store.organisation(world.organisation).ledger.change(ordered.id, { nextAudit: other.id });
    await pass(23);
    await notFollowed(ordered, 'message-other');
  });

  const faults: [string, Record<string, unknown>, string][] = [
    ['blocked', { 'mejl.example.se': { ...soundZone['mejl.example.se'], TXT: ['v=spf1 -all'] } }, 'blocked'],
    ['that DMARC is gone', { '_dmarc.example.se': null }, 'blocked'],
  ];
  test.each(faults)('where the audit says %s', async (_, zone, reason) => {
    const ordered = await begun();
    await pass(21.5);
    await world.publish(zone);
    await pass(1.5);
    await notFollowed(ordered, reason);
  });

  test('where no audit of that hour has an answer', async () => {
    const ordered = await begun();
    await pass(21.5);
    world.silence(true);
    await pass(2);
    world.silence(false);
    expect(await auditsMade()).toBe(5);
    await notFollowed(ordered, 'undecided');
  });

  test('while an audit has no answer, and the next one brings it', async () => {
    const { id, clearance } = await begun();
    await pass(21.5);
    world.silence(true);
    await pass(0.6);
    world.silence(false);
    expect(await world.find(id)).toMatchObject({ state: 'sending', clearance, nextRefused: null });
    await pass(0.5);
    const next = await world.find(id);
    expect(next).toMatchObject({ state: 'sending', nextRefused: null });
    expect(next.clearance).not.toBe(clearance);
    expect(await alertsOf(id)).toEqual([]);
  });

  test('where it rests on an exception that ends', async () => {
    const faulty = { source: `${mail.source}<p><a href="#">Mer</a></p>` };
    const { id, findings } = await world.audit(faulty);
    const rule = findings.find(({ outcome, gates }) => gates && outcome === 'fail')?.rule;
    const order = { rule, reason: 'Länken är en platshållare.', endsAt: '2026-11-23T11:00:00Z' };
    await world.must('POST', `/v1/audits/${id}/waivers`, order);
    const { id: mailing } = await begun(again, faulty);
    // One that lives on carries over, as far as it goes.
    await pass(23);
    expect(await world.find(mailing)).toMatchObject({
      state: 'sending',
      clearanceEndsAt: '2026-11-23T11:00:00.000Z',
    });
    await pass(1.5);
    expect(await alertsOf(mailing)).toEqual(['clearance-ends not-later']);
    await pass(20);
    expect(await world.find(mailing)).toMatchObject({ state: 'paused', pauseReason: 'clearance-expired' });
  });
});

describe('by the right of whoever ordered it', () => {
  /** Somebody of that role, who is signed in. */
  async function member(role: Role) {
    const { members } = world.access;
    const invited = await members.invite(world.organisation, { name: 'Kim', role });
    if (invited.kind !== 'invited') throw new Error('not invited');
    const session = await world.access.signIn(invited.invitation.token);
    const cookie = `klarsignal=${session?.token}; __Host-klarsignal=${session?.token}`;
    const app = Object.assign(Object.create(world.anonymous), {
      request: (path: string, init: RequestInit = {}) =>
        world.anonymous.request(path, { ...init, headers: { ...init.headers, cookie } }),
    }) as App;
    return { id: invited.member.id, app };
  }

  test('a viewer orders nothing', async () => {
    const { app } = await member('viewer');
    const { token } = await world.cleared();
    const answer = await world.order({ clearance: token, recipients: people(3), ...again }, { app });
    expect(answer).toMatchObject({ status: 403 });
  });

  test('a key that may send, and not clear, orders it without', async () => {
    const app = await world.key(['sends:read', 'sends:write']);
    const { token } = await world.cleared();
    const recipients = people(3);
    const refused = await world.order({ clearance: token, recipients, ...again }, { app });
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'on-expiry-forbidden', field: 'onExpiry' }] },
    });
    expect((await world.order({ clearance: token, recipients }, { app })).status).toBe(201);
  });

  const losses: [string, (id: string) => Promise<unknown>][] = [
    ['is removed', (id) => world.access.members.remove(world.organisation, id)],
    ['has become a viewer', (id) => world.access.members.changeRole(world.organisation, id, 'viewer')],
  ];
  test.each(losses)('a member who %s brings no clearance any more', async (_, happens) => {
    const { id, app } = await member('editor');
    const ordered = await begun(again, {}, { app });
    await happens(id);
    await pass(23);
    await notFollowed(ordered, 'orderer-ended');
    expect(await auditsMade()).toBe(1);
  });

  test('a member who is removed while the audit runs brings none either', async () => {
    const { id, app } = await member('editor');
    const ordered = await begun(again, {}, { app });
    await pass(21.9);
    world.pass(0.2 * hour);
    await world.campaigns.work();
    const { nextAudit } = await world.find(ordered.id);
    await world.audits.settled(world.organisation, nextAudit, 60_000);
    await world.access.members.remove(world.organisation, id);
    await pass(0.5);
    await notFollowed(ordered, 'orderer-ended');
  });

  test('a key does, and none when it is revoked', async () => {
    const app = await world.key(['sends:read', 'sends:write', 'clearances:write']);
    const ordered = await begun({ ...again, recipients: people(4 * daily) }, {}, { app });
    await pass(23);
    const second = (await world.find(ordered.id)).clearance;
    expect(second).not.toBe(ordered.clearance);
    const own = world.store.organisation(world.organisation);
    for (const { id } of await own.keys()) await own.revokeKey(id, world.clock.now().toISOString());
    await pass(22);
    await notFollowed({ id: ordered.id, clearance: second }, 'orderer-ended');
  });
});
