/** Sign-in: a one-time link for people, an API key for programs. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import type { Access, Caller } from '../access.ts';
import { bodyWithin } from './body-limit.ts';
import type { HttpEnv } from './caller.ts';
import { localPath } from './local-path.ts';
import { localeOf } from './locale.ts';
import { mayDo, needOf } from './needs.ts';
import type { AppOptions } from './options.ts';
import { signInPage } from './pages/sign-in.ts';
import { problemDetails } from './problem.ts';
import { browses, isApi, refuse } from './refusal.ts';
import { createSessionCookie, type SessionCookie } from './session-cookie.ts';

/** Bytes of a form that holds a token and an address. */
const formBytes = 10_000;

type Parts = Pick<AppOptions, 'access' | 'url' | 'wayIn'>;

/** The routes that need no sign-in, since they make it. */
export function signInRoutes(app: OpenAPIHono<HttpEnv>, { access, url, wayIn }: Parts): void {
  const cookie = createSessionCookie(url);
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description:
      'An API key (`klarsignal key create`). Each call needs one scope of these, and without it the answer is 403 and names the scope: `audits:read`, `audits:write`, `clearances:write`, `senders:read`, `senders:write`, `sends:read`, `sends:write`, `recipients:write`. Exceptions, members and keys are for people alone.',
  });

  app.use('/sign-in', async (c, next) => {
    await next();
    // Origin alone: with no-referrer a browser says `Origin: null` when the form is sent, and over plain
    // http that is all there is to tell it from another site's.
    c.header('referrer-policy', 'strict-origin');
    c.header('cache-control', 'no-store');
  });

  // It only shows a button: mail and chat programs open links before the person does.
  app.get('/sign-in', async (c) => {
    const next = localPath(c.req.query('next'));
    const token = c.req.query('token');
    if (!token && (await personOf(c, access, cookie))) return c.redirect(next, 303);
    return signInPage(c, token ? { kind: 'button', token, next } : { kind: 'how', next }, wayIn);
  });

  app.post(
    '/sign-in',
    bodyWithin(formBytes, (c) => refuse(c, 'request-too-large')),
    async (c) => {
      const form = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>);
      const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
      const next = localPath(text(form.next));
      const signedIn = await access.signIn(text(form.token) ?? '');
      if (!signedIn) return signInPage(c, { kind: 'refused', next }, wayIn, 403);
      const before = cookie.read(c);
      if (before) await access.signOut(before);
      cookie.write(c, signedIn.token);
      return c.redirect(next, 303);
    },
  );

  app.post('/sign-out', async (c) => {
    const token = cookie.read(c);
    if (token) await access.signOut(token);
    cookie.clear(c);
    return c.redirect('/sign-in', 303);
  });
}

/** Finds out who calls, and turns away whom nobody knows. */
export function signedIn({ access, url }: Parts): MiddlewareHandler<HttpEnv> {
  const cookie = createSessionCookie(url);
  return async (c, next) => {
    // A key decides alone, so that a program never acts as the person whose browser it shares. Other schemes
    // are for whoever stands before us.
    const key = keyOf(c);
    const caller = key === undefined ? await personOf(c, access, cookie) : await access.program(key);
    if (!caller) return key === undefined ? signInFirst(c) : keyInvalid(c);
    c.set('caller', caller);
    const refused = turnedAway(c, caller);
    if (refused) return refused;
    await next();
    // Whoever signs out leaves no page behind in the browser.
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'private, no-store');
  };
}

/** Whether who called may still come in, for an answer that goes on for long. */
export function stillSignedIn({
  access,
  url,
}: Pick<Parts, 'access' | 'url'>): (c: Context) => Promise<boolean> {
  const cookie = createSessionCookie(url);
  return async (c) => {
    const key = keyOf(c);
    const token = cookie.read(c) ?? '';
    return (key === undefined ? await access.person(token) : await access.program(key)) !== undefined;
  };
}

/** undefined when none is presented; an empty one opens nothing. */
function keyOf(c: Context): string | undefined {
  const found = /^Bearer(?:\s+(.*))?$/i.exec(c.req.header('authorization') ?? '');
  return found ? (found[1] ?? '') : undefined;
}

/** Finds out who reads a page that is for everybody: whoever has signed in can sign out there too. */
export function recognised({ access, url }: Pick<Parts, 'access' | 'url'>): MiddlewareHandler<HttpEnv> {
  const cookie = createSessionCookie(url);
  return async (c, next) => {
    const person = await personOf(c, access, cookie);
    if (person) c.set('caller', person);
    await next();
  };
}

/** A cookie that opens nothing any more is taken back. */
async function personOf(c: Context, access: Access, cookie: SessionCookie): Promise<Caller | undefined> {
  const token = cookie.read(c);
  if (token === undefined) return undefined;
  const person = await access.person(token);
  if (!person) cookie.clear(c);
  return person;
}

function keyInvalid(c: Context): Response | Promise<Response> {
  c.header('www-authenticate', 'Bearer error="invalid_token"');
  return refuse(c, 'key-invalid');
}

function signInFirst(c: Context): Response | Promise<Response> {
  const reads = c.req.method === 'GET' || c.req.method === 'HEAD';
  if (browses(c) && reads) {
    const { pathname, search } = new URL(c.req.url);
    const next = pathname + search;
    return c.redirect(next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`, 303);
  }
  c.header('www-authenticate', 'Bearer');
  return refuse(
    c,
    'sign-in-required',
    problemDetails[localeOf(c)].signIn(isApi(c) ? 'program' : reads ? 'reader' : 'form'),
  );
}

/** What keeps a caller out, undefined when nothing does: a program reaches the API alone, within its scopes. */
function turnedAway(c: Context, caller: Caller): Response | Promise<Response> | undefined {
  if (caller.kind === 'key' && !isApi(c)) return refuse(c, 'person-only');
  const need = needOf(c.req.method, c.req.path);
  if (need === undefined) return refuse(c, 'not-found');
  if (mayDo(caller, need)) {
    // The first page begins an audit: who may not is shown those there are.
    const begins = c.req.path === '/' && !caller.scopes.includes('audits:write');
    return begins ? c.redirect('/audits', 303) : undefined;
  }
  if (caller.kind === 'person') return refuse(c, 'role-missing', problemDetails[localeOf(c)].role(need));
  if (need === 'owner' || need === 'anyone') return refuse(c, 'person-only');
  c.header('www-authenticate', `Bearer error="insufficient_scope", scope="${need}"`);
  return refuse(c, 'scope-missing', problemDetails[localeOf(c)].scope(need));
}
