/** The API described: openapi.json for programs, a page for people. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from './caller.ts';
import { localeOf } from './locale.ts';
import type { AppOptions } from './options.ts';
import { type ApiJson, docsPage, docsTitle } from './pages/docs.ts';
import { sendPage } from './pages/layout.ts';
import { recognised } from './sign-in.ts';

/** Both are for everybody: they tell nothing of anybody's mail. */
export function docsRoutes(
  app: OpenAPIHono<HttpEnv>,
  { version, url, access }: Pick<AppOptions, 'version' | 'url' | 'access'>,
): void {
  const about = {
    openapi: '3.1.0',
    info: {
      title: 'Klarsignal',
      version,
      description: 'Audits an email template and its sender domain before anything is sent.',
      license: { name: 'MIT' },
    },
    security: [{ bearer: [] }],
  };
  // When first asked for: the routes below are not there yet.
  let api: ApiJson | undefined;
  const described = () => {
    api ??= app.getOpenAPI31Document(about) as unknown as ApiJson;
    return api;
  };

  app.get('/openapi.json', (c) => c.json(described()));
  app.get('/docs', recognised({ access, url }), (c) => {
    const locale = localeOf(c);
    const address = (url ?? new URL(c.req.url).origin).replace(/\/$/, '');
    return sendPage(c, {
      locale,
      title: docsTitle(locale),
      path: '/docs',
      body: docsPage(described(), address, locale),
    });
  });
}
