/** An audit as it is kept and as it is shown. */
import type { AuditRow } from '../ports.ts';
import type { Progress } from '../preflight.ts';
import type { Handed } from '../submission.ts';
import type { Decision, Verdict } from '../verdict.ts';

/** What can be tried without a mail or a network of one's own. */
export const exampleNames = ['clear', 'faults', 'silent'] as const;
export type ExampleName = (typeof exampleNames)[number];

export interface AuditRequest extends Omit<Handed, 'bytes'> {
  /** Draw previews; false makes the audit partial. */
  previews: boolean;
  /** By the standard route, since the domain is not registered: the person's choice for this mailing. */
  standard?: boolean | undefined;
  /** Judged in this example's world, so that any worker finds it: simulated. */
  example?: ExampleName;
  /** Id of the audit that it runs again. */
  repeats?: string;
}

export interface StoredRequest extends AuditRequest {
  /** What a message says of itself. Never judged from, since the message is read again. */
  own?: { from: string; replyTo?: string; subject?: string; mailFrom?: string };
}

export interface StoredVerdict extends Verdict {
  /** Digest of rules, policy and client data that judged it. */
  ruleSet: string;
}

/** What a list shows of a verdict. */
export interface AuditSummary {
  decision: Decision;
  partial: boolean;
  simulated: boolean;
  /** Checks that failed: blockers. */
  mustFix: number;
  /** Checks that failed: majors. */
  shouldFix: number;
  /** Checks that gate and have no answer. */
  unchecked: number;
}

export interface StoredSummary extends AuditSummary {
  /** Blob folder of the pictures that belong to this verdict. */
  pictures?: string;
  /** Blob key of all that the world answered. */
  observations?: string;
}

/** What every view of an audit has. */
interface Known {
  id: string;
  state: AuditRow['state'];
  createdAt: string;
  finishedAt: string | null;
  digest: string;
  /** As asked for; what a message says of itself stands here too. */
  request: AuditRequest;
  /** Stable code when it failed: `interrupted`, `crashed` or `example-missing`. */
  failure: string | null;
}

export interface Audit extends Known {
  verdict: StoredVerdict | null;
  /** While it runs in this process: each fact's state. */
  progress: readonly Progress[];
}

/** A list's row: no verdict is read for it. */
export interface AuditEntry extends Known {
  /** null until it is done. */
  summary: AuditSummary | null;
}

/** A row in full, with the progress of the process that runs it. */
export function toAudit(row: AuditRow, progress: readonly Progress[]): Audit {
  // One that an earlier version wrote lacks what was added since.
  const verdict =
    row.verdict === null ? null : { spf: null, sandboxed: null, providers: [], ...JSON.parse(row.verdict) };
  return { ...known(row), verdict, progress };
}

export function toEntry(row: Omit<AuditRow, 'verdict'>): AuditEntry {
  const { pictures: _, observations: __, ...summary } = JSON.parse(row.summary ?? '{}') as StoredSummary;
  return { ...known(row), summary: row.summary === null ? null : summary };
}

function known(row: Omit<AuditRow, 'verdict'>): Known {
  const { id, state, createdAt, finishedAt, digest, failure } = row;
  const { own, ...asked } = JSON.parse(row.request) as StoredRequest;
  const { from = own?.from, replyTo = own?.replyTo, subject = own?.subject } = asked;
  const mailFrom = asked.mailFrom || asked.routes?.[0]?.mail_from || own?.mailFrom;
  const request = { ...asked, from, replyTo, subject, mailFrom };
  return { id, state, createdAt, finishedAt, digest, failure, request };
}

export function summarise({ decision, partial, simulated, findings }: Verdict): AuditSummary {
  const standing = findings.filter(({ waived }) => !waived);
  const failed = standing.filter(({ outcome }) => outcome === 'fail');
  return {
    decision,
    partial,
    simulated,
    mustFix: failed.filter(({ severity }) => severity === 'blocker').length,
    shouldFix: failed.filter(({ severity }) => severity === 'major').length,
    unchecked: standing.filter(({ outcome, gates }) => outcome === 'unknown' && gates).length,
  };
}

export function hasEnded({ state }: Pick<Audit, 'state'>): boolean {
  return state === 'done' || state === 'failed';
}

/** 128 random bits in lower-case letters and digits, after a prefix that says what it names. */
export function newId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `${prefix}_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
