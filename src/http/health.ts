/** For whoever watches over the process. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AppOptions } from './app.ts';
import type { HttpEnv } from './caller.ts';

export function healthRoutes(app: OpenAPIHono<HttpEnv>, _options: AppOptions): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
}
