/** API keys: those there are, and the form for a new one. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { accessWords } from '../../access/words.ts';
import { type Key, type KeyError, type KeyOrder, scopes } from '../../access.ts';
import type { Locale } from '../../rule.ts';
import { localeOf } from '../locale.ts';
import { type Icon, icon, type State, tag } from './icons.ts';
import { sendPage } from './layout.ts';
import type { Markup } from './markup.ts';
import { moment } from './moment.ts';
import { quoted, writtenOut } from './quoted.ts';

export interface KeysState {
  keys: readonly Key[];
  /** Id that the form's key will have. */
  nextId: string;
  /** The same form was sent a second time. */
  repeated?: boolean;
  /** Id of the key that has just been revoked. */
  revoked?: string | undefined;
  /** Just made: shown now and never again. `origin`: where the service is reached. */
  made?: { token: string; origin: string };
  /** As it was filled in, with what is wrong with it. */
  order?: KeyOrder;
  errors?: readonly KeyError[];
}

const words = {
  en: {
    title: 'API keys',
    lead: 'A key lets another program use Klarsignal for you. It can do what you choose here, and nothing else.',
    made: 'Copy the key now',
    madeWhy: 'It is shown this once. We keep only a fingerprint of it, so nobody can show it again.',
    repeated: 'This key has been made already',
    repeatedWhy:
      'It was shown once, and nobody can show it again. Did you not copy it? Revoke it and make a new one.',
    copy: 'Copy',
    copied: 'Copied',
    key: 'Key',
    try: 'Try it',
    create: 'New key',
    name: 'Name',
    nameHint: 'So that you know it again: the program that will use it, or where it runs.',
    scopes: 'What it may do',
    days: 'Days until it ends (optional)',
    daysHint: 'Leave it empty for a key that lasts until you revoke it.',
    button: 'Create the key',
    correct: (count: number) => (count === 1 ? 'One thing to correct' : `${count} things to correct`),
    list: 'Your keys',
    none: 'There are no keys yet.',
    columns: { name: 'Name', key: 'Key', may: 'May', made: 'Created', used: 'Last used', state: 'State' },
    never: 'Never',
    states: { live: 'Works', revoked: 'Revoked', ended: 'Ended' },
    ends: 'Ends',
    revoke: 'Revoke',
    revokeTitle: (name: string) => `Revoke the key ${name}?`,
    revokeLead: 'Programs that use it get no answer from that moment. It cannot be brought back.',
    keep: 'Keep it',
    revoked: (name: string) => `${name} is revoked`,
    revokedWhy: 'It opens nothing any more.',
    revokeNote: 'A revoked key stops working at once and cannot be brought back.',
  },
  sv: {
    title: 'API-nycklar',
    lead: 'En nyckel låter ett annat program använda Klarsignal åt dig. Den får göra det du väljer här, inget annat.',
    made: 'Kopiera nyckeln nu',
    madeWhy: 'Den visas bara den här gången. Vi sparar bara ett fingeravtryck, så ingen kan visa den igen.',
    repeated: 'Nyckeln är redan skapad',
    repeatedWhy:
      'Den visades en gång, och ingen kan visa den igen. Hann du inte kopiera den? Återkalla den och skapa en ny.',
    copy: 'Kopiera',
    copied: 'Kopierat',
    key: 'Nyckel',
    try: 'Prova',
    create: 'Ny nyckel',
    name: 'Namn',
    nameHint: 'Så att du känner igen den: programmet som ska använda den, eller var det körs.',
    scopes: 'Det här får den göra',
    days: 'Dagar tills den slutar gälla (valfritt)',
    daysHint: 'Lämna tomt, så gäller den tills du återkallar den.',
    button: 'Skapa nyckeln',
    correct: (count: number) => (count === 1 ? 'En sak att rätta' : `${count} saker att rätta`),
    list: 'Dina nycklar',
    none: 'Det finns inga nycklar än.',
    columns: {
      name: 'Namn',
      key: 'Nyckel',
      may: 'Får',
      made: 'Skapad',
      used: 'Senast använd',
      state: 'Läge',
    },
    never: 'Aldrig',
    states: { live: 'Fungerar', revoked: 'Återkallad', ended: 'Slut' },
    ends: 'Gäller till',
    revoke: 'Återkalla',
    revokeTitle: (name: string) => `Återkalla nyckeln ${name}?`,
    revokeLead: 'Program som använder den får inga svar från den stunden. Den går inte att få tillbaka.',
    keep: 'Behåll den',
    revoked: (name: string) => `${name} är återkallad`,
    revokedWhy: 'Den öppnar inget mer.',
    revokeNote: 'En återkallad nyckel slutar fungera genast och går inte att få tillbaka.',
  },
} as const satisfies Record<Locale, object>;

