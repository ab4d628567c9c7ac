/** The door for bodies: within their size, within the room there is, and of a shape that can be read soon. */
import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Log } from '../ports.ts';
import { discardBody, takeBody } from './body-limit.ts';
import { isPlainJson, isShortForm, isShortQuery, type JsonShape } from './body-shape.ts';
import { callerOf, type HttpEnv } from './caller.ts';
import { localeOf } from './locale.ts';
import type { Way } from './pages/form.ts';
import { tooLargePage } from './pages/routes.ts';
import { problem, problemDetails } from './problem.ts';
import { browses, refuse } from './refusal.ts';
import { sayRequestErrors } from './request-errors.ts';
import type { RequestErrorCode } from './schemas.ts';
import { createShares } from './shares.ts';

const megabyte = 1024 * 1024;
/** Of a request over its file: Base64 in JSON costs a third, escaped letters in JSON up to the double. */
const overhead = 2;
/** Bytes of bodies held at once: by all, and by one caller, who has room for the two largest. */
const heldByAll = 100 * megabyte;
const heldByEach = 2 * overhead;
/** Milliseconds: longer than any request takes that a host lets end. */
const heldFor = 10 * 60_000;
/** Seconds. */
const comeAgain = '5';
/** A submission with fifty merge fields, each with a list of hosts. */
const submissions: JsonShape = { deepest: 4, mostMarks: 2000 };
/** An order that names its recipients: ten thousand with a few fields each, read within a tenth of a second. */
const orders: JsonShape = { deepest: 4, mostMarks: 200_000 };
/** Passed on as it comes: its own route bounds it, and holds none of it. */
const isList = ({ req }: Context) =>
  req.method === 'PUT' && /^\/v1\/sends\/[^/]+\/recipients$/.test(req.path);
/** A form with a list in it: 20 MB, and what else it says. */
const takesList = ({ req }: Context) => req.method === 'POST' && /^\/mailings(\/|$)/.test(req.path);
const listForm = 21 * megabyte;

export function bodies({
  uploadBytes,
  ways = [],
  log,
}: {
  uploadBytes: number;
  /** Who may send, for the form that comes back. */
  ways?: readonly Way[];
  log: Log;
}): MiddlewareHandler<HttpEnv> {
  const maxBytes = uploadBytes * overhead;
  const shares = createShares({ all: heldByAll, each: uploadBytes * heldByEach, lifeMs: heldFor });

  return async (c, next) => {
    if (isList(c)) return next();
    const most = takesList(c) ? Math.max(maxBytes, listForm) : maxBytes;
    const { organisation, kind, id } = callerOf(c);
    const share = shares.open(`${organisation} ${kind} ${id}`);
    try {
      switch (await takeBody(c, most, share)) {
        case 'gone':
          log('client gone', { method: c.req.method, route: routePath(c) }, 'info');
          return c.body(null, 400);
        case 'large':
          await discardBody(c, maxBytes * 4);
          return tooLarge(c);
        case 'busy':
          // A browser that is cut off while it uploads shows no answer at all.
          if (browses(c)) await discardBody(c, maxBytes);
          c.header('retry-after', comeAgain);
          return refuse(c, 'busy');
      }
      const fault = c.req.raw.body ? faultIn(c, new Uint8Array(await c.req.arrayBuffer())) : undefined;
      if (fault) return faulty(c, fault);
      return await next();
    } finally {
      share.giveBack();
    }
  };

  function tooLarge(c: Context): Response | Promise<Response> {
    if (c.req.path === '/audits') return tooLargePage(c, uploadBytes, ways);
    const say = problemDetails[localeOf(c)];
    return refuse(c, 'request-too-large', say.large(maxBytes / megabyte, uploadBytes / megabyte));
  }
}

function faultIn(c: Context, bytes: Uint8Array): RequestErrorCode | undefined {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json')
    return isPlainJson(bytes, shapeOf(c.req.path)) ? undefined : 'body-too-complex';
  if (type === 'multipart/form-data') return isShortForm(bytes) ? undefined : 'body-not-form';
  if (type === 'application/x-www-form-urlencoded') return isShortQuery(bytes) ? undefined : 'body-not-form';
  return undefined;
}

function shapeOf(path: string): JsonShape | undefined {
  if (path === '/v1/sends') return orders;
  return /^\/v1\/audits(?:\/[^/]+\/again)?$/.test(path) ? submissions : undefined;
}

function faulty(c: Context, code: RequestErrorCode): Response | Promise<Response> {
  if (browses(c)) return refuse(c, 'invalid-request');
  const locale = localeOf(c);
  const errors = sayRequestErrors([{ code, field: '', data: {} }], locale);
  return problem(c, 'invalid-request', locale, { errors });
}
