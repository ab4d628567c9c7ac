/** Pages of one recipient. The address is always posted, so that it stands in no address, no title and no log. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { liftableReasons, type Recipients } from '../../recipients.ts';
import { callerOf, type HttpEnv } from '../caller.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import { sendPage } from './layout.ts';
import { problemPage } from './problem.ts';
import { type RecipientsPage, recipientsPage, recipientsTitle } from './recipients.ts';

type Own = Context<HttpEnv>;

interface Asked {
  all: Recipients;
  organisation: string;
  address: string;
  reason: string;
  sure: boolean;
}

export function recipientPages(app: OpenAPIHono<HttpEnv>, { recipients }: AppOptions): void {
  const having = (answer: (c: Own, asked: Asked) => Promise<Response>) => async (c: Own) => {
    if (!recipients) return problemPage(c, 'sending-unavailable');
    const body = c.req.method === 'POST' ? await c.req.parseBody().catch(() => ({})) : {};
    const { address = '', reason = '', sure } = body as Record<string, unknown>;
    return answer(c, {
      all: recipients,
      organisation: callerOf(c).organisation,
      address: String(address).trim(),
      reason: String(reason),
      sure: sure !== undefined,
    });
  };

  app.get(
    '/recipients',
    having((c) => show(c, {})),
  );

  app.post(
    '/recipients',
    having(async (c, { all, organisation, address }) =>
      show(c, { asked: { address, found: await all.find(organisation, address) } }),
    ),
  );

  app.post(
    '/recipients/lift',
    having(async (c, { all, organisation, address, reason, sure }) => {
      const lifted = liftableReasons.find((one) => one === reason);
      // A browser sends none without it; a form of another make is not believed.
      if (!lifted || !sure) return problemPage(c, 'invalid-request');
      await all.lift(organisation, address, lifted);
      return show(c, { lifted, asked: { address, found: await all.find(organisation, address) } });
    }),
  );

  app.post(
    '/recipients/erase',
    having(async (c, { all, organisation, address, sure }) => {
      if (!sure) return problemPage(c, 'invalid-request');
      const erased = await all.erase(organisation, address);
      return erased === undefined ? show(c, { asked: { address, found: undefined } }) : show(c, { erased });
    }),
  );

  app.post(
    '/recipients/export',
    having(async (c, { all, organisation, address }) => {
      const found = await all.find(organisation, address);
      if (!found) return show(c, { asked: { address, found } });
      c.header('cache-control', 'private, no-store');
      c.header('content-disposition', 'attachment; filename="klarsignal-recipient.json"');
      return c.body(`${JSON.stringify(found, null, 2)}\n`, 200, { 'content-type': 'application/json' });
    }),
  );

  async function show(c: Own, page: RecipientsPage): Promise<Response> {
    const locale = localeOf(c);
    c.header('cache-control', 'private, no-store');
    const { asked } = page;
    const status = asked && !asked.found ? 422 : 200;
    return sendPage(
      c,
      {
        locale,
        title: recipientsTitle(locale),
        path: '/recipients',
        // In the other language the same address is asked for again.
        ...(asked ? { switchForm: { id: 'find', action: '/recipients?', fresh: false } } : {}),
        body: recipientsPage(page, locale),
      },
      status,
    );
  }
}
