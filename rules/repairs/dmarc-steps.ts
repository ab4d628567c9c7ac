/** How far DMARC has come, and the record of the next stage. */
import type { Facts, PlannedRecord, StepReading } from '#rule';

type Policy = 'none' | 'quarantine' | 'reject';
const strength = { none: 0, quarantine: 1, reject: 2 };

/** Of the step to `wanted`: done by that policy or a stronger one. */
export function dmarcStep(dmarc: Facts['dmarc'], wanted: Policy): StepReading {
  const { registeredDomain, applied } = dmarc;
  const data = { domain: registeredDomain };
  if (applied === 'unknown') return { state: 'unknown', records: [], data };
  const start = `v=DMARC1; p=${wanted}; rua=mailto:dmarc@${registeredDomain}`;
  const name = `_dmarc.${registeredDomain}`;
  const fresh: PlannedRecord = { type: 'TXT', name, old: null, new: start };
  // A registry's record is not the sender's to change.
  if (applied === 'none' || (applied.isSuffix && applied.record.domain !== registeredDomain)) {
    // One that was meant to be, or several, are mended by their own checks.
    const first = dmarc.author.steps.find(({ domain }) => domain === registeredDomain);
    const free = first === undefined || (first.state === 'none' && first.misspelt === null && !first.isAlias);
    return { state: 'open', records: free ? [fresh] : [], data };
  }
  const { record, policy, effective } = applied;
  const stands = effective ?? policy;
  const reported = wanted !== 'none' || record.rua.length > 0;
  if (stands !== null && strength[stands] >= strength[wanted] && reported) {
    return { state: 'done', records: [], data };
  }
  const next = raised(record.text, wanted, record.rua.length > 0 ? null : `mailto:dmarc@${registeredDomain}`);
  const at = `_dmarc.${record.domain}`;
  const records =
    record.policyFault || next === null ? [] : [{ type: 'TXT', name: at, old: record.text, new: next }];
  return { state: 'open', records, data };
}

/** The same record with this policy; testing (t=y) and the retired pct go, since both would lower it. */
function raised(text: string, wanted: Policy, rua: string | null): string | null {
  const parts = text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean);
  const name = (part: string) => part.split('=')[0]?.trim() ?? '';
  if (!parts.some((part) => name(part) === 'p')) return null;
  const stands = parts
    .filter((part) => !(wanted !== 'none' && ['t', 'pct'].includes(name(part))))
    .map((part) => (name(part) === 'p' && wanted !== 'none' ? `p=${wanted}` : part));
  return [...stands, ...(rua === null ? [] : [`rua=${rua}`])].join('; ');
}
