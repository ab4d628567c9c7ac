import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OrganisationStore, Store } from '../../src/ports.ts';
import { addCampaign, at, recipient, recipients, settled, startCampaign } from './ledger-world.ts';
import type { OpenStore } from './store-contract.ts';

/** What every store must do for lists: read in once, left out for good reasons, forgotten in time. */
export function listsContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`${name}: the contract of lists and recipients`, () => {
    let store: Store;
    let own: OrganisationStore;
    let other: OrganisationStore;
    beforeEach(async () => {
      const opened = await open();
      store = opened.store;
      own = store.organisation(await store.firstOrganisation());
      await opened.addOrganisation('org_other');
      other = store.organisation('org_other');
    });
    afterEach(() => store.close());

    test('one row a reason: none overwrites another, and lifting one leaves the others', async () => {
      const reasons = ['unsubscribe', 'bad-address', 'erased', 'complaint'] as const;
      for (const [n, reason] of reasons.entries()) {
        await own.recipients.suppress('h', reason, at(n));
        await own.recipients.suppress('h', reason, at(50));
      }
      const gravestFirst = ['complaint', 'erased', 'bad-address', 'unsubscribe'];
      const listed = await own.recipients.suppressions('h');
      expect(listed.map(({ reason }) => reason)).toEqual(gravestFirst);
      expect(listed.at(-1)).toStrictEqual({ reason: 'unsubscribe', at: at(0) });
      expect(await own.recipients.countSuppressed()).toEqual({
        'bad-address': 1,
        complaint: 1,
        unsubscribe: 1,
        erased: 1,
      });
      expect(await own.recipients.erasedSince(at(2))).toEqual(['h']);
      expect(await own.recipients.erasedSince(at(3))).toEqual([]);
      expect(await own.recipients.lift('h', 'bad-address')).toBe(true);
      expect(await own.recipients.lift('h', 'bad-address')).toBe(false);
      expect(await own.recipients.lift('h', 'complaint' as 'erased')).toBe(false);
      expect((await own.recipients.suppressions('h')).map(({ reason }) => reason)).toEqual([
        'complaint',
        'erased',
        'unsubscribe',
      ]);
      expect(await other.recipients.lift('h', 'unsubscribe')).toBe(false);
      expect(await other.recipients.suppressions('h')).toEqual([]);
    });

    test('who bounced after unsubscribing, and is lifted for the bounce, gets no marketing still', async () => {
      await own.recipients.suppress('hash-p1', 'unsubscribe', at(0));
      await own.recipients.suppress('hash-p1', 'bad-address', at(1));
      await own.recipients.lift('hash-p1', 'bad-address');
      await addCampaign(own, 'cmp_a');
      expect(await own.ledger.addRecipients('cmp_a', recipients(2))).toEqual({
        added: 1,
        repeated: [],
        suppressed: [{ number: 1, reason: 'unsubscribe' }],
      });
    });

    test('a claim names the gravest of several reasons', async () => {
      await startCampaign(own, 'cmp_a', recipients(2));
      for (const reason of ['unsubscribe', 'complaint', 'bad-address'] as const)
        await own.recipients.suppress('hash-p1', reason, at(0));
      await own.ledger.claim('cmp_a', { route: 'ses', limit: 9, now: at(1) });
      expect(await own.ledger.delivery('cmp_a', 1)).toMatchObject({ state: 'suppressed', code: 'complaint' });
    });

    test.each([
      ['marketing', ['unsubscribe', 'bad-address', 'complaint', 'erased']],
      ['transactional', [null, 'bad-address', 'complaint', 'erased']],
    ] as const)('of a %s list, who is suppressed never comes in', async (kind, left) => {
      const reasons = ['unsubscribe', 'bad-address', 'complaint', 'erased'] as const;
      for (const [n, reason] of reasons.entries())
        await own.recipients.suppress(`hash-p${n + 1}`, reason, at(0));
      await other.recipients.suppress('hash-p5', 'erased', at(0));
      await addCampaign(own, 'cmp_a', { class: kind });
      const suppressed = left.flatMap((reason, n) => (reason ? [{ number: n + 1, reason }] : []));
      const added = 5 - suppressed.length;
      const rows = recipients(5);
      expect(await own.ledger.addRecipients('cmp_a', rows)).toEqual({ added, repeated: [], suppressed });
      expect(await own.ledger.find('cmp_a')).toMatchObject({ recipients: added });
      // Begun anew after a crash, and with somebody who was forgotten meanwhile.
      await own.recipients.erase('hash-p5', at(1));
      expect(await own.ledger.addRecipients('cmp_a', rows)).toEqual({ added: 0, repeated: [], suppressed });
      expect(await own.ledger.delivery('cmp_a', 5)).toMatchObject({ address: null, state: 'cancelled' });
    });

    test('a list is taken by one campaign that awaits it, once', async () => {
      await addCampaign(own, 'cmp_a');
      const when = { states: ['preparing'], awaiting: true } as const;
      const both = ['a', 'b'].map((key) => own.ledger.change('cmp_a', { list: key }, when));
      expect((await Promise.all(both)).filter(Boolean)).toHaveLength(1);
      expect(await own.ledger.change('cmp_a', { list: null, lines: 2 })).toBe(true);
      expect(await own.ledger.change('cmp_a', { list: 'c' }, when)).toBe(false);
    });

    test('blobs of lists are loose when nobody waits to read them', async () => {
      for (const [n, key] of ['a', 'b', 'c'].entries()) await own.ledger.beginList(key, at(n));
      await other.ledger.beginList('a', at(0));
      await addCampaign(own, 'cmp_a');
      await own.ledger.change('cmp_a', { list: 'a' });
      const loose = async (minutes: number) =>
        (await store.looseLists(at(minutes))).map(({ organisation, key }) => [
          organisation === 'org_other',
          key,
        ]);
      expect(await loose(2)).toEqual([
        [true, 'a'],
        [false, 'b'],
      ]);
      await other.ledger.dropList('a');
      await own.ledger.dropList('b');
      expect(await loose(3)).toEqual([[false, 'c']]);
      await own.ledger.change('cmp_a', { state: 'cancelled' });
      expect(await loose(3)).toEqual([
        [false, 'a'],
        [false, 'c'],
      ]);
    });

    test('readings that were cut off are counted, until the list is another or read', async () => {
      await addCampaign(own, 'cmp_a');
      await own.ledger.change('cmp_a', { list: 'a' });
      expect([await own.ledger.beginReading('cmp_a'), await own.ledger.beginReading('cmp_a')]).toEqual([
        1, 2,
      ]);
      await own.ledger.leaveReading('cmp_a');
      expect(await other.ledger.beginReading('cmp_a')).toBe(0);
      expect(await own.ledger.beginReading('cmp_a')).toBe(2);
      await own.ledger.change('cmp_a', { list: 'b' });
      expect(await own.ledger.beginReading('cmp_a')).toBe(1);
      await own.ledger.change('cmp_a', { state: 'queued', list: null });
      expect(await own.ledger.beginReading('cmp_a')).toBe(0);
    });

    test('unknown attempts are decided up to a time', async () => {
      await startCampaign(own, 'cmp_a', recipients(2));
      for (const [n, minutes] of [1, 5].entries()) {
        await own.ledger.claim('cmp_a', { route: 'ses', limit: 1, now: at(minutes) });
        await own.ledger.settle('cmp_a', 'ses', [settled(n + 1, 'unknown')], at(minutes));
      }
      expect(await own.ledger.decideUnknown('cmp_a', 'pending', at(9), at(0))).toBe(0);
      expect(await own.ledger.decideUnknown('cmp_a', 'pending', at(9), at(1))).toBe(1);
      expect(await own.ledger.counts('cmp_a')).toMatchObject({ pending: 1, unknown: 1 });
    });

    test('what is looked for may stand anywhere in a long ledger', async () => {
      await startCampaign(own, 'cmp_a', [
        recipient(1, 'anna'),
        recipient(12_000, 'anna.b'),
        recipient(31_000, 'anna.c'),
        recipient(31_001),
      ]);
      const numbers = async (page: Omit<Parameters<typeof own.ledger.deliveries>[1], 'limit'>, limit = 9) =>
        (await own.ledger.deliveries('cmp_a', { ...page, limit })).map(({ number }) => number);
      expect(await numbers({ search: 'anna' })).toEqual([1, 12_000, 31_000]);
      expect(await numbers({ search: 'anna' }, 2)).toEqual([1, 12_000]);
      expect(await numbers({ search: 'anna', after: 1 }, 1)).toEqual([12_000]);
      expect(await numbers({ states: ['pending'], after: 12_000 })).toEqual([31_000, 31_001]);
      expect(await numbers({ search: 'bo' })).toEqual([]);
      expect(await numbers({ after: 31_001, search: 'anna' })).toEqual([]);
    });

    test('campaigns that have ended are forgotten step by step', async () => {
      await startCampaign(own, 'cmp_a', recipients(5));
      await startCampaign(own, 'cmp_b', recipients(1), { digest: 'sha256:b' });
      await own.ledger.claim('cmp_a', { route: 'ses', limit: 5, now: at(1) });
      expect(await own.recipients.forget('cmp_a', 2)).toBe(0);
      expect(await store.firstRemembered()).toEqual({ ended: undefined, still: undefined });
      await own.ledger.change('cmp_a', { state: 'done', finishedAt: at(5) });
      expect(await store.firstRemembered()).toEqual({ ended: at(5), still: undefined });
      expect(await store.forgettable(at(5))).toBeUndefined();
      expect(await store.forgettable(at(6))).toMatchObject({ id: 'cmp_a' });
      expect(await other.recipients.forget('cmp_a', 2)).toBe(0);
      const forgotten: number[] = [];
      for (const _ of [1, 2, 3, 4]) forgotten.push(await own.recipients.forget('cmp_a', 2));
      expect(forgotten).toEqual([2, 2, 1, 0]);
      expect(await store.forgettable(at(6))).toBeUndefined();
      expect(await own.ledger.delivery('cmp_a', 5)).toMatchObject({ address: null, fields: null });
      expect(await own.ledger.delivery('cmp_b', 1)).toMatchObject({ address: 'p1@example.net' });
    });

    test('one that stands still is seen, told of, and forgotten by the time it stood still', async () => {
      await startCampaign(own, 'cmp_a', recipients(1));
      const standing = async (now: number, before: number) =>
        (await store.standing(at(now), at(before))).map(({ id, since, toldAt }) => [id, since, toldAt]);
      expect(await standing(1, 59)).toEqual([]);
      await own.ledger.change('cmp_a', { state: 'paused', pauseReason: 'person' });
      expect(await store.firstRemembered()).toEqual({ ended: undefined, still: null });
      expect(await standing(2, 59)).toEqual([['cmp_a', at(2), null]]);
      expect(await store.firstRemembered()).toEqual({ ended: undefined, still: at(2) });
      expect(await standing(3, 2)).toEqual([]);
      const alert = { campaign: 'cmp_a', kind: 'stands-still', data: {} };
      await own.ledger.addAlert({ ...alert, id: 'a', at: at(4) });
      expect(await standing(5, 59)).toEqual([['cmp_a', at(2), at(4)]]);
      // It goes on: what was told was of another time.
      await own.ledger.change('cmp_a', { state: 'sending' });
      await own.ledger.change('cmp_a', { state: 'paused', pauseReason: 'person' });
      expect(await standing(6, 59)).toEqual([['cmp_a', at(6), null]]);
      await own.ledger.change('cmp_a', { state: 'cancelled', finishedAt: at(50) });
      await own.ledger.cancelPending('cmp_a', at(50));
      expect(await store.forgettable(at(6))).toBeUndefined();
      expect(await store.forgettable(at(7))).toMatchObject({ id: 'cmp_a' });
      expect(await own.recipients.forget('cmp_a', 9)).toBe(1);
    });

    test('other versions of a mail: of the same chain of audits, lately; who got one, and who is left out', async () => {
      const chain: [string, string | undefined][] = [
        ['aud_1', undefined],
        ['aud_2', 'aud_1'],
        ['aud_3', 'aud_2'],
        ['aud_side', 'aud_1'],
        ['aud_else', undefined],
      ];
      for (const [id, repeats] of chain)
        await own.addAudit({
          id,
          createdAt: at(0),
          request: JSON.stringify({ repeats }),
          upload: id,
          digest: id,
          unfinishedAtMost: 9,
        });
      const of = (audit: string) => ({ audit, digest: `sha256:${audit}` });
      const begun = async (id: string, audit: string, ended?: number) => {
        await startCampaign(own, id, recipients(4), of(audit));
        const finishedAt = ended === undefined ? null : at(ended);
        await own.ledger.change(id, {
          startedAt: at(1),
          ...(finishedAt ? { state: 'done', finishedAt } : {}),
        });
      };
      await begun('cmp_1', 'aud_1');
      await begun('cmp_old', 'aud_2', 2);
      await begun('cmp_side', 'aud_side', 9);
      await begun('cmp_else', 'aud_else');
      await addCampaign(own, 'cmp_waits', of('aud_2'));
      await addCampaign(own, 'cmp_3', of('aud_3'));
      expect(await own.ledger.versions('cmp_3', at(5))).toEqual(['cmp_1', 'cmp_side']);
      expect(await own.ledger.versions('cmp_1', at(5))).toEqual(['cmp_side']);
      expect(await other.ledger.versions('cmp_3', at(0))).toEqual([]);

      // 1 got it, 2 was refused, 3 got it and was erased since, 4 waits.
      await own.ledger.claim('cmp_1', { route: 'ses', limit: 3, now: at(6) });
      const outcomes = [settled(1, 'accepted'), settled(2, 'rejected'), settled(3, 'accepted')];
      await own.ledger.settle('cmp_1', 'ses', outcomes, at(6));
      const hashes = recipients(4).map(({ addressHash }) => addressHash);
      expect(await own.ledger.gotVersion(['cmp_1'], hashes, at(6))).toEqual(['hash-p1', 'hash-p3']);
      expect(await own.ledger.gotVersion(['cmp_1'], hashes, at(7))).toEqual([]);
      expect(await own.ledger.gotVersion(['cmp_else'], hashes, at(5))).toEqual([]);
      expect(await own.ledger.gotVersion([], hashes, at(5))).toEqual([]);
      expect(await other.ledger.gotVersion(['cmp_1'], hashes, at(5))).toEqual([]);
      await own.recipients.suppress('hash-p3', 'erased', at(6));
      expect(await own.ledger.gotVersion(['cmp_1'], hashes, at(5))).toEqual(['hash-p1']);

      await own.ledger.addRecipients('cmp_3', recipients(4));
      const out = (after: number, until: number) =>
        own.ledger.leaveOutVersion('cmp_3', ['cmp_1'], { after, until }, at(5));
      expect(await out(0, 9)).toBe(0);
      await own.ledger.change('cmp_3', {
        state: 'paused',
        pauseReason: 'to-confirm',
        leftOut: { duplicate: 2 },
      });
      expect([await out(1, 9), await out(0, 9), await out(0, 9)]).toEqual([0, 1, 0]);
      const { recipients: left, leftOut } = (await own.ledger.find('cmp_3')) ?? {};
      expect([left, leftOut]).toEqual([2, { duplicate: 2, 'earlier-version': 1 }]);
      expect(await own.ledger.delivery('cmp_3', 1)).toBeUndefined();
    });

    test('who did what, newest first; each organisation its own', async () => {
      await addCampaign(own, 'cmp_a');
      const acts = ['ordered', 'resumed', 'paused', 'cancelled'] as const;
      for (const [n, act] of acts.entries())
        await own.ledger.noteAct('cmp_a', { act, by: 'per_1', at: at(n) });
      expect(await own.ledger.acts('cmp_a', 2)).toStrictEqual([
        { act: 'cancelled', by: 'per_1', at: at(3) },
        { act: 'paused', by: 'per_1', at: at(2) },
      ]);
      expect(await other.ledger.acts('cmp_a', 9)).toEqual([]);
    });

    test('what holds a mailing is there from the first', async () => {
      await addCampaign(own, 'cmp_held', { pauseReason: 'to-confirm' });
      await addCampaign(own, 'cmp_free');
      const reasons = ['cmp_held', 'cmp_free'].map(async (id) => (await own.ledger.find(id))?.pauseReason);
      expect(await Promise.all(reasons)).toEqual(['to-confirm', null]);
    });

    test('what nobody comes back to is found, and stands in no list', async () => {
      const waits = { awaiting: at(10), dryRun: at(5) };
      await addCampaign(own, 'cmp_waits', { createdAt: at(9) });
      await addCampaign(own, 'cmp_late', { createdAt: at(10) });
      await addCampaign(own, 'cmp_dry', { createdAt: at(4), dryRun: true, digest: 'sha256:b' });
      await own.ledger.addRecipients('cmp_dry', recipients(1));
      await own.ledger.change('cmp_dry', { state: 'paused', pauseReason: 'to-confirm', lines: 1 });
      const ids = async () => (await store.abandoned(waits)).map(({ id }) => id).sort();
      const listed = async () => (await own.ledger.list({ limit: 9 })).map(({ id }) => id);
      expect([await ids(), await listed()]).toEqual([
        ['cmp_dry', 'cmp_waits'],
        ['cmp_late', 'cmp_waits'],
      ]);
      for (const id of await ids()) {
        await own.ledger.change(id, { state: 'cancelled', finishedAt: at(20) });
        await own.ledger.cancelPending(id, at(20));
      }
      expect([await ids(), await listed()]).toEqual([[], ['cmp_late']]);
      expect(await own.ledger.find('cmp_dry')).toMatchObject({
        dryRun: true,
        leaveOutEarlier: false,
        earlier: 0,
      });
      // A dry run is forgotten at once, the other in its time.
      expect(await store.forgettable(at(1))).toMatchObject({ id: 'cmp_dry' });
      await own.recipients.forget('cmp_dry', 9);
      expect(await own.ledger.delivery('cmp_dry', 1)).toMatchObject({ address: null });
      expect(await store.forgettable(at(1))).toBeUndefined();
    });
  });
}
