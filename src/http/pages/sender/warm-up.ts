/** The warm-up of a sender: which plan, how far it has come, and the plan as a chart. */
import { html } from 'hono/html';
import type { Locale, WarmUp } from '../../../rule.ts';
import type { Sender } from '../../../senders/sender.ts';
import { figure, wholePercent } from '../figures.ts';
import type { Markup } from '../markup.ts';

const words = {
  en: {
    title: 'Warm-up',
    none: 'A new sender’s mail grows step by step, so that receivers learn to trust it. Without a plan, mail goes as fast as the servers take it.',
    plans: { full: 'Full, for a new sender', simplified: 'Simplified, for a good reputation' },
    off: 'None',
    plan: 'Plan',
    save: 'Save',
    step: (step: number, of: number) => `Step ${step} of ${of}.`,
    over: 'The plan is done: no limit any more.',
    today: (share: string, most: string) =>
      `In this step at most ${share} of a mailing’s list, spread over its days, and ${most} on one day. The list’s order counts: put your most active readers first.`,
    from: 'Began',
    columns: { step: 'Step', days: 'Days', share: 'Of a mailing’s list', most: 'At most a day' },
    label: (done: number, of: number) =>
      `Highest number a day in each step of the plan. ${done} of ${of} steps are done or under way.`,
    behind: 'Done or under way',
    ahead: 'To come',
    scale: 'Heights are drawn on a square-root scale, so that the first steps can be seen.',
    table: 'The same as a table',
  },
  sv: {
    title: 'Uppvärmning',
    none: 'En ny avsändares mejl ökar steg för steg, så att mottagarna lär sig lita på den. Utan plan går mejlen så fort servrarna tar emot.',
    plans: { full: 'Fullständig, för en ny avsändare', simplified: 'Förenklad, för ett gott rykte' },
    off: 'Ingen',
    plan: 'Plan',
    save: 'Spara',
    step: (step: number, of: number) => `Steg ${step} av ${of}.`,
    over: 'Planen är klar: det finns ingen gräns längre.',
    today: (share: string, most: string) =>
      `I det här steget högst ${share} av ett utskicks lista, spritt över dess dagar, och ${most} på en dag. Listans ordning räknas: sätt dina mest aktiva läsare först.`,
    from: 'Började',
    columns: { step: 'Steg', days: 'Dagar', share: 'Av ett utskicks lista', most: 'Högst per dag' },
    label: (done: number, of: number) =>
      `Högsta antal per dag i varje steg av planen. ${done} av ${of} steg är klara eller pågår.`,
    behind: 'Klart eller pågår',
    ahead: 'Återstår',
    scale: 'Höjderna är ritade i kvadratrotsskala, så att de första stegen syns.',
    table: 'Samma sak som tabell',
  },
} as const satisfies Record<Locale, object>;

const day = 86_400_000;

export function warmUpOfSender(
  { domain, warmUp }: Sender,
  plans: readonly WarmUp[],
  now: Date,
  locale: Locale,
): Markup {
  const word = words[locale];
  const plan = plans.find(({ id }) => id === warmUp?.plan);
  const name = (id: string) => (Object.hasOwn(word.plans, id) ? word.plans[id as 'full'] : id);
  const choices = plans.map(
    ({ id }) => html`<option value="${id}"${id === warmUp?.plan ? html` selected` : ''}>${name(id)}</option>`,
  );
  return html`<section class="card" id="warm-up" aria-labelledby="wu"><h2 id="wu">${word.title}</h2>${plan && warmUp ? progress(plan, warmUp.from, now, locale) : html`<p>${word.none}</p>`}
${plans.length === 0 ? '' : html`<form class="finder above" action="/senders/${domain}/warm-up" method="post"><div class="field"><label for="plan">${word.plan}</label><select id="plan" name="plan"><option value="">${word.off}</option>${choices}</select></div><button class="btn">${word.save}</button></form>`}</section>`;
}

function progress({ steps }: WarmUp, from: string, now: Date, locale: Locale): Markup {
  const word = words[locale];
  const gone = Math.max(0, Math.floor((now.getTime() - Date.parse(from)) / day));
  const at = stepAt(steps, gone);
  const step = steps[at];
  const told = step
    ? `${word.step(at + 1, steps.length)} ${word.today(wholePercent(step.share, locale), figure(step.atMost, locale))}`
    : word.over;
  const rows = steps.map(
    ({ days, share, atMost }, i) =>
      html`<tr><th scope="row">${i + 1}</th><td>${days}</td><td>${wholePercent(share, locale)}</td><td>${figure(atMost, locale)}</td></tr>`,
  );
  return html`<p>${told} <span class="muted">${word.from} ${from}.</span></p>${chart(steps, at, locale)}
<details><summary>${word.table}</summary><table><thead><tr>${Object.values(word.columns).map((text) => html`<th scope="col">${text}</th>`)}</tr></thead><tbody>${rows}</tbody></table></details>`;
}

/** Index of the step in which day `gone` (from 0) falls; as many as there are when all are over. */
function stepAt(steps: WarmUp['steps'], gone: number): number {
  let left = gone;
  const at = steps.findIndex(({ days }) => {
    left -= days;
    return left < 0;
  });
  return at === -1 ? steps.length : at;
}

function chart(steps: WarmUp['steps'], at: number, locale: Locale): Markup {
  const word = words[locale];
  const most = Math.max(...steps.map(({ atMost }) => atMost), 1);
  const pitch = 680 / steps.length;
  const round = (value: number) => Math.round(value * 10) / 10;
  const bars = steps.map(({ atMost }, i) => {
    const height = round(180 * Math.sqrt(atMost / most));
    const x = round(24 + i * pitch + pitch * 0.15);
    const middle = round(24 + (i + 0.5) * pitch);
    const fill = i <= at ? 'var(--accent)' : 'none';
    const now = i === at ? html` class="strong"` : '';
    return html`<rect x="${x}" y="${round(230 - height)}" width="${round(pitch * 0.7)}" height="${height}" rx="3" fill="${fill}" stroke="var(--edge)"${i <= at ? '' : html` stroke-dasharray="4 3"`}/><text x="${middle}" y="${round(222 - height)}" text-anchor="middle"${now}>${compact(atMost, locale)}</text><text x="${middle}" y="260" text-anchor="middle"${now}>${i + 1}</text>`;
  });
  const swatch = (fill: string, dash: string) =>
    html`<svg class="i" viewBox="0 0 20 20" aria-hidden="true"><rect x="3" y="3" width="14" height="14" rx="2" fill="${fill}" stroke="var(--edge)" stroke-dasharray="${dash}"/></svg>`;
  return html`<figure><div class="chart"><svg viewBox="0 0 720 270" role="img" aria-label="${word.label(Math.min(at + 1, steps.length), steps.length)}"><path class="axis" d="M24 230.5H704" fill="none"/>${bars}</svg></div><figcaption class="row small muted"><span>${swatch('var(--accent)', '0')} ${word.behind}</span><span>${swatch('none', '3 2')} ${word.ahead}</span><span>${word.scale}</span></figcaption></figure>`;
}

const short: Record<Locale, Intl.NumberFormat> = {
  en: new Intl.NumberFormat('en-GB', { notation: 'compact' }),
  sv: new Intl.NumberFormat('sv-SE', { notation: 'compact', compactDisplay: 'short' }),
};

/** So that eight stand beside each other on a phone. */
function compact(count: number, locale: Locale): string {
  return short[locale].format(count).replace(/\s*tn$/, ' t');
}
