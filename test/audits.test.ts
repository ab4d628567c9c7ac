/** Audits that outlive the request: claims, leases, restarts. Real store and files; the judging is held by hand. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rules } from '../rules/index.ts';
import { policy } from '../rules/policy.ts';
import { createAudits } from '../src/audits.ts';
import type { Audited, AuditOptions, Preflight } from '../src/preflight.ts';
import type { Submission } from '../src/submission.ts';
import { judge } from '../src/verdict.ts';
import { type Service, startService } from './http/service.ts';
import { now } from './world.ts';

/** A preflight whose audits end when the test says so. */
function heldPreflight() {
  const under: {
    submission: Submission;
    options: AuditOptions;
    end(pictures?: Audited['pictures']): void;
    crash(error: Error): void;
  }[] = [];
  const preflight: Preflight = {
    audit(submission, options = {}) {
      const { promise, resolve, reject } = Promise.withResolvers<Audited>();
      const facts = {};
      const judging = { facts, rules, policy, clients: [], now, partial: false, simulated: false };
      under.push({
        submission,
        options,
        end: (pictures = []) => resolve({ verdict: judge(judging), pictures }),
        crash: reject,
      });
      // As the real one: cut off, it hands over what it has.
      options.signal?.addEventListener('abort', () => resolve({ verdict: judge(judging), pictures: [] }));
      return promise;
    },
    ruleSet: 'rules',
  };
  const nth = (n: number) =>
    vi.waitFor(
      () => {
        const one = under[n];
        if (!one) throw new Error(`audit ${n} has not begun`);
        return one;
      },
      { timeout: 5000, interval: 5 },
    );
  return { preflight, under, nth };
}

const quick = { ...policy, audits: { leaseMs: 90, attempts: 3, atOnce: 2, inLine: 30 } };
const handed = (text = '<p>Hej!</p>') => ({
  bytes: new TextEncoder().encode(text),
  filename: 'a.html',
  from: 'a@example.se',
  subject: 'Hej',
});

let held: ReturnType<typeof heldPreflight>;
let service: Service;
let organisation: string;
let time: number;
const clock = { now: () => new Date(time) };

beforeEach(async () => {
  held = heldPreflight();
  time = now.getTime();
  service = await startService({ preflight: held.preflight, audits: { clock } });
  organisation = service.organisation;
});
afterEach(() => service.close());

async function submit(text?: string, key?: string, by = service.audits) {
  const submitted = await by.submit(organisation, handed(text), true, key);
  if (submitted.kind !== 'added' && submitted.kind !== 'repeated') throw new Error(submitted.kind);
  return submitted.audit;
}

const row = (id: string) => service.store.organisation(organisation).audit(id);
const uploads = () => readdir(join(service.dir, 'blobs', organisation, 'uploads'));
const rowIn = (id: string, expected: object) =>
  vi.waitFor(async () => expect(await row(id)).toMatchObject(expected), { timeout: 5000, interval: 5 });

/** A second process on the same store: another host, or this one after a restart. */
function another(options: { policy?: typeof policy; preflight?: Preflight } = {}) {
  const { store, blobs, logged } = service;
  return createAudits({
    store,
    blobs,
    queue: { wake: () => {} },
    preflight: options.preflight ?? held.preflight,
    clock,
    policy: options.policy ?? policy,
    log: (event, fields) => void logged.push([event, fields]),
  });
}

describe('what is handed in', () => {
  test('a verdict is never given under the digest of something else', async () => {
    const first = another();
    const { id } = await submit('<p>Hej! <a href="#">x</a></p>', undefined, first);
    const upload = (await row(id))?.upload ?? '';
    await service.blobs.put(upload, new TextEncoder().encode('<p>Hej!</p>'));
    await first.work();
    expect(await row(id)).toMatchObject({ state: 'failed', failure: 'crashed', verdict: null });
    expect(held.under).toEqual([]);
  });

  test('too many at once are turned away, and none of them is kept', async () => {
    const narrow = another({ policy: { ...policy, audits: { ...policy.audits, atOnce: 1, inLine: 1 } } });
    const all = await Promise.all([1, 2, 3, 4].map(() => narrow.submit(organisation, handed(), true)));
    expect(all.map(({ kind }) => kind)).toEqual(['added', 'added', 'busy', 'busy']);
    expect(await uploads()).toHaveLength(2);
    expect((await narrow.submit(organisation, handed(), true)).kind).toBe('added');
  });
});

