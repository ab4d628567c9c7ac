/** The shapes of the API, from which openapi.json is made. */
import { z } from '@hono/zod-openapi';
import { areas, severities } from '../rule.ts';
import { formats, inputErrorCodes, mailClasses } from '../submission.ts';
import { decisions, outcomes } from '../verdict.ts';

const place = z.object({
  part: z.enum(['source', 'html', 'text', 'headers']),
  line: z.int().min(1),
  column: z.int().min(1),
  snippet: z.string().optional(),
});

const change = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('dns'),
    type: z.string(),
    name: z.string(),
    old: z.string().nullable(),
    new: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('source'),
    line: z.int(),
    old: z.string().nullable(),
    new: z.string().nullable(),
  }),
]);

const evidence = z.object({
  kind: z.literal('dns'),
  name: z.string(),
  type: z.string(),
  status: z.enum(['answered', 'nodata', 'nxdomain', 'servfail', 'refused', 'timeout', 'malformed']),
  records: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      ttl: z.int(),
      data: z.string(),
      strings: z.array(z.string()).optional(),
    }),
  ),
  authenticated: z.boolean(),
  resolver: z.string(),
  at: z.iso.datetime(),
  detail: z.string().optional(),
});

const finding = z
  .object({
    rule: z.string(),
    area: z.enum(areas),
    severity: z.enum(severities),
    outcome: z.enum(outcomes),
    gates: z.boolean().openapi({ description: 'As it stands, this finding keeps the mail from going.' }),
    waived: z.boolean(),
    reason: z.string().optional(),
    ask: z.string().optional().openapi({ description: 'What to hand in so that this can be judged.' }),
    title: z.string(),
    why: z.string(),
    note: z.string().optional(),
    problems: z.array(
      z.object({
        key: z.string(),
        data: z.record(z.string(), z.unknown()),
        at: place.nullable(),
        text: z.string(),
        fix: z.string(),
        change: change.nullable(),
      }),
    ),
    omitted: z.int().optional().openapi({ description: 'How many more problems there are than are listed.' }),
    evidence: z.array(evidence),
  })
  .openapi('Finding');

const reportFields = {
  decision: z.enum(decisions),
  partial: z.boolean().openapi({ description: 'Parts were left out by choice. Never earns a clearance.' }),
  simulated: z.boolean().openapi({ description: 'DNS was not the real one. Never earns a clearance.' }),
  score: z.number().min(0).max(100).openapi({ description: 'For people only: it opens nothing.' }),
  spam: z.object({ score: z.number().nullable(), threshold: z.number() }),
  findings: z.array(finding),
  previews: z.array(
    z.object({
      view: z.string(),
      client: z.string(),
      scheme: z.enum(['light', 'dark']),
      width: z.number(),
      height: z.number(),
      cut: z.boolean(),
    }),
  ),
};

export const reportSchema = z.object(reportFields).openapi('Report');

const auditFields = {
  id: z.string(),
  createdAt: z.iso.datetime(),
  digest: z.string(),
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

// Half a surrogate pair has no UTF-8 and no canonical JSON (RFC 8785 section 3.2.2.2), so no digest.
const wellFormed = z.string().refine((value) => value.isWellFormed());
/** Far above what a header line may have; the submission's own limits are stricter and say why. */
const text = z
  .string()
  .max(2000)
  .refine((value) => value.isWellFormed());

/** The fields beside the file; the same names in JSON, forms and files. */
const common = {
  from: text.optional().openapi({ example: 'Föreningen <nyhetsbrev@example.se>' }),
  replyTo: text.optional(),
  subject: text.optional(),
  mailFrom: text
    .optional()
    .openapi({ description: 'Envelope subdomain: domain of the Return-Path.', example: 'mejl.example.se' }),
  class: z.enum(mailClasses).optional().openapi({ description: 'Default marketing.' }),
  filename: z
    .string()
    .max(255)
    .refine((value) => value.isWellFormed())
    .optional()
    .openapi({ description: 'Its ending (html, mjml, eml) decides the format.' }),
};

export const submissionJson = z
  .object({
    ...common,
    source: wellFormed
      .optional()
      .openapi({ description: `The template or message as text: ${formats.join(', ')}.` }),
    sourceBase64: z
      .base64()
      .optional()
      .openapi({ description: 'The same as bytes; for messages that are not UTF-8.' }),
    dkimSelectors: z.array(text).max(10).optional(),
    previews: z
      .boolean()
      .optional()
      .openapi({ description: 'false: no previews are drawn and the audit is partial.' }),
  })
  .strict()
  .openapi('Submission');

export const submissionForm = z
  .object({
    ...common,
    file: z.any().optional().openapi({ type: 'string', format: 'binary' }),
    source: wellFormed.optional().openapi({ description: 'Pasted instead of a file.' }),
    dkimSelectors: text.optional().openapi({ description: 'Several: separated by commas or spaces.' }),
    previews: z.enum(['true', 'false', 'on']).optional(),
  })
  .strict()
  .openapi('SubmissionForm');

export const problemCodes = [
  'invalid-submission',
  'invalid-request',
  'unsupported-media-type',
  'request-too-large',
  'idempotency-key-invalid',
  'idempotency-key-reused',
  'forbidden-origin',
  'unknown-host',
  'busy',
  'not-found',
  'internal',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

export const requestErrorCodes = [
  'body-not-json',
  'body-not-form',
  'field-unknown',
  'field-type',
  'field-choice',
  'field-too-long',
  'field-too-many',
  'field-characters',
  'file-not-file',
  'base64-invalid',
  'source-missing',
  'source-twice',
] as const;
export type RequestErrorCode = (typeof requestErrorCodes)[number];

export const problemSchema = z
  .object({
    type: z.string().openapi({ example: 'urn:klarsignal:problem:invalid-submission' }),
    title: z.string(),
    status: z.int(),
    code: z.enum(problemCodes),
    detail: z.string().optional(),
    errors: z
      .array(z.object({ code: z.enum(inputErrorCodes).or(z.string()), field: z.string(), text: z.string() }))
      .optional(),
  })
  .openapi('Problem');

export type ProblemJson = z.infer<typeof problemSchema>;
