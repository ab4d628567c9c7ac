/** Members: who there is with which role, and for an owner the form to invite. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { accessWords } from '../../access/words.ts';
import { type InvitationError, type InvitationOrder, type Member, roles } from '../../access.ts';
import type { Locale } from '../../rule.ts';
import type { Caller } from '../caller.ts';
import { localeOf } from '../locale.ts';
import { type Icon, icon, type State, tag } from './icons.ts';
import { sendPage } from './layout.ts';
import type { Markup } from './markup.ts';
import { moment } from './moment.ts';
import { quoted, writtenOut } from './quoted.ts';

export interface MembersState {
  caller: Caller;
  members: readonly Member[];
  /** Id that the form's person will have. */
  nextId: string;
  repeated?: boolean;
  /** Nobody would be left who may let others in. */
  lastOwner?: boolean;
  /** What has just been done, from the address. */
  done?: string | undefined;
  /** A link to hand over: shown now and never again. */
  made?: { name: string; address: string; endsAt: string };
  order?: InvitationOrder;
  errors?: readonly InvitationError[];
  /** A name for oneself that cannot be kept. */
  ownName?: { name: string; code: InvitationError['code'] };
}

const words = {
  en: {
    title: 'Members',
    lead: 'Those who can sign in here, and what they may do.',
    readOnly: 'Only an owner invites people and changes roles.',
    made: (name: string) => `Hand this link to ${name || 'the person'}`,
    madeWhy: 'It is shown this once, and whoever has it signs in as that person. It works once, until',
    repeated: 'This person has been invited already',
    repeatedWhy: 'The link was shown once. Did you not copy it? Make a new one in the list.',
    lastOwner: 'Nothing was changed: this is the only owner',
    lastOwnerWhy: 'Somebody must be able to let others in. Make another member an owner first.',
    done: {
      role: ['The role is changed', 'It counts from now on.'],
      removed: ['The person is removed', 'They are signed out everywhere.'],
      name: ['The name is kept', 'It stands beside what you do, such as an exception.'],
    } as Record<string, [string, string]>,
    copy: 'Copy',
    copied: 'Copied',
    link: 'Link',
    list: 'Who there is',
    columns: { name: 'Name', role: 'Role', seen: 'Last sign-in', state: 'State' },
    unnamed: 'Whoever installed the service',
    you: 'you',
    never: 'Never',
    states: { active: 'Active', invited: 'Invited', removed: 'Removed' },
    change: 'Change',
    roleOf: (name: string) => `Role of ${name}`,
    newLink: 'New link',
    remove: 'Remove',
    removeTitle: (name: string) => `Remove ${name}?`,
    removeLead:
      'They are signed out at once and cannot come back. What they have done stays, with their name.',
    keep: 'Keep',
    invite: 'Invite somebody',
    name: 'Name',
    nameHint: 'It stands beside what they do, such as an exception.',
    role: 'What they may do',
    button: 'Make a link',
    correct: (count: number) => (count === 1 ? 'One thing to correct' : `${count} things to correct`),
    own: 'Your name',
    ownMissing: 'You have no name here yet. An exception needs one, and the others see who you are.',
    ownHint: 'It stands beside what you do, such as an exception.',
    save: 'Save',
    out: 'Sign out everywhere',
    outWhy: 'Ends your sign-in on every device, this one too. Do it when one is lost.',
  },
  sv: {
    title: 'Medlemmar',
    lead: 'De som kan logga in här, och vad de får göra.',
    readOnly: 'Bara en ägare bjuder in personer och ändrar roller.',
    made: (name: string) => `Ge den här länken till ${name || 'personen'}`,
    madeWhy:
      'Den visas bara den här gången, och den som har den loggar in som personen. Den fungerar en gång, till',
    repeated: 'Personen är redan inbjuden',
    repeatedWhy: 'Länken visades en gång. Hann du inte kopiera den? Gör en ny i listan.',
    lastOwner: 'Inget ändrades: det här är den enda ägaren',
    lastOwnerWhy: 'Någon måste kunna släppa in andra. Gör en annan medlem till ägare först.',
    done: {
      role: ['Rollen är ändrad', 'Den gäller från och med nu.'],
      removed: ['Personen är borttagen', 'Hen är utloggad överallt.'],
      name: ['Namnet är sparat', 'Det står vid det du gör, till exempel ett undantag.'],
    } as Record<string, [string, string]>,
    copy: 'Kopiera',
    copied: 'Kopierat',
    link: 'Länk',
    list: 'De som finns',
    columns: { name: 'Namn', role: 'Roll', seen: 'Senaste inloggning', state: 'Läge' },
    unnamed: 'Den som installerade tjänsten',
    you: 'du',
    never: 'Aldrig',
    states: { active: 'Aktiv', invited: 'Inbjuden', removed: 'Borttagen' },
    change: 'Ändra',
    roleOf: (name: string) => `Roll för ${name}`,
    newLink: 'Ny länk',
    remove: 'Ta bort',
    removeTitle: (name: string) => `Ta bort ${name}?`,
    removeLead: 'Hen loggas ut genast och kan inte komma tillbaka. Det hen har gjort finns kvar, med namnet.',
    keep: 'Behåll',
    invite: 'Bjud in någon',
    name: 'Namn',
    nameHint: 'Det står vid det personen gör, till exempel ett undantag.',
    role: 'Det här får personen göra',
    button: 'Skapa en länk',
    correct: (count: number) => (count === 1 ? 'En sak att rätta' : `${count} saker att rätta`),
    own: 'Ditt namn',
    ownMissing: 'Du har inget namn här än. Ett undantag kräver ett namn, och de andra ser vem du är.',
    ownHint: 'Det står vid det du gör, till exempel ett undantag.',
    save: 'Spara',
    out: 'Logga ut överallt',
    outWhy: 'Avslutar din inloggning på alla enheter, den här med. Gör det om en har kommit bort.',
  },
} as const satisfies Record<Locale, object>;

