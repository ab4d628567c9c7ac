/** GET: the list, one audit, its pictures. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { hasEnded } from '../../audits.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import { problem } from '../problem.ts';
import { auditListSchema, wholeNumber } from '../schemas.ts';
import { auditContent, everywhere, inLocale, ofAudit, problemContent, retryAfter } from './described.ts';
import { toEntryJson, toJson } from './json.ts';

const onPage = 20;

const listAudits = createRoute({
  method: 'get',
  path: '/v1/audits',
  summary: 'Your audits, newest first',
  request: {
    query: inLocale.extend({
      limit: wholeNumber(1, 100).optional().openapi({ description: 'How many at most.', default: onPage }),
      before: z.string().optional().openapi({
        description: '`next` of the page before. An id that is not known gives an empty list.',
      }),
    }),
  },
  responses: {
    200: {
      description: 'The audits; Link leads to the next page',
      content: { 'application/json': { schema: auditListSchema } },
    },
    400: problemContent('The request is not well formed'),
    ...everywhere,
  },
});

const getAudit = createRoute({
  method: 'get',
  path: '/v1/audits/{id}',
  summary: 'The state of an audit, and its report when done',
  request: { params: ofAudit, query: inLocale },
  responses: {
    200: auditContent('The audit'),
    404: problemContent('There is no such audit'),
    ...everywhere,
  },
});

const getPreview = createRoute({
  method: 'get',
  path: '/v1/audits/{id}/previews/{view}',
  summary: 'The picture of one preview',
  request: {
    params: ofAudit.extend({
      view: z.string().openapi({ description: '`view` of a preview in the report.' }),
    }),
  },
  responses: {
    200: {
      description: 'PNG',
      content: { 'image/png': { schema: z.any().openapi({ type: 'string', format: 'binary' }) } },
    },
    304: { description: 'You have it already (If-None-Match)' },
    404: problemContent('There is no such picture'),
    ...everywhere,
  },
});

/** Opened by itself, a picture stands in a page of the browser's own making, which lays it out by inline style. */
const pictureAlone =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export function readRoutes(app: OpenAPIHono<HttpEnv>, options: AppOptions): void {
  const { audits } = options;
  app.openapi(listAudits, async (c) => {
    const locale = localeOf(c);
    const { limit = onPage, before, locale: asked } = c.req.valid('query');
    const page = { limit: limit + 1, ...(before === undefined ? {} : { before }) };
    const found = await audits.list(callerOf(c).organisation, page);
    const shown = found.slice(0, limit);
    // One more than is shown was asked for: only then does a next page exist.
    const next = found.length > limit ? (shown.at(-1)?.id ?? null) : null;
    if (next !== null) {
      const params = new URLSearchParams({
        limit: String(limit),
        before: next,
        ...(asked ? { locale: asked } : {}),
      });
      c.header('link', `</v1/audits?${params}>; rel="next"`);
    }
    c.header('content-language', locale);
    return c.json({ audits: shown.map((entry) => toEntryJson(entry, locale)), next }, 200);
  });

  app.openapi(getAudit, async (c) => {
    const locale = localeOf(c);
    const audit = await audits.find(callerOf(c).organisation, c.req.valid('param').id);
    if (!audit) return problem(c, 'audit-not-found', locale) as never;
    c.header('content-language', locale);
    if (!hasEnded(audit)) c.header('retry-after', retryAfter);
    return c.json(toJson(audit, options, locale), 200);
  });

  app.openapi(getPreview, async (c) => {
    const { id, view } = c.req.valid('param');
    const png = await audits.picture(callerOf(c).organisation, id, view);
    if (!png) return problem(c, 'preview-not-found', localeOf(c)) as never;
    // There is a picture only of an audit that has ended, and that one never changes.
    const etag = `"${id}-${view}"`;
    c.header('etag', etag);
    c.header('cache-control', 'private, max-age=86400, immutable');
    c.header('content-security-policy', pictureAlone);
    const held =
      c.req
        .header('if-none-match')
        ?.split(',')
        .map((tag) => tag.trim()) ?? [];
    if (held.some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag)) return c.body(null, 304);
    return c.body(png as Uint8Array<ArrayBuffer>, 200, { 'content-type': 'image/png' });
  });
}
