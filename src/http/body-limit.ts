import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Share } from './shares.ts';

type Answer = Response | Promise<Response>;

/**
 * At most so many bytes in a request's body; `refuse` answers. What was too much is read and thrown away
 * first, up to four times the limit: a browser that is cut off while it uploads shows no answer at all.
 */
export function bodyWithin(maxBytes: number, refuse: (c: Context) => Answer): MiddlewareHandler {
  return bodyLimit({
    maxSize: maxBytes,
    async onError(c) {
      await discardBody(c, maxBytes * 4);
      return refuse(c);
    },
  });
}

/** How a body was taken in; with `read` it stands ready as `c.req.arrayBuffer()`. */
export type BodyTaken = 'read' | 'large' | 'busy' | 'gone';

/**
 * Takes in a body of at most `maxBytes`, as far as the caller's share has room: all of it is asked for
 * before the first byte where the length is said, and as it comes where it is not.
 */
export async function takeBody(c: Context, maxBytes: number, share: Share): Promise<BodyTaken> {
  const { body, headers } = c.req.raw;
  if (!body) return 'read';
  const said = headers.has('transfer-encoding') ? null : headers.get('content-length');
  try {
    if (said === null) return await gather(c, body, maxBytes, share);
    // What cannot be counted is as much as there may be.
    const length = /^\d+$/.test(said) ? Number(said) : maxBytes;
    if (length > maxBytes) return 'large';
    if (!share.take(length)) return 'busy';
    await c.req.arrayBuffer();
    return 'read';
  } catch {
    // Nothing but the line itself can fail here.
    return 'gone';
  }
}

async function gather(
  c: Context,
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
  share: Share,
): Promise<BodyTaken> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.length;
      if (size > maxBytes) return 'large';
      if (!share.take(next.value.length)) return 'busy';
      chunks.push(next.value as Uint8Array<ArrayBuffer>);
    }
  } finally {
    reader.releaseLock();
  }
  c.req.raw = new Request(c.req.raw, { body: new Blob(chunks) });
  await c.req.arrayBuffer();
  return 'read';
}

/** Reads what is left of a body and keeps nothing of it. */
export async function discardBody(c: Context, most: number): Promise<void> {
  const { body } = c.req.raw;
  if (!body || body.locked) return;
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
