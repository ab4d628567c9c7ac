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
      expect(await store.finishAudit(lease, { finishedAt: at(50).toISOString(), verdict: '{}' })).toBe(true);
    });

    test('a lost lease can neither renew nor finish', async () => {
      await own().addAudit(newAudit('a'));
      const lost = await mustClaim(0);
      const holder = await mustClaim(5);
      expect(await store.renewLease(lost, at(6), 5 * minute)).toBe(false);
      expect(await store.finishAudit(lost, { finishedAt: at(6).toISOString(), verdict: '"lost"' })).toBe(
        false,
      );
      expect(await own().audit('a')).toMatchObject({ state: 'running', verdict: null });
      expect(await store.finishAudit(holder, { finishedAt: at(7).toISOString(), verdict: '"kept"' })).toBe(
        true,
      );
      expect(await own().audit('a')).toMatchObject({ state: 'done', verdict: '"kept"' });
    });

    const outcomes = [
      {
        result: { verdict: '{"decision":"clear"}' },
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
      expect(await store.finishAudit(second, { finishedAt: at(31).toISOString(), verdict: '{}' })).toBe(
        false,
      );
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
      await store.finishAudit(finished, { finishedAt: at(31).toISOString(), verdict: '{}' });
      await store.endLeases();
      expect(await claim(-10)).toMatchObject({ id: 'a', row: { attempts: 2 } });
      expect(await claim(-10, 1)).toBeUndefined();
      expect(await own().audit('b')).toMatchObject({ state: 'failed', failure: 'interrupted' });
      expect(await own().audit('done')).toMatchObject({ state: 'done' });
    });

    test('ping answers', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });
  });
}