const shapes: Record<Member['state'], [State, Icon]> = {
  active: ['clear', 'pass'],
  invited: ['quiet', 'wait'],
  removed: ['quiet', 'fail'],
};

export function membersPage(
  c: Context,
  state: MembersState,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  const locale = localeOf(c);
  const word = words[locale];
  const { caller, made, errors = [] } = state;
  const owns = caller.role === 'owner';
  const done = Object.hasOwn(word.done, state.done ?? '') ? word.done[state.done ?? ''] : undefined;
  // What is new or wrong comes first: it is what a screen reader says when the page loads.
  const news: (readonly [title: string, why: Markup | string, look: State, shape: Icon])[] = [
    ...(made ? [[word.made(writtenOut(made.name)), madeBox(made, locale), 'clear', 'pass'] as const] : []),
    ...(state.repeated
      ? [[word.repeated, html`<p>${word.repeatedWhy}</p>`, 'undecided', 'warn'] as const]
      : []),
    ...(state.lastOwner
      ? [[word.lastOwner, html`<p>${word.lastOwnerWhy}</p>`, 'undecided', 'warn'] as const]
      : []),
    ...(done ? [[done[0], html`<p>${done[1]}</p>`, 'clear', 'pass'] as const] : []),
    ...(state.ownName
      ? [[word.correct(1), ownFault(state.ownName.code, locale), 'blocked', 'fail'] as const]
      : []),
    ...(errors.length > 0
      ? [[word.correct(errors.length), faults(errors, locale), 'blocked', 'fail'] as const]
      : []),
  ];
  const body = html`<div><h1>${word.title}</h1><p class="lead">${word.lead}${owns ? '' : ` ${word.readOnly}`}</p></div>
${news.map(([title, why, look, shape]) => html`<div class="note ${look}" role="${look === 'clear' ? 'status' : 'alert'}"><h2 class="m">${icon(shape)} ${title}</h2>${why}</div>`)}
${owns ? ownNameForm(state, locale) : ''}${list(state, owns, locale)}${owns ? form(state, locale) : ''}
<section class="card" aria-labelledby="out"><h2 class="m" id="out">${word.out}</h2><p>${word.outWhy}</p>
<form class="above" action="/members/sign-out" method="post"><button class="btn">${word.out}</button></form></section>`;
  const title = [...news.map(([text]) => text), word.title].join(' – ');
  return sendPage(c, { locale, title, path: '/members', body }, status);
}

/** Asks whether it is meant. */
export function removePage(c: Context, member: Member): Response | Promise<Response> {
  const locale = localeOf(c);
  const word = words[locale];
  const title = word.removeTitle(writtenOut(nameOf(member, locale)));
  const path = `/members/${member.id}/remove`;
  const body = html`<div><h1>${title}</h1><p class="lead">${word.removeLead}</p>
<form action="${path}" method="post" class="row above"><button class="btn main">${word.remove}</button><a class="btn" href="/members">${word.keep}</a></form></div>`;
  return sendPage(c, { locale, title, path, body });
}

function nameOf({ name }: Member, locale: Locale): string {
  return name ?? words[locale].unnamed;
}

function madeBox({ address, endsAt }: NonNullable<MembersState['made']>, locale: Locale): Markup {
  const word = words[locale];
  // klarsignal.js adds the button, with these words.
  return html`<p>${word.madeWhy} ${moment(endsAt, locale)}.</p>
<div class="change"><ins data-copy="${word.copy}" data-copied="${word.copied}"><b>${word.link}</b><code id="link">${address}</code></ins></div>`;
}

function faults(errors: readonly InvitationError[], locale: Locale): Markup {
  const say = accessWords[locale].invitationErrors;
  return html`<ul class="in">${errors.map(({ code, field }) => html`<li><a href="#${field}">${say[code]}</a></li>`)}</ul>`;
}

