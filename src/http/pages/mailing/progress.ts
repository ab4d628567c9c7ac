/** How far a mailing has come, and what can be done with it. */
import { html } from 'hono/html';
import type { CampaignProgress } from '../../../campaigns/campaign.ts';
import type { Locale } from '../../../rule.ts';
import { figure, span, wholePercent } from '../figures.ts';
import type { Markup } from '../markup.ts';
import { moment } from '../moment.ts';
import { hadTurn, handedOver, hasEnded, leftOutOf, lookOf, sayTurns } from './standing.ts';

const words = {
  en: {
    title: 'Progress',
    turns: (done: string, of: string, turns: string) => `${done} of ${of} have had their turn: ${turns}`,
    whole: (of: string, turns: string) => `${turns} of ${of}`,
    out: (count: number) => (count === 1 ? 'One was left out.' : `${figure(count, 'en')} were left out.`),
    pace: (count: string) => `${count} a minute`,
    cap: (count: string) => `at most ${count} a minute`,
    left: (time: string) => `about ${time} left`,
    until: 'until',
    asked: (count: string) =>
      count === '1'
        ? 'waits for one whose server asked us to try again'
        : `waits for ${count} whose servers asked us to try again`,
    later: (count: string) => (count === '1' ? 'waits for one' : `waits for ${count}`),
    again: 'next try',
    reading: 'The list is read line by line. This page fills in by itself.',
    read: (lines: string) => `${lines} lines read so far`,
    pause: 'Pause',
    resume: 'Resume',
    cancel: 'Cancel the mailing',
    updated: 'Updated',
    update: 'Update now',
    finished: 'Ended',
  },
  sv: {
    title: 'Förlopp',
    turns: (done: string, of: string, turns: string) => `${done} av ${of} har haft sin tur: ${turns}`,
    whole: (of: string, turns: string) => `${turns} av ${of}`,
    out: (count: number) => (count === 1 ? 'En utelämnades.' : `${figure(count, 'sv')} utelämnades.`),
    pace: (count: string) => `${count} per minut`,
    cap: (count: string) => `högst ${count} per minut`,
    left: (time: string) => `ungefär ${time} kvar`,
    until: 'till',
    asked: (count: string) =>
      count === '1'
        ? 'väntar på en som bett oss försöka igen'
        : `väntar på ${count} som bett oss försöka igen`,
    later: (count: string) => (count === '1' ? 'väntar på en' : `väntar på ${count}`),
    again: 'nästa försök',
    reading: 'Listan läses rad för rad. Sidan fylls på av sig själv.',
    read: (lines: string) => `${lines} rader lästa hittills`,
    pause: 'Pausa',
    resume: 'Fortsätt',
    cancel: 'Avbryt utskicket',
    updated: 'Uppdaterad',
    update: 'Uppdatera nu',
    finished: 'Slutade',
  },
} as const satisfies Record<Locale, object>;

export function progressSection(progress: CampaignProgress, now: Date, locale: Locale): Markup {
  const word = words[locale];
  const { campaign } = progress;
  const { id, importing } = campaign;
  return html`<section class="card" aria-labelledby="pr"><h2 id="pr">${word.title}</h2>
<div id="progress" data-live>${importing ? reading(campaign.lines, locale) : figures(progress, now, locale)}</div>
<div class="row ends above">${actions(progress, locale)}<p class="small" id="updated" data-live>${word.updated} ${moment(now.toISOString(), locale, now)}. <a href="/mailings/${id}">${word.update}</a></p></div></section>`;
}

function reading(lines: number, locale: Locale): Markup {
  const word = words[locale];
  return html`<p role="status">${word.reading}</p><progress aria-label="${word.reading}"></progress><p class="small muted above">${word.read(figure(lines, locale))}</p>`;
}

function figures({ campaign, pace, endsAt }: CampaignProgress, now: Date, locale: Locale): Markup {
  const word = words[locale];
  const { recipients, perMinute, finishedAt } = campaign;
  const done = hadTurn(campaign);
  const out = leftOutOf(campaign);
  const share = recipients === 0 ? 0 : done / recipients;
  const { rejected, unknown } = campaign.counts;
  const handed = handedOver(campaign);
  const turns = sayTurns({ handed, rejected, unknown }, locale);
  const all = figure(recipients, locale);
  const said = done === handed ? word.whole(all, turns) : word.turns(figure(done, locale), all, turns);
  // What stands still has no pace, and nobody knows for how long.
  const still = campaign.state === 'paused';
  const parts = [
    ...(pace === null || still ? [] : [word.pace(figure(Math.round(pace), locale))]),
    ...(perMinute === null ? [] : [word.cap(figure(perMinute, locale))]),
  ];
  const { putOff } = campaign;
  const waits = putOff && (putOff.asked ? word.asked : word.later)(figure(putOff.count, locale));
  const timeLeft = () =>
    endsAt === null || still || hasEnded(campaign)
      ? ''
      : html`${parts.length > 0 ? ', ' : ''}${word.left(span(Date.parse(endsAt) - now.getTime(), locale))} (${word.until} ${moment(endsAt, locale, now)})`;
  const left = putOff
    ? html`${parts.length > 0 ? ', ' : ''}${waits} (${word.again} ${moment(putOff.until, locale, now)})`
    : timeLeft();
  const ended =
    finishedAt === null
      ? ''
      : html`${parts.length > 0 ? '. ' : ''}${word.finished} ${moment(finishedAt, locale)}`;
  const bar = hasEnded(campaign) && recipients > 0 && done + out === recipients ? 'clear' : '';
  return html`<p class="row whole-row"><span class="big">${wholePercent(share, locale)}</span><span class="rest" role="status">${said}${out === 0 ? '' : html`. ${word.out(out)}`}<br><span class="muted small">${parts.join(', ')}${left}${ended}</span></span></p>
<progress class="${bar}" value="${done}" max="${Math.max(recipients, 1)}" aria-label="${said}"></progress>`;
}

function actions({ campaign }: CampaignProgress, locale: Locale): Markup {
  const word = words[locale];
  const { id } = campaign;
  const look = lookOf(campaign);
  if (hasEnded(campaign)) return html`<span></span>`;
  const main =
    look === 'sending' || look === 'queued'
      ? html`<form action="/mailings/${id}/pause" method="post"><button class="btn main">${word.pause}</button></form>`
      : look === 'paused'
        ? html`<a class="btn main" href="/mailings/${id}/resume">${word.resume}</a>`
        : '';
  // Whoever asks to cancel should not have to read while mail goes: it pauses first, by a form, never by a link.
  const cancel =
    look === 'sending' || look === 'queued'
      ? html`<form action="/mailings/${id}/pause" method="post"><input type="hidden" name="next" value="cancel"><button class="btn">${word.cancel}</button></form>`
      : html`<a class="btn" href="/mailings/${id}/cancel">${word.cancel}</a>`;
  return html`<div class="row">${main}${cancel}</div>`;
}
