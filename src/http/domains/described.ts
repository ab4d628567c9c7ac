/** The call under /v1/domains, as openapi.json describes it. */
import { createRoute, z } from '@hono/zod-openapi';
import { everywhere, inLocale, problemContent } from '../audits/described.ts';
import { reportSchema } from '../schemas.ts';

const text = z.string().max(300);
const several = z.union([text, z.array(text).max(100)]).optional();

const planSchema = z
  .object({
    steps: z.array(
      z.object({
        step: z.string(),
        route: z.string().nullable().openapi({ description: 'The sending server that it is for.' }),
        state: z.enum(['done', 'now', 'later', 'unknown']).openapi({
          description:
            '`later`: other steps come first, or time. `unknown`: nobody can say whether it is done.',
        }),
        optional: z.boolean(),
        waitDays: z.int().openapi({ description: 'Days at least after the steps before it.' }),
        title: z.string(),
        why: z.string(),
        how: z.string().nullable(),
        until: z
          .string()
          .nullable()
          .openapi({ description: 'What has to be seen before the next step; null: nothing.' }),
        when: z
          .string()
          .nullable()
          .openapi({ description: 'When it is time for it; null: as soon as the steps before it are done.' }),
        faults: z.array(z.object({ rule: z.string(), heading: z.string() })).openapi({
          description: 'Findings that say why it does not work, though it stands in DNS.',
        }),
        changes: z.array(z.looseObject({ type: z.string(), name: z.string() })),
      }),
    ),
  })
  .openapi('DomainPlan', { description: 'What to publish, in order.' });

export const domainReportSchema = reportSchema
  .omit({ audited: true, spam: true, previews: true, sandboxed: true })
  .extend({
    domain: z.string().openapi({ description: 'The domain, in A-labels.', example: 'example.se' }),
    unicode: z.string().nullable().openapi({
      description:
        'The domain as people read it, where it has such a form that cannot be taken for another name. For showing, beside `domain`; records have A-labels.',
    }),
    score: z.number().min(0).max(100).nullable().openapi({
      description:
        'For people: it opens nothing. null: not every check has an answer, so it would be too high.',
    }),
    at: z.iso.datetime().openapi({ description: 'When it was judged.' }),
    mailFrom: z.string().nullable(),
    dkimSelectors: z.array(z.string()),
    sendingAddresses: z.array(z.string()),
    routes: z.array(z.string()).openapi({
      description:
        'Sending servers of the registered sender that it was judged by; empty: it sends by a system of its own.',
    }),
    ruleSet: z.string(),
    plan: planSchema.optional(),
  })
  .openapi('DomainReport', {
    description:
      'A sender domain by itself, without a mail. `partial` is always true: it never earns a clearance, whatever `decision` says.',
  });

export type DomainReportJson = z.infer<typeof domainReportSchema>;

export const getDomain = createRoute({
  method: 'get',
  path: '/v1/domains/{domain}',
  summary: 'Audit a sender domain by itself, and wait for the report',
  request: {
    params: z.object({
      domain: text.openapi({
        description: 'The domain that readers see in From. An address of the web stands for its domain.',
        example: 'example.se',
        param: { name: 'domain', in: 'path' },
      }),
    }),
    query: inLocale
      .extend({
        mailFrom: text.optional().openapi({
          description:
            'Envelope subdomain: domain of the Return-Path. Without it a registered sender is judged by its own routes.',
        }),
        dkimSelectors: several.openapi({
          description: 'DKIM selector that the mail is signed under; repeatable.',
        }),
        sendingAddresses: several.openapi({
          description: 'IP address of a server that sends the mail; repeatable.',
        }),
      })
      .strict(),
  },
  responses: {
    200: {
      description: 'The report. Nothing of it is kept',
      content: { 'application/json': { schema: domainReportSchema } },
    },
    400: problemContent('The request is not well formed'),
    422: problemContent('The domain cannot be audited as it was given; `errors` says which field and why'),
    503: problemContent('Too many domains are audited at once; Retry-After says when to try again'),
    ...everywhere,
  },
});

export const domainExamples: Record<string, string> = { 'GET /v1/domains/{domain}': '' };
