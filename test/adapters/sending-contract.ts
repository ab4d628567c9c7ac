import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CampaignRow, OrganisationStore, Store } from '../../src/ports.ts';
import { addCampaign, at, clearanceOf, recipients, settled, startCampaign } from './ledger-world.ts';
import type { OpenStore } from './store-contract.ts';

/** What every Store must do of senders, clearances and campaigns. */
export function sendingContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`${name}: the contract of sending`, () => {
    let store: Store;
    let own: OrganisationStore;
    let other: OrganisationStore;
    const time = (minutes: number) => new Date(at(minutes));
    const take = async (minutes: number) => (await store.claimCampaign(time(minutes), 5 * 60_000))?.id;
    const mustTake = async (minutes: number) => {
      const lease = await store.claimCampaign(time(minutes), 5 * 60_000);
      if (!lease) throw new Error('Nothing to claim');
      return lease;
    };

    beforeEach(async () => {
      const opened = await open();
      store = opened.store;
      own = store.organisation(await store.firstOrganisation());
      await opened.addOrganisation('org_other');
      other = store.organisation('org_other');
    });
    afterEach(() => store.close());

    const sender = { domain: 'example.org', token: 't', createdAt: at(0) };
    test('a domain is active for one organisation, of two at once', async () => {
      await own.senders.add(sender);
      expect(await own.senders.add({ ...sender, token: 'another' })).toStrictEqual({
        domain: 'example.org',
        token: 't',
        state: 'pending',
        createdAt: at(0),
        provedAt: null,
        checkedAt: null,
        warmUp: null,
        onBounces: 'switch',
      });
      await other.senders.add({ ...sender, token: 'u' });
      expect(await own.senders.activate('example.com', at(1))).toBe('missing');
      const results = await Promise.all(
        [own, other].map((one) => one.senders.activate('example.org', at(1))),
      );
      expect(results.sort()).toEqual(['active', 'taken']);
      await other.senders.add({ ...sender, domain: 'news.example.org' });
      expect(await other.senders.activate('news.example.org', at(1))).toBe('active');
      const names = ['example.org', 'a.news.example.org', 'news.example.org'];
      expect(await store.activeOwner(names)).toMatchObject({
        domain: 'news.example.org',
        organisation: 'org_other',
      });
      expect(await store.activeOwner(['example.com'])).toBeUndefined();
      expect(await store.activeOwner([])).toBeUndefined();
    });

    test('a sender that lapses makes room; a check of one that is pending proves nothing', async () => {
      await own.senders.add(sender);
      await own.senders.noteCheck('example.org', true, at(1));
      expect(await own.senders.find('example.org')).toMatchObject({ state: 'pending', checkedAt: at(1) });
      await own.senders.activate('example.org', at(2));
      await other.senders.add(sender);
      expect(await own.senders.noteCheck('example.org', false, at(3))).toBe(true);
      expect(await other.senders.activate('example.org', at(4))).toBe('active');
      expect(await own.senders.activate('example.org', at(5))).toBe('taken');
      expect(await own.senders.find('example.org')).toMatchObject({ state: 'lapsed', provedAt: at(2) });
      expect(await own.senders.noteCheck('example.com', true, at(3))).toBe(false);
    });

    test('a sender’s settings, and its end', async () => {
      await own.senders.add(sender);
      const warmUp = { plan: 'full', from: '2026-11-22' };
      expect(await own.senders.change('example.org', { warmUp, onBounces: 'pause' })).toBe(true);
      expect(await own.senders.list()).toMatchObject([{ warmUp, onBounces: 'pause' }]);
      expect(await own.senders.change('example.org', { warmUp: null })).toBe(true);
      expect(await own.senders.list()).toMatchObject([{ warmUp: null, onBounces: 'pause' }]);
      expect(await other.senders.change('example.org', { warmUp })).toBe(false);
      expect(await other.senders.remove('example.org')).toBe(false);
      await addCampaign(own, 'cmp_a', { domain: 'news.example.org' });
      expect(await own.senders.remove('example.org')).toBe(false);
      await own.ledger.change('cmp_a', { state: 'cancelled' });
      expect(await own.senders.remove('example.org')).toBe(true);
      expect(await own.senders.list()).toEqual([]);
    });

    const route = {
      domain: 'example.org',
      transport: 'ses',
      role: 'reserve',
      mailFrom: 'ses.example.org',
      dkim: [{ d: 'example.org', s: 's1' }],
      createdAt: at(1),
    } as const;
    const rehearsal = {
      startedAt: at(2),
      endedAt: at(3),
      passed: true,
      returns: true,
      problems: [],
      spf: 'pass',
      dkim: 'pass',
      dmarc: 'pass',
      envelopeFrom: 'a@ses.example.org',
      dkimDomains: ['example.org'],
      ip: '192.0.2.1',
      tls: true,
      detail: '',
    };
    const unrehearsed = { rehearsal: null, unseenBounces: null, returns: null };
    test('a rehearsal stays with the route that was rehearsed', async () => {
      await own.senders.add(sender);
      expect(await own.senders.putRoute(route)).toStrictEqual({ ...route, ...unrehearsed });
      await own.senders.putRoute({ ...route, transport: 'smtp', role: 'primary' });
      expect(await own.senders.noteRehearsal(route, { ...rehearsal, startedAt: at(0) })).toBe(false);
      expect(await own.senders.noteRehearsal({ ...route, mailFrom: 'x' }, rehearsal)).toBe(false);
      expect(await own.senders.noteRehearsal(route, rehearsal)).toBe(true);
      expect(await own.senders.putRoute({ ...route, createdAt: at(9) })).toStrictEqual({
        ...route,
        rehearsal,
        unseenBounces: null,
        returns: { here: true, at: rehearsal.endedAt },
      });
      expect((await own.senders.routes()).map(({ transport }) => transport)).toEqual(['smtp', 'ses']);
      const changed = { ...route, dkim: [{ d: 'example.org', s: 's2' }], createdAt: at(9) };
      expect(await own.senders.putRoute(changed)).toStrictEqual({ ...changed, ...unrehearsed });
      expect(await own.senders.noteRehearsal(route, rehearsal)).toBe(false);
      expect(await other.senders.routes('example.org')).toEqual([]);
      expect(await own.senders.removeRoute('example.org', 'ses')).toBe(true);
      expect(await own.senders.removeRoute('example.org', 'ses')).toBe(false);
      await expect(other.senders.putRoute(route)).rejects.toThrow(/FOREIGN KEY/);
    });

    test('that bounces are not seen is accepted of the route as it is, until they are seen', async () => {
      const accepted = { by: 'per_1', at: at(4) };
      const accept = () => own.senders.acceptUnseenBounces('example.org', 'ses', accepted);
      const unseen = async () => (await own.senders.routes('example.org'))[0]?.unseenBounces;
      await own.senders.add(sender);
      expect(await accept()).toBe(false);
      await own.senders.putRoute(route);
      expect(await other.senders.acceptUnseenBounces('example.org', 'ses', accepted)).toBe(false);
      expect(await accept()).toBe(true);
      expect(await unseen()).toStrictEqual(accepted);
      await own.senders.noteRehearsal(route, { ...rehearsal, returns: false });
      await own.senders.putRoute({ ...route, createdAt: at(9) });
      expect(await unseen()).toStrictEqual(accepted);
      await own.senders.noteRehearsal(route, rehearsal);
      expect(await unseen()).toBeNull();
      await accept();
      expect(await own.senders.acceptUnseenBounces('example.org', 'ses', null)).toBe(true);
      expect(await unseen()).toBeNull();
      await accept();
      await own.senders.putRoute({ ...route, mailFrom: 'b.example.org' });
      expect(await unseen()).toBeNull();
    });

    test('where bounces go is noted of the route as it is, by a rehearsal and between two', async () => {
      const returns = async () => (await own.senders.routes('example.org'))[0]?.returns;
      const note = (here: boolean, time: number, mailFrom: string = route.mailFrom) =>
        own.senders.noteReturns({ ...route, mailFrom }, { here, at: at(time) });
      await own.senders.add(sender);
      expect(await note(true, 2)).toBe(false);
      await own.senders.putRoute(route);
      expect(await other.senders.noteReturns(route, { here: true, at: at(2) })).toBe(false);
      expect(await note(true, 2, 'x')).toBe(false);
      expect(await returns()).toBeNull();
      expect(await note(true, 2)).toBe(true);
      expect(await returns()).toStrictEqual({ here: true, at: at(2) });
      await own.senders.noteRehearsal(route, { ...rehearsal, returns: false });
      expect(await returns()).toStrictEqual({ here: false, at: rehearsal.endedAt });
      await own.senders.noteRehearsal(route, rehearsal);
      await note(false, 5);
      expect(await returns()).toStrictEqual({ here: false, at: at(5) });
      await own.senders.putRoute({ ...route, mailFrom: 'b.example.org' });
      expect(await returns()).toBeNull();
    });

    test('at most so many senders wait to be proved, however many are added at once', async () => {
      const names = ['a', 'b', 'c', 'd'].map((name) => `${name}.example.org`);
      const add = (domain: string) => own.senders.add({ domain, token: domain, createdAt: at(0) }, 3);
      const added = await Promise.all(names.map(add));
      expect(added.filter((row) => row === undefined)).toHaveLength(1);
      const pending = await own.senders.list();
      expect(pending).toHaveLength(3);
      // What is there already is given all the same; another's and the proved take no place.
      expect(await add(pending[0]?.domain ?? '')).toMatchObject({ state: 'pending' });
      expect(await other.senders.add({ ...sender, domain: 'e.example.org' }, 1)).toBeDefined();
      await own.senders.activate(pending[0]?.domain ?? '', at(1));
      expect(await add('f.example.org')).toMatchObject({ domain: 'f.example.org' });
    });

    test('clearances and waivers: found, revoked once, and one falls with the other', async () => {
      const waiver = {
        id: 'wvr_1',
        digest: 'sha256:d',
        rule: 'x',
        person: 'per_1',
        reason: 'since',
        createdAt: at(0),
        endsAt: at(99),
      };
      await own.clearances.addWaiver(waiver);
      await own.clearances.add(clearanceOf('clr_1'));
      await own.clearances.add({ ...clearanceOf('clr_2'), waivers: [], issuedAt: at(1) });
      expect(await own.clearances.find('clr_1')).toStrictEqual({ ...clearanceOf('clr_1'), revokedAt: null });
      expect((await own.clearances.ofAudit('aud')).map(({ id }) => id)).toEqual(['clr_2', 'clr_1']);
      expect(await other.clearances.find('clr_1')).toBeUndefined();
      expect(await other.clearances.revoke('clr_1', at(2))).toBe(false);
      expect(await other.clearances.revokeWaiver('wvr_1', at(2))).toBe(false);
      expect(await own.clearances.waivers('sha256:d')).toStrictEqual([{ ...waiver, revokedAt: null }]);
      expect(await own.clearances.revokeWaiver('wvr_1', at(2))).toBe(true);
      expect(await own.clearances.find('clr_1')).toMatchObject({ revokedAt: at(2) });
      expect(await own.clearances.find('clr_2')).toMatchObject({ revokedAt: null });
      expect(await own.clearances.waivers('sha256:d')).toMatchObject([{ revokedAt: at(2) }]);
      expect(await own.clearances.revoke('clr_1', at(3))).toBe(true);
      expect(await own.clearances.find('clr_1')).toMatchObject({ revokedAt: at(2) });
    });

    describe('a clearance that follows another', () => {
      const first = 'clr_sha256:d';
      const follower = (id: string, follows = first, digest = 'sha256:d') => ({
        ...clearanceOf(id, digest),
        waivers: [],
        expiresAt: at(120),
        follows,
      });
      const revokedOf = async (id: string) => (await own.clearances.find(id))?.revokedAt;

      test('is revoked with it, down the line, and by no other organisation', async () => {
        await own.clearances.add(clearanceOf(first));
        await own.clearances.add(follower('clr_2'));
        await own.clearances.add(follower('clr_3', 'clr_2'));
        await other.clearances.add(follower('clr_4'));
        await own.clearances.add(follower('clr_5', 'clr_none'));
        expect(await own.clearances.find('clr_3')).toMatchObject({ follows: 'clr_2' });
        expect(await own.clearances.revoke('clr_2', at(1))).toBe(true);
        expect([await revokedOf(first), await revokedOf('clr_3')]).toEqual([null, at(1)]);
        await own.clearances.revoke(first, at(2));
        expect([await revokedOf(first), await revokedOf('clr_2'), await revokedOf('clr_5')]).toEqual([
          at(2),
          at(1),
          null,
        ]);
        expect((await other.clearances.find('clr_4'))?.revokedAt).toBeNull();
      });

      test('falls with an exception that the first one rests on', async () => {
        const waiver = { id: 'wvr_1', digest: 'sha256:d', rule: 'x', person: 'per_1', reason: 'since' };
        await own.clearances.addWaiver({ ...waiver, createdAt: at(0), endsAt: at(99) });
        await own.clearances.add(clearanceOf(first));
        await own.clearances.add(follower('clr_2'));
        expect(await own.clearances.revokeWaiver('wvr_1', at(2))).toBe(true);
        expect([await revokedOf(first), await revokedOf('clr_2')]).toEqual([at(2), at(2)]);
      });

      const takeOver = { present: first, next: 'clr_2', state: 'sending', at: at(30) } as const;
      const ordered = (more: Partial<CampaignRow> = {}) =>
        startCampaign(own, 'cmp_a', recipients(2), { onExpiry: 'audit-again', ...more });

      test('takes its place in a mailing, and mail goes by it', async () => {
        await ordered();
        await own.ledger.change('cmp_a', { nextAudit: 'aud_2' });
        await own.clearances.add(follower('clr_2'));
        expect(await other.ledger.succeed('cmp_a', takeOver)).toBe(false);
        expect(await own.ledger.succeed('cmp_a', takeOver)).toBe(true);
        expect(await own.ledger.succeed('cmp_a', takeOver)).toBe(false);
        const went = { clearance: 'clr_2', onExpiry: 'audit-again', nextAudit: null, nextRefused: null };
        expect(await own.ledger.find('cmp_a')).toMatchObject({ ...went, orderedBy: null });
        expect(await own.ledger.claim('cmp_a', { route: 'ses', limit: 9, now: at(90) })).toHaveLength(2);
      });

      test('a person’s clearance begins anew', async () => {
        await ordered();
        await own.ledger.change('cmp_a', { nextAudit: 'aud_2', nextRefused: 'blocked' });
        await own.ledger.change('cmp_a', { state: 'paused' });
        expect(await own.ledger.find('cmp_a')).toMatchObject({ nextAudit: 'aud_2', nextRefused: 'blocked' });
        await own.ledger.change('cmp_a', { clearance: 'clr_2' });
        expect(await own.ledger.find('cmp_a')).toMatchObject({ nextAudit: null, nextRefused: null });
      });

      const refusals: [string, () => Promise<unknown>][] = [
        [
          'the mailing is paused',
          () => own.ledger.change('cmp_a', { state: 'paused', pauseReason: 'person' }),
        ],
        ['the mailing goes by another', () => own.ledger.change('cmp_a', { clearance: 'clr_9' })],
        ['the first one is revoked', () => own.clearances.revoke(first, at(1))],
        ['it is revoked itself', () => own.clearances.revoke('clr_2', at(1))],
      ];
      test.each(refusals)('does not when %s', async (_, happens) => {
        await ordered();
        await own.clearances.add(follower('clr_2'));
        await happens();
        expect(await own.ledger.succeed('cmp_a', takeOver)).toBe(false);
      });

      test('does not where nobody ordered it, when it is another message’s, follows another, or has ended', async () => {
        await ordered({ onExpiry: 'pause' });
        await own.clearances.add(follower('clr_2'));
        expect(await own.ledger.succeed('cmp_a', takeOver)).toBe(false);
        await startCampaign(own, 'cmp_b', recipients(2), { onExpiry: 'audit-again', digest: 'sha256:b' });
        const present = 'clr_sha256:b';
        await own.clearances.add(follower('clr_3', present, 'sha256:other'));
        await own.clearances.add(follower('clr_4', 'clr_2', 'sha256:b'));
        await own.clearances.add({ ...follower('clr_5', present, 'sha256:b'), expiresAt: at(30) });
        for (const next of ['clr_3', 'clr_4', 'clr_5', 'clr_none'])
          expect(await own.ledger.succeed('cmp_b', { ...takeOver, present, next })).toBe(false);
      });

      test('a mailing that waits for its start wants a worker at once where it may need one', async () => {
        await addCampaign(own, 'cmp_a', { startsAt: at(500), onExpiry: 'audit-again' });
        await own.ledger.change('cmp_a', { state: 'queued' });
        await addCampaign(own, 'cmp_b', { startsAt: at(500) });
        await own.ledger.change('cmp_b', { state: 'queued' });
        const lease = await store.claimCampaign(new Date(at(1)), 60_000);
        expect(lease).toMatchObject({ id: 'cmp_a' });
        expect(await store.claimCampaign(new Date(at(1)), 60_000)).toBeUndefined();
        if (lease) await store.returnCampaign(lease, at(400));
        expect(await store.nextCampaign()).toEqual(new Date(at(400)));
      });
    });

    test('one key makes one campaign, however many ask', async () => {
      const idempotency = { key: 'k', fingerprint: 'f' };
      await own.clearances.add(clearanceOf('clr_sha256:d'));
      const results = await Promise.all(
        Array.from({ length: 5 }, (_, n) => addCampaign(own, `cmp_${n}`, { idempotency })),
      );
      expect(results.map(({ kind }) => kind).sort()).toEqual(['added', ...Array(4).fill('repeated')]);
      expect(await own.ledger.list({ limit: 9 })).toHaveLength(1);
      const conflict = { idempotency: { key: 'k', fingerprint: 'g' } };
      expect(await addCampaign(own, 'cmp_x', conflict)).toEqual({ kind: 'conflict' });
      expect(await addCampaign(other, 'cmp_o', conflict)).toMatchObject({ kind: 'added' });
      expect(await other.ledger.find('cmp_0')).toBeUndefined();
      expect(await store.organisationOf('cmp_o')).toBe('org_other');
      expect(await store.organisationOf('cmp_x')).toBeUndefined();
    });

    test('campaigns are listed newest first; a change holds only where it was asked for', async () => {
      for (const [n, id] of ['cmp_a', 'cmp_b', 'cmp_c'].entries())
        await addCampaign(own, id, { createdAt: at(n) });
      const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);
      expect(ids(await own.ledger.list({ limit: 2 }))).toEqual(['cmp_c', 'cmp_b']);
      expect(ids(await own.ledger.list({ limit: 2, before: 'cmp_b' }))).toEqual(['cmp_a']);
      const { change } = own.ledger;
      expect(await change('cmp_a', { state: 'queued' }, { states: ['paused'] })).toBe(false);
      expect(await change('cmp_a', { route: 'smtp' }, { route: null })).toBe(false);
      expect(
        await change('cmp_a', { route: 'smtp', leftOut: { duplicate: 2 }, lines: 3 }, { route: 'ses' }),
      ).toBe(true);
      expect(
        await change('cmp_a', { state: 'paused', pauseReason: 'person' }, { states: ['preparing'] }),
      ).toBe(true);
      expect(await own.ledger.find('cmp_a')).toMatchObject({
        route: 'smtp',
        leftOut: { duplicate: 2 },
        lines: 3,
        pauseReason: 'person',
      });
      expect(await change('cmp_a', { state: 'sending' })).toBe(true);
      expect(await own.ledger.find('cmp_a')).toMatchObject({ pauseReason: null });
      expect(await other.ledger.change('cmp_a', { state: 'paused' })).toBe(false);
      expect(await change('cmp_b', {})).toBe(true);
    });

    test('a campaign wants a worker when there is something to do, and one has it', async () => {
      await addCampaign(own, 'cmp_a', { startsAt: at(30) });
      expect(await take(1)).toBeUndefined();
      expect(await store.nextCampaign()).toBeUndefined();
      await own.ledger.change('cmp_a', { list: 'blob' });
      const lease = await mustTake(1);
      expect(lease.id).toBe('cmp_a');
      expect(await take(2)).toBeUndefined();
      expect(await store.nextCampaign()).toEqual(time(6));
      await own.ledger.change('cmp_a', { state: 'queued', list: null });
      expect(await store.renewCampaign(lease, time(3), 60_000)).toBe(true);
      await store.returnCampaign(lease, null);
      expect(await store.renewCampaign(lease, time(3), 60_000)).toBe(false);
      expect(await store.nextCampaign()).toEqual(time(30));
      expect(await take(29)).toBeUndefined();
      expect(await take(30)).toBe('cmp_a');
    });

    test('what is changed while a worker has it is not lost; the oldest wake goes first', async () => {
      await startCampaign(own, 'cmp_a', recipients(1));
      await startCampaign(other, 'cmp_b', recipients(1));
      const [a, b] = [await mustTake(1), await mustTake(1)];
      expect([a.id, b.id]).toEqual(['cmp_a', 'cmp_b']);
      await store.returnCampaign(a, at(9));
      await store.returnCampaign(b, at(8));
      expect(await store.nextCampaign()).toEqual(time(8));
      const again = await mustTake(10);
      expect(again.id).toBe('cmp_b');
      await other.ledger.change('cmp_b', { state: 'paused' });
      await other.ledger.change('cmp_b', { state: 'sending' });
      await store.returnCampaign(again, null);
      expect([await take(10), await take(10), await take(10)]).toEqual(['cmp_b', 'cmp_a', undefined]);
      // A dead worker's.
      expect(await take(14)).toBeUndefined();
      expect(await take(15)).toBeDefined();
    });

    test('after a start: attempts whose worker is dead are unknown, and its campaigns free', async () => {
      await startCampaign(own, 'cmp_a', recipients(3));
      await mustTake(1);
      await own.ledger.claim('cmp_a', { route: 'ses', limit: 2, now: at(1) });
      expect(await store.endAttempts(at(2))).toBe(0);
      await store.endLeases();
      expect(await store.endAttempts(at(2))).toBe(2);
      expect(await own.ledger.counts('cmp_a')).toMatchObject({ unknown: 2, pending: 1, sending: 0 });
      expect(await own.ledger.tally('cmp_a')).toMatchObject([{ minute: at(1), unknown: 2 }]);
      expect(await own.ledger.settle('cmp_a', 'ses', [settled(1, 'accepted')], at(3))).toBe(0);
      expect(await take(2)).toBe('cmp_a');
    });

    test('alerts: each once, newest first, of one campaign or all', async () => {
      const alert = (id: string, minutes: number, campaign: string | null) => ({
        id,
        campaign,
        kind: 'paused',
        data: { rate: 5.5 },
        at: at(minutes),
      });
      expect(await own.ledger.addAlert(alert('a', 1, 'cmp_a'))).toBe(true);
      expect(await own.ledger.addAlert(alert('a', 2, null))).toBe(false);
      await own.ledger.addAlert(alert('b', 2, null));
      expect(await own.ledger.alerts({ limit: 9 })).toStrictEqual([
        alert('b', 2, null),
        alert('a', 1, 'cmp_a'),
      ]);
      expect(await own.ledger.alerts({ campaign: 'cmp_a', limit: 9 })).toHaveLength(1);
      expect(await other.ledger.alerts({ limit: 9 })).toEqual([]);
    });
  });
}
