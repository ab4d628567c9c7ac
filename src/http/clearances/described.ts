/** The shapes of clearances and waivers in the API. */
import { z } from '@hono/zod-openapi';
import { reasonLength } from '../../clearance.ts';

const digest = z.string().openapi({ description: 'Of the audited message: the clearance fits no other.' });
const revokedAt = z.iso.datetime().nullable();

export const clearanceSchema = z
  .object({
    id: z.string(),
    audit: z.string(),
    digest,
    ruleSet: z.string(),
    kid: z.string().openapi({ description: 'Of the key that signed it.' }),
    issuedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    waivers: z.array(z.string()).openapi({ description: 'Ids of the exceptions it rests on.' }),
    by: z.string().openapi({ description: 'Id of the person or the API key that asked for it.' }),
    follows: z.string().nullable().openapi({
      description:
        'Id of the clearance in whose place a mailing got it, by an audit of its own; revoked with that one. null: it was asked for.',
    }),
    revokedAt,
  })
  .openapi('Clearance', {
    description: 'A clearance as it is kept; the text that opens the gate is shown once, when it is granted.',
  });

export const clearanceListSchema = z
  .object({ clearances: z.array(clearanceSchema) })
  .openapi('ClearanceList');

export const grantedSchema = z
  .object({
    clearance: z.string().openapi({
      description:
        'The clearance itself: a JWS (RFC 7515), signed with Ed25519. Its public keys are at `/.well-known/jwks.json`.',
    }),
    id: z.string(),
    digest,
    expiresAt: z.iso.datetime(),
    waivers: z
      .array(z.object({ id: z.string(), rule: z.string(), endsAt: z.iso.datetime() }))
      .openapi({ description: 'The exceptions it rests on; it ends with the first of them.' }),
  })
  .openapi('GrantedClearance');

export const waiverSchema = z
  .object({
    id: z.string(),
    digest: z.string(),
    rule: z.string(),
    person: z.string().openapi({ description: 'Id of the owner who takes it upon themselves.' }),
    reason: z.string(),
    createdAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
    revokedAt,
  })
  .openapi('Exception', {
    description: 'A named owner’s recorded exception from one check that should be fixed, for one message.',
  });

export const waiverListSchema = z.object({ waivers: z.array(waiverSchema) }).openapi('ExceptionList');

const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => value.isWellFormed());

export const waiverJson = z
  .object({
    rule: text(200).openapi({ description: 'Id of the check, as the report has it.' }),
    reason: text(reasonLength.most * 4).openapi({ description: 'Why, in 10 to 1,000 characters.' }),
    endsAt: text(40).openapi({
      description: 'A day (to its end, UTC) or a time with an offset, at most 90 days ahead.',
      example: '2026-12-24',
    }),
  })
  .strict()
  .openapi('NewException');

/** Nothing can be said when a clearance is asked for: what is not understood is refused. */
export const nothingJson = z.object({}).strict().openapi('Nothing', { description: 'An empty object.' });

export const verifyJson = z
  .object({ clearance: text(20_000).openapi({ description: 'The clearance, as it was handed over.' }) })
  .strict()
  .openapi('ClearanceToVerify');

export const verifiedSchema = z
  .object({
    valid: z.boolean(),
    code: z
      .enum(['malformed', 'signature', 'expired', 'revoked', 'other-organisation', 'unknown'])
      .optional()
      .openapi({ description: 'Why it opens nothing.' }),
    text: z.string().optional().openapi({ description: 'The same in words, and what to do.' }),
    claims: z
      .object({
        iss: z.string(),
        aud: z.string(),
        sub: z.string().openapi({ description: 'The organisation.' }),
        jti: z.string().openapi({ description: 'Id of the clearance.' }),
        iat: z.int(),
        exp: z.int(),
        digest: z.string(),
        rule_set: z.string(),
        waivers: z.array(z.object({ rule: z.string(), until: z.string() })),
      })
      .optional()
      .openapi({ description: 'What it says; only where the signature is ours.' }),
  })
  .openapi('VerifiedClearance');

export const ofClearance = z.object({ id: z.string().openapi({ description: 'Id of the clearance.' }) });
export const ofWaiver = z.object({ id: z.string().openapi({ description: 'Id of the exception.' }) });
export const revokedSchema = z.object({ id: z.string(), state: z.literal('revoked') }).openapi('Revoked');
