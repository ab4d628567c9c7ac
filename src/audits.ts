/**
 * Audits that outlive the request: taken in, kept in the store, run by whichever worker claims them, taken up
 * again when a worker dies. The store holds the truth; a wake-up only says that there is something to do.
 */
import {
  type Audit,
  type AuditEntry,
  type ExampleName,
  exampleNames,
  hasEnded,
  toAudit,
  toEntry,
} from './audits/audit.ts';
import { createChanges } from './audits/changes.ts';
import {
  type AuditChanges,
  type AuditedTemplate,
  createIntake,
  type HandedIn,
  type Missing,
  type Taken,
} from './audits/intake.ts';
import type { AuditsOptions } from './audits/options.ts';
import { watch } from './audits/watch.ts';
import { createWork, pictureKey } from './audits/work.ts';
import type { InputError } from './submission.ts';

export {
  type Audit,
  type AuditEntry,
  type AuditRequest,
  type AuditSummary,
  type ExampleName,
  exampleNames,
  hasEnded,
  newId,
  type StoredVerdict,
} from './audits/audit.ts';
export { createDomainAudits, type DomainAudits, type JudgedDomain } from './audits/domain.ts';
export type { AuditChanges, AuditedTemplate, HandedIn, Missing } from './audits/intake.ts';
export type { AuditsOptions, Example } from './audits/options.ts';
export { type Replayed, replayAudit } from './audits/replay.ts';

export type Submitted =
  | { kind: 'added' | 'repeated'; audit: Audit }
  | { kind: 'conflict' }
  /** Too many at once: nothing was kept, try again. */
  | { kind: 'busy' }
  | { kind: 'invalid'; errors: readonly InputError[] };

export interface Audits {
  /** Takes in what was handed over; `invalid` before anything is kept. */
  submit(
    organisation: string,
    handed: HandedIn,
    previews: boolean,
    idempotencyKey?: string,
  ): Promise<Submitted>;
  /** The same upload and fields but for the changes, judged anew; one that was an example stays one. */
  again(
    organisation: string,
    id: string,
    changes: AuditChanges,
    idempotencyKey?: string,
  ): Promise<Submitted | Missing>;
  example(organisation: string, name: ExampleName): Promise<Submitted | Missing>;
  readonly examples: readonly ExampleName[];
  find(organisation: string, id: string): Promise<Audit | undefined>;
  /** Newest first. `before`: the id of the last one on the page before; an unknown id gives none. */
  list(organisation: string, page: { limit: number; before?: string }): Promise<AuditEntry[]>;
  /** The mail before merging, read again from its upload; undefined: it is gone, or is not what it was. */
  template(organisation: string, id: string): Promise<AuditedTemplate | 'busy' | undefined>;
  /** PNG of a view; undefined when there is none. */
  picture(organisation: string, id: string, view: string): Promise<Uint8Array | undefined>;
  /**
   * As it stands now, at each change (10 a second at most), last when it has ended. Ends early when `signal`
   * aborts or this process has drained; nothing at all comes of one that is not there.
   */
  watch(organisation: string, id: string, signal: AbortSignal): AsyncIterable<Audit>;
  /** How many watch or wait in this process. */
  readonly watchers: number;
  /** The audit when it has ended, or as it stands after `ms`, or when this process has drained. */
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

export function createAudits(options: AuditsOptions): Audits {
  const { store, blobs, examples } = options;
  const changes = createChanges();
  const intake = createIntake(options);
  const work = createWork(options, changes);

  async function find(organisation: string, id: string): Promise<Audit | undefined> {
    const row = await store.organisation(organisation).audit(id);
    return row && toAudit(row, work.progress(id));
  }

  const submitted = (taken: Taken): Submitted =>
    'row' in taken ? { kind: taken.kind, audit: toAudit(taken.row, []) } : taken;
  const watchOne = (organisation: string, id: string, signal: AbortSignal) =>
    watch(id, () => find(organisation, id), changes, signal, work.over);

  return {
    async submit(...handed) {
      return submitted(await intake.submit(...handed));
    },
    async again(...handed) {
      const taken = await intake.again(...handed);
      return taken.kind === 'missing' ? taken : submitted(taken);
    },
    async example(...handed) {
      const taken = await intake.example(...handed);
      return taken.kind === 'missing' ? taken : submitted(taken);
    },
    examples: exampleNames.filter((name) => examples?.has(name)),
    find,
    async list(organisation, page) {
      return (await store.organisation(organisation).audits(page)).map(toEntry);
    },
    template: intake.template,
    async picture(organisation, id, view) {
      const row = await store.organisation(organisation).audit(id);
      const key = row && pictureKey(row, view);
      return key === undefined ? undefined : blobs.get(key);
    },
    watch: watchOne,
    get watchers() {
      return changes.listeners;
    },
    async settled(organisation, id, ms) {
      for await (const audit of watchOne(organisation, id, AbortSignal.timeout(Math.max(0, ms)))) {
        if (hasEnded(audit)) return audit;
      }
      return find(organisation, id);
    },
    work: work.work,
    drain: work.drain,
    recover: () => store.endLeases(),
    nextWork: () => store.nextLeaseEnd(),
  };
}
