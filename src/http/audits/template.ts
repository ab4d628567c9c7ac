/** GET: what was audited, as another sender composes it. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { callerOf, type HttpEnv } from '../caller.ts';
import { localeOf } from '../locale.ts';
import type { AppOptions } from '../options.ts';
import { problem } from '../problem.ts';
import { everywhere, inLocale, ofAudit, problemContent } from './described.ts';

const mailbox = z.object({ name: z.string(), address: z.string() });

const templateSchema = z
  .object({
    composer: z.int(),
    organisation: z.string(),
    class: z.enum(['marketing', 'transactional']),
    headers: z.object({
      from: mailbox,
      reply_to: z.array(mailbox),
      subject: z.string().nullable(),
      other: z
        .array(z.array(z.string()).length(2))
        .openapi({ description: 'Name in lower case, and value.' }),
    }),
    parts: z.object({
      html: z.string().nullable(),
      text: z.string().nullable(),
      attachments: z.array(
        z.object({
          filename: z.string().nullable(),
          contentType: z.string(),
          disposition: z.string().nullable(),
          contentId: z.string().nullable(),
          sha256: z.string(),
        }),
      ),
    }),
    routes: z.array(
      z.object({
        transport: z.string().nullable(),
        mail_from: z.string().nullable(),
        dkim: z.array(z.object({ d: z.string(), s: z.string() })),
        signed_by: z.array(z.string()),
      }),
    ),
    merge_fields: z.array(
      z.object({
        name: z.string(),
        type: z.enum(['text', 'url']),
        max_length: z.int().optional(),
        hosts: z.array(z.string()).optional(),
        sample: z.string(),
      }),
    ),
  })
  .openapi('Template', {
    description: 'The mail before merging. Its canonical JSON (RFC 8785) has the digest.',
  });

const auditedTemplateSchema = z
  .object({
    template: templateSchema,
    digest: z.string().openapi({ description: 'What a clearance is bound to.' }),
    attachments: z.array(z.object({ sha256: z.string(), content: z.string() })).openapi({
      description: 'Bytes of each attachment, in Base64.',
    }),
  })
  .openapi('AuditedTemplate');

const getTemplate = createRoute({
  method: 'get',
  path: '/v1/audits/{id}/template',
  summary: 'The audited mail before merging, for a sending system of your own',
  request: { params: ofAudit, query: inLocale },
  responses: {
    200: {
      description: 'The template, its digest and its attachments',
      content: { 'application/json': { schema: auditedTemplateSchema } },
    },
    404: problemContent('There is no such audit, or its upload is gone'),
    503: problemContent('Too much is handed in at once; Retry-After says when to try again'),
    ...everywhere,
  },
});

export function templateRoutes(app: OpenAPIHono<HttpEnv>, { audits }: AppOptions): void {
  app.openapi(getTemplate, async (c) => {
    const found = await audits.template(callerOf(c).organisation, c.req.valid('param').id);
    if (found === 'busy') {
      c.header('retry-after', '5');
      return problem(c, 'busy', localeOf(c)) as never;
    }
    if (!found) return problem(c, 'audit-not-found', localeOf(c)) as never;
    const { template, digest, attachments } = found;
    const contents = attachments.map(({ sha256, bytes }) => ({ sha256, content: toBase64(bytes) }));
    return c.json({ template, digest, attachments: contents } as never, 200);
  });
}

/** In pieces: a function takes only so many arguments. */
function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}
