/** Audits as the API shows them. */
import type { Audit, AuditEntry } from '../../audits.ts';
import { type Report, writeReport } from '../../report/report.ts';
import type { Locale } from '../../rule.ts';
import type { Rules } from '../../verdict.ts';
import { sharedWords } from '../../words.ts';
import type { AuditEntryJson, AuditJson } from '../schemas.ts';

/** An audit in full: the report's own fields beside those of the audit. */
export function toJson(audit: Audit, rules: Rules, locale: Locale): AuditJson {
  const { id, createdAt, digest, request, state, finishedAt, failure } = audit;
  const fields = { id, createdAt, digest, ...originOf(request) };
  const report = reportOf(audit, rules, locale);
  if (state === 'done' && audit.verdict && report && finishedAt) {
    const { ruleSet } = audit.verdict;
    return { ...fields, state, finishedAt, ruleSet, ...report } as unknown as AuditJson;
  }
  if (state === 'failed' && finishedAt) {
    const code = failure ?? 'crashed';
    return { ...fields, state, finishedAt, failure: code, text: failureText(code, locale) };
  }
  return {
    ...fields,
    state: state === 'running' ? 'running' : 'queued',
    progress: audit.progress.map((step) => ({ ...step })),
  };
}

/** A row of the list. */
export function toEntryJson(entry: AuditEntry, locale: Locale): AuditEntryJson {
  const { id, state, createdAt, finishedAt, digest, request, summary, failure } = entry;
  const { from, subject, mailFrom, filename } = request;
  return {
    id,
    state,
    createdAt,
    finishedAt,
    digest,
    from: from ?? null,
    subject: subject ?? null,
    mailFrom: mailFrom || null,
    filename: filename ?? null,
    class: request.class ?? 'marketing',
    ...originOf(request),
    summary,
    failure,
    ...(failure === null ? {} : { text: failureText(failure, locale) }),
  };
}

/** The report by itself; undefined until the audit is done. */
export function reportOf({ verdict }: Audit, rules: Rules, locale: Locale): Report | undefined {
  if (!verdict) return undefined;
  const { ruleSet: _, ...judged } = verdict;
  return writeReport(judged, rules, locale);
}

export function failureText(code: string, locale: Locale): string {
  return sharedWords[locale].failures[code] ?? code;
}

function originOf({ example, repeats }: Audit['request']) {
  return { ...(example ? { example } : {}), ...(repeats ? { repeats } : {}) };
}
