/**
 * Audits that outlive the request: taken in, kept in the store, run by whichever worker claims them, taken up
 * again when a worker dies. The store holds the truth; a wake-up only says that there is something to do.
 */

import { createEndings } from './audits/endings.ts';
import { faultOf } from './audits/fault.ts';
import { createGate } from './audits/gate.ts';
import { digestOf, sha256 } from './digest.ts';
import type { AuditRow, Blobs, Clock, Lease, OrganisationStore, Queue, Store } from './ports.ts';
import type { Preflight, Progress } from './preflight.ts';
import type { Policy } from './rule.ts';
import type { CompileMjml } from './submission/mjml.ts';
import { type Handed, type InputError, readSubmission } from './submission.ts';
import type { Verdict } from './verdict.ts';

export interface AuditRequest extends Omit<Handed, 'bytes'> {
  /** Draw previews; false makes the audit partial. */
  previews: boolean;
}

export interface StoredVerdict extends Verdict {
  /** Digest of rules, policy and client data that judged it. */
  ruleSet: string;
}

export interface Audit {
  id: string;
  state: AuditRow['state'];
  createdAt: string;
  finishedAt: string | null;
  digest: string;
  request: AuditRequest;
  verdict: StoredVerdict | null;
  /** Stable code when it failed: `interrupted` or `crashed`. */
  failure: string | null;
  /** While it runs in this process: each fact's state. */
  progress: readonly Progress[];
}

export type Submitted =
  | { kind: 'added' | 'repeated'; audit: Audit }
  | { kind: 'conflict' }
  /** Too many at once: nothing was kept, try again. */
  | { kind: 'busy' }
  | { kind: 'invalid'; errors: readonly InputError[] };

export interface AuditsOptions {
  store: Store;
  blobs: Blobs;
  /** Wakes a worker that calls `work`. */
  queue: Queue;
  preflight: Preflight;
  /** Where a host can stop a source that never ends; otherwise in this thread. */
  compileMjml?: CompileMjml | undefined;
  clock: Clock;
  policy: Policy;
  /** Told of faults of our own; never given what a submission contains. */
  log(event: string, fields: Record<string, unknown>): void;
}

export interface Audits {
  /** Takes in what was handed over; `invalid` before anything is kept. */
  submit(
    organisation: string,
    handed: Handed,
    previews: boolean,
    idempotencyKey?: string,
  ): Promise<Submitted>;
  find(organisation: string, id: string): Promise<Audit | undefined>;
  list(organisation: string, page: { limit: number; before?: string }): Promise<Audit[]>;
  /** PNG of a view; undefined when there is none. */
  picture(organisation: string, id: string, view: string): Promise<Uint8Array | undefined>;
  /** The audit when it has ended, or as it stands after `ms`, or when this process drains. */
  settled(organisation: string, id: string, ms: number): Promise<Audit | undefined>;
  /** Runs what there is to run. Resolves when nothing is left, or when as many as may are at it already. */
  work(): Promise<void>;
  /**
   * Takes up no more. Resolves when what is under way has ended; what has not after `ms` is handed back
   * to the next worker, and that does not count as an attempt.
   */
  drain(ms: number): Promise<void>;
  /** Makes the audits of dead workers ready to be taken up. Only where no other process can be at work. */
  recover(): Promise<void>;
  /** When an audit whose worker died can be taken up again. */
  nextWork(): Promise<Date | undefined>;
}

/** Milliseconds between two looks at an audit that another process may be running. */
const lookAgain = 1000;

