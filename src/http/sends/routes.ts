import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../caller.ts';
import type { AppOptions } from '../options.ts';
import { recipientRoutes } from '../recipients.ts';
import { changeRoutes } from './change.ts';
import { createRoutes } from './create.ts';
import { readRoutes } from './read.ts';

/** Routes under /v1/sends and /v1/recipients. */
export function sendRoutes(app: OpenAPIHono<HttpEnv>, options: AppOptions): void {
  createRoutes(app, options);
  readRoutes(app, options);
  changeRoutes(app, options);
  recipientRoutes(app, options);
}
