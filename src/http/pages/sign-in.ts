/** The way in for people: one button, or how to get to it. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Locale } from '../../rule.ts';
import { localeOf } from '../locale.ts';
import { icon } from './icons.ts';
import { sendPage } from './layout.ts';
import type { Markup } from './markup.ts';

/** How whoever runs the service lets somebody in. */
export type WayIn = 'command-line' | 'setup-token';

export type SignInState =
  /** `next`: where to go afterwards, an address on this site. */
  | { kind: 'button'; token: string; next: string }
  | { kind: 'how'; next: string }
  /** The link is unknown, used, or has ended. */
  | { kind: 'refused'; next: string };

const commands = [
  'npm run --silent klarsignal -- login-link',
  'docker compose exec klarsignal node src/hosts/cli.ts login-link',
] as const;

const words = {
  en: {
    title: 'Sign in to Klarsignal',
    ready: 'Your link works once. Press the button and you are in.',
    button: 'Sign in',
    refused: 'This link no longer works',
    refusedWhy: 'It has been used, it is too old, or a part of it is missing. Make a new one.',
    how: 'You sign in with a link instead of a password. Whoever runs the service makes it.',
    command: {
      text: 'Run this command on the server, in Klarsignal’s folder:',
      docker: 'Or, where it runs in Docker:',
      after: 'It prints a link. Open it within 15 minutes.',
      label: 'Command',
    },
    secret:
      'Set a new secret named SETUP_TOKEN of at least 32 random characters, and open /sign-in?token= with the secret after it within a day.',
  },
  sv: {
    title: 'Logga in i Klarsignal',
    ready: 'Länken fungerar en gång. Tryck på knappen så är du inne.',
    button: 'Logga in',
    refused: 'Länken fungerar inte längre',
    refusedWhy: 'Den är redan använd, den är för gammal eller så saknas en bit av den. Gör en ny.',
    how: 'Du loggar in med en länk i stället för ett lösenord. Den som sköter tjänsten gör länken.',
    command: {
      text: 'Kör det här kommandot på servern, i Klarsignals mapp:',
      docker: 'Eller, om tjänsten körs i Docker:',
      after: 'Då skrivs en länk ut. Öppna den inom 15 minuter.',
      label: 'Kommando',
    },
    secret:
      'Ange en ny hemlighet som heter SETUP_TOKEN, med minst 32 slumpade tecken. Öppna sedan /sign-in?token= med hemligheten efter, inom ett dygn.',
  },
} as const satisfies Record<Locale, object>;

export function signInPage(
  c: Context,
  state: SignInState,
  wayIn: WayIn,
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  const locale = localeOf(c);
  const word = words[locale];
  const { kind, next } = state;
  const query = new URLSearchParams({
    ...(kind === 'button' ? { token: state.token } : {}),
    ...(next === '/' ? {} : { next }),
  }).toString();
  const body = html`<div><h1>${word.title}</h1><p class="lead">${kind === 'button' ? word.ready : word.how}</p></div>
${kind === 'refused' ? html`<div class="note undecided" role="alert"><h2 class="m">${icon('warn')} ${word.refused}</h2><p>${word.refusedWhy}</p></div>` : ''}
${kind === 'button' ? button(state.token, next, word.button) : how(wayIn, locale)}`;
  const title = kind === 'refused' ? `${word.refused} – ${word.title}` : word.title;
  return sendPage(c, { locale, title, path: `/sign-in${query ? `?${query}` : ''}`, body }, status);
}

function button(token: string, next: string, text: string): Markup {
  return html`<form action="/sign-in" method="post">
<input type="hidden" name="token" value="${token}"><input type="hidden" name="next" value="${next}">
<p class="row"><button class="btn main">${text}</button></p></form>`;
}

function how(wayIn: WayIn, locale: Locale): Markup {
  const { command: word, secret } = words[locale];
  if (wayIn === 'setup-token') return html`<section class="card"><p>${secret}</p></section>`;
  const box = (command: string) =>
    html`<div class="change"><ins><b>${word.label}</b><code>${command}</code></ins></div>`;
  return html`<section class="card"><p>${word.text}</p>${box(commands[0])}
<p>${word.docker}</p>${box(commands[1])}<p>${word.after}</p></section>`;
}
