/** The decision: one signal, one sentence, and what can be done with it. */
import { html } from 'hono/html';
import { headline, type Report, scoreLine, summary } from '../../report/report.ts';
import type { Locale } from '../../rule.ts';
import { sharedWords } from '../../words.ts';
import { countsOf } from './area.ts';
import type { Markup } from './markup.ts';
import { signal } from './signal.ts';

const words = {
  en: {
    again: 'Audit again',
    download: 'Download the report:',
    formats: { html: 'page', json: 'JSON', text: 'text' },
    checks: (count: number, parts: string) => `${count} checks: ${parts}.`,
  },
  sv: {
    again: 'Granska igen',
    download: 'Ladda ner rapporten:',
    formats: { html: 'sida', json: 'JSON', text: 'text' },
    checks: (count: number, parts: string) => `${count} kontroller: ${parts}.`,
  },
} as const satisfies Record<Locale, object>;

const formats = ['html', 'json', 'text'] as const;

/** `audit`: its id, for what leads on; without it the decision stands by itself. */
export function decisionBox(report: Report, audit: string | undefined, locale: Locale): Markup {
  const word = words[locale];
  const { decision, findings } = report;
  const counts = countsOf(findings, locale).map(({ text }) => text);
  return html`<section class="decision ${decision}" aria-labelledby="decision">${signal(decision)}<div>
<h1 id="decision">${headline(report, locale)}</h1><p class="lead">${summary(report, locale)}</p>
${audit === undefined ? '' : actions(audit, locale)}
<p class="small muted">${word.checks(findings.length, counts.join(', '))} ${scoreLine(report, locale)} ${sharedWords[locale].scope}</p></div></section>`;
}

function actions(audit: string, locale: Locale): Markup {
  const word = words[locale];
  const links = formats.map(
    (format) =>
      html`<a href="/v1/audits/${audit}/report?format=${format}&amp;download" download>${word.formats[format]}</a>`,
  );
  return html`<div class="row noprint actions"><form action="/audits/${audit}/again" method="post"><button class="btn main">${word.again}</button></form><p class="row near"><span>${word.download}</span>${links}</p></div>`;
}
