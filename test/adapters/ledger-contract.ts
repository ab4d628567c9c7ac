import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeliveryEvent, DeliveryState, OrganisationStore, Store } from '../../src/ports.ts';
import {
  addCampaign,
  at,
  clearanceOf,
  recipient,
  recipients,
  settled,
  startCampaign,
} from './ledger-world.ts';
import type { OpenStore } from './store-contract.ts';

/** What every ledger must do: who is mailed, at most once, and what becomes of it. */
export function ledgerContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`${name}: the contract of the ledger`, () => {
    let store: Store;
    let own: OrganisationStore;
    let other: OrganisationStore;
    const claim = (minutes = 1, limit = 10, route = 'ses', id = 'cmp_a') =>
      own.ledger.claim(id, { route, limit, now: at(minutes) });
    const numbers = async (...args: Parameters<typeof claim>) =>
      (await claim(...args)).map(({ number }) => number);
    const stateOf = async (number: number, id = 'cmp_a') => (await own.ledger.delivery(id, number))?.state;
    const totals = async (id = 'cmp_a') =>
      Object.fromEntries(Object.entries(await own.ledger.counts(id)).filter(([, count]) => count > 0));

    beforeEach(async () => {
      const opened = await open();
      store = opened.store;
      own = store.organisation(await store.firstOrganisation());
      await opened.addOrganisation('org_other');
      other = store.organisation('org_other');
    });
    afterEach(() => store.close());

    test('a claim takes due rows in order, once, and says what the attempt is', async () => {
      await startCampaign(own, 'cmp_a', recipients(5));
      const first = await claim(1, 2);
      expect(first).toStrictEqual(
        [1, 2].map((number) => ({
          campaign: 'cmp_a',
          ...recipient(number),
          state: 'sending',
          attempt: 1,
          lostAttempt: 0,
          route: 'ses',
          dueAt: at(0),
          attemptedAt: at(1),
          settledAt: null,
          code: null,
          enhanced: null,
          response: null,
          providerId: null,
          bounceClass: null,
        })),
      );
      expect(await numbers(1, 2)).toEqual([3, 4]);
      expect(await numbers(1, 2)).toEqual([5]);
      expect(await numbers(1, 2)).toEqual([]);
      expect(await totals()).toEqual({ sending: 5 });
      expect(await own.ledger.nextDue('cmp_a')).toBeUndefined();
    });

    test('a cap of the day holds over all mailings of a domain, however many claim at once', async () => {
      const ids = ['cmp_a', 'cmp_b', 'cmp_c', 'cmp_d'];
      for (const id of ids) await startCampaign(own, id, recipients(9), { digest: `sha256:${id}` });
      await startCampaign(own, 'cmp_e', recipients(9), { digest: 'sha256:e', domain: 'news.example.org' });
      const capped = (id: string, minutes: number) =>
        own.ledger.claim(id, {
          route: 'ses',
          limit: 5,
          now: at(minutes),
          daily: { since: at(0), atMost: 7 },
        });
      const claimed = await Promise.all(ids.map((id) => capped(id, 1)));
      expect(claimed.flat()).toHaveLength(7);
      // One that was put back is free for somebody else, one that has ended is not.
      const [first, second] = claimed[0] ?? [];
      const ends = [settled(first?.number ?? 0, 'pending'), settled(second?.number ?? 0, 'accepted')];
      await own.ledger.settle('cmp_a', 'ses', ends, at(2));
      expect((await Promise.all(ids.map((id) => capped(id, 3)))).flat()).toHaveLength(1);
      expect(await capped('cmp_e', 3)).toHaveLength(5);
      expect(await own.ledger.claim('cmp_a', { route: 'ses', limit: 2, now: at(4) })).toHaveLength(2);
    });

    const guards: [string, () => Promise<unknown>][] = [
      ['it is paused', () => own.ledger.change('cmp_a', { state: 'paused', pauseReason: 'person' })],
      ['it is done', () => own.ledger.change('cmp_a', { state: 'done' })],
      ['it is queued', () => own.ledger.change('cmp_a', { state: 'queued' })],
      ['it goes by another route', () => own.ledger.change('cmp_a', { route: 'smtp' })],
      ['its clearance is revoked', () => own.clearances.revoke('clr_sha256:d', at(0))],
      [
        'its clearance is another message’s',
        async () => {
          await own.clearances.add(clearanceOf('clr_x', 'sha256:x'));
          await own.ledger.change('cmp_a', { clearance: 'clr_x' });
        },
      ],
      ['its clearance is not there', () => own.ledger.change('cmp_a', { clearance: 'clr_none' })],
      ['its sender has lapsed', () => own.senders.noteCheck('example.org', false, at(0))],
    ];
    test.each(guards)('nothing is claimed when %s', async (_, happens) => {
      await startCampaign(own, 'cmp_a', recipients(2));
      await happens();
      expect(await numbers()).toEqual([]);
      expect(await totals()).toEqual({ pending: 2 });
    });

    test('nothing is claimed from the moment the clearance expires, nor by another organisation', async () => {
      await startCampaign(own, 'cmp_a', recipients(2));
      expect(await other.ledger.claim('cmp_a', { route: 'ses', limit: 9, now: at(1) })).toEqual([]);
      expect(await numbers(60)).toEqual([]);
      expect(await numbers(59)).toEqual([1, 2]);
    });

    const senders: [string, Parameters<typeof addCampaign>[2], boolean][] = [
      ['a name below the sender', { domain: 'news.example.org' }, true],
      ['a name that only ends like it', { domain: 'badexample.org' }, false],
      ['no sender, by the standard route', { domain: 'example.com', standard: true }, true],
      ['no sender', { domain: 'example.com' }, false],
    ];
    test.each(senders)('From is %s', async (_, changes, sends) => {
      await startCampaign(own, 'cmp_a', recipients(1), changes);
      expect(await numbers()).toEqual(sends ? [1] : []);
    });

    test('the nearest registered name decides', async () => {
      await startCampaign(own, 'cmp_a', recipients(1), { domain: 'news.example.org' });
      await own.senders.add({ domain: 'news.example.org', token: 't', createdAt: at(0) });
      expect(await numbers()).toEqual([]);
      await own.senders.activate('news.example.org', at(0));
      expect(await numbers()).toEqual([1]);
    });

    const reasons = [
      ['bad-address', 'transactional', 'suppressed'],
      ['complaint', 'transactional', 'suppressed'],
      ['erased', 'transactional', 'suppressed'],
      ['unsubscribe', 'marketing', 'suppressed'],
      ['unsubscribe', 'transactional', 'sending'],
    ] as const;
    test.each(reasons)('suppressed by %s, a %s mail: %s', async (reason, kind, state) => {
      await startCampaign(own, 'cmp_a', recipients(3), { class: kind });
      await other.recipients.suppress('hash-p1', 'complaint', at(0));
      await own.recipients.suppress('hash-p2', reason, at(0));
      expect(await numbers(1)).toEqual(state === 'sending' ? [1, 2, 3] : [1, 3]);
      expect(await own.ledger.delivery('cmp_a', 2)).toMatchObject(
        state === 'sending' ? { state } : { state, code: reason, settledAt: at(1), attempt: 0 },
      );
    });

    test('whoever was suppressed may be mailed the same by another campaign, once they are not', async () => {
      await startCampaign(own, 'cmp_a', recipients(2));
      await own.recipients.suppress('hash-p1', 'unsubscribe', at(0));
      expect(await numbers(1)).toEqual([2]);
      await own.recipients.lift('hash-p1', 'unsubscribe');
      for (const again of ['cmp_b', 'cmp_c']) {
        await addCampaign(own, again);
        expect((await own.ledger.addRecipients(again, recipients(2))).repeated).toEqual(
          again === 'cmp_b' ? [2] : [1, 2],
        );
      }
      expect(await own.ledger.delivery('cmp_a', 1)).toMatchObject({ state: 'suppressed' });
    });

    test('suppressed rows never hide those behind them, and are left alone while paused', async () => {
      await startCampaign(own, 'cmp_a', recipients(7));
      for (const number of [1, 2, 3, 4, 5, 6]) {
        await own.recipients.suppress(`hash-p${number}`, 'unsubscribe', at(0));
      }
      await own.ledger.change('cmp_a', { state: 'paused' });
      expect(await numbers(1, 2)).toEqual([]);
      expect(await totals()).toEqual({ pending: 7 });
      await own.ledger.change('cmp_a', { state: 'sending' });
      expect(await numbers(1, 2)).toEqual([7]);
      expect(await totals()).toEqual({ suppressed: 6, sending: 1 });
    });

    test('claims at once never share a row', async () => {
      await startCampaign(own, 'cmp_a', recipients(30));
      const claimed = await Promise.all(Array.from({ length: 8 }, () => numbers(1, 5)));
      expect(claimed.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
    });

    test('an attempt is settled once, and only the one that is under way', async () => {
      await startCampaign(own, 'cmp_a', recipients(3));
      await claim();
      const accepted = settled(1, 'accepted', { code: '250', response: 'ok', providerId: 'x' });
      const all = [accepted, settled(2, 'accepted', { attempt: 2 }), settled(9, 'accepted')];
      expect(await own.ledger.settle('cmp_a', 'ses', all, at(2))).toBe(1);
      expect(await own.ledger.settle('cmp_a', 'ses', [settled(1, 'rejected')], at(3))).toBe(0);
      expect(await own.ledger.delivery('cmp_a', 1)).toMatchObject({
        state: 'accepted',
        settledAt: at(2),
        code: '250',
        response: 'ok',
        providerId: 'x',
      });
      expect(await totals()).toEqual({ accepted: 1, sending: 2 });
    });

    test('a claim ends attempts in the same step, also where it takes nothing', async () => {
      await startCampaign(own, 'cmp_a', recipients(4));
      await claim(1, 2);
      const step = (minutes: number, ends: ReturnType<typeof settled>[]) =>
        own.ledger.claim('cmp_a', { route: 'ses', limit: 1, now: at(minutes), settled: ends });
      expect(await step(2, [settled(1, 'accepted'), settled(9, 'accepted')])).toMatchObject([{ number: 3 }]);
      expect(await own.ledger.delivery('cmp_a', 1)).toMatchObject({ state: 'accepted', settledAt: at(2) });
      expect(await totals()).toEqual({ accepted: 1, sending: 2, pending: 1 });
      // Once: what has been settled stays, and an attempt that is not under way is nobody's.
      expect(await step(3, [settled(1, 'rejected')])).toMatchObject([{ number: 4 }]);
      await own.ledger.change('cmp_a', { state: 'paused', pauseReason: 'person' });
      const ends = [settled(2, 'pending', { dueAt: at(3) }), settled(3, 'unknown'), settled(4, 'rejected')];
      expect(await step(4, ends)).toEqual([]);
      expect(await totals()).toEqual({ accepted: 1, pending: 1, unknown: 1, rejected: 1 });
      expect(await own.ledger.tally('cmp_a')).toMatchObject([
        { minute: at(1), accepted: 1, rejected: 0 },
        { minute: at(2), unknown: 1 },
        { minute: at(3), rejected: 1 },
      ]);
    });

    test('who is turned down for good is suppressed in the same step, by the attempt under way alone', async () => {
      await startCampaign(own, 'cmp_a', recipients(5));
      await claim(1, 4);
      const off = (number: number, more = {}) =>
        settled(number, 'rejected', { bounceClass: 'bad-address', suppress: 'bad-address', ...more });
      const ends = [off(1), off(2, { attempt: 2 }), settled(3, 'accepted'), off(5)];
      expect(await own.ledger.settle('cmp_a', 'ses', ends, at(2))).toBe(2);
      await own.ledger.claim('cmp_a', { route: 'ses', limit: 0, now: at(3), settled: [off(4), off(3)] });
      const reasons = await Promise.all(
        recipients(5).map(({ addressHash }) => own.recipients.suppressions(addressHash)),
      );
      expect(reasons.map(([first]) => first)).toEqual([
        { reason: 'bad-address', at: at(2) },
        undefined,
        undefined,
        { reason: 'bad-address', at: at(3) },
        undefined,
      ]);
      // Once said, it stays as it was said.
      await own.ledger.settle('cmp_a', 'ses', [off(1)], at(9));
      expect(await own.recipients.suppressions('hash-p1')).toEqual([{ reason: 'bad-address', at: at(2) }]);
    });

    test('a claim that meets only the suppressed ends attempts once all the same', async () => {
      await startCampaign(own, 'cmp_a', recipients(3));
      await claim(1, 1);
      await own.recipients.suppress(recipient(2).addressHash, 'complaint', at(1));
      const ends = [settled(1, 'accepted')];
      const next = await own.ledger.claim('cmp_a', { route: 'ses', limit: 1, now: at(2), settled: ends });
      expect(next).toMatchObject([{ number: 3 }]);
      expect(await totals()).toEqual({ accepted: 1, suppressed: 1, sending: 1 });
    });

    test('put back, a row is due later, under a new attempt', async () => {
      await startCampaign(own, 'cmp_a', recipients(1));
      await claim();
      await own.ledger.settle('cmp_a', 'ses', [settled(1, 'pending', { dueAt: at(6), code: '451' })], at(1));
      expect(await own.ledger.tally('cmp_a')).toEqual([]);
      expect(await own.ledger.nextDue('cmp_a')).toBe(at(6));
      expect(await numbers(5)).toEqual([]);
      expect(await claim(6)).toMatchObject([{ number: 1, attempt: 2, code: null, attemptedAt: at(6) }]);
      expect(await own.ledger.settle('cmp_a', 'ses', [settled(1, 'accepted')], at(6))).toBe(0);
      await own.ledger.settle('cmp_a', 'ses', [settled(1, 'accepted', { attempt: 2 })], at(6));
      expect(await own.ledger.tally('cmp_a')).toMatchObject([{ minute: at(6), route: 'ses', accepted: 1 }]);
      expect(await own.ledger.attemptedSince('example.org', at(6))).toBe(1);
      expect(await own.ledger.attemptedSince('example.org', at(7))).toBe(0);
    });

    test('the tally is by minute and route of the attempt', async () => {
      await startCampaign(own, 'cmp_a', recipients(6));
      await claim(1, 3);
      const states = ['accepted', 'unknown', 'rejected'] as const;
      const ends = states.map((state, n) => settled(n + 1, state));
      await own.ledger.settle('cmp_a', 'ses', ends, at(2));
      await own.ledger.change('cmp_a', { route: 'smtp' });
      await claim(3, 2, 'smtp');
      const bad = settled(4, 'rejected', { bounceClass: 'bad-address' });
      await own.ledger.settle('cmp_a', 'smtp', [bad, settled(5, 'accepted')], at(4));
      const none = { accepted: 0, rejected: 0, unknown: 0, delivered: 0, bounced: 0, complained: 0 };
      expect(await own.ledger.tally('cmp_a')).toStrictEqual([
        { minute: at(1), route: 'ses', ...none, accepted: 1, rejected: 1, unknown: 1 },
        { minute: at(3), route: 'smtp', ...none, accepted: 1, rejected: 1, bounced: 1 },
      ]);
      expect(await own.ledger.attemptedSince('example.org', at(0))).toBe(5);
      expect(await other.ledger.tally('cmp_a')).toEqual([]);
    });

    const event = (kind: DeliveryEvent['kind'], more: Partial<DeliveryEvent> = {}): DeliveryEvent => ({
      id: `${kind}-${more.permanent ?? ''}`,
      campaign: 'cmp_a',
      number: 1,
      attempt: 1,
      kind,
      at: at(9),
      ...(kind === 'bounced' && { bounceClass: 'mailbox' }),
      ...more,
    });
    const [delivered, complained, rejected] = [event('delivered'), event('complained'), event('rejected')];
    const unproved = event('complained', { id: 'unproved', unproved: true });
    const [hard, soft] = [event('bounced', { permanent: true }), event('bounced', { permanent: false })];
    // From, events, to; and the tally: accepted, rejected, unknown, delivered, bounced, complained.
    const histories: [DeliveryState, DeliveryEvent[], DeliveryState, number[]][] = [
      ['sending', [delivered], 'delivered', [1, 0, 0, 1, 0, 0]],
      ['accepted', [delivered], 'delivered', [1, 0, 0, 1, 0, 0]],
      ['unknown', [delivered], 'delivered', [1, 0, 0, 1, 0, 0]],
      ['pending', [delivered], 'delivered', [1, 0, 0, 1, 0, 0]],
      ['rejected', [delivered], 'rejected', [0, 1, 0, 0, 0, 0]],
      ['accepted', [hard], 'bounced', [1, 0, 0, 0, 1, 0]],
      ['accepted', [soft], 'bounced', [1, 0, 0, 0, 0, 0]],
      ['unknown', [hard], 'bounced', [1, 0, 0, 0, 1, 0]],
      ['rejected', [hard], 'bounced', [1, 0, 0, 0, 1, 0]],
      ['accepted', [delivered, hard], 'bounced', [1, 0, 0, 0, 1, 0]],
      ['accepted', [hard, delivered], 'bounced', [1, 0, 0, 0, 1, 0]],
      ['accepted', [delivered, soft], 'delivered', [1, 0, 0, 1, 0, 0]],
      ['accepted', [soft, delivered], 'delivered', [1, 0, 0, 1, 0, 0]],
      ['accepted', [soft, hard], 'bounced', [1, 0, 0, 0, 1, 0]],
      ['accepted', [hard, soft], 'bounced', [1, 0, 0, 0, 1, 0]],
      ['accepted', [delivered, complained], 'complained', [1, 0, 0, 1, 0, 1]],
      ['accepted', [complained, delivered], 'complained', [1, 0, 0, 1, 0, 1]],
      ['unknown', [complained, hard], 'complained', [1, 0, 0, 1, 0, 1]],
      ['unknown', [hard, complained], 'complained', [1, 0, 0, 1, 0, 1]],
      ['accepted', [unproved], 'accepted', [1, 0, 0, 0, 0, 0]],
      ['unknown', [unproved], 'unknown', [0, 0, 1, 0, 0, 0]],
      ['pending', [unproved], 'pending', []],
      ['accepted', [unproved, complained], 'complained', [1, 0, 0, 1, 0, 1]],
      ['accepted', [complained, unproved], 'complained', [1, 0, 0, 1, 0, 1]],
      ['accepted', [rejected], 'rejected', [0, 1, 0, 0, 0, 0]],
      ['delivered', [rejected], 'delivered', [1, 0, 0, 1, 0, 0]],
      ['accepted', [event('delayed', { response: 'later' })], 'accepted', [1, 0, 0, 0, 0, 0]],
      ['cancelled', [complained], 'cancelled', []],
    ];
    test.each(
      histories.map(([from, events, to, tally]) => ({
        from,
        kinds: events.map(({ id }) => id).join(', '),
        to,
        events,
        tally,
      })),
    )('from $from by $kinds: $to', async ({ from, events, to, tally }) => {
      await startCampaign(own, 'cmp_a', recipients(2));
      await claim(1, 1);
      if (from === 'delivered') await own.ledger.apply({ ...delivered, id: 'before' });
      else if (from === 'cancelled') {
        await own.ledger.settle('cmp_a', 'ses', [settled(1, 'pending')], at(2));
        await own.ledger.cancelPending('cmp_a', at(2));
      } else if (from !== 'sending') {
        await own.ledger.settle('cmp_a', 'ses', [settled(1, from as 'accepted')], at(2));
      }
      for (const one of [...events, ...events]) {
        expect(await own.ledger.apply(one)).toBe(events.indexOf(one) >= 0 && !applied.has(one));
        applied.add(one);
      }
      applied.clear();
      expect(await stateOf(1)).toBe(to);
      expect(
        (await own.ledger.tally('cmp_a')).map(({ minute, route, ...row }) => Object.values(row)),
      ).toEqual(tally.length > 0 ? [tally] : []);
      // What a server says after the event changes nothing.
      expect(await own.ledger.settle('cmp_a', 'ses', [settled(1, 'unknown')], at(10))).toBe(0);
    });
    const applied = new Set<DeliveryEvent>();

    test('those who unsubscribe from a campaign are counted for it, and no others', async () => {
      await startCampaign(own, 'cmp_a', recipients(4));
      await own.recipients.suppress('hash-p4', 'unsubscribe', at(-60));
      await claim(1, 2);
      const count = () => own.recipients.countUnsubscribed('cmp_a');
      expect(await count()).toBe(0);
      await own.recipients.suppress('hash-p1', 'unsubscribe', at(9));
      await own.recipients.suppress('hash-p2', 'complaint', at(9));
      // Not mailed yet, and of somebody else's list.
      await own.recipients.suppress('hash-p3', 'unsubscribe', at(9));
      await own.recipients.suppress('hash-x', 'unsubscribe', at(9));
      expect(await count()).toBe(1);
      expect(await other.recipients.countUnsubscribed('cmp_a')).toBe(0);
    });

    test('rates are by hour and route, of a sender and of an account, as the rows change', async () => {
      await startCampaign(own, 'cmp_a', recipients(4));
      await startCampaign(own, 'cmp_b', recipients(2), { digest: 'sha256:b', domain: 'news.example.org' });
      await startCampaign(other, 'cmp_o', recipients(2), { domain: 'example.com', standard: true });
      await claim(1, 3);
      const ends = [settled(1, 'accepted'), settled(2, 'accepted'), settled(3, 'unknown')];
      await own.ledger.settle('cmp_a', 'ses', ends, at(1));
      await claim(30, 1, 'ses', 'cmp_b');
      const bad = { bounceClass: 'bad-address' };
      await own.ledger.settle('cmp_b', 'ses', [settled(1, 'rejected', bad)], at(30));
      await other.ledger.claim('cmp_o', { route: 'ses', limit: 1, now: at(31) });
      await other.ledger.settle('cmp_o', 'ses', [settled(1, 'accepted')], at(31));
      await own.ledger.change('cmp_a', { route: 'smtp' });
      await claim(59, 1, 'smtp');
      await own.ledger.settle('cmp_a', 'smtp', [settled(4, 'accepted')], at(59));
      const none = { accepted: 0, rejected: 0, bounced: 0, complained: 0 };
      const rates = (domain: string, minutes = 0) => own.ledger.rates(domain, at(minutes));
      expect(await rates('example.org')).toEqual([
        { route: 'ses', ...none, accepted: 2 },
        { route: 'smtp', ...none, accepted: 1 },
      ]);
      expect(await rates('news.example.org')).toEqual([{ route: 'ses', ...none, rejected: 1, bounced: 1 }]);
      // From the start of the hour on.
      expect(await rates('news.example.org', 59)).toHaveLength(1);
      expect(await rates('news.example.org', 60)).toEqual([]);
      expect(await other.ledger.rates('example.org', at(0))).toEqual([]);
      const organisation = await store.firstOrganisation();
      const account = async (route: string, minutes = 0) => {
        const rows = await store.accountRates(route, at(minutes));
        return Object.fromEntries(rows.map(({ organisation: whose, ...row }) => [whose, row]));
      };
      expect(await account('ses')).toEqual({
        [organisation]: { route: 'ses', ...none, accepted: 2, rejected: 1, bounced: 1, unseen: false },
        org_other: { route: 'ses', ...none, accepted: 1, unseen: false },
      });
      expect(await account('ses', 60)).toEqual({});
      expect(await account('nobody')).toEqual({});

      const bySes = { domain: 'example.com', transport: 'ses', mailFrom: 'ses.example.com' };
      await other.senders.add({ domain: 'example.com', token: 't', createdAt: at(0) });
      await other.senders.putRoute({ ...bySes, role: 'primary', dkim: [], createdAt: at(0) });
      expect((await account('ses')).org_other).toMatchObject({ unseen: false });
      await other.senders.noteReturns(bySes, { here: false, at: at(1) });
      expect((await account('ses')).org_other).toMatchObject({ accepted: 1, unseen: true });
      expect((await account('ses'))[organisation]).toMatchObject({ unseen: false });

      // Late, and in the hour of the attempt that it answers.
      const late = { campaign: 'cmp_a', attempt: 1, at: at(300), permanent: true, bounceClass: 'mailbox' };
      await own.ledger.apply({ ...late, id: 'e1', number: 1, kind: 'bounced' });
      await own.ledger.apply({ ...late, id: 'e2', number: 1, kind: 'complained' });
      await own.ledger.apply({ ...late, id: 'e3', number: 2, kind: 'bounced' });
      await own.ledger.apply({ ...late, id: 'e4', number: 3, kind: 'bounced' });
      expect((await rates('example.org'))[0]).toEqual({
        ...{ route: 'ses', ...none, accepted: 3, bounced: 2, complained: 1 },
      });
      expect((await account('ses'))[organisation]).toMatchObject({ accepted: 3, bounced: 3, complained: 1 });
    });

    test('what has come since the end waits to be judged, and no more than once', async () => {
      await startCampaign(own, 'cmp_a', recipients(4));
      await claim(1, 3);
      await own.ledger.settle(
        'cmp_a',
        'ses',
        [1, 2, 3].map((n) => settled(n, 'accepted')),
        at(1),
      );
      const bounce = (number: number, kind: DeliveryEvent['kind'] = 'bounced') =>
        own.ledger.apply({
          ...{ id: `e${number}${kind}`, campaign: 'cmp_a', number, attempt: 1, kind, at: at(2) },
          ...(kind === 'bounced' && { permanent: true, bounceClass: 'mailbox' }),
        });
      const organisation = await store.firstOrganisation();
      await bounce(1, 'delivered');
      expect(await store.unjudged()).toEqual([]);
      await bounce(1);
      await bounce(1);
      // Under way, it is the worker's that has it.
      expect(await store.unjudged()).toEqual([]);
      await own.ledger.change('cmp_a', { state: 'done', finishedAt: at(3) });
      expect(await store.unjudged()).toEqual([{ organisation, id: 'cmp_a', events: 1 }]);
      await bounce(2, 'complained');
      expect(await store.unjudged()).toEqual([{ organisation, id: 'cmp_a', events: 2 }]);
      await store.noteJudged(organisation, 'cmp_a', 1);
      expect(await store.unjudged()).toEqual([{ organisation, id: 'cmp_a', events: 1 }]);
      await store.noteJudged('org_other', 'cmp_a', 1);
      expect(await store.unjudged()).toHaveLength(1);
      await store.noteJudged(organisation, 'cmp_a', 1);
      expect(await store.unjudged()).toEqual([]);
    });

    test('what was put off goes by its own route, while that may come back', async () => {
      await startCampaign(own, 'cmp_a', recipients(3));
      await claim(1, 3);
      const putOff = (number: number, more = {}) => settled(number, 'pending', { dueAt: at(6), ...more });
      await own.ledger.settle(
        'cmp_a',
        'ses',
        [putOff(1, { sameRouteUntil: at(40) }), putOff(2), putOff(3, { sameRouteUntil: at(20) })],
        at(1),
      );
      await own.ledger.change('cmp_a', { route: 'smtp' });
      expect(await own.ledger.nextDue('cmp_a', 'smtp')).toBe(at(6));
      expect(await numbers(7, 10, 'smtp')).toEqual([2]);
      expect(await own.ledger.nextDue('cmp_a', 'smtp')).toBeUndefined();
      expect(await own.ledger.nextDue('cmp_a')).toBe(at(6));
      expect(await numbers(19, 10, 'smtp')).toEqual([]);
      expect(await numbers(20, 10, 'smtp')).toEqual([3]);
      // Back, and put back once more since nothing was handed over: it stays with its route.
      await own.ledger.change('cmp_a', { route: 'ses' });
      expect(await numbers(21)).toEqual([1]);
      await own.ledger.settle('cmp_a', 'ses', [putOff(1, { attempt: 2 })], at(21));
      await own.ledger.change('cmp_a', { route: 'smtp' });
      expect(await numbers(22, 10, 'smtp')).toEqual([]);
      // Left until a person returns it: that route may never come back.
      await own.ledger.change('cmp_a', { switched: 'bounce-rate' });
      expect(await own.ledger.nextDue('cmp_a', 'smtp')).toBe(at(6));
      expect(await numbers(23, 10, 'smtp')).toEqual([1]);
    });

    test('what nothing can be made of counts as no attempt, and may be mailed anew', async () => {
      await startCampaign(own, 'cmp_a', recipients(2));
      await claim(1, 1);
      await own.ledger.settle('cmp_a', 'ses', [settled(1, 'cancelled', { code: 'not-composed' })], at(1));
      expect(await own.ledger.delivery('cmp_a', 1)).toMatchObject({
        state: 'cancelled',
        code: 'not-composed',
      });
      expect(await own.ledger.tally('cmp_a')).toEqual([]);
      expect(await own.ledger.rates('example.org', at(0))).toEqual([]);
      await addCampaign(own, 'cmp_b');
      expect(await own.ledger.addRecipients('cmp_b', recipients(2))).toMatchObject({
        added: 1,
        repeated: [2],
      });
    });

    test('an event takes effect once, for a row that was attempted, with its suppression', async () => {
      await startCampaign(own, 'cmp_a', recipients(2));
      const bounce = event('bounced', {
        permanent: true,
        bounceClass: 'bad-address',
        suppress: 'bad-address',
      });
      expect(await own.ledger.apply(bounce)).toBe(false);
      await claim(1, 1);
      for (const wrong of [{ number: 2 }, { number: 9 }, { attempt: 2 }, { attempt: 0 }, { campaign: 'x' }]) {
        expect(await own.ledger.apply({ ...bounce, ...wrong })).toBe(false);
      }
      expect(await other.ledger.apply(bounce)).toBe(false);
      expect(await own.recipients.suppressions('hash-p1')).toEqual([]);
      const results = await Promise.all([1, 2, 3].map(() => own.ledger.apply(bounce)));
      expect(results.filter(Boolean)).toHaveLength(1);
      expect(await own.recipients.suppressions('hash-p1')).toEqual([{ reason: 'bad-address', at: at(9) }]);
      expect(await own.ledger.delivery('cmp_a', 1)).toMatchObject({
        state: 'bounced',
        bounceClass: 'bad-address',
        settledAt: at(9),
      });
      expect(await own.recipients.lift('hash-p1', 'bad-address')).toBe(true);
      expect(await own.ledger.apply(bounce)).toBe(false);
      expect(await own.recipients.suppressions('hash-p1')).toEqual([]);
    });

    const heard: [string, (() => Promise<unknown>) | undefined, boolean][] = [
      ['nothing', undefined, true],
      ['a delivery', () => own.ledger.apply(event('delivered')), false],
      ['a delay', () => own.ledger.apply(event('delayed')), false],
      ['a passing bounce', () => own.ledger.apply(event('bounced', { permanent: false })), false],
      ['a complaint', () => own.ledger.apply(event('complained')), false],
      [
        'a bounce of what went by another route',
        () => own.ledger.apply(event('bounced', { number: 3 })),
        true,
      ],
      [
        'an alert that told of it',
        () =>
          own.ledger.addAlert({ id: 'alr', campaign: 'cmp_a', kind: 'events-missing', data: {}, at: at(5) }),
        false,
      ],
      ['its end, long ago', () => own.ledger.change('cmp_a', { state: 'done', finishedAt: at(3) }), false],
      ['its end, just now', () => own.ledger.change('cmp_a', { state: 'done', finishedAt: at(5) }), true],
    ];
    test.each(heard)('a mailing of which nothing was heard, after %s', async (_, happens, unheard) => {
      await startCampaign(own, 'cmp_a', recipients(3));
      await claim(1, 2);
      expect(await store.unheard(['ses'], at(4))).toEqual([]);
      await own.ledger.settle('cmp_a', 'ses', [settled(1, 'accepted'), settled(2, 'accepted')], at(2));
      await own.ledger.change('cmp_a', { route: 'smtp' });
      await claim(3, 1, 'smtp');
      await own.ledger.settle('cmp_a', 'smtp', [settled(3, 'accepted')], at(3));
      await happens?.();
      const found = {
        organisation: await store.organisationOf('cmp_a'),
        id: 'cmp_a',
        route: 'ses',
        since: at(1),
      };
      expect(await store.unheard(['ses', 'other'], at(4))).toEqual(unheard ? [found] : []);
      expect(await store.unheard([], at(4))).toEqual([]);
    });

    test('the same message never goes twice to one recipient, whichever campaign brings it', async () => {
      await addCampaign(own, 'cmp_a');
      const rows = [...recipients(2), recipient(3, 'p1')];
      expect(await own.ledger.addRecipients('cmp_a', rows)).toMatchObject({ added: 2, repeated: [3] });
      // Begun anew after a crash.
      expect(await own.ledger.addRecipients('cmp_a', rows)).toMatchObject({ added: 0, repeated: [3] });
      expect(await own.ledger.find('cmp_a')).toMatchObject({ recipients: 2 });
      await addCampaign(own, 'cmp_b');
      const more = [recipient(1, 'p2'), recipient(2, 'new')];
      expect(await own.ledger.addRecipients('cmp_b', more)).toMatchObject({ added: 1, repeated: [1] });
      await addCampaign(own, 'cmp_c', { digest: 'sha256:other' });
      expect(await own.ledger.addRecipients('cmp_c', rows)).toMatchObject({ added: 2, repeated: [3] });
      await addCampaign(other, 'cmp_o');
      expect(await other.ledger.addRecipients('cmp_o', rows)).toMatchObject({ added: 2, repeated: [3] });
      // What was cancelled was not sent.
      expect(await own.ledger.cancelPending('cmp_a', at(1))).toBe(2);
      await addCampaign(own, 'cmp_d');
      expect(await own.ledger.addRecipients('cmp_d', rows)).toMatchObject({ added: 2, repeated: [3] });
      await own.ledger.change('cmp_d', { state: 'queued' });
      expect(await own.ledger.addRecipients('cmp_d', [recipient(9)])).toMatchObject({
        added: 0,
        repeated: [],
      });
    });

    test('large merge values go in too', async () => {
      await addCampaign(own, 'cmp_a');
      const fields = { text: 'å'.repeat(4_000) };
      const rows = recipients(400).map((row) => ({ ...row, fields }));
      expect(await own.ledger.addRecipients('cmp_a', rows)).toMatchObject({ added: 400, repeated: [] });
      expect(await own.ledger.delivery('cmp_a', 400)).toMatchObject({ fields });
    });

    test('a person decides of unknowns; what cannot be sent again is cancelled', async () => {
      await startCampaign(own, 'cmp_a', recipients(4));
      await claim(1, 3);
      const unknown = [1, 2, 3].map((number) => settled(number, 'unknown'));
      await own.ledger.settle('cmp_a', 'ses', unknown, at(1));
      await own.recipients.erase('hash-p2', at(2));
      expect(await own.ledger.decideUnknown('cmp_a', 'pending', at(3))).toBe(3);
      expect(await totals()).toEqual({ pending: 3, cancelled: 1 });
      expect(await own.ledger.tally('cmp_a')).toEqual([]);
      expect(await numbers(3, 3)).toEqual([4, 1, 3].sort((a, b) => a - b));
      // What was put off keeps the envelope of its first attempt; what was lost does not lend it its own.
      const lost = async (number: number) => (await own.ledger.delivery('cmp_a', number))?.lostAttempt;
      expect([await lost(1), await lost(4)]).toEqual([1, 0]);
      await own.ledger.settle('cmp_a', 'ses', [settled(4, 'pending')], at(3));
      await claim(3, 1);
      expect(await lost(4)).toBe(0);
      await own.ledger.settle('cmp_a', 'ses', [settled(1, 'unknown', { attempt: 2 })], at(4));
      expect(await own.ledger.decideUnknown('cmp_a', 'accepted', at(5))).toBe(1);
      expect(await own.ledger.tally('cmp_a')).toMatchObject([{ minute: at(3), accepted: 1, unknown: 0 }]);
    });

    test('what comes back after a cancellation is not to be tried again', async () => {
      await startCampaign(own, 'cmp_a', recipients(2));
      await claim(1, 1);
      await own.ledger.change('cmp_a', { state: 'cancelled' });
      await own.ledger.cancelPending('cmp_a', at(2));
      await own.ledger.settle('cmp_a', 'ses', [settled(1, 'pending')], at(2));
      expect(await totals()).toEqual({ cancelled: 2 });
    });

    test('deliveries are paged, searched as they are spelt, and narrowed by state', async () => {
      await startCampaign(own, 'cmp_a', [
        recipient(1, 'Anna.A'),
        recipient(2, 'b%b'),
        recipient(3, 'anna_a'),
        recipient(4),
      ]);
      await claim(1, 2);
      const found = async (page: Omit<Parameters<typeof own.ledger.deliveries>[1], 'limit'>, limit = 9) =>
        (await own.ledger.deliveries('cmp_a', { ...page, limit })).map(({ number }) => number);
      expect(await found({}, 2)).toEqual([1, 2]);
      expect(await found({ after: 2 })).toEqual([3, 4]);
      expect(await found({ search: 'ANNA' })).toEqual([1, 3]);
      expect(await found({ search: '%' })).toEqual([2]);
      expect(await found({ search: '_' })).toEqual([3]);
      expect(await found({ search: 'x'.repeat(100) })).toEqual([]);
      expect(await found({ states: ['pending', 'accepted'] })).toEqual([3, 4]);
      expect(await found({ states: [] })).toEqual([]);
      expect(await other.ledger.deliveries('cmp_a', { limit: 9 })).toEqual([]);
      expect(await other.ledger.delivery('cmp_a', 1)).toBeUndefined();
    });

    test('erasing one person: forgotten everywhere, never mailed again, and the server’s words with it', async () => {
      await startCampaign(own, 'cmp_a', recipients(2));
      await startCampaign(own, 'cmp_b', recipients(2), { digest: 'sha256:b' });
      await startCampaign(other, 'cmp_o', recipients(2));
      await claim(1, 1);
      expect(await own.recipients.deliveries('hash-p1')).toMatchObject([
        { campaign: 'cmp_a', subject: 'Subject of cmp_a', state: 'sending' },
        { campaign: 'cmp_b', subject: 'Subject of cmp_b', address: 'p1@example.net' },
      ]);
      expect(await own.recipients.erase('hash-p1', at(2))).toBe(2);
      await own.ledger.settle(
        'cmp_a',
        'ses',
        [settled(1, 'rejected', { response: '<p1@example.net>' })],
        at(3),
      );
      await own.ledger.apply(event('bounced', { permanent: true, response: '<p1@example.net>' }));
      const rows = await own.recipients.deliveries('hash-p1');
      expect(rows.map(({ state }) => state)).toEqual(['bounced', 'cancelled']);
      expect(JSON.stringify(rows)).not.toContain('p1@');
      expect(rows.map(({ fields }) => fields)).toEqual([null, null]);
      expect(await own.recipients.suppressions('hash-p1')).toEqual([{ reason: 'erased', at: at(2) }]);
      expect(await other.recipients.deliveries('hash-p1')).toMatchObject([{ address: 'p1@example.net' }]);
      expect(await other.recipients.suppressions('hash-p1')).toEqual([]);
    });
  });
}
