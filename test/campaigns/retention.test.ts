/** Addresses go some time after a mailing has ended; what became of each row stays. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRetention } from '../../src/campaigns/retention.ts';
import { addresses, type CampaignWorld, hour, startCampaignWorld } from './world.ts';

let world: CampaignWorld;
beforeEach(async () => {
  world = await startCampaignWorld();
});
afterEach(() => world.close());

const day = 24 * hour;
const rowsOf = (id: string) => world.ledger.deliveries(id, { limit: 100 });
const known = async (id: string) => (await rowsOf(id)).filter(({ address }) => address !== null).length;

test('the worker forgets them when the days are over, and not before', async () => {
  const { days } = world.policy.retention;
  const { id } = await world.send({ recipients: addresses(5) });
  await world.work();
  world.pass(days * day - hour);
  await world.work();
  expect(await known(id)).toBe(5);
  world.pass(2 * hour);
  await world.work();
  expect(await known(id)).toBe(0);
  const rows = await rowsOf(id);
  expect(rows.map(({ state, fields, response }) => [state, fields, response])).toEqual(
    rows.map(() => ['accepted', null, null]),
  );
  // Whoever asks to be forgotten, or not to be mailed again, is still known by it.
  expect(rows.every(({ addressHash }) => addressHash.length > 10)).toBe(true);
});

test('a mailing that has not ended keeps them, however old', async () => {
  const { id } = await world.send({ recipients: addresses(3), hold: true });
  await world.work();
  world.pass(2 * world.policy.retention.days * day);
  await world.work();
  expect([(await world.find(id)).state, await known(id)]).toEqual(['paused', 3]);
});

test('so many at a time, until all are forgotten, mailing by mailing', async () => {
  const first = await world.send({ recipients: addresses(3) });
  const second = await world.send({ recipients: addresses(2, 4) });
  await world.work();
  const retention = { days: 1, rows: 2 };
  const { forget } = createRetention({ ...world, policy: { ...world.policy, retention } });
  expect(await forget()).toBe(0);
  world.pass(2 * day);
  const steps: number[] = [];
  for (let i = 0; i < 5; i++) steps.push(await forget());
  expect(Math.max(...steps)).toBe(2);
  expect(steps.reduce((sum, count) => sum + count, 0)).toBe(5);
  expect([steps.at(-1), await known(first.id), await known(second.id)]).toEqual([0, 0, 0]);
});
