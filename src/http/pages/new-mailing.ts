/** A new mailing out of a report that is clear: who sends what by which servers, what is missing, and the form. */
import { html } from 'hono/html';
import type { Audit, AuditEntry } from '../../audits.ts';
import { sendErrorWords } from '../../campaigns/send-errors.ts';
import type { WarmUpStep } from '../../campaigns/warm-up.ts';
import type { Locale } from '../../rule.ts';
import type { Sender } from '../../senders/sender.ts';
import { faultSummary, field } from './field.ts';
import { country } from './figures.ts';
import { icon, tag } from './icons.ts';
import { expiryField, warmUpPlan } from './mailing/ahead.ts';
import { mailingWords } from './mailing/words.ts';
import type { Markup } from './markup.ts';
import { moment } from './moment.ts';
import type { Carriage, Hindrance } from './new-mailing/carriage.ts';
import { hereNote } from './new-mailing/here.ts';
import { columnsOf, type FaultyList, listFields, listTitle } from './new-mailing/list-form.ts';
import { quoted } from './quoted.ts';

const words = {
  en: {
    title: 'New mailing',
    choose: 'Which mail is to be sent? These reports are clear to send.',
    none: 'No report is clear to send. Audit a mail first; when its signal is raised, you make a mailing of it here.',
    audit: 'Audit a mail',
    lead: 'Nothing is sent yet. When the list is in, you see how many get the mail, and then you say yes.',
    what: 'What is sent',
    subject: 'Subject',
    from: 'From',
    kind: 'Kind',
    classes: { marketing: 'Marketing', transactional: 'Transactional' },
    sender: 'Sender',
    route: 'Sending servers',
    armed: 'Rehearsed, ready to take over',
    unarmed: 'Not rehearsed, so it does not take over',
    unarmedSo: 'If the primary server fails, the mailing pauses.',
    rehearse: 'Rehearse it',
    single: 'There is no backup server: if this one fails, the mailing pauses.',
    missing: 'Before it can go',
    toSenders: 'Go to Senders',
    toReport: 'Go to the report',
    when: 'When and how fast',
    startsAt: 'Not before',
    optional: 'optional',
    startsHint: 'Date and time in ',
    startsNow: 'Left empty, it goes when you have said yes.',
    perMinute: 'Mails a minute, at most',
    perMinuteHint: 'Spreads the mailing evenly. Left empty, it goes as fast as the servers take it.',
    standard: (domain: string) => `The standard route, this time: ${domain} is not among your senders.`,
    button: 'Take in the list',
    faults: (count: number) => (count === 1 ? 'One thing to correct' : `${count} things to correct`),
    large:
      'The file is larger than 20 MB. Hand it in by the API: PUT /v1/sends/{id}/recipients takes 256 MB.',
    empty: 'Choose a file, or paste the list.',
  },
  sv: {
    title: 'Nytt utskick',
    choose: 'Vilket mejl ska skickas? De här rapporterna är klara att skicka.',
    none: 'Ingen rapport är klar att skicka. Granska först ett mejl. När dess signal är uppe gör du ett utskick av det här.',
    audit: 'Granska ett mejl',
    lead: 'Inget skickas än. När listan är inläst ser du hur många som får mejlet, och då säger du ja.',
    what: 'Det här skickas',
    subject: 'Ämne',
    from: 'Från',
    kind: 'Typ',
    classes: { marketing: 'Marknadsföring', transactional: 'Enskilt ärende' },
    sender: 'Avsändare',
    route: 'Utskicksservrar',
    armed: 'Provad, redo att ta över',
    unarmed: 'Inte provad, så den tar inte över',
    unarmedSo: 'Om den ordinarie servern faller bort pausas utskicket.',
    rehearse: 'Provsänd genom den',
    single: 'Det finns ingen reservserver: om den här faller bort pausas utskicket.',
    missing: 'Innan det kan skickas',
    toSenders: 'Till Avsändare',
    toReport: 'Till rapporten',
    when: 'När och hur fort',
    startsAt: 'Tidigast',
    optional: 'valfritt',
    startsHint: 'Datum och tid i ',
    startsNow: 'Lämnar du det tomt skickas det när du har sagt ja.',
    perMinute: 'Mejl per minut, högst',
    perMinuteHint:
      'Sprider utskicket jämnt. Lämnar du det tomt skickas mejlen så fort servrarna tar emot dem.',
    standard: (domain: string) => `Standardvägen, den här gången: ${domain} finns inte bland dina avsändare.`,
    button: 'Läs in listan',
    faults: (count: number) => (count === 1 ? 'En sak att rätta' : `${count} saker att rätta`),
    large: 'Filen är större än 20 MB. Lämna in den via API:et: PUT /v1/sends/{id}/recipients tar 256 MB.',
    empty: 'Välj en fil, eller klistra in listan.',
  },
} as const satisfies Record<Locale, object>;

