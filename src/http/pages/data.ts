/** Where data lives, who processes it and for how long (GDPR articles 13 and 28). */
import { html } from 'hono/html';
import type { SuppressionReason, TransportInfo } from '../../ports.ts';
import type { Locale } from '../../rule.ts';
import { country, figure } from './figures.ts';
import type { Markup } from './markup.ts';

const words = {
  en: {
    title: 'Where data lives',
    lead: 'Everything is kept on this server. A reader’s address leaves it only to the sending server that carries the mail, and to the reader’s own mail server.',
    who: 'Who processes it',
    columns: { who: 'Who', what: 'What', where: 'Where' },
    here: 'This server',
    hereWhat: 'Audits, lists, the ledger of each mailing, the suppression list',
    herePlace: 'Where whoever runs the service has put it',
    carries:
      'Each mail and its recipient’s address, while it is handed over, and as long as the provider keeps its logs',
    noServers: 'No sending server is set up, so nothing leaves this one.',
    note: 'You need a data processing agreement with each provider in the table. Servers outside the EU also need a ground for the transfer.',
    kept: 'How long',
    lists: 'Lists and merge values',
    listsFor: (days: string) =>
      `Addresses and merge values of a mailing are forgotten by themselves ${days} days after it has ended. What became of each row stays, without the address.`,
    suppression: 'Suppression list',
    suppressionFor:
      'Who has unsubscribed, reported spam, or has an address that does not exist is never mailed again. We keep a keyed hash of the address and not the address, so nobody can read from it who they are.',
    reasons: {
      'bad-address': 'no such address',
      complaint: 'spam report',
      unsubscribe: 'unsubscribed',
      erased: 'erased',
    },
    counts: 'On it now:',
    person: 'One person',
    personWhy:
      'What is kept of one person is shown, handed out and forgotten under Recipients, by whoever may edit here.',
    ask: 'Search for a recipient',
  },
  sv: {
    title: 'Var uppgifterna finns',
    lead: 'Allt finns på den här servern. En läsares adress lämnar den bara till utskicksservern som skickar mejlet, och till läsarens egen mejlserver.',
    who: 'Vem som behandlar dem',
    columns: { who: 'Vem', what: 'Vad', where: 'Var' },
    here: 'Den här servern',
    hereWhat: 'Granskningar, listor, utfallet för varje mottagare, spärrlistan',
    herePlace: 'Där den som sköter tjänsten har ställt den',
    carries:
      'Varje mejl och mottagarens adress, medan det lämnas över och så länge leverantören sparar sina loggar',
    noServers: 'Ingen utskicksserver är inställd, så inget lämnar den här.',
    note: 'Du behöver ett personuppgiftsbiträdesavtal med varje leverantör i tabellen. Servrar utanför EU kräver också en grund för överföringen.',
    kept: 'Hur länge',
    lists: 'Listor och kopplingsfält',
    listsFor: (days: string) =>
      `Adresser och kopplingsfält i ett utskick glöms av sig själva ${days} dagar efter att det har slutat. Hur det gick för varje rad finns kvar, utan adressen.`,
    suppression: 'Spärrlistan',
    suppressionFor:
      'Den som har avregistrerat sig, anmält skräppost eller har en adress som inte finns får aldrig mer mejl. Vi sparar ett nyckelat fingeravtryck av adressen och inte adressen, så ingen kan läsa ut vem det är.',
    reasons: {
      'bad-address': 'adressen finns inte',
      complaint: 'spamanmälan',
      unsubscribe: 'avregistrerad',
      erased: 'raderad',
    },
    counts: 'På den nu:',
    person: 'En person',
    personWhy:
      'Det som finns om en person visas, lämnas ut och glöms under Mottagare, av den som får redigera här.',
    ask: 'Sök en mottagare',
  },
} as const satisfies Record<Locale, object>;

export interface DataPage {
  transports: readonly TransportInfo[];
  suppressed: Readonly<Record<SuppressionReason, number>> | undefined;
  /** Days after its end that a mailing keeps addresses. */
  keptDays: number;
  /** false: this caller may not look at one person. */
  mayAsk: boolean;
}

export function dataTitle(locale: Locale): string {
  return words[locale].title;
}

export function dataPage(page: DataPage, locale: Locale): Markup {
  const word = words[locale];
  const { transports, suppressed, keptDays, mayAsk } = page;
  return html`<div><h1>${word.title}</h1><p class="lead">${word.lead}</p></div>
${processors(transports, locale)}
<section class="card" aria-labelledby="kept"><h2 id="kept">${word.kept}</h2><dl class="facts"><div><dt>${word.lists}</dt><dd>${word.listsFor(figure(keptDays, locale))}</dd></div><div><dt>${word.suppression}</dt><dd>${word.suppressionFor}${suppressed ? counts(suppressed, locale) : ''}</dd></div></dl></section>
${person(mayAsk, locale)}`;
}

function processors(transports: readonly TransportInfo[], locale: Locale): Markup {
  const word = words[locale];
  const { columns } = word;
  const row = (who: string, what: string, where: Markup | string) =>
    html`<tr><th scope="row">${who}</th><td data-h="${columns.what}">${what}</td><td data-h="${columns.where}"><div>${where}</div></td></tr>`;
  const rows = transports.map(({ provider, country: code, place }) =>
    row(provider, word.carries, html`${country(code, locale)}<span class="under mono">${place}</span>`),
  );
  return html`<section class="card cards history" aria-labelledby="who"><h2 id="who">${word.who}</h2><table><thead><tr>${Object.values(columns).map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${row(word.here, word.hereWhat, word.herePlace)}${rows}</tbody></table><p class="small muted above">${transports.length === 0 ? word.noServers : word.note}</p></section>`;
}

function counts(suppressed: NonNullable<DataPage['suppressed']>, locale: Locale): Markup {
  const word = words[locale];
  const parts = Object.entries(suppressed).map(
    ([reason, count]) => `${word.reasons[reason as SuppressionReason] ?? reason} ${figure(count, locale)}`,
  );
  return html`<br>${word.counts} ${parts.join(', ')}.`;
}

function person(mayAsk: boolean, locale: Locale): Markup {
  const word = words[locale];
  return html`<section class="card" aria-labelledby="person"><h2 id="person">${word.person}</h2><p>${word.personWhy}</p>${mayAsk ? html`<p class="row"><a class="btn" href="/recipients">${word.ask}</a></p>` : ''}</section>`;
}
