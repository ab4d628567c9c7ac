/** The part of a report that leads on to sending: its clearance, or why there is none and what to do. */
import { html } from 'hono/html';
import { clearanceWords } from '../../clearance/words.ts';
import type { ClearanceErrorCode, WaiverErrorCode } from '../../clearance.ts';
import type { ClearanceRow, WaiverRow } from '../../ports.ts';
import type { Report, ReportFinding } from '../../report/report.ts';
import type { Locale } from '../../rule.ts';
import { type Icon, icon, type State, tag } from './icons.ts';
import type { Markup } from './markup.ts';
import { lacksFields } from './merge-fields/rows.ts';
import { moment } from './moment.ts';
import type { Carriage } from './new-mailing/carriage.ts';
import { hereNote } from './new-mailing/here.ts';
import { quoted } from './quoted.ts';

/** What has just been done in this part, or went wrong. */
export interface ClearanceNews {
  /** Granted now: shown this once. */
  token?: string;
  /** Asked for and refused. */
  refused?: ClearanceErrorCode;
  faulty?: {
    rule: string;
    reason: string;
    endsAt: string;
    name?: string;
    errors: readonly { code: WaiverErrorCode; field: string }[];
  };
}

export interface ClearanceShown {
  earned: 'earned' | ClearanceErrorCode;
  rows: readonly ClearanceRow[];
  waivers: readonly WaiverRow[];
  /** Of people, by id; null: nobody has said. */
  names: ReadonlyMap<string, string | null>;
  now: Date;
  /** Ids of rules whose exception stands now. */
  excepted: ReadonlySet<string>;
  may: { get: boolean; waive: boolean; send: boolean };
  /** By which way this service would send it; undefined: it sends nothing. */
  carriage: Carriage | undefined;
  /** Whoever looks has a name, under which they make exceptions. */
  named: boolean;
  news: ClearanceNews;
}

const words = {
  en: {
    title: 'Clearance',
    ready: 'This mail may go. A clearance is the signed permit: it fits this mail alone and lives 24 hours.',
    rests: 'It ends earlier where an exception it rests on does.',
    get: 'Get clearance',
    another: 'Get another clearance',
    send: 'Make a mailing',
    sendWhy: 'A mailing gets its clearance by itself. Get one yourself only for another sending system.',
    may: 'An editor or an owner can get it.',
    none: 'No clearance can be had for this audit',
    granted: 'Copy the clearance now',
    grantedWhy: 'It is shown this once. Hand it to whatever sends the mail.',
    copy: 'Copy',
    copied: 'Copied',
    clearance: 'Clearance',
    list: 'Clearances of this audit',
    states: { live: 'Live', ended: 'Ended', revoked: 'Revoked' },
    until: 'until',
    from: 'from',
    followed: 'for a mailing that outlived its clearance and was audited again',
    revoke: 'Revoke',
    revokeWhy: 'Mailings that go by it pause at once, and nothing more goes by it. It cannot be undone.',
    revokeNow: 'Revoke it',
    endWhy: 'Clearances that rest on it are revoked, and mailings that go by them pause at once.',
    endNow: 'End the exception',
    exceptions: 'Exceptions for this mail',
    end: 'End it',
    owner: 'an owner',
    except: 'Make an exception',
    exceptWhy:
      'You answer for it, by name, and it counts for this mail alone. What must be fixed cannot be excepted.',
    name: 'Your name',
    nameWhy: 'It stands beside the exception, and from now on beside all you do here.',
    reason: 'Why may the mail go anyway?',
    last: 'Last day (at most 90 days ahead)',
    make: (title: string) => `Except “${title}”`,
    check: 'Check',
    uncomposed:
      'there is no exception for this. Klarsignal writes each mail itself, and sends none in which a field has no value.',
  },
  sv: {
    title: 'Klarsignal',
    ready:
      'Mejlet får skickas. En klarsignal är det signerade tillståndet: den passar bara det här mejlet och gäller i 24 timmar.',
    rests: 'Den slutar tidigare om ett undantag som den vilar på gör det.',
    get: 'Hämta klarsignal',
    another: 'Hämta en klarsignal till',
    send: 'Gör ett utskick',
    sendWhy:
      'Ett utskick hämtar sin klarsignal själv. Hämta en på egen hand bara för ett annat utskickssystem.',
    may: 'En redaktör eller ägare kan hämta den.',
    none: 'Det går inte att få klarsignal för den här granskningen',
    granted: 'Kopiera klarsignalen nu',
    grantedWhy: 'Den visas bara den här gången. Ge den till det som skickar mejlet.',
    copy: 'Kopiera',
    copied: 'Kopierat',
    clearance: 'Klarsignal',
    list: 'Klarsignaler för den här granskningen',
    states: { live: 'Gäller', ended: 'Slut', revoked: 'Återkallad' },
    until: 'till',
    from: 'från',
    followed: 'för ett utskick som varade längre än sin klarsignal och granskades om',
    revoke: 'Återkalla',
    revokeWhy: 'Utskick som går med den pausas genast, och inget mer går med den. Det går inte att ångra.',
    revokeNow: 'Återkalla den',
    endWhy: 'Klarsignaler som vilar på det återkallas, och utskick som går med dem pausas genast.',
    endNow: 'Avsluta undantaget',
    exceptions: 'Undantag för det här mejlet',
    end: 'Avsluta',
    owner: 'en ägare',
    except: 'Gör ett undantag',
    exceptWhy:
      'Du svarar för det, med ditt namn, och det gäller bara det här mejlet. För det som måste åtgärdas går det inte.',
    name: 'Ditt namn',
    nameWhy: 'Det står vid undantaget, och från och med nu vid allt du gör här.',
    reason: 'Varför får mejlet skickas ändå?',
    last: 'Sista dag (högst 90 dagar framåt)',
    make: (title: string) => `Undanta ”${title}”`,
    check: 'Kontroll',
    uncomposed:
      'för kopplingsfält går det inte att göra undantag. Klarsignal skriver varje mejl själv och skickar inget där ett fält saknar värde.',
  },
} as const satisfies Record<Locale, object>;