export interface NewMailing {
  audit: Audit;
  carriage: Carriage;
  /** Those of the carriage among them. */
  hindrances: readonly Hindrance[];
  /** Of this form, so that sent twice it makes one mailing. */
  key: string;
  values: Readonly<Record<string, string>>;
  /** Of the sender's warm-up, while it is under way. */
  steps: readonly WarmUpStep[];
  faulty?: FaultyList | undefined;
}

export function newMailingTitle(locale: Locale, faults = 0): string {
  const word = words[locale];
  return faults > 0 ? `${word.faults(faults)} – ${word.title}` : word.title;
}

export function listFault(kind: 'none' | 'large', locale: Locale): { field: string; text: string } {
  const word = words[locale];
  return { field: 'file', text: kind === 'large' ? word.large : word.empty };
}

/** Which report it is to be made of. */
export function choosePage(entries: readonly AuditEntry[], locale: Locale): Markup {
  const word = words[locale];
  if (entries.length === 0)
    return html`<div><h1>${word.title}</h1><p class="lead">${word.none}</p><p class="row"><a class="btn main" href="/">${word.audit}</a></p></div>`;
  const items = entries.map(
    ({ id, request, finishedAt, createdAt }) =>
      html`<li class="card tight"><a href="/mailings/new?audit=${id}"><strong>${request.subject ? quoted(request.subject) : mailingWords[locale].nameless}</strong></a>${request.from ? html`<span class="under">${quoted(request.from, 'address')}</span>` : ''}<span class="under">${moment(finishedAt ?? createdAt, locale)}</span></li>`,
  );
  return html`<div><h1>${word.title}</h1><p class="lead">${word.choose}</p></div><ul class="plain grid even">${items}</ul>`;
}

export function newMailingPage(page: NewMailing, locale: Locale): Markup {
  const word = words[locale];
  const { audit, carriage, hindrances, key, values, faulty, steps } = page;
  const errors = faulty?.errors ?? [];
  const blocked = hindrances.length > 0 || !carriage.here;
  const of = (name: string) => errors.filter((error) => error.field === name);
  const places = new Set(['file', 'list', 'startsAt', 'perMinute', 'onExpiry']);
  const summary = faultSummary(
    word.faults(errors.length),
    errors.map(({ field: name, text }) => (places.has(name) ? { id: name, text } : { text })),
  );
  const form = html`<form class="stack" action="/mailings" method="post" enctype="multipart/form-data">
<input type="hidden" name="audit" value="${audit.id}"><input type="hidden" name="key" value="${key}" autocomplete="off">
<fieldset class="card"><legend>${listTitle(locale)}</legend>${listFields(faulty, columnsOf(audit), locale)}</fieldset>
<fieldset class="card"><legend>${word.when}</legend>${field(
    {
      id: 'startsAt',
      name: 'startsAt',
      label: word.startsAt,
      mark: word.optional,
      hint: html`${word.startsHint}<span data-zone>UTC</span>. ${word.startsNow}`,
      errors: of('startsAt'),
    },
    (attributes) =>
      html`<input type="datetime-local" class="short" data-offset="offset" value="${values.startsAt ?? ''}" ${attributes}>`,
  )}<input type="hidden" id="offset" name="offset" value="${values.offset ?? '0'}" autocomplete="off">${field(
    {
      id: 'perMinute',
      name: 'perMinute',
      label: word.perMinute,
      mark: word.optional,
      hint: word.perMinuteHint,
      errors: of('perMinute'),
    },
    (attributes) =>
      html`<input class="short" inputmode="numeric" autocomplete="off" value="${values.perMinute ?? ''}" ${attributes}>`,
  )}${expiryField(values.audit === undefined ? steps.length > 0 : values.onExpiry === 'audit-again', locale)}${warmUpPlan(steps, locale)}${carriage.standard ? html`<input type="hidden" name="standard" value="on">` : ''}</fieldset>
<p class="row"><button class="btn main">${word.button}</button></p></form>`;
  return html`<div><h1>${word.title}</h1><p class="lead">${word.lead}</p></div>${summary}${hindrances.length > 0 ? missing(page, locale) : ''}${carriage.here ? '' : hereNote(audit.id, carriage, 'h2', locale)}${facts(page, locale)}${blocked ? '' : form}`;
}

