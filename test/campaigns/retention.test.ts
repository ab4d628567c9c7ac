/** Addresses go some time after a mailing has ended; what became of each row stays. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { policy } from '../../rules/policy.ts';
import { createRetention } from '../../src/campaigns/retention.ts';
import { refused } from './scripted.ts';
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

test('what was left out of its list goes with them', async () => {
  const { id } = await world.send({ recipients: [...addresses(2), ...addresses(1)] });
  await world.work();
  const told = async () => {
    let text = '';
    for await (const piece of (await world.campaigns.leftOut(world.organisation, id)) ?? []) text += piece;
    return text;
  };
  expect(await told()).toContain('person1@example.com');
  world.pass((world.policy.retention.days + 1) * day);
  await world.work();
  expect(await told()).not.toContain('person1@example.com');
});

describe('a mailing that stands still', () => {
  const { days, noticeDays } = policy.retention;
  let id: string;
  beforeEach(async () => {
    ({ id } = await world.send({ recipients: addresses(3), hold: true }));
    await world.work();
    // From now on it is seen to.
    await world.work();
  });
  const later = async (passed: number) => {
    world.pass(passed * day);
    await world.work();
    return [(await world.find(id)).state, await known(id), await world.alerts(id)];
  };

  test('is told of in time, once, then cancelled, and its addresses forgotten', async () => {
    expect(await later(days - noticeDays)).toEqual(['paused', 3, []]);
    expect(await later(1)).toEqual(['paused', 3, ['stands-still']]);
    expect(await later(noticeDays - 1)).toEqual(['paused', 3, ['stands-still']]);
    expect(await later(1)).toEqual(['cancelled', 0, ['stands-still']]);
    expect(await world.counts(id)).toEqual({ cancelled: 3 });
  });

  test('found too late is told of first all the same', async () => {
    expect(await later(400)).toEqual(['paused', 3, ['stands-still']]);
    expect(await later(noticeDays - 1)).toEqual(['paused', 3, ['stands-still']]);
    expect(await later(1)).toEqual(['cancelled', 0, ['stands-still']]);
  });

  test('goes on, and stands still anew', async () => {
    expect(await later(days - 1)).toEqual(['paused', 3, ['stands-still']]);
    world.ses.answer = () => refused('suspended', false, '454', null);
    await world.campaigns.resume(world.organisation, id);
    await world.work();
    const alerts = ['paused clearance-expired', 'stands-still'];
    expect(await later(2)).toEqual(['paused', 3, alerts]);
    expect(await later(noticeDays)).toEqual(['paused', 3, alerts]);
  });
});

test('the service comes back by itself when something is to be forgotten, however idle it is', async () => {
  const { days } = world.policy.retention;
  const { id } = await world.send({ recipients: addresses(3) });
  await world.work();
  expect(await world.campaigns.nextWork()).toEqual(new Date(world.clock.now().getTime() + days * day));
  world.pass((days + 1) * day);
  expect((await world.campaigns.nextWork())?.getTime()).toBeLessThan(world.clock.now().getTime());
  await world.work();
  expect([await known(id), await world.campaigns.nextWork()]).toEqual([0, undefined]);
  await world.send({ recipients: addresses(3), hold: true });
  await world.work();
  expect(await world.campaigns.nextWork()).toEqual(new Date(world.clock.now().getTime() + day));
});

test('so many at a time, until all are forgotten, mailing by mailing', async () => {
  const first = await world.send({ recipients: addresses(3) });
  const second = await world.send({ recipients: addresses(2, 4) });
  await world.work();
  const retention = { days: 1, noticeDays: 0, rows: 2 };
  const { forget } = createRetention(
    { ...world, policy: { ...world.policy, retention } },
    { raise: async () => {} },
    { forget: async () => {} },
  );
  expect(await forget()).toBe(0);
  world.pass(2 * day);
  const steps: number[] = [];
  for (let i = 0; i < 5; i++) steps.push(await forget());
  expect(Math.max(...steps)).toBe(2);
  expect(steps.reduce((sum, count) => sum + count, 0)).toBe(5);
  expect([steps.at(-1), await known(first.id), await known(second.id)]).toEqual([0, 0, 0]);
});
