/** The shapes of /v1/sends. */
import { z } from '@hono/zod-openapi';
import { alertKinds, pauseReasons } from '../../campaigns/campaign.ts';
import { warningCodes } from '../../campaigns/warning.ts';
import { mailClasses } from '../../submission.ts';

export const campaignStates = ['preparing', 'queued', 'sending', 'paused', 'done', 'cancelled'] as const;

export const deliveryStates = [
  'pending',
  'sending',
  'accepted',
  'rejected',
  'unknown',
  'delivered',
  'bounced',
  'complained',
  'suppressed',
  'cancelled',
] as const;

/** Recipients that may stand in the order itself; a longer list is handed in by itself. */
export const recipientsInOrder = 10_000;

// Half a surrogate pair has no canonical JSON, so the order would have no fingerprint.
const wellFormed = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => value.isWellFormed());

const recipient = z
  .object({
    address: wellFormed(1000),
    fields: z.record(wellFormed(1000), wellFormed(10_000)).optional().openapi({
      description: 'Values of the merge fields, by name.',
    }),
  })
  .strict();

export const orderSchema = z
  .object({
    clearance: z.string().max(8192).openapi({ description: 'The signed permit, as it was granted.' }),
    standard: z.boolean().optional().openapi({
      description:
        'true: by the standard route, since the domain is not registered; a choice for this mailing alone.',
    }),
    startsAt: z.string().max(40).optional().openapi({
      description: 'Not before: ISO 8601 with an offset.',
      example: '2026-12-01T09:00:00+01:00',
    }),
    perMinute: z.number().optional().openapi({
      description:
        'Messages a minute, 1 to 100 000, spread evenly; without it as fast as the servers take it.',
    }),
    hold: z.boolean().optional().openapi({
      description: 'true: when the list is in, the mailing waits as `paused` until it is resumed.',
    }),
    dryRun: z.boolean().optional().openapi({
      description:
        'true: only to see what would go. It waits when its list is in, is never sent, stands in no list of mailings, and is cancelled and forgotten within hours.',
    }),
    leaveOutEarlier: z.boolean().optional().openapi({
      description:
        'true: whoever has got another version of this mail in the last 30 days (of an audit that this one corrects or repeats, or that does so) is left out, as `earlier-version`.',
    }),
    onExpiry: z.enum(['pause', 'audit-again']).optional().openapi({
      description:
        'Before its clearance ends. `audit-again`: the mail is audited again two hours before, and the mailing goes on by a new clearance if all is clear and the mail the same; only for callers with clearances:write. `pause`, when left out: it pauses.',
    }),
    recipients: z.array(recipient).max(recipientsInOrder).optional().openapi({
      description: 'Left out: a list follows by PUT.',
    }),
  })
  .strict()
  .openapi('SendOrder');

const counts = z
  .object(Object.fromEntries(deliveryStates.map((state) => [state, z.int().min(0)])))
  .openapi({ description: 'Recipients by state.' });

