/** How findings stand, in what order and which together: the one count that every form of a report tells. */
import type { DnsEvidence } from '../facts/facts.ts';
import type { Finding } from '../verdict.ts';
import type { ReportFinding } from './report.ts';

export type Standing = Pick<Finding, 'outcome' | 'reason' | 'gates' | 'waived'>;

/** It failed, and the mail does not go as long as it stands. */
export function stopsMail({ outcome, gates, waived }: Standing): boolean {
  return outcome === 'fail' && gates && !waived;
}

/** It failed, and somebody answers for it that the mail goes all the same. */
export function isExcepted({ outcome, gates, waived }: Standing): boolean {
  return outcome === 'fail' && gates && waived;
}

/** Somebody answers for the failure, and by some routes there is no answer that anybody could answer for. */
export function isHeld(finding: Standing & Pick<Finding, 'unansweredBy'>): boolean {
  return isExcepted(finding) && (finding.unansweredBy?.length ?? 0) > 0;
}

/** It does not apply so far: it needs an answer that another check asks for. */
export function waits({ outcome, reason }: Pick<Finding, 'outcome' | 'reason'>): boolean {
  return outcome === 'not-applicable' && (reason === 'no-mail-from' || reason === 'no-selector');
}

/** By choice, and nothing waits for it. */
export function isLeftOut({ reason, gates }: Standing): boolean {
  return reason === 'left-out' && !gates;
}

/** Whatever the cause: what has no answer has not passed. Counted alike wherever a number is told. */
export function lacksAnswer(finding: Standing): boolean {
  return (finding.outcome === 'unknown' && !isLeftOut(finding)) || waits(finding);
}

/** Failures and unknowns, what gates first, then by severity. */
export function inOrder(findings: readonly ReportFinding[]): ReportFinding[] {
  const rank = { blocker: 0, major: 1, minor: 2, advice: 3 };
  return findings
    .filter(({ outcome }) => outcome === 'fail' || outcome === 'unknown')
    .sort(
      (one, two) =>
        Number(two.gates) - Number(one.gates) ||
        Number(one.outcome === 'unknown') - Number(two.outcome === 'unknown') ||
        rank[one.severity] - rank[two.severity],
    );
}

/** What stands for the same cause. */
export type Group = [ReportFinding, ...ReportFinding[]];

/** What is open for the same cause stands together: one question, one silence of DNS, or one note for all. */
export function inGroups(findings: readonly ReportFinding[]): Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const cause = causeOf(finding);
    const group = groups.get(cause);
    if (group) group.push(finding);
    else groups.set(cause, [finding]);
  }
  return [...groups.values()];
}

function causeOf({ rule, outcome, gates, note, ask, reason }: ReportFinding): string {
  if (outcome !== 'unknown') return `rule ${rule}`;
  if (ask) return `ask ${ask}`;
  if (reason === 'unanswered') return 'silence';
  return note ? `${gates} ${note}` : `rule ${rule}`;
}

/** The question of a finding that DNS did not answer. */
export function silentIn({ evidence }: Pick<Finding, 'evidence'>): DnsEvidence | undefined {
  return evidence
    .filter((one): one is DnsEvidence => one.kind === 'dns')
    .find(({ status }) => !answers.has(status));
}

/** That there is no record is an answer as well. */
const answers = new Set<DnsEvidence['status']>(['answered', 'nodata', 'nxdomain']);

/** What none of them got an answer to, each question once; empty unless that is what they have in common. */
export function silences(group: Group): DnsEvidence[] {
  if (group[0].ask || group[0].reason !== 'unanswered') return [];
  const found = group.map(silentIn).filter((one) => one !== undefined);
  return [...new Map(found.map((one) => [`${one.name} ${one.type}`, one])).values()];
}
