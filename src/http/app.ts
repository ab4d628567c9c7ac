/** The web application: the same for every host, which hands over what it has chosen. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { faultOf } from '../audits/fault.ts';
import { locales } from '../rule.ts';
import { createAssets } from './assets.ts';
import { auditRoutes } from './audit-routes.ts';
import { bodies } from './bodies.ts';
import type { HttpEnv } from './caller.ts';
import { clearancePages } from './clearances/pages.ts';
import { clearanceRoutes, keySetRoute } from './clearances/routes.ts';
import { docsRoutes } from './docs.ts';
import { domainRoutes } from './domains/routes.ts';
import { knownHost, sameSite } from './guard.ts';
import { healthRoutes } from './health.ts';
import { hookRoutes } from './hooks.ts';
import { keyRoutes } from './key-routes.ts';
import { localeOf, localeVaries } from './locale.ts';
import { memberRoutes } from './members-routes.ts';
import type { AppOptions } from './options.ts';
import { dataRoutes } from './pages/data-routes.ts';
import { domainPages } from './pages/domain-routes.ts';
import { framed } from './pages/layout.ts';
import { mailingRoutes } from './pages/mailings-routes.ts';
import { recipientPages } from './pages/recipients-routes.ts';
import { pageRoutes, waysOf } from './pages/routes.ts';
import { senderRoutes as senderPages } from './pages/senders-routes.ts';
import { problem, problemDetails } from './problem.ts';
import { refuse } from './refusal.ts';
import { requestErrors, sayRequestErrors } from './request-errors.ts';
import { requestLog } from './request-log.ts';
import { senderRoutes } from './senders/routes.ts';
import { sendRoutes } from './sends/routes.ts';
import { signedIn, signInRoutes } from './sign-in.ts';
import { unsubscribeRoutes } from './unsubscribe.ts';

export function createApp(options: AppOptions): OpenAPIHono<HttpEnv> {
  const { policy, clients, ruleSet, log } = options;
  const assets = createAssets(options.assets);
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
      // A report to send on has a stricter policy of its own.
      overwrite: false,
      // Set below, where a page that knows better is heard.
      referrerPolicy: false,
      // For whoever ends TLS to say: it would bind every subdomain of a name that is not ours.
      strictTransportSecurity: false,
    }),
  );
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('referrer-policy')) c.header('referrer-policy', 'same-origin');
    // Reports are private and in one of two languages.
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'private, no-cache');
    // A stylesheet speaks no language, and is kept for whoever asks.
    if (!c.req.path.startsWith('/assets/')) c.header('vary', localeVaries, { append: true });
  });
  app.use(framed({ assets, clients, ruleSet }));
  healthRoutes(app, options);
  hookRoutes(app, options);
  unsubscribeRoutes(app, options);
  app.use(
    knownHost(options.hostnames, (c, host) =>
      refuse(c, 'unknown-host', problemDetails[localeOf(c)].host(host)),
    ),
  );
  app.use(sameSite((c) => refuse(c, 'forbidden-origin')));
  app.get('/assets/:name', (c) => {
    const asset = assets.find(c.req.param('name'), c.req.query('v'));
    if (!asset) return problem(c, 'not-found', localeOf(c));
    const kept = asset.fixed ? 'max-age=31536000, immutable' : 'max-age=3600';
    return c.body(asset.body, 200, { 'content-type': asset.contentType, 'cache-control': kept });
  });
  // Pages name an icon of their own; a browser that shows a picture by itself asks here, and complains of a 404.
  app.get('/favicon.ico', (c) => c.body(null, 204, { 'cache-control': 'max-age=3600' }));
  docsRoutes(app, options);
  keySetRoute(app, options);
  signInRoutes(app, options);
  // Everything below knows who calls; whom nobody knows makes us read no body either.
  app.use(signedIn(options));
  app.use(bodies({ uploadBytes: policy.limits.uploadBytes, ways: waysOf(options), log }));
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
  domainRoutes(app, options);
  pageRoutes(app, options);
  domainPages(app, options);
  keyRoutes(app, options);
  clearanceRoutes(app, options);
  clearancePages(app, options);
  memberRoutes(app, options);
  sendRoutes(app, options);
  mailingRoutes(app, options);
  senderPages(app, options);
  dataRoutes(app, options);
  recipientPages(app, options);
  senderRoutes(app, options);

  app.notFound((c) => {
    const allowed = methodsOf(app, c.req.path);
    if (allowed.length === 0) return refuse(c, 'not-found');
    c.header('allow', allowed.join(', '));
    return refuse(c, 'method-not-allowed', problemDetails[localeOf(c)].allowed(allowed.join(', ')));
  });
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status < 500) {
      return problem(c, 'invalid-request', localeOf(c), { status: error.status as 400 });
    }
    log('request failed', { method: c.req.method, route: c.req.routePath, ...faultOf(error) });
    return refuse(c, 'internal');
  });
  return app;
}

/** What a path takes; nothing when there is no such path. Middleware, which is there for all, does not count. */
function methodsOf({ router }: OpenAPIHono<HttpEnv>, path: string): string[] {
  const taken = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) =>
    router.match(method, path)[0].some(([[, route]]) => route.method === method),
  );
  return taken.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
}
