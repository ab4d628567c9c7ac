/** Which sending server carries the mail, and the warm-up that bounds it. */
import { html } from 'hono/html';
import type { CampaignProgress, RouteShare } from '../../../campaigns/campaign.ts';
import type { Locale } from '../../../rule.ts';
import { country, figure, percent } from '../figures.ts';
import { type Icon, type State, tag } from '../icons.ts';
import type { Markup } from '../markup.ts';
import { moment } from '../moment.ts';
import { warmUpPlan } from './ahead.ts';
import { lookOf, sayTurns } from './standing.ts';
import { mailingWords } from './words.ts';

const words = {
  en: {
    title: 'Sending servers',
    none: 'No server is chosen yet.',
    will: 'Will carry the mail',
    stands: 'Stands ready',
    was: {
      carried: 'Carried the mail',
      part: 'Carried part of the mail',
      spare: 'Was not needed',
      away: 'Could not be reached',
    },
    nothing: 'Nothing handed over.',
    bounced: (count: string) => `${count} bounced`,
    reports: (count: string) => (count === '1' ? 'one spam report' : `${count} spam reports`),
    rate: 'Bounces and refused addresses in this mailing:',
    few: 'too few yet for a rate',
    unseen: 'nothing shows that its bounces come here, so its bounce rate is unknown',
    rehearsed: 'Rehearsed',
    nextTry: 'Next try:',
    warmUp: 'Warm-up today',
    day: (day: number, days: number) => `Day ${day} of ${days}.`,
    cap: (sent: string, cap: string) =>
      `${sent} of at most ${cap} sent today, over all mailings of this sender. The rest go tomorrow.`,
    uncapped: (sent: string) => `${sent} sent today. The plan sets no limit any more.`,
  },
  sv: {
    title: 'Utskicksservrar',
    none: 'Ingen server är vald än.',
    will: 'Ska skicka mejlen',
    stands: 'Står redo',
    was: {
      carried: 'Skickade mejlen',
      part: 'Skickade en del av mejlen',
      spare: 'Behövdes inte',
      away: 'Gick inte att nå',
    },
    nothing: 'Inget har lämnats över.',
    bounced: (count: string) => `${count} studsade`,
    reports: (count: string) => (count === '1' ? 'en spamanmälan' : `${count} spamanmälningar`),
    rate: 'Studsar och avvisade adresser i det här utskicket:',
    few: 'för få än för en andel',
    unseen: 'inget visar att studsarna kommer hit, så andelen studsar är okänd',
    rehearsed: 'Provad',
    nextTry: 'Nästa försök:',
    warmUp: 'Uppvärmningen i dag',
    day: (day: number, days: number) => `Dag ${day} av ${days}.`,
    cap: (sent: string, cap: string) =>
      `${sent} av högst ${cap} skickade i dag, i alla utskick från avsändaren. Resten går i morgon.`,
    uncapped: (sent: string) => `${sent} skickade i dag. Planen sätter ingen gräns längre.`,
  },
} as const satisfies Record<Locale, object>;

const looks: Record<RouteShare['state'], [State, Icon]> = {
  carries: ['clear', 'pass'],
  rests: ['quiet', 'wait'],
  unarmed: ['undecided', 'warn'],
  stopped: ['blocked', 'fail'],
};

export function routesSection({ routes, campaign, alerts }: CampaignProgress, locale: Locale): Markup {
  const word = words[locale];
  const carriers = routes.filter(({ accepted }) => accepted > 0).length;
  const ended = campaign.state === 'done' || campaign.state === 'cancelled';
  const begun = !['preparing', 'to-confirm', 'nobody', 'awaiting', 'queued'].includes(lookOf(campaign));
  const cards = routes.map((route) =>
    card(
      route,
      {
        begun,
        ended,
        first: route.transport === (campaign.begins?.route ?? campaign.route) && !campaign.begins?.pauses,
        alone: carriers < 2,
        left: alerts.some(({ kind, data }) => kind === 'reserve-took-over' && data.route === route.transport),
      },
      locale,
    ),
  );
  return html`<section aria-labelledby="route"><h2 id="route">${word.title}</h2><div id="routes" data-live>${routes.length === 0 ? html`<p>${word.none}</p>` : html`<div class="grid l even">${cards}</div>`}</div></section>`;
}

interface Standing {
  begun: boolean;
  ended: boolean;
  /** The mailing names it as its route. */
  first: boolean;
  /** No other has carried any of it. */
  alone: boolean;
  /** The reserve took over from it, since it could not be reached. */
  left: boolean;
}

function card(route: RouteShare, { begun, ended, first, alone, left }: Standing, locale: Locale): Markup {
  const word = words[locale];
  const said = mailingWords[locale];
  const {
    provider,
    country: code,
    role,
    state,
    accepted,
    rejected,
    unknown,
    returned,
    complained,
    bouncesSeen,
    bounceRate,
    rehearsedAt,
    nextTryAt,
  } = route;
  const now = state === 'carries' && begun && !ended;
  const standing = () => {
    if (ended && left && accepted === 0) return tag('quiet', 'warn', word.was.away);
    if (ended && accepted > 0) return tag('quiet', 'pass', alone ? word.was.carried : word.was.part);
    if (ended) return tag('quiet', 'wait', word.was.spare);
    if (!begun && state !== 'stopped' && first) return tag('advice', 'info', word.will);
    if (!begun && state === 'rests') return tag('quiet', 'wait', word.stands);
    return tag(...looks[state], said.routes[state]);
  };
  const went = accepted + rejected + unknown;
  const turns = sayTurns({ handed: accepted, rejected, unknown }, locale);
  const back = bouncesSeen || returned > 0 ? `, ${word.bounced(figure(returned, locale))}` : '';
  const reports = complained > 0 ? `, ${word.reports(figure(complained, locale))}` : '';
  const rate = !bouncesSeen
    ? html` ${word.unseen}`
    : bounceRate === null
      ? ` (${word.few})`
      : html`. ${word.rate} <strong>${percent(bounceRate, locale)}</strong>`;
  const carried =
    went === 0 ? word.nothing : html`${turns}${back}${reports}${bouncesSeen ? '' : ','}${rate}.`;
  return html`<article class="card${now ? ' now' : ''}"><h3>${provider}${code ? html`, ${country(code, locale)}` : ''}</h3><p class="row">${standing()}<span class="small muted">${said.roles[role]}</span></p>${nextTryAt === null ? '' : html`<p class="small">${word.nextTry} ${moment(nextTryAt, locale)}.</p>`}
${begun ? html`<p class="small">${carried}${rehearsedAt === null ? '' : html` ${word.rehearsed} ${moment(rehearsedAt, locale)}.`}</p>` : ''}</article>`;
}

export function warmUpSection({ warmUp }: CampaignProgress, locale: Locale): Markup {
  if (!warmUp) return html``;
  const word = words[locale];
  const { day, days, cap, sentToday } = warmUp;
  const sent = figure(sentToday, locale);
  return html`<section class="card" aria-labelledby="wu"><h2 id="wu">${word.warmUp}</h2><div id="warm-up" data-live><p>${word.day(day, days)} ${cap === null ? word.uncapped(sent) : word.cap(sent, figure(cap, locale))}</p>
${cap === null ? '' : html`<progress value="${Math.min(sentToday, cap)}" max="${Math.max(cap, 1)}" aria-label="${word.cap(sent, figure(cap, locale))}"></progress>`}</div>${warmUpPlan(warmUp.steps, locale)}</section>`;
}
