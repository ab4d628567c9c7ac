/** Where data lives, who processes it, and how one person is shown or forgotten (GDPR articles 13, 15, 17, 28). */
import { html } from 'hono/html';
import type { SuppressionReason, TransportInfo } from '../../ports.ts';
import type { Recipient } from '../../recipients.ts';
import type { Locale } from '../../rule.ts';
import { field } from './field.ts';
import { country, figure } from './figures.ts';
import { icon } from './icons.ts';
import { mailingWords } from './mailing/words.ts';
import type { Markup } from './markup.ts';
import { moment } from './moment.ts';
import { quoted } from './quoted.ts';

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
    personWhy: 'See what is known of one person, to show it to them or to forget it.',
    address: 'Mail address',
    show: 'Show',
    invalid: 'This is not one mail address. Write it as name@example.com.',
    about: 'What is known of',
    nothing: 'Nothing is known of this address.',
    mails: 'Mailings',
    mail: 'Mailing',
    outcome: 'Outcome',
    when: 'When',
    values: 'Merge values',
    suppressed: 'No mail goes there:',
    export: 'Save it as a file (JSON)',
    forget: 'Forget this person',
    forgetWhy:
      'Address and merge values are erased everywhere, what waits is cancelled, and nobody here can mail them again. It cannot be undone.',
    sure: 'I want to forget them for good',
    erased: 'The person is forgotten',
    erasedWhy: (count: string) =>
      `Erased in ${count} rows. A keyed hash stays, so that nobody mails there again.`,
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
    personWhy: 'Se vad som finns om en person, för att visa personen det eller glömma det.',
    address: 'Mejladress',
    show: 'Visa',
    invalid: 'Det här är inte en mejladress. Skriv den som namn@exempel.se.',
    about: 'Det här är känt om',
    nothing: 'Inget är känt om adressen.',
    mails: 'Utskick',
    mail: 'Utskick',
    outcome: 'Utfall',
    when: 'När',
    values: 'Kopplingsfält',
    suppressed: 'Inga mejl går dit:',
    export: 'Spara som fil (JSON)',
    forget: 'Glöm personen',
    forgetWhy:
      'Adress och kopplingsfält raderas överallt, det som väntar avbryts, och ingen här kan mejla personen igen. Det går inte att ångra.',
    sure: 'Jag vill glömma personen för gott',
    erased: 'Personen är glömd',
    erasedWhy: (count: string) =>
      `Raderad i ${count} rader. Ett nyckelat fingeravtryck finns kvar, så att ingen mejlar dit igen.`,
  },
} as const satisfies Record<Locale, object>;

export interface DataPage {
  transports: readonly TransportInfo[];
  suppressed: Readonly<Record<SuppressionReason, number>> | undefined;
  /** Days after its end that a mailing keeps addresses. */
  keptDays: number;
  /** false: this caller may not look at one person. */
  mayAsk: boolean;
  asked?: { address: string; found: Recipient | undefined } | undefined;
  erased?: number | undefined;
}

export function dataTitle(locale: Locale): string {
  return words[locale].title;
}

export function dataPage(page: DataPage, locale: Locale): Markup {
  const word = words[locale];
  const { transports, suppressed, keptDays, mayAsk, erased } = page;
  const done =
    erased === undefined
      ? ''
      : html`<div class="note clear" role="status"><h2 class="l">${icon('pass')} ${word.erased}</h2><p>${word.erasedWhy(figure(erased, locale))}</p></div>`;
  return html`<div><h1>${word.title}</h1><p class="lead">${word.lead}</p></div>${done}
${processors(transports, locale)}
<section class="card" aria-labelledby="kept"><h2 id="kept">${word.kept}</h2><dl class="facts"><div><dt>${word.lists}</dt><dd>${word.listsFor(figure(keptDays, locale))}</dd></div><div><dt>${word.suppression}</dt><dd>${word.suppressionFor}${suppressed ? counts(suppressed, locale) : ''}</dd></div></dl></section>
${mayAsk ? person(page, locale) : ''}`;
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

function person({ asked }: DataPage, locale: Locale): Markup {
  const word = words[locale];
  const errors = asked && !asked.found ? [{ text: word.invalid }] : [];
  return html`<section class="card" id="person" aria-labelledby="person-h"><h2 id="person-h">${word.person}</h2><form action="/data/person#person" method="post">${field(
    { id: 'address', name: 'address', label: word.address, hint: word.personWhy, errors },
    (attributes) =>
      html`<input type="text" inputmode="email" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="400" value="${asked?.address ?? ''}" ${attributes}>`,
  )}<p class="row"><button class="btn">${word.show}</button></p></form>${asked?.found ? known(asked.found, locale) : ''}</section>`;
}

function known({ address, suppression, deliveries }: Recipient, locale: Locale): Markup {
  const word = words[locale];
  const rows = deliveries.map(
    ({ mailing, subject, state, fields, settledAt, attemptedAt }) =>
      html`<tr><th scope="row"><a href="/mailings/${mailing}">${subject ? quoted(subject) : mailingWords[locale].nameless}</a></th><td data-h="${word.outcome}">${mailingWords[locale].deliveries[state].name}</td><td data-h="${word.when}">${time(settledAt ?? attemptedAt, locale)}</td><td data-h="${word.values}"><div>${Object.entries(fields ?? {}).map(([name, value]) => html`<span class="under"><span class="mono">${name}</span>: ${quoted(value)}</span>`)}</div></td></tr>`,
  );
  const head = [word.mail, word.outcome, word.when, word.values];
  const nothing = deliveries.length === 0 && suppression === null;
  return html`<div class="above"><h3>${word.about} ${quoted(address, 'address')}</h3>${nothing ? html`<p>${word.nothing}</p>` : ''}${suppression ? html`<p>${word.suppressed} ${word.reasons[suppression.reason]}, ${moment(suppression.at, locale)}.</p>` : ''}${rows.length > 0 ? html`<div class="cards"><table class="people"><thead><tr>${head.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>` : ''}
<p class="above"><a href="/v1/recipients/${encodeURIComponent(address)}" download="klarsignal-person.json">${word.export}</a></p></div>
<form class="note blocked above" action="/data/erase" method="post"><h3>${word.forget}</h3><p>${word.forgetWhy}</p><input type="hidden" name="address" value="${address}"><label class="pick"><input type="checkbox" name="sure" required><span>${word.sure}</span></label><p class="row"><button class="btn">${word.forget}</button></p></form>`;
}

function time(at: string | null, locale: Locale): Markup | string {
  return at === null ? '–' : moment(at, locale);
}
