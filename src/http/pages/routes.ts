/** Pages for people. They call the same core as the API and know nothing more. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { hasEnded } from '../../audits.ts';
import type { AppOptions } from '../app.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { formHanded } from '../handed.ts';
import { localeOf } from '../locale.ts';
import { explain, type FieldError } from '../problem.ts';
import { sayRequestErrors } from '../request-errors.ts';
import { auditPage, auditTitle } from './audit.ts';
import { form, formTitle } from './form.ts';
import { sendPage } from './layout.ts';
import { problemPage } from './problem.ts';

/** Seconds between two looks at an audit under way. */
const refresh = 2;

export function pageRoutes(app: OpenAPIHono<HttpEnv>, { audits, rules, clients }: AppOptions): void {
  app.get('/', (c) => formPage(c, {}, [], 200));

  app.post('/audits', async (c) => {
    const locale = localeOf(c);
    const body = await c.req.parseBody({ all: true }).catch(() => undefined);
    const values = Object.fromEntries(
      Object.entries(body ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
    const read = await formHanded(body);
    if (!read.ok) return formPage(c, values, sayRequestErrors(read.errors, locale), 400);
    const submitted = await audits.submit(callerOf(c).organisation, read.handed, read.previews);
    if (submitted.kind === 'invalid') {
      // What was pasted has its fault shown where it was pasted.
      const errors = explain(submitted.errors, locale).map((error) =>
        error.field === 'file' && values.source ? { ...error, field: 'source' } : error,
      );
      const large = errors.some(({ code }) => code === 'message-too-large');
      return formPage(c, values, errors, large ? 413 : 422);
    }
    if (submitted.kind === 'busy') return problemPage(c, 'busy');
    // Only a repeated key conflicts, and a form sends none.
    if (submitted.kind === 'conflict') throw new Error('a conflict without a key');
    return c.redirect(`/audits/${submitted.audit.id}?locale=${locale}`, 303);
  });

  app.get('/audits/:id', async (c) => {
    const locale = localeOf(c);
    const audit = await audits.find(callerOf(c).organisation, c.req.param('id'));
    if (!audit) return problemPage(c, 'not-found');
    return sendPage(c, {
      locale,
      title: auditTitle(audit, locale),
      path: `/audits/${audit.id}`,
      ...(hasEnded(audit) ? {} : { refresh }),
      body: auditPage(audit, { rules, clients }, locale),
    });
  });
}

/** The empty form again, since a request this large was not read. */
export function tooLargePage(c: Context, limit: number): Response | Promise<Response> {
  const bytes = Number(c.req.header('content-length') ?? 0);
  const errors = explain([{ code: 'message-too-large', field: 'file', data: { bytes, limit } }], localeOf(c));
  return formPage(c, {}, errors, 413);
}

function formPage(
  c: Context,
  values: Record<string, string>,
  errors: readonly FieldError[],
  status: 200 | 400 | 413 | 422,
): Response | Promise<Response> {
  const locale = localeOf(c);
  const title = formTitle(locale, errors.length);
  return sendPage(c, { locale, title, path: '/', body: form({ locale, values, errors }) }, status);
}
