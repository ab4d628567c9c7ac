import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NewAudit, Store } from '../../src/ports.ts';

export interface OpenStore {
  store: Store;
  /** The port makes only the first one. */
  addOrganisation(id: string): Promise<void>;
}

const minute = 60_000;
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 12, minutes));

export function newAudit(id: string, minutes = 0, idempotency?: NewAudit['idempotency']): NewAudit {
  return {
    id,
    createdAt: at(minutes).toISOString(),
    request: `{"for":"${id}"}`,
    upload: `org/uploads/${id}`,
    digest: `sha256:${id}`,
    unfinishedAtMost: 100,
    ...(idempotency && { idempotency }),
  };
}

/** What every Store must do. `open` gives an empty, migrated one each time. */
export function storeContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`${name}: the contract of Store`, () => {
    let store: Store;
    let organisation: string;
    let addOrganisation: OpenStore['addOrganisation'];
    const own = () => store.organisation(organisation);
    const claim = (minutes: number, maxAttempts = 3) =>
      store.claimAudit(at(minutes), 5 * minute, maxAttempts);
    const mustClaim = async (minutes: number) => {
      const claimed = await claim(minutes);
      if (!claimed) throw new Error('Nothing to claim');
      return claimed;
    };

    beforeEach(async () => {
      ({ store, addOrganisation } = await open());
      organisation = await store.firstOrganisation();
    });
    afterEach(() => store.close());

    test('firstOrganisation makes one, however many ask', async () => {
      const { store: empty } = await open();
      const ids = await Promise.all(Array.from({ length: 5 }, () => empty.firstOrganisation()));
      expect(new Set(ids).size).toBe(1);
      expect(ids[0]).toMatch(/^org_[a-z0-9]{32}$/);
      await empty.close();
    });

    test('firstOrganisation is the oldest of several', async () => {
      await addOrganisation('org_a');
      expect(await store.firstOrganisation()).toBe(organisation);
    });

    test('an added audit is queued and reads back whole', async () => {
      const added = await own().addAudit(newAudit('a'));
      const row = {
        id: 'a',
        organisation,
        state: 'queued',
        createdAt: '2026-11-22T12:00:00.000Z',
        startedAt: null,
        finishedAt: null,
        attempts: 0,
        request: '{"for":"a"}',
        upload: 'org/uploads/a',
        digest: 'sha256:a',
        verdict: null,
        summary: null,
        failure: null,
      };
      expect(added).toStrictEqual({ kind: 'added', row });
      expect(await own().audit('a')).toStrictEqual(row);
      expect(await own().audit('b')).toBeUndefined();
    });

    test('the same id twice, an unknown organisation, a time that does not sort: refused', async () => {
      await own().addAudit(newAudit('a'));
      await expect(own().addAudit(newAudit('a'))).rejects.toThrow(/UNIQUE/);
      await expect(own().addAudit(newAudit('a', 0, { key: 'k', fingerprint: 'f' }))).rejects.toThrow(
        /UNIQUE/,
      );
      await expect(store.organisation('org_none').addAudit(newAudit('b'))).rejects.toThrow(/FOREIGN KEY/);
      await expect(own().addAudit({ ...newAudit('b'), createdAt: '2026-11-22T12:00:00Z' })).rejects.toThrow(
        /CHECK/,
      );
      // The refused key was not kept.
      expect(await own().addAudit(newAudit('b', 0, { key: 'k', fingerprint: 'f' }))).toMatchObject({
        kind: 'added',
      });
    });

    test('one organisation never sees what another owns', async () => {
      await addOrganisation('org_other');
      const other = store.organisation('org_other');
      await own().addAudit(newAudit('mine', 1, { key: 'k', fingerprint: 'f' }));
      await other.addAudit(newAudit('theirs', 2));
      expect(await other.audit('mine')).toBeUndefined();
      expect((await other.audits({ limit: 10 })).map(({ id }) => id)).toEqual(['theirs']);
      // Their cursor, my list: it names nothing here.
      expect(await own().audits({ limit: 10, before: 'theirs' })).toEqual([]);
      // The same key and the same id belong to each by itself.
      expect(await other.addAudit(newAudit('mine', 3, { key: 'k', fingerprint: 'g' }))).toMatchObject({
        kind: 'added',
        row: { organisation: 'org_other' },
      });
      // A lease opens nothing under another organisation's name.
      const claimed = await mustClaim(5);
      expect(await store.renewLease({ ...claimed, organisation: 'org_other' }, at(5), minute)).toBe(false);
    });

    test('audits come newest first, in pages; equal times in a fixed order', async () => {
      for (const [id, minutes] of [
        ['a', 1],
        ['b', 3],
        ['c', 2],
        ['d', 3],
        ['e', 0],
      ] as const) {
        await own().addAudit(newAudit(id, minutes));
      }
      const pages: string[] = [];
      let before: string | undefined;
      do {
        const page = await own().audits({ limit: 2, ...(before !== undefined && { before }) });
        before = page.at(-1)?.id;
        if (before) pages.push(page.map(({ id }) => id).join(''));
      } while (before);
      expect(pages).toEqual(['db', 'ca', 'e']);
    });

    const posts = [
      {
        title: 'repeated',
        second: newAudit('b', 1, { key: 'k', fingerprint: 'f' }),
        kind: 'repeated',
        id: 'a',
      },
      { title: 'other content', second: newAudit('b', 1, { key: 'k', fingerprint: 'g' }), kind: 'conflict' },
      {
        title: 'other key',
        second: newAudit('b', 1, { key: 'l', fingerprint: 'f' }),
        kind: 'added',
        id: 'b',
      },
      { title: 'no key', second: newAudit('b', 1), kind: 'added', id: 'b' },
    ];
    test.each(posts)('idempotency: $title', async ({ second, kind, id }) => {
      const first = await own().addAudit(newAudit('a', 0, { key: 'k', fingerprint: 'f' }));
      expect(first).toMatchObject({ kind: 'added', row: { id: 'a' } });
      expect(await own().addAudit(second)).toMatchObject(id ? { kind, row: { id } } : { kind });
      expect(await own().audits({ limit: 9 })).toHaveLength(kind === 'added' ? 2 : 1);
    });

    test('idempotency: ten posts at once make one audit, and repeat it as it stands', async () => {
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          own().addAudit(newAudit(`a${n}`, n, { key: 'k', fingerprint: 'f' })),
        ),
      );
      expect(results.filter(({ kind }) => kind === 'added')).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === 'repeated')).toHaveLength(9);
      expect(await own().audits({ limit: 99 })).toHaveLength(1);
      await mustClaim(20);
      expect(await own().addAudit(newAudit('late', 21, { key: 'k', fingerprint: 'f' }))).toMatchObject({
        kind: 'repeated',
        row: { state: 'running', attempts: 1 },
      });
    });

    test('claims go oldest first, across organisations, and end', async () => {
      await addOrganisation('org_other');
      await own().addAudit(newAudit('second', 2));
      await store.organisation('org_other').addAudit(newAudit('first', 1));
      await own().addAudit(newAudit('third', 2));
      const claimed = [await claim(5), await claim(5), await claim(5), await claim(5)];
      expect(claimed.map((lease) => lease?.id)).toEqual(['first', 'second', 'third', undefined]);
      expect(claimed[0]).toMatchObject({
        organisation: 'org_other',
        row: { state: 'running', attempts: 1, startedAt: at(5).toISOString(), finishedAt: null },
      });
    });

    test('claims go to who has the fewest running, then to the oldest', async () => {
      await addOrganisation('org_other');
      const other = store.organisation('org_other');
      for (const [n, id] of ['a', 'b', 'c', 'd', 'e'].entries()) await own().addAudit(newAudit(id, n));
      const first = await mustClaim(5);
      for (const [n, id] of ['x', 'y'].entries()) await other.addAudit(newAudit(id, 10 + n));
      // The first one's worker has died: nobody runs anything, and it is the oldest again.
      const claimed = [first];
      for (let n = 0; n < 7; n++) claimed.push(await mustClaim(20));
      expect(claimed.map(({ id }) => id)).toEqual(['a', 'a', 'x', 'b', 'y', 'c', 'd', 'e']);
    });

    test('an organisation has no more than so many unfinished; a repeat is answered, an end makes room', async () => {
      await addOrganisation('org_other');
      const few = (id: string, idempotency?: { key: string; fingerprint: string }) => ({
        ...newAudit(id, 0, idempotency),
        unfinishedAtMost: 2,
      });
      const keyed = { key: 'k', fingerprint: 'f' };
      expect(await own().addAudit(few('a'))).toMatchObject({ kind: 'added' });
      expect(await own().addAudit(few('b', keyed))).toMatchObject({ kind: 'added', row: { id: 'b' } });
      expect(await own().addAudit(few('c'))).toStrictEqual({ kind: 'full' });
      expect(await own().addAudit(few('d', { key: 'l', fingerprint: 'f' }))).toStrictEqual({ kind: 'full' });
      expect(await own().addAudit(few('e', keyed))).toMatchObject({ kind: 'repeated', row: { id: 'b' } });
      expect(await own().addAudit(few('e', { ...keyed, fingerprint: 'g' }))).toStrictEqual({
        kind: 'conflict',
      });
      expect(await store.organisation('org_other').addAudit(few('a'))).toMatchObject({ kind: 'added' });
      const finish = { finishedAt: at(2).toISOString(), verdict: '{}', summary: '{}' };
      const lease = await mustClaim(1);
      expect(await own().addAudit(few('c'))).toStrictEqual({ kind: 'full' });
      await store.finishAudit(lease, finish);
      expect(lease.id).toBe('a');
      if (lease.organisation !== organisation) await store.finishAudit(await mustClaim(1), finish);
      // The key that found no room is not used up.
      expect(await own().addAudit(few('d', { key: 'l', fingerprint: 'g' }))).toMatchObject({ kind: 'added' });
      expect((await own().audits({ limit: 9 })).map(({ id }) => id).sort()).toEqual(['a', 'b', 'd']);
    });

    test('of many at once, as many are added as there is room for', async () => {
      const kinds = await Promise.all(
        Array.from({ length: 9 }, async (_, n) => {
          const idempotency = n % 2 ? { key: `k${n}`, fingerprint: 'f' } : undefined;
          return (await own().addAudit({ ...newAudit(`a${n}`, 0, idempotency), unfinishedAtMost: 3 })).kind;
        }),
      );
      expect(kinds.sort()).toEqual([...Array(3).fill('added'), ...Array(6).fill('full')]);
      expect(await own().audits({ limit: 9 })).toHaveLength(3);
    });

    test('claims at the same time never get the same audit', async () => {
      for (let n = 0; n < 5; n++) await own().addAudit(newAudit(`a${n}`));
      const claimed = await Promise.all(Array.from({ length: 8 }, () => claim(1)));
      const ids = claimed.flatMap((lease) => lease?.id ?? []);
      expect(ids.sort()).toEqual(['a0', 'a1', 'a2', 'a3', 'a4']);
      expect(new Set(claimed.map((lease) => lease?.token)).size).toBe(6);
    });

    test('a lease protects until its end, and from its end no longer', async () => {
      await own().addAudit(newAudit('a'));
      expect(await store.nextLeaseEnd()).toBeUndefined();
      await mustClaim(0);
      expect(await store.nextLeaseEnd()).toEqual(at(5));
      expect(await store.claimAudit(new Date(at(5).getTime() - 1), minute, 3)).toBeUndefined();
      expect(await claim(5)).toMatchObject({ id: 'a', row: { attempts: 2, startedAt: at(5).toISOString() } });
      expect(await store.nextLeaseEnd()).toEqual(at(10));
    });

    test('an expired lease goes before what is younger', async () => {
      await own().addAudit(newAudit('old', 0));
      await mustClaim(0);
      await own().addAudit(newAudit('young', 1));
      expect(await claim(6)).toMatchObject({ id: 'old' });
    });

    test('a renewed lease lasts longer', async () => {
      await own().addAudit(newAudit('a'));
      const lease = await mustClaim(0);
      expect(await store.renewLease(lease, at(4), 5 * minute)).toBe(true);
      expect(await claim(8)).toBeUndefined();
      expect(await store.nextLeaseEnd()).toEqual(at(9));
      expect(await claim(9)).toMatchObject({ id: 'a' });
    });

    test('an expired lease that nobody took can still be renewed and finished', async () => {
      await own().addAudit(newAudit('a'));
      const lease = await mustClaim(0);
      expect(await store.renewLease(lease, at(30), 5 * minute)).toBe(true);
      expect(
        await store.finishAudit(lease, { finishedAt: at(50).toISOString(), verdict: '{}', summary: '{}' }),
      ).toBe(true);
    });

    test('a lost lease can neither renew nor finish', async () => {
      await own().addAudit(newAudit('a'));
      const lost = await mustClaim(0);
      const holder = await mustClaim(5);
      expect(await store.renewLease(lost, at(6), 5 * minute)).toBe(false);
      expect(
        await store.finishAudit(lost, { finishedAt: at(6).toISOString(), verdict: '"lost"', summary: '{}' }),
      ).toBe(false);
      expect(await own().audit('a')).toMatchObject({ state: 'running', verdict: null });
      expect(
        await store.finishAudit(holder, {
          finishedAt: at(7).toISOString(),
          verdict: '"kept"',
          summary: '{}',
        }),
      ).toBe(true);
      expect(await own().audit('a')).toMatchObject({ state: 'done', verdict: '"kept"', summary: '{}' });
    });

    const outcomes = [
      {
        result: { verdict: '{"decision":"clear"}', summary: '{}' },
        row: { state: 'done', verdict: '{"decision":"clear"}', failure: null },
      },
      {
        result: { failure: 'upload-missing' },
        row: { state: 'failed', verdict: null, failure: 'upload-missing' },
      },
    ];
    test.each(outcomes)('finishing makes it $row.state, once and for good', async ({ result, row }) => {
      await own().addAudit(newAudit('a'));
      const lease = await mustClaim(0);
      const finishedAt = at(1).toISOString();
      expect(await store.finishAudit(lease, { finishedAt, ...result })).toBe(true);
      expect(await own().audit('a')).toMatchObject({ ...row, finishedAt, attempts: 1 });
      expect(await store.finishAudit(lease, { finishedAt, failure: 'again' })).toBe(false);
      expect(await store.renewLease(lease, at(2), minute)).toBe(false);
      expect(await claim(60)).toBeUndefined();
      expect(await store.nextLeaseEnd()).toBeUndefined();
    });

    test('taken too often, it fails as interrupted, and the next in line is taken', async () => {
      await own().addAudit(newAudit('deadly', 0));
      await own().addAudit(newAudit('next', 1));
      const first = await claim(10, 2);
      const second = await claim(20, 2);
      expect([first?.id, second?.id]).toEqual(['deadly', 'deadly']);
      expect(await claim(30, 2)).toMatchObject({ id: 'next' });
      expect(await own().audit('deadly')).toMatchObject({
        state: 'failed',
        failure: 'interrupted',
        attempts: 2,
        startedAt: at(20).toISOString(),
        finishedAt: at(30).toISOString(),
      });
      if (!second) throw new Error('unreachable');
      expect(
        await store.finishAudit(second, { finishedAt: at(31).toISOString(), verdict: '{}', summary: '{}' }),
      ).toBe(false);
    });

    test('taken too often while its lease lives, it is left alone', async () => {
      await own().addAudit(newAudit('a'));
      await claim(0, 1);
      expect(await claim(4, 1)).toBeUndefined();
      expect(await own().audit('a')).toMatchObject({ state: 'running' });
      expect(await claim(5, 1)).toBeUndefined();
      expect(await own().audit('a')).toMatchObject({ state: 'failed', failure: 'interrupted' });
    });

    test('a returned audit is queued as if never taken, and the old lease opens nothing', async () => {
      await own().addAudit(newAudit('a'));
      const lease = await mustClaim(0);
      expect(await store.returnAudit(lease)).toBe(true);
      expect(await own().audit('a')).toMatchObject({ state: 'queued', attempts: 0, startedAt: null });
      expect(await store.nextLeaseEnd()).toBeUndefined();
      expect(await store.returnAudit(lease)).toBe(false);
      expect(await store.renewLease(lease, at(0), minute)).toBe(false);
      for (let n = 0; n < 5; n++) await store.returnAudit(await mustClaim(0));
      expect(await claim(0, 1)).toMatchObject({ id: 'a', row: { attempts: 1 } });
    });

    test('returning takes back one claim only, and only one’s own', async () => {
      await own().addAudit(newAudit('a'));
      const lost = await mustClaim(0);
      const second = await mustClaim(5);
      expect(await store.returnAudit(lost)).toBe(false);
      expect(await own().audit('a')).toMatchObject({ state: 'running', attempts: 2 });
      expect(await store.returnAudit(second)).toBe(true);
      expect(await own().audit('a')).toMatchObject({
        state: 'queued',
        attempts: 1,
        startedAt: at(5).toISOString(),
      });
      await mustClaim(6);
      expect(await claim(60, 2)).toBeUndefined();
      expect(await own().audit('a')).toMatchObject({ state: 'failed', failure: 'interrupted' });
    });

    test('ended leases can be claimed at once, whatever the clock says; the claims still count', async () => {
      await own().addAudit(newAudit('a', 0));
      await own().addAudit(newAudit('b', 1));
      await own().addAudit(newAudit('done', 2));
      await mustClaim(30);
      await mustClaim(30);
      const finished = await mustClaim(30);
      await store.finishAudit(finished, { finishedAt: at(31).toISOString(), verdict: '{}', summary: '{}' });
      await store.endLeases();
      expect(await claim(-10)).toMatchObject({ id: 'a', row: { attempts: 2 } });
      expect(await claim(-10, 1)).toBeUndefined();
      expect(await own().audit('b')).toMatchObject({ state: 'failed', failure: 'interrupted' });
      expect(await own().audit('done')).toMatchObject({ state: 'done' });
    });

    test('a list has each audit’s summary, and never its verdict', async () => {
      await own().addAudit(newAudit('a'));
      await store.finishAudit(await mustClaim(0), {
        finishedAt: at(1).toISOString(),
        verdict: '"long"',
        summary: '"short"',
      });
      const [entry] = await own().audits({ limit: 9 });
      expect(entry).toMatchObject({ id: 'a', state: 'done', summary: '"short"' });
      expect(entry).not.toHaveProperty('verdict');
    });

    const link = (hash: string, minutes = 0, person?: string) => ({
      hash,
      person: person ?? '',
      createdAt: at(minutes).toISOString(),
      endsAt: at(minutes + 15).toISOString(),
      endsOthersAfter: at(minutes + 15).toISOString(),
    });
    const session = (hash: string, minutes: number) => ({
      hash,
      createdAt: at(minutes).toISOString(),
      endsAt: at(minutes + 30).toISOString(),
    });
    const addLink = async (hash: string, minutes = 0) =>
      own().addLoginLink(link(hash, minutes, await own().owner()));

    test('every organisation has its owner', async () => {
      expect(await own().owner()).toMatch(/^per_[a-z0-9]{32}$/);
      await addOrganisation('org_other');
      expect(await store.organisation('org_other').owner()).toBe('per_org_other');
      await expect(store.organisation('org_none').owner()).rejects.toThrow();
    });

    test('a login link becomes one session, whoever else tries at the same time', async () => {
      await addLink('l');
      expect(await store.everSignedIn()).toBe(false);
      const tries = Array.from({ length: 5 }, (_, n) => store.useLoginLink('l', session(`s${n}`, 1)));
      const made = (await Promise.all(tries)).filter((row) => row !== undefined);
      const person = await own().owner();
      const row = { organisation, person, endsAt: at(31).toISOString(), role: 'owner' };
      expect(made).toStrictEqual([row]);
      const there = await Promise.all([0, 1, 2, 3, 4].map((n) => store.session(`s${n}`)));
      expect(there.filter((one) => one !== undefined)).toStrictEqual([row]);
      expect(await store.everSignedIn()).toBe(true);
    });

    test('people are added once, and listed with those who were removed', async () => {
      const members = () => own().members;
      const owner = await own().owner();
      const createdAt = '2099-01-01T00:00:00.000Z';
      const anna = { id: 'per_anna', name: 'Anna', role: 'editor' as const, createdAt };
      expect(await members().add(anna)).toBe(true);
      expect(await members().add({ ...anna, role: 'owner' })).toBe(false);
      expect(await members().end('per_anna', at(100).toISOString())).toBe('changed');
      expect(await members().end('per_anna', at(101).toISOString())).toBe('missing');
      expect(await members().list()).toStrictEqual([
        expect.objectContaining({ id: owner, name: null, role: 'owner', endedAt: null }),
        { ...anna, signedInAt: null, endedAt: at(100).toISOString() },
      ]);
      await addOrganisation('org_other');
      const others = store.organisation('org_other').members;
      expect(await others.changeRole('per_anna', 'owner')).toBe('missing');
      expect((await others.list()).map(({ id }) => id)).toEqual(['per_org_other']);
    });

    test('the last owner stays one, whoever else tries at the same time', async () => {
      const members = () => own().members;
      const owner = await own().owner();
      const end = (id: string) => members().end(id, at(5).toISOString());
      expect(await end(owner)).toBe('last-owner');
      expect(await members().changeRole(owner, 'viewer')).toBe('last-owner');
      expect(await members().changeRole(owner, 'owner')).toBe('changed');
      await members().add({ id: 'per_b', name: 'B', role: 'viewer', createdAt: at(1).toISOString() });
      expect(await members().changeRole('per_b', 'owner')).toBe('changed');
      const both = await Promise.all([members().changeRole(owner, 'editor'), end('per_b')]);
      expect(both.sort()).toEqual(['changed', 'last-owner']);
      const left = (await members().list()).filter((one) => one.role === 'owner' && one.endedAt === null);
      expect(left).toHaveLength(1);
      expect(await own().owner()).toBe(left[0]?.id);
    });

    test('who is removed has neither session nor link from that moment, and others keep theirs', async () => {
      const members = () => own().members;
      for (const id of ['per_a', 'per_b'])
        await members().add({ id, name: id, role: 'viewer', createdAt: at(0).toISOString() });
      for (const [hash, person] of [
        ['la', 'per_a'],
        ['la2', 'per_a'],
        ['lb', 'per_b'],
      ] as const)
        await own().addLoginLink(link(hash, 0, person));
      expect(await store.useLoginLink('la', session('sa', 1))).toMatchObject({ role: 'viewer' });
      await own().addLoginLink(link('la3', 1, 'per_a'));
      expect(await store.useLoginLink('lb', session('sb', 1))).toBeDefined();
      expect(await members().end('per_a', at(2).toISOString())).toBe('changed');
      expect(await store.session('sa')).toBeUndefined();
      expect(await store.useLoginLink('la3', session('sc', 3))).toBeUndefined();
      expect(await store.session('sb')).toMatchObject({ person: 'per_b', role: 'viewer' });
      // A role that changes counts at once.
      await members().changeRole('per_b', 'editor');
      expect(await store.session('sb')).toMatchObject({ role: 'editor' });
      // A link that slips in afterwards opens nothing.
      await own().addLoginLink(link('la4', 3, 'per_a'));
      expect(await store.useLoginLink('la4', session('sd', 4))).toBeUndefined();
      expect(await store.session('sd')).toBeUndefined();
      await members().endSessions('per_b', at(5).toISOString());
      expect(await store.session('sb')).toBeUndefined();
    });

    test('a login link works until its end, and an unknown one never', async () => {
      await addLink('l');
      expect(await store.useLoginLink('m', session('s', 1))).toBeUndefined();
      expect(await store.useLoginLink('l', session('s', 15))).toBeUndefined();
      expect(await store.session('s')).toBeUndefined();
      expect(await store.useLoginLink('l', session('s', 14))).toBeDefined();
    });

    test('a login link that is made again stays what it was, for whichever organisation', async () => {
      await addLink('l', 0);
      await addLink('l', 10);
      expect(await store.useLoginLink('l', session('s', 20))).toBeUndefined();
      await store.useLoginLink('l', session('s', 1));
      await addLink('l', 2);
      await addOrganisation('org_other');
      await store.organisation('org_other').addLoginLink(link('l', 2, 'per_org_other'));
      expect(await store.useLoginLink('l', session('t', 3))).toBeUndefined();
      await expect(own().addLoginLink(link('n', 0, 'per_org_other'))).rejects.toThrow(/FOREIGN KEY/);
    });

    test('a login link ends longer ones of the same person, and its use ends all', async () => {
      await addOrganisation('org_other');
      await store.organisation('org_other').addLoginLink(link('theirs', 0, 'per_org_other'));
      await addLink('used');
      await store.useLoginLink('used', session('kept', 0));
      const person = await own().owner();
      const long = (hash: string, minutes: number) =>
        own().addLoginLink({ ...link(hash, minutes, person), endsAt: at(1000).toISOString() });
      await long('a', 1);
      await addLink('b', 2);
      expect(await store.useLoginLink('a', session('s', 3))).toBeUndefined();
      await long('c', 3);
      // Added again, it is the one that was there: nothing ends by it.
      await long('a', 4);
      expect(await store.useLoginLink('c', session('s', 4))).toBeDefined();
      expect(await store.useLoginLink('b', session('t', 4))).toBeUndefined();
      expect(await store.session('kept')).toBeDefined();
      expect(await store.useLoginLink('theirs', session('t', 5))).toMatchObject({
        organisation: 'org_other',
      });
    });

    test('a session ends when it is ended; signing in clears away those that have run out', async () => {
      await addLink('a', 20);
      await store.useLoginLink('a', session('s', 20));
      await addLink('b', 20);
      await store.useLoginLink('b', session('t', 21));
      await store.endSession('t');
      await store.endSession('none');
      expect(await store.session('t')).toBeUndefined();
      expect(await store.session('s')).toBeDefined();
      await addLink('c', 45);
      await store.useLoginLink('c', session('u', 50));
      expect(await store.session('s')).toBeUndefined();
      // Cleared away even when nobody got in.
      expect(await store.useLoginLink('c', session('v', 59))).toBeUndefined();
    });

    test('keys: each organisation’s own, found by hash alone, newest first', async () => {
      await addOrganisation('org_other');
      const key = (id: string, minutes: number) => ({
        id,
        hash: `hash-${id}`,
        name: 'x',
        scopes: ['one', 'two'],
        lastFour: 'abcd',
        createdAt: at(minutes).toISOString(),
        endsAt: null,
      });
      const { hash: _, ...fields } = key('k', 1);
      const row = { ...fields, organisation, usedAt: null, revokedAt: null };
      expect(await own().addKey(key('k', 1))).toStrictEqual(row);
      // The same id again adds nothing, whatever else it says.
      expect(await own().addKey({ ...key('k', 9), hash: 'hash-again' })).toBeUndefined();
      await own().addKey(key('younger', 2));
      const other = store.organisation('org_other');
      await other.addKey({ ...key('k', 3), hash: 'theirs' });
      await expect(other.addKey(key('k2', 3)).then(() => other.addKey(key('k3', 3)))).resolves.toBeDefined();
      await expect(other.addKey({ ...key('k4', 3), hash: 'hash-k' })).rejects.toThrow(/UNIQUE/);
      expect((await own().keys()).map(({ id }) => id)).toEqual(['younger', 'k']);
      expect(await store.key('hash-k')).toStrictEqual(row);
      expect(await store.key('theirs')).toMatchObject({ organisation: 'org_other', id: 'k' });
      expect(await store.key('k')).toBeUndefined();

      await store.useKey({ organisation, id: 'k' }, at(5).toISOString());
      expect(await other.revokeKey('younger', at(6).toISOString())).toBe(false);
      expect(await other.revokeKey('k', at(6).toISOString())).toBe(true);
      expect(await store.key('hash-k')).toStrictEqual({ ...row, usedAt: at(5).toISOString() });
      expect(await own().revokeKey('k', at(7).toISOString())).toBe(true);
      expect(await own().revokeKey('k', at(8).toISOString())).toBe(true);
      expect(await store.key('hash-k')).toMatchObject({ revokedAt: at(7).toISOString() });
    });

    test('ping answers', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });
  });
}
