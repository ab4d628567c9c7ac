/** A search looks through a whole ledger: one at a time for an organisation, and others are answered meanwhile. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTurns } from '../../src/campaigns/turns.ts';
import { addresses, type CampaignWorld, startCampaignWorld } from './world.ts';

let world: CampaignWorld;
beforeEach(async () => {
  world = await startCampaignWorld();
});
afterEach(() => world.close());

/** Counts how many look at once. */
function watched() {
  const seen = { now: 0, most: 0 };
  const { organisation } = world.store;
  const store = {
    ...world.store,
    organisation: (org: string) => {
      const own = organisation(org);
      const deliveries: typeof own.ledger.deliveries = async (...given) => {
        seen.now += 1;
        seen.most = Math.max(seen.most, seen.now);
        await new Promise((resolve) => setImmediate(resolve));
        const rows = await own.ledger.deliveries(...given);
        seen.now -= 1;
        return rows;
      };
      return { ...own, ledger: { ...own.ledger, deliveries } };
    },
  };
  return { seen, campaigns: world.restart({ store }) };
}

test('many searches at once wait for each other; a page of the list waits for nobody', async () => {
  const { id } = await world.send({ recipients: addresses(30), hold: true });
  await world.work();
  const { seen, campaigns } = watched();
  const look = (page: object) => campaigns.deliveries(world.organisation, id, { limit: 5, ...page });
  const found = await Promise.all([1, 2, 3, 4].map((n) => look({ search: `person${n}@` })));
  expect(found.map((rows) => rows.length)).toEqual([1, 1, 1, 1]);
  expect(seen.most).toBe(1);
  await Promise.all([1, 2, 3].map(() => look({})));
  expect(seen.most).toBe(3);
});

test('one that fails does not stop those behind it, and nobody else waits', async () => {
  const turns = createTurns();
  const order: string[] = [];
  let go = () => {};
  const first = turns.take('a', async () => {
    await new Promise<void>((resolve) => {
      go = resolve;
    });
    throw new Error('no disk');
  });
  const second = turns.take('a', async () => order.push('second'));
  await turns.take('b', async () => order.push('other'));
  expect(order).toEqual(['other']);
  go();
  await expect(first).rejects.toThrow('no disk');
  await second;
  expect(order).toEqual(['other', 'second']);
});
