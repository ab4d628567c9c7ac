/** Which mailing it is, its permit, and what a person should know first. */
import { html } from 'hono/html';
import type { Campaign, CampaignProgress } from '../../../campaigns/campaign.ts';
import { sayAlert, sayPause } from '../../../campaigns/words.ts';
import type { ClearanceRow, DeliveryState } from '../../../ports.ts';
import type { Locale } from '../../../rule.ts';
import { icon } from '../icons.ts';
import type { Markup } from '../markup.ts';
import { moment } from '../moment.ts';
import { quoted, writtenOut } from '../quoted.ts';
import { type Doers, doer } from './acts.ts';
import { sayPast } from './past.ts';
import { hasEnded, lookOf } from './standing.ts';
import { mailingWords } from './words.ts';

const words = {
  en: {
    valid: 'Clearance valid until',
    ended: 'Clearance ended',
    revoked: 'Clearance revoked',
    report: 'See the report',
    starts: 'Starts no sooner than',
    news: 'What has happened',
    earlier: (count: number) => (count === 1 ? 'One earlier event' : `${count} earlier events`),
    switched: 'Those who wait are to go by the backup server, unless you return the mailing.',
    return: 'Return to the primary server',
    decide: 'Decide about them',
    culprits: 'See which recipients, and what their servers said',
  },
  sv: {
    valid: 'Klarsignalen gäller till',
    ended: 'Klarsignalen gick ut',
    revoked: 'Klarsignalen återkallades',
    report: 'Se rapporten',
    starts: 'Börjar tidigast',
    news: 'Det här har hänt',
    earlier: (count: number) => (count === 1 ? 'En tidigare händelse' : `${count} tidigare händelser`),
    switched: 'De som väntar ska gå med reservservern, om du inte byter tillbaka.',
    return: 'Byt tillbaka till ordinarie server',
    decide: 'Bestäm vad som gäller för dem',
    culprits: 'Se vilka mottagare det gäller och vad deras servrar svarade',
  },
} as const satisfies Record<Locale, object>;

export function mailingTitle(campaign: Campaign, locale: Locale): string {
  return mailingWords[locale].states[lookOf(campaign)].heading;
}

export function mailingHead(
  campaign: Campaign,
  clearance: ClearanceRow | undefined,
  now: Date,
  locale: Locale,
): Markup {
  const word = words[locale];
  const { domain, subject, audit, startsAt } = campaign;
  const later = startsAt !== null && Date.parse(startsAt) > now.getTime();
  return html`<div><p class="row muted whole-row"><span class="mono">${quoted(domain, 'address')}</span>${clearance ? permit(clearance, now, locale) : ''}<a class="small" href="/audits/${audit}">${word.report}</a></p>
<h1>${mailingTitle(campaign, locale)}</h1><p class="lead">${subject ? quoted(subject) : mailingWords[locale].nameless}</p>
${later ? html`<p>${icon('wait')} ${word.starts} ${moment(startsAt, locale)}</p>` : ''}</div>`;
}

function permit({ expiresAt, revokedAt }: ClearanceRow, now: Date, locale: Locale): Markup {
  const word = words[locale];
  const ended = Date.parse(expiresAt) <= now.getTime();
  const [state, shape, text, at] = revokedAt
    ? (['blocked', 'fail', word.revoked, revokedAt] as const)
    : ended
      ? (['undecided', 'warn', word.ended, expiresAt] as const)
      : (['clear', 'pass', word.valid, expiresAt] as const);
  return html`<span class="state ${state}">${icon(shape)} <span>${text} ${moment(at, locale)}</span></span>`;
}

