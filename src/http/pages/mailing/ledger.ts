/** What became of the recipients: the sums, and each of them. */
import { html } from 'hono/html';
import type { Campaign } from '../../../campaigns/campaign.ts';
import { sayAnswer } from '../../../campaigns/delivery-words.ts';
import type { DeliveryRow, DeliveryState } from '../../../ports.ts';
import type { Locale } from '../../../rule.ts';
import { figure, percent } from '../figures.ts';
import { icon } from '../icons.ts';
import type { Markup } from '../markup.ts';
import { moment } from '../moment.ts';
import { quoted } from '../quoted.ts';
import { leftOutBox } from './left-out.ts';
import { deliveryLooks, deliveryStates, hadTurn, handedOver, sayTurns } from './standing.ts';
import { mailingWords } from './words.ts';

const words = {
  en: {
    ledger: 'Outcomes',
    caption: (count: number) =>
      count === 1
        ? 'There is one recipient.'
        : `Every recipient counts once. Together they are ${figure(count, 'en')}.`,
    handed: (turns: string) => ` ${turns}: handed over is what was accepted, whatever was heard of it since.`,
    columns: { outcome: 'Outcome', count: 'Recipients', share: 'Share', means: 'What it means' },
    decide: 'Decide what became of them',
    outcomes: 'All outcomes (CSV)',
    unsubscribed: (count: number) =>
      count === 1
        ? 'One recipient has unsubscribed since it went out.'
        : `${figure(count, 'en')} recipients have unsubscribed since it went out.`,
    one: 'Search for a recipient',
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
    caption: (count: number) =>
      count === 1
        ? 'Det finns en mottagare.'
        : `Varje mottagare räknas en gång. Tillsammans blir det ${figure(count, 'sv')}.`,
    handed: (turns: string) =>
      ` ${turns}: överlämnat är det som togs emot, vad som än har hörts om det sedan.`,
    columns: { outcome: 'Utfall', count: 'Mottagare', share: 'Andel', means: 'Vad det betyder' },
    decide: 'Bestäm vad som gäller för dem',
    outcomes: 'Alla utfall (CSV)',
    unsubscribed: (count: number) =>
      count === 1
        ? 'En mottagare har avregistrerat sig sedan det gick ut.'
        : `${figure(count, 'sv')} mottagare har avregistrerat sig sedan det gick ut.`,
    one: 'Sök en mottagare',
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

/** How many have unsubscribed, and whether whoever looks may look for one of them. */
export interface Leavers {
  count: number;
  mayAsk: boolean;
}

export function ledgerSection(campaign: Campaign, { count, mayAsk }: Leavers, locale: Locale): Markup {
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
  const turns = sayTurns(
    { handed: handedOver(campaign), rejected: counts.rejected, unknown: counts.unknown },
    locale,
  );
  const left = Object.values(campaign.leftOut).some((count) => count > 0);
  return html`<section class="card cards" aria-labelledby="led"><h2 id="led">${word.ledger}</h2><div id="ledger" data-live>
<table><caption>${word.caption(recipients)}${hadTurn(campaign) === 0 ? '' : word.handed(turns)}</caption><thead><tr>${Object.values(columns).map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows}</tbody></table>${count === 0 ? '' : html`<p class="above">${word.unsubscribed(count)}${mayAsk ? html` <a href="/recipients">${word.one}</a>` : ''}</p>`}</div>
<p class="row above"><a href="/v1/sends/${id}/outcomes.csv?locale=${locale}" download>${word.outcomes}</a></p>${left ? html`<div class="above">${leftOutBox(campaign, locale)}</div>` : ''}</section>`;
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
  /** What is searched for is part of an address: it is posted, so that it stands in no address, history or log. */
  const to = (text: string, look: string, after?: number): Markup => {
    const fields = { search, state: state ?? '', after: after === undefined ? '' : String(after) };
    const asked = Object.entries(fields).filter(([, value]) => value !== '');
    if (search === '')
      return html`<a class="${look}" href="/mailings/${id}?${new URLSearchParams(asked).toString()}#people">${text}</a>`;
    const hidden = asked.map(([key, value]) => html`<input type="hidden" name="${key}" value="${value}">`);
    return html`<form action="/mailings/${id}/people#people" method="post">${hidden}<button class="${look}">${text}</button></form>`;
  };
  const options = deliveryStates.map(
    (one) => html`<option value="${one}"${one === state ? html` selected` : ''}>${said[one].name}</option>`,
  );
  return html`<section class="card cards" id="people" aria-labelledby="people-h"><h2 id="people-h">${word.people}</h2>
<form class="finder" id="find-people" action="/mailings/${id}/people#people" method="post"><div class="field"><label for="search">${word.search}</label><input id="search" name="search" type="search" maxlength="320" autocomplete="off" value="${search}"></div><div class="field"><label for="state">${word.state}</label><select id="state" name="state"><option value="">${word.any}</option>${options}</select></div><button class="btn">${word.find}</button></form>
${rows.length === 0 ? html`<p>${word.none}</p>` : html`<table class="people"><thead><tr><th scope="col">${word.address}</th><th scope="col">${word.state}</th><th scope="col">${word.when}</th><th scope="col">${word.said}</th></tr></thead><tbody>${rows.map((row) => personRow(row, name, now, locale))}</tbody></table>`}
${next === undefined && first ? '' : html`<nav class="row above" aria-label="${word.pages}">${first ? '' : to(word.first, 'link')}${next === undefined ? '' : to(word.next, 'btn', next)}</nav>`}</section>`;
}

function personRow(row: DeliveryRow, name: (transport: string) => string, now: Date, locale: Locale): Markup {
  const word = words[locale];
  const { address, state, settledAt, attemptedAt, route, response } = row;
  const [look, shape] = deliveryLooks[state];
  const when = settledAt ?? attemptedAt;
  const answer = sayAnswer(row, locale);
  return html`<tr><th scope="row">${address === null ? html`<span class="muted">${word.erased}</span>` : quoted(address, 'address')}</th><td data-h="${word.state}"><span class="state ${look}">${icon(shape)} ${mailingWords[locale].deliveries[state].name}</span></td><td data-h="${word.when}">${when === null ? html`<span class="void">–</span>` : html`<div>${moment(when, locale, now)}${route === null ? '' : html`<span class="under">${name(route)}</span>`}</div>`}</td><td data-h="${word.said}"><div>${answer ?? (response ? '' : html`<span class="void">–</span>`)}${response ? html`<span class="under">${quoted(response)}</span>` : ''}</div></td></tr>`;
}
