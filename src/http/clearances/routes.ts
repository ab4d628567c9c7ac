/** Clearances and waivers: granted, verified, listed, revoked; and the public keys to check one offline. */
import { createRoute, type OpenAPIHono, type z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { clearanceWords } from '../../clearance/words.ts';
import type { ClearanceErrorCode, Clearances } from '../../clearance.ts';
import { everywhere, inLocale, ofAudit, problemContent, retryAfter } from '../audits/described.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import { problem } from '../problem.ts';
import {
  clearanceListSchema,
  grantedSchema,
  nothingJson,
  ofClearance,
  ofWaiver,
  revokedSchema,
  verifiedSchema,
  verifyJson,
  waiverJson,
  waiverListSchema,
  waiverSchema,
} from './described.ts';

const json = <S extends z.ZodType>(description: string, schema: S) => ({
  description,
  content: { 'application/json': { schema } },
});
const body = <S extends z.ZodType>(schema: S, required = true) => ({
  required,
  content: { 'application/json': { schema } },
});
const malformed = { 400: problemContent('The request is not well formed') };
const noAudit = { 404: problemContent('There is no such audit') };
const unsigned = { 501: problemContent('This service has no keys to sign with') };

const postClearance = createRoute({
  method: 'post',
  path: '/v1/audits/{id}/clearance',
  summary: 'Get the clearance of an audit: the signed permit to send this message',
  request: { params: ofAudit, query: inLocale, body: body(nothingJson, false) },
  responses: {
    201: json('Granted; it is shown this once', grantedSchema),
    409: problemContent('Not granted; `errors` says why, and what to do'),
    ...malformed,
    ...noAudit,
    ...unsigned,
    ...everywhere,
  },
});

const listClearances = createRoute({
  method: 'get',
  path: '/v1/audits/{id}/clearances',
  summary: 'The clearances of an audit, newest first',
  request: { params: ofAudit, query: inLocale },
  responses: {
    200: json('The clearances', clearanceListSchema),
    ...noAudit,
    ...unsigned,
    ...everywhere,
  },
});

const postVerify = createRoute({
  method: 'post',
  path: '/v1/clearances/verify',
  summary: 'Whether a clearance opens the gate now: signature, time, organisation and revocation',
  request: { query: inLocale, body: body(verifyJson) },
  responses: {
    200: json('What it is worth; `valid` says whether it may be relied on', verifiedSchema),
    ...malformed,
    ...unsigned,
    ...everywhere,
  },
});

const postRevoke = createRoute({
  method: 'post',
  path: '/v1/clearances/{id}/revoke',
  summary: 'Revoke a clearance: what has not gone out by then stays',
  request: { params: ofClearance, query: inLocale },
  responses: {
    200: json('Revoked, now or before', revokedSchema),
    404: problemContent('There is no such clearance'),
    ...unsigned,
    ...everywhere,
  },
});

const listWaivers = createRoute({
  method: 'get',
  path: '/v1/audits/{id}/waivers',
  summary: 'The exceptions made for the message of an audit, newest first',
  request: { params: ofAudit, query: inLocale },
  responses: { 200: json('The exceptions', waiverListSchema), ...noAudit, ...unsigned, ...everywhere },
});

const postWaiver = createRoute({
  method: 'post',
  path: '/v1/audits/{id}/waivers',
  summary:
    'Make an exception from one check that should be fixed; for an owner who has signed in, never for a key',
  request: { params: ofAudit, query: inLocale, body: body(waiverJson) },
  responses: {
    201: json('The exception', waiverSchema),
    409: problemContent('The audit has no result yet, or it failed'),
    422: problemContent('No exception was made; `errors` says which field and why'),
    ...malformed,
    ...noAudit,
    ...unsigned,
    ...everywhere,
  },
});

const postWaiverRevoke = createRoute({
  method: 'post',
  path: '/v1/waivers/{id}/revoke',
  summary: 'End an exception, and revoke every clearance that rests on it',
  request: { params: ofWaiver, query: inLocale },
  responses: {
    200: json('Ended', revokedSchema),
    404: problemContent('There is no such exception, or it has ended already'),
    ...unsigned,
    ...everywhere,
  },
});

/** Seconds that a key set may be kept; far less than a replaced key stays published. */
const keySetLife = 300;

/** The public keys are for everybody: whoever sends checks a clearance with them, wherever they run. */
export function keySetRoute(app: OpenAPIHono<HttpEnv>, { clearances }: Pick<AppOptions, 'clearances'>): void {
  app.get('/.well-known/jwks.json', (c) => {
    if (!clearances) return problem(c, 'sending-unavailable', localeOf(c));
    c.header('cache-control', `public, max-age=${keySetLife}`);
    c.header('access-control-allow-origin', '*');
    // Else the security headers would keep a page of another origin from reading it after all.
    c.header('cross-origin-resource-policy', 'cross-origin');
    return c.body(JSON.stringify({ keys: clearances.keys() }), 200, {
      'content-type': 'application/jwk-set+json',
    });
  });
}

export function clearanceRoutes(
  app: OpenAPIHono<HttpEnv>,
  options: Pick<AppOptions, 'audits' | 'clearances'>,
): void {
  const { audits } = options;
  for (const path of [
    '/v1/clearances/*',
    '/v1/waivers/*',
    '/v1/audits/:id/clearance',
    '/v1/audits/:id/clearances',
    '/v1/audits/:id/waivers',
  ])
    app.use(path, (c, next) =>
      options.clearances ? next() : Promise.resolve(problem(c, 'sending-unavailable', localeOf(c))),
    );
  // Where there are none, nobody comes this far.
  const clearances = options.clearances as Clearances;
  const there = async (c: Context<HttpEnv>, audit: string) =>
    (await audits.find(callerOf(c).organisation, audit)) !== undefined;

  app.openapi(postClearance, async (c) => {
    const { organisation, id: by } = callerOf(c);
    const { id: audit } = c.req.valid('param');
    const granted = await clearances.grant(organisation, by, audit);
    if (granted.kind === 'refused') return notGranted(c, granted.code) as never;
    const { token, row } = granted.granted;
    const { id, digest, expiresAt } = row;
    const all = await clearances.waivers(organisation, audit);
    const waivers = all
      .filter((one) => row.waivers.includes(one.id))
      .map(({ id: waiver, rule, endsAt }) => ({ id: waiver, rule, endsAt }));
    c.header('cache-control', 'private, no-store');
    return c.json({ clearance: token, id, digest, expiresAt, waivers }, 201);
  });

  app.openapi(listClearances, async (c) => {
    const { id } = c.req.valid('param');
    if (!(await there(c, id))) return problem(c, 'audit-not-found', localeOf(c)) as never;
    const found = await clearances.ofAudit(callerOf(c).organisation, id);
    return c.json({ clearances: found.map((row) => ({ ...row, waivers: [...row.waivers] })) }, 200);
  });

  app.openapi(postVerify, async (c) => {
    const locale = localeOf(c);
    const verified = await clearances.verify(callerOf(c).organisation, c.req.valid('json').clearance.trim());
    c.header('content-language', locale);
    if (verified.valid) return c.json({ valid: true, claims: verified.claims }, 200);
    const { code, claims } = verified;
    const text = clearanceWords[locale].invalid[code];
    return c.json({ valid: false, code, text, ...(claims ? { claims } : {}) }, 200);
  });

  app.openapi(postRevoke, async (c) => {
    const { id } = c.req.valid('param');
    if (!(await clearances.revoke(callerOf(c).organisation, id)))
      return problem(c, 'clearance-not-found', localeOf(c)) as never;
    return c.json({ id, state: 'revoked' as const }, 200);
  });

  app.openapi(listWaivers, async (c) => {
    const { id } = c.req.valid('param');
    if (!(await there(c, id))) return problem(c, 'audit-not-found', localeOf(c)) as never;
    return c.json({ waivers: await clearances.waivers(callerOf(c).organisation, id) }, 200);
  });

  app.openapi(postWaiver, async (c) => {
    const locale = localeOf(c);
    const { organisation, kind, id, role } = callerOf(c);
    const order = { ...c.req.valid('json'), audit: c.req.valid('param').id };
    const made = await clearances.waive(organisation, { kind, id, role: role ?? '' }, order);
    if (made.kind === 'waived') return c.json(made.waiver, 201);
    const codes = made.errors.map(({ code }) => code);
    if (codes.includes('audit-not-found')) return problem(c, 'audit-not-found', locale) as never;
    if (codes.includes('not-finished')) return problem(c, 'not-finished', locale) as never;
    const errors = made.errors.map(({ code, field }) => ({
      code,
      field,
      text: clearanceWords[locale].waiver[code],
    }));
    return problem(c, codes.includes('owner-only') ? 'role-missing' : 'waiver-refused', locale, {
      errors,
    }) as never;
  });

  app.openapi(postWaiverRevoke, async (c) => {
    const { id } = c.req.valid('param');
    if (!(await clearances.revokeWaiver(callerOf(c).organisation, id)))
      return problem(c, 'waiver-not-found', localeOf(c)) as never;
    return c.json({ id, state: 'revoked' as const }, 200);
  });
}

function notGranted(c: Context, code: ClearanceErrorCode): Response {
  const locale = localeOf(c);
  const text = clearanceWords[locale].refused[code];
  if (code === 'audit-not-found') return problem(c, code, locale, { detail: text });
  if (code === 'not-finished') c.header('retry-after', retryAfter);
  const named = code === 'not-finished' || code === 'audit-failed' ? code : 'clearance-refused';
  return problem(c, named, locale, { detail: text, errors: [{ code, field: 'audit', text }] });
}
