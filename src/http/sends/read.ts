/** GET: the list of mailings, one with its progress, its recipients, and what became of them as CSV. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { CampaignProgress } from '../../campaigns/campaign.ts';
import type { DeliveryRow } from '../../ports.ts';
import type { Locale } from '../../rule.ts';
import { everywhere, inLocale, problemContent } from '../audits/described.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import { problem } from '../problem.ts';
import { wholeNumber } from '../schemas.ts';
import { csvBody } from './csv.ts';
import { missing, ofSend, sendJson, unavailable } from './described.ts';
import { deliveryListSchema, deliveryStates, progressSchema, sendListSchema } from './schemas.ts';

const onPage = 20;
const recipientsOnPage = 100;
/** Longer than an address can be. */
const searchLength = 320;

const listSends = createRoute({
  method: 'get',
  path: '/v1/sends',
  summary: 'Your mailings, newest first',
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
      description: 'The mailings; Link leads to the next page',
      content: { 'application/json': { schema: sendListSchema } },
    },
    400: problemContent('The request is not well formed'),
    ...unavailable,
    ...everywhere,
  },
});

const getSend = createRoute({
  method: 'get',
  path: '/v1/sends/{id}',
  summary: 'How far a mailing has come, and by which servers',
  request: { params: ofSend, query: inLocale },
  responses: {
    200: {
      description: 'The mailing and its progress',
      content: { 'application/json': { schema: progressSchema } },
    },
    ...missing,
    ...unavailable,
    ...everywhere,
  },
});

const listRecipients = createRoute({
  method: 'get',
  path: '/v1/sends/{id}/recipients',
  summary: 'The recipients of a mailing, and what became of each',
  request: {
    params: ofSend,
    query: inLocale.extend({
      limit: wholeNumber(1, 1000)
        .optional()
        .openapi({ description: 'How many at most.', default: recipientsOnPage }),
      after: wholeNumber(0, 999_999_999).optional().openapi({ description: '`next` of the page before.' }),
      search: z
        .string()
        .max(searchLength)
        .optional()
        .openapi({ description: 'Stands anywhere in the address.' }),
      state: z.enum(deliveryStates).optional().openapi({ description: 'Only those in this state.' }),
    }),
  },
  responses: {
    200: {
      description: 'The recipients; Link leads to the next page',
      content: { 'application/json': { schema: deliveryListSchema } },
    },
    400: problemContent('The request is not well formed'),
    ...missing,
    ...unavailable,
    ...everywhere,
  },
});

const csv = (description: string) => ({
  200: { description, content: { 'text/csv': { schema: z.string() } } },
  ...missing,
  ...unavailable,
  ...everywhere,
});

const getOutcomes = createRoute({
  method: 'get',
  path: '/v1/sends/{id}/outcomes.csv',
  summary: 'What became of every recipient, as CSV',
  request: { params: ofSend, query: inLocale },
  responses: csv(
    'One recipient a line, with codes for programs and a last column in words. A cell that a spreadsheet would take for a formula has an apostrophe before it',
  ),
});

const getLeftOut = createRoute({
  method: 'get',
  path: '/v1/sends/{id}/left-out.csv',
  summary: 'The lines of the list that were left out, and why, as CSV',
  request: { params: ofSend, query: inLocale },
  responses: csv(
    'One line of the list a line, with its number, a code for programs, what stood there, and a last column in words',
  ),
});

