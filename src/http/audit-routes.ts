import type { OpenAPIHono } from '@hono/zod-openapi';
import { eventRoutes } from './audits/events.ts';
import { readRoutes } from './audits/read.ts';
import { reportRoutes } from './audits/report.ts';
import { submitRoutes } from './audits/submit.ts';
import { templateRoutes } from './audits/template.ts';
import type { HttpEnv } from './caller.ts';
import type { AppOptions } from './options.ts';

/** Routes under /v1/audits. */
export function auditRoutes(app: OpenAPIHono<HttpEnv>, options: AppOptions): void {
  submitRoutes(app, options);
  readRoutes(app, options);
  eventRoutes(app, options);
  reportRoutes(app, options);
  templateRoutes(app, options);
}
