/** An audit followed as server-sent events (WHATWG HTML, section 9.2). */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { faultOf } from '../../audits/fault.ts';
import { hasEnded } from '../../audits.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import { problem } from '../problem.ts';
import { createShares } from '../shares.ts';
import { stillSignedIn } from '../sign-in.ts';
import { everywhere, inLocale, ofAudit, problemContent, retryAfter } from './described.ts';
import { toJson } from './json.ts';

/** A comment this often, in milliseconds: a proxy cuts a line on which nothing is said. */
const heartbeat = 15_000;
/** Milliseconds after which a client is asked to come again: none holds a line for ever. */
const longest = 10 * 60_000;
/** Milliseconds that a client waits before it comes again. */
const retry = 2000;
/** Streams at once: of one caller, and of all. */
const openAtOnce = { each: 20, all: 500 };

const getEvents = createRoute({
  method: 'get',
  path: '/v1/audits/{id}/events',
  summary: 'Follow an audit: each change as it happens, until it has ended',
  request: { params: ofAudit, query: inLocale },
  responses: {
    200: {
      description:
        'Server-sent events. `event: audit`: the audit, as GET gives it while it is queued or running. ' +
        '`event: end`: its last state, `{"state":"done"}` or `{"state":"failed"}`; then the stream closes. ' +
        'A stream that closes without `end` is to be opened again.',
      content: {
        'text/event-stream': {
          schema: z.string().openapi({ example: 'event: end\ndata: {"state":"done"}\n\n' }),
        },
      },
    },
    404: problemContent('There is no such audit'),
    503: problemContent('You follow too many audits at once; Retry-After says when to try again'),
    ...everywhere,
  },
});

export function eventRoutes(app: OpenAPIHono<HttpEnv>, options: AppOptions): void {
  const shares = createShares({ ...openAtOnce, lifeMs: longest });
  const isSignedIn = stillSignedIn(options);
  app.openapi(getEvents, async (c) => {
    const { id } = c.req.valid('param');
    const audit = await options.audits.find(callerOf(c).organisation, id);
    if (!audit) return problem(c, 'audit-not-found', localeOf(c)) as never;
    const headers = {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // Nginx would keep the lines back until it has many.
      'x-accel-buffering': 'no',
    };
    // Hono answers HEAD by GET and throws the body away, which would then be written for ever.
    if (c.req.method === 'HEAD') return c.body(null, 200, headers) as never;
    const { organisation, kind, id: who } = callerOf(c);
    const share = shares.open(`${organisation} ${kind} ${who}`);
    if (!share.take(1)) {
      c.header('retry-after', retryAfter);
      return problem(c, 'busy', localeOf(c)) as never;
    }
    const follower = { mayStay: () => isSignedIn(c), left: share.giveBack };
    const response = stream(c, options, organisation, id, follower);
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response as never;
  });
}

function stream(
  c: Context,
  options: AppOptions,
  organisation: string,
  id: string,
  follower: { mayStay(): Promise<boolean>; left(): void },
): Response {
  const { audits, log, heartbeatMs = heartbeat } = options;
  const locale = localeOf(c);
  return streamSSE(c, async (out) => {
    const gone = new AbortController();
    out.onAbort(() => gone.abort());
    const fail = (error: unknown) => log('events failed', { audit: id, ...faultOf(error) });
    const beat = setInterval(async () => {
      // Whom nobody knows any more is told no more, and neither is anybody whom we cannot ask about.
      const stays = await follower.mayStay().catch((error: unknown) => fail(error));
      if (stays) await out.write(':\n\n');
      else gone.abort();
    }, heartbeatMs);
    const last = setTimeout(() => out.abort(), longest);
    try {
      await out.write(`retry: ${retry}\n\n`);
      for await (const audit of audits.watch(organisation, id, gone.signal)) {
        const { state } = audit;
        await out.writeSSE(
          hasEnded(audit)
            ? { event: 'end', data: JSON.stringify({ state }) }
            : { event: 'audit', data: JSON.stringify(toJson(audit, options, locale)) },
        );
      }
    } catch (error) {
      // Hono would send the error's own words to the client.
      fail(error);
    } finally {
      follower.left();
      clearInterval(beat);
      clearTimeout(last);
    }
  });
}
