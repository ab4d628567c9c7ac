import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/**
 * At most so many bytes in a request's body; `refuse` answers. What was too much is read and thrown away
 * first, up to four times the limit: a browser that is cut off while it uploads shows no answer at all.
 */
export function bodyWithin(
  maxBytes: number,
  refuse: (c: Context) => Response | Promise<Response>,
): MiddlewareHandler {
  return bodyLimit({
    maxSize: maxBytes,
    async onError(c) {
      const { body } = c.req.raw;
      if (body && !body.locked) await discard(body, maxBytes * 4);
      return refuse(c);
    },
  });
}

async function discard(body: ReadableStream<Uint8Array>, most: number): Promise<void> {
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > most) return;
    }
  } catch {
    // The client has gone: nobody reads the answer either.
  }
}
