/** A report to read, keep or send on: JSON, HTML or text. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type Audit, hasEnded } from '../../audits.ts';
import type { Report } from '../../report/report.ts';
import { textReport } from '../../report/text.ts';
import type { Locale } from '../../rule.ts';
import { escapedJson } from '../../words/marks.ts';
import { acceptable } from '../acceptable.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import { standalone } from '../pages/standalone.ts';
import { problem } from '../problem.ts';
import { reportSchema } from '../schemas.ts';
import { everywhere, inLocale, ofAudit, problemContent, retryAfter } from './described.ts';
import { failureText, reportOf } from './json.ts';

/** In the order of our choice where the caller has none. */
const formats = ['json', 'html', 'text'] as const;
type Format = (typeof formats)[number];
const types: Record<Format, string> = { json: 'application/json', html: 'text/html', text: 'text/plain' };
const endings: Record<Format, string> = { json: 'json', html: 'html', text: 'txt' };

const getReport = createRoute({
  method: 'get',
  path: '/v1/audits/{id}/report',
  summary: 'The report of an audit that is done: JSON, a document of its own in HTML, or text',
  request: {
    params: ofAudit,
    query: inLocale.extend({
      format: z
        .enum(formats)
        .optional()
        .openapi({ description: 'Wins over Accept, since a link cannot set that.' }),
      download: z
        .string()
        .optional()
        .openapi({ description: 'Given, whatever its value: to be saved as a file.', example: '1' }),
    }),
  },
  responses: {
    200: {
      description: 'The report. The HTML needs nothing else: styles and pictures stand in it',
      content: {
        'application/json': { schema: reportSchema },
        'text/html': { schema: z.string() },
        'text/plain': { schema: z.string() },
      },
    },
    400: problemContent('The request is not well formed'),
    404: problemContent('There is no such audit'),
    406: problemContent('Accept allows none of JSON, HTML and text'),
    409: problemContent('The audit has not ended (Retry-After says when to ask again), or it failed'),
    ...everywhere,
  },
});

export function reportRoutes(app: OpenAPIHono<HttpEnv>, options: AppOptions): void {
  app.openapi(getReport, async (c) => {
    const locale = localeOf(c);
    const { format: asked, download } = c.req.valid('query');
    c.header('vary', 'Accept', { append: true });
    const format = asked ?? acceptable(c.req.header('accept'), formats, (one) => types[one]);
    if (!format) return problem(c, 'not-acceptable', locale) as never;
    const audit = await options.audits.find(callerOf(c).organisation, c.req.valid('param').id);
    if (!audit) return problem(c, 'audit-not-found', locale) as never;
    const report = reportOf(audit, options, locale);
    if (!report) return unfinished(c, audit, locale) as never;
    c.header('content-language', locale);
    if (download !== undefined) {
      c.header('content-disposition', `attachment; filename="${nameOf(audit)}.${endings[format]}"`);
    }
    return (await write(c, format, audit, report, options)) as never;
  });
}

async function write(
  c: Context<HttpEnv>,
  format: Format,
  audit: Audit,
  report: Report,
  options: AppOptions,
): Promise<Response> {
  const locale = localeOf(c);
  // Somebody looks at it with curl: what it quotes must not command a terminal.
  if (format === 'json') return c.body(escapedJson(report), 200, { 'content-type': types.json });
  if (format === 'text') return c.text(textReport(report, locale));
  const { organisation } = callerOf(c);
  const picture = (view: string) => options.audits.picture(organisation, audit.id, view);
  const { text, policy } = await standalone(audit, options, locale, picture);
  c.header('content-security-policy', policy);
  return c.html(text);
}

function unfinished(c: Context, audit: Audit, locale: Locale): Response {
  if (hasEnded(audit)) {
    return problem(c, 'audit-failed', locale, { detail: failureText(audit.failure ?? 'crashed', locale) });
  }
  c.header('retry-after', retryAfter);
  return problem(c, 'not-finished', locale);
}

/** Day and beginning of the id: plain letters that every file system takes, and no two alike. */
function nameOf({ id, createdAt }: Audit): string {
  return `klarsignal-${createdAt.slice(0, 10)}-${id.slice(4, 12)}`;
}
