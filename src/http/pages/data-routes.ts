/** The page that says where data lives; an address is posted, so that it stands in no address and no log. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { callerOf, type HttpEnv } from '../caller.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import { type DataPage, dataPage, dataTitle } from './data.ts';
import { sendPage } from './layout.ts';
import { problemPage } from './problem.ts';

type Own = Context<HttpEnv>;

export function dataRoutes(
  app: OpenAPIHono<HttpEnv>,
  { recipients, policy, transports = [] }: AppOptions,
): void {
  app.get('/data', (c) => show(c, {}));

  app.post('/data/person', async (c) => {
    if (!recipients) return problemPage(c, 'sending-unavailable');
    const { address } = await addressIn(c);
    const found = await recipients.find(callerOf(c).organisation, address);
    return show(c, { asked: { address, found } });
  });

  app.post('/data/erase', async (c) => {
    if (!recipients) return problemPage(c, 'sending-unavailable');
    const { address, sure } = await addressIn(c);
    // A browser sends none without it; a form of another make is not believed.
    if (!sure) return problemPage(c, 'invalid-request');
    const erased = await recipients.erase(callerOf(c).organisation, address);
    return erased === undefined ? show(c, { asked: { address, found: undefined } }) : show(c, { erased });
  });

  async function show(c: Own, more: Pick<DataPage, 'asked' | 'erased'>): Promise<Response> {
    const locale = localeOf(c);
    const { organisation, scopes } = callerOf(c);
    const suppressed = await recipients?.countSuppressed(organisation);
    const mayAsk = recipients !== undefined && scopes.some((one) => one === 'recipients:write');
    const body = dataPage(
      { transports, suppressed, keptDays: policy.retention.days, mayAsk, ...more },
      locale,
    );
    c.header('cache-control', 'private, no-store');
    const status = more.asked && !more.asked.found ? 422 : 200;
    return sendPage(c, { locale, title: dataTitle(locale), path: '/data', body }, status);
  }
}

async function addressIn(c: Own): Promise<{ address: string; sure: boolean }> {
  const body = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>);
  return {
    address: typeof body.address === 'string' ? body.address.trim() : '',
    sure: body.sure !== undefined,
  };
}
