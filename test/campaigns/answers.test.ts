/** What a server says to a mail, and what becomes of it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
    const own = world.store.organisation(world.organisation).recipients;
    expect(await own.suppressions(row?.addressHash ?? '')).toMatchObject([{ reason: 'bad-address' }]);
    expect(await own.countSuppressed()).toMatchObject({ 'bad-address': 1 });
  });

  test.each([
    '550 Sender verify failed: No such user here',
    '550 relay not permitted: account unknown, authentication required',
    '550 5.4.5 Daily user sending limit exceeded',
  ])('%s: of the recipient it says nothing; the mailing pauses, and nobody is suppressed', async (said) => {
    const enhanced = /5\.4\.5/.exec(said)?.[0] ?? null;
    const handover = { ...refused('recipient', true, '550', enhanced), response: said };
    world.ses.answer = () => handover;
    const { id } = await world.send({ recipients: addresses(60) });
    await world.work();
    expect(await world.find(id)).toMatchObject({ state: 'paused', pauseReason: 'recipients-refused' });
    const own = world.store.organisation(world.organisation).recipients;
    expect(await own.countSuppressed()).toMatchObject({ 'bad-address': 0 });
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
      expect(head).toMatch(locale === 'sv' ? /;svar;i_ord$/ : /,response,in_words$/);
      expect(row).toMatch(locale === 'sv' ? /;5\.1\.1;/ : /,5\.1\.1,/);
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
