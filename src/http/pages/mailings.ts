/** Mailings, newest first. */
import { html } from 'hono/html';
import type { Campaign } from '../../campaigns/campaign.ts';
import type { Locale } from '../../rule.ts';
import { figure, wholePercent } from './figures.ts';
import { icon } from './icons.ts';
import { campaignLooks, hadTurn, lookOf } from './mailing/standing.ts';
import { mailingWords } from './mailing/words.ts';
import type { Markup } from './markup.ts';
import { moment } from './moment.ts';
import { quoted } from './quoted.ts';

const words = {
  en: {
    title: 'Mailings',
    lead: 'A mailing is one mail to many recipients. It goes only with a clearance.',
    new: 'New mailing',
    columns: {
      mail: 'Mail',
      state: 'State',
      progress: 'Have had their turn',
      route: 'Goes by',
      when: 'Made',
    },
    of: (done: string, all: string) => `${done} of ${all}`,
    starts: 'Starts',
    empty: 'No mailings yet',
    start: 'Audit a mail first. When it is clear to send, you make a mailing of it here.',
    older: 'Older',
    newest: 'Newest',
    pages: 'Pages',
    end: 'There are no older mailings.',
  },
  sv: {
    title: 'Utskick',
    lead: 'Ett utskick är ett mejl till många mottagare. Det går bara iväg med klarsignal.',
    new: 'Nytt utskick',
    columns: { mail: 'Mejl', state: 'Läge', progress: 'Har haft sin tur', route: 'Går med', when: 'Skapat' },
    of: (done: string, all: string) => `${done} av ${all}`,
    starts: 'Börjar',
    empty: 'Inga utskick än',
    start: 'Granska först ett mejl. När det är klart att skicka gör du ett utskick av det här.',
    older: 'Äldre',
    newest: 'Senaste',
    pages: 'Sidor',
    end: 'Det finns inga äldre utskick.',
  },
} as const satisfies Record<Locale, object>;

export interface MailingsPage {
  campaigns: readonly Campaign[];
  older: string | undefined;
  newest: boolean;
  now: Date;
  /** Of a sending server by its id. */
  name(transport: string): string;
}

export function mailingsTitle(locale: Locale): string {
  return words[locale].title;
}

export function mailingsPage({ campaigns, older, newest, now, name }: MailingsPage, locale: Locale): Markup {
  const word = words[locale];
  const start = html`<a class="btn main" href="/mailings/new">${word.new}</a>`;
  if (campaigns.length === 0)
    return newest
      ? html`<div><h1>${word.empty}</h1><p class="lead">${word.start}</p><p class="row">${start}</p></div>`
      : html`<div><h1>${word.title}</h1><p class="lead">${word.end}</p><p><a href="/mailings">${word.newest}</a></p></div>`;
  const head = Object.values(word.columns).map((text) => html`<th scope="col">${text}</th>`);
  return html`<div><div class="row ends"><h1>${word.title}</h1>${start}</div><p class="lead">${word.lead}</p></div>
<div class="card cards history"><table><thead><tr>${head}</tr></thead><tbody>${campaigns.map((one) => row(one, { name, now }, locale))}</tbody></table></div>
${older === undefined && newest ? '' : html`<nav class="row" aria-label="${word.pages}">${newest ? '' : html`<a href="/mailings">${word.newest}</a>`}${older === undefined ? '' : html`<a class="btn" rel="next" href="/mailings?before=${older}">${word.older}</a>`}</nav>`}`;
}

function row(campaign: Campaign, { name, now }: Pick<MailingsPage, 'name' | 'now'>, locale: Locale): Markup {
  const word = words[locale];
  const said = mailingWords[locale];
  const { id, subject, domain, recipients, route, createdAt, startsAt, importing, begins } = campaign;
  const look = lookOf(campaign);
  const later = look === 'queued' && startsAt !== null && startsAt > now.toISOString();
  const [state, shape] = campaignLooks[look];
  const done = hadTurn(campaign);
  const share = recipients === 0 ? 0 : done / recipients;
  const counts = word.of(figure(done, locale), figure(recipients, locale));
  const progress =
    recipients === 0 || importing || look === 'to-confirm' || look === 'nobody'
      ? recipients === 0
        ? '–'
        : said.recipients(recipients)
      : html`<div>${wholePercent(share, locale)} <span class="under">${counts}</span><progress value="${done}" max="${recipients}" aria-label="${counts}"></progress></div>`;
  return html`<tr><th scope="row"><a href="/mailings/${id}">${subject ? quoted(subject) : said.nameless}</a><span class="under">${quoted(domain, 'address')}</span></th>
<td data-h="${word.columns.state}"><div><span class="state ${state}">${icon(shape)} ${said.states[look].short}</span>${later ? html`<span class="under">${word.starts} ${moment(startsAt, locale, now)}</span>` : ''}</div></td>
<td data-h="${word.columns.progress}">${progress}</td>
<td data-h="${word.columns.route}">${route === null ? '–' : name(begins?.route ?? route)}</td>
<td data-h="${word.columns.when}">${moment(createdAt, locale, now)}</td></tr>`;
}
