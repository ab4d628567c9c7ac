import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type Audit, hasEnded, type Submitted } from '../audits.ts';
import { writeReport } from '../report/report.ts';
import { type Locale, locales } from '../rule.ts';
import { sharedWords } from '../words.ts';
import type { AppOptions } from './app.ts';
import { callerOf, type HttpEnv } from './caller.ts';
import { formHanded, jsonHanded, type ReadHanded } from './handed.ts';
import { localeOf } from './locale.ts';
import { explain, problem } from './problem.ts';
import { sayRequestErrors } from './request-errors.ts';
import { type AuditJson, auditSchema, problemSchema, submissionForm, submissionJson } from './schemas.ts';

/** Seconds that a caller may wait for a result at most. */
const longestWait = 60;
/** Seconds until it is worth asking again. */
const retryAfter = '2';

const problemContent = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

const auditContent = (description: string) => ({
  description,
  content: { 'application/json': { schema: auditSchema } },
});

const inLocale = z.object({
  locale: z
    .enum(locales)
    .optional()
    .openapi({ description: 'Language of the texts; without it Accept-Language decides.' }),
});

/** Refused before any route looks: another site's page, a name that is not ours, a fault of ours. */
const everywhere = {
  403: problemContent('A browser sent this for another site'),
  421: problemContent('The Host is not a name of this service'),
  500: problemContent('Something went wrong on our side'),
};

const postAudit = createRoute({
  method: 'post',
  path: '/v1/audits',
  summary: 'Audit a template or message and its sender domain',
  request: {
    query: inLocale,
    headers: z.object({
      prefer: z
        .string()
        .optional()
        .openapi({ example: 'wait=30', description: 'Wait so many seconds for the result.' }),
      'idempotency-key': z
        .string()
        .optional()
        .openapi({ description: 'The same key and content give the same audit.' }),
    }),
    body: {
      required: true,
      content: {
        'application/json': { schema: submissionJson },
        'multipart/form-data': { schema: submissionForm },
      },
    },
  },
  responses: {
    200: auditContent('The audit has ended (Prefer: wait)'),
    202: auditContent('The audit is under way; Location says where'),
    400: problemContent('The request is not well formed'),
    413: problemContent('The request is too large'),
    415: problemContent('Neither JSON nor multipart'),
    422: problemContent(
      'The submission cannot be audited, or the Idempotency-Key was used for something else',
    ),
    ...everywhere,
  },
});

const getAudit = createRoute({
  method: 'get',
  path: '/v1/audits/{id}',
  summary: 'The state of an audit, and its report when done',
  request: {
    params: z.object({ id: z.string() }),
    query: inLocale,
  },
  responses: {
    200: auditContent('The audit'),
    404: problemContent('There is no such audit'),
    421: everywhere[421],
    500: everywhere[500],
  },
});

const getPreview = createRoute({
  method: 'get',
  path: '/v1/audits/{id}/previews/{view}',
  summary: 'The picture of one preview',
  request: { params: z.object({ id: z.string(), view: z.string() }) },
  responses: {
    200: {
      description: 'PNG',
      content: { 'image/png': { schema: z.any().openapi({ type: 'string', format: 'binary' }) } },
    },
    404: problemContent('There is no such picture'),
    421: everywhere[421],
    500: everywhere[500],
  },
});

