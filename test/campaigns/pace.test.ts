/** How fast a mailing goes, how many a day, and how far it has come. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refused } from './scripted.ts';
import { addresses, type CampaignWorld, hour, minute, startCampaignWorld } from './world.ts';

let world: CampaignWorld;
beforeEach(async () => {
  world = await startCampaignWorld();
});
afterEach(() => world.close());

describe('how far it has come', () => {
  const shown = async (id: string) => {
    const progress = await world.campaigns.progress(world.organisation, id);
    if (!progress) throw new Error('no such campaign');
    const { pace, endsAt, routes } = progress;
    const left = endsAt === null ? null : (Date.parse(endsAt) - world.clock.now().getTime()) / minute;
    return { pace, left, routes: Object.fromEntries(routes.map((one) => [one.transport, one.state])) };
  };

  test('the set pace tells the time left until a whole minute has passed; a pause is no part of the pace', async () => {
    const seen: Awaited<ReturnType<typeof shown>>[] = [];
    const { id } = await world.send({ recipients: addresses(600), perMinute: 60 });
    world.ses.answer = async (_, n) => {
      if (n === 15) seen.push(await shown(id));
      if (n === 300) {
        seen.push(await shown(id));
        await world.campaigns.pause(world.organisation, id);
      }
      if (n === 330) seen.push(await shown(id));
      return undefined;
    };
    await world.work();
    world.pass(30 * minute);
    expect(await shown(id)).toMatchObject({ pace: null, left: null });
    await world.campaigns.resume(world.organisation, id);
    await world.work();
    const [first, midway, after] = seen;
    // 585 are left, at one a second, and not at what fifteen seconds of a minute make.
    expect([first?.pace, Math.round(first?.left ?? 0)]).toEqual([null, 10]);
    expect([midway?.pace, Math.round(midway?.left ?? 0)]).toEqual([60, 5]);
    expect([after?.pace, Math.round((after?.left ?? 0) * 2) / 2]).toEqual([null, 4.5]);
  });

  test('an ended mailing tells which server it left, whatever that one’s health is now', async () => {
    world.ses.state = { ...world.ses.state, available: false };
    const { id } = await world.send({ recipients: addresses(10) });
    await world.work();
    expect(await shown(id)).toMatchObject({ routes: { ses: 'stopped', reserve: 'rests' } });
    world.restart();
    expect(await shown(id)).toMatchObject({ routes: { ses: 'stopped', reserve: 'rests' } });
    world.ses.state = { ...world.ses.state, available: true };
    const next = await world.send({ recipients: addresses(10, 100) });
    await world.work();
    expect(await shown(next.id)).toMatchObject({ routes: { ses: 'rests', reserve: 'rests' } });
  });
});

describe('while it is sent', () => {
  test('the pace is even, and no more are under way than the route takes', async () => {
    const { id } = await world.send({ recipients: addresses(120), perMinute: 30 });
    const times: number[] = [];
    world.ses.answer = () => {
      times.push(world.clock.now().getTime());
      return undefined;
    };
    await world.work();
    expect((await world.find(id)).state).toBe('done');
    const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
    expect(new Set(gaps)).toEqual(new Set([2000]));
    expect(world.ses.busiest).toBe(1);
  });

  test('as many as the route takes, and never more', async () => {
    await world.send({ recipients: addresses(100) });
    await world.work();
    expect(world.ses.busiest).toBe(world.ses.atOnce);
  });

  test('what is committed as sending is what is under way', async () => {
    const { id } = await world.send({ recipients: addresses(60) });
    const seen: number[] = [];
    world.ses.answer = async () => {
      seen.push((await world.ledger.counts(id)).sending);
      return undefined;
    };
    await world.work();
    expect(Math.max(...seen)).toBeLessThanOrEqual(2 * world.ses.atOnce);
    expect(Math.min(...seen)).toBeGreaterThan(0);
  });

  test('the daily cap of a warm-up holds, over the mailings of a sender', async () => {
    await world.senders.change(world.organisation, 'example.se', { warmUp: 'full' });
    const first = await world.send({ recipients: addresses(70) });
    await world.work();
    expect([(await world.find(first.id)).state, world.ses.mails.length]).toEqual(['sending', 50]);
    const { warmUp } = (await world.campaigns.progress(world.organisation, first.id)) ?? {};
    expect(warmUp).toMatchObject({ plan: 'full', day: 1, days: 56, cap: 50, sentToday: 50 });
    const other = await world.audit({ subject: 'Annat' });
    const second = await world.send({ recipients: addresses(5), clearance: await world.clearance(other) });
    await world.work();
    expect([(await world.find(second.id)).state, world.ses.mails.length]).toEqual(['sending', 50]);
    expect(await world.campaigns.nextWork()).toEqual(new Date('2026-11-23T00:00:00.000Z'));
    world.pass(15 * hour);
    await world.work();
    expect([(await world.find(first.id)).state, (await world.find(second.id)).state]).toEqual([
      'done',
      'done',
    ]);
  });

  test('the daily cap holds over mailings that are sent at the same time', async () => {
    await world.senders.change(world.organisation, 'example.se', { warmUp: 'full' });
    const ids: string[] = [];
    for (const subject of ['Ett', 'Två', 'Tre', 'Fyra']) {
      const clearance = await world.clearance(await world.audit({ subject }));
      ids.push((await world.send({ recipients: addresses(40), clearance })).id);
    }
    await world.work();
    expect(world.ses.mails).toHaveLength(50);
    const states = await Promise.all(ids.map(async (id) => (await world.find(id)).state));
    expect(new Set(states)).toEqual(new Set(['sending']));
    world.pass(15 * hour);
    await world.work();
    expect(world.ses.mails).toHaveLength(100);
  });

  test('nobody knows when it ends while only those are left who were put off, or while it is paused', async () => {
    const { id } = await world.send({ recipients: addresses(30), perMinute: 60_000 });
    world.ses.answer = (_, n) => (n <= 6 ? refused('recipient', false, '451', '4.7.1') : undefined);
    await world.work();
    const { campaign, endsAt } = (await world.campaigns.progress(world.organisation, id)) ?? {};
    const until = (await world.campaigns.nextWork())?.toISOString();
    expect(campaign).toMatchObject({ state: 'sending', putOff: { count: 6, asked: true, until } });
    expect([campaign?.plannedEnd, endsAt]).toEqual([null, null]);
    await world.campaigns.pause(world.organisation, id);
    expect(await world.find(id)).toMatchObject({ state: 'paused', putOff: null, plannedEnd: null });
    world.pass(hour);
    await world.campaigns.resume(world.organisation, id);
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'done', putOff: null });
  });

  test('the provider’s own quota for a day holds', async () => {
    const { id } = await world.send({ recipients: addresses(30) });
    world.ses.state = { ...world.ses.state, perDay: 100, sentToday: 80 };
    // With nobody to take over.
    world.reserve.state = { ...world.reserve.state, available: false };
    world.ses.answer = (_, n) => {
      world.ses.state = { ...world.ses.state, sentToday: 80 + n };
      return undefined;
    };
    await world.work();
    expect([(await world.find(id)).state, world.ses.mails.length]).toEqual(['sending', 20]);
    world.ses.state = { ...world.ses.state, sentToday: 0 };
    world.pass(hour);
    world.ses.answer = () => undefined;
    await world.work();
    expect((await world.find(id)).state).toBe('done');
  });
});
