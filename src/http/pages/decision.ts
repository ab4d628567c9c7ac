/** The decision: one signal, one sentence, and what can be done with it. */
import { html } from 'hono/html';
import type { Report } from '../../report/report.ts';
import { spamLine } from '../../report/spam.ts';
import { spamEngines, spamEnginesNote } from '../../report/spam-engines.ts';
import { headline, scoreLine, summary } from '../../report/summary.ts';
import { visitsLine } from '../../report/visits.ts';
import type { Locale } from '../../rule.ts';
import { sharedWords } from '../../words.ts';
import { countsOf } from './area.ts';
import type { Markup } from './markup.ts';
import { signal } from './signal.ts';

const words = {
  en: {
    send: 'Make a mailing',
    again: 'Audit again',
    same: 'Same mail, fresh DNS answers.',
    download: 'Download:',
    formats: { html: 'page', text: 'text', json: 'for programs (JSON)' },
    checks: (count: number, parts: string) => `${count} checks: ${parts}.`,
  },
  sv: {
    send: 'Gör ett utskick',
    again: 'Granska igen',
    same: 'Samma mejl, nya DNS-svar.',
    download: 'Ladda ner:',
    formats: { html: 'sida', text: 'text', json: 'för program (JSON)' },
    checks: (count: number, parts: string) => `${count} kontroller: ${parts}.`,
  },
} as const satisfies Record<Locale, object>;

const formats = ['html', 'text', 'json'] as const;

/** `audit`: its id, for what leads on; without it the decision stands by itself. `sends`: a mailing may be made of it. */
export function decisionBox(
  report: Report,
  audit: string | undefined,
  sends: boolean,
  locale: Locale,
): Markup {
  const word = words[locale];
  const { decision, findings } = report;
  const visits = visitsLine(report, locale);
  const counts = countsOf(findings, locale).map(({ text }) => text);
  return html`<section class="decision ${decision}" aria-labelledby="decision">${signal(decision)}<div>
<h1 id="decision">${headline(report, locale)}</h1><p class="lead">${summary(report, locale)}</p>
<p>${sharedWords[locale].scope}</p>
${audit === undefined ? '' : actions(audit, sends, locale)}
<p class="small muted">${word.checks(findings.length, counts.join(', '))} ${scoreLine(report, locale)} ${spamLine(report, locale)}</p>${visits ? html`<p class="small muted">${visits}</p>` : ''}${engines(report, locale)}</div></section>`;
}

/** Each spam filter that was asked, with the rules behind its score folded away. */
function engines(report: Report, locale: Locale): Markup | string {
  const asked = spamEngines(report, locale);
  if (asked.length === 0) return '';
  const each = asked.map(({ line, rules }) =>
    rules.length === 0
      ? html`<p class="small muted">${line}</p>`
      : html`<details class="small"><summary>${line}</summary><pre>${rules.join('\n')}</pre></details>`,
  );
  return html`${each}<p class="small muted">${spamEnginesNote(locale)}</p>`;
}

function actions(audit: string, sends: boolean, locale: Locale): Markup {
  const word = words[locale];
  const links = formats.map(
    (format, i) =>
      html`${i === 0 ? '' : html`<span aria-hidden="true">·</span>`}<a href="/v1/audits/${audit}/report?format=${format}&amp;download" download>${word.formats[format]}</a>`,
  );
  return html`<div class="row noprint actions">${sends ? html`<a class="btn main" href="/mailings/new?audit=${audit}">${word.send}</a>` : ''}<form action="/audits/${audit}/again" method="post"><button class="btn${sends ? '' : ' main'}" aria-describedby="same">${word.again}</button><p class="small muted same" id="same">${word.same}</p></form><p class="row near"><span>${word.download}</span>${links}</p></div>`;
}
