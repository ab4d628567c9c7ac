/** Bounces and complaints over a limit: of one mailing, and of a sender over many. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recipients, settled, startCampaign } from '../adapters/ledger-world.ts';
import { refused } from './scripted.ts';
import { addresses, type CampaignWorld, hour, minute, startCampaignWorld } from './world.ts';

let world: CampaignWorld;
beforeEach(async () => {
  world = await startCampaignWorld();
});
afterEach(() => world.close());

describe('bounces and complaints', () => {
  /** Half is sent, then events come in, then time passes and the rest goes. */
  async function halfSent(bounced: number, complained = 0) {
    const { id } = await world.send({ recipients: addresses(800), perMinute: 60_000 });
    let stopped = false;
    world.ses.answer = (_, n) => {
      if (n >= 400 && !stopped) {
        stopped = true;
        void world.campaigns.pause(world.organisation, id);
      }
      return undefined;
    };
    await world.work();
    const rows = await world.ledger.deliveries(id, { limit: bounced + complained, states: ['accepted'] });
    expect((await world.find(id)).pauseReason).toBe('person');
    for (const [i, row] of rows.entries()) {
      const kind = i < bounced ? 'bounced' : 'complained';
      const of = {
        campaign: id,
        number: row.number,
        attempt: row.attempt,
        at: world.clock.now().toISOString(),
      };
      await world.ledger.apply({
        ...of,
        id: `event-${i}`,
        kind,
        permanent: true,
        bounceClass: 'bad-address',
      });
    }
    return { id, sent: world.ses.mails.length };
  }

  test('6 % move the sending to the reserve, once, until a person returns it', async () => {
    const { id, sent } = await halfSent(28);
    expect([28 / sent > 0.05, 28 / sent < 0.08]).toEqual([true, true]);
    await world.campaigns.resume(world.organisation, id);
    let moved = 0;
    world.reserve.answer = (_, n) => {
      if (n === 20) {
        moved = world.ses.mails.length;
        void world.campaigns.pause(world.organisation, id);
      }
      return undefined;
    };
    await world.work();
    expect(await world.find(id)).toMatchObject({
      route: 'reserve',
      switched: 'bounce-rate',
      state: 'paused',
    });
    expect([moved, world.ses.mails.length]).toEqual([sent, sent]);
    expect(await world.alerts(id)).toEqual(['switched-to-reserve']);

    expect((await world.campaigns.returnToPrimary(world.organisation, id)).kind).toBe('done');
    await world.campaigns.resume(world.organisation, id);
    await world.work();
    expect(await world.find(id)).toMatchObject({ route: 'ses', switched: null, state: 'done' });
    expect(world.ses.mails.length).toBeGreaterThan(sent);
    expect(await world.alerts(id)).toEqual(['done', 'switched-to-reserve']);
  });

  test('they pause it where the sender has chosen that, or nothing is armed', async () => {
    const { id } = await halfSent(28);
    await world.senders.change(world.organisation, 'example.se', { onBounces: 'pause' });
    await world.campaigns.resume(world.organisation, id);
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'paused', pauseReason: 'bounce-rate', route: 'ses' });
    expect([world.reserve.mails.length, await world.alerts(id)]).toEqual([0, ['paused bounce-rate']]);
    // A person lets it go on: then it does, up to the limit for all.
    await world.campaigns.resume(world.organisation, id);
    await world.work();
    expect((await world.find(id)).state).toBe('done');
  });

  test.each([
    ['9 % bounces', 40, 0, 'bounce-rate'],
    ['complaints', 0, 4, 'complaint-rate'],
  ])('%s pause it always, and again when it is resumed', async (_, bounced, complained, reason) => {
    const { id, sent } = await halfSent(bounced, complained);
    for (let time = 0; time < 2; time++) {
      await world.campaigns.resume(world.organisation, id);
      await world.work();
      expect(await world.find(id)).toMatchObject({ state: 'paused', pauseReason: reason });
    }
    expect([world.ses.mails.length, world.reserve.mails.length]).toEqual([sent, 0]);
  });
});

