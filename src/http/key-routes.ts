/** API keys, which a person makes and revokes. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { callerOf, type HttpEnv } from './caller.ts';
import type { AppOptions } from './options.ts';
import { type KeysState, keysPage, revokePage } from './pages/keys.ts';
import { refuse } from './refusal.ts';

export function keyRoutes(
  app: OpenAPIHono<HttpEnv>,
  { access, url }: Pick<AppOptions, 'access' | 'url'>,
): void {
  /** With an id for the next key: a form that is sent twice makes one key. */
  const stateOf = async (organisation: string, more: Partial<KeysState> = {}): Promise<KeysState> => ({
    keys: await access.keys(organisation),
    nextId: access.newKeyId(),
    ...more,
  });

  app.get('/keys', async (c) => {
    const revoked = c.req.query('revoked');
    return keysPage(c, await stateOf(callerOf(c).organisation, { revoked }));
  });

  app.post('/keys', async (c) => {
    const { organisation } = callerOf(c);
    const form = await c.req.parseBody({ all: true }).catch(() => ({}) as Record<string, unknown>);
    const texts = (value: unknown) => [value].flat().filter((one) => typeof one === 'string');
    const [name = ''] = texts(form.name);
    const [days = ''] = texts(form.days);
    const [id = ''] = texts(form.id);
    const order = { name, days, scopes: texts(form.scope) };
    const made = await access.createKey(organisation, order, id);
    switch (made.kind) {
      case 'invalid':
        return keysPage(c, await stateOf(organisation, { order, errors: made.errors }), 422);
      case 'repeated':
        return keysPage(c, await stateOf(organisation, { repeated: true }), 409);
      case 'made': {
        const origin = url ?? new URL(c.req.url).origin;
        return keysPage(c, await stateOf(organisation, { made: { token: made.token, origin } }), 201);
      }
    }
  });

  // It asks first: a revoked key cannot be brought back.
  app.get('/keys/:id/revoke', async (c) => {
    const keys = await access.keys(callerOf(c).organisation);
    const key = keys.find(({ id, state }) => id === c.req.param('id') && state === 'live');
    return key ? revokePage(c, key) : refuse(c, 'not-found');
  });

  app.post('/keys/:id/revoke', async (c) => {
    const id = c.req.param('id');
    const revoked = await access.revokeKey(callerOf(c).organisation, id);
    return revoked ? c.redirect(`/keys?revoked=${encodeURIComponent(id)}`, 303) : refuse(c, 'not-found');
  });
}
