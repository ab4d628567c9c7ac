/** When the reserve takes over, and when it may not. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sayAlert } from '../../src/campaigns/words.ts';
import type { AlertRow } from '../../src/ports.ts';
import { refused, scripted } from './scripted.ts';
import { addresses, type CampaignWorld, hour, startCampaignWorld } from './world.ts';

let world: CampaignWorld;
beforeEach(async () => {
  world = await startCampaignWorld();
});
afterEach(() => world.close());

const elsewhereSpf = ['v=spf1 ip4:192.0.2.10 -all'];
const elsewhere = {
  'studs.example.se': { TXT: elsewhereSpf, MX: ['10 mx.elsewhere.example'] },
  'mx.elsewhere.example': { A: ['192.0.2.99'] },
};

describe('switching over', () => {
  const down = () => refused('connect', false, 'ECONNREFUSED');

  test('a primary that is down gives way to the reserve, and gets the rest back when it is well', async () => {
    const { id } = await world.send({ recipients: addresses(200), perMinute: 60 });
    world.ses.answer = (_, n) => (n > 20 && n <= 25 ? down() : undefined);
    world.reserve.answer = (_, n) => {
      world.ses.state = { ...world.ses.state, available: n >= 20 };
      return undefined;
    };
    await world.work();
    expect([(await world.find(id)).state, await world.counts(id)]).toEqual(['done', { accepted: 200 }]);
    expect(world.reserve.mails.length).toBeGreaterThan(19);
    expect(world.ses.mails.length).toBeGreaterThan(40);
    expect(await world.alerts(id)).toEqual(['done', 'primary-is-back', 'reserve-took-over']);
    expect((await world.find(id)).route).toBe('ses');
  });

  test('unknown outcomes open it too, and none of them moves', async () => {
    const { id } = await world.send({ recipients: addresses(50) });
    world.ses.answer = () => refused('handed-over', false, 'ETIMEDOUT');
    world.ses.state = { ...world.ses.state, available: true };
    await world.work();
    const { unknown = 0, accepted = 0 } = await world.counts(id);
    expect(unknown).toBe(world.ses.mails.length);
    expect(unknown).toBeLessThanOrEqual(2 * world.ses.atOnce);
    expect(accepted).toBe(world.reserve.mails.length);
    expect(unknown + accepted).toBe(50);
    const twice = new Set(world.ses.mails.map(({ recipient }) => recipient));
    expect(world.reserve.mails.filter(({ recipient }) => twice.has(recipient))).toEqual([]);
  });

  test.each([
    ['was never rehearsed with success', () => world.rehearse(false)],
    ['never tells of bounces', () => world.rehearse(true, world.clock.now(), false)],
    ['was rehearsed too long ago', async () => world.rehearse(true, new Date('2026-10-01T00:00:00.000Z'))],
    [
      'no longer aligns',
      () => world.publish({ 'klarsignal._domainkey.example.se': null, 'studs.example.se': null }),
    ],
    ['has its bounces sent elsewhere since', () => world.publish(elsewhere)],
    ['has no MX any more', () => world.publish({ 'studs.example.se': { TXT: elsewhereSpf } })],
    [
      'is down as well',
      async () => {
        world.reserve.state = { ...world.reserve.state, available: false };
      },
    ],
  ])('a reserve that %s takes nothing: the campaign waits', async (_, spoil) => {
    const { id } = await world.send({ recipients: addresses(50) });
    await spoil();
    world.ses.answer = down;
    await world.work();
    const { state, pauseReason } = await world.find(id);
    expect([state, pauseReason, await world.counts(id)]).toEqual(['sending', null, { pending: 50 }]);
    expect(world.reserve.mails).toEqual([]);
    expect(await world.alerts(id)).toEqual(['waits-for-server']);
  });

  test('whose bounces are not seen, it takes over when an owner has accepted that, and its rate is unknown', async () => {
    await world.rehearse(true, world.clock.now(), false);
    const by = { by: 'per_1', at: world.clock.now().toISOString() };
    expect(await world.own.senders.acceptUnseenBounces('example.se', 'reserve', by)).toBe(true);
    const { id } = await world.send({ recipients: addresses(200) });
    world.ses.state = { ...world.ses.state, available: false };
    await world.work();
    expect(world.reserve.mails.length).toBe(200);
    const { alerts, routes } = (await world.campaigns.progress(world.organisation, id)) ?? {};
    const reserve = routes?.find(({ transport }) => transport === 'reserve');
    expect(reserve).toMatchObject({ accepted: 200, bounced: 0, bouncesSeen: false, bounceRate: null });
    const told = alerts?.find(({ kind }) => kind === 'reserve-took-over');
    expect(told?.data).toMatchObject({ bounces: 'unseen' });
    const [en, sv] = (['en', 'sv'] as const).map((locale) => sayAlert(told as AlertRow, locale).text);
    expect(en).toContain('its bounce rate is unknown');
    expect(sv).toContain('andelen studsar är okänd');
  });

  test('a provider’s stop is not gone round, although the reserve is armed', async () => {
    const { id } = await world.send({ recipients: addresses(50) });
    world.ses.answer = () => {
      world.ses.state = { ...world.ses.state, suspended: true };
      return down();
    };
    await world.work();
    const { state, pauseReason } = await world.find(id);
    expect([state, pauseReason, world.reserve.mails.length]).toEqual(['paused', 'provider-suspended', 0]);
  });

  test('a primary that cannot be reached at the start leaves the mailing to the reserve', async () => {
    const { id } = await world.send({ recipients: addresses(10) });
    world.ses.state = { ...world.ses.state, available: false };
    await world.work();
    expect([(await world.find(id)).state, world.ses.mails.length, world.reserve.mails.length]).toEqual([
      'done',
      0,
      10,
    ]);
    expect(await world.alerts(id)).toEqual(['done', 'reserve-took-over']);
  });
});

describe('where bounces go', () => {
  const routeOf = async (id: string, transport: string) =>
    (await world.campaigns.progress(world.organisation, id))?.routes.find(
      (one) => one.transport === transport,
    );

  test('is asked again each day, and a reserve whose bounces go elsewhere by then carries no more', async () => {
    await world.close();
    world = await startCampaignWorld({ policy: { recheckMs: hour } });
    const { id } = await world.send({ recipients: addresses(50), perMinute: 60 });
    world.ses.state = { ...world.ses.state, available: false };
    world.reserve.answer = (_, n) => {
      if (n === 3) {
        world.pass(2 * hour);
        void world.publish(elsewhere);
      }
      return undefined;
    };
    await world.work();
    const { state, pauseReason } = await world.find(id);
    expect([state, pauseReason]).toEqual(['paused', 'reserve-not-armed']);
    expect(world.reserve.mails.length).toBeLessThan(10);
  });

  test('of the reserve is told as DNS has it now, and comes back with the MX', async () => {
    const { id } = await world.send({ recipients: addresses(2) });
    await world.publish(elsewhere);
    await world.work();
    expect(await routeOf(id, 'reserve')).toMatchObject({ bouncesSeen: false, bounceRate: null });
    expect((await world.senders.find(world.organisation, 'example.se'))?.routes[1]?.armed).toBe(false);
    await world.publish({ 'studs.example.se': { TXT: elsewhereSpf, MX: ['10 in.example.se'] } });
    await world.send({ recipients: addresses(2, 3) });
    await world.work();
    expect(await routeOf(id, 'reserve')).toMatchObject({ bouncesSeen: true });
    expect((await world.senders.find(world.organisation, 'example.se'))?.routes[1]?.armed).toBe(true);
  });

  describe('by a primary that was never rehearsed', () => {
    const bySmtp = async (zone: Record<string, unknown>) => {
      const primary = scripted('reserve', 'smtp', { mailFrom: 'studs.example.se' });
      await world.close();
      world = await startCampaignWorld({
        transports: [{ transport: primary, role: 'primary', mailFrom: 'studs.example.se' }],
        zone,
      });
      const { id } = await world.send({ recipients: addresses(300) });
      await world.work();
      return id;
    };

    test('elsewhere: the rate is unknown, and an alert says so once', async () => {
      const id = await bySmtp(elsewhere);
      expect(await world.counts(id)).toEqual({ accepted: 300 });
      expect(await routeOf(id, 'reserve')).toMatchObject({ bouncesSeen: false, bounceRate: null });
      expect(await world.alerts(id)).toEqual(['bounces-unseen', 'done']);
    });

    test('here: the rate is known, and nothing is said', async () => {
      const id = await bySmtp({});
      expect(await routeOf(id, 'reserve')).toMatchObject({ bouncesSeen: true, bounceRate: 0 });
      expect(await world.alerts(id)).toEqual(['done']);
    });
  });
});
