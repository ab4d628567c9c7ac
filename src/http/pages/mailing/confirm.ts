/** The last page before anything goes: what, from whom, to how many, who gets nothing, and how long it takes. */
import { html } from 'hono/html';
import type { Campaign, CampaignProgress, Letter } from '../../../campaigns/campaign.ts';
import { sayBegins } from '../../../campaigns/warning.ts';
import type { Locale } from '../../../rule.ts';
import { country, figure, span } from '../figures.ts';
import { icon } from '../icons.ts';
import type { Markup } from '../markup.ts';
import { moment } from '../moment.ts';
import { quoted } from '../quoted.ts';
import { leftOutBox } from './left-out.ts';
import { mailingWords } from './words.ts';

const words = {
  en: {
    title: (count: string, one: boolean) => `Send to ${count} ${one ? 'recipient' : 'recipients'}`,
    nobody: 'Nobody to send to',
    lead: 'Look it all through first. What has gone cannot be called back.',
    none: 'Every line of the list was left out. See why below, mend the list, and make a new mailing.',
    send: (count: string) => `Send to ${count}`,
    earlier: (count: string, one: boolean) =>
      `${count} of them ${one ? 'has' : 'have'} got an earlier version of this mail in the last 30 days.`,
    all: (count: string) => `Send to all ${count}`,
    others: (count: string) => `Send only to the other ${count}`,
    cancel: 'Cancel the mailing',
    from: 'From',
    replyTo: 'Reply-To',
    same: 'The same as From',
    subject: 'Subject',
    filled: 'What stands in braces is filled in from the list.',
    recipients: 'Recipients',
    gets: (count: string, one: boolean) => `${count} ${one ? 'gets' : 'get'} the mail.`,
    by: 'Sending server',
    starts: 'Starts',
    now: 'At once, when you press Send',
    pace: 'Pace',
    most: (count: string) => `At most ${count} a minute`,
    free: 'As fast as the servers take it',
    warmUp: (count: string) => `at most ${count} today, for the warm-up`,
    takes: (time: string) => `about ${time} in all`,
    until: 'done about',
    clearance: 'Clearance',
    ends: 'It ends',
    enough: 'The mailing is over by then.',
    fast: 'What has not gone by then pauses.',
    pauses: 'The mailing takes longer than that. It pauses then, and you resume it with a new clearance.',
    again:
      'If the mailing takes longer, the mail is audited again before that, and goes on by a new clearance if it is clear.',
    gone: 'None is in force: it was revoked. Ask why before you send.',
    ended: 'It has ended. A new one is taken when you press Send, if the report still earns one.',
    as: (address: string) => `As ${address} gets it`,
    refused: 'The mail cannot be written for this recipient. Cancel the mailing, mend the list or the mail.',
    values: 'From the list',
    sample: 'The link to unsubscribe is a stand-in here: it unsubscribes nobody.',
    eml: 'Download it as a mail (EML)',
    text: 'The text of the mail',
    picture: 'As it was audited, with samples',
    alt: 'The mail as it was audited',
  },
  sv: {
    title: (count: string) => `Skicka till ${count} mottagare`,
    nobody: 'Ingen att skicka till',
    lead: 'Titta igenom allt först. Det som har gått iväg går inte att ta tillbaka.',
    none: 'Alla rader i listan utelämnades. Se varför nedan, rätta listan och gör ett nytt utskick.',
    send: (count: string) => `Skicka till ${count}`,
    earlier: (count: string) =>
      `${count} av dem har redan fått en tidigare version av mejlet de senaste 30 dagarna.`,
    all: (count: string) => `Skicka till alla ${count}`,
    others: (count: string) => `Skicka bara till de andra ${count}`,
    cancel: 'Avbryt utskicket',
    from: 'Från',
    replyTo: 'Svarsadress (Reply-To)',
    same: 'Samma som Från',
    subject: 'Ämne',
    filled: 'Det inom klamrar fylls i från listan.',
    recipients: 'Mottagare',
    gets: (count: string) => `${count} får mejlet.`,
    by: 'Utskicksserver',
    starts: 'Börjar',
    now: 'Genast, när du trycker på Skicka',
    pace: 'Takt',
    most: (count: string) => `Högst ${count} per minut`,
    free: 'Så fort servrarna tar emot mejlen',
    warmUp: (count: string) => `högst ${count} i dag, för uppvärmningens skull`,
    takes: (time: string) => `ungefär ${time} totalt`,
    until: 'klart omkring',
    clearance: 'Klarsignal',
    ends: 'Den gäller till',
    enough: 'Utskicket är klart innan dess.',
    fast: 'Det som inte har gått iväg då pausas.',
    pauses: 'Utskicket tar längre tid än så. Då pausas det, och du fortsätter det med en ny klarsignal.',
    again:
      'Om utskicket tar längre tid granskas mejlet igen före dess, och går vidare med en ny klarsignal om allt är klart.',
    gone: 'Ingen gäller: den återkallades. Ta reda på varför innan du skickar.',
    ended: 'Den har gått ut. En ny hämtas när du trycker på Skicka, om rapporten fortfarande ger en.',
    as: (address: string) => `Så här får ${address} det`,
    refused:
      'Mejlet går inte att skriva till den här mottagaren. Avbryt utskicket och rätta listan eller mejlet.',
    values: 'Från listan',
    sample: 'Avregistreringslänken är bara en attrapp här: den avregistrerar ingen.',
    eml: 'Ladda ner det som mejl (EML)',
    text: 'Mejlets text',
    picture: 'Så som det granskades, med exempel',
    alt: 'Mejlet så som det granskades',
  },
} as const satisfies Record<Locale, object>;

