/** Audits as the API shows them. */
import type { Audit, AuditEntry, StoredVerdict } from '../../audits.ts';
import { type AuditedMail, type Report, writeReport } from '../../report/report.ts';
import type { Locale } from '../../rule.ts';
import { sharedWords } from '../../words.ts';
import type { AppOptions } from '../options.ts';
import type { AuditEntryJson, AuditJson } from '../schemas.ts';

/** What has the words of a report. */
type Worded = Pick<AppOptions, 'rules' | 'providers'>;

/** An audit in full: the report's own fields beside those of the audit. */
export function toJson(audit: Audit, worded: Worded, locale: Locale): AuditJson {
  const { id, createdAt, digest, request, state, finishedAt, failure } = audit;
  const fields = { id, createdAt, digest, ...originOf(request), ...mailOf(request) };
  const report = audit.verdict && writeVerdict(audit.verdict, worded, locale, { example: request.example });
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
  return {
    id,
    state,
    createdAt,
    finishedAt,
    digest,
    ...mailOf(request),
    ...originOf(request),
    summary,
    failure,
    ...(failure === null ? {} : { text: failureText(failure, locale) }),
  };
}

/** The report by itself; undefined until the audit is done. */
export function reportOf(audit: Audit, worded: Worded, locale: Locale): Report | undefined {
  const { id, verdict, request, createdAt, finishedAt } = audit;
  const audited = { id, at: finishedAt ?? createdAt, ...mailOf(request) };
  return verdict ? writeVerdict(verdict, worded, locale, { audited, example: request.example }) : undefined;
}

function writeVerdict(
  { ruleSet: _, ...judged }: StoredVerdict,
  { rules, providers }: Worded,
  locale: Locale,
  { audited, example }: { audited?: AuditedMail; example: Audit['request']['example'] },
): Report {
  return writeReport(judged, rules, locale, audited, example !== undefined, providers);
}

/** Which mail it is. */
function mailOf({ from, subject, mailFrom, filename, class: mailClass = 'marketing' }: Audit['request']) {
  return {
    from: from ?? null,
    subject: subject ?? null,
    mailFrom: mailFrom || null,
    filename: filename ?? null,
    class: mailClass,
  };
}

export function failureText(code: string, locale: Locale): string {
  return sharedWords[locale].failures[code] ?? code;
}

function originOf({ example, repeats }: Audit['request']) {
  return { ...(example ? { example } : {}), ...(repeats ? { repeats } : {}) };
}
