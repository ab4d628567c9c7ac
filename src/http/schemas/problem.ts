/** The shapes of errors, with every code there is. */
import { z } from '@hono/zod-openapi';
import { inputErrorCodes } from '../../submission.ts';

export const problemCodes = [
  'invalid-submission',
  'invalid-domain',
  'invalid-request',
  'unsupported-media-type',
  'request-too-large',
  'idempotency-key-invalid',
  'idempotency-key-reused',
  'sign-in-required',
  'key-invalid',
  'scope-missing',
  'person-only',
  'role-missing',
  'forbidden-origin',
  'unknown-host',
  'busy',
  'not-found',
  'audit-not-found',
  'preview-not-found',
  'method-not-allowed',
  'not-acceptable',
  'not-finished',
  'audit-failed',
  'clearance-refused',
  'clearance-not-found',
  'waiver-refused',
  'waiver-not-found',
  'sending-unavailable',
  'send-refused',
  'send-not-found',
  'send-wrong-state',
  'recipient-address-invalid',
  'idempotency-key-missing',
  'sender-not-found',
  'invalid-sender',
  'sender-in-use',
  'sender-unproved',
  'rehearsal-not-sent',
  'rehearsal-refused',
  'rehearsal-not-arrived',
  'internal',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

export const requestErrorCodes = [
  'body-not-json',
  'body-not-form',
  'body-too-complex',
  'field-unknown',
  'field-type',
  'field-choice',
  'field-too-long',
  'field-too-many',
  'field-range',
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
