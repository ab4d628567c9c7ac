/** An error as a page, for a person who followed a link or sent a form. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { localPath } from '../local-path.ts';
import { localeOf } from '../locale.ts';
import { problemStatus, problemTitle } from '../problem.ts';
import type { ProblemCode } from '../schemas.ts';
import { sendPage } from './layout.ts';

const words = {
  en: {
    back: 'Start a new audit',
    reports: 'See your reports',
    signIn: 'Sign in',
    owners: 'See who is an owner here',
  },
  sv: {
    back: 'Börja en ny granskning',
    reports: 'Se dina rapporter',
    signIn: 'Logga in',
    owners: 'Se vem som är ägare här',
  },
};

export function problemPage(c: Context, code: ProblemCode, detail = ''): Response | Promise<Response> {
  const locale = localeOf(c);
  const word = words[locale];
  const title = problemTitle(code, locale);
  const body = html`<div><h1>${title}</h1>${detail ? html`<p class="lead">${detail}</p>` : ''}
<p class="row above">${
    code === 'sign-in-required'
      ? html`<a class="btn main" href="/sign-in">${word.signIn}</a>`
      : code === 'role-missing'
        ? // Whoever may not do it can still find out who may.
          html`<a class="btn main" href="/members">${word.owners}</a><a href="/audits">${word.reports}</a>`
        : html`<a class="btn main" href="/">${word.back}</a><a href="/audits">${word.reports}</a>`
  }</p></div>`;
  return sendPage(c, { locale, title, path: ownPath(c), body }, problemStatus(code));
}

/** Where the language switch leads: the address as it was written, never to another host. */
function ownPath({ req }: Context): string {
  return req.method === 'GET' ? localPath(new URL(req.url).pathname) : '/';
}
