/** Whether an audit earns a clearance (law 2), and on which waivers that rests. */
import type { StoredRequest, StoredVerdict } from '../audits/audit.ts';
import type { AuditRow, WaiverRow } from '../ports.ts';
import type { Policy } from '../rule.ts';
import type { ClearanceErrorCode } from './clearance.ts';

/** Milliseconds by which the clocks of two machines may differ. */
export const clockSkew = 60_000;

export interface Judging {
  /** Of the rules that run now. */
  ruleSet: string;
  policy: Policy;
  now: Date;
}

export type Ground = { ok: true; waivers: readonly WaiverRow[] } | { ok: false; code: ClearanceErrorCode };

/** The verdict of an audit that has ended well; a code for one that has not. */
export function verdictOf(row: AuditRow): StoredVerdict | 'not-finished' | 'audit-failed' {
  if (row.state === 'failed') return 'audit-failed';
  if (row.state !== 'done' || row.verdict === null) return 'not-finished';
  return JSON.parse(row.verdict) as StoredVerdict;
}

/** An example has a world of its own, whatever its verdict says of that. */
export function isSimulated(row: AuditRow, verdict: StoredVerdict): boolean {
  return verdict.simulated || (JSON.parse(row.request) as StoredRequest).example !== undefined;
}

/** `waivers`: those of this digest, dead ones among them. */
export function groundOf(row: AuditRow, waivers: readonly WaiverRow[], judging: Judging): Ground {
  const { ruleSet, policy, now } = judging;
  const refused = (code: ClearanceErrorCode): Ground => ({ ok: false, code });
  const verdict = verdictOf(row);
  if (typeof verdict === 'string') return refused(verdict);
  if (isSimulated(row, verdict)) return refused('simulated');
  if (verdict.partial) return refused('partial');
  if (verdict.ruleSet !== ruleSet) return refused('rule-set-changed');
  const resting = restingOn(verdict, liveOf(waivers, row.digest, now), policy);
  if (typeof resting === 'string') return refused(resting);
  return isStale(row, policy, now) ? refused('facts-stale') : { ok: true, waivers: resting };
}

/** Counted from when gathering began: nothing that a verdict rests on is older than that. */
function isStale({ startedAt }: AuditRow, { clearance: { factsMs } }: Policy, now: Date): boolean {
  const age = now.getTime() - Date.parse(startedAt ?? '');
  // Facts from the future are of a clock that was set back: their age is not known.
  return !(age >= -clockSkew && age <= factsMs);
}

export function liveOf(waivers: readonly WaiverRow[], digest: string, now: Date): WaiverRow[] {
  const at = now.toISOString();
  return waivers.filter((one) => one.digest === digest && one.revokedAt === null && one.endsAt > at);
}

/** Judged from the findings anew: what the decision says is not enough to open anything. */
function restingOn(
  { decision, findings }: StoredVerdict,
  live: readonly WaiverRow[],
  { gates }: Policy,
): readonly WaiverRow[] | 'blocked' | 'undecided' {
  const gating = findings.filter((finding) => finding.gates);
  const failed = gating.filter(({ outcome }) => outcome === 'fail');
  const longest = (rule: string) =>
    live.filter((one) => one.rule === rule).sort((a, b) => (a.endsAt < b.endsAt ? 1 : -1))[0];
  const resting = failed.flatMap(({ rule, severity }) => {
    const waiver = severity === 'major' ? longest(rule) : undefined;
    return waiver ? [waiver] : [];
  });
  if (resting.length < failed.length) return 'blocked';
  const passed = findings.some(({ severity, outcome }) => outcome === 'pass' && gates.includes(severity));
  const open = gating.some(({ unansweredBy = [] }) => unansweredBy.length > 0);
  if (gating.length > failed.length || open || !passed) return 'undecided';
  // With nothing that gates it was clear, and with fails alone it was blocked.
  const expected = failed.length > 0 ? 'blocked' : 'clear';
  return decision === expected ? resting : decision === 'clear' ? 'blocked' : decision;
}
