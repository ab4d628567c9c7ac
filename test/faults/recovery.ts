/** What a row of a table cannot show: a provider's stop on the way, its pace, and what happens when all is well again. */
import { describe, expect, test } from 'vitest';
import { addresses, minute } from '../campaigns/world.ts';
import { eventsOf } from './events.ts';
import { quotaFullAfter, startFaultWorld } from './world.ts';

export function recoveryTable(): void {
  describe('a provider’s stop is not gone round', () => {
    test('6 % bounces, and SES has stopped the account for them: nothing moves to the reserve', async () => {
      const world = await startFaultWorld();
      const { ses } = world;
      const events = eventsOf(world);
      const id = await world.send(350, { perMinute: 60 });
      world.whenAtRest(async () => {
        if (ses.messages.length !== 302 || ses.account.EnforcementStatus !== 'HEALTHY') return;
        ses.account.EnforcementStatus = 'SHUTDOWN';
        for (const message of ses.messages.slice(0, 20)) await events.bounce(message);
      });
      await world.run();
      const told = await world.told(id);
      expect(told).toMatchObject({
        state: 'paused: provider-suspended',
        alerts: 'paused provider-suspended',
        smtp: 0,
      });
      expect(told.ses).toBeLessThanOrEqual(306);
    });

    test('moved for 6 % bounces, and SES stops the account afterwards', async () => {
      const world = await startFaultWorld();
      const { ses, smtp } = world;
      const events = eventsOf(world);
      const id = await world.send(450, { perMinute: 60 });
      let told = false;
      world.whenAtRest(async () => {
        if (smtp.messages.length === 5) ses.account.EnforcementStatus = 'PROBATION';
        if (ses.messages.length !== 300 || told) return;
        told = true;
        for (const message of ses.messages.slice(0, 18)) await events.bounce(message);
      });
      await world.run();
      expect(await world.told(id)).toMatchObject({
        state: 'paused: provider-suspended',
        alerts: 'paused provider-suspended, switched-to-reserve',
        ses: 300,
      });
      // Asked once a minute: no more than a minute's mail has gone by the reserve.
      expect(smtp.messages.length).toBeLessThanOrEqual(65);
    });
  });

  test('the pace of SES holds while it does not answer what that is', async () => {
    const world = await startFaultWorld();
    world.ses.account.SendQuota.MaxSendRate = 1;
    const id = await world.send(100);
    const began = world.clock.now().getTime();
    world.whenAtRest(() => {
      if (world.ses.messages.length >= 30) world.ses.onAsk = () => ({ error: 'TooManyRequestsException' });
    });
    await world.run();
    expect(await world.told(id)).toMatchObject({ state: 'done', rows: 'accepted 100', ses: 100, smtp: 0 });
    expect(world.clock.now().getTime() - began).toBeGreaterThanOrEqual(99_000);
  });

  test('the day’s quota of SES holds while it does not answer what that is: the reserve carries the rest', async () => {
    const world = await startFaultWorld();
    const { ses } = world;
    ses.account.SendQuota = { MaxSendRate: 1_000, Max24HourSend: 200, SentLast24Hours: 120 };
    const id = await world.send(100, { perMinute: 60 });
    world.whenAtRest(() => {
      if (ses.messages.length >= 30) ses.onAsk = () => ({ error: 'TooManyRequestsException' });
    });
    await world.run();
    expect(await world.told(id)).toMatchObject({
      state: 'done',
      rows: 'accepted 100',
      alerts: 'done, reserve-took-over',
      ses: 80,
      smtp: 20,
    });
  });

  test('a day’s quota that is full, and nothing in reserve: it waits, says so once, and goes on by itself', async () => {
    const world = await startFaultWorld({ routes: 'ses alone' });
    const { ses } = world;
    ses.account.SendQuota = quotaFullAfter(10, ses);
    const id = await world.send(20);
    await world.run();
    await world.run(10 * 60 * minute);
    const waits = { state: 'sending', rows: 'accepted 10, pending 10', alerts: 'waits-for-server' };
    expect(await world.told(id)).toMatchObject(waits);
    ses.account.SendQuota = { MaxSendRate: 1_000, Max24HourSend: 200, SentLast24Hours: 0 };
    await world.run(20 * minute);
    expect(await world.told(id)).toMatchObject({ state: 'done', alerts: 'done, waits-for-server', ses: 20 });
  });

  test('a server that is waited for: its page says until when; a person need not do anything', async () => {
    const world = await startFaultWorld({ routes: 'smtp alone', anew: true });
    const { smtp } = world;
    smtp.onConnection = () => (smtp.messages.length >= 2 ? 'bad-banner' : undefined);
    const id = await world.send(10);
    await world.run();
    expect((await world.told(id)).state).toBe('sending');
    const { routes } = (await world.campaigns.progress(world.organisation, id)) ?? {};
    const next = Date.parse(routes?.[0]?.nextTryAt ?? '') - world.clock.now().getTime();
    expect([next > 0, next <= 15 * minute]).toEqual([true, true]);
    smtp.onConnection = () => undefined;
    await world.run(16 * minute);
    expect(await world.told(id)).toMatchObject({
      state: 'done',
      rows: 'accepted 10',
      alerts: 'done, waits-for-server',
    });
  });

  test('greylisted, it comes again with the same envelope', async () => {
    const world = await startFaultWorld({ routes: 'smtp alone' });
    const { smtp } = world;
    const seen: string[] = [];
    smtp.onMessage = (_, { from }) => {
      seen.push(from);
      return seen.length < 3 ? { at: 'rcpt', reply: '450 4.7.1 Greylisted' } : undefined;
    };
    const id = await world.send(1);
    await world.run(60 * minute);
    expect([seen.length, new Set(seen).size]).toEqual([3, 1]);
    expect((await world.told(id)).rows).toBe('accepted 1');
    // What comes back to it is about the mail that was taken, a passing bounce too.
    const events = eventsOf(world);
    for (const message of smtp.messages) await events.report(message);
    expect((await world.told(id)).rows).toBe('bounced 1');
  });

  test('taken for lost by a person, it goes again with another envelope', async () => {
    const world = await startFaultWorld({ routes: 'smtp alone' });
    const { smtp } = world;
    const seen: string[] = [];
    smtp.onMessage = (_, { from }) => {
      seen.push(from);
      if (seen.length === 1) return { at: 'rcpt', reply: '450 4.7.1 Greylisted' };
      return seen.length === 2 ? { at: 'body', cut: true } : undefined;
    };
    const id = await world.send(1);
    await world.run(10 * minute);
    expect((await world.told(id)).rows).toBe('unknown 1');
    world.pass(80 * 60 * minute);
    expect((await world.campaigns.decideUnknown(world.organisation, id, 'not-sent')).kind).toBe('done');
    await world.run();
    // Its clearance has ended meanwhile.
    await world.campaigns.resume(world.organisation, id, await world.clearance());
    await world.run();
    expect((await world.told(id)).rows).toBe('accepted 1');
    expect(seen.map((from) => seen.indexOf(from))).toEqual([0, 0, 2]);
  });

  test.each([
    ['auth-535', 1],
    ['wrong-certificate', 0],
  ] as const)(
    'let go on as soon as %s is mended, after %i times in vain, it goes on',
    async (fault, vain) => {
      const world = await startFaultWorld({ routes: 'smtp alone', anew: true });
      const { smtp } = world;
      smtp.onConnection = () => (smtp.messages.length >= 2 ? fault : undefined);
      const id = await world.send(10);
      await world.run();
      expect((await world.told(id)).state).toBe('paused: no-route');
      for (let time = 0; time < vain; time++) {
        await world.campaigns.resume(world.organisation, id);
        await world.run();
        expect((await world.told(id)).state).toBe('paused: no-route');
      }
      smtp.onConnection = () => undefined;
      await world.campaigns.resume(world.organisation, id);
      await world.run();
      expect(await world.told(id)).toMatchObject({ state: 'done', rows: 'accepted 10', smtp: 10 });
    },
  );

  test('both fail; the reserve is mended: it goes on by the reserve, by itself', async () => {
    const world = await startFaultWorld({ anew: true });
    const { ses, smtp } = world;
    ses.onSend = () => ({ error: 'TooManyRequestsException' });
    smtp.onConnection = () => (smtp.messages.length >= 3 ? 'auth-535' : undefined);
    const id = await world.send(10);
    await world.run();
    const stood = {
      state: 'sending',
      rows: 'accepted 3, pending 7',
      route: 'ses',
      ses: 0,
      smtp: 3,
    };
    expect(await world.told(id)).toMatchObject(stood);
    smtp.onConnection = () => undefined;
    await world.run(16 * minute);
    const done = { state: 'done', rows: 'accepted 10', route: 'smtp', ses: 0, smtp: 10 };
    expect(await world.told(id)).toMatchObject(done);
  });

  test('both fail for hours: told once of each, and it pauses after four hours', async () => {
    const world = await startFaultWorld({ anew: true });
    const { ses, smtp } = world;
    ses.onSend = () => ({ error: 'TooManyRequestsException' });
    smtp.onConnection = () => (smtp.messages.length >= 3 ? 'banner-421' : undefined);
    const id = await world.send(10);
    const began = world.clock.now().getTime();
    await world.run(5 * 60 * minute);
    expect(await world.told(id)).toMatchObject({
      state: 'paused: no-route',
      rows: 'accepted 3, pending 7',
      alerts: 'paused no-route, reserve-took-over, waits-for-server',
    });
    const hours = (world.clock.now().getTime() - began) / (60 * minute);
    expect([hours >= 4, hours < 4.6]).toEqual([true, true]);
  });

  test('a reserve that failed in an earlier mailing, and is well, takes over', async () => {
    const world = await startFaultWorld({ anew: true });
    const { ses, smtp } = world;
    ses.onSend = () => ({ error: 'TooManyRequestsException' });
    smtp.onConnection = () => (smtp.messages.length >= 3 ? 'auth-535' : undefined);
    const first = await world.send(10);
    await world.run();
    expect((await world.told(first)).state).toBe('sending');
    await world.campaigns.cancel(world.organisation, first);
    smtp.onConnection = () => undefined;
    world.pass(60 * minute);
    const clearance = await world.clearance(await world.audit({ subject: 'Annat' }));
    const second = await world.send(10, { clearance, recipients: addresses(10, 101) });
    await world.run();
    expect(await world.told(second)).toMatchObject({
      state: 'done',
      rows: 'accepted 10',
      route: 'smtp',
      smtp: 13,
    });
  });

  test('five at once: no more are unknown than the breaker takes and were under way', async () => {
    const world = await startFaultWorld({ atOnce: 5, impatient: true });
    world.ses.onSend = (n) => ({ taken: n % 2 ? 'hang' : 'cut' });
    const id = await world.send(40);
    await world.run();
    const { unknown = 0, accepted = 0 } = await world.counts(id);
    expect([unknown + accepted, unknown >= 5, unknown <= 9]).toEqual([40, true, true]);
    expect(await world.told(id)).toMatchObject({
      state: 'done',
      route: 'smtp',
      ses: unknown,
      smtp: accepted,
    });
    // An hour later as well.
    world.pass(60 * minute);
    await world.run();
    const { id: again } = await world.campaigns
      .create(
        world.organisation,
        'test',
        { clearance: await world.clearance(), recipients: addresses(40) },
        'k2',
      )
      .then((made) => ('campaign' in made ? made.campaign : { id: '' }));
    await world.run();
    expect([(await world.told(again)).rows, world.ses.messages.length]).toEqual(['', unknown]);
  });
}