describe('an audit', () => {
  test('is claimed, shows its progress, and ends with verdict and pictures', async () => {
    const { id } = await submit();
    const one = await held.nth(0);
    one.options.onProgress?.({ fact: 'spf', state: 'running' });
    expect(await service.audits.find(organisation, id)).toMatchObject({
      state: 'running',
      progress: [{ fact: 'spf', state: 'running' }],
      verdict: null,
    });
    const settled = service.audits.settled(organisation, id, 60_000);
    one.end([{ view: 'a-light', png: new Uint8Array([1, 2]) }]);
    expect(await settled).toMatchObject({ state: 'done', progress: [], verdict: { ruleSet: 'rules' } });
    expect(await service.audits.picture(organisation, id, 'a-light')).toEqual(new Uint8Array([1, 2]));
    expect(await service.audits.list(organisation, { limit: 9 })).toMatchObject([{ id }]);
  });

  test('belongs to its organisation: the audit, its picture, its end', async () => {
    const { id } = await submit();
    (await held.nth(0)).end([{ view: 'a-light', png: new Uint8Array([1]) }]);
    await service.audits.settled(organisation, id, 5000);
    expect(await service.audits.find('org_other', id)).toBeUndefined();
    expect(await service.audits.list('org_other', { limit: 9 })).toEqual([]);
    expect(await service.audits.picture('org_other', id, 'a-light')).toBeUndefined();
    expect(await service.audits.settled('org_other', id, 5000)).toBeUndefined();
  });

  test.each(['b-light', '../a-light', 'A-LIGHT', '', 'a'.repeat(81), 'a/b'])(
    'has no picture %j',
    async (view) => {
      const { id } = await submit();
      (await held.nth(0)).end([{ view: 'a-light', png: new Uint8Array([1]) }]);
      await service.audits.settled(organisation, id, 5000);
      expect(await service.audits.picture(organisation, id, view)).toBeUndefined();
    },
  );

  test('that crashes is failed, and the log does not quote the mail', async () => {
    const { id } = await submit('<p>hemligt</p>');
    (await held.nth(0)).crash(new Error('cannot read <p>hemligt</p>\n    at hemligt', { cause: 'hemligt' }));
    expect(await service.audits.settled(organisation, id, 5000)).toMatchObject({
      state: 'failed',
      failure: 'crashed',
    });
    expect(service.logged).toMatchObject([['audit crashed', { audit: id, error: 'Error' }]]);
    expect(JSON.stringify(service.logged)).toContain('audits.test.ts');
    expect(JSON.stringify(service.logged)).not.toContain('hemligt');
  });

  test('whose upload is gone is failed', async () => {
    const idle = another();
    const audit = await submit('<p>x</p>', undefined, idle);
    await service.blobs.delete(`${organisation}/uploads/${audit.id}`);
    await idle.work();
    expect(await row(audit.id)).toMatchObject({ state: 'failed', failure: 'crashed' });
  });

  test('settled gives up after its time, and at once on one that has ended or is not there', async () => {
    const { id } = await submit();
    const one = await held.nth(0);
    expect(await service.audits.settled(organisation, id, 20)).toMatchObject({ state: 'running' });
    expect(await service.audits.settled(organisation, 'aud_0', 60_000)).toBeUndefined();
    one.end();
    await service.audits.settled(organisation, id, 60_000);
    expect(await service.audits.settled(organisation, id, 60_000)).toMatchObject({ state: 'done' });
  });

  test('settled sees an end that another process made', async () => {
    const { id } = await submit();
    const settled = another().settled(organisation, id, 60_000);
    (await held.nth(0)).end();
    expect(await settled).toMatchObject({ state: 'done' });
  });
});

describe('submitting', () => {
  test('what cannot be read is refused before anything is kept', async () => {
    expect(await service.audits.submit(organisation, handed(' '), true)).toMatchObject({ kind: 'invalid' });
    expect(await service.audits.list(organisation, { limit: 9 })).toEqual([]);
    await expect(uploads()).rejects.toThrow(/ENOENT/);
  });

  test('a repeated key, a reused key and a refused row leave no spare upload', async () => {
    const first = await submit('<p>a</p>', 'k');
    expect(await submit('<p>a</p>', 'k')).toMatchObject({ id: first.id });
    expect(await service.audits.submit(organisation, handed('<p>b</p>'), true, 'k')).toEqual({
      kind: 'conflict',
    });
    await expect(service.audits.submit('org_none', handed(), true)).rejects.toThrow(/FOREIGN KEY/);
    expect(await uploads()).toEqual([first.id]);
    expect(await readdir(join(service.dir, 'blobs', 'org_none', 'uploads'))).toEqual([]);
    expect(held.under.length).toBeLessThanOrEqual(1);
  });
});

describe('working', () => {
  test('no more at once than policy says; the others follow', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) ids.push((await submit(`<p>${n}</p>`)).id);
    await held.nth(1);
    await Promise.all([service.audits.work(), service.audits.work()]);
    expect(held.under).toHaveLength(2);
    for (let n = 0; n < 5; n++) {
      (await held.nth(n)).end();
      expect(held.under.length).toBeLessThanOrEqual(n + 3);
    }
    for (const id of ids) {
      expect(await service.audits.settled(organisation, id, 5000)).toMatchObject({ state: 'done' });
    }
    expect(held.under).toHaveLength(5);
  });

  test('a wake while the only worker looks and finds nothing is not lost', async () => {
    const { store } = service;
    const one = { ...policy, audits: { ...policy.audits, atOnce: 1, inLine: 30 } };
    const looking = Promise.withResolvers<void>();
    const looked = Promise.withResolvers<void>();
    let first = true;
    const slow = createAudits({
      store: {
        ...store,
        async claimAudit(...query) {
          const claim = await store.claimAudit(...query);
          if (first) {
            first = false;
            looking.resolve();
            await looked.promise;
          }
          return claim;
        },
      },
      blobs: service.blobs,
      queue: { wake: () => {} },
      preflight: held.preflight,
      clock,
      policy: one,
      log: () => {},
    });
    const work = slow.work();
    await looking.promise;
    const audit = await submit('<p>x</p>', undefined, slow);
    await slow.work();
    looked.resolve();
    (await held.nth(0)).end();
    await work;
    expect(await row(audit.id)).toMatchObject({ state: 'done' });
  });
});

