/** For whoever watches over the process. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from './caller.ts';
import type { AppOptions } from './options.ts';

/** Milliseconds within which a part must have answered. */
const patience = 1000;

export function healthRoutes(
  app: OpenAPIHono<HttpEnv>,
  { ready, readyWithinMs = patience }: Pick<AppOptions, 'ready' | 'readyWithinMs'>,
): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }));

  // Names only: whoever asks need not be signed in.
  app.get('/readyz', async (c) => {
    const parts = Object.entries(ready);
    const answers = await Promise.all(parts.map(([, check]) => answersWithin(readyWithinMs, check)));
    const missing = parts.map(([name]) => name).filter((_, i) => !answers[i]);
    c.header('cache-control', 'no-store');
    if (missing.length === 0) return c.json({ status: 'ready' });
    c.header('retry-after', '5');
    return c.json({ status: 'not-ready', notReady: missing }, 503);
  });
}

async function answersWithin(ms: number, check: () => Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  const answered = check().then(
    () => true,
    () => false,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
