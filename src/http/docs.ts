/** The API described: openapi.json for programs, a page for people. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AppOptions } from './app.ts';
import type { HttpEnv } from './caller.ts';

export function docsRoutes(app: OpenAPIHono<HttpEnv>, { version }: Pick<AppOptions, 'version'>): void {
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Klarsignal',
      version,
      description: 'Audits an email template and its sender domain before anything is sent.',
      license: { name: 'MIT' },
    },
  });
}
