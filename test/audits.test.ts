/** Audits that outlive the request: claims, leases, restarts. Real store and files; the judging is held by hand. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rules } from '../rules/index.ts';
import { policy } from '../rules/policy.ts';
import { type Audit, type AuditChanges, createAudits, type Example } from '../src/audits.ts';
import type { Audited, AuditOptions } from '../src/preflight.ts';
import type { Submission } from '../src/submission.ts';
import { judge } from '../src/verdict.ts';
import { type Service, startService } from './http/service.ts';
import { noObservations, now } from './world.ts';

/** A preflight whose audits end when the test says so. */
function heldPreflight() {
  const under: {
    submission: Submission;
    options: AuditOptions;
    end(pictures?: Audited['pictures']): void;
    crash(error: Error): void;
  }[] = [];
  const preflight: Example['preflight'] = {
    audit(submission, options = {}) {
      const { promise, resolve, reject } = Promise.withResolvers<Audited>();
      const facts = {};
      const judging = { facts, rules, policy, clients: [], now, partial: false, simulated: false };
      under.push({
        submission,
        options,
        end: (pictures = []) => resolve({ verdict: judge(judging), pictures, observations: noObservations }),
        crash: reject,
      });
      // As the real one: cut off, it hands over what it has.
      options.signal?.addEventListener('abort', () =>
        resolve({ verdict: judge(judging), pictures: [], observations: noObservations }),
      );
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

const quick = { ...policy, audits: { ...policy.audits, leaseMs: 90 } };
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
function another(
  options: {
    policy?: typeof policy;
    preflight?: Example['preflight'];
    examples?: ReadonlyMap<'clear', Example>;
  } = {},
) {
  const { store, blobs, logged } = service;
  return createAudits({
    store,
    blobs,
    queue: { wake: () => {} },
    preflight: options.preflight ?? held.preflight,
    clock,
    policy: options.policy ?? policy,
    examples: options.examples,
    log: (event, fields, level = 'error') => void (level === 'error' && logged.push([event, fields])),
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

  test('too many unfinished are turned away, and none of them is kept', async () => {
    const few = another({ policy: { ...policy, audits: { ...policy.audits, unfinished: 2 } } });
    const kinds: string[] = [];
    for (let n = 0; n < 3; n++) kinds.push((await few.submit(organisation, handed(), true)).kind);
    expect(kinds).toEqual(['added', 'added', 'busy']);
    expect(await uploads()).toHaveLength(2);
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
    const dying: Promise<void>[] = [];
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
      dying.push(next.work());
      await held.nth(death);
      expect(await row(id)).toMatchObject({ state: 'running', attempts: death + 1 });
    }
    const last = another();
    await last.recover();
    await last.work();
    expect(await last.find(organisation, id)).toMatchObject({ state: 'failed', failure: 'interrupted' });
    await rowIn(id, { attempts: policy.audits.attempts });
    for (const one of held.under) one.end();
    await Promise.all(dying);
  });
});

describe('pictures', () => {
  const png = (byte: number) => new Uint8Array([byte]);

  test('of a worker that lost its lease touch neither those of the one that won nor stay behind', async () => {
    const { id } = await submit();
    const loser = await held.nth(0);
    time += 3_600_000;
    const winner = another();
    void winner.work();
    (await held.nth(1)).end([{ view: 'a-light', png: png(2) }]);
    await rowIn(id, { state: 'done' });
    const folder = join(service.dir, 'blobs', organisation, 'previews', id);
    const kept = await readdir(folder, { recursive: true });
    loser.end([{ view: 'a-light', png: png(1) }]);
    await service.audits.drain(5000);
    expect(await winner.picture(organisation, id, 'a-light')).toEqual(png(2));
    expect((await readdir(folder, { recursive: true })).filter((name) => name.includes('light'))).toEqual(
      kept.filter((name) => name.includes('light')),
    );
  });
});

describe('watching', () => {
  /** Everything that comes until it ends. */
  async function all(watched: AsyncIterable<Audit>) {
    const seen: Audit[] = [];
    for await (const audit of watched) seen.push(audit);
    return seen;
  }
  const never = () => new AbortController().signal;

  test('as it stands, each change, the end; then nobody listens', async () => {
    const { id } = await submit();
    const one = await held.nth(0);
    const watched = service.audits.watch(organisation, id, never())[Symbol.asyncIterator]();
    expect((await watched.next()).value).toMatchObject({ state: 'running', progress: [] });
    expect(service.audits.watchers).toBe(1);
    one.options.onProgress?.({ fact: 'spf', state: 'running' });
    expect((await watched.next()).value).toMatchObject({ progress: [{ fact: 'spf', state: 'running' }] });
    one.end();
    expect((await watched.next()).value).toMatchObject({ state: 'done', verdict: { ruleSet: 'rules' } });
    expect(await watched.next()).toMatchObject({ done: true });
    expect(service.audits.watchers).toBe(0);
  });

  test('a burst is told ten times a second at most, and its last step is never lost', async () => {
    const { id } = await submit();
    const one = await held.nth(0);
    const watched = service.audits.watch(organisation, id, never())[Symbol.asyncIterator]();
    const began = performance.now();
    const of = 200;
    const burst = (async () => {
      for (let done = 0; done <= of; done++) {
        one.options.onProgress?.({ fact: 'rendering', state: 'running', done, of });
        await new Promise(setImmediate);
      }
    })();
    const told: Audit[] = [];
    do told.push((await watched.next()).value as Audit);
    while (!told.at(-1)?.progress.some((step) => 'done' in step && step.done === of));
    await burst;
    expect(told.length).toBeLessThanOrEqual(Math.ceil((performance.now() - began) / 100) + 1);
    await watched.return?.();
    expect(service.audits.watchers).toBe(0);
    one.end();
  });

  test('what happens while nobody asks for the next is told when somebody does', async () => {
    const { id } = await submit();
    const one = await held.nth(0);
    const watched = service.audits.watch(organisation, id, never())[Symbol.asyncIterator]();
    await watched.next();
    one.end();
    await rowIn(id, { state: 'done' });
    expect((await watched.next()).value).toMatchObject({ state: 'done' });
    await watched.return?.();
  });

  test('one that has ended gives its end at once; one that is not there, or another’s, gives nothing', async () => {
    const { id } = await submit();
    (await held.nth(0)).end();
    await service.audits.settled(organisation, id, 5000);
    expect(await all(service.audits.watch(organisation, id, never()))).toMatchObject([{ state: 'done' }]);
    expect(await all(service.audits.watch(organisation, 'aud_0', never()))).toEqual([]);
    expect(await all(service.audits.watch('org_other', id, never()))).toEqual([]);
    expect(service.audits.watchers).toBe(0);
  });

  test('an end that another process made is found by looking', async () => {
    const { id } = await submit();
    const other = another();
    const seen = all(other.watch(organisation, id, never()));
    (await held.nth(0)).end();
    expect((await seen).at(-1)).toMatchObject({ state: 'done' });
  });

  test('a hundred watchers see the same end, and all are forgotten', async () => {
    const { id } = await submit();
    const one = await held.nth(0);
    const seen = Array.from({ length: 100 }, () => all(service.audits.watch(organisation, id, never())));
    await vi.waitFor(() => expect(service.audits.watchers).toBe(100), { interval: 5 });
    one.end();
    for (const audits of await Promise.all(seen)) expect(audits.at(-1)).toMatchObject({ state: 'done' });
    expect(service.audits.watchers).toBe(0);
  });

  test('whoever goes away is forgotten at once, though nothing happens', async () => {
    const { id } = await submit();
    const one = await held.nth(0);
    const gone = new AbortController();
    const watched = service.audits.watch(organisation, id, gone.signal)[Symbol.asyncIterator]();
    await watched.next();
    const next = watched.next();
    gone.abort();
    expect(await next).toMatchObject({ done: true });
    expect(service.audits.watchers).toBe(0);
    expect(await all(service.audits.watch(organisation, id, AbortSignal.abort()))).toEqual([]);
    one.end();
  });

  test('a drain ends it, with the state in which it leaves the audit', async () => {
    const { id } = await submit();
    await held.nth(0);
    const seen = all(service.audits.watch(organisation, id, never()));
    await vi.waitFor(() => expect(service.audits.watchers).toBe(1), { interval: 5 });
    await service.audits.drain(0);
    expect((await seen).map(({ state }) => state)).toEqual(['running', 'queued']);
    expect(service.audits.watchers).toBe(0);
  });
});

describe('again', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const message = 'From: "Å, B" <b@sent.example>\r\nReply-To: c@sent.example\r\nSubject: Sent\r\n\r\nHej\r\n';
  const base = { from: 'a@example.se', replyTo: 'r@example.se', subject: 'Hej', mailFrom: 'mejl.example.se' };

  test.each<[string, Record<string, unknown>, AuditChanges, Record<string, unknown>]>([
    ['as it was', {}, {}, { from: base.from, subject: 'Hej', mailFrom: base.mailFrom }],
    ['another MAIL FROM', {}, { mailFrom: 'ny.example.se' }, { mailFrom: 'ny.example.se', from: base.from }],
    ['MAIL FROM taken away', {}, { mailFrom: '' }, { mailFrom: null, from: base.from }],
    ['selectors', {}, { dkimSelectors: ['s1'] }, { dkimSelectors: ['s1'], mailFrom: base.mailFrom }],
    [
      'a message that speaks for itself',
      {},
      { message: { bytes: bytes(message) } },
      { from: 'b@sent.example', subject: 'Sent', replyTo: ['c@sent.example'], mailFrom: base.mailFrom },
    ],
    [
      'another template keeps what was said beside the first',
      { charset: 'iso-8859-1' },
      { message: { bytes: bytes('<p>Å'), filename: 'b.html' } },
      { from: base.from, subject: 'Hej', replyTo: [base.replyTo], source: '<p>Å' },
    ],
    [
      'a template keeps what the message before it said of itself',
      { bytes: bytes(message), filename: 'a.eml', from: undefined, subject: undefined, replyTo: undefined },
      { message: { bytes: bytes('<p>Ny'), filename: 'b.html' } },
      { from: 'b@sent.example', name: 'Å, B', subject: 'Sent', replyTo: ['c@sent.example'] },
    ],
  ])('%s', async (_, before, changes, expected) => {
    const first = await service.audits.submit(organisation, { ...handed(), ...base, ...before }, false);
    if (!('audit' in first)) throw new Error(JSON.stringify(first));
    (await held.nth(0)).end();
    const second = await service.audits.again(organisation, first.audit.id, changes);
    if (!('audit' in second)) throw new Error(JSON.stringify(second));
    expect(second.audit.request).toMatchObject({ repeats: first.audit.id, previews: false });
    const { submission, options } = await held.nth(1);
    const { from, replyTo, ...rest } = submission;
    const read = { ...rest, name: from.name, from: from.address, replyTo: replyTo.map((one) => one.address) };
    expect(read).toMatchObject(expected);
    expect(options).toMatchObject({ simulated: false, leaveOut: { previews: true } });
  });

  test('missing: no such audit, another’s, or its upload is gone; but a new message needs no upload', async () => {
    const { id } = await submit();
    expect(await service.audits.again(organisation, 'aud_0', {})).toEqual({ kind: 'missing' });
    expect(await service.audits.again('org_other', id, {})).toEqual({ kind: 'missing' });
    await service.blobs.delete(`${organisation}/uploads/${id}`);
    expect(await service.audits.again(organisation, id, {})).toEqual({ kind: 'missing' });
    const changes = { message: { bytes: bytes('<p>Ny') } };
    expect(await service.audits.again(organisation, id, changes)).toMatchObject({ kind: 'added' });
  });

  test('the same limits as the first time', async () => {
    const { id } = await submit();
    expect(await service.audits.again(organisation, id, { mailFrom: 'a b' })).toMatchObject({
      kind: 'invalid',
      errors: [{ code: 'mail-from-invalid' }],
    });
    const large = { message: { bytes: new Uint8Array(policy.limits.uploadBytes + 1) } };
    expect(await service.audits.again(organisation, id, large)).toMatchObject({
      errors: [{ code: 'message-too-large' }],
    });
    const narrow = another({ policy: { ...policy, audits: { ...policy.audits, atOnce: 1, inLine: 0 } } });
    const both = await Promise.all([0, 1].map(() => narrow.again(organisation, id, {})));
    expect(both.map(({ kind }) => kind).sort()).toEqual(['added', 'busy']);
    expect(await uploads()).toHaveLength(2);
  });
});

describe('examples', () => {
  const world = (preflight: Example['preflight']) =>
    new Map([['clear' as const, { handed: { ...handed('<p>Exempel'), mailFrom: 'x.example' }, preflight }]]);

  test('are judged in their own world, by any worker that has them, and again as the same', async () => {
    const own = heldPreflight();
    const host = another({ examples: world(own.preflight) });
    expect(host.examples).toEqual(['clear']);
    const tried = await host.example(organisation, 'clear');
    if (!('audit' in tried)) throw new Error(tried.kind);
    void another({ examples: world(own.preflight) }).work();
    const first = await own.nth(0);
    expect(first.options.simulated).toBe(true);
    first.end();
    await rowIn(tried.audit.id, { state: 'done' });
    const second = await host.again(organisation, tried.audit.id, { mailFrom: 'y.example' });
    if (!('audit' in second)) throw new Error(second.kind);
    expect(second.audit.request).toMatchObject({ example: 'clear', repeats: tried.audit.id });
    void host.work();
    expect((await own.nth(1)).submission.mailFrom).toBe('y.example');
    expect((await own.nth(1)).options.simulated).toBe(true);
    own.under[1]?.end();
    await rowIn(second.audit.id, { state: 'done' });
    expect(held.under).toEqual([]);
  });

  test('a host without one says so; a worker without it fails, and judges nothing in the real world', async () => {
    expect(service.audits.examples).toEqual([]);
    expect(await service.audits.example(organisation, 'clear')).toEqual({ kind: 'missing' });
    const tried = await another({ examples: world(heldPreflight().preflight) }).example(
      organisation,
      'clear',
    );
    if (!('audit' in tried)) throw new Error(tried.kind);
    await service.audits.work();
    expect(await row(tried.audit.id)).toMatchObject({ state: 'failed', failure: 'example-missing' });
    expect(held.under).toEqual([]);
    expect(service.logged).toEqual([]);
  });

  test('cannot be named among what is handed in', async () => {
    const smuggled = { ...handed(), example: 'clear', repeats: 'aud_0', own: { from: 'x@example.se' } };
    const submitted = await service.audits.submit(organisation, smuggled, true);
    if (!('audit' in submitted)) throw new Error(submitted.kind);
    expect(JSON.parse((await row(submitted.audit.id))?.request ?? '')).toEqual({
      filename: 'a.html',
      from: 'a@example.se',
      subject: 'Hej',
      previews: true,
    });
  });
});

test('the log tells of start and end without addresses or domains', async () => {
  const { id } = await submit('<p>hemligt</p>');
  (await held.nth(0)).end();
  await service.audits.settled(organisation, id, 5000);
  const ms = expect.any(Number);
  expect(service.noted).toEqual([
    ['info', 'audit started', { audit: id, organisation, attempt: 1 }],
    ['info', 'audit ended', { audit: id, organisation, decision: 'undecided', ms }],
  ]);
  expect(JSON.stringify(service.noted)).not.toMatch(/hemligt|example\.se|Hej/);
});