describe('leases', () => {
  test('a heartbeat keeps the lease while the audit runs', async () => {
    const first = another({ policy: quick });
    const audit = await submit('<p>x</p>', undefined, first);
    const work = first.work();
    const one = await held.nth(0);
    for (let n = 0; n < 3; n++) {
      time += 80;
      await vi.waitFor(
        async () => expect((await first.nextWork())?.getTime()).toBe(time + quick.audits.leaseMs),
        { timeout: 5000, interval: 5 },
      );
    }
    expect(await service.store.claimAudit(clock.now(), 1000, 3)).toBeUndefined();
    one.end();
    await work;
    expect(await row(audit.id)).toMatchObject({ state: 'done', attempts: 1 });
  });

  test('a worker that lost its lease drops its result', async () => {
    const first = another({ policy: quick });
    const { id } = await submit('<p>x</p>', undefined, first);
    const work = first.work();
    await held.nth(0);
    time += 3_600_000;
    const thief = await service.store.claimAudit(clock.now(), 3_600_000, 3);
    expect(thief?.id).toBe(id);
    // Its next heartbeat tells it; it stops by itself.
    await work;
    expect(held.under[0]?.options.signal?.aborted).toBe(true);
    expect(await row(id)).toMatchObject({ state: 'running', attempts: 2, verdict: null });
    if (!thief) throw new Error('unreachable');
    await service.store.finishAudit(thief, { finishedAt: clock.now().toISOString(), failure: 'x' });
    expect(await row(id)).toMatchObject({ state: 'failed', failure: 'x' });
  });

  test('a result that comes after the lease was taken is dropped', async () => {
    const { id } = await submit();
    const one = await held.nth(0);
    time += 3_600_000;
    const thief = await service.store.claimAudit(clock.now(), 3_600_000, 3);
    one.end();
    await service.audits.drain(5000);
    expect(thief?.id).toBe(id);
    expect(await row(id)).toMatchObject({ state: 'running', verdict: null });
  });
});

describe('stopping and starting', () => {
  test('drain waits for what is under way and takes up nothing more', async () => {
    const first = await submit('<p>1</p>');
    const second = await submit('<p>2</p>');
    const third = await submit('<p>3</p>');
    await held.nth(1);
    const drained = service.audits.drain(60_000);
    for (const n of [0, 1]) (await held.nth(n)).end();
    await drained;
    await service.audits.work();
    expect(await row(first.id)).toMatchObject({ state: 'done' });
    expect(await row(second.id)).toMatchObject({ state: 'done' });
    expect(await row(third.id)).toMatchObject({ state: 'queued', attempts: 0 });
  });

  test('what is not done in time is handed back, whoever waits for it is answered, and it does not count', async () => {
    const { id } = await submit();
    await held.nth(0);
    const settled = service.audits.settled(organisation, id, 60_000);
    await service.audits.drain(0);
    expect(await settled).toMatchObject({ id, state: 'queued' });
    expect(await row(id)).toMatchObject({ state: 'queued', attempts: 0, verdict: null });
    for (let restart = 0; restart < 5; restart++) {
      const next = another();
      void next.work();
      await held.nth(restart + 1);
      await next.drain(0);
    }
    const last = another();
    const work = last.work();
    (await held.nth(6)).end();
    await work;
    expect(await row(id)).toMatchObject({ state: 'done', attempts: 1 });
  });

  test('what a dead process left is taken up at once after recover, until it has died too often', async () => {
    const { id } = await submit();
    await held.nth(0);
    // The first process is never heard of again; the second and third die in the same way.
    const deaf = { ...service.store, renewLease: async () => true, finishAudit: async () => false };
    for (let death = 1; death < policy.audits.attempts; death++) {
      const next = createAudits({
        store: deaf,
        blobs: service.blobs,
        queue: { wake: () => {} },
        preflight: held.preflight,
        clock,
        policy,
        log: () => {},
      });
      await next.work();
      expect(held.under).toHaveLength(death);
      await next.recover();
      void next.work();
      await held.nth(death);
      expect(await row(id)).toMatchObject({ state: 'running', attempts: death + 1 });
    }
    const last = another();
    await last.recover();
    await last.work();
    expect(await last.find(organisation, id)).toMatchObject({ state: 'failed', failure: 'interrupted' });
    await rowIn(id, { attempts: policy.audits.attempts });
    for (const one of held.under) one.end();
  });
});