type RowState = 'live' | 'ended' | 'revoked';
const shapes: Record<RowState, [State, Icon]> = {
  live: ['clear', 'pass'],
  ended: ['quiet', 'wait'],
  revoked: ['quiet', 'fail'],
};

/** What is new comes first: it is what a screen reader says when the page loads. */
export function clearanceTitle(title: string, locale: Locale): string {
  return `${words[locale].granted} – ${title}`;
}

/** `audit`: its id. */
export function clearanceSection(
  audit: string,
  { findings }: Report,
  shown: ClearanceShown,
  locale: Locale,
): Markup {
  const word = words[locale];
  const { rows, waivers, news } = shown;
  const titleOf = (rule: string) => findings.find((finding) => finding.rule === rule)?.title ?? rule;
  const open = findings.filter(
    ({ severity, outcome, waived }) => severity === 'major' && outcome === 'fail' && !waived,
  );
  // What Klarsignal cannot compose it does not send, whoever answers for it.
  const uncomposed = findings.filter((one) => one.outcome === 'fail' && lacksFields(one));
  const excepted = open.filter((one) => !lacksFields(one));
  return html`<section class="card stack even noprint" id="clearance" aria-labelledby="clearance-h"><h2 id="clearance-h">${word.title}</h2>
${news.token ? tokenBox(news.token, locale) : ''}${standing(audit, shown, uncomposed.length === 0, locale)}
${uncomposed.length > 0 ? html`<p>${uncomposed.map(({ rule, title }) => html`<a href="#f-${rule}">${title}</a>`)}: ${word.uncomposed}</p>` : ''}
${shown.may.waive && excepted.length > 0 ? exceptionForm(audit, excepted, shown, locale) : ''}
${waivers.length > 0 ? waiverList(audit, shown, titleOf, locale) : ''}
${rows.length > 0 ? clearanceList(audit, shown, locale) : ''}</section>`;
}

function standing(
  audit: string,
  { earned, rows, may, carriage, excepted, news }: ClearanceShown,
  composes: boolean,
  locale: Locale,
): Markup {
  const word = words[locale];
  const away = carriage && !carriage.here && may.send ? hereNote(audit, carriage, 'h3', locale) : '';
  if (earned !== 'earned') {
    const text = clearanceWords[locale].refused[news.refused ?? earned];
    return html`<div class="note ${earned === 'blocked' ? 'blocked' : 'undecided'}"${news.refused ? html` role="alert"` : ''}><h3 class="m">${icon(earned === 'blocked' ? 'fail' : 'wait')} ${word.none}</h3><p>${text}</p></div>${away}`;
  }
  if (!may.get) return html`<p>${word.ready} ${word.may}</p>`;
  // Who sends from here needs no token in hand: the mailing gets its own.
  const send = sends({ carriage, may }) && composes;
  return html`<div><p>${word.ready} ${excepted.size > 0 ? word.rests : ''}</p>
<div class="row above">${send ? html`<a class="btn" href="/mailings/new?audit=${audit}">${word.send}</a>` : ''}<form action="/audits/${audit}/clearance" method="post"><button class="btn${send ? '' : ' main'}">${rows.length > 0 ? word.another : word.get}</button></form></div>${send ? html`<p class="small muted above">${word.sendWhy}</p>` : ''}</div>${away}`;
}

const sends = ({ carriage, may }: Pick<ClearanceShown, 'carriage' | 'may'>) =>
  carriage?.here === true && may.send;

/** Whether a mailing may be made of it now by whoever looks: it is what a clear report leads on to. */
export function mayMail({ findings }: Report, shown: ClearanceShown): boolean {
  const composes = !findings.some((one) => one.outcome === 'fail' && lacksFields(one));
  return shown.earned === 'earned' && shown.may.get && sends(shown) && composes;
}

function tokenBox(token: string, locale: Locale): Markup {
  const word = words[locale];
  // klarsignal.js adds the button, with these words.
  return html`<div class="note clear" role="status"><h3 class="m">${icon('pass')} ${word.granted}</h3><p>${word.grantedWhy}</p>
<div class="change"><ins data-copy="${word.copy}" data-copied="${word.copied}"><b>${word.clearance}</b><code id="token">${token}</code></ins></div></div>`;
}

