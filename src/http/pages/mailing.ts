/** One mailing. klarsignal.js renews what has `data-live`; without it `Update now` does. */
import { html } from 'hono/html';
import type { CampaignProgress } from '../../campaigns/campaign.ts';
import type { ClearanceRow } from '../../ports.ts';
import type { Locale } from '../../rule.ts';
import { actsSection, type Doers } from './mailing/acts.ts';
import { aheadNote } from './mailing/ahead.ts';
import { routesSection, warmUpSection } from './mailing/carriage.ts';
import { outcomesSection } from './mailing/chart.ts';
import { confirmSection, type Shown } from './mailing/confirm.ts';
import { mailingHead, mailingNews } from './mailing/head.ts';
import { type Leavers, ledgerSection, type People, peopleSection } from './mailing/ledger.ts';
import { progressSection } from './mailing/progress.ts';
import { hasEnded, lookOf } from './mailing/standing.ts';
import type { Markup } from './markup.ts';
import { type FaultyList, type ListColumns, listForm } from './new-mailing/list-form.ts';

export interface MailingPage {
  progress: CampaignProgress;
  clearance: ClearanceRow | undefined;
  people: People;
  leavers: Leavers;
  now: Date;
  /** What those who did something with it are called. */
  doers?: Doers;
  /** Of the mail itself, while somebody is asked whether it is to go. */
  mail?: Shown;
  /** What a change came up against, in words. */
  faults?: readonly string[];
  /** What its list has to hold, while one is awaited. */
  columns?: ListColumns | undefined;
  /** A list that could not be used. */
  faulty?: FaultyList | undefined;
}

/** Seconds between two looks of the script. */
const renewal = 5;

export function mailingPage(page: MailingPage, locale: Locale): Markup {
  const {
    progress,
    clearance,
    people,
    leavers,
    now,
    faults = [],
    doers = new Map(),
    faulty,
    columns,
    mail = { letter: undefined, picture: undefined },
  } = page;
  const { campaign } = progress;
  const look = lookOf(campaign);
  const names = new Map(progress.routes.map(({ transport, provider }) => [transport, provider]));
  const name = (transport: string) => names.get(transport) ?? transport;
  // What makes another page of it, not just other figures.
  const shape = [look, campaign.pauseReason, campaign.switched, progress.alerts.length].join(' ');
  const live =
    hasEnded(campaign) || look === 'awaiting' ? '' : html` data-renew="${renewal}" data-shape="${shape}"`;
  const said =
    faults.length === 0
      ? ''
      : html`<div class="note blocked" role="alert"><ul class="in">${faults.map((text) => html`<li>${text}</li>`)}</ul></div>`;
  const asked = look === 'to-confirm' || look === 'nobody';
  const begun = look !== 'awaiting' && !asked && !campaign.importing;
  return html`<div${live}>${mailingHead(campaign, clearance, now, locale)}</div>${said}${mailingNews(progress, now, locale, doers)}${asked ? '' : aheadNote(progress, locale)}
${look === 'awaiting' ? listForm(campaign.id, faulty, columns, locale) : ''}${asked ? confirmSection(progress, mail, now, locale) : ''}
${look === 'awaiting' || asked ? '' : progressSection(progress, now, locale)}
${routesSection(progress, locale)}${warmUpSection(progress, locale)}
${begun ? html`<div id="outcomes" data-live>${outcomesSection(progress.tally, campaign.counts.bounced, name, locale)}</div>` : ''}
${begun ? ledgerSection(campaign, leavers, locale) : ''}${campaign.recipients > 0 ? peopleSection(campaign, people, name, now, locale) : ''}${actsSection(progress.acts, doers, now, locale)}`;
}
