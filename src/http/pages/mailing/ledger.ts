/** What became of the recipients: the sums, and each of them. */
import { html } from 'hono/html';
import type { Campaign } from '../../../campaigns/campaign.ts';
import type { DeliveryRow, DeliveryState } from '../../../ports.ts';
import type { Locale } from '../../../rule.ts';
import { figure, percent } from '../figures.ts';
import { icon } from '../icons.ts';
import type { Markup } from '../markup.ts';
import { moment } from '../moment.ts';
import { quoted } from '../quoted.ts';
import { deliveryLooks, deliveryStates } from './standing.ts';
import { mailingWords } from './words.ts';

const words = {
  en: {
    ledger: 'Outcomes',
    caption: (count: string) => `Every recipient counts once. Together they are ${count}.`,
    columns: { outcome: 'Outcome', count: 'Recipients', share: 'Share', means: 'What it means' },
    decide: 'Decide what became of them',
    outcomes: 'All outcomes (CSV)',
    leftOut: 'Lines left out (CSV)',
    people: 'Recipients',
    search: 'Part of the address',
    state: 'Outcome',
    any: 'All',
    find: 'Show',
    none: 'No recipient fits.',
    address: 'Address',
    when: 'When',
    said: 'What was said',
    erased: 'Erased',
    next: 'Next',
    first: 'First',
    pages: 'Pages',
  },
  sv: {
    ledger: 'Utfall',
    caption: (count: string) => `Varje mottagare räknas en gång. Tillsammans blir det ${count}.`,
    columns: { outcome: 'Utfall', count: 'Mottagare', share: 'Andel', means: 'Vad det betyder' },
    decide: 'Bestäm vad som gäller för dem',
    outcomes: 'Alla utfall (CSV)',
    leftOut: 'Utelämnade rader (CSV)',
    people: 'Mottagare',
    search: 'Del av adressen',
    state: 'Utfall',
    any: 'Alla',
    find: 'Visa',
    none: 'Ingen mottagare stämmer.',
    address: 'Adress',
    when: 'När',
    said: 'Svar',
    erased: 'Raderad',
    next: 'Nästa',
    first: 'Första',
    pages: 'Sidor',
  },
} as const satisfies Record<Locale, object>;

export function ledgerSection(campaign: Campaign, locale: Locale): Markup {
  const word = words[locale];
  const { columns } = word;
  const { id, counts, recipients } = campaign;
  const rows = deliveryStates
    .filter((state) => counts[state] > 0)
    .map((state) => {
      const { name, means } = mailingWords[locale].deliveries[state];
      const [look, shape] = deliveryLooks[state];
      const share = recipients === 0 ? 0 : counts[state] / recipients;
      return html`<tr><th scope="row"><span class="state ${look}">${icon(shape)} ${name}</span></th><td data-h="${columns.count}"><a href="/mailings/${id}?state=${state}#people">${figure(counts[state], locale)}<span class="vh"> ${name}</span></a></td><td data-h="${columns.share}">${percent(share, locale)}</td><td data-h="${columns.means}"><div>${means}${state === 'unknown' ? html` <a href="/mailings/${id}/unknown">${word.decide}</a>` : ''}</div></td></tr>`;
    });
  const left = Object.values(campaign.leftOut).some((count) => count > 0);
  return html`<section class="card cards" aria-labelledby="led"><h2 id="led">${word.ledger}</h2><div id="ledger" data-live>
<table><caption>${word.caption(figure(recipients, locale))}</caption><thead><tr>${Object.values(columns).map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>
<p class="row above"><a href="/v1/sends/${id}/outcomes.csv" download>${word.outcomes}</a>${left ? html`<a href="/v1/sends/${id}/left-out.csv" download>${word.leftOut}</a>` : ''}</p></section>`;
}

/** A page of recipients, and what it was asked for. */
export interface People {
  rows: readonly DeliveryRow[];
  search: string;
  state: DeliveryState | undefined;
  /** Number after which the next page goes on. */
  next: number | undefined;
  /** false: this is not the first page. */
  first: boolean;
}

export function peopleSection(
  { id }: Campaign,
  { rows, search, state, next, first }: People,
  name: (transport: string) => string,
  now: Date,
  locale: Locale,
): Markup {
  const word = words[locale];
  const said = mailingWords[locale].deliveries;
  const query = (after?: number) =>
    new URLSearchParams({
      ...(search ? { search } : {}),
      ...(state ? { state } : {}),
      ...(after === undefined ? {} : { after: String(after) }),
    }).toString();
  const options = deliveryStates.map(
    (one) => html`<option value="${one}"${one === state ? html` selected` : ''}>${said[one].name}</option>`,
  );
  return html`<section class="card cards" id="people" aria-labelledby="people-h"><h2 id="people-h">${word.people}</h2>
<form class="finder" action="/mailings/${id}#people" method="get"><div class="field"><label for="search">${word.search}</label><input id="search" name="search" type="search" maxlength="320" autocomplete="off" value="${search}"></div><div class="field"><label for="state">${word.state}</label><select id="state" name="state"><option value="">${word.any}</option>${options}</select></div><button class="btn">${word.find}</button></form>
${rows.length === 0 ? html`<p>${word.none}</p>` : html`<table class="people"><thead><tr><th scope="col">${word.address}</th><th scope="col">${word.state}</th><th scope="col">${word.when}</th><th scope="col">${word.said}</th></tr></thead><tbody>${rows.map((row) => personRow(row, name, now, locale))}</tbody></table>`}
${next === undefined && first ? '' : html`<nav class="row above" aria-label="${word.pages}">${first ? '' : html`<a href="/mailings/${id}?${query()}#people">${word.first}</a>`}${next === undefined ? '' : html`<a class="btn" rel="next" href="/mailings/${id}?${query(next)}#people">${word.next}</a>`}</nav>`}</section>`;
}

function personRow(row: DeliveryRow, name: (transport: string) => string, now: Date, locale: Locale): Markup {
  const word = words[locale];
  const { address, state, settledAt, attemptedAt, route, code, enhanced, response, bounceClass } = row;
  const [look, shape] = deliveryLooks[state];
  const when = settledAt ?? attemptedAt;
  const reason = bounceClass === null ? undefined : mailingWords[locale].bounces[bounceClass];
  const heard = [code, enhanced].filter(Boolean).join(' ');
  return html`<tr><th scope="row">${address === null ? html`<span class="muted">${word.erased}</span>` : quoted(address, 'address')}</th><td data-h="${word.state}"><span class="state ${look}">${icon(shape)} ${mailingWords[locale].deliveries[state].name}</span></td><td data-h="${word.when}">${when === null ? html`<span class="void">–</span>` : html`<div>${moment(when, locale, now)}${route === null ? '' : html`<span class="under">${name(route)}</span>`}</div>`}</td><td data-h="${word.said}"><div>${reason ?? ''}${heard || response ? html`<span class="under">${heard ? html`<code>${heard}</code> ` : ''}${response ? quoted(response) : ''}</span>` : reason ? '' : html`<span class="void">–</span>`}</div></td></tr>`;
}
