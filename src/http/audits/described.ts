/** What the descriptions of these routes share. */
import { z } from '@hono/zod-openapi';
import { locales } from '../../rule.ts';
import { auditSchema, auditStateSchema, problemSchema } from '../schemas.ts';

export const problemContent = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemSchema } },
});

export const auditContent = (description: string) => ({
  description,
  content: { 'application/json': { schema: auditSchema } },
});

/** To a caller who may hand in and not read. */
export const begunContent = (description: string) => ({
  description,
  content: { 'application/json': { schema: z.union([auditSchema, auditStateSchema]) } },
});

export const inLocale = z.object({
  locale: z
    .enum(locales)
    .optional()
    .openapi({ description: 'Language of the texts; without it Accept-Language decides.' }),
});

export const ofAudit = z.object({ id: z.string().openapi({ description: 'Id of the audit.' }) });

/** Refused before any route looks: nobody we know, a name that is not ours, a fault of ours. */
export const everywhere = {
  401: problemContent('Neither signed in nor a valid API key'),
  403: problemContent('The API key or your role does not allow this, or a browser sent it for another site'),
  421: problemContent('The Host is not a name of this service'),
  500: problemContent('Something went wrong on our side'),
};

/** Seconds until it is worth asking again. */
export const retryAfter = '2';