/** Routes under /v1/audits. */
export function auditRoutes(app: OpenAPIHono<HttpEnv>, options: AppOptions): void {
  const { audits, rules } = options;
  // Described above; read by hand here, since one route takes two kinds of body and answers in words.
  app.openAPIRegistry.registerPath(postAudit);
  app.post(postAudit.path, async (c) => {
    const locale = localeOf(c);
    const key = c.req.header('idempotency-key');
    if (key !== undefined && !/^[\x21-\x7e]{1,255}$/.test(key))
      return problem(c, 'idempotency-key-invalid', locale);
    const read = await readBody(c);
    if (!read) return problem(c, 'unsupported-media-type', locale);
    if (!read.ok)
      return problem(c, 'invalid-request', locale, { errors: sayRequestErrors(read.errors, locale) });
    const submitted = await audits.submit(callerOf(c).organisation, read.handed, read.previews, key);
    if (submitted.kind === 'invalid') return refuse(c, submitted, locale);
    if (submitted.kind === 'busy') {
      c.header('retry-after', '5');
      return problem(c, 'busy', locale);
    }
    if (submitted.kind === 'conflict') return problem(c, 'idempotency-key-reused', locale);

    const seconds = waitSeconds(c.req.header('prefer'));
    const { id } = submitted.audit;
    const audit =
      (seconds > 0 && (await audits.settled(callerOf(c).organisation, id, seconds * 1000))) ||
      submitted.audit;
    c.header('location', `/v1/audits/${id}`);
    c.header('content-language', locale);
    if (seconds > 0) c.header('preference-applied', `wait=${seconds}`);
    if (!hasEnded(audit)) c.header('retry-after', retryAfter);
    return c.json(toJson(audit, rules, locale), hasEnded(audit) ? 200 : 202);
  });

  app.openapi(getAudit, async (c) => {
    const locale = localeOf(c);
    const audit = await audits.find(callerOf(c).organisation, c.req.valid('param').id);
    if (!audit) return problem(c, 'not-found', locale) as never;
    c.header('content-language', locale);
    if (!hasEnded(audit)) c.header('retry-after', retryAfter);
    return c.json(toJson(audit, rules, locale), 200);
  });

  app.openapi(getPreview, async (c) => {
    const { id, view } = c.req.valid('param');
    const png = await audits.picture(callerOf(c).organisation, id, view);
    if (!png) return problem(c, 'not-found', localeOf(c)) as never;
    return c.body(png as Uint8Array<ArrayBuffer>, 200, {
      'content-type': 'image/png',
      'cache-control': 'private, max-age=86400',
    });
  });
}

/** undefined: neither of the two kinds of body. */
async function readBody(c: Context): Promise<ReadHanded | undefined> {
  const type = c.req.header('content-type')?.toLowerCase() ?? '';
  if (/^application\/json\s*(;|$)/.test(type)) return jsonHanded(await c.req.arrayBuffer());
  if (/^multipart\/form-data\s*(;|$)/.test(type)) {
    return formHanded(await c.req.parseBody({ all: true }).catch(() => undefined));
  }
  return undefined;
}

function refuse(c: Context, { errors }: Extract<Submitted, { kind: 'invalid' }>, locale: Locale): Response {
  const large = errors.some(({ code }) => code === 'message-too-large');
  return problem(c, 'invalid-submission', locale, {
    errors: explain(errors, locale),
    ...(large ? { status: 413 } : {}),
  });
}

/** RFC 7240 section 4.3: `wait=N`, other preferences beside it ignored. */
function waitSeconds(prefer: string | undefined): number {
  const found = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})/i.exec(prefer ?? '');
  return Math.min(Number(found?.[1] ?? 0), longestWait);
}

/** An audit as the API shows it: the report's own fields beside those of the audit. */
export function toJson(audit: Audit, rules: AppOptions['rules'], locale: Locale): AuditJson {
  const { id, createdAt, digest, state, finishedAt, verdict, failure } = audit;
  const fields = { id, createdAt, digest };
  if (state === 'done' && verdict && finishedAt) {
    const { ruleSet, ...judged } = verdict;
    return {
      ...fields,
      state,
      finishedAt,
      ruleSet,
      ...writeReport(judged, rules, locale),
    } as unknown as AuditJson;
  }
  if (state === 'failed' && finishedAt) {
    const code = failure ?? 'crashed';
    return { ...fields, state, finishedAt, failure: code, text: sharedWords[locale].failures[code] ?? code };
  }
  return {
    ...fields,
    state: state === 'running' ? 'running' : 'queued',
    progress: audit.progress.map((step) => ({ ...step })),
  };
}
