/** A waiver, checked: who makes it, of what, why, and until when. */
import type { AuditRow } from '../ports.ts';
import type { Policy } from '../rule.ts';
import type { WaiverErrorCode } from './clearance.ts';
import { isSimulated, verdictOf } from './ground.ts';

/** Characters: short enough to be read, long enough to say something. */
export const reasonLength = { least: 10, most: 1000 } as const;
const day = 24 * 60 * 60_000;

export interface WaiverOrder {
  audit: string;
  rule: string;
  reason: string;
  /** A day (to its end, UTC), or a time with an offset. */
  endsAt: string;
}

export interface WaiverError {
  code: WaiverErrorCode;
  field: 'audit' | 'rule' | 'reason' | 'endsAt' | 'name';
}

export type ReadWaiver =
  | { ok: true; rule: string; reason: string; endsAt: string }
  | { ok: false; errors: readonly WaiverError[] };

/** `row`: of the audit; undefined when there is none. `name`: law 1 wants a named person. */
export function readWaiver(
  caller: { kind: 'person' | 'key'; role: string; name: string | null },
  order: WaiverOrder,
  row: AuditRow | undefined,
  { now, policy }: { now: Date; policy: Policy },
): ReadWaiver {
  const refused = (code: WaiverErrorCode, field: WaiverError['field']): ReadWaiver => ({
    ok: false,
    errors: [{ code, field }],
  });
  // Before all else: who may not has no business with what there is.
  if (caller.kind !== 'person' || caller.role !== 'owner') return refused('owner-only', 'audit');
  if (!row) return refused('audit-not-found', 'audit');
  const verdict = verdictOf(row);
  if (typeof verdict === 'string') return refused('not-finished', 'audit');
  const finding = verdict.findings.find(({ rule }) => rule === order.rule);
  const failed = finding?.outcome === 'fail' && !isSimulated(row, verdict);
  const errors: WaiverError[] = [];
  if (!failed) errors.push({ code: 'rule-not-failed', field: 'rule' });
  else if (finding.severity !== 'major') errors.push({ code: 'rule-not-major', field: 'rule' });
  if (!caller.name) errors.push({ code: 'name-missing', field: 'name' });
  const reason = order.reason.trim();
  if (reason.length < reasonLength.least || !reason.isWellFormed())
    errors.push({ code: 'reason-missing', field: 'reason' });
  else if (reason.length > reasonLength.most) errors.push({ code: 'reason-too-long', field: 'reason' });
  const end = endOf(order.endsAt);
  const fits = end > now.getTime() && end <= now.getTime() + policy.clearance.waiverDaysAtMost * day;
  if (!fits) errors.push({ code: 'ends-at-invalid', field: 'endsAt' });
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, rule: order.rule, reason, endsAt: new Date(end).toISOString() };
}

/** Milliseconds; NaN for what is no time, or of no certain one. */
function endOf(text: string): number {
  const written = text.trim();
  const date = /^(\d{4})-(\d\d)-(\d\d)$/.exec(written);
  if (!date && !/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/.test(written))
    return Number.NaN;
  const start = written.slice(0, 10);
  // The 31st of a month that has 30 days would be the 1st of the next.
  if (!isDay(start)) return Number.NaN;
  return date ? Date.parse(`${start}T23:59:59.999Z`) : Date.parse(written);
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
