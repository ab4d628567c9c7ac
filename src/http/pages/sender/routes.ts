/** The sending servers of a sender: role, records, rehearsal, and the form for one more. */
import { html } from 'hono/html';
import type { Rehearsal, TransportInfo } from '../../../ports.ts';
import type { Locale } from '../../../rule.ts';
import type { Sender, SenderRoute } from '../../../senders/sender.ts';
import { senderWords } from '../../../senders/words.ts';
import { field } from '../field.ts';
import { country } from '../figures.ts';
import { icon, tag } from '../icons.ts';
import { mailingWords } from '../mailing/words.ts';
import type { Markup } from '../markup.ts';
import { moment } from '../moment.ts';
import { quoted } from '../quoted.ts';
import { recordBoxes } from './records.ts';

const words = {
  en: {
    title: 'Sending servers',
    none: 'No mail goes yet: there is no sending server. Add one below.',
    armed: 'Rehearsal passed',
    old: 'Rehearsal too old',
    failed: 'Rehearsal did not pass',
    never: 'Not rehearsed',
    neverWhy: {
      primary:
        'A rehearsal sends a real mail through the server to a mailbox that we read, so that we see what a receiver sees. The primary server carries mail without one.',
      reserve:
        'A rehearsal sends a real mail through the server to a mailbox that we read, so that we see what a receiver sees. Until it passes, the server does not take over.',
    },
    removeWhy: 'No mail goes by it from this domain any more. Clearances that name it no longer fit.',
    removeNow: 'Remove the server',
    rehearse: 'Rehearse',
    again: 'Rehearse again',
    from: 'Sending subdomain',
    keys: 'DKIM keys',
    result: 'What arrived',
    seen: 'Return-Path',
    tls: (used: boolean) => (used ? 'encrypted (TLS)' : 'not encrypted'),
    records: 'Records to publish',
    todo: 'Still to find out',
    remove: 'Remove',
    add: 'Add a sending server',
    all: 'All sending servers that are set up here are in use for this domain.',
    nothing: 'No sending server is set up on this service. Whoever runs it does that.',
    transport: 'Server',
    role: 'Role',
    roles: {
      primary: 'Primary: carries the mail',
      reserve: 'Backup: takes over when the primary cannot, once rehearsed',
    },
    mailFrom: 'Sending subdomain',
    mailFromHint: (domain: string) =>
      `Where bounces go, below ${domain}: each server needs one of its own. Readers do not see it.`,
    selector: 'DKIM selector',
    selectorHint: 'For servers where we sign. Left empty, it is klarsignal.',
    optional: 'optional',
    button: 'Add it',
  },
  sv: {
    title: 'Utskicksservrar',
    none: 'Inga mejl går än: det finns ingen utskicksserver. Lägg till en nedanför.',
    armed: 'Provsändningen godkänd',
    old: 'Provsändningen är för gammal',
    failed: 'Provsändningen blev inte godkänd',
    never: 'Inte provad',
    neverWhy: {
      primary:
        'En provsändning skickar ett riktigt mejl genom servern till en brevlåda som vi läser, så att vi ser det en mottagare ser. Den ordinarie servern skickar mejl även utan.',
      reserve:
        'En provsändning skickar ett riktigt mejl genom servern till en brevlåda som vi läser, så att vi ser det en mottagare ser. Servern tar inte över förrän provsändningen är godkänd.',
    },
    removeWhy: 'Inga mejl från domänen går genom den längre. Klarsignaler som nämner den slutar passa.',
    removeNow: 'Ta bort servern',
    rehearse: 'Provsänd',
    again: 'Provsänd igen',
    from: 'Underdomän för utskick',
    keys: 'DKIM-nycklar',
    result: 'Det som kom fram',
    seen: 'Return-Path',
    tls: (used: boolean) => (used ? 'krypterat (TLS)' : 'inte krypterat'),
    records: 'Poster att publicera',
    todo: 'Återstår att ta reda på',
    remove: 'Ta bort',
    add: 'Lägg till en utskicksserver',
    all: 'Alla utskicksservrar som är inställda här används redan för domänen.',
    nothing: 'Ingen utskicksserver är inställd i tjänsten. Det gör den som sköter den.',
    transport: 'Server',
    role: 'Roll',
    roles: {
      primary: 'Ordinarie: skickar mejlen',
      reserve: 'Reserv: tar över när den ordinarie inte kan, när den är provad',
    },
    mailFrom: 'Underdomän för utskick',
    mailFromHint: (domain: string) =>
      `Dit studsar går, under ${domain}: varje server behöver en egen. Läsarna ser den inte.`,
    selector: 'DKIM-selektor',
    selectorHint: 'För servrar där vi signerar. Lämnar du det tomt blir den klarsignal.',
    optional: 'valfritt',
    button: 'Lägg till',
  },
} as const satisfies Record<Locale, object>;

export interface FaultyRoute {
  values: Readonly<Record<string, string>>;
  errors: readonly { field: string; text: string }[];
}

export function routesOfSender(
  sender: Sender,
  transports: readonly TransportInfo[],
  faulty: FaultyRoute | undefined,
  locale: Locale,
): Markup {
  const word = words[locale];
  const { routes } = sender;
  return html`<section aria-labelledby="routes"><h2 id="routes">${word.title}</h2>${routes.length === 0 ? html`<p>${word.none}</p>` : html`<div class="grid one">${routes.map((route) => card(route, locale))}</div>`}</section>${form(sender, transports, faulty, locale)}`;
}

