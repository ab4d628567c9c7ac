/** One sender: its proof, servers, warm-up, and what too many bounces do. */
import { html } from 'hono/html';
import type { TransportInfo } from '../../ports.ts';
import type { Locale, WarmUp } from '../../rule.ts';
import type { Sender } from '../../senders/sender.ts';
import { icon, tag } from './icons.ts';
import type { Markup } from './markup.ts';
import { moment } from './moment.ts';
import { quoted } from './quoted.ts';
import { type Published, recordBoxes } from './sender/records.ts';
import { type FaultyRoute, routesOfSender } from './sender/routes.ts';
import { warmUpOfSender } from './sender/warm-up.ts';
import { senderLooks, stateName } from './senders.ts';

const words = {
  en: {
    proved: 'Proved since',
    checked: 'Last checked',
    never: 'Not checked yet',
    proof: 'Proof that the domain is yours',
    publish:
      'Publish this record where the domain’s DNS is kept. Leave it there: it is looked for again before each mailing.',
    shown: 'The record is found. Leave it in place: it is looked for again before each mailing.',
    check: 'Check now',
    audit: 'Audit the domain',
    bounces: 'When too many bounce',
    bouncesWhy: 'Over 5% permanent bounces:',
    onBounces: {
      switch: 'The backup server takes over at once, if it is rehearsed, and you are told',
      pause: 'The mailing pauses until you have looked at it',
    },
    always: 'Over 8%, or spam reports from 0.3%, always pause it.',
    save: 'Save',
    remove: 'Remove the sender',
    removeWhy: 'No mail goes from the domain any more. Reports and earlier mailings stay.',
    removeTitle: (domain: string) => `Remove ${domain}?`,
    keep: 'Keep it',
  },
  sv: {
    proved: 'Bekräftad sedan',
    checked: 'Senast kontrollerad',
    never: 'Inte kontrollerad än',
    proof: 'Bevis på att domänen är din',
    publish:
      'Publicera posten där domänens DNS finns. Låt den vara kvar: den kontrolleras igen före varje utskick.',
    shown: 'Posten finns. Låt den vara kvar: den kontrolleras igen före varje utskick.',
    check: 'Kontrollera nu',
    audit: 'Granska domänen',
    bounces: 'När för många studsar',
    bouncesWhy: 'Över 5 % permanenta studsar:',
    onBounces: {
      switch: 'Reservservern tar över genast, om den är provad, och du får veta det',
      pause: 'Utskicket pausas tills du har tittat på det',
    },
    always: 'Över 8 %, eller spamanmälningar från 0,3 %, pausar det alltid.',
    save: 'Spara',
    remove: 'Ta bort avsändaren',
    removeWhy: 'Inga mejl skickas från domänen längre. Rapporter och tidigare utskick finns kvar.',
    removeTitle: (domain: string) => `Ta bort ${domain}?`,
    keep: 'Behåll den',
  },
} as const satisfies Record<Locale, object>;

export interface SenderPage {
  sender: Sender;
  transports: readonly TransportInfo[];
  plans: readonly WarmUp[];
  now: Date;
  /** How what was asked for ended. */
  news?: { good: boolean; text: string } | undefined;
  faulty?: FaultyRoute | undefined;
  /** What a look at DNS found of the records of its routes. */
  published?: Published | undefined;
  /** Whoever looks is an owner. */
  owns: boolean;
}

export function senderPage(
  { sender, transports, plans, now, news, faulty, published, owns }: SenderPage,
  locale: Locale,
): Markup {
  const word = words[locale];
  const { domain, state, provedAt, checkedAt } = sender;
  const active = state === 'active';
  const said = news
    ? html`<div class="note ${news.good ? 'clear' : 'undecided'}" role="status"><p>${icon(news.good ? 'pass' : 'warn')} ${news.text}</p></div>`
    : '';
  return html`<div><h1>${quoted(domain, 'address')}</h1><p class="row">${tag(...senderLooks[state], stateName(state, locale))}<span class="small muted">${provedAt === null ? '' : html`${word.proved} ${moment(provedAt, locale)}. `}${checkedAt === null ? word.never : html`${word.checked} ${moment(checkedAt, locale)}`}.</span><a href="/domains?domain=${domain}">${word.audit}</a></p></div>${said}
${active ? '' : proof(sender, locale)}${routesOfSender(sender, { transports, faulty, published, owns }, locale)}${warmUpOfSender(sender, plans, now, locale)}${onBounces(sender, locale)}
${active ? folded(sender, locale) : ''}<details class="card"><summary>${word.remove}</summary><p>${word.removeWhy}</p><p><a class="btn" href="/senders/${domain}/remove">${word.remove}</a></p></details>`;
}

function proof({ domain, proof: record }: Sender, locale: Locale): Markup {
  const word = words[locale];
  return html`<section class="card" aria-labelledby="proof"><h2 id="proof">${word.proof}</h2><p>${word.publish}</p>${recordBoxes([record], locale)}<form class="above" action="/senders/${domain}/check" method="post"><button class="btn main">${word.check}</button></form></section>`;
}

/** It is done, and only to be left in place. */
function folded({ domain, proof: record }: Sender, locale: Locale): Markup {
  const word = words[locale];
  return html`<details class="card"><summary>${word.proof}</summary><p>${word.shown}</p>${recordBoxes([record], locale)}<form class="above" action="/senders/${domain}/check" method="post"><button class="btn">${word.check}</button></form></details>`;
}

function onBounces({ domain, onBounces: chosen }: Sender, locale: Locale): Markup {
  const word = words[locale];
  const choices = (['switch', 'pause'] as const).map(
    (one) =>
      html`<label class="pick"><input type="radio" name="onBounces" value="${one}"${one === chosen ? html` checked` : ''}><span>${word.onBounces[one]}</span></label>`,
  );
  return html`<section class="card" aria-labelledby="bounces"><h2 id="bounces">${word.bounces}</h2><form action="/senders/${domain}/on-bounces" method="post"><fieldset><legend class="plain-legend">${word.bouncesWhy}</legend>${choices}</fieldset><p class="small muted">${word.always}</p><p class="row"><button class="btn">${word.save}</button></p></form></section>`;
}

export function removeSenderTitle(domain: string, locale: Locale): string {
  return words[locale].removeTitle(domain);
}

/** Asks whether it is meant. */
export function removeSenderPage({ domain }: Sender, locale: Locale): Markup {
  const word = words[locale];
  return html`<div><h1>${word.removeTitle(domain)}</h1><p class="lead">${word.removeWhy}</p><form action="/senders/${domain}/remove" method="post" class="row above"><button class="btn main">${word.remove}</button><a class="btn" href="/senders/${domain}">${word.keep}</a></form></div>`;
}