function ownFault(code: InvitationError['code'], locale: Locale): Markup {
  return html`<p><a href="#own-name">${accessWords[locale].invitationErrors[code]}</a></p>`;
}

/** Where there is none it is asked for at once; else it is folded away. */
function ownNameForm({ caller, members, ownName }: MembersState, locale: Locale): Markup {
  const word = words[locale];
  const own = members.find(({ id }) => id === caller.id);
  if (!own) return html``;
  const fault = ownName ? accessWords[locale].invitationErrors[ownName.code] : undefined;
  const fields = html`<form action="/members/${own.id}/name" method="post"><div class="field"><label for="own-name">${word.own}</label><p class="hint" id="own-name-h">${own.name === null ? word.ownMissing : word.ownHint}</p>${fault ? html`<p class="error" id="own-name-e">${fault}</p>` : ''}<input class="short" id="own-name" name="name" maxlength="80" autocomplete="name" required value="${ownName?.name ?? own.name ?? ''}" aria-describedby="own-name-h${fault ? ' own-name-e' : ''}"${fault ? html` aria-invalid="true"` : ''}></div><p class="row"><button class="btn${own.name === null ? ' main' : ''}">${word.save}</button></p></form>`;
  if (own.name === null || fault) return html`<section class="card narrow now">${fields}</section>`;
  return html`<details class="card narrow"><summary>${word.own}: ${quoted(own.name)}</summary>${fields}</details>`;
}

function list({ caller, members }: MembersState, owns: boolean, locale: Locale): Markup {
  const word = words[locale];
  const { columns } = word;
  const say = accessWords[locale].roles;
  const rows = members
    .filter(({ state }) => state !== 'removed')
    .map((member) => {
      const name = nameOf(member, locale);
      const own = member.id === caller.id;
      const role = owns
        ? html`<form class="row near" action="/members/${member.id}/role" method="post"><label class="vh" for="role-${member.id}">${word.roleOf(name)}</label><select id="role-${member.id}" name="role">${roles.map((one) => html`<option value="${one}"${one === member.role ? html` selected` : ''}>${say[one].name}</option>`)}</select><button class="btn">${word.change}<span class="vh">: ${name}</span></button></form>`
        : html`<span>${say[member.role].name}</span>`;
      const acts =
        owns && !own
          ? html`<div class="row near above"><form action="/members/${member.id}/link" method="post"><button class="btn">${word.newLink}<span class="vh">: ${name}</span></button></form><a class="btn" href="/members/${member.id}/remove">${word.remove}<span class="vh">: ${name}</span></a></div>`
          : '';
      return html`<tr><th scope="row">${quoted(name)}${own ? html` <span class="muted">(${word.you})</span>` : ''}</th>
<td data-h="${columns.role}">${role}</td>
<td data-h="${columns.seen}"><span>${member.signedInAt === null ? word.never : moment(member.signedInAt, locale)}</span></td>
<td data-h="${columns.state}"><div>${tag(...shapes[member.state], word.states[member.state])}${acts}</div></td></tr>`;
    });
  return html`<section aria-labelledby="list"><h2 id="list">${word.list}</h2>
<div class="card"><table class="cards"><thead><tr>${Object.values(columns).map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div></section>`;
}

function form({ nextId, order, errors = [] }: MembersState, locale: Locale): Markup {
  const word = words[locale];
  const say = accessWords[locale];
  const of = (field: InvitationError['field']) => errors.filter((error) => error.field === field);
  const said = (field: InvitationError['field']) =>
    of(field).map(({ code }) => html`<p class="error" id="${field}-e">${say.invitationErrors[code]}</p>`);
  const wrong = (field: InvitationError['field']) => (of(field).length > 0 ? html` aria-invalid="true"` : '');
  const described = `name-h${of('name').length > 0 ? ' name-e' : ''}`;
  const chosen = order?.role ?? 'editor';
  return html`<form class="stack" action="/members" method="post">
<input type="hidden" name="id" value="${nextId}" autocomplete="off">
<fieldset class="card"><legend>${word.invite}</legend>
<div class="field"><label for="name">${word.name}</label><p class="hint" id="name-h">${word.nameHint}</p>${said('name')}
<input id="name" name="name" maxlength="80" autocomplete="off" value="${order?.name ?? ''}" aria-describedby="${described}"${wrong('name')}></div>
<fieldset class="field" id="role"${of('role').length > 0 ? html` aria-describedby="role-e"` : ''}><legend>${word.role}</legend>${said('role')}
${roles.map((role) => html`<label class="pick"><input type="radio" name="role" value="${role}"${role === chosen ? html` checked` : ''}><span>${say.roles[role].name} <span class="muted">${say.roles[role].may}</span></span></label>`)}</fieldset></fieldset>
<p class="row"><button class="btn main">${word.button}</button></p></form>`;
}
