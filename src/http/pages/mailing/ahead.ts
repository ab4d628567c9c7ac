/** What lies ahead of a mailing: the steps of the warm-up with their dates, and the clearance that ends meanwhile. */
import { html } from 'hono/html';
import type { CampaignProgress } from '../../../campaigns/campaign.ts';
import type { WarmUpStep } from '../../../campaigns/warm-up.ts';
import type { Locale } from '../../../rule.ts';
import { figure, wholePercent } from '../figures.ts';
import type { Markup } from '../markup.ts';
import { moment } from '../moment.ts';

const words = {
  en: {
    steps: 'The plan, step by step',
    columns: { from: 'From', until: 'To', share: 'Of the list', cap: 'A day, at most' },
    first: 'Put your most active readers first: the mail goes in the order of the list.',
    end: 'Planned end:',
    pauses: 'The mailing will pause before it is done: its clearance ends',
    again: 'The mail is audited again before its clearance ends:',
    tick: 'Audit the mail again when the clearance is about to end',
    why: 'A clearance lives for 24 hours. If the mailing takes longer, or starts later, the whole audit runs again two hours before. If all is clear, the mailing goes on. If not, you are told at once, and it pauses when the clearance ends.',
  },
  sv: {
    steps: 'Planen, steg för steg',
    columns: { from: 'Från', until: 'Till', share: 'Av listan', cap: 'Per dag, högst' },
    first: 'Sätt dina mest aktiva läsare först: mejlen går i listans ordning.',
    end: 'Planerat slut:',
    pauses: 'Utskicket kommer att pausas innan det är klart: klarsignalen går ut',
    again: 'Mejlet granskas om innan klarsignalen går ut:',
    tick: 'Granska mejlet igen när klarsignalen är på väg att gå ut',
    why: 'En klarsignal gäller i 24 timmar. Tar utskicket längre tid, eller börjar senare, gör vi om hela granskningen två timmar innan klarsignalen går ut. Är allt klart fortsätter utskicket. Annars får du veta det genast, och det pausas när klarsignalen går ut.',
  },
} as const satisfies Record<Locale, object>;

/** A table of the steps; nothing where the sender follows no plan. */
export function warmUpPlan(steps: readonly WarmUpStep[], locale: Locale): Markup {
  const word = words[locale];
  if (steps.length === 0) return html``;
  const rows = steps.map(
    ({ from, until, share, cap }) =>
      html`<tr><td>${from}</td><td>${until}</td><td>${wholePercent(share, locale)}</td><td>${figure(cap, locale)}</td></tr>`,
  );
  return html`<p>${word.first}</p><details><summary>${word.steps}</summary><table><thead><tr>${Object.values(word.columns).map((text) => html`<th scope="col">${text}</th>`)}</tr></thead><tbody>${rows}</tbody></table></details>`;
}

/** When it is planned to end, and what becomes of its clearance until then. */
export function aheadNote({ campaign }: CampaignProgress, locale: Locale): Markup {
  const word = words[locale];
  const { plannedEnd, pausesAt, clearanceEndsAt, onExpiry, nextRefused } = campaign;
  const follows = onExpiry === 'audit-again' && nextRefused === null && clearanceEndsAt !== null;
  const isLong = follows && plannedEnd !== null && plannedEnd > clearanceEndsAt;
  const items = [
    ...(plannedEnd === null ? [] : [html`<li>${word.end} ${moment(plannedEnd, locale)}.</li>`]),
    ...(pausesAt === null
      ? []
      : [html`<li><strong>${word.pauses} ${moment(pausesAt, locale)}.</strong></li>`]),
    ...(isLong ? [html`<li>${word.again} ${moment(clearanceEndsAt, locale)}.</li>`] : []),
  ];
  return items.length === 0 ? html`` : html`<ul class="plain">${items}</ul>`;
}

/** The choice in the form of a new mailing. */
export function expiryField(ticked: boolean, locale: Locale): Markup {
  const word = words[locale];
  return html`<label class="pick"><input type="checkbox" id="onExpiry" name="onExpiry" value="audit-again"${ticked ? html` checked` : ''}><span>${word.tick}<span class="hint under">${word.why}</span></span></label>`;
}
