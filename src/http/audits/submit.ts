/** POST: an audit begun, or run again. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type Audit, hasEnded, type Missing, type Submitted } from '../../audits.ts';
import type { Locale } from '../../rule.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { formChanges, formHanded, jsonChanges, jsonHanded, type Wrong } from '../handed.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import { explain, problem } from '../problem.ts';
import { sayRequestErrors } from '../request-errors.ts';
import { againForm, againJson, submissionForm, submissionJson } from '../schemas.ts';
import { begunContent, everywhere, inLocale, ofAudit, problemContent, retryAfter } from './described.ts';
import { toJson } from './json.ts';

/** Seconds that a caller may wait for a result at most. */
const longestWait = 60;

const headers = z.object({
  prefer: z
    .string()
    .optional()
    .openapi({ example: 'wait=30', description: 'Wait so many seconds for the result, at most 60.' }),
  'idempotency-key': z
    .string()
    .optional()
    .openapi({ description: 'The same key and content give the same audit.' }),
});

const responses = {
  200: begunContent('The audit has ended (Prefer: wait)'),
  202: begunContent('The audit is under way; Location says where'),
  400: problemContent('The request is not well formed'),
  413: problemContent('The request is too large'),
  415: problemContent('Neither JSON nor multipart'),
  422: problemContent('The submission cannot be audited, or the Idempotency-Key was used for something else'),
  503: problemContent('Too much is handed in at once; Retry-After says when to try again'),
  ...everywhere,
};

const postAudit = createRoute({
  method: 'post',
  path: '/v1/audits',
  summary: 'Audit a template or message and its sender domain',
  request: {
    query: inLocale,
    headers,
    body: {
      required: true,
      content: {
        'application/json': { schema: submissionJson },
        'multipart/form-data': { schema: submissionForm },
      },
    },
  },
  responses,
});

const postAgain = createRoute({
  method: 'post',
  path: '/v1/audits/{id}/again',
  summary: 'Run an audit again: as it was, with what was missing, or in a corrected version',
  request: {
    params: ofAudit,
    query: inLocale,
    headers,
    body: {
      required: false,
      content: {
        'application/json': { schema: againJson },
        'multipart/form-data': { schema: againForm },
      },
    },
  },
  responses: { ...responses, 404: problemContent('There is no such audit, or its upload is gone') },
});

export function submitRoutes(app: OpenAPIHono<HttpEnv>, options: AppOptions): void {
  const { audits } = options;
  // Described above; read by hand here, since one route takes two kinds of body and answers in words.
  app.openAPIRegistry.registerPath(postAudit);
  app.post(postAudit.path, (c) =>
    answer(c, options, jsonHanded, formHanded, ({ handed, previews }, key) =>
      audits.submit(callerOf(c).organisation, handed, previews, key),
    ),
  );
  app.openAPIRegistry.registerPath(postAgain);
  app.post('/v1/audits/:id/again', (c) =>
    answer(c, options, jsonChanges, formChanges, ({ changes }, key) =>
      audits.again(callerOf(c).organisation, c.req.param('id'), changes, key),
    ),
  );
}

/** Reads a body of either kind, begins the audit, and waits for it as long as the caller prefers. */
async function answer<T>(
  c: Context<HttpEnv>,
  options: AppOptions,
  readJson: (body: ArrayBuffer) => ({ ok: true } & T) | Wrong,
  readForm: (body: Record<string, unknown> | undefined) => Promise<({ ok: true } & T) | Wrong>,
  begin: (read: T, key: string | undefined) => Promise<Submitted | Missing>,
): Promise<Response> {
  const { audits } = options;
  const locale = localeOf(c);
  const key = c.req.header('idempotency-key');
  if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key))
    return problem(c, 'idempotency-key-invalid', locale);
  const read = await readBody(c, readJson, readForm);
  if (!read) return problem(c, 'unsupported-media-type', locale);
  if (!read.ok)
    return problem(c, 'invalid-request', locale, { errors: sayRequestErrors(read.errors, locale) });
  const submitted = await begin(read, key);
  if (!('audit' in submitted)) return refuse(c, submitted, locale);
  const { audit, seconds } = await waited(c, audits, submitted.audit);
  c.header('location', `/v1/audits/${audit.id}`);
  c.header('content-language', locale);
  if (seconds > 0) c.header('preference-applied', `wait=${seconds}`);
  if (!hasEnded(audit)) c.header('retry-after', retryAfter);
  const status = hasEnded(audit) ? 200 : 202;
  // What it found is for those who may read.
  if (!callerOf(c).scopes.includes('audits:read'))
    return c.json({ id: audit.id, state: audit.state }, status);
  return c.json(toJson(audit, options, locale), status);
}

/** undefined: neither of the two kinds of body. */
async function readBody<T>(
  c: Context<HttpEnv>,
  readJson: (body: ArrayBuffer) => T,
  readForm: (body: Record<string, unknown> | undefined) => Promise<T>,
): Promise<T | undefined> {
  const type = c.req.header('content-type')?.toLowerCase() ?? '';
  if (/^multipart\/form-data\s*(;|$)/.test(type)) {
    return readForm(await c.req.parseBody({ all: true }).catch(() => undefined));
  }
  const bytes = await c.req.arrayBuffer();
  if (/^application\/json\s*(;|$)/.test(type)) return readJson(bytes);
  // Without a body nothing is said, which may be all there is to say.
  return type === '' && bytes.byteLength === 0 ? readJson(new TextEncoder().encode('{}').buffer) : undefined;
}

async function waited(c: Context<HttpEnv>, audits: AppOptions['audits'], begun: Audit) {
  const seconds = waitSeconds(c.req.header('prefer'));
  if (seconds === 0) return { audit: begun, seconds };
  const settled = await audits.settled(callerOf(c).organisation, begun.id, seconds * 1000);
  return { audit: settled ?? begun, seconds };
}

function refuse(
  c: Context,
  refused: Exclude<Submitted | Missing, { audit: unknown }>,
  locale: Locale,
): Response {
  switch (refused.kind) {
    case 'missing':
      return problem(c, 'audit-not-found', locale);
    case 'conflict':
      return problem(c, 'idempotency-key-reused', locale);
    case 'busy':
      c.header('retry-after', '5');
      return problem(c, 'busy', locale);
    case 'invalid': {
      const { errors } = refused;
      const large = errors.some(({ code }) => code === 'message-too-large');
      return problem(c, 'invalid-submission', locale, {
        errors: explain(errors, locale),
        ...(large ? { status: 413 } : {}),
      });
    }
  }
}

/** RFC 7240 section 4.3: `wait=N`, other preferences beside it ignored. */
function waitSeconds(prefer: string | undefined): number {
  const found = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})/i.exec(prefer ?? '');
  return Math.min(Number(found?.[1] ?? 0), longestWait);
}