const sendFields = {
  id: z.string(),
  audit: z.string().openapi({ description: 'Id of the audit.' }),
  digest: z.string().openapi({ description: 'Of all that shapes what a reader gets.' }),
  clearance: z.string().openapi({ description: 'Id of the clearance that it goes by now.' }),
  clearanceEndsAt: z.iso.datetime().nullable(),
  onExpiry: z.enum(['pause', 'audit-again']).openapi({ description: 'What happens before that.' }),
  nextAudit: z.string().nullable().openapi({
    description: 'Id of the audit that is to bring the next clearance; null: none yet.',
  }),
  nextRefused: z.string().nullable().openapi({
    description: 'Why no clearance follows the present one, as a code; null: nothing stands against it.',
  }),
  plannedEnd: z.iso.datetime().nullable().openapi({
    description:
      'When the last recipient has its turn by the set pace and the warm-up; null: as fast as the servers take it, or nobody can know.',
  }),
  pausesAt: z.iso.datetime().nullable().openapi({
    description:
      'When it will pause, since its clearance ends before all have had their turn; null: it will not.',
  }),
  begins: z
    .object({
      route: z.string(),
      provider: z.string(),
      country: z.string().openapi({ description: 'ISO 3166-1, two letters.' }),
      role: z.enum(['primary', 'reserve', 'standard']),
      reason: z.enum(['bounce-rate', 'complaint-rate']).nullable().openapi({
        description:
          'Why it is another than the one that was chosen, or why it pauses; null: it is that one.',
      }),
      pauses: z.boolean().openapi({ description: 'true: it pauses before its first mail.' }),
    })
    .nullable()
    .openapi({
      description: 'The sending server of its first mail, as far as is known now; null once it has begun.',
    }),
  putOff: z
    .object({
      count: z.int(),
      until: z.string().openapi({ description: 'When the first of them is tried again.' }),
      asked: z.boolean().openapi({ description: 'true: their servers asked for that.' }),
    })
    .nullable()
    .openapi({
      description:
        'Those who are left, when all of them are to be tried again later; null: others are left too.',
    }),
  warnings: z
    .array(z.object({ code: z.enum(warningCodes), text: z.string() }))
    .openapi({ description: 'What stands before it although it goes, in words.' }),
  class: z.enum(mailClasses),
  domain: z.string().openapi({ description: 'Of From.' }),
  subject: z.string(),
  state: z.enum(campaignStates),
  pauseReason: z.enum(pauseReasons).or(z.string()).nullable().openapi({
    description: 'Why it stands still; while it is preparing, why it will.',
  }),
  createdAt: z.iso.datetime(),
  startsAt: z.string().nullable().openapi({ description: 'Not before.' }),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  perMinute: z.number().nullable(),
  standard: z.boolean(),
  route: z.string().nullable().openapi({ description: 'Sending server that is to carry it.' }),
  switched: z.string().nullable().openapi({
    description: 'Why it goes by the backup server until a person returns it; null: it does not.',
  }),
  checkedAt: z.string().nullable().openapi({ description: 'When DNS was last found as it was audited.' }),
  importing: z.boolean().openapi({ description: 'A list is being read in.' }),
  lines: z.int().openapi({ description: 'Lines of the list, those left out included.' }),
  recipients: z.int(),
  leftOut: z.record(z.string(), z.int()).openapi({ description: 'Lines left out, by code.' }),
  counts,
  earlier: z.int().openapi({
    description:
      'Recipients who had got another version of this mail in the 30 days before the list was read, and get this one too.',
  }),
  dryRun: z.boolean().openapi({ description: 'It is never sent.' }),
  orderedBy: z.string().nullable().openapi({ description: 'Id of the member or the key that ordered it.' }),
};

export const sendSchema = z.object(sendFields).openapi('Send');
export type SendJson = z.infer<typeof sendSchema>;

const tally = z.object({
  minute: z.string().openapi({ description: 'In which the attempts were made.' }),
  route: z.string(),
  accepted: z.int(),
  rejected: z.int(),
  unknown: z.int(),
  delivered: z.int(),
  bounced: z.int().openapi({ description: 'Permanent bounces, and addresses that were refused at once.' }),
  complained: z.int(),
});