function card(route: SenderRoute, locale: Locale): Markup {
  const word = words[locale];
  const {
    domain,
    transport,
    provider,
    country: code,
    role,
    mailFrom,
    dkim,
    records,
    gaps,
    rehearsal,
  } = route;
  const path = `/senders/${domain}/routes/${encodeURIComponent(transport)}`;
  const keys = dkim.map(({ d, s }) => html`<li class="mono">${s}._domainkey.${d}</li>`);
  const gapList = gaps.map((gap) => html`<li>${senderWords[locale].gaps[gap]}</li>`);
  return html`<article class="card"><h3>${provider}${code ? html`, ${country(code, locale)}` : ''}</h3><p class="row">${mailingWords[locale].roles[role]} ${standing(route, locale)}</p>
<dl class="facts"><div><dt>${word.from}</dt><dd class="mono">${quoted(mailFrom, 'address')}</dd></div>${keys.length > 0 ? html`<div><dt>${word.keys}</dt><dd><ul class="plain">${keys}</ul></dd></div>` : ''}${rehearsal ? result(rehearsal, locale) : ''}${gapList.length > 0 ? html`<div><dt>${word.todo}</dt><dd><ul class="plain loose">${gapList}</ul></dd></div>` : ''}</dl>
${rehearsal ? '' : html`<p class="small muted above">${word.neverWhy[role]}</p>`}
<div class="row above"><form action="${path}/rehearsal" method="post"><button class="btn">${rehearsal ? word.again : word.rehearse}<span class="vh">: ${provider}</span></button></form><details class="sure"><summary>${word.remove}<span class="vh">: ${provider}</span></summary><p>${word.removeWhy}</p><form action="${path}/remove" method="post"><button class="btn">${word.removeNow}<span class="vh">: ${provider}</span></button></form></details></div>
${records.length > 0 ? html`<details class="above"><summary>${word.records} (${records.length})</summary>${recordBoxes(records, locale)}</details>` : ''}</article>`;
}

function standing({ rehearsal, armed }: SenderRoute, locale: Locale): Markup {
  const word = words[locale];
  if (armed) return tag('clear', 'pass', word.armed);
  if (!rehearsal) return tag('quiet', 'wait', word.never);
  return rehearsal.passed ? tag('undecided', 'warn', word.old) : tag('blocked', 'fail', word.failed);
}

function result(
  { endedAt, spf, dkim, dmarc, envelopeFrom, ip, tls, detail }: Rehearsal,
  locale: Locale,
): Markup {
  const word = words[locale];
  const outcomes = [
    ['SPF', spf],
    ['DKIM', dkim],
    ['DMARC', dmarc],
  ] as const;
  const shown = outcomes.map(
    ([name, value]) =>
      html`<span class="state ${value === 'pass' ? 'clear' : 'blocked'}">${icon(value === 'pass' ? 'pass' : 'fail')} ${name} ${value}</span>`,
  );
  return html`<div><dt>${word.result}</dt><dd><p class="row near">${shown}</p><p class="small muted">${moment(endedAt, locale)} · ${word.seen} <span class="mono">${quoted(envelopeFrom, 'address')}</span> · <span class="mono">${ip}</span> · ${word.tls(tls)}</p>${detail ? html`<p class="small">${quoted(detail)}</p>` : ''}</dd></div>`;
}

function form(
  { domain, routes }: Sender,
  transports: readonly TransportInfo[],
  faulty: FaultyRoute | undefined,
  locale: Locale,
): Markup {
  const word = words[locale];
  const free = transports.filter(({ id }) => !routes.some((one) => one.transport === id));
  if (free.length === 0)
    return html`<p class="muted">${transports.length === 0 ? word.nothing : word.all}</p>`;
  const { values = {}, errors = [] } = faulty ?? {};
  const of = (name: string) => errors.filter((error) => error.field === name);
  const named = new Set(['transport', 'role', 'mailFrom', 'selector']);
  const rest = errors.filter((error) => !named.has(error.field));
  const chosen = values.role ?? (routes.some(({ role }) => role === 'primary') ? 'reserve' : 'primary');
  return html`<form class="card narrow" action="/senders/${domain}/routes" method="post" id="add-route"><h2>${word.add}</h2>${rest.map(({ text }) => html`<p class="error">${icon('fail')} ${text}</p>`)}
${field(
  { id: 'transport', name: 'transport', label: word.transport, errors: of('transport') },
  (attributes) =>
    html`<select ${attributes}>${free.map(({ id, provider, country: code, place }) => html`<option value="${id}"${values.transport === id ? html` selected` : ''}>${provider}, ${country(code, locale)} (${place})</option>`)}</select>`,
)}<fieldset class="field"><legend>${word.role}</legend>${of('role').map(({ text }) => html`<p class="error">${icon('fail')} ${text}</p>`)}${(['primary', 'reserve'] as const).map((role) => html`<label class="pick"><input type="radio" name="role" value="${role}"${role === chosen ? html` checked` : ''}><span>${word.roles[role]}</span></label>`)}</fieldset>
${field(
  {
    id: 'mailFrom',
    name: 'mailFrom',
    label: word.mailFrom,
    hint: word.mailFromHint(domain),
    errors: of('mailFrom'),
  },
  (attributes) =>
    html`<input autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="300" value="${values.mailFrom ?? ''}" ${attributes}>`,
)}${field(
  {
    id: 'selector',
    name: 'selector',
    label: word.selector,
    mark: word.optional,
    hint: word.selectorHint,
    errors: of('selector'),
  },
  (attributes) =>
    html`<input class="short" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="100" value="${values.selector ?? ''}" ${attributes}>`,
)}<p class="row"><button class="btn main">${word.button}</button></p></form>`;
}
