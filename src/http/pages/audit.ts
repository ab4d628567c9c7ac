/** One audit: under way, failed, or its report. */
import { html } from 'hono/html';
import type { Audit } from '../../audits.ts';
import { headline } from '../../report/summary.ts';
import type { Locale } from '../../rule.ts';
import { sharedWords } from '../../words.ts';
import { aboutAudit } from './about.ts';
import { icon, sprite } from './icons.ts';
import type { Markup } from './markup.ts';
import { progressPage, progressTitle } from './progress.ts';
import { faultyTitle, reportPage } from './report.ts';
import type { Shown } from './shown.ts';

const words = {
  en: { failed: 'The audit did not finish', again: 'Audit again' },
  sv: { failed: 'Granskningen blev inte klar', again: 'Granska igen' },
} as const satisfies Record<Locale, object>;

/** `faults`: how many things are to be corrected in what was handed in. */
export function auditTitle(audit: Audit, locale: Locale, faults = 0): string {
  if (audit.state === 'failed') return words[locale].failed;
  if (!audit.verdict) return progressTitle(locale);
  const title = headline(audit.verdict, locale);
  return faults > 0 ? faultyTitle(title, faults, locale) : title;
}

/** The page's body. Everything that was handed in or comes from DNS stands in it as text. */
export function auditPage(audit: Audit, shown: Shown, locale: Locale): Markup {
  const { standalone = false, now = new Date() } = shown;
  const { state, verdict } = audit;
  const about = aboutAudit(audit, !standalone, locale);
  const body =
    state === 'failed'
      ? failedPage(audit, about, standalone, locale)
      : verdict
        ? reportPage({ ...audit, verdict }, about, shown, locale)
        : progressPage(audit, about, now, locale);
  return standalone ? html`${body}${sprite()}` : body;
}

function failedPage({ id, failure }: Audit, about: Markup, standalone: boolean, locale: Locale): Markup {
  const word = words[locale];
  const { failures } = sharedWords[locale];
  const text = failures[failure ?? ''] ?? failures.crashed;
  return html`<div>${about}<h1>${word.failed}</h1><div class="note blocked" role="alert"><p>${icon('fail')} ${text}</p></div></div>
${standalone ? '' : html`<form action="/audits/${id}/again" method="post"><button class="btn main">${word.again}</button></form>`}`;
}
