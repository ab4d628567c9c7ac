/** API keys, which a person makes and revokes. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { callerOf, type HttpEnv } from './caller.ts';
import type { AppOptions } from './options.ts';
import { keysPage } from './pages/keys.ts';
import { refuse } from './refusal.ts';

export function keyRoutes(
  app: OpenAPIHono<HttpEnv>,
  { access, url }: Pick<AppOptions, 'access' | 'url'>,
): void {
  app.get('/keys', async (c) => keysPage(c, { keys: await access.keys(callerOf(c).organisation) }));

  app.post('/keys', async (c) => {
    const { organisation } = callerOf(c);
    const form = await c.req.parseBody({ all: true }).catch(() => ({}) as Record<string, unknown>);
    const texts = (value: unknown) => [value].flat().filter((one) => typeof one === 'string');
    const [name = ''] = texts(form.name);
    const [days = ''] = texts(form.days);
    const order = { name, days, scopes: texts(form.scope) };
    const made = await access.createKey(organisation, order);
    const keys = await access.keys(organisation);
    if (made.kind === 'invalid') return keysPage(c, { keys, order, errors: made.errors }, 422);
    return keysPage(c, { keys, made: { token: made.token, origin: url ?? new URL(c.req.url).origin } }, 201);
  });

  app.post('/keys/:id/revoke', async (c) => {
    const revoked = await access.revokeKey(callerOf(c).organisation, c.req.param('id'));
    return revoked ? c.redirect('/keys', 303) : refuse(c, 'not-found');
  });
}
