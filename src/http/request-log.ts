import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { AppOptions } from './options.ts';

/** Asked every few seconds by whoever watches over the process. */
const quiet = new Set(['/healthz', '/readyz']);

/**
 * One line a request: what was asked for and how it ended, nothing of what it contained. The route's pattern
 * stands for its path, since anybody can write anything into a path.
 */
export function requestLog({ log }: Pick<AppOptions, 'log'>): MiddlewareHandler {
  return async (c, next) => {
    const started = performance.now();
    await next();
    const route = routePath(c);
    const ms = Math.round(performance.now() - started);
    const { method } = c.req;
    log('request', { method, route, status: c.res.status, ms }, quiet.has(route) ? 'debug' : 'info');
  };
}
