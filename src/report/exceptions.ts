/** A verdict as it stands with the exceptions that somebody answers for. The one that is kept knows of none. */
import type { Policy } from '../rule.ts';
import { type Decision, decide, type Finding } from '../verdict.ts';

interface Decided {
  decision: Decision;
  findings: readonly Pick<Finding, 'rule' | 'severity' | 'outcome' | 'gates' | 'waived'>[];
}

/** `excepted`: ids of rules with a live waiver for this digest. Only a major failure can have one (law 1). */
export function withExceptions<V extends Decided>(
  verdict: V,
  excepted: ReadonlySet<string>,
  policy: Pick<Policy, 'gates'>,
): V {
  const isWaived = ({ rule, severity, outcome }: V['findings'][number]) =>
    severity === 'major' && outcome === 'fail' && excepted.has(rule);
  if (!verdict.findings.some(isWaived)) return verdict;
  const findings = verdict.findings.map((finding) =>
    isWaived(finding) ? { ...finding, waived: true } : finding,
  );
  return { ...verdict, findings, decision: decide(findings, policy) };
}
