/** What stops a mailing on its way, and how it goes on. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addresses, type CampaignWorld, hour, minute, startCampaignWorld } from './world.ts';

let world: CampaignWorld;
beforeEach(async () => {
  world = await startCampaignWorld();
});
afterEach(() => world.close());

describe('while it is sent', () => {
  test('what DNS says is asked again each day, and drift pauses', async () => {
    await world.close();
    world = await startCampaignWorld({ policy: { recheckMs: hour } });
    const { id } = await world.send({ recipients: addresses(200), perMinute: 1 });
    world.ses.answer = async (_, n) => {
      if (n === 70) await world.publish({ 's1._domainkey.example.se': null });
      return undefined;
    };
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'paused', pauseReason: 'dns-changed' });
    // The first check found it as it was.
    expect(world.ses.mails.length).toBe(120);
  });

  test('a clearance that ends stops it, and a new one for the same message lets it go on', async () => {
    const { id } = await world.send({ recipients: addresses(40), perMinute: 1 });
    const ends = world.clock.now().getTime() + 24 * hour;
    world.ses.answer = async (_, n) => {
      if (n === 10) world.pass(23 * hour + 45 * minute);
      return undefined;
    };
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'paused', pauseReason: 'clearance-expired' });
    const sent = await world.ledger.deliveries(id, { limit: 100, states: ['accepted'] });
    expect([sent.length > 12, sent.length < 20]).toEqual([true, true]);
    expect(sent.every(({ attemptedAt }) => Date.parse(attemptedAt ?? '') < ends)).toBe(true);
    expect(await world.campaigns.resume(world.organisation, id, 'nonsense')).toMatchObject({
      kind: 'invalid',
      errors: [{ code: 'clearance-invalid' }],
    });
    const other = await world.clearance(await world.audit({ subject: 'Annat' }));
    expect(await world.campaigns.resume(world.organisation, id, other)).toMatchObject({
      kind: 'invalid',
      errors: [{ code: 'clearance-other-message' }],
    });
    expect((await world.campaigns.resume(world.organisation, id, await world.clearance())).kind).toBe('done');
    await world.work();
    expect([(await world.find(id)).state, await world.counts(id)]).toEqual(['done', { accepted: 40 }]);
  });

  test('cancelled, the rest may be mailed by another campaign, and those who have it not again', async () => {
    const token = await world.clearance();
    const first = await world.send({ recipients: addresses(100), clearance: token });
    world.ses.answer = (_, n) => {
      if (n === 20) void world.campaigns.cancel(world.organisation, first.id);
      return undefined;
    };
    await world.work();
    const { accepted = 0, cancelled = 0, ...others } = await world.counts(first.id);
    expect([accepted + cancelled, cancelled > 0, others]).toEqual([100, true, {}]);
    const second = await world.send({ recipients: addresses(100), clearance: token });
    await world.work();
    expect(await world.counts(second.id)).toEqual({ accepted: cancelled });
    expect((await world.find(second.id)).leftOut).toEqual({ 'already-mailed': accepted });
    const addressed = world.ses.mails.map(({ recipient }) => recipient);
    expect([addressed.length, new Set(addressed).size]).toEqual([100, 100]);
  });
});

describe('after a crash', () => {
  test('what was under way is unknown, the rest goes, and a person decides after 72 hours', async () => {
    const { id } = await world.send({ recipients: addresses(40) });
    const over = Promise.withResolvers<undefined>();
    world.ses.answer = (_, n) => (n > 10 ? over.promise : undefined);
    // Killed when ten are written down and the slots are full: nothing that it still does may count.
    const killed = world.work();
    await expect.poll(() => world.counts(id)).toEqual({ accepted: 10, sending: 5, pending: 25 });
    const lost = 5;
    world.ses.answer = () => undefined;
    world.restart();
    await world.campaigns.recover();
    await world.work();
    const counts = await world.counts(id);
    expect([counts.unknown, (counts.accepted ?? 0) + lost]).toEqual([lost, 40]);
    expect((await world.find(id)).state).toBe('done');

    const { organisation, campaigns } = world;
    expect((await campaigns.decideUnknown(organisation, id, 'not-sent')).kind).toBe('wrong-state');
    await world.work();
    expect(await world.alerts(id)).toEqual(['done']);
    expect((await campaigns.nextWork())?.getTime()).toBeLessThanOrEqual(
      world.clock.now().getTime() + 72 * hour,
    );
    world.pass(72 * hour + minute);
    await world.work();
    await world.work();
    expect(await world.alerts(id)).toEqual(['done', 'unknown-waits']);
    expect((await campaigns.decideUnknown(organisation, id, 'not-sent')).kind).toBe('done');
    await world.work();
    // Its clearance has ended meanwhile.
    expect((await world.find(id)).pauseReason).toBe('clearance-expired');
    await campaigns.resume(organisation, id, await world.clearance());
    await world.work();
    expect([(await world.find(id)).state, await world.counts(id)]).toEqual(['done', { accepted: 40 }]);
    over.resolve(undefined);
    await killed;
    expect(await world.counts(id)).toEqual({ accepted: 40 });
  });

  test('a fault of ours stops the campaign and loses nothing', async () => {
    const { id } = await world.send({ recipients: addresses(20) });
    world.restart({
      mime: {
        async write() {
          throw new Error('broken');
        },
      },
    });
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'paused', pauseReason: 'crashed' });
    expect([await world.counts(id), world.ses.mails.length]).toEqual([{ pending: 20 }, 0]);
    expect(world.logged.map(([event]) => event)).toContain('attempt crashed');
    expect(JSON.stringify(world.logged)).not.toContain('@');
  });
});

describe('a mail that cannot be made', () => {
  const fields = [{ name: 'namn', type: 'text', max_length: 40, sample: 'Åsa' }] as const;
  const bytes = new TextEncoder().encode(
    '<p>Hej {{namn}}!</p><p><a href="https://example.se/lamna">Avregistrera dig</a></p>',
  );
  const ordered = async (count: number) =>
    world.send({
      clearance: await world.clearance(await world.audit({ bytes, mergeFields: [...fields] })),
      recipients: addresses(count).map((one) => ({ ...one, fields: { namn: 'Bo' } })),
      hold: true,
    });
  /** As no import would take it. */
  const spoil = (id: string, where: string) => {
    const db = new DatabaseSync(join(world.dir, 'klarsignal.db'));
    db.prepare(`UPDATE delivery SET fields = '{}' WHERE campaign = ? AND ${where}`).run(id);
    db.close();
  };

  test('is left out with a code of its own, and was never handed over', async () => {
    const { id } = await ordered(10);
    await world.work();
    spoil(id, 'number in (3, 4)');
    await world.campaigns.resume(world.organisation, id);
    await world.work();
    expect([(await world.find(id)).state, await world.counts(id)]).toEqual([
      'done',
      { accepted: 8, cancelled: 2 },
    ]);
    const row = await world.ledger.delivery(id, 3);
    expect(row).toMatchObject({ state: 'cancelled', code: 'not-composed', bounceClass: null });
    const tally = await world.ledger.tally(id);
    expect(tally.map(({ accepted, rejected }) => [accepted, rejected])).toEqual([[8, 0]]);
    const [done] = await world.ledger.alerts({ campaign: id, limit: 1 });
    expect(done).toMatchObject({ kind: 'done', data: { rejected: 0, cancelled: 2 } });
  });

  test('of a whole list stops it before its first mail', async () => {
    const { id } = await ordered(40);
    await world.work();
    spoil(id, 'number <= 20');
    await world.campaigns.resume(world.organisation, id);
    await world.work();
    expect(await world.find(id)).toMatchObject({
      state: 'paused',
      pauseReason: 'not-composed',
      startedAt: null,
      counts: { pending: 40 },
    });
    expect(world.ses.mails).toEqual([]);
  });

  test('of row after row stops it on the way', async () => {
    const { id } = await ordered(200);
    await world.work();
    spoil(id, 'number > 50');
    await world.campaigns.resume(world.organisation, id);
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'paused', pauseReason: 'not-composed' });
    const { cancelled = 0, accepted } = await world.counts(id);
    expect(accepted).toBe(50);
    expect(cancelled).toBeGreaterThanOrEqual(10);
    expect(cancelled).toBeLessThan(10 + 3 * world.ses.atOnce);
  });
});
