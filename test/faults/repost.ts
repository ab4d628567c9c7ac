/** A caller who has had no answer, and posts the same mailing again: over HTTP, by its key and by another. */
import { describe, expect, test } from 'vitest';
import { addresses } from '../campaigns/world.ts';
import { serviceOf } from './service.ts';
import { startFaultWorld } from './world.ts';

const recipients = addresses(20);

export function repostTable(): void {
  describe('the caller times out and posts again', () => {
    test('by the same key: one mailing, told again', async () => {
      const world = await startFaultWorld();
      const caller = new AbortController();
      const gone = Promise.withResolvers<void>();
      let orders = 0;
      const service = await serviceOf(world, {
        async create(...order) {
          orders += 1;
          const made = await world.campaigns.create(...order);
          // The order is taken in; the caller hangs up before hearing of it.
          if (orders === 1) {
            caller.abort();
            await gone.promise;
          }
          return made;
        },
      });
      const order = { clearance: await world.clearance(), recipients };
      await expect(service.post(order, 'k1', { signal: caller.signal })).rejects.toThrow(/abort/i);
      gone.resolve();
      const again = await service.post(order, 'k1');
      expect([again.status, orders]).toEqual([200, 2]);
      const id = again.body.id ?? '';

      await world.run();
      const done = { state: 'done', rows: 'accepted 20', route: 'ses', alerts: 'done', ses: 20, smtp: 0 };
      expect(await world.told(id)).toEqual(done);
      // And long after, when all has gone.
      expect(await service.post(order, 'k1')).toMatchObject({ status: 200, body: { id, state: 'done' } });
      await world.run();
      expect(await world.told(id)).toEqual(done);
      expect(await world.ledger.list({ limit: 10 })).toHaveLength(1);
    });

    test('by the same key at the same moment: one mailing', async () => {
      const world = await startFaultWorld();
      const service = await serviceOf(world);
      const order = { clearance: await world.clearance(), recipients };
      const answers = await Promise.all(Array.from({ length: 5 }, () => service.post(order, 'k1')));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      await world.run();
      expect(await world.told(answers[0]?.body.id ?? '')).toMatchObject({
        rows: 'accepted 20',
        ses: 20,
        smtp: 0,
      });
    });

    test('by the same key with another order: refused', async () => {
      const world = await startFaultWorld();
      const service = await serviceOf(world);
      const order = { clearance: await world.clearance(), recipients };
      const first = await service.post(order, 'k1');
      const other = await service.post({ ...order, recipients: addresses(21) }, 'k1');
      expect([first.status, other.status, other.body.code]).toEqual([201, 409, 'idempotency-key-reused']);
      await world.run();
      expect(await world.told(first.body.id ?? '')).toMatchObject({ rows: 'accepted 20', ses: 20, smtp: 0 });
    });

    test('by another key and a new clearance for the same digest: nobody is mailed twice, not even who is unknown', async () => {
      const world = await startFaultWorld();
      const service = await serviceOf(world);
      world.ses.onSend = (n) => (n === 3 ? { taken: 'cut' } : undefined);
      const audit = await world.audit();
      const first = await service.post({ clearance: await world.clearance(audit), recipients }, 'k1');
      await world.run();
      const told = await world.told(first.body.id ?? '');
      expect(told).toMatchObject({ state: 'done', rows: 'accepted 19, unknown 1', ses: 20, smtp: 0 });

      const more = addresses(22);
      const second = await service.post({ clearance: await world.clearance(audit), recipients: more }, 'k2');
      expect([second.status, second.body.id === first.body.id]).toEqual([201, false]);
      await world.run();
      const { leftOut } = await world.find(second.body.id ?? '');
      expect(leftOut).toEqual({ 'already-mailed': 20 });
      expect(await world.told(second.body.id ?? '')).toEqual({
        state: 'done',
        rows: 'accepted 2',
        route: 'ses',
        alerts: 'done',
        ses: 22,
        smtp: 0,
      });
    });

    test('by another key before the first has been sent: nobody is mailed twice', async () => {
      const world = await startFaultWorld();
      const service = await serviceOf(world);
      const order = { clearance: await world.clearance(), recipients };
      const made = await Promise.all([service.post(order, 'k1'), service.post(order, 'k2')]);
      expect(made.map(({ status }) => status)).toEqual([201, 201]);
      await world.run();
      const rows = await Promise.all(made.map(async ({ body }) => (await world.told(body.id ?? '')).rows));
      expect(rows.sort()).toEqual(['', 'accepted 20']);
      expect([world.ses.messages.length, world.smtp.messages.length]).toEqual([20, 0]);
    });
  });
}