/** The newest that asks for attention in full, the rest folded. */
export function mailingNews(
  { campaign, alerts, acts }: CampaignProgress,
  now: Date,
  locale: Locale,
  doers: Doers,
): Markup {
  const word = words[locale];
  const { state, pauseReason, switched, id, counts } = campaign;
  const paused =
    state === 'paused' && pauseReason !== null && pauseReason !== 'to-confirm' && pauseReason !== 'nobody'
      ? pauseNote(pauseReason, campaign, { alerts, by: pausedBy(acts, doers, locale) }, locale)
      : '';
  const over = hasEnded(campaign);
  // Nothing that is told beside a pause may say that the mailing goes on.
  const stands = over || state === 'paused';
  // A pause is told above, with what to do; the mailing's own end is its heading, and ends every pause.
  const newsworthy = alerts.filter(
    ({ kind }) =>
      kind !== 'done' &&
      !((paused || over) && kind === 'paused') &&
      // Decided, or told by a report since.
      !(kind === 'unknown-waits' && counts.unknown === 0),
  );
  const [newest, ...rest] = newsworthy;
  const back =
    switched !== null && !over
      ? html`<p class="row"><span>${word.switched}</span><a class="btn" href="/mailings/${id}/return">${word.return}</a></p>`
      : '';
  // Once it is over nobody has to be called to it, unless something is still to be decided.
  const quiet = over && newest !== undefined && newest.kind !== 'unknown-waits';
  const first = newest
    ? html`<div class="note ${quiet ? 'quiet' : newest.kind === 'primary-is-back' ? 'clear' : 'undecided'}"${quiet ? '' : html` role="alert"`}>${told(newest, { now, over, stands }, locale)}${newest.kind === 'unknown-waits' ? html`<p class="row"><a class="btn" href="/mailings/${id}/unknown">${word.decide}</a></p>` : ''}${back}</div>`
    : back
      ? html`<div class="note undecided">${back}</div>`
      : '';
  const folded =
    rest.length === 0
      ? ''
      : html`<details class="card"><summary>${word.earlier(rest.length)}</summary><ul class="plain">${rest.map((alert) => html`<li class="gap">${told(alert, { now, over, stands }, locale, 'h3')}</li>`)}</ul></details>`;
  return html`${paused}${first}${folded}`;
}

function told(
  alert: CampaignProgress['alerts'][number],
  { now, over, stands }: { now: Date; over: boolean; stands: boolean },
  locale: Locale,
  level: 'h2' | 'h3' = 'h2',
): Markup {
  const { title, text } = stands ? sayPast(alert, locale) : sayAlert(alert, locale);
  const shape = over && alert.kind !== 'unknown-waits' ? 'info' : 'warn';
  const heading =
    level === 'h2' ? html`<h2 class="l">${icon(shape)} ${title}</h2>` : html`<h3 class="m">${title}</h3>`;
  return html`${heading}<p>${text}</p><p class="small muted">${moment(alert.at, locale, now)}</p>`;
}

/** Of the outcomes, the one that made it stop. */
const culprits: Readonly<Record<string, DeliveryState>> = {
  'policy-refused': 'rejected',
  'message-refused': 'rejected',
  'bounce-rate': 'bounced',
  'complaint-rate': 'complained',
};

function pausedBy([last]: CampaignProgress['acts'], doers: Doers, locale: Locale): string | undefined {
  return last?.act === 'paused' ? writtenOut(doer(last.by, doers, locale)) : undefined;
}

function pauseNote(
  reason: string,
  { id, counts }: Campaign,
  { alerts, by }: Pick<CampaignProgress, 'alerts'> & { by: string | undefined },
  locale: Locale,
): Markup {
  const told = alerts.find(({ kind, data }) => kind === 'paused' && data.reason === reason);
  const { title, text } = sayPause(reason, told?.data ?? (by === undefined ? {} : { by }), locale);
  const culprit = culprits[reason];
  return html`<div class="note undecided" role="alert"><h2 class="l">${icon('warn')} ${title}</h2><p>${text}</p>${culprit && counts[culprit] > 0 ? html`<p><a href="/mailings/${id}?state=${culprit}#people">${words[locale].culprits}</a></p>` : ''}</div>`;
}
