/** Earlier audits, newest first. */
import { html } from 'hono/html';
import type { AuditSummary } from '../../audits.ts';
import { headline } from '../../report/summary.ts';
import type { Locale } from '../../rule.ts';
import { type Icon, icon, type State } from './icons.ts';
import type { Markup } from './markup.ts';
import { moment } from './moment.ts';
import type { PresentEntry } from './present.ts';
import { quoted } from './quoted.ts';
import { decisionIcons } from './signal.ts';

const words = {
  en: {
    title: 'Reports',
    lead: 'Every audit that has been made, newest first.',
    columns: { mail: 'Mail', decision: 'Decision', counts: 'To do', when: 'When' },
    nameless: '(no subject)',
    states: { queued: 'Waiting', running: 'Under way', failed: 'Did not finish', done: 'Done' },
    stops: (count: number) => (count === 1 ? '1 stops the mail' : `${count} stop the mail`),
    open: 'Answers are missing',
    nothing: 'Nothing',
    example: 'Example',
    again: 'Audited again',
    newest: 'Newest',
    older: 'Older',
    pages: 'Pages',
    empty: 'No reports yet',
    start: 'When you have audited a mail, its report stays here.',
    first: 'Audit a mail',
    end: 'There are no older reports.',
  },
  sv: {
    title: 'Rapporter',
    lead: 'Alla granskningar som har gjorts, den senaste först.',
    columns: { mail: 'Mejl', decision: 'Besked', counts: 'Att göra', when: 'När' },
    nameless: '(inget ämne)',
    states: { queued: 'Väntar', running: 'Pågår', failed: 'Blev inte klar', done: 'Klar' },
    stops: (count: number) => `${count} stoppar mejlet`,
    open: 'Svar saknas',
    nothing: 'Inget',
    example: 'Exempel',
    again: 'Granskat igen',
    newest: 'Senaste',
    older: 'Äldre',
    pages: 'Sidor',
    empty: 'Inga rapporter ännu',
    start: 'När du har granskat ett mejl finns rapporten kvar här.',
    first: 'Granska ett mejl',
    end: 'Det finns inga äldre rapporter.',
  },
} as const satisfies Record<Locale, object>;

export interface HistoryPage {
  entries: readonly PresentEntry[];
  /** Id after which the next page goes on. */
  older?: string | undefined;
  /** false: this is not the newest page. */
  newest: boolean;
}

export function historyTitle(locale: Locale): string {
  return words[locale].title;
}

export function historyPage({ entries, older, newest }: HistoryPage, locale: Locale): Markup {
  const word = words[locale];
  if (entries.length === 0) {
    return newest
      ? html`<div><h1>${word.empty}</h1><p class="lead">${word.start}</p><p class="row"><a class="btn main" href="/">${word.first}</a></p></div>`
      : html`<div><h1>${word.title}</h1><p class="lead">${word.end}</p><p><a href="/audits">${word.newest}</a></p></div>`;
  }
  const { mail, decision, counts, when } = word.columns;
  return html`<div><h1>${word.title}</h1><p class="lead">${word.lead}</p></div>
<div class="card cards history"><table><thead><tr><th scope="col">${mail}</th><th scope="col">${decision}</th><th scope="col">${counts}</th><th scope="col">${when}</th></tr></thead>
<tbody>${entries.map((entry) => row(entry, entries, locale))}</tbody></table></div>
${older === undefined && newest ? '' : html`<nav class="row" aria-label="${word.pages}">${newest ? '' : html`<a href="/audits">${word.newest}</a>`}${older === undefined ? '' : html`<a class="btn" rel="next" href="/audits?before=${older}">${word.older}</a>`}</nav>`}`;
}

/** File and sending subdomain, where mails of the same subject and sender on the page differ in them. */
function tellingApart({ request }: PresentEntry, entries: readonly PresentEntry[]): string[] {
  const alike = entries.filter(
    (one) => one.request.subject === request.subject && one.request.from === request.from,
  );
  return (['filename', 'mailFrom'] as const).flatMap((name) => {
    const value = request[name];
    return value && new Set(alike.map((one) => one.request[name])).size > 1 ? [value] : [];
  });
}

function row(entry: PresentEntry, entries: readonly PresentEntry[], locale: Locale): Markup {
  const word = words[locale];
  const { id, request, createdAt, finishedAt, summary } = entry;
  const { subject, from, example, repeats } = request;
  const [state, shape, text] = standing(entry, locale);
  const kind = [...(example ? [word.example] : []), ...(repeats ? [word.again] : [])].join(', ');
  const more = tellingApart(entry, entries).map((text) => html` · ${quoted(text, 'address')}`);
  return html`<tr><th scope="row"><a href="/audits/${id}">${subject ? quoted(subject) : word.nameless}</a>${from ? html`<span class="under">${quoted(from, 'address')}${more}</span>` : ''}${kind ? html`<span class="under">${kind}</span>` : ''}</th>
<td data-h="${word.columns.decision}"><span class="state ${state}">${icon(shape)} ${text}</span></td>
<td data-h="${word.columns.counts}">${summary ? todo(summary, locale) : '–'}</td>
<td data-h="${word.columns.when}">${moment(finishedAt ?? createdAt, locale)}</td></tr>`;
}

function standing({ state, summary, excepted }: PresentEntry, locale: Locale): [State, Icon, string] {
  const { states } = words[locale];
  if (summary)
    return [summary.decision, decisionIcons[summary.decision], headline({ ...summary, excepted }, locale)];
  // `done` without a summary: judged before summaries were kept; its report has the decision.
  const looks: Record<PresentEntry['state'], [State, Icon]> = {
    queued: ['quiet', 'wait'],
    running: ['advice', 'run'],
    failed: ['blocked', 'fail'],
    done: ['advice', 'info'],
  };
  return [...looks[state], states[state]];
}

function todo(
  { mustFix, shouldFix, unchecked, partial, simulated }: AuditSummary,
  locale: Locale,
): Markup | string {
  const word = words[locale];
  const stopping = mustFix + shouldFix;
  // How many the report says, which also counts what can stop no mail.
  const parts = [...(stopping > 0 ? [word.stops(stopping)] : []), ...(unchecked > 0 ? [word.open] : [])];
  // A trial without faults still leaves the real audit to be made.
  return parts.length === 0
    ? partial || simulated
      ? '–'
      : word.nothing
    : html`<span>${parts.map((part, i) => html`${i === 0 ? '' : html`<br>`}${part}`)}</span>`;
}
