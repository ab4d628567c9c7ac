/** How far a mailing has come, and what can be done with it. */
import { html } from 'hono/html';
import type { CampaignProgress } from '../../../campaigns/campaign.ts';
import type { Locale } from '../../../rule.ts';
import { figure, span, wholePercent } from '../figures.ts';
import type { Markup } from '../markup.ts';
import { moment } from '../moment.ts';
import { hadTurn, handedOver, hasEnded, lookOf } from './standing.ts';
import { mailingWords } from './words.ts';

const words = {
  en: {
    title: 'Progress',
    handed: (done: string, of: string) => `${done} of ${of} handed over`,
    turn: (done: string, of: string) => `${done} of ${of} have had their turn`,
    pace: (count: string) => `${count} a minute`,
    cap: (count: string) => `at most ${count} a minute`,
    left: (time: string) => `about ${time} left`,
    until: 'until',
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
    handed: (done: string, of: string) => `${done} av ${of} överlämnade`,
    turn: (done: string, of: string) => `${done} av ${of} har haft sin tur`,
    pace: (count: string) => `${count} per minut`,
    cap: (count: string) => `högst ${count} per minut`,
    left: (time: string) => `ungefär ${time} kvar`,
    until: 'till',
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
  // Nobody has had a turn that was called off.
  const done = campaign.state === 'cancelled' ? handedOver(campaign) : hadTurn(campaign);
  const share = recipients === 0 ? 0 : done / recipients;
  const handed = handedOver(campaign);
  const said = word.handed(figure(handed, locale), figure(recipients, locale));
  const parts = [
    ...(pace === null ? [] : [word.pace(figure(Math.round(pace), locale))]),
    ...(perMinute === null ? [] : [word.cap(figure(perMinute, locale))]),
  ];
  const left =
    endsAt === null || hasEnded(campaign)
      ? ''
      : html`${parts.length > 0 ? ', ' : ''}${word.left(span(Date.parse(endsAt) - now.getTime(), locale))} (${word.until} ${moment(endsAt, locale, now)})`;
  const ended =
    finishedAt === null
      ? ''
      : html`${parts.length > 0 ? '. ' : ''}${word.finished} ${moment(finishedAt, locale)}`;
  const bar = hasEnded(campaign) && share === 1 ? 'clear' : '';
  return html`<p class="row whole-row"><span class="big">${wholePercent(share, locale)}</span><span class="rest" role="status">${said}${handed === done ? '' : html`<br>${word.turn(figure(done, locale), figure(recipients, locale))}`}<br><span class="muted small">${parts.join(', ')}${left}${ended}</span></span></p>
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
  return html`<div class="row">${main}<a class="btn" href="/mailings/${id}/cancel">${word.cancel}</a></div>`;
}

const confirming = {
  en: {
    title: (count: string) => `Send to ${count}`,
    lead: (count: string) =>
      `The list is in: ${count} recipients get this mail. Look through what was left out first. What has gone cannot be called back.`,
    none: 'No line of the list could be used, so there is nobody to send to. Look at what was left out, mend the list, and make a new mailing.',
    from: 'From',
    subject: 'Subject',
    starts: 'Starts',
    now: 'at once',
    left: (count: string) => `${count} lines were left out`,
    leftOne: 'One line was left out',
    whole: 'No line was left out.',
    file: 'All of them with their lines (CSV)',
  },
  sv: {
    title: (count: string) => `Skicka till ${count}`,
    lead: (count: string) =>
      `Listan är inläst: ${count} mottagare får mejlet. Titta igenom det som utelämnades först. Det som har gått iväg går inte att ta tillbaka.`,
    none: 'Ingen rad i listan gick att använda, så det finns ingen att skicka till. Se vad som utelämnades, rätta listan och gör ett nytt utskick.',
    from: 'Från',
    subject: 'Ämne',
    starts: 'Börjar',
    now: 'genast',
    left: (count: string) => `${count} rader utelämnades`,
    leftOne: 'En rad utelämnades',
    whole: 'Ingen rad utelämnades.',
    file: 'Alla med sina rader (CSV)',
  },
} as const satisfies Record<Locale, object>;

/** The last question before anything goes: how many, who was left out, when. */
export function confirmSection({ campaign }: CampaignProgress, now: Date, locale: Locale): Markup {
  const word = confirming[locale];
  const { id, recipients, startsAt, domain } = campaign;
  const count = figure(recipients, locale);
  const starts =
    startsAt !== null && Date.parse(startsAt) > now.getTime() ? moment(startsAt, locale) : word.now;
  const ask =
    recipients === 0
      ? html`<p>${word.none}</p><p class="row"><a class="btn" href="/mailings/${id}/cancel">${words[locale].cancel}</a></p>`
      : html`<p>${word.lead(count)}</p><dl class="facts"><div><dt>${word.from}</dt><dd class="mono">${domain}</dd></div><div><dt>${word.starts}</dt><dd>${starts}</dd></div></dl>
<form class="row above" action="/mailings/${id}/send" method="post"><button class="btn main">${word.title(count)}</button><a class="btn" href="/mailings/${id}/cancel">${words[locale].cancel}</a></form>`;
  return html`<section class="card now" aria-labelledby="confirm"><h2 id="confirm">${word.title(count)}</h2>${ask}<div class="above">${leftOutBox(campaign, locale)}</div></section>`;
}

/** Lines of the list that nobody is mailed for. */
export function leftOutBox(
  { id, leftOut }: Pick<CampaignProgress['campaign'], 'id' | 'leftOut'>,
  locale: Locale,
): Markup {
  const word = confirming[locale];
  const said = Object.entries(leftOut).filter(([, count]) => count > 0);
  const all = said.reduce((sum, [, count]) => sum + count, 0);
  if (all === 0) return html`<p>${word.whole}</p>`;
  const names = mailingWords[locale].leftOut;
  const items = said.map(
    ([code, count]) =>
      html`<li>${figure(count, locale)}: ${names[code] ?? (code.startsWith('field-') ? names.field : html`<code>${code}</code>`)}</li>`,
  );
  return html`<p><strong>${all === 1 ? word.leftOne : word.left(figure(all, locale))}</strong></p><ul class="in">${items}</ul><p><a href="/v1/sends/${id}/left-out.csv" download>${word.file}</a></p>`;
}
