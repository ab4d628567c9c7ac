/** POST: a mailing paused, resumed, cancelled, returned; unknown attempts decided. */
import { createRoute, type OpenAPIHono, type z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { everywhere, inLocale, problemContent } from '../audits/described.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import { problem } from '../problem.ts';
import { requestErrors, sayRequestErrors } from '../request-errors.ts';
import {
  answerChanged,
  faultyOrder,
  missing,
  ofSend,
  sendContent,
  sending,
  unavailable,
  wrongState,
} from './described.ts';
import { decisionSchema, resumeSchema } from './schemas.ts';

const responses = {
  200: sendContent('The mailing as it is now'),
  400: problemContent('The request is not well formed'),
  ...missing,
  ...wrongState,
  ...faultyOrder,
  ...unavailable,
  ...everywhere,
};

const plain = {
  pause: 'Pause a mailing: what has been handed over cannot be called back',
  cancel: 'Cancel a mailing for good: those who wait get nothing',
  'return-to-primary': 'Return a mailing to its primary sending server after a switch',
} as const;

const postResume = createRoute({
  method: 'post',
  path: '/v1/sends/{id}/resume',
  summary: 'Let a mailing go on, or begin; everything is checked again first',
  request: {
    params: ofSend,
    query: inLocale,
    body: { required: false, content: { 'application/json': { schema: resumeSchema } } },
  },
  responses,
});

const postUnknown = createRoute({
  method: 'post',
  path: '/v1/sends/{id}/unknown',
  summary: 'Decide what became of attempts that nobody can tell',
  request: {
    params: ofSend,
    query: inLocale,
    body: { required: true, content: { 'application/json': { schema: decisionSchema } } },
  },
  responses,
});

export function changeRoutes(app: OpenAPIHono<HttpEnv>, { campaigns }: AppOptions): void {
  for (const [verb, summary] of Object.entries(plain)) {
    app.openAPIRegistry.registerPath(
      createRoute({
        method: 'post',
        path: `/v1/sends/{id}/${verb}`,
        summary,
        request: { params: ofSend, query: inLocale },
        responses,
      }),
    );
  }
  const idOf = (c: Context) => c.req.param('id') ?? '';
  app.post(
    '/v1/sends/:id/pause',
    sending(campaigns, async (c, all, own) =>
      answerChanged(c, await all.pause(own, idOf(c), callerOf(c).id)),
    ),
  );
  app.post(
    '/v1/sends/:id/cancel',
    sending(campaigns, async (c, all, own) =>
      answerChanged(c, await all.cancel(own, idOf(c), callerOf(c).id)),
    ),
  );
  app.post(
    '/v1/sends/:id/return-to-primary',
    sending(campaigns, async (c, all, own) => answerChanged(c, await all.returnToPrimary(own, idOf(c)))),
  );

  app.openAPIRegistry.registerPath(postResume);
  app.post(
    '/v1/sends/:id/resume',
    sending(campaigns, async (c, all, own) => {
      const read = await readJson(c, resumeSchema, {});
      if ('response' in read) return read.response;
      const { clearance, leaveOutEarlier } = read.value;
      const more = { by: callerOf(c).id, leaveOutEarlier };
      return answerChanged(c, await all.resume(own, idOf(c), clearance, more));
    }),
  );

  app.openAPIRegistry.registerPath(postUnknown);
  app.post(
    '/v1/sends/:id/unknown',
    sending(campaigns, async (c, all, own) => {
      const read = await readJson(c, decisionSchema, undefined);
      return 'response' in read
        ? read.response
        : answerChanged(c, await all.decideUnknown(own, idOf(c), read.value.as));
    }),
  );
}

/** `empty`: what no body at all stands for. */
async function readJson<T>(
  c: Context,
  schema: z.ZodType<T>,
  empty: unknown,
): Promise<{ value: T } | { response: Response }> {
  const text = await c.req.text();
  const read = schema.safeParse(text.trim() === '' ? empty : parsed(text));
  if (read.success) return { value: read.data };
  const locale = localeOf(c);
  const errors = sayRequestErrors(requestErrors(read.error.issues as never), locale);
  return { response: problem(c, 'invalid-request', locale, { errors }) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