function missing({ hindrances, audit }: NewMailing, locale: Locale): Markup {
  const word = words[locale];
  const items = hindrances.map(({ code, text, data = {} }) => {
    const said = text ?? (code === 'report' ? '' : sendErrorWords[locale][code](data));
    const [href, name] = /^(sender|route|reserve|standard)/.test(code)
      ? ['/senders', word.toSenders]
      : [`/audits/${audit.id}`, word.toReport];
    const link = code === 'service-address-missing' ? '' : html` <a href="${href}">${name}</a>`;
    return html`<li>${said}${link}</li>`;
  });
  return html`<section class="note blocked" aria-labelledby="missing"><h2 id="missing" class="l">${icon('fail')} ${word.missing}</h2><ul class="in">${items}</ul></section>`;
}

function facts({ audit, carriage }: NewMailing, locale: Locale): Markup {
  const word = words[locale];
  const { sender, domain, standard } = carriage;
  const { subject, from, class: mailClass = 'marketing' } = audit.request;
  const rows: [string, Markup | string][] = [
    [word.subject, subject ? quoted(subject) : mailingWords[locale].nameless],
    [word.from, from ? quoted(from, 'address') : quoted(domain, 'address')],
    [word.kind, word.classes[mailClass]],
    ...(sender
      ? [
          [word.sender, html`<a class="mono" href="/senders/${sender.domain}">${sender.domain}</a>`] as [
            string,
            Markup,
          ],
          [word.route, servers(sender, locale)] as [string, Markup],
        ]
      : standard
        ? [
            [
              word.route,
              `${standard.provider}, ${country(standard.country, locale)}. ${word.standard(domain)}`,
            ] as [string, string],
          ]
        : []),
  ];
  return html`<section class="card narrow" aria-labelledby="what"><h2 id="what">${word.what}</h2><dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}

function servers({ routes, domain }: Sender, locale: Locale): Markup {
  const word = words[locale];
  const roles = mailingWords[locale].roles;
  const reserve = routes.find(({ role }) => role === 'reserve');
  const items = routes.map(
    ({ provider, country: code, role, armed }) =>
      html`<li>${provider}${code ? html`, ${country(code, locale)}` : ''} <span class="muted small">${roles[role]}</span>${
        role === 'reserve'
          ? armed
            ? html`<br>${tag('clear', 'pass', word.armed)}`
            : html`<br>${tag('undecided', 'warn', word.unarmed)} <span class="small">${word.unarmedSo} <a href="/senders/${domain}">${word.rehearse}</a></span>`
          : ''
      }</li>`,
  );
  return html`<ul class="plain loose">${items}</ul>${routes.length > 0 && !reserve ? html`<p class="small muted">${word.single}</p>` : ''}`;
}
