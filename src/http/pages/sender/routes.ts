/** The sending servers of a sender: role, records, rehearsal, and the form for one more. */
import { html } from 'hono/html';
import type { TransportInfo } from '../../../ports.ts';
import type { Locale } from '../../../rule.ts';
import { areElsewhere, type Sender, type SenderRoute } from '../../../senders/sender.ts';
import { senderWords } from '../../../senders/words.ts';
import { field } from '../field.ts';
import { country } from '../figures.ts';
import { icon } from '../icons.ts';
import { mailingWords } from '../mailing/words.ts';
import type { Markup } from '../markup.ts';
import { quoted } from '../quoted.ts';
import { type Published, publishedState, recordBoxes } from './records.ts';
import { evidence, problemList, routeStanding, unseenBounces } from './rehearsal.ts';

const words = {
  en: {
    title: 'Sending servers',
    none: 'No mail goes yet: there is no sending server. Add one below.',
    neverWhy:
      'A rehearsal sends one real mail through the server to a mailbox that we read. What is missing shows there and not at your readers.',
    armedWhy: {
      primary: 'All is in order.',
      reserve: 'All is in order. It takes over when the primary server cannot.',
    },
    notYet: {
      primary: 'What is missing is listed here, step by step.',
      reserve: 'It takes over as soon as these steps are done.',
    },
    steps: {
      records: 'Publish the records',
      found: (found: number, all: number) => `${found} of ${all} found in DNS.`,
      all: 'All of them are found in DNS.',
      publish: 'Publish them where the domain’s DNS is kept. New records often take some minutes.',
      none: 'There are no records to publish for this server.',
      mend: 'Mend what the rehearsal found',
      rehearse: 'Rehearse',
      again: 'Rehearse again',
      againWhy: 'It takes up to a minute and a half.',
    },
    check: 'Check the records again',
    removeWhy: 'No mail goes by it from this domain any more. Clearances that name it no longer fit.',
    removeNow: 'Remove the server',
    from: 'Sending subdomain',
    keys: 'DKIM keys',
    records: 'Records to publish',
    settings: 'Settings',
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
    neverWhy:
      'En provsändning skickar ett riktigt mejl genom servern till en brevlåda som vi läser. Det som saknas märks där och inte hos dina läsare.',
    armedWhy: {
      primary: 'Allt är i ordning.',
      reserve: 'Allt är i ordning. Den tar över när den ordinarie servern inte kan.',
    },
    notYet: {
      primary: 'Det som saknas står här, steg för steg.',
      reserve: 'Den tar över så snart stegen är klara.',
    },
    steps: {
      records: 'Publicera posterna',
      found: (found: number, all: number) => `${found} av ${all} finns i DNS.`,
      all: 'Alla finns i DNS.',
      publish: 'Publicera dem där domänens DNS finns. Nya poster tar ofta några minuter.',
      none: 'Det finns inga poster att publicera för servern.',
      mend: 'Rätta det som provsändningen visade',
      rehearse: 'Provsänd',
      again: 'Provsänd igen',
      againWhy: 'Det tar upp till en och en halv minut.',
    },
    check: 'Kontrollera posterna igen',
    removeWhy: 'Inga mejl från domänen går genom den längre. Klarsignaler som nämner den slutar passa.',
    removeNow: 'Ta bort servern',
    from: 'Underdomän för utskick',
    keys: 'DKIM-nycklar',
    records: 'Poster att publicera',
    settings: 'Inställningar',
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

export interface RoutesOfSender {
  transports: readonly TransportInfo[];
  faulty: FaultyRoute | undefined;
  /** What a look at DNS found of the records; undefined: nobody has looked. */
  published: Published | undefined;
  /** Whoever looks is an owner. */
  owns: boolean;
}

export function routesOfSender(sender: Sender, page: RoutesOfSender, locale: Locale): Markup {
  const word = words[locale];
  const { routes } = sender;
  return html`<section aria-labelledby="routes"><h2 id="routes">${word.title}</h2>${routes.length === 0 ? html`<p>${word.none}</p>` : html`<div class="grid one">${routes.map((route) => card(route, page, locale))}</div>`}</section>${form(sender, page.transports, page.faulty, locale)}`;
}

function card(route: SenderRoute, { published, owns }: RoutesOfSender, locale: Locale): Markup {
  const word = words[locale];
  const { domain, transport, provider, country: code, role, mailFrom, dkim, armed } = route;
  const { records } = route;
  const rehearsal = asOfNow(route);
  const path = `/senders/${domain}/routes/${encodeURIComponent(transport)}`;
  const keys = dkim.map(({ d, s }) => html`<li class="mono">${s}._domainkey.${d}</li>`);
  const facts = html`<dl class="facts"><div><dt>${word.from}</dt><dd class="mono">${quoted(mailFrom, 'address')}</dd></div>${keys.length > 0 ? html`<div><dt>${word.keys}</dt><dd><ul class="plain">${keys}</ul></dd></div>` : ''}</dl>`;
  const lead = armed ? word.armedWhy[role] : rehearsal ? word.notYet[role] : word.neverWhy;
  const remove = html`<details class="sure"><summary>${word.remove}<span class="vh">: ${provider}</span></summary><p>${word.removeWhy}</p><form action="${path}/remove" method="post"><button class="btn">${word.removeNow}<span class="vh">: ${provider}</span></button></form></details>`;
  const body = armed
    ? html`${rehearsal ? evidence(rehearsal, locale) : ''}${facts}${unseenBounces(route, path, owns, locale)}
<div class="row above">${rehearse(route, path, locale)}${remove}</div>${records.length > 0 ? html`<details class="above"><summary>${word.records} (${records.length})</summary>${recordBoxes(records, locale, published)}</details>` : ''}`
    : html`${rehearsal ? evidence(rehearsal, locale) : ''}${steps(route, path, published, owns, locale)}
<details class="above"><summary>${word.settings}</summary>${facts}</details>${remove}`;
  return html`<article class="card"><h3>${provider}${code ? html`, ${country(code, locale)}` : ''}</h3><p class="row">${mailingWords[locale].roles[role]} ${routeStanding(route, locale)}</p><p>${lead}</p>${body}</article>`;
}

function rehearse({ rehearsal, provider }: SenderRoute, path: string, locale: Locale): Markup {
  const { steps: say } = words[locale];
  return html`<form action="${path}/rehearsal" method="post"><button class="btn">${rehearsal ? say.again : say.rehearse}<span class="vh">: ${provider}</span></button></form>`;
}

/** What the rehearsal has shown, and DNS since. */
function asOfNow(route: SenderRoute): SenderRoute['rehearsal'] {
  const { rehearsal } = route;
  if (!rehearsal?.returns || !areElsewhere(route)) return rehearsal;
  return { ...rehearsal, returns: false, problems: [...rehearsal.problems, 'bounces-elsewhere'] };
}

/** What is left to do, in order: DNS first, since most of what a rehearsal finds is missing there. */
function steps(
  route: SenderRoute,
  path: string,
  published: Published | undefined,
  owns: boolean,
  locale: Locale,
): Markup {
  const word = words[locale];
  const { steps: say } = word;
  const { domain, records, gaps, provider } = route;
  const rehearsal = asOfNow(route);
  const found = records.filter((one) => publishedState(published, one) === 'found').length;
  // Nobody is asked to live with what the record may mend.
  const unpublished =
    route.unseenBounces === null &&
    records.some((one) => one.why === 'mx' && publishedState(published, one) === 'missing');
  const counted = published && records.length > 0;
  const done = counted && found === records.length;
  const gapList = gaps.map((gap) => html`<li>${senderWords[locale].gaps[gap]}</li>`);
  const publish = html`<h4>${say.records}</h4><p>${counted ? html`<strong>${done ? say.all : say.found(found, records.length)}</strong> ` : ''}${records.length === 0 ? (gaps.length === 0 ? say.none : '') : done ? '' : say.publish}</p>${gapList.length > 0 ? html`<ul class="plain loose">${gapList}</ul>` : ''}${records.length > 0 ? html`${recordBoxes(records, locale, published)}<form class="above" action="/senders/${domain}/records" method="post"><button class="btn">${word.check}<span class="vh">: ${provider}</span></button></form>` : ''}`;
  const mend =
    rehearsal && rehearsal.problems.length > 0
      ? html`<li><div><h4>${say.mend}</h4>${problemList(rehearsal, locale)}${unpublished ? '' : unseenBounces(route, path, owns, locale)}</div></li>`
      : '';
  return html`<ol class="plain todo"><li><div>${publish}</div></li>${mend}<li><div><h4>${rehearsal ? say.again : say.rehearse}</h4><p>${rehearsal ? say.againWhy : ''}</p>${rehearse(route, path, locale)}</div></li></ol>`;
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
