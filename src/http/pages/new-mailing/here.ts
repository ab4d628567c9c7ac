/** Of a mail that was not audited for sending from here: why it cannot go, and the way on. */
import { html } from 'hono/html';
import { sendErrorWords } from '../../../campaigns/send-errors.ts';
import type { Locale } from '../../../rule.ts';
import { icon } from '../icons.ts';
import type { Markup } from '../markup.ts';
import type { Carriage } from './carriage.ts';

const words = {
  en: {
    title: 'This report is not for sending from here',
    own: 'The mail was audited for a sending system of your own. Klarsignal sends only what was audited for its own servers.',
    again: 'The same mail is audited anew, for the servers that would carry it. Nothing is sent.',
    button: 'Audit for sending from here',
    standard: (provider: string) => `Audit for the standard route (${provider})`,
    after: 'When that is done, audit the mail for sending from here.',
    toSenders: 'Go to Senders',
  },
  sv: {
    title: 'Den här rapporten gäller inte utskick härifrån',
    own: 'Mejlet granskades för ett eget utskickssystem. Klarsignal skickar bara det som granskats för dess egna servrar.',
    again: 'Samma mejl granskas på nytt, för de servrar som skulle skicka det. Inget skickas.',
    button: 'Granska för utskick härifrån',
    standard: (provider: string) => `Granska för standardvägen (${provider})`,
    after: 'När det är gjort granskar du mejlet för utskick härifrån.',
    toSenders: 'Till Avsändare',
  },
} as const satisfies Record<Locale, object>;

/** `audit`: its id. `level`: of its heading. */
export function hereNote(
  audit: string,
  { hindrances, standard }: Carriage,
  level: 'h2' | 'h3',
  locale: Locale,
): Markup {
  const word = words[locale];
  const said = hindrances.flatMap(({ code, data = {} }) =>
    code === 'report' ? [] : [sendErrorWords[locale][code](data)],
  );
  const heading =
    level === 'h2'
      ? html`<h2 class="l">${icon('info')} ${word.title}</h2>`
      : html`<h3 class="m">${icon('info')} ${word.title}</h3>`;
  const way =
    said.length > 0
      ? html`${said.map((text) => html`<p>${text}</p>`)}<p>${word.after}</p><div class="row"><a class="btn main" href="/senders">${word.toSenders}</a>${button(audit, standard, false, locale)}</div>`
      : html`<p>${word.own}</p><div class="row">${button(audit, standard, true, locale)}<span class="small muted">${word.again}</span></div>`;
  return html`<div class="note advice">${heading}${way}</div>`;
}

function button(audit: string, standard: Carriage['standard'], main: boolean, locale: Locale): Markup {
  const word = words[locale];
  return html`<form action="/audits/${audit}/again" method="post"><input type="hidden" name="here" value="1">${standard ? html`<input type="hidden" name="standard" value="true">` : ''}<button class="btn${main ? ' main' : ''}">${standard ? word.standard(standard.provider) : word.button}</button></form>`;
}
