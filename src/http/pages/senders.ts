/** Senders, by how they stand, and the form for a new one. */
import { html } from 'hono/html';
import type { SenderState } from '../../ports.ts';
import type { Locale } from '../../rule.ts';
import { type Sender, senderStates } from '../../senders/sender.ts';
import { faultSummary, field } from './field.ts';
import { type Icon, icon, type State } from './icons.ts';
import type { Markup } from './markup.ts';
import { quoted } from './quoted.ts';

const words = {
  en: {
    title: 'Senders',
    lead: 'A sender is a whole domain. When you have shown that it is yours, mail may go from every address in it.',
    states: { active: 'Proved', pending: 'Waits for its record', lapsed: 'Record gone: nothing is sent' },
    routes: (count: number) =>
      count === 0 ? 'No sending server yet' : count === 1 ? 'One sending server' : `${count} sending servers`,
    reserve: 'backup ready',
    bare: 'no backup ready',
    warmUp: 'In warm-up',
    add: 'Add a sender',
    domain: 'Domain',
    hint: 'The part after @ in the addresses you send from, such as example.org.',
    button: 'Add it',
    none: 'There are no senders yet.',
    faults: 'Something to correct',
  },
  sv: {
    title: 'Avsändare',
    lead: 'En avsändare är en hel domän. När du har visat att den är din får mejl gå från alla adresser i den.',
    states: { active: 'Bekräftad', pending: 'Väntar på sin post', lapsed: 'Posten är borta: inget skickas' },
    routes: (count: number) =>
      count === 0
        ? 'Ingen utskicksserver än'
        : count === 1
          ? 'En utskicksserver'
          : `${count} utskicksservrar`,
    reserve: 'reserv redo',
    bare: 'ingen reserv redo',
    warmUp: 'Under uppvärmning',
    add: 'Lägg till en avsändare',
    domain: 'Domän',
    hint: 'Det som står efter @ i adresserna du skickar från, till exempel exempel.se.',
    button: 'Lägg till',
    none: 'Det finns inga avsändare än.',
    faults: 'Något att rätta',
  },
} as const satisfies Record<Locale, object>;

export const senderLooks: Record<SenderState, [State, Icon]> = {
  active: ['clear', 'pass'],
  pending: ['undecided', 'wait'],
  lapsed: ['blocked', 'fail'],
};

export function sendersTitle(locale: Locale): string {
  return words[locale].title;
}

export function stateName(state: SenderState, locale: Locale): string {
  return words[locale].states[state];
}

/** `faulty`: what was filled in, and what is wrong with it. */
export function sendersPage(
  senders: readonly Sender[],
  faulty: { domain: string; errors: readonly string[] },
  locale: Locale,
): Markup {
  const word = words[locale];
  const errors = faulty.errors.map((text) => ({ text }));
  const board = senderStates
    .map((state) => ({ state, all: senders.filter((one) => one.state === state) }))
    .filter(({ all }) => all.length > 0)
    .map(({ state, all }) => {
      const [look, shape] = senderLooks[state];
      return html`<section aria-labelledby="s-${state}" class="${look}"><h2 id="s-${state}" class="m"><span class="state ${look}">${icon(shape)} ${word.states[state]} (${all.length})</span></h2><div class="grid one">${all.map((sender) => card(sender, locale))}</div></section>`;
    });
  return html`<div><h1>${word.title}</h1><p class="lead">${word.lead}</p></div>
${faultSummary(
  word.faults,
  errors.map(({ text }) => ({ id: 'domain', text })),
)}${senders.length === 0 ? html`<p>${word.none}</p>` : html`<div class="grid">${board}</div>`}
<form class="card narrow" action="/senders" method="post"><h2>${word.add}</h2>${field(
    { id: 'domain', name: 'domain', label: word.domain, hint: word.hint, errors },
    (attributes) =>
      html`<input autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="300" value="${faulty.domain}" ${attributes}>`,
  )}<p class="row"><button class="btn main">${word.button}</button></p></form>`;
}

function card({ domain, routes, warmUp }: Sender, locale: Locale): Markup {
  const word = words[locale];
  const ready = routes.some(({ role, armed }) => role === 'reserve' && armed);
  const servers = word.routes(routes.length);
  return html`<article class="card tight"><h3 class="m"><a href="/senders/${domain}">${quoted(domain, 'address')}</a></h3><p class="small">${servers}${routes.length === 0 ? '' : `, ${ready ? word.reserve : word.bare}`}.${warmUp ? html` ${word.warmUp}.` : ''}</p></article>`;
}
