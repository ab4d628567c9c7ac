/** One recipient: what is kept of them, why they get no mail, and how that ends (GDPR articles 15, 17, 20, 21). */
import { html } from 'hono/html';
import { sayAnswer } from '../../campaigns/delivery-words.ts';
import type { Suppression, SuppressionReason } from '../../ports.ts';
import { type LiftableReason, liftableReasons, type Recipient } from '../../recipients.ts';
import type { Locale } from '../../rule.ts';
import { field } from './field.ts';
import { figure } from './figures.ts';
import { type Icon, icon, type State } from './icons.ts';
import { deliveryLooks } from './mailing/standing.ts';
import { mailingWords } from './mailing/words.ts';
import type { Markup } from './markup.ts';
import { moment } from './moment.ts';
import { quoted } from './quoted.ts';
import { recipientWords } from './recipient-words.ts';

export interface RecipientsPage {
  asked?: { address: string; found: Recipient | undefined } | undefined;
  /** How many rows knew the person who has just been forgotten. */
  erased?: number | undefined;
  /** The reason that has just been lifted, or did not stand any more. */
  lifted?: LiftableReason | undefined;
}

export function recipientsTitle(locale: Locale): string {
  return recipientWords[locale].title;
}

export function recipientsPage({ asked, erased, lifted }: RecipientsPage, locale: Locale): Markup {
  const word = recipientWords[locale];
  const errors = asked && !asked.found ? [{ text: word.invalid }] : [];
  const found = asked?.found;
  return html`<div><h1>${word.title}</h1><p class="lead">${word.lead}</p></div>
${erased === undefined ? '' : news(word.erased, word.erasedWhy(figure(erased, locale)))}
<form class="card narrow" id="find" action="/recipients" method="post">${field(
    { id: 'address', name: 'address', label: word.address, hint: word.hint, errors },
    (attributes) =>
      html`<input type="text" inputmode="email" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="400" value="${asked?.address ?? ''}" ${attributes}>`,
  )}<p class="row"><button class="btn${found ? '' : ' main'}">${word.show}</button></p></form>
${found ? known(found, lifted, locale) : ''}`;
}

function news(title: string, text: string): Markup {
  return html`<div class="note clear" role="status"><h2 class="l">${icon('pass')} ${title}</h2><p>${text}</p></div>`;
}

function known(found: Recipient, lifted: LiftableReason | undefined, locale: Locale): Markup {
  const word = recipientWords[locale];
  const { address, suppressions, deliveries } = found;
  const told = lifted
    ? news(word.lifted[lifted], suppressions.length > 0 ? word.othersStand : word.mayGoNow)
    : '';
  const nothing = deliveries.length === 0 && suppressions.length === 0;
  return html`<div class="stack" id="known">${told}<section class="card" aria-labelledby="why"><h2 id="why">${quoted(address, 'address')}</h2>${standing(suppressions, nothing, locale)}${suppressions.map((one) => reasonBox(address, one, locale))}</section>
${mailings(found, locale)}
<section class="card" aria-labelledby="export"><h2 id="export">${word.export}</h2><p>${word.exportWhy}</p><form class="row" action="/recipients/export" method="post"><input type="hidden" name="address" value="${address}"><button class="btn">${word.exportNow}</button></form></section>
${suppressions.some(({ reason }) => reason === 'erased') && deliveries.every(({ fields }) => fields === null) ? '' : forget(address, locale)}</div>`;
}

function standing(suppressions: readonly Suppression[], nothing: boolean, locale: Locale): Markup {
  const word = recipientWords[locale];
  // An unsubscription is from what is sent to many, and from nothing else.
  const [first] = suppressions;
  const partly = suppressions.length === 1 && first?.reason === 'unsubscribe';
  const [look, shape, text]: [State, Icon, string] = first
    ? partly
      ? ['undecided', 'warn', word.someMail]
      : ['blocked', 'fail', word.noMail]
    : ['clear', 'pass', nothing ? word.nothing : word.mayGo];
  return html`<p class="state ${look}">${icon(shape)} <span>${text}</span></p>`;
}

function isLiftable(reason: SuppressionReason): reason is LiftableReason {
  return liftableReasons.some((one) => one === reason);
}

function reasonBox(address: string, { reason, at }: Suppression, locale: Locale): Markup {
  const word = recipientWords[locale];
  const { title, means } = word.reasons[reason];
  const end = isLiftable(reason)
    ? html`<details><summary>${word.lift}<span class="vh">: ${title}</span></summary><form class="above" action="/recipients/lift" method="post"><input type="hidden" name="address" value="${address}"><input type="hidden" name="reason" value="${reason}"><label class="pick"><input type="checkbox" name="sure" required><span>${word.sureLift[reason]}</span></label><p class="row"><button class="btn">${word.lift}<span class="vh">: ${title}</span></button></p></form></details>`
    : html`<p class="small muted">${word.stays[reason as 'complaint' | 'erased']}</p>`;
  return html`<div class="reason"><h3 class="m">${title}</h3><p>${means} <span class="muted">${word.since} ${moment(at, locale)}.</span></p>${end}</div>`;
}

function mailings({ deliveries }: Recipient, locale: Locale): Markup {
  const word = recipientWords[locale];
  const heading = html`<h2 id="mails">${word.mails}</h2>`;
  if (deliveries.length === 0)
    return html`<section class="card" aria-labelledby="mails">${heading}<p>${word.noMails}</p></section>`;
  const head = [word.mail, word.outcome, word.when, word.values];
  const rows = deliveries.toReversed().map((one) => {
    const { mailing, subject, state, fields, settledAt, attemptedAt } = one;
    const [look, shape] = deliveryLooks[state];
    const at = settledAt ?? attemptedAt;
    const answer = sayAnswer(one, locale);
    const values = Object.entries(fields ?? {});
    return html`<tr><th scope="row"><a href="/mailings/${mailing}">${subject ? quoted(subject) : mailingWords[locale].nameless}</a></th><td data-h="${word.outcome}"><div><span class="state ${look}">${icon(shape)} ${mailingWords[locale].deliveries[state].name}</span>${answer ? html`<span class="under">${answer}</span>` : ''}</div></td><td data-h="${word.when}">${at === null ? '–' : moment(at, locale)}</td><td data-h="${word.values}"><div>${values.length > 0 ? values.map(([name, value]) => html`<span class="under"><span class="mono">${name}</span>: ${quoted(value)}</span>`) : html`<span class="void">–</span>`}</div></td></tr>`;
  });
  return html`<section class="card cards" aria-labelledby="mails">${heading}<table class="people"><thead><tr>${head.map((text) => html`<th scope="col">${text}</th>`)}</tr></thead><tbody>${rows}</tbody></table></section>`;
}

function forget(address: string, locale: Locale): Markup {
  const word = recipientWords[locale];
  return html`<section class="card" aria-labelledby="forget"><h2 id="forget">${word.forget}</h2><p>${word.forgetWhy}</p><form action="/recipients/erase" method="post"><input type="hidden" name="address" value="${address}"><label class="pick"><input type="checkbox" name="sure" required><span>${word.sure}</span></label><p class="row"><button class="btn">${word.forget}</button></p></form></section>`;
}
