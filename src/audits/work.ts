/** Audits run: claimed one after the other, kept alive by a heartbeat, ended or handed back. */

import type { AuditRow, Lease } from '../ports.ts';
import type { Progress } from '../preflight.ts';
import { readSubmission } from '../submission.ts';
import { type StoredRequest, type StoredSummary, type StoredVerdict, summarise } from './audit.ts';
import type { Changes } from './changes.ts';
import { faultOf } from './fault.ts';
import { packObservations } from './observations.ts';
import type { AuditsOptions } from './options.ts';

export interface Work {
  work(): Promise<void>;
  drain(ms: number): Promise<void>;
  /** Of what runs here, by the audit's id. */
  progress(id: string): readonly Progress[];
  /** Aborts when this process has drained. */
  readonly over: AbortSignal;
}

type Ended = { verdict: string; summary: string } | { failure: string };

export function createWork(options: AuditsOptions, changes: Changes): Work {
  const { store, blobs, preflight, clock, policy, log, compileMjml, examples } = options;
  const { leaseMs, attempts, atOnce } = policy.audits;
  const running = new Map<string, Map<string, Progress>>();
  const workers = new Set<Promise<void>>();
  const cut = new AbortController();
  // After the last is handed back: whoever watches is told where it ended, not that it is being cut short.
  const over = new AbortController();
  let draining = false;
  let missed = false;

  async function runAll(): Promise<void> {
    while (!draining) {
      missed = false;
      const claim = await store.claimAudit(clock.now(), leaseMs, attempts);
      if (claim) await run(claim);
      else if (!missed) return;
    }
  }

  async function run({ row, ...lease }: Lease & { row: AuditRow }): Promise<void> {
    const { id, organisation } = lease;
    const started = performance.now();
    const lost = new AbortController();
    const heartbeat = setInterval(async () => {
      const held = await store.renewLease(lease, clock.now(), leaseMs).catch(() => true);
      if (!held) lost.abort();
    }, leaseMs / 3);
    const progress = new Map<string, Progress>();
    running.set(id, progress);
    changes.tell(id, 'progress');
    log('audit started', { audit: id, organisation, attempt: row.attempts }, 'info');
    const finish = async (ended: Ended, how: Record<string, unknown>) => {
      const kept = await store.finishAudit(lease, { finishedAt: clock.now().toISOString(), ...ended });
      const ms = Math.round(performance.now() - started);
      log(kept ? 'audit ended' : 'audit lost', { audit: id, organisation, ...how, ms }, 'info');
      return kept;
    };
    try {
      const signal = AbortSignal.any([lost.signal, cut.signal]);
      const judged = await judgeRow(row, lease.token, signal, (step) => {
        progress.set(step.fact, step);
        changes.tell(id, 'progress');
      });
      if (judged === undefined) {
        await store.returnAudit(lease);
        log('audit handed back', { audit: id, organisation }, 'info');
      } else if ('failure' in judged) {
        await finish(judged, { failure: judged.failure });
      } else {
        const { verdict, summary, blobKeys } = judged;
        const ended = { verdict: JSON.stringify(verdict), summary: JSON.stringify(summary) };
        const kept = await finish(ended, { decision: verdict.decision });
        // Nobody will ever ask for them: where they are stands in a summary that was not kept.
        if (!kept) await Promise.all(blobKeys.map((key) => blobs.delete(key)));
      }
    } catch (error) {
      log('audit crashed', { audit: id, organisation, ...faultOf(error) });
      await finish({ failure: 'crashed' }, { failure: 'crashed' });
    } finally {
      clearInterval(heartbeat);
      running.delete(id);
      changes.tell(id, 'end');
    }
  }

  /** undefined when it was cut short, since its unknowns would be ours, not the mail's. */
  async function judgeRow(
    row: AuditRow,
    token: string,
    signal: AbortSignal,
    onProgress: (step: Progress) => void,
  ): Promise<
    | { verdict: StoredVerdict; summary: StoredSummary; blobKeys: readonly string[] }
    | { failure: string }
    | undefined
  > {
    const request = JSON.parse(row.request) as StoredRequest;
    const example = request.example && examples?.get(request.example);
    // Never in the real world instead: its senders are made up, and somebody may own their domains.
    if (request.example && !example) return { failure: 'example-missing' };
    const bytes = await blobs.get(row.upload);
    if (!bytes) throw new Error('the upload is gone');
    const read = await readSubmission({ ...request, bytes }, row.organisation, policy.limits, compileMjml);
    if (!read.ok)
      throw new Error(`the upload no longer reads: ${read.errors.map(({ code }) => code).join(', ')}`);
    // A verdict belongs to the digest that was promised, or to nothing.
    if (read.submission.digest !== row.digest) throw new Error('the upload is not what was handed in');
    const judge = example ? example.preflight : preflight;
    const { verdict, pictures, observations } = await judge.audit(read.submission, {
      leaveOut: { dns: false, previews: !request.previews },
      simulated: example !== undefined,
      signal,
      onProgress,
    });
    if (signal.aborted) return undefined;
    // Its own folder: a worker that has lost its lease must not draw over the pictures of the one that won.
    const folder = `${pictureFolder(row)}/${token}`;
    const drawn = pictures.map(({ view, png }) => ({ key: `${folder}/${view}`, png }));
    const answered = observationsKey(row, token);
    const packed = await packObservations(observations, clock.now().toISOString());
    await Promise.all([blobs.put(answered, packed), ...drawn.map(({ key, png }) => blobs.put(key, png))]);
    const kept = { ...(drawn.length > 0 ? { pictures: folder } : {}), observations: answered };
    return {
      verdict: { ...verdict, ruleSet: judge.ruleSet },
      summary: { ...summarise(verdict), ...kept },
      blobKeys: [answered, ...drawn.map(({ key }) => key)],
    };
  }

  return {
    async work() {
      // A wake that finds everybody busy is remembered: the store may have been asked just before.
      missed = true;
      if (draining || workers.size >= atOnce) return;
      const worker = runAll().finally(() => workers.delete(worker));
      workers.add(worker);
      await worker;
    },
    async drain(ms) {
      draining = true;
      const timer = setTimeout(() => cut.abort(), ms);
      await Promise.allSettled(workers);
      clearTimeout(timer);
      over.abort();
      changes.tellAll();
    },
    progress: (id) => [...(running.get(id)?.values() ?? [])],
    over: over.signal,
  };
}

/** Blob key of a view's picture; undefined for what cannot be a view's name. */
export function pictureKey(row: AuditRow, view: string): string | undefined {
  if (!/^[a-z0-9-]{1,80}$/.test(view)) return undefined;
  const { pictures = pictureFolder(row) } = JSON.parse(row.summary ?? '{}') as Partial<StoredSummary>;
  return `${pictures}/${view}`;
}

function observationsKey({ organisation, id }: AuditRow, token: string): string {
  return `${organisation}/observations/${id}/${token}`;
}

function pictureFolder({ organisation, id }: AuditRow): string {
  return `${organisation}/previews/${id}`;
}
