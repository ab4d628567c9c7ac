/** A campaign from its order to its end: real store, keys, senders, clearances and DNS rules; the servers are scripted. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sayAlert } from '../../src/campaigns/words.ts';
import type { AlertRow } from '../../src/ports.ts';
import { refused } from './scripted.ts';
import { addresses, type CampaignWorld, hour, minute, startCampaignWorld } from './world.ts';

let world: CampaignWorld;
beforeEach(async () => {
  world = await startCampaignWorld();
});
afterEach(() => world.close());

test('a mailing goes to each recipient once, by the primary', async () => {
  const { id } = await world.send({ recipients: addresses(25) });
  await world.work();
  const done = await world.find(id);
  expect([done.state, done.recipients, done.lines, done.pauseReason]).toEqual(['done', 25, 25, null]);
  expect(await world.counts(id)).toEqual({ accepted: 25 });
  expect(world.ses.mails.map(({ recipient }) => recipient).sort()).toEqual(
    addresses(25)
      .map(({ address }) => address)
      .sort(),
  );
  expect(world.reserve.mails).toEqual([]);
  expect(await world.alerts(id)).toEqual(['done']);
  expect(world.logged).toEqual([]);
});

describe('what a server says', () => {
  const third = (answer: ReturnType<typeof refused>) => (_: unknown, n: number) =>
    n === 3 ? answer : undefined;

  test('a recipient that is turned down for good stays so, and the rest go', async () => {
    const { id } = await world.send({ recipients: addresses(10) });
    world.ses.answer = third(refused('recipient', true, '550', '5.1.1'));
    await world.work();
    expect([(await world.find(id)).state, await world.counts(id)]).toEqual([
      'done',
      { accepted: 9, rejected: 1 },
    ]);
    const [row] = await world.ledger.deliveries(id, { limit: 10, states: ['rejected'] });
    expect(row).toMatchObject({ code: '550', enhanced: '5.1.1', bounceClass: 'bad-address', attempt: 1 });
    expect(world.ses.mails.length + world.reserve.mails.length).toBe(10);
  });

  test('no answer after the message is unknown, and is not sent again, by any route', async () => {
    const { id } = await world.send({ recipients: addresses(10) });
    world.ses.answer = third(refused('handed-over', false, 'ETIMEDOUT'));
    await world.work();
    expect([(await world.find(id)).state, await world.counts(id)]).toEqual([
      'done',
      { accepted: 9, unknown: 1 },
    ]);
    world.restart();
    await world.campaigns.recover();
    await world.work();
    expect(world.ses.mails.length + world.reserve.mails.length).toBe(10);
  });

  test('451 to RCPT is tried again on the same route, after 5 minutes', async () => {
    const { id } = await world.send({ recipients: addresses(10) });
    world.ses.answer = third(refused('recipient', false, '451', '4.7.1'));
    await world.work();
    expect([(await world.find(id)).state, await world.counts(id)]).toEqual([
      'sending',
      { accepted: 9, pending: 1 },
    ]);
    expect(await world.campaigns.nextWork()).toEqual(new Date(world.clock.now().getTime() + 5 * minute));
    world.pass(5 * minute);
    await world.work();
    expect([(await world.find(id)).state, await world.counts(id)]).toEqual(['done', { accepted: 10 }]);
    expect([world.ses.mails.length, world.reserve.mails.length]).toEqual([11, 0]);
  });

  test('what the primary has put off waits for it, while the reserve carries the rest', async () => {
    const { id } = await world.send({ recipients: addresses(30) });
    world.ses.answer = (_, n) => {
      if (n <= 3) return refused('recipient', false, '451', '4.7.1');
      world.ses.state = { ...world.ses.state, available: false };
      return refused('connect', false, 'ECONNREFUSED');
    };
    await world.work();
    const putOff = new Set(world.ses.mails.slice(0, 3).map(({ recipient }) => recipient));
    for (let turn = 0; turn < 10; turn++) {
      world.pass(5 * minute);
      await world.work();
    }
    expect(world.reserve.mails.filter(({ recipient }) => putOff.has(recipient))).toEqual([]);
    expect(await world.counts(id)).toEqual({ accepted: 27, pending: 3 });
    world.ses.state = { ...world.ses.state, available: true };
    world.ses.answer = () => undefined;
    world.pass(hour);
    await world.work();
    world.pass(5 * minute);
    await world.work();
    expect([(await world.find(id)).state, await world.counts(id)]).toEqual(['done', { accepted: 30 }]);
    expect(world.reserve.mails).toHaveLength(27);
  });

  test('what the reserve has put off goes by the primary once that is back', async () => {
    world.ses.state = { ...world.ses.state, available: false };
    const { id } = await world.send({ recipients: addresses(10) });
    world.reserve.answer = (_, n) => (n <= 3 ? refused('recipient', false, '451', '4.7.1') : undefined);
    await world.work();
    expect(await world.counts(id)).toEqual({ accepted: 7, pending: 3 });
    world.ses.state = { ...world.ses.state, available: true };
    world.pass(6 * minute);
    await world.work();
    expect([(await world.find(id)).state, world.ses.mails.length]).toEqual(['done', 3]);
  });

  test('one that is put off for 48 hours is rejected', async () => {
    const { id } = await world.send({ recipients: addresses(1), clearance: await world.clearance() });
    world.ses.answer = () => refused('recipient', false, '451', '4.3.0');
    for (let turn = 0; turn < 40 && (await world.find(id)).state !== 'done'; turn++) {
      await world.work();
      if ((await world.find(id)).state === 'paused') {
        // The clearance lives for a day: a person gives a new one.
        await world.campaigns.resume(world.organisation, id, await world.clearance());
      }
      const next = await world.campaigns.nextWork();
      if (next) world.pass(Math.max(0, next.getTime() - world.clock.now().getTime()));
    }
    expect(await world.counts(id)).toEqual({ rejected: 1 });
    const row = await world.ledger.delivery(id, 1);
    expect([row?.bounceClass, row?.attempt]).toEqual(['transient', 15]);
  });

  test.each([
    ['552 5.3.4', refused('message', true, '552', '5.3.4')],
    ['BadRequestException', refused('message', true, 'BadRequestException')],
  ])('a mail that is refused again and again, by %s, stops being handed over', async (code, answer) => {
    const { id } = await world.send({ recipients: addresses(200) });
    world.ses.answer = (_, n) => (n > 20 ? answer : undefined);
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'paused', pauseReason: 'message-refused' });
    const { rejected = 0, accepted = 0, pending = 0, ...other } = await world.counts(id);
    expect([accepted, other]).toEqual([20, {}]);
    expect(rejected).toBeGreaterThanOrEqual(10);
    expect(rejected).toBeLessThanOrEqual(10 + 2 * world.ses.atOnce);
    expect(rejected + pending).toBe(180);
    expect(code).toContain(
      String((await world.ledger.deliveries(id, { limit: 1, states: ['rejected'] }))[0]?.code),
    );
  });

  test('an answer that would be a cell of its own at another separator stays one cell', async () => {
    const { id } = await world.send({ recipients: addresses(1) });
    const hostile = { ...refused('recipient', true, '550', '5.1.1'), response: 'no;=cmd|x\t@y' };
    world.ses.answer = () => hostile;
    await world.work();
    let text = '';
    for await (const line of (await world.campaigns.outcomes(world.organisation, id)) ?? []) text += line;
    expect(text).toContain('no,=cmd,x,@y');
    expect(text).not.toMatch(/[;|\t]/);
  });

  test('outcomes have codes for programs, and a last column in the reader’s words', async () => {
    const { id } = await world.send({ recipients: addresses(1) });
    world.ses.answer = () => refused('recipient', true, '550', '5.1.1');
    await world.work();
    for (const [locale, said] of [
      ['en', 'the address does not exist'],
      ['sv', 'adressen finns inte'],
    ] as const) {
      let text = '';
      for await (const line of (await world.campaigns.outcomes(world.organisation, id, locale)) ?? [])
        text += line;
      const [head, row] = text.split('\r\n');
      expect(head).toMatch(/,response,in_words$/);
      expect(row).toContain(',5.1.1,');
      expect(row).toMatch(new RegExp(`: ${said}$`));
    }
  });

  test('one that is refused now and then goes on', async () => {
    const { id } = await world.send({ recipients: addresses(200) });
    world.ses.answer = (_, n) => (n % 9 === 0 ? refused('message', true, '552', '5.3.4') : undefined);
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'done' });
  });

  test.each([
    ['a policy code', refused('message', true, '554', '5.7.1'), 'policy-refused', 1],
    ['a paused account', refused('suspended', true, 'SendingPausedException'), 'provider-suspended', 0],
    [
      'a MAIL FROM that is not verified',
      refused('identity', true, 'MailFromDomainNotVerified'),
      'identity-not-verified',
      0,
    ],
  ])('%s pauses the campaign', async (_, answer, reason, rejected) => {
    const { id } = await world.send({ recipients: addresses(100) });
    world.ses.answer = third(answer);
    await world.work();
    const { state, pauseReason } = await world.find(id);
    expect([state, pauseReason]).toEqual(['paused', reason]);
    const counts = await world.counts(id);
    expect([counts.rejected ?? 0, counts.sending ?? 0]).toEqual([rejected, 0]);
    expect((counts.accepted ?? 0) + (counts.pending ?? 0)).toBe(100 - rejected);
    // Those under way at that moment, and no more.
    expect(world.ses.mails.length).toBeLessThanOrEqual(3 + 2 * world.ses.atOnce);
    expect([world.reserve.mails.length, await world.alerts(id)]).toEqual([0, [`paused ${reason}`]]);

    world.ses.answer = () => undefined;
    expect((await world.campaigns.resume(world.organisation, id)).kind).toBe('done');
    await world.work();
    expect((await world.find(id)).state).toBe('done');
    expect((await world.counts(id)).accepted).toBe(100 - rejected);
  });
});

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
    [
      'is down as well',
      async () => {
        world.reserve.state = { ...world.reserve.state, available: false };
      },
    ],
  ])('a reserve that %s takes nothing: the campaign pauses', async (_, spoil) => {
    const { id } = await world.send({ recipients: addresses(50) });
    await spoil();
    world.ses.answer = down;
    await world.work();
    const { state, pauseReason } = await world.find(id);
    expect([state, pauseReason, await world.counts(id)]).toEqual(['paused', 'no-route', { pending: 50 }]);
    expect(world.reserve.mails).toEqual([]);
    expect(await world.alerts(id)).toEqual(['paused no-route']);
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

describe('bounces and complaints', () => {
  /** Half is sent, then events come in, then time passes and the rest goes. */
  async function halfSent(bounced: number, complained = 0) {
    const { id } = await world.send({ recipients: addresses(400), perMinute: 60_000 });
    let stopped = false;
    world.ses.answer = (_, n) => {
      if (n >= 200 && !stopped) {
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
    const { id, sent } = await halfSent(14);
    expect([14 / sent > 0.05, 14 / sent < 0.08]).toEqual([true, true]);
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
    const { id } = await halfSent(14);
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
    ['9 % bounces', 20, 0, 'bounce-rate'],
    ['complaints', 0, 3, 'complaint-rate'],
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
    const next = await world.send({ recipients: addresses(50, 2_000) });
    await world.work();
    expect(await world.find(next.id)).toMatchObject({
      state: 'done',
      route: 'reserve',
      switched: 'bounce-rate',
    });
    expect(world.reserve.mails).toHaveLength(50);
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

describe('before it starts', () => {
  test.each<[string, () => unknown, string]>([
    ['the sender’s record is gone', () => world.publish({ '_klarsignal.example.se': null }), 'sender-lapsed'],
    ['SPF of the subdomain is gone', () => world.publish({ 'mejl.example.se': null }), 'dns-changed'],
    ['the DKIM key is gone', () => world.publish({ 's1._domainkey.example.se': null }), 'dns-changed'],
    ['DNS is silent', () => world.silence(true), 'dns-unanswered'],
    [
      'SES has suspended the account',
      () => (world.ses.state = { ...world.ses.state, suspended: true }),
      'provider-suspended',
    ],
    [
      'SES says the MAIL FROM is pending',
      () => {
        const said = world.ses.identityOf('example.se');
        world.ses.identityOf = () => said && { ...said, mailFrom: 'PENDING' };
      },
      'identity-not-verified',
    ],
    [
      'SES uses another MAIL FROM',
      () => {
        const said = world.ses.identityOf('example.se');
        world.ses.identityOf = () => said && { ...said, mailFromDomain: 'other.example.se' };
      },
      'identity-not-verified',
    ],
    [
      'the scanner finds malware',
      () =>
        world.restart({
          scanner: {
            scan: async () => ({ known: true, infected: true, signature: 'Eicar', engine: 'test' }),
          },
        }),
      'malware-found',
    ],
    [
      'the scanner is silent',
      () =>
        world.restart({
          scanner: { scan: async () => ({ known: false, reason: 'unanswered', detail: '' }) },
        }),
      'malware-unanswered',
    ],
    ['the clearance has ended', () => world.pass(25 * hour), 'clearance-expired'],
    [
      'the clearance is revoked',
      async () => {
        const [row] = await world.campaigns.list(world.organisation, { limit: 1 });
        await world.clearances.revoke(world.organisation, row?.clearance ?? '');
      },
      'clearance-revoked',
    ],
    [
      'a route has changed',
      () =>
        world.own.senders.putRoute({
          domain: 'example.se',
          transport: 'ses',
          role: 'primary',
          mailFrom: 'nytt.example.se',
          dkim: [{ d: 'example.se', s: 's1' }],
          createdAt: world.clock.now().toISOString(),
        }),
      'routes-changed',
    ],
  ])('%s: nothing goes', async (_, happen, reason) => {
    const { id } = await world.send({ recipients: addresses(5) });
    await happen();
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'paused', pauseReason: reason });
    expect([world.ses.mails.length, world.reserve.mails.length, await world.counts(id)]).toEqual([
      0,
      0,
      { pending: 5 },
    ]);
    expect(await world.alerts(id)).toEqual([`paused ${reason}`]);
  });

  test('a silence that ends in time does no harm', async () => {
    const { id } = await world.send({ recipients: addresses(5) });
    world.silence(true);
    const began = world.clock.now().getTime();
    const asked = world.senders.check;
    world.restart({
      senders: {
        ...world.senders,
        check: (...given) => {
          if (world.clock.now().getTime() > began + minute) world.silence(false);
          return asked(...given);
        },
      },
    });
    await world.work();
    expect([(await world.find(id)).state, await world.counts(id)]).toEqual(['done', { accepted: 5 }]);
  });

  test('the sandbox is told of', async () => {
    const { id } = await world.send({ recipients: addresses(5) });
    world.ses.state = { ...world.ses.state, sandbox: true };
    await world.work();
    expect(await world.alerts(id)).toEqual(['done', 'sandbox']);
  });

  test('a campaign waits for its time', async () => {
    const startsAt = '2026-11-22T12:00:00+01:00';
    const { id } = await world.send({ recipients: addresses(5), startsAt });
    await world.work();
    expect([(await world.find(id)).state, world.ses.mails.length]).toEqual(['queued', 0]);
    expect(await world.campaigns.nextWork()).toEqual(new Date(startsAt));
    world.pass(2 * hour);
    await world.work();
    expect((await world.find(id)).state).toBe('done');
  });

  test('one that is held waits for a person', async () => {
    const { id } = await world.send({ recipients: addresses(5), hold: true });
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'paused', pauseReason: 'to-confirm', recipients: 5 });
    await world.campaigns.resume(world.organisation, id);
    await world.work();
    expect((await world.find(id)).state).toBe('done');
  });
});

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

  test('the provider’s own quota for a day holds', async () => {
    const { id } = await world.send({ recipients: addresses(30) });
    world.ses.state = { ...world.ses.state, perDay: 100, sentToday: 80 };
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
