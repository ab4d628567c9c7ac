/** An error as a page, for a person who followed a link or sent a form. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { localeOf } from '../locale.ts';
import { problemStatus, problemTitle } from '../problem.ts';
import type { ProblemCode } from '../schemas.ts';
import { sendPage } from './layout.ts';

const words = {
  en: { back: 'Start a new audit' },
  sv: { back: 'Börja en ny granskning' },
};

export function problemPage(c: Context, code: ProblemCode, detail = ''): Response | Promise<Response> {
  const locale = localeOf(c);
  const title = problemTitle(code, locale);
  const body = html`<div><h1>${title}</h1>${detail ? html`<p class="lead">${detail}</p>` : ''}
<p><a href="/?locale=${locale}">${words[locale].back}</a></p></div>`;
  return sendPage(c, { locale, title, path: '/', body }, problemStatus(code));
}
