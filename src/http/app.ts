/** The web application: the same for every host, which hands over what it has chosen. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { faultOf } from '../audits/fault.ts';
import type { Audits } from '../audits.ts';
import { type Client, locales, type Policy } from '../rule.ts';
import type { Rules } from '../verdict.ts';
import { auditRoutes } from './audit-routes.ts';
import { bodyWithin } from './body-limit.ts';
import type { HttpEnv } from './caller.ts';
import { docsRoutes } from './docs.ts';
import { knownHost, sameSite } from './guard.ts';
import { healthRoutes } from './health.ts';
import { localeOf } from './locale.ts';
import { problemPage } from './pages/problem.ts';
import { pageRoutes, tooLargePage } from './pages/routes.ts';
import { problem, problemDetails } from './problem.ts';
import { requestErrors, sayRequestErrors } from './request-errors.ts';
import { requestLog } from './request-log.ts';
import type { ProblemCode } from './schemas.ts';
import { signedIn, signInRoutes } from './sign-in.ts';

export interface AppOptions {
  audits: Audits;
  rules: Rules;
  policy: Policy;
  /** For their names. */
  clients: readonly Client[];
  /** Whose audits these are. */
  organisation: string;
  version: string;
  /** Names beside localhost under which the service is reached; `any` where the platform routes by name. */
  hostnames: readonly string[] | 'any';
  /** Stylesheets by name; the host reads them. */
  assets: ReadonlyMap<string, { contentType: string; body: string }>;
  /** Told of faults of our own; never given what a request contains. */
  log(event: string, fields: Record<string, unknown>): void;
}

/** Of a request over its file: Base64 in JSON costs a third, escaped letters in JSON up to the double. */
const overhead = 2;
const megabyte = 1024 * 1024;

export function createApp(options: AppOptions): OpenAPIHono<HttpEnv> {
  const { policy, assets, log } = options;
  const maxBytes = policy.limits.uploadBytes * overhead;
  const app = new OpenAPIHono<HttpEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const locale = localeOf(c);
      const errors = sayRequestErrors(requestErrors(result.error.issues), locale);
      return problem(c, 'invalid-request', locale, { errors });
    },
  });

  app.use(requestLog(options));
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      xFrameOptions: 'DENY',
      referrerPolicy: 'same-origin',
      // For whoever ends TLS to say: it would bind every subdomain of a name that is not ours.
      strictTransportSecurity: false,
    }),
  );
  app.use(async (c, next) => {
    await next();
    // Reports are private and in one of two languages.
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'private, no-cache');
    c.header('vary', 'Accept-Language', { append: true });
  });
  healthRoutes(app, options);
  app.use(
    knownHost(options.hostnames, (c, host) =>
      refuse(c, 'unknown-host', problemDetails[localeOf(c)].host(host)),
    ),
  );
  app.use(sameSite((c) => refuse(c, 'forbidden-origin')));
  app.use(
    bodyWithin(maxBytes, (c) => {
      if (c.req.path === '/audits') return tooLargePage(c, policy.limits.uploadBytes);
      const say = problemDetails[localeOf(c)];
      const detail = say.large(maxBytes / megabyte, policy.limits.uploadBytes / megabyte);
      return problem(c, 'request-too-large', localeOf(c), { detail });
    }),
  );
  app.get('/assets/:name', (c) => {
    const asset = assets.get(c.req.param('name'));
    if (!asset) return problem(c, 'not-found', localeOf(c));
    return c.body(asset.body, 200, { 'content-type': asset.contentType, 'cache-control': 'max-age=3600' });
  });
  docsRoutes(app, options);
  signInRoutes(app, options);
  // Everything below knows who calls.
  app.use(signedIn(options));
  app.use('/v1/*', async (c, next) => {
    const asked = c.req.query('locale');
    if (asked === undefined || locales.some((locale) => locale === asked)) return next();
    const errors = sayRequestErrors(
      [{ code: 'field-choice', field: 'locale', data: { expected: locales.join(', ') } }],
      localeOf(c),
    );
    return problem(c, 'invalid-request', localeOf(c), { errors });
  });

  auditRoutes(app, options);
  pageRoutes(app, options);

  app.notFound((c) => refuse(c, 'not-found'));
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status < 500) {
      return problem(c, 'invalid-request', localeOf(c), { status: error.status as 400 });
    }
    log('request failed', { method: c.req.method, route: c.req.routePath, ...faultOf(error) });
    return refuse(c, 'internal');
  });
  return app;
}

/** A page for a person who browses, problem details for everybody else. */
function refuse(c: Context, code: ProblemCode, detail?: string): Response | Promise<Response> {
  const person = !c.req.path.startsWith('/v1/') && /\btext\/html\b/.test(c.req.header('accept') ?? '');
  return person ? problemPage(c, code, detail) : problem(c, code, localeOf(c), detail ? { detail } : {});
}