export function readRoutes(app: OpenAPIHono<HttpEnv>, { campaigns }: AppOptions): void {
  const unable = (c: Context) => problem(c, 'sending-unavailable', localeOf(c)) as never;

  app.openapi(listSends, async (c) => {
    if (!campaigns) return unable(c);
    const { limit = onPage, before, locale: asked } = c.req.valid('query');
    const page = { limit: limit + 1, ...(before === undefined ? {} : { before }) };
    const found = await campaigns.list(callerOf(c).organisation, page);
    const shown = found.slice(0, limit);
    const next = found.length > limit ? (shown.at(-1)?.id ?? null) : null;
    if (next !== null) linkNext(c, '/v1/sends', { limit, before: next, locale: asked });
    return c.json({ sends: shown.map((one) => sendJson(one, localeOf(c))), next }, 200);
  });

  app.openapi(getSend, async (c) => {
    if (!campaigns) return unable(c);
    const progress = await campaigns.progress(callerOf(c).organisation, c.req.valid('param').id);
    if (!progress) return problem(c, 'send-not-found', localeOf(c)) as never;
    return c.json(progressJson(progress, localeOf(c)), 200);
  });

  app.openapi(listRecipients, async (c) => {
    if (!campaigns) return unable(c);
    const { organisation } = callerOf(c);
    const { id } = c.req.valid('param');
    const { limit = recipientsOnPage, after, search, state, locale: asked } = c.req.valid('query');
    if (!(await campaigns.find(organisation, id))) return problem(c, 'send-not-found', localeOf(c)) as never;
    const found = await campaigns.deliveries(organisation, id, {
      limit: limit + 1,
      ...(after === undefined ? {} : { after }),
      ...(search ? { search } : {}),
      ...(state === undefined ? {} : { states: [state] }),
    });
    const shown = found.slice(0, limit);
    const next = found.length > limit ? (shown.at(-1)?.number ?? null) : null;
    if (next !== null)
      linkNext(c, `/v1/sends/${id}/recipients`, { limit, after: next, search, state, locale: asked });
    return c.json({ recipients: shown.map(deliveryJson), next }, 200);
  });

  app.openapi(getOutcomes, async (c) => {
    if (!campaigns) return unable(c);
    const { id } = c.req.valid('param');
    const records = await campaigns.outcomes(callerOf(c).organisation, id, localeOf(c));
    return csvAnswer(c, records, `outcomes-${id}`);
  });

  app.openapi(getLeftOut, async (c) => {
    if (!campaigns) return unable(c);
    const { id } = c.req.valid('param');
    const records = await campaigns.leftOut(callerOf(c).organisation, id, localeOf(c));
    return csvAnswer(c, records, `left-out-${id}`);
  });
}

function csvAnswer(c: Context, records: AsyncIterable<string> | undefined, name: string): never {
  if (!records) return problem(c, 'send-not-found', localeOf(c)) as never;
  const headers = {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="klarsignal-${name}.csv"`,
    'cache-control': 'private, no-store',
  };
  if (c.req.method === 'HEAD') return c.body(null, 200, headers) as never;
  return c.body(csvBody(records), 200, headers) as never;
}

/** Values that are undefined are left out. */
function linkNext(c: Context, path: string, query: Record<string, string | number | undefined>): void {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const params = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]));
  c.header('link', `<${path}?${params}>; rel="next"`);
}

function progressJson(
  { campaign, routes, tally, alerts, acts, pace, endsAt, warmUp }: CampaignProgress,
  locale: Locale,
) {
  return {
    ...sendJson(campaign, locale),
    routes: routes.map((route) => ({ ...route })),
    tally: tally.map((row) => ({ ...row })),
    alerts: alerts.map(({ id, kind, data, at }) => ({ id, kind, data: { ...data }, at })),
    acts: acts.map(({ act, by, at }) => ({ act, by, at })),
    pace,
    endsAt,
    warmUp,
  } as never;
}

function deliveryJson({
  number,
  address,
  fields,
  state,
  attempt,
  route,
  attemptedAt,
  settledAt,
  code,
  enhanced,
  response,
  bounceClass,
}: DeliveryRow) {
  return {
    number,
    address,
    fields: fields && { ...fields },
    state,
    attempt,
    route,
    attemptedAt,
    settledAt,
    code,
    enhanced,
    response,
    bounceClass,
  };
}
