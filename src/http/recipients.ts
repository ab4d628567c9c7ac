/** One person: everything that is known of them, and how it is forgotten. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Recipients } from '../recipients.ts';
import { everywhere, inLocale, problemContent } from './audits/described.ts';
import { callerOf, type HttpEnv } from './caller.ts';
import { localeOf } from './locale.ts';
import type { AppOptions } from './options.ts';
import { problem } from './problem.ts';
import { unavailable } from './sends/described.ts';
import { erasedSchema, recipientSchema } from './sends/schemas.ts';

const ofPerson = z.object({
  address: z.string().openapi({ description: 'Mail address of the person, percent-encoded.' }),
});

const getRecipient = createRoute({
  method: 'get',
  path: '/v1/recipients/{address}',
  summary: 'All that is known of one person (GDPR article 15)',
  request: { params: ofPerson, query: inLocale },
  responses: {
    200: {
      description: 'What is known; an address that is not known has no deliveries and no suppression',
      content: { 'application/json': { schema: recipientSchema } },
    },
    400: problemContent('This is not one mail address'),
    ...unavailable,
    ...everywhere,
  },
});

const deleteRecipient = createRoute({
  method: 'delete',
  path: '/v1/recipients/{address}',
  summary: 'Forget one person (GDPR article 17), and never mail them again',
  request: { params: ofPerson, query: inLocale },
  responses: {
    200: {
      description: 'Forgotten; a keyed hash stays, so that nobody mails there again',
      content: { 'application/json': { schema: erasedSchema } },
    },
    400: problemContent('This is not one mail address'),
    ...unavailable,
    ...everywhere,
  },
});

export function recipientRoutes(app: OpenAPIHono<HttpEnv>, { recipients }: AppOptions): void {
  const asked = async <T>(
    c: Context<HttpEnv>,
    ask: (all: Recipients, organisation: string) => Promise<T | undefined>,
    say: (found: T) => Response,
  ): Promise<never> => {
    // What is known of a person is kept by nobody on the way.
    c.header('cache-control', 'private, no-store');
    if (!recipients) return problem(c, 'sending-unavailable', localeOf(c)) as never;
    const found = await ask(recipients, callerOf(c).organisation);
    return (found === undefined ? problem(c, 'recipient-address-invalid', localeOf(c)) : say(found)) as never;
  };

  app.openapi(getRecipient, (c) => {
    const { address } = c.req.valid('param');
    return asked(
      c,
      (all, organisation) => all.find(organisation, address),
      (found) => c.json(found),
    );
  });

  app.openapi(deleteRecipient, (c) => {
    const { address } = c.req.valid('param');
    return asked(
      c,
      (all, organisation) => all.erase(organisation, address),
      (deliveries) => c.json({ deliveries }),
    );
  });
}
