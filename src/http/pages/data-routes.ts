/** The page that says where data lives. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { callerOf, type HttpEnv } from '../caller.ts';
import { localeOf } from '../locale.ts';
import { mayDo } from '../needs.ts';
import type { AppOptions } from '../options.ts';
import { dataPage, dataTitle } from './data.ts';
import { sendPage } from './layout.ts';

export function dataRoutes(
  app: OpenAPIHono<HttpEnv>,
  { recipients, policy, transports = [] }: AppOptions,
): void {
  app.get('/data', async (c) => {
    const locale = localeOf(c);
    const caller = callerOf(c);
    const suppressed = await recipients?.countSuppressed(caller.organisation);
    const mayAsk = recipients !== undefined && mayDo(caller, 'recipients:write');
    const body = dataPage({ transports, suppressed, keptDays: policy.retention.days, mayAsk }, locale);
    return sendPage(c, { locale, title: dataTitle(locale), path: '/data', body });
  });
}