/** What is shown of the mail itself; undefined: it is gone. */
export interface Shown {
  letter: Letter | undefined;
  /** Address of a picture of the audit. */
  picture: string | undefined;
}

export function confirmSection(
  progress: CampaignProgress,
  { letter, picture }: Shown,
  now: Date,
  locale: Locale,
): Markup {
  const word = words[locale];
  const { campaign } = progress;
  const { id, recipients } = campaign;
  const count = figure(recipients, locale);
  const cancel = html`<a class="btn" href="/mailings/${id}/cancel">${word.cancel}</a>`;
  if (recipients === 0)
    return html`<section class="card now" aria-labelledby="confirm"><h2 id="confirm">${word.nobody}</h2><p>${word.none}</p>${leftOutBox(campaign, locale)}<p class="row above">${cancel}</p></section>`;
  const seen = picture
    ? html`<figure class="thumb noprint"><a href="${picture}"><img src="${picture}" alt="${word.alt}" loading="lazy"></a><figcaption class="small muted">${word.picture}</figcaption></figure>`
    : '';
  return html`<section class="card now" aria-labelledby="confirm"><h2 id="confirm">${word.title(count, recipients === 1)}</h2><p>${word.lead}</p>
<div class="${picture ? 'beside' : ''}">${facts(progress, letter, now, locale)}${seen}</div>
${letter?.first ? copy(id, letter.first, locale) : ''}
${earlierNote(campaign, locale)}<div class="row above">${sendForms(campaign, locale)}${cancel}</div></section>`;
}

/** Who has got an earlier version, and would get this one too. */
function earlierNote({ earlier }: Campaign, locale: Locale): Markup {
  if (earlier === 0) return html``;
  const text = words[locale].earlier(figure(earlier, locale), earlier === 1);
  return html`<p class="note undecided above">${icon('warn')} ${text}</p>`;
}

function sendForms({ id, recipients, earlier }: Campaign, locale: Locale): Markup {
  const word = words[locale];
  const form = (inside: Markup) => html`<form action="/mailings/${id}/send" method="post">${inside}</form>`;
  const all = figure(recipients, locale);
  if (earlier === 0 || earlier >= recipients)
    return form(html`<button class="btn main">${word.send(all)}</button>`);
  // Whoever presses without looking twice mails nobody twice.
  return html`${form(html`<input type="hidden" name="leaveOutEarlier" value="on"><button class="btn main">${word.others(figure(recipients - earlier, locale))}</button>`)}${form(html`<button class="btn">${word.all(all)}</button>`)}`;
}

