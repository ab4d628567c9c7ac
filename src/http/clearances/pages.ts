/** What the report's buttons do: get and revoke a clearance, make and end an exception. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Clearances } from '../../clearance.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import type { AppOptions } from '../options.ts';
import { createAuditView } from '../pages/audit-view.ts';
import { refuse } from '../refusal.ts';

export function clearancePages(app: OpenAPIHono<HttpEnv>, options: AppOptions): void {
  const { audits } = options;
  const { members } = options.access;
  const nameOf = async (organisation: string, person: string) =>
    (await members.list(organisation)).find(({ id }) => id === person)?.name;
  const showAudit = createAuditView(options);
  for (const path of ['/audits/:id/clearance', '/audits/:id/waivers', '/clearances/*', '/waivers/*'])
    app.use(path, (c, next) =>
      options.clearances ? next() : Promise.resolve(refuse(c, 'sending-unavailable')),
    );
  // Where there are none, nobody comes this far.
  const clearances = options.clearances as Clearances;
  const find = (c: Context<HttpEnv>) => audits.find(callerOf(c).organisation, c.req.param('id') ?? '');
  const fieldsOf = async (c: Context) => {
    const form = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>);
    return (name: string) => (typeof form[name] === 'string' ? form[name] : '');
  };
  /** Back to the report that the button stood on. */
  const back = (c: Context, audit: string) =>
    c.redirect(/^aud_[0-9a-f]{32}$/.test(audit) ? `/audits/${audit}#clearance` : '/audits', 303);

  app.post('/audits/:id/clearance', async (c) => {
    const audit = await find(c);
    if (!audit) return refuse(c, 'audit-not-found');
    const { organisation, id } = callerOf(c);
    const granted = await clearances.grant(organisation, id, audit.id);
    const clearance =
      granted.kind === 'granted' ? { token: granted.granted.token } : { refused: granted.code };
    return showAudit(c, audit, { clearance });
  });

  app.post('/audits/:id/waivers', async (c) => {
    const audit = await find(c);
    if (!audit) return refuse(c, 'audit-not-found');
    const { organisation, kind, id, role } = callerOf(c);
    const field = await fieldsOf(c);
    const order = { rule: field('rule'), reason: field('reason'), endsAt: field('endsAt') };
    // Whoever installed the service has no name until they give one; it is asked for where it is needed.
    const name = field('name');
    if (name && role === 'owner' && !(await nameOf(organisation, id)))
      await members.rename(organisation, id, name);
    const made = await clearances.waive(
      organisation,
      { kind, id, role: role ?? '' },
      { ...order, audit: audit.id },
    );
    if (made.kind === 'waived') return back(c, audit.id);
    return showAudit(c, audit, { clearance: { faulty: { ...order, name, errors: made.errors } } });
  });

  app.post('/clearances/:id/revoke', async (c) => {
    const field = await fieldsOf(c);
    const revoked = await clearances.revoke(callerOf(c).organisation, c.req.param('id'));
    return revoked ? back(c, field('audit')) : refuse(c, 'clearance-not-found');
  });

  app.post('/waivers/:id/revoke', async (c) => {
    const field = await fieldsOf(c);
    const revoked = await clearances.revokeWaiver(callerOf(c).organisation, c.req.param('id'));
    return revoked ? back(c, field('audit')) : refuse(c, 'waiver-not-found');
  });
}
