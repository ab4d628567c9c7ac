/**
 * Unsubscribing by whoever holds a link from a mailing: a reader, or a mail provider on the reader's behalf (RFC
 * 8058). It stands before sign-in, before the check of names and before that of origins: a provider posts from
 * where it likes, without a cookie, and what it asks for is honoured at once.
 */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { type Unsubscriptions, unsubscribePath } from '../unsubscribe.ts';
import { bodyWithin } from './body-limit.ts';
import type { HttpEnv } from './caller.ts';
import { unsubscribePage } from './pages/unsubscribe.ts';

/** Bytes: the body is one field. */
const bodyBytes = 4096;

/** Without `unsubscriptions` there is no such page. */
export function unsubscribeRoutes(
  app: OpenAPIHono<HttpEnv>,
  { unsubscriptions }: { unsubscriptions?: Unsubscriptions | undefined },
): void {
  if (!unsubscriptions) return;
  const path = `${unsubscribePath}:token` as const;
  // A link is followed by scanners and previews too: it only shows the button.
  app.get(path, async (c) => {
    const about = await unsubscriptions.about(c.req.param('token'));
    return unsubscribePage(c, about ? 'ask' : 'unread', about);
  });
  app.post(
    path,
    bodyWithin(bodyBytes, (c) => unsubscribePage(c, 'not-asked')),
    async (c) => {
      const token = c.req.param('token');
      if (!unsubscriptions.isToken(token)) return unsubscribePage(c, 'unread');
      if (!asksForIt(await fieldsOf(c.req.raw))) return unsubscribePage(c, 'not-asked');
      await unsubscriptions.end(token);
      // It is done, whether or not anybody can still tell from whom.
      const about = await unsubscriptions.about(token).catch(() => undefined);
      return unsubscribePage(c, 'done', about);
    },
  );
}

/** RFC 8058 section 3.1: `List-Unsubscribe=One-Click`, form-urlencoded or multipart/form-data. */
async function fieldsOf(request: Request): Promise<FormData | undefined> {
  try {
    return await request.formData();
  } catch {
    // Neither of the two, or not whole.
    return undefined;
  }
}

function asksForIt(fields: FormData | undefined): boolean {
  return [...(fields ?? [])].some(
    ([name, value]) =>
      /^list-unsubscribe$/i.test(name) &&
      typeof value === 'string' &&
      value.trim().toLowerCase() === 'one-click',
  );
}