describe('over many mailings', () => {
  const gone = () => refused('recipient', true, '550', '5.1.1');

  test('a list that is cut into thirty stops as one list does', async () => {
    world.ses.answer = gone;
    const ended: string[] = [];
    for (let part = 0; part < 30; part++) {
      const clearance = await world.clearance();
      const made = await world.campaigns.create(
        world.organisation,
        'test',
        { clearance, recipients: addresses(99, 1 + part * 99) },
        `part-${part}`,
      );
      if (made.kind === 'invalid') {
        expect(made.errors).toMatchObject([
          { code: 'bounce-rate', data: { what: 'sender', percent: 100, domain: 'example.se' } },
        ]);
        ended.push('refused');
      } else if ('campaign' in made) {
        await world.work();
        ended.push((await world.find(made.campaign.id)).state);
      }
      world.pass(minute);
    }
    expect(ended).toEqual(['done', 'done', ...Array(28).fill('refused')]);
    expect(world.ses.mails.length + world.reserve.mails.length).toBe(198);
    // The window is over: somebody has had time to look.
    world.pass(25 * hour);
    world.ses.answer = () => undefined;
    const { id } = await world.send({ recipients: addresses(10, 5_000) });
    await world.work();
    expect((await world.find(id)).state).toBe('done');
  });

  test('so they do when all thirty were ordered before the first began', async () => {
    world.ses.answer = gone;
    const ids: string[] = [];
    for (let part = 0; part < 30; part++)
      ids.push((await world.send({ recipients: addresses(99, 1 + part * 99) })).id);
    await world.work();
    const states = await Promise.all(ids.map(async (id) => (await world.find(id)).pauseReason));
    expect(states.filter((reason) => reason === 'bounce-rate').length).toBeGreaterThan(24);
    // Four are under way at once; each looks after 100 results or five seconds.
    expect(world.ses.mails.length).toBeLessThan(600);
    expect(world.reserve.mails).toEqual([]);
  });

  async function late(id: string, count: number, kind: 'bounced' | 'complained' = 'bounced', from = 1) {
    const at = world.clock.now().toISOString();
    for (let number = from; number < from + count; number++) {
      const of = { campaign: id, number, attempt: 1, at, kind, id: `${kind}-${id}-${number}` };
      const applied = await world.ledger.apply({ ...of, permanent: true, bounceClass: 'bad-address' });
      expect(applied).toBe(true);
    }
  }
  const toldOf = async (id: string) =>
    (await world.ledger.alerts({ campaign: id, limit: 100 }))
      .filter(({ kind }) => kind === 'over-limit')
      .map(({ data }) => [data.what, data.reason]);

  test.each([
    [90, 'bounced', 'bounce-rate'],
    [4, 'complained', 'complaint-rate'],
  ] as const)(
    '%i late events after its end, %s: told once, and the others stop',
    async (count, kind, reason) => {
      const { id } = await world.send({ recipients: addresses(1000) });
      await world.work();
      expect((await world.find(id)).state).toBe('done');
      const clearance = await world.clearance();
      const other = await world.send({ recipients: addresses(300, 2_000), perMinute: 60, clearance });
      let begun = false;
      world.ses.answer = async (_, n) => {
        if (n === 1_100 && !begun) {
          begun = true;
          await late(id, count, kind);
        }
        return undefined;
      };
      await world.work();
      expect(await world.find(other.id)).toMatchObject({ state: 'paused', pauseReason: reason });
      expect(world.ses.mails.length).toBeLessThan(1_120);
      expect(world.reserve.mails).toEqual([]);
      expect(await world.campaigns.nextWork()).toBeDefined();
      for (let turn = 0; turn < 3; turn++) {
        await world.work();
        world.pass(minute);
      }
      expect(await toldOf(id)).toEqual([['campaign', reason]]);
      expect(await world.store.unjudged()).toEqual([]);
      await late(id, 10, kind, 900);
      await world.work();
      expect(await toldOf(id)).toHaveLength(1);
      const again = await world.campaigns.create(
        world.organisation,
        'test',
        { clearance, recipients: addresses(1, 9_000) },
        'again',
      );
      expect(again).toMatchObject({ kind: 'invalid', errors: [{ code: reason, data: { what: 'sender' } }] });
      expect((await world.campaigns.resume(world.organisation, other.id)).kind).toBe('done');
      await world.work();
      expect(await world.find(other.id)).toMatchObject({ state: 'paused', pauseReason: reason });
      expect(world.logged).toEqual([]);
    },
  );

  test('6 % of the sender’s move the next mailing to the reserve, once', async () => {
    const { id } = await world.send({ recipients: addresses(1000) });
    await world.work();
    await late(id, 60);
    await world.work();
    expect(await toldOf(id)).toEqual([['campaign', 'bounce-rate']]);
    const next = await world.send({ recipients: addresses(50, 2_000), hold: true });
    await world.work();
    const { begins } = await world.find(next.id);
    expect(begins).toMatchObject({ route: 'reserve', reason: 'bounce-rate', pauses: false });
    expect(begins?.data).toMatchObject({ what: 'sender', percent: 6 });
    await world.campaigns.resume(world.organisation, next.id);
    await world.work();
    expect(await world.find(next.id)).toMatchObject({
      begins: null,
      state: 'done',
      route: 'reserve',
      switched: 'bounce-rate',
    });
    expect(world.reserve.mails).toHaveLength(50);
  });

  test('before it begins it says by which server it will, or that it will pause', async () => {
    const { id } = await world.send({ recipients: addresses(1000) });
    await world.work();
    const next = await world.send({ recipients: addresses(50, 2_000), hold: true });
    await world.work();
    const begins = async () => (await world.find(next.id)).begins;
    const asChosen = { route: 'ses', role: 'primary', reason: null, pauses: false };
    expect(await begins()).toMatchObject(asChosen);
    await late(id, 60);
    const byReserve = { route: 'reserve', role: 'reserve', reason: 'bounce-rate', pauses: false };
    expect(await begins()).toMatchObject({ ...byReserve, country: world.reserve.country });
    await world.rehearse(false);
    const pauses = { route: 'ses', reason: 'bounce-rate', pauses: true };
    expect(await begins()).toMatchObject(pauses);
    await world.rehearse(true);
    await world.senders.change(world.organisation, 'example.se', { onBounces: 'pause' });
    expect(await begins()).toMatchObject(pauses);
    await world.senders.change(world.organisation, 'example.se', { onBounces: 'switch' });
    await late(id, 30, 'complained', 900);
    expect(await begins()).toMatchObject({ route: 'ses', reason: 'complaint-rate', pauses: true });
    world.pass(25 * hour);
    expect(await begins()).toMatchObject(asChosen);
  });

  describe('by an account that others send by too', () => {
    // What the ledger's own world has is due at noon, and its clearance ends an hour later.
    beforeEach(() => world.pass(3.5 * hour));

    /** What another organisation has sent by the account, and what became of it. */
    async function others(id: string, sent: number, ends: [count: number, kind: 'bounced' | 'complained'][]) {
      const db = new DatabaseSync(join(world.dir, 'klarsignal.db'));
      db.prepare('insert into organisation (id, name, created_at) values (?, ?, ?)').run(
        id,
        'Another',
        world.clock.now().toISOString(),
      );
      db.close();
      const own = world.store.organisation(id);
      const campaign = `cmp_${id}`;
      await startCampaign(own, campaign, recipients(sent), { standard: true });
      const now = world.clock.now().toISOString();
      await own.ledger.claim(campaign, { route: 'ses', limit: sent, now });
      const all = Array.from({ length: sent }, (_, n) => settled(n + 1, 'accepted'));
      expect(await own.ledger.settle(campaign, 'ses', all, now)).toBe(sent);
      let number = 0;
      for (const [count, kind] of ends)
        for (let i = 0; i < count; i++) {
          number += 1;
          const of = { campaign, number, attempt: 1, at: now, kind, id: `e${number}` };
          await own.ledger.apply({ ...of, permanent: true, bounceClass: 'bad-address' });
        }
    }
    const ended = async () => {
      const { id } = await world.send({ recipients: addresses(200) });
      await world.work();
      const { state, route, pauseReason } = await world.find(id);
      return `${state} ${route} ${pauseReason ?? ''}`.trim();
    };

    test.each([
      ['complaints', [[20, 'complained']]],
      ['bounces', [[100, 'bounced']]],
    ] as [string, [number, 'bounced' | 'complained'][]][])(
      'who is over the limit with %s stands still alone',
      async (_, ends) => {
        await others('org_bad', 200, ends);
        expect(await ended()).toBe('done ses');
      },
    );

    test('what remains is judged: many small ones together stop all', async () => {
      for (const name of ['a', 'b', 'c']) await others(`org_${name}`, 90, [[30, 'bounced']]);
      await expect(ended()).rejects.toThrow(/"bounce-rate".*"what":"account"/);
    });

    test('its own mail by the account stops it, from whichever domain', async () => {
      const own = { domain: 'annan.example', standard: true };
      await startCampaign(world.own, 'cmp_annan', recipients(200), own);
      const now = world.clock.now().toISOString();
      await world.ledger.claim('cmp_annan', { route: 'ses', limit: 200, now });
      const bad = { bounceClass: 'bad-address' };
      const all = Array.from({ length: 200 }, (_, n) => settled(n + 1, 'rejected', n < 100 ? bad : {}));
      await world.ledger.settle('cmp_annan', 'ses', all, now);
      await expect(ended()).rejects.toThrow(/"bounce-rate".*"what":"organisation"/);
    });
  });

  test('few that bounce stop nobody', async () => {
    const { id } = await world.send({ recipients: addresses(3) });
    world.ses.answer = (_, n) => (n === 1 ? gone() : undefined);
    await world.work();
    const next = await world.send({ recipients: addresses(90, 10) });
    await world.work();
    expect([(await world.find(id)).state, (await world.find(next.id)).state]).toEqual(['done', 'done']);
    expect(await toldOf(id)).toEqual([]);
  });
});