function facts(progress: CampaignProgress, letter: Letter | undefined, now: Date, locale: Locale): Markup {
  const word = words[locale];
  const { campaign } = progress;
  const { recipients, startsAt, domain } = campaign;
  const later = startsAt !== null && Date.parse(startsAt) > now.getTime();
  const subject = letter?.subject ?? campaign.subject;
  const count = figure(recipients, locale);
  const mailbox = ({ name, address }: Letter['from']) =>
    html`${name ? html`${quoted(name)} ` : ''}${quoted(`<${address}>`, 'address')}`;
  const replies = letter?.replyTo ?? [];
  const rows: [string, Markup | string][] = [
    [word.from, letter ? mailbox(letter.from) : quoted(domain, 'address')],
    [
      word.replyTo,
      replies.length === 0
        ? word.same
        : html`${replies.map((one, i) => html`${i > 0 ? ', ' : ''}${mailbox(one)}`)}`,
    ],
    [
      word.subject,
      html`<strong>${subject ? quoted(subject) : mailingWords[locale].nameless}</strong>${letter && letter.fields.length > 0 && subject.includes('{{') ? html`<span class="under">${word.filled}</span>` : ''}`,
    ],
    [word.recipients, html`<p>${word.gets(count, recipients === 1)}</p>${leftOutBox(campaign, locale)}`],
    ...(campaign.begins ? [[word.by, carrier(campaign.begins, locale)] as [string, Markup]] : []),
    [word.starts, later ? moment(startsAt, locale) : word.now],
    [word.pace, pace(progress, now, locale)],
    [word.clearance, clearance(progress, now, locale)],
  ];
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Which server its first mail goes by and in which country, and why where that is not the one that was chosen. */
function carrier(begins: NonNullable<CampaignProgress['campaign']['begins']>, locale: Locale): Markup {
  const { provider, country: code } = begins;
  const said = sayBegins(begins, locale);
  const name = html`${provider}${code ? html`, ${country(code, locale)}` : ''}`;
  if (said === undefined) return name;
  return html`<span class="state undecided">${icon('warn')} <span>${name}</span></span><p>${said}</p>`;
}

/** How fast, and when the last has had the mail, as far as that is known ahead. */
function pace({ campaign, warmUp }: CampaignProgress, now: Date, locale: Locale): Markup {
  const word = words[locale];
  const { perMinute, plannedEnd, startsAt } = campaign;
  const parts = [
    perMinute === null ? word.free : word.most(figure(perMinute, locale)),
    ...(warmUp?.cap == null ? [] : [word.warmUp(figure(warmUp.cap, locale))]),
  ];
  if (plannedEnd === null) return html`${parts.join(', ')}`;
  const from = Math.max(now.getTime(), Date.parse(startsAt ?? '') || 0);
  const takes = word.takes(span(Date.parse(plannedEnd) - from, locale));
  return html`${[...parts, takes].join(', ')} (${word.until} ${moment(plannedEnd, locale, now)})`;
}

/** Until when it holds, and what becomes of what has not gone by then. */
function clearance({ campaign }: CampaignProgress, now: Date, locale: Locale): Markup {
  const word = words[locale];
  const { clearanceEndsAt, plannedEnd, pausesAt, onExpiry } = campaign;
  if (!clearanceEndsAt) return html`${icon('warn')} ${word.gone}`;
  if (Date.parse(clearanceEndsAt) <= now.getTime()) return html`${icon('warn')} ${word.ended}`;
  const until = html`${word.ends} ${moment(clearanceEndsAt, locale)}.`;
  if (pausesAt !== null)
    return html`<span class="state undecided">${icon('warn')} <span>${until} ${word.pauses}</span></span>`;
  if (onExpiry === 'audit-again') return html`${until} ${word.again}`;
  return html`${until} ${plannedEnd === null ? word.fast : word.enough}`;
}

/** The letter of one recipient. */
function copy(id: string, first: NonNullable<Letter['first']>, locale: Locale): Markup {
  const word = words[locale];
  const values = Object.entries(first.fields);
  const from =
    values.length === 0
      ? ''
      : html`<p class="small"><span class="muted">${word.values}:</span> ${values.map(([name, value], i) => html`${i > 0 ? ', ' : ''}<span class="mono">${name}</span> = ${quoted(value)}`)}</p>`;
  const heading = html`<h3 class="m" id="copy">${word.as(first.address)}</h3>`;
  if ('refused' in first)
    return html`<div class="note blocked above">${heading}<p>${icon('fail')} ${word.refused} <code>${first.refused}${first.field ? `: ${first.field}` : ''}</code></p>${from}</div>`;
  return html`<section class="letter above" aria-labelledby="copy">${heading}<p><strong>${quoted(first.subject)}</strong></p>${first.text ? html`<pre class="text" tabindex="0" role="region" aria-label="${word.text}">${quoted(first.text)}</pre>` : ''}${from}
<p class="small"><a href="/mailings/${id}/letter.eml" download>${word.eml}</a> <span class="muted">${word.sample}</span></p></section>`;
}
