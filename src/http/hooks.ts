/**
 * Where providers post what became of the mail. It stands before sign-in: the signature says who posts. The answer
 * says no more than whether to post again.
 */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Events, Taken } from '../events.ts';
import { bodyWithin } from './body-limit.ts';
import type { HttpEnv } from './caller.ts';

/** Bytes: SNS posts no more. */
const bodyBytes = 256 * 1024;
/** Milliseconds: SNS waits for 15 seconds. */
const patience = 12_000;

const statuses = { taken: 200, refused: 403, again: 503 } as const satisfies Record<Taken, number>;

/** Without `events` there is no such address. */
export function hookRoutes(app: OpenAPIHono<HttpEnv>, { events }: { events?: Events | undefined }): void {
  if (!events) return;
  app.post(
    '/hooks/ses',
    bodyWithin(bodyBytes, (c) => c.body(null, 403)),
    async (c) => {
      const body = new Uint8Array(await c.req.arrayBuffer());
      const taken = await events.notify(body, AbortSignal.timeout(patience));
      if (taken === 'again') c.header('retry-after', '60');
      return c.body(null, statuses[taken]);
    },
  );
}