function stateOf(end: string, revokedAt: string | null, now: Date): RowState {
  return revokedAt !== null ? 'revoked' : end <= now.toISOString() ? 'ended' : 'live';
}

function clearanceList(audit: string, { rows, now, may }: ClearanceShown, locale: Locale): Markup {
  const word = words[locale];
  const items = rows.map(({ id, issuedAt, expiresAt, follows, revokedAt }) => {
    const state = stateOf(expiresAt, revokedAt, now);
    const revoke =
      state === 'live' && may.get
        ? html`<details class="sure"><summary>${word.revoke}<span class="vh">: ${id}</span></summary><p>${word.revokeWhy}</p><form action="/clearances/${id}/revoke" method="post"><input type="hidden" name="audit" value="${audit}"><button class="btn">${word.revokeNow}<span class="vh">: ${id}</span></button></form></details>`
        : '';
    return html`<li><div class="row ends"><span>${tag(...shapes[state], word.states[state])} ${word.from} ${moment(issuedAt, locale)} ${word.until} ${moment(expiresAt, locale)} <span class="mono small muted">${id.slice(0, 12)}…</span>${follows === null ? '' : html` <span class="small muted">${word.followed}</span>`}</span>${revoke}</div></li>`;
  });
  return html`<div><h3 class="m">${word.list}</h3><ul class="plain stack even above">${items}</ul></div>`;
}

function waiverList(
  audit: string,
  { waivers, names, now, may }: ClearanceShown,
  titleOf: (rule: string) => string,
  locale: Locale,
): Markup {
  const word = words[locale];
  const items = waivers.map(({ id, rule, person, reason, endsAt, revokedAt }) => {
    const state = stateOf(endsAt, revokedAt, now);
    const end =
      state === 'live' && may.waive
        ? html`<details class="sure"><summary>${word.end}<span class="vh">: ${titleOf(rule)}</span></summary><p>${word.endWhy}</p><form action="/waivers/${id}/revoke" method="post"><input type="hidden" name="audit" value="${audit}"><button class="btn">${word.endNow}<span class="vh">: ${titleOf(rule)}</span></button></form></details>`
        : '';
    return html`<li><div class="row ends"><div><p>${tag(...shapes[state], word.states[state])} <b>${titleOf(rule)}</b> ${word.until} ${moment(endsAt, locale)}</p><p>${quoted(reason)} <span class="muted">– ${quoted(names.get(person) ?? word.owner)}</span></p></div>${end}</div></li>`;
  });
  return html`<div><h3 class="m">${word.exceptions}</h3><ul class="plain stack even above">${items}</ul></div>`;
}

function exceptionForm(
  audit: string,
  open: readonly ReportFinding[],
  { news: { faulty }, now, named }: ClearanceShown,
  locale: Locale,
): Markup {
  const word = words[locale];
  const say = clearanceWords[locale].waiver;
  const forms = open.map(({ rule, title }) => {
    const own = faulty?.rule === rule ? faulty : undefined;
    const said = (field: string) =>
      (own?.errors ?? [])
        .filter((error) => error.field === field)
        .map(({ code }) => html`<p class="error" id="${rule}-${field}-e">${say[code]}</p>`);
    const ties = (field: string) =>
      own?.errors.some((error) => error.field === field)
        ? html` aria-invalid="true" aria-describedby="${rule}-${field}-e"`
        : '';
    return html`<details class="fold"${own ? html` open` : ''}><summary>${word.make(title)}</summary>
<form action="/audits/${audit}/waivers" method="post"><input type="hidden" name="rule" value="${rule}">${said('rule')}${said('audit')}
${
  named
    ? ''
    : html`<div class="field"><label for="${rule}-name">${word.name}</label><p class="hint" id="${rule}-name-h">${word.nameWhy}</p>${said('name')}<input id="${rule}-name" name="name" maxlength="80" autocomplete="name" value="${own?.name ?? ''}" required aria-describedby="${rule}-name-h${own?.errors.some(({ field }) => field === 'name') ? ` ${rule}-name-e` : ''}"${own?.errors.some(({ field }) => field === 'name') ? html` aria-invalid="true"` : ''}></div>
`
}<div class="field"><label for="${rule}-reason">${word.reason}</label>${said('reason')}<textarea id="${rule}-reason" name="reason" rows="3" minlength="10" maxlength="1000" required${ties('reason')}>${own?.reason ?? ''}</textarea></div>
<div class="field"><label for="${rule}-endsAt">${word.last}</label>${said('endsAt')}<input id="${rule}-endsAt" name="endsAt" type="date" min="${dayAfter(now, 0)}" max="${dayAfter(now, 89)}" value="${own?.endsAt ?? ''}" required${ties('endsAt')}></div>
<p class="above"><button class="btn">${word.except}</button></p></form></details>`;
  });
  return html`<div><h3 class="m">${word.except}</h3><p>${word.exceptWhy}</p>${forms}</div>`;
}

/** YYYY-MM-DD, in UTC. The last day counts to its end, so the 90th would be too long. */
function dayAfter(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
