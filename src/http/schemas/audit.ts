/** The shapes of audits, as they stand and in a list. */
import { z } from '@hono/zod-openapi';
import { exampleNames } from '../../audits.ts';
import { decisions } from '../../verdict.ts';
import { mailFields, reportFields } from './report.ts';

const auditFields = {
  id: z.string(),
  createdAt: z.iso.datetime(),
  digest: z.string().openapi({ description: 'Of all that shapes what a reader gets.' }),
  example: z
    .enum(exampleNames)
    .optional()
    .openapi({ description: 'Judged in the world of this example, which has a DNS of its own.' }),
  repeats: z.string().optional().openapi({ description: 'Id of the audit that this one runs again.' }),
  ...mailFields,
};

export const auditSchema = z
  .discriminatedUnion('state', [
    z.object({
      ...auditFields,
      state: z.enum(['queued', 'running']),
      progress: z.array(
        z.object({ fact: z.string(), state: z.string(), done: z.int().optional(), of: z.int().optional() }),
      ),
    }),
    z.object({
      ...auditFields,
      state: z.literal('failed'),
      finishedAt: z.iso.datetime(),
      failure: z.string(),
      text: z.string(),
    }),
    z.object({
      ...auditFields,
      state: z.literal('done'),
      finishedAt: z.iso.datetime(),
      ruleSet: z.string(),
      ...reportFields,
    }),
  ])
  .openapi('Audit');

export type AuditJson = z.infer<typeof auditSchema>;

export const auditStateSchema = z
  .object({ id: z.string(), state: z.enum(['queued', 'running', 'done', 'failed']) })
  .openapi('AuditState', {
    description: 'All that an API key without the scope `audits:read` is told of an audit.',
  });

const counted = (description: string) => z.int().min(0).openapi({ description });

const auditEntrySchema = z
  .object({
    ...auditFields,
    state: z.enum(['queued', 'running', 'done', 'failed']),
    finishedAt: z.iso.datetime().nullable(),
    summary: z
      .object({
        decision: z.enum(decisions),
        partial: z.boolean(),
        simulated: z.boolean(),
        mustFix: counted('Checks that failed and must be fixed.'),
        shouldFix: counted('Checks that failed and should be fixed.'),
        unchecked: counted('Checks that can stop the mail and have no answer.'),
      })
      .nullable()
      .openapi({ description: 'null until the audit is done.' }),
    failure: z.string().nullable(),
    text: z.string().optional().openapi({ description: 'The failure in words.' }),
  })
  .openapi('AuditEntry');

export type AuditEntryJson = z.infer<typeof auditEntrySchema>;

export const auditListSchema = z
  .object({
    audits: z.array(auditEntrySchema),
    next: z.string().nullable().openapi({ description: 'To be given as `before`; null on the last page.' }),
  })
  .openapi('AuditList');
