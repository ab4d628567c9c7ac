/** The frame round every page. */
import type { Context, MiddlewareHandler } from 'hono';
import { html, raw } from 'hono/html';
import { stream } from 'hono/streaming';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Client, type Locale, locales } from '../../rule.ts';
import type { Assets } from '../assets.ts';
import type { Caller } from '../caller.ts';
import { rememberLocale } from '../locale.ts';
import { mayDo, needOf } from '../needs.ts';
import { sprite } from './icons.ts';
import type { Markup } from './markup.ts';
import { signalMark } from './signal.ts';

const words = {
  en: {
    skip: 'Skip to content',
    main: 'Main',
    menu: 'Menu',
    places: {
      '/': 'New audit',
      '/domains': 'Domain',
      '/audits': 'Reports',
      '/mailings': 'Mailings',
      '/senders': 'Senders',
      '/recipients': 'Recipients',
      '/members': 'Members',
      '/keys': 'API keys',
      '/docs': 'API docs',
    },
    where: 'Where data lives',
    out: 'Sign out',
    name: 'English',
    own: 'Klarsignal runs on your own server. What you audit stays there until you send it, but for questions about your domains: to DNS, and to servers that their records name.',
    rules: 'Rule set',
    data: 'mail client data',
  },
  sv: {
    skip: 'Hoppa till innehållet',
    main: 'Huvudmeny',
    menu: 'Meny',
    places: {
      '/': 'Ny granskning',
      '/domains': 'Domän',
      '/audits': 'Rapporter',
      '/mailings': 'Utskick',
      '/senders': 'Avsändare',
      '/recipients': 'Mottagare',
      '/members': 'Medlemmar',
      '/keys': 'API-nycklar',
      '/docs': 'API-guide',
    },
    where: 'Var uppgifterna finns',
    out: 'Logga ut',
    name: 'Svenska',
    own: 'Klarsignal körs på din egen server. Det du granskar stannar där tills du skickar det, utom frågor om dina domäner: till DNS, och till servrar som deras poster hänvisar till.',
    rules: 'Regelversion',
    data: 'uppgifter om mejlprogram',
  },
} as const satisfies Record<Locale, object>;

type Place = keyof (typeof words)['en']['places'];

export interface Page {
  locale: Locale;
  title: string;
  /** Address of the same page, for the language switch; with a query or without. */
  path: string;
  /** Seconds until it loads itself again where no script runs; none when it is finished. */
  refresh?: number;
  /**
   * Form to send in place of following the switch's link, so that what was filled in is kept. `fresh`: nothing
   * is yet, so it is a link, and klarsignal.js sends the form once something is.
   */
  switchForm?: { id: string; action: string; fresh: boolean };
  body: Markup;
}

/** What every page shows of the service. */
interface Frame {
  ruleSet: string;
  clients: readonly Client[];
  assets: Assets;
}

/** Hands the pages what they all show. */
export function framed(frame: Frame): MiddlewareHandler {
  return async (c, next) => {
    c.set('frame', frame);
    await next();
  };
}

export function sendPage(
  c: Context,
  page: Page,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  c.header('content-language', page.locale);
  rememberLocale(c);
  return c.html(layout(page, c.get('frame'), c.get('caller')), status);
}

/** What is written into a page while it is sent. */
export interface Written {
  write(out: (part: Markup) => Promise<unknown>): Promise<void>;
  /** Whoever reads it has gone. */
  gone(): void;
}

/** A page whose body comes bit by bit: what is under way shows before the rest is there. */
export async function streamPage(
  c: Context,
  page: Omit<Page, 'body'>,
  { write, gone }: Written,
): Promise<Response> {
  c.header('content-language', page.locale);
  c.header('content-type', 'text/html; charset=UTF-8');
  // Nginx would keep the parts back until it has many.
  c.header('x-accel-buffering', 'no');
  rememberLocale(c);
  const slot = `<!--${crypto.randomUUID()}-->`;
  const body = html`${raw(slot)}`;
  const whole = String(await layout({ ...page, body }, c.get('frame'), c.get('caller')));
  const [head = '', tail = ''] = whole.split(slot);
  return stream(c, async (out) => {
    out.onAbort(gone);
    await out.write(head);
    await write(async (part) => out.write(String(await part)));
    await out.write(tail);
  });
}

function layout(
  { locale, title, path, refresh, switchForm, body }: Page,
  frame: Frame,
  caller?: Caller,
): Markup {
  const word = words[locale];
  const { assets, ruleSet, clients } = frame;
  const here = path.split('?')[0];
  // Before sign-in the rest leads nowhere.
  const places = (Object.keys(word.places) as Place[]).filter(
    (place) => place === '/docs' || (!here?.startsWith('/sign-in') && leads(place, caller)),
  );
  const folds = places.length > 2;
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Klarsignal</title>
${refresh === undefined ? '' : html`<noscript><meta http-equiv="refresh" content="${refresh}"></noscript>`}
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assets.address('tokens.css')}">
<link rel="stylesheet" href="${assets.address('klarsignal.css')}">
<script type="module" src="${assets.address('klarsignal.js')}"></script>
</head>
<body>
<a class="skip" href="#main">${word.skip}</a>
${sprite()}
<header class="top"><div class="wrap">
<a class="brand" href="/">${signalMark()}Klarsignal</a>
${folds ? html`<button type="button" class="btn menu" popovertarget="places">${word.menu}</button>` : ''}
<nav id="places"${folds ? html` popover` : ''} aria-label="${word.main}">${places.map((place) => html`<a href="${place}"${belongs(here, place) ? html` aria-current="${here === place ? 'page' : 'true'}"` : ''}>${word.places[place]}</a>`)}</nav>
<div class="row own">${locales.filter((other) => other !== locale).map((other) => languageSwitch(other, path, switchForm))}${caller?.kind === 'person' ? html`<form action="/sign-out" method="post"><button class="link">${word.out}</button></form>` : ''}</div>
</div></header>
<main id="main" class="wrap" tabindex="-1"><div class="stack">${body}</div></main>
<footer class="foot"><div class="wrap row ends"><span>${word.own} ${here?.startsWith('/sign-in') ? '' : html`<a href="/data">${word.where}</a>`}</span><span>${word.rules} <span class="mono">${ruleSet.slice(0, 8)}</span> · ${word.data} <span class="nowrap">${newest(clients)}</span></span></div></footer>
</body>
</html>`;
}

/** Whether whoever looks may go there: nobody is offered what is refused. */
function leads(place: Place, caller: Caller | undefined): boolean {
  return (
    caller === undefined || mayDo(caller, place === '/' ? 'audits:write' : (needOf('GET', place) ?? 'owner'))
  );
}

/** An audit is one of the reports, whatever becomes of it. */
function belongs(here: string | undefined, place: Place): boolean {
  return here === place || (place !== '/' && here?.startsWith(`${place}/`) === true);
}

function languageSwitch(other: Locale, path: string, form: Page['switchForm']): Markup {
  const { name } = words[other];
  if (form && !form.fresh) {
    const address = `${form.action}&locale=${other}`;
    return html`<button class="link" form="${form.id}" formaction="${address}" formnovalidate lang="${other}">${name}</button>`;
  }
  const address = `${path}${path.includes('?') ? '&' : '?'}locale=${other}`;
  const kept = form ? html` data-form="${form.id}" data-action="${form.action}&amp;locale=${other}"` : '';
  return html`<a href="${address}" lang="${other}" hreflang="${other}"${kept}>${name}</a>`;
}

function newest(clients: readonly Client[]): string {
  return clients.reduce((latest, { date }) => (date > latest ? date : latest), '');
}