const shapes: Record<Key['state'], [State, Icon]> = {
  live: ['clear', 'pass'],
  revoked: ['quiet', 'fail'],
  ended: ['quiet', 'wait'],
};

export function keysPage(
  c: Context,
  state: KeysState,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  const locale = localeOf(c);
  const word = words[locale];
  const { keys, made, repeated = false, errors = [] } = state;
  const gone = keys.find(({ id, state: now }) => id === state.revoked && now === 'revoked');
  const body = html`<div><h1>${word.title}</h1><p class="lead">${word.lead}</p></div>
${made ? madeBox(made, locale) : ''}${repeated ? html`<div class="note undecided" role="alert"><h2 class="m">${icon('warn')} ${word.repeated}</h2><p>${word.repeatedWhy}</p></div>` : ''}${gone ? html`<div class="note clear" role="status"><h2 class="m">${icon('pass')} ${word.revoked(writtenOut(gone.name))}</h2><p>${word.revokedWhy}</p></div>` : ''}${errors.length > 0 ? summary(errors, locale) : ''}
${list(keys, locale)}${form(state, locale)}`;
  // What is new or wrong comes first: it is what a screen reader says when the page loads.
  const news = [
    ...(made ? [word.made] : []),
    ...(repeated ? [word.repeated] : []),
    ...(gone ? [word.revoked(writtenOut(gone.name))] : []),
    ...(errors.length > 0 ? [word.correct(errors.length)] : []),
  ];
  return sendPage(c, { locale, title: [...news, word.title].join(' – '), path: '/keys', body }, status);
}

/** Asks whether it is meant. */
export function revokePage(c: Context, { id, name, lastFour }: Key): Response | Promise<Response> {
  const locale = localeOf(c);
  const word = words[locale];
  const title = word.revokeTitle(writtenOut(name));
  const path = `/keys/${id}/revoke`;
  const body = html`<div><h1>${title}</h1><p class="lead">${word.revokeLead}</p><p class="mono">ksk_…${lastFour}</p>
<form action="${path}" method="post" class="row above"><button class="btn main">${word.revoke}</button><a class="btn" href="/keys">${word.keep}</a></form></div>`;
  return sendPage(c, { locale, title, path, body });
}

function madeBox({ token, origin }: NonNullable<KeysState['made']>, locale: Locale): Markup {
  const word = words[locale];
  const command = `curl -H 'authorization: Bearer ${token}' ${origin}/v1/audits`;
  // klarsignal.js adds the button, with these words.
  const copied = html` data-copy="${word.copy}" data-copied="${word.copied}"`;
  return html`<div class="note clear" role="status"><h2 class="m">${icon('pass')} ${word.made}</h2><p>${word.madeWhy}</p>
<div class="change"><ins${copied}><b>${word.key}</b><code id="key">${token}</code></ins><ins${copied}><b>${word.try}</b><code>${command}</code></ins></div></div>`;
}

