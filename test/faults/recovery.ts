/** What a row of a table cannot show: a provider's stop on the way, its pace, and what happens when all is well again. */
import { describe, expect, test } from 'vitest';
import { addresses, minute } from '../campaigns/world.ts';
import { eventsOf } from './events.ts';
import { startFaultWorld } from './world.ts';

export function recoveryTable(): void {
  describe('a provider’s stop is not gone round', () => {
    test('6 % bounces, and SES has stopped the account for them: nothing moves to the reserve', async () => {
      const world = await startFaultWorld();
      const { ses } = world;
      const events = eventsOf(world);
      const id = await world.send(150, { perMinute: 60 });
      world.whenAtRest(async () => {
        if (ses.messages.length !== 102 || ses.account.EnforcementStatus !== 'HEALTHY') return;
        ses.account.EnforcementStatus = 'SHUTDOWN';
        for (const message of ses.messages.slice(0, 7)) await events.bounce(message);
      });
      await world.run();
      const told = await world.told(id);
      expect(told).toMatchObject({
        state: 'paused: provider-suspended',
        alerts: 'paused provider-suspended',
        smtp: 0,
      });
      expect(told.ses).toBeLessThanOrEqual(106);
    });

    test('moved for 6 % bounces, and SES stops the account afterwards', async () => {
      const world = await startFaultWorld();
      const { ses, smtp } = world;
      const events = eventsOf(world);
      const id = await world.send(250, { perMinute: 60 });
      let told = false;
      world.whenAtRest(async () => {
        if (smtp.messages.length === 5) ses.account.EnforcementStatus = 'PROBATION';
        if (ses.messages.length !== 100 || told) return;
        told = true;
        for (const message of ses.messages.slice(0, 6)) await events.bounce(message);
      });
      await world.run();
      expect(await world.told(id)).toMatchObject({
        state: 'paused: provider-suspended',
        alerts: 'paused provider-suspended, switched-to-reserve',
        ses: 100,
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

  test('the day’s quota of SES holds while it does not answer what that is', async () => {
    const world = await startFaultWorld();
    const { ses } = world;
    ses.account.SendQuota = { MaxSendRate: 1_000, Max24HourSend: 200, SentLast24Hours: 120 };
    const id = await world.send(100, { perMinute: 60 });
    world.whenAtRest(() => {
      if (ses.messages.length >= 30) ses.onAsk = () => ({ error: 'TooManyRequestsException' });
    });
    await world.run();
    expect(await world.told(id)).toMatchObject({
      state: 'sending',
      rows: 'accepted 80, pending 20',
      ses: 80,
    });
  });

  test.each([
    ['auth-535', 0],
    ['bad-banner', 1],
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

  test('both fail; the reserve is mended, and it is let go on: by the reserve', async () => {
    const world = await startFaultWorld({ anew: true });
    const { ses, smtp } = world;
    ses.onSend = () => ({ error: 'TooManyRequestsException' });
    smtp.onConnection = () => (smtp.messages.length >= 3 ? 'auth-535' : undefined);
    const id = await world.send(10);
    await world.run();
    const stood = {
      state: 'paused: no-route',
      rows: 'accepted 3, pending 7',
      route: 'smtp',
      ses: 0,
      smtp: 3,
    };
    expect(await world.told(id)).toMatchObject(stood);
    smtp.onConnection = () => undefined;
    await world.campaigns.resume(world.organisation, id);
    await world.run();
    const done = { state: 'done', rows: 'accepted 10', route: 'smtp', ses: 0, smtp: 10 };
    expect(await world.told(id)).toMatchObject(done);
  });

  test('a reserve that failed in an earlier mailing, and is well, takes over', async () => {
    const world = await startFaultWorld({ anew: true });
    const { ses, smtp } = world;
    ses.onSend = () => ({ error: 'TooManyRequestsException' });
    smtp.onConnection = () => (smtp.messages.length >= 3 ? 'auth-535' : undefined);
    const first = await world.send(10);
    await world.run();
    expect((await world.told(first)).state).toBe('paused: no-route');
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
