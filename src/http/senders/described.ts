/** The shapes of senders in the API. */
import { z } from '@hono/zod-openapi';
import { rehearsalProblems } from '../../received.ts';
import { routeGaps, routeRoles, senderStates } from '../../senders.ts';

/** As long as a domain name may be, and a little more, so that what is wrong with it can be said. */
const name = z.string().max(300);

const record = z
  .object({
    name: z.string(),
    type: z.enum(['TXT', 'MX', 'CNAME']),
    data: z.string(),
    why: z.enum(['proof', 'mx', 'spf', 'dkim']),
    text: z.string().openapi({ description: 'What the record is for.' }),
  })
  .openapi('RecordToPublish', { description: 'A record to publish in DNS, exactly as it stands.' });

const rehearsal = z
  .object({
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    passed: z.boolean().openapi({ description: 'Nothing of what arrived is to be mended.' }),
    returns: z.boolean().openapi({
      description:
        'Bounces come to us: the MAIL FROM arrived as it was set, and its MX leads to who tells us of them.',
    }),
    problems: z
      .array(
        z.object({ code: z.enum(rehearsalProblems), title: z.string(), why: z.string(), how: z.string() }),
      )
      .openapi({ description: 'What is to be mended, the gravest first.' }),
    spf: z.string().openapi({ description: 'As RFC 8601 names results; so are `dkim` and `dmarc`.' }),
    dkim: z.string(),
    dmarc: z.string(),
    envelopeFrom: z.string(),
    dkimDomains: z.array(z.string()),
    ip: z.string().openapi({ description: 'The server that handed it over.' }),
    tls: z.boolean(),
    detail: z.string(),
  })
  .openapi('Rehearsal', { description: 'A real message by one route to a mailbox that we read.' });

const route = z
  .object({
    transport: z.string(),
    provider: z.string(),
    country: z
      .string()
      .openapi({ description: 'Where the mail is processed (ISO 3166-1); empty: it is set up no more.' }),
    role: z.enum(routeRoles),
    mailFrom: z.string().openapi({ description: 'Sending subdomain of its own: domain of the Return-Path.' }),
    dkim: z.array(z.object({ d: z.string(), s: z.string() })),
    createdAt: z.iso.datetime(),
    armed: z.boolean().openapi({
      description:
        'The latest rehearsal passed and is recent, and bounces come to us or that is accepted: it may carry mail as the reserve.',
    }),
    unseenBounces: z.object({ by: z.string(), at: z.iso.datetime() }).nullable().openapi({
      description:
        'The owner (id) who has accepted that bounces by it do not come to us, and when; null: nobody. Its bounce rate is then unknown.',
    }),
    returns: z.object({ here: z.boolean(), at: z.iso.datetime() }).nullable().openapi({
      description:
        'Whether DNS led bounces by it to us when it was last asked: at a rehearsal, before each mailing and daily while it is sent, and when the server takes over; null: never.',
    }),
    rehearsal: rehearsal
      .or(z.null())
      .openapi({ description: 'The latest that ended; null: none has since the route was last changed.' }),
    records: z.array(record),
    gaps: z
      .array(z.object({ code: z.enum(routeGaps), text: z.string() }))
      .openapi({ description: 'Records that we cannot name, and what to do.' }),
  })
  .openapi('SenderRoute');

export const senderSchema = z
  .object({
    domain: z.string(),
    state: z.enum(senderStates).openapi({
      description:
        'Mail goes only while it is active. pending: its TXT record has not been seen. lapsed: the record has gone.',
    }),
    createdAt: z.iso.datetime(),
    provedAt: z.iso.datetime().nullable(),
    checkedAt: z.iso.datetime().nullable().openapi({ description: 'When DNS last gave a clear answer.' }),
    warmUp: z
      .object({ plan: z.string(), from: z.iso.date() })
      .nullable()
      .openapi({ description: 'Plan of the warm-up, and the day it began; null: none.' }),
    onBounces: z.enum(['switch', 'pause']).openapi({
      description: 'What too many bounces do: switch to the reserve, or pause the mailing.',
    }),
    proof: record,
    routes: z.array(route),
  })
  .openapi('Sender');

export const senderListSchema = z.object({ senders: z.array(senderSchema) }).openapi('Senders');

export const checkedSchema = z
  .object({
    result: z.enum(['active', 'not-found', 'taken', 'unanswered']),
    text: z.string().openapi({ description: 'The result in words, and what to do.' }),
    sender: senderSchema,
  })
  .openapi('SenderCheck');

export const rehearsedSchema = z.object({ route }).openapi('Rehearsed');

export const senderJson = z.object({ domain: name }).strict().openapi('SenderOrder');

export const changesJson = z
  .object({
    warmUp: z
      .string()
      .max(100)
      .nullable()
      .optional()
      .openapi({ description: 'Id of the plan; it begins today. null ends it.' }),
    onBounces: z.string().max(100).optional().openapi({ description: 'switch or pause.' }),
  })
  .strict()
  .openapi('SenderChanges');

export const routeJson = z
  .object({
    role: z.enum(routeRoles),
    mailFrom: name.openapi({
      description: 'Sending subdomain: below the sender’s domain, and used for nothing else.',
    }),
    selector: name.optional().openapi({
      description: 'DKIM selector; without one we choose. Amazon SES tells its own.',
    }),
  })
  .strict()
  .openapi('RouteOrder');

export const ofSender = z.object({
  domain: z.string().openapi({ description: 'Domain of the sender.', param: { name: 'domain', in: 'path' } }),
});

export const ofRoute = ofSender.extend({
  transport: z.string().openapi({
    description: 'Id of the sending server, as whoever runs the service has set it up.',
    param: { name: 'transport', in: 'path' },
  }),
});

export type SenderJson = z.infer<typeof senderSchema>;
export type RouteJson = z.infer<typeof route>;