function summary(errors: readonly KeyError[], locale: Locale): Markup {
  const items = errors.map(
    ({ code, field }) => html`<li><a href="#${field}">${accessWords[locale].keyErrors[code]}</a></li>`,
  );
  return html`<div class="note blocked" role="alert"><h2 class="m">${words[locale].correct(errors.length)}</h2><ul class="in">${items}</ul></div>`;
}

function list(keys: readonly Key[], locale: Locale): Markup {
  const word = words[locale];
  const { columns } = word;
  if (keys.length === 0)
    return html`<section aria-labelledby="list"><h2 id="list">${word.list}</h2><p>${word.none}</p></section>`;
  const rows = keys.map(
    (key) => html`<tr><th scope="row">${quoted(key.name)}</th>
<td data-h="${columns.key}"><span class="mono">ksk_…${key.lastFour}</span></td>
<td data-h="${columns.may}"><span>${key.scopes.map((scope, i) => html`${i === 0 ? '' : html`<br>`}${accessWords[locale].scopes[scope]}`)}</span></td>
<td data-h="${columns.made}"><span>${moment(key.createdAt, locale)}</span></td>
<td data-h="${columns.used}"><span>${key.usedAt === null ? word.never : moment(key.usedAt, locale)}</span></td>
<td data-h="${columns.state}"><div>${tag(...shapes[key.state], word.states[key.state])}${key.endsAt === null || key.state === 'revoked' ? '' : html`<p class="small muted">${word.ends} ${moment(key.endsAt, locale)}</p>`}
${key.state === 'live' ? html`<p class="above"><a class="btn" href="/keys/${key.id}/revoke">${word.revoke}<span class="vh">: ${key.name}</span></a></p>` : ''}</div></td></tr>`,
  );
  return html`<section aria-labelledby="list"><h2 id="list">${word.list}</h2>
<div class="card"><table class="cards keys"><caption>${word.revokeNote}</caption><thead><tr>${Object.values(columns).map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div></section>`;
}

function form({ nextId, order, errors = [] }: KeysState, locale: Locale): Markup {
  const word = words[locale];
  const faults = (field: KeyError['field']) =>
    errors.filter((error) => error.field === field).map(({ code }) => accessWords[locale].keyErrors[code]);
  const said = (field: KeyError['field']) =>
    faults(field).map((text) => html`<p class="error" id="${field}-e">${text}</p>`);
  const ties = (field: KeyError['field'], hint = true) => {
    const found = faults(field).length > 0;
    const described = [...(hint ? [`${field}-h`] : []), ...(found ? [`${field}-e`] : [])].join(' ');
    return html`${described ? html` aria-describedby="${described}"` : ''}${found ? html` aria-invalid="true"` : ''}`;
  };
  // At first, a key that can hand in a mail and read what came of it; to send is chosen on purpose.
  const chosen: readonly string[] = order?.scopes ?? ['audits:read', 'audits:write'];
  return html`<form class="stack" action="/keys" method="post">
<input type="hidden" name="id" value="${nextId}" autocomplete="off">
<fieldset class="card"><legend>${word.create}</legend>
<div class="field"><label for="name">${word.name}</label><p class="hint" id="name-h">${word.nameHint}</p>${said('name')}
<input id="name" name="name" maxlength="80" autocomplete="off" value="${order?.name ?? ''}"${ties('name')}></div>
<fieldset class="field" id="scopes"${ties('scopes', false)}><legend>${word.scopes}</legend>${said('scopes')}
${scopes.map((scope) => html`<label class="pick"><input type="checkbox" name="scope" value="${scope}"${chosen.includes(scope) ? html` checked` : ''}><span>${accessWords[locale].scopes[scope]} <span class="mono muted">${scope}</span></span></label>`)}</fieldset>
<div class="field"><label for="days">${word.days}</label><p class="hint" id="days-h">${word.daysHint}</p>${said('days')}
<input id="days" name="days" inputmode="numeric" autocomplete="off" value="${order?.days ?? ''}"${ties('days')}></div></fieldset>
<p class="row"><button class="btn main">${word.button}</button></p></form>`;
}
