/** POST /v1/sends: a mailing begun; PUT its list. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { everywhere, inLocale, problemContent } from '../audits/described.ts';
import { discardBody } from '../body-limit.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import { problem } from '../problem.ts';
import { requestErrors, sayRequestErrors } from '../request-errors.ts';
import { createShares } from '../shares.ts';
import {
  answerChanged,
  faultyOrder,
  missing,
  ofSend,
  sayErrors,
  sendContent,
  sending,
  sendJson,
  unavailable,
  wrongState,
} from './described.ts';
import { boundedList, listBytes, listFormat } from './list.ts';
import { orderSchema } from './schemas.ts';

/** Lists that are read at once: of one caller, and of all. */
const listsAtOnce = { each: 2, all: 10 };
/** Milliseconds. */
const longestList = 30 * 60_000;
/** Seconds. */
const comeAgain = '5';
const megabyte = 1024 * 1024;

const postSend = createRoute({
  method: 'post',
  path: '/v1/sends',
  summary: 'Begin a mailing by a clearance',
  request: {
    query: inLocale,
    headers: z.object({
      'idempotency-key': z.string().openapi({
        description: 'The same key and order give the same mailing, however often they are sent.',
      }),
    }),
    body: { required: true, content: { 'application/json': { schema: orderSchema } } },
  },
  responses: {
    200: sendContent('The same order had made this mailing before'),
    201: sendContent('The mailing is made; Location says where'),
    400: problemContent('The request is not well formed, or has no Idempotency-Key'),
    409: problemContent('The Idempotency-Key was used for another order'),
    413: problemContent('The request is too large'),
    415: problemContent('Not JSON'),
    ...faultyOrder,
    ...unavailable,
    503: problemContent('Too much is handed in at once; Retry-After says when to try again'),
    ...everywhere,
  },
});

const putRecipients = createRoute({
  method: 'put',
  path: '/v1/sends/{id}/recipients',
  summary: 'Hand in the list of recipients of a mailing that awaits one',
  request: {
    params: ofSend,
    query: inLocale,
    body: {
      required: true,
      content: {
        'text/csv': {
          schema: z.string().openapi({
            description:
              'CSV in UTF-8 with column names first: one of email, e-post, address or adress, and one for each merge field. At most 256 MB.',
            example: 'email,first_name\nreader@example.org,Kim\n',
          }),
        },
        'application/x-ndjson': {
          schema: z.string().openapi({
            description: 'One JSON object a line, with `address` and `fields`. At most 256 MB.',
            example: '{"address":"reader@example.org","fields":{"first_name":"Kim"}}\n',
          }),
        },
      },
    },
  },
  responses: {
    200: sendContent('The list is taken in, and read from now on'),
    400: problemContent('The request is not well formed'),
    ...missing,
    413: problemContent('The list is larger than 256 MB'),
    415: problemContent('Neither text/csv nor application/x-ndjson'),
    ...wrongState,
    ...faultyOrder,
    ...unavailable,
    503: problemContent('Too much is handed in at once; Retry-After says when to try again'),
    ...everywhere,
  },
});

export function createRoutes(app: OpenAPIHono<HttpEnv>, { campaigns }: AppOptions): void {
  // Described above; read by hand here, so that each fault has its own words.
  app.openAPIRegistry.registerPath(postSend);
  app.post(
    postSend.path,
    sending(campaigns, async (c, all, organisation) => {
      const locale = localeOf(c);
      const key = c.req.header('idempotency-key');
      if (key === undefined) return problem(c, 'idempotency-key-missing', locale);
      if (!/^[\x21-\x7e]{1,255}$/.test(key)) return problem(c, 'idempotency-key-invalid', locale);
      if (!/^application\/json\b/i.test(c.req.header('content-type') ?? ''))
        return problem(c, 'unsupported-media-type', locale);
      const read = orderSchema.safeParse(await c.req.json().catch(() => undefined));
      if (!read.success) {
        const errors = sayRequestErrors(requestErrors(read.error.issues), locale);
        return problem(c, 'invalid-request', locale, { errors });
      }
      const created = await all.create(organisation, callerOf(c).id, read.data, key);
      if (created.kind === 'conflict') return problem(c, 'idempotency-key-reused', locale, { status: 409 });
      if (created.kind === 'invalid')
        return problem(c, 'send-refused', locale, { errors: sayErrors(created.errors, locale) });
      c.header('location', `/v1/sends/${created.campaign.id}`);
      c.header('content-language', locale);
      return c.json(sendJson(created.campaign, locale), created.kind === 'added' ? 201 : 200);
    }),
  );

  const shares = createShares({ ...listsAtOnce, lifeMs: longestList });
  app.openAPIRegistry.registerPath(putRecipients);
  app.put(
    '/v1/sends/:id/recipients',
    sending(campaigns, async (c, all, organisation) => {
      const locale = localeOf(c);
      const format = listFormat(c.req.header('content-type'));
      if (!format) return problem(c, 'unsupported-media-type', locale);
      const tooLarge = () => problem(c, 'request-too-large', locale, { status: 413 });
      const length = c.req.header('content-length');
      if (length !== undefined && !(Number(length) <= listBytes)) return tooLarge();
      const share = shares.open(organisation);
      if (!share.take(1)) {
        c.header('retry-after', comeAgain);
        return problem(c, 'busy', locale);
      }
      const list = boundedList(c.req.raw.body, listBytes);
      try {
        const changed = await all.addList(organisation, c.req.param('id') ?? '', {
          body: list.body,
          format,
        });
        if (list.exceeded()) return tooLarge();
        if (changed.kind !== 'done') await discardBody(c, megabyte);
        return answerChanged(c, changed);
      } catch (error) {
        // What is too much ends the reading, wherever in the core that was noticed.
        if (list.exceeded()) return tooLarge();
        if (list.gone()) return c.body(null, 400);
        throw error;
      } finally {
        share.giveBack();
      }
    }),
  );
}