export function createAudits(options: AuditsOptions): Audits {
  const { store, blobs, queue, preflight, clock, policy, log, compileMjml } = options;
  const { leaseMs, attempts, atOnce } = policy.audits;
  const running = new Map<string, Map<string, Progress>>();
  const endings = createEndings();
  const reading = createGate(policy.audits.atOnce, policy.audits.inLine);
  const workers = new Set<Promise<void>>();
  const cut = new AbortController();
  let draining = false;
  let missed = false;

  async function submit(
    organisation: string,
    handed: Handed,
    previews: boolean,
    idempotencyKey?: string,
  ): Promise<Submitted> {
    const read = await reading.pass(async () => {
      const result = await readSubmission(handed, organisation, policy.limits, compileMjml);
      // Only the digest is kept: the page itself is read again when its turn comes.
      return result.ok ? { ok: true as const, digest: result.submission.digest } : result;
    });
    if (read === 'busy') return { kind: 'busy' };
    if (!read.ok) return { kind: 'invalid', errors: read.errors };
    const { bytes, ...fields } = handed;
    const request: AuditRequest = { ...fields, previews };
    const id = newId('aud');
    const upload = `${organisation}/uploads/${id}`;
    const fingerprint =
      idempotencyKey && (await digestOf({ request: plain(request), file: await sha256(bytes) }));
    await blobs.put(upload, bytes);
    let added: Awaited<ReturnType<OrganisationStore['addAudit']>> | undefined;
    try {
      added = await store.organisation(organisation).addAudit({
        id,
        createdAt: clock.now().toISOString(),
        request: JSON.stringify(request),
        upload,
        digest: read.digest,
        ...(idempotencyKey && fingerprint ? { idempotency: { key: idempotencyKey, fingerprint } } : {}),
      });
    } finally {
      if (added?.kind !== 'added') await blobs.delete(upload);
    }
    if (added.kind === 'conflict') return added;
    if (added.kind === 'added') queue.wake(id);
    return { kind: added.kind, audit: present(added.row) };
  }

  async function work(): Promise<void> {
    // A wake that finds everybody busy is remembered: the store may have been asked just before.
    missed = true;
    if (draining || workers.size >= atOnce) return;
    const worker = runAll().finally(() => workers.delete(worker));
    workers.add(worker);
    await worker;
  }

  async function runAll(): Promise<void> {
    while (!draining) {
      missed = false;
      const claim = await store.claimAudit(clock.now(), leaseMs, attempts);
      if (claim) await run(claim);
      else if (!missed) return;
    }
  }

  async function run({ row, ...lease }: Lease & { row: AuditRow }): Promise<void> {
    const { id } = lease;
    const lost = new AbortController();
    const heartbeat = setInterval(async () => {
      const held = await store.renewLease(lease, clock.now(), leaseMs).catch(() => true);
      if (!held) lost.abort();
    }, leaseMs / 3);
    const progress = new Map<string, Progress>();
    running.set(id, progress);
    try {
      const signal = AbortSignal.any([lost.signal, cut.signal]);
      const verdict = await judgeRow(row, signal, (step) => progress.set(step.fact, step));
      if (verdict === undefined) await store.returnAudit(lease);
      else await store.finishAudit(lease, { finishedAt: clock.now().toISOString(), verdict });
    } catch (error) {
      log('audit crashed', { audit: id, organisation: lease.organisation, ...faultOf(error) });
      await store.finishAudit(lease, { finishedAt: clock.now().toISOString(), failure: 'crashed' });
    } finally {
      clearInterval(heartbeat);
      running.delete(id);
      endings.wake(id);
    }
  }

  /** The verdict to keep; undefined when it was cut short, since its unknowns would be ours, not the mail's. */
  async function judgeRow(
    row: AuditRow,
    signal: AbortSignal,
    onProgress: (step: Progress) => void,
  ): Promise<string | undefined> {
    const request = JSON.parse(row.request) as AuditRequest;
    const bytes = await blobs.get(row.upload);
    if (!bytes) throw new Error('the upload is gone');
    const read = await readSubmission({ ...request, bytes }, row.organisation, policy.limits, compileMjml);
    if (!read.ok)
      throw new Error(`the upload no longer reads: ${read.errors.map(({ code }) => code).join(', ')}`);
    // A verdict belongs to the digest that was promised, or to nothing.
    if (read.submission.digest !== row.digest) throw new Error('the upload is not what was handed in');
    const leaveOut = { dns: false, previews: !request.previews };
    const { verdict, pictures } = await preflight.audit(read.submission, { leaveOut, signal, onProgress });
    if (signal.aborted) return undefined;
    await Promise.all(
      pictures.map(({ view, png }) => blobs.put(pictureKey(row.organisation, row.id, view), png)),
    );
    const stored: StoredVerdict = { ...verdict, ruleSet: preflight.ruleSet };
    return JSON.stringify(stored);
  }

  function present(row: AuditRow): Audit {
    const { id, state, createdAt, finishedAt, digest, request, verdict, failure } = row;
    return {
      id,
      state,
      createdAt,
      finishedAt,
      digest,
      request: JSON.parse(request),
      verdict: verdict === null ? null : JSON.parse(verdict),
      failure,
      progress: [...(running.get(id)?.values() ?? [])],
    };
  }

  async function find(organisation: string, id: string): Promise<Audit | undefined> {
    const row = await store.organisation(organisation).audit(id);
    return row && present(row);
  }

  return {
    submit,
    work,
    find,
    async list(organisation, page) {
      return (await store.organisation(organisation).audits(page)).map(present);
    },
    async picture(organisation, id, view) {
      const row = await store.organisation(organisation).audit(id);
      if (!row || !/^[a-z0-9-]{1,80}$/.test(view)) return undefined;
      return blobs.get(pictureKey(organisation, id, view));
    },
    async settled(organisation, id, ms) {
      const end = performance.now() + ms;
      for (;;) {
        // Listens before it looks, so that an end between the two is not missed.
        const ended = endings.of(id);
        try {
          const audit = await find(organisation, id);
          const left = end - performance.now();
          if (!audit || hasEnded(audit) || left <= 0 || cut.signal.aborted) return audit;
          await ended.within(Math.min(left, lookAgain));
        } finally {
          ended.forget();
        }
      }
    },
    async drain(ms) {
      draining = true;
      const timer = setTimeout(() => cut.abort(), ms);
      await Promise.allSettled(workers);
      clearTimeout(timer);
      cut.abort();
      endings.wakeAll();
    },
    recover: () => store.endLeases(),
    nextWork: () => store.nextLeaseEnd(),
  };
}

export function hasEnded({ state }: Pick<Audit, 'state'>): boolean {
  return state === 'done' || state === 'failed';
}

function pictureKey(organisation: string, audit: string, view: string): string {
  return `${organisation}/previews/${audit}/${view}`;
}

/** 128 random bits in lower-case letters and digits, after a prefix that says what it names. */
export function newId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `${prefix}_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Without the keys whose value is undefined: canonical JSON has no such value. */
function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}