export const progressSchema = z
  .object({
    ...sendFields,
    routes: z.array(
      z.object({
        transport: z.string(),
        provider: z.string(),
        country: z.string(),
        role: z.enum(['primary', 'reserve', 'standard']),
        state: z.enum(['carries', 'rests', 'unarmed', 'stopped']),
        accepted: z.int(),
        rejected: z.int(),
        unknown: z.int(),
        returned: z.int().openapi({ description: 'Of those it took, those that bounced.' }),
        bounced: z.int().openapi({
          description: 'For the rate: permanent bounces, and addresses that were refused at once.',
        }),
        complained: z.int(),
        bouncesSeen: z.boolean().openapi({
          description:
            'False: nothing shows that bounces by this server come to us, so its bounce rate is unknown.',
        }),
        bounceRate: z.number().nullable().openapi({
          description:
            '0 to 1; null while too few have gone for it to mean anything, and where bounces are not seen.',
        }),
        rehearsedAt: z.string().nullable(),
        nextTryAt: z.string().nullable(),
      }),
    ),
    tally: z.array(tally),
    alerts: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(alertKinds).or(z.string()),
        data: z.record(z.string(), z.union([z.string(), z.number()])),
        at: z.string(),
      }),
    ),
    acts: z
      .array(
        z.object({
          act: z.enum(['ordered', 'resumed', 'paused', 'cancelled']),
          by: z.string().openapi({ description: 'Id of the member or the key.' }),
          at: z.iso.datetime(),
        }),
      )
      .openapi({ description: 'What members and keys have done with it, newest first.' }),
    pace: z.number().nullable().openapi({ description: 'Handed over a minute, over the last five.' }),
    endsAt: z.string().nullable().openapi({ description: 'When all will have had their turn.' }),
    warmUp: z
      .object({
        plan: z.string(),
        day: z.int(),
        days: z.int(),
        cap: z.int().nullable(),
        sentToday: z.int(),
        steps: z
          .array(
            z.object({
              from: z.iso.date(),
              until: z.iso.date(),
              share: z.number().openapi({ description: '0 to 1, of the list, over the days of the step.' }),
              cap: z.int().openapi({ description: 'On one day.' }),
            }),
          )
          .openapi({ description: 'The plan with its dates, for this list.' }),
      })
      .nullable()
      .openapi({ description: 'The warm-up of the sender, where one is under way.' }),
  })
  .openapi('SendProgress');
export type ProgressOfSendJson = z.infer<typeof progressSchema>;

export const sendListSchema = z
  .object({
    sends: z.array(sendSchema),
    next: z.string().nullable().openapi({ description: 'To be given as `before`; null on the last page.' }),
  })
  .openapi('SendList');

export const deliverySchema = z
  .object({
    number: z.int().openapi({ description: 'From 1, in the order of the list.' }),
    address: z.string().nullable().openapi({ description: 'null once erased.' }),
    fields: z.record(z.string(), z.string()).nullable(),
    state: z.enum(deliveryStates),
    attempt: z.int().openapi({ description: 'How many times it has been taken up.' }),
    route: z.string().nullable(),
    attemptedAt: z.string().nullable(),
    settledAt: z.string().nullable(),
    code: z.string().nullable(),
    enhanced: z.string().nullable(),
    response: z.string().nullable().openapi({ description: 'What the server or the bounce said.' }),
    bounceClass: z.string().nullable(),
  })
  .openapi('Delivery');

export const deliveryListSchema = z
  .object({
    recipients: z.array(deliverySchema),
    next: z.int().nullable().openapi({ description: 'To be given as `after`; null on the last page.' }),
  })
  .openapi('DeliveryList');

export const decisionSchema = z
  .object({
    as: z.enum(['sent', 'not-sent']).openapi({
      description: 'sent: they count as sent. not-sent: they are sent now, so be sure.',
    }),
  })
  .strict()
  .openapi('UnknownDecision');

export const resumeSchema = z
  .object({
    clearance: z.string().max(8192).optional().openapi({
      description: 'A new one for the same message, where the old one has ended.',
    }),
    leaveOutEarlier: z.boolean().optional().openapi({
      description: 'As in the order, of a mailing that waits for its first yes (`to-confirm`).',
    }),
  })
  .strict()
  .openapi('Resumption');

export const recipientSchema = z
  .object({
    address: z.string(),
    suppressions: z
      .array(
        z.object({ reason: z.enum(['bad-address', 'complaint', 'unsubscribe', 'erased']), at: z.string() }),
      )
      .openapi({
        description: 'Every reason why no more mail goes there, the gravest first; none: mail may go.',
      }),
    deliveries: z.array(
      z.object({
        mailing: z.string(),
        subject: z.string(),
        state: z.enum(deliveryStates),
        fields: z.record(z.string(), z.string()).nullable(),
        attemptedAt: z.string().nullable(),
        settledAt: z.string().nullable(),
        route: z.string().nullable(),
        code: z.string().nullable(),
        enhanced: z.string().nullable(),
        bounceClass: z.string().nullable(),
        response: z.string().nullable(),
      }),
    ),
  })
  .openapi('Recipient');

export const erasedSchema = z
  .object({ deliveries: z.int().openapi({ description: 'How many knew the address.' }) })
  .openapi('Erased');
