/** The people of an organisation: an owner invites, gives roles, removes; everybody can end their own sessions. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { callerOf, type HttpEnv } from './caller.ts';
import type { AppOptions } from './options.ts';
import { type MembersState, membersPage, removePage } from './pages/members.ts';
import { refuse } from './refusal.ts';

export function memberRoutes(
  app: OpenAPIHono<HttpEnv>,
  { access: { members }, url }: Pick<AppOptions, 'access' | 'url'>,
): void {
  /** With an id for the next person: a form that is sent twice invites once. */
  const stateOf = async (c: Context<HttpEnv>, more: Partial<MembersState> = {}): Promise<MembersState> => ({
    caller: callerOf(c),
    members: await members.list(callerOf(c).organisation),
    nextId: members.newId(),
    ...more,
  });
  const linkOf = (c: Context, token: string) =>
    `${(url ?? new URL(c.req.url).origin).replace(/\/$/, '')}/sign-in?token=${token}`;
  const fieldsOf = async (c: Context) => {
    const form = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>);
    return (name: string) => (typeof form[name] === 'string' ? form[name] : '');
  };

  app.get('/members', async (c) => {
    const done = c.req.query('done');
    return membersPage(c, await stateOf(c, { done }));
  });

  app.post('/members', async (c) => {
    const field = await fieldsOf(c);
    const order = { name: field('name'), role: field('role') };
    const invited = await members.invite(callerOf(c).organisation, order, field('id'));
    switch (invited.kind) {
      case 'invalid':
        return membersPage(c, await stateOf(c, { order, errors: invited.errors }), 422);
      case 'repeated':
        return membersPage(c, await stateOf(c, { repeated: true }), 409);
      case 'invited': {
        const { invitation, member } = invited;
        const made = {
          name: member.name ?? '',
          address: linkOf(c, invitation.token),
          endsAt: invitation.endsAt,
        };
        return membersPage(c, await stateOf(c, { made }), 201);
      }
    }
  });

  // Before the routes with an id, which would take it for one.
  app.post('/members/sign-out', async (c) => {
    await members.signOutEverywhere(callerOf(c));
    return c.redirect('/sign-in', 303);
  });

  app.post('/members/:id/link', async (c) => {
    const { organisation } = callerOf(c);
    const id = c.req.param('id');
    const invitation = await members.linkFor(organisation, id);
    if (!invitation) return refuse(c, 'not-found');
    const name = (await members.list(organisation)).find((one) => one.id === id)?.name ?? '';
    const made = { name, address: linkOf(c, invitation.token), endsAt: invitation.endsAt };
    return membersPage(c, await stateOf(c, { made }), 201);
  });

  // Of one's own alone: what others have done stands under the name they gave.
  app.post('/members/:id/name', async (c) => {
    const { organisation, id } = callerOf(c);
    if (c.req.param('id') !== id) return refuse(c, 'not-found');
    const name = (await fieldsOf(c))('name');
    const renamed = await members.rename(organisation, id, name);
    if (renamed === 'changed') return c.redirect('/members?done=name', 303);
    if (renamed === 'missing') return refuse(c, 'not-found');
    return membersPage(c, await stateOf(c, { ownName: { name, code: renamed } }), 422);
  });

  app.post('/members/:id/role', async (c) => {
    const field = await fieldsOf(c);
    const changed = await members.changeRole(callerOf(c).organisation, c.req.param('id'), field('role'));
    if (changed === 'last-owner') return membersPage(c, await stateOf(c, { lastOwner: true }), 409);
    return changed === 'changed' ? c.redirect('/members?done=role', 303) : refuse(c, 'not-found');
  });

  // It asks first: who is removed is signed out at once.
  app.get('/members/:id/remove', async (c) => {
    const found = (await members.list(callerOf(c).organisation)).find(
      ({ id, state }) => id === c.req.param('id') && state !== 'removed',
    );
    return found ? removePage(c, found) : refuse(c, 'not-found');
  });

  app.post('/members/:id/remove', async (c) => {
    const changed = await members.remove(callerOf(c).organisation, c.req.param('id'));
    if (changed === 'last-owner') return membersPage(c, await stateOf(c, { lastOwner: true }), 409);
    return changed === 'changed' ? c.redirect('/members?done=removed', 303) : refuse(c, 'not-found');
  });
}
