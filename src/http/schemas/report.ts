/** The shapes of a report. */
import { z } from '@hono/zod-openapi';
import { areas, severities } from '../../rule.ts';
import { mailClasses } from '../../submission.ts';
import { decisions, outcomes, providerStates, reasonsLeft, requirementStates } from '../../verdict.ts';

const place = z.object({
  part: z.enum(['source', 'html', 'text', 'headers']),
  line: z.int().min(1),
  column: z.int().min(1),
  snippet: z.string().optional(),
});

const recordForms = z
  .object({
    plain: z.object({
      type: z.string(),
      name: z.string(),
      host: z
        .string()
        .nullable()
        .openapi({ description: 'The name within its zone, @ at the top. null: the zone is not known.' }),
      priority: z.int().nullable().openapi({ description: 'Of an MX record.' }),
      value: z.string().nullable().openapi({ description: 'null: the record is to be taken away.' }),
      old: z.string().nullable(),
    }),
    bind: z
      .string()
      .nullable()
      .openapi({ description: 'Lines of a zone file; what is to go stands as a comment.' }),
    terraform: z
      .string()
      .nullable()
      .openapi({ description: 'For whoever hosts the zone where that is known, else for RFC 2136.' }),
  })
  .openapi('RecordForms');

const change = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('dns'),
    type: z.string(),
    name: z.string(),
    old: z.string().nullable(),
    new: z.string().nullable(),
    forms: recordForms.optional(),
    where: z.string().optional().openapi({ description: 'Where a person makes the change.' }),
  }),
  z.object({
    kind: z.literal('source'),
    line: z.int(),
    old: z.string().nullable(),
    new: z.string().nullable(),
  }),
]);

const dnsEvidence = z.object({
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
  extendedError: z.int().optional().openapi({ description: 'RFC 8914, where the resolver gives one.' }),
});

const evidence = z.discriminatedUnion('kind', [
  dnsEvidence,
  z.object({
    kind: z.literal('web'),
    url: z.string(),
    status: z.int().nullable().openapi({ description: 'HTTP status; null: there was no answer.' }),
    failure: z.string().nullable(),
    excerpt: z.string(),
    at: z.iso.datetime(),
  }),
  z.object({
    kind: z.literal('smtp'),
    host: z.string(),
    address: z.string().nullable(),
    state: z.enum(['secured', 'plain', 'tls-failed', 'refused', 'silent']),
    said: z.string(),
    at: z.iso.datetime(),
  }),
  z.object({
    kind: z.literal('provider'),
    transport: z.string(),
    domain: z.string(),
    status: z.record(z.string(), z.unknown()).nullable(),
    at: z.iso.datetime(),
  }),
  z.object({
    kind: z.literal('spam-engine'),
    engine: z.string(),
    opinion: z
      .object({
        spam: z.boolean(),
        score: z.number(),
        threshold: z
          .number()
          .nullable()
          .openapi({ description: 'From so many points it is spam; null: the filter does not say.' }),
        action: z.string().nullable().openapi({ description: 'What the filter would do, in its own words.' }),
        symbols: z.array(z.object({ name: z.string(), points: z.number(), description: z.string() })),
        omitted: z.int(),
      })
      .nullable()
      .openapi({ description: 'null: the filter gave no answer.' }),
    detail: z.string().optional(),
    at: z.iso.datetime(),
  }),
]);

const finding = z
  .object({
    rule: z.string(),
    area: z.enum(areas),
    severity: z.enum(severities),
    outcome: z.enum(outcomes),
    gates: z.boolean().openapi({ description: 'As it stands, this finding keeps the mail from going.' }),
    waived: z.boolean(),
    points: z
      .number()
      .optional()
      .openapi({ description: 'What the check adds to the spam score when it fails.' }),
    reason: z.string().optional(),
    routes: z
      .array(z.string())
      .optional()
      .openapi({ description: 'Sending servers that the outcome is of, where it is not of all.' }),
    unansweredBy: z
      .array(z.string())
      .optional()
      .openapi({ description: 'Sending servers of which there is no answer, beside those that fail.' }),
    ask: z.string().optional().openapi({ description: 'What to hand in so that this can be judged.' }),
    title: z.string().openapi({ description: 'What is looked at.' }),
    heading: z
      .string()
      .openapi({ description: 'What is wrong, as a headline; the title when nothing is wrong.' }),
    why: z.string(),
    note: z.string().optional(),
    problems: z.array(
      z.object({
        key: z.string(),
        data: z.record(z.string(), z.unknown()),
        routes: z
          .array(z.string())
          .optional()
          .openapi({ description: 'Sending servers that have it, where others do not.' }),
        at: place.nullable(),
        heading: z.string().openapi({ description: 'What is wrong, as a headline.' }),
        text: z.string(),
        mend: z.string().openapi({ description: 'What to do, in a few words.' }),
        fix: z.string(),
        change: change.nullable(),
      }),
    ),
    omitted: z.int().optional().openapi({ description: 'How many more problems there are than are listed.' }),
    evidence: z.array(evidence),
  })
  .openapi('Finding');

const spfNode = z
  .object({
    domain: z.string(),
    state: z.enum(['found', 'none', 'several', 'unanswered', 'loop', 'cut', 'macro']),
    terms: z.array(
      z.object({
        text: z.string(),
        lookup: z.int().nullable().openapi({ description: 'Which look-up it spends, from 1.' }),
        isVoid: z.boolean().nullable(),
        fault: z
          .literal(true)
          .optional()
          .openapi({ description: 'It cannot be read: receivers stop there.' }),
        get node() {
          return spfNode.nullable();
        },
      }),
    ),
    omitted: z.int().optional().openapi({ description: 'How many more terms there are than are listed.' }),
  })
  .openapi('SpfOutlineNode');

const spf = z
  .object({
    domain: z.string(),
    of: z.enum(['mailFrom', 'from']).openapi({ description: 'Whose SPF record it is.' }),
    lookups: z.int(),
    limit: z.int().openapi({ description: 'How many look-ups a receiver makes at most.' }),
    voids: z
      .object({ count: z.int(), limit: z.int() })
      .optional()
      .openapi({ description: 'Look-ups that find nothing, and how many a receiver stands.' }),
    complete: z.boolean().openapi({ description: 'false: not all could be read, so there may be more.' }),
    root: spfNode,
  })
  .openapi('SpfOutline', {
    description: 'The SPF tree that receivers read; null when it was not looked up.',
  });

const providerReport = z
  .object({
    id: z.string(),
    name: z.string(),
    mailboxes: z
      .array(z.string())
      .openapi({ description: 'Domains of the mailboxes that it asks this for.' }),
    state: z.enum(providerStates).openapi({
      description:
        'Of all that it requires. `met`: what can be seen from here is. `bulk-not-met`: what falls short is asked only of those who send much. `not-observable`: none of it can be seen. It promises no inbox.',
    }),
    word: z.string(),
    awaitsMail: z.boolean().openapi({
      description:
        'Of a domain by itself: its own part is met as far as it can be seen, and the rest takes a mail.',
    }),
    text: z.string().openapi({ description: 'How it stands, in one sentence.' }),
    date: z.iso.date().openapi({ description: 'When the sources were read.' }),
    confidence: z.enum(['high', 'medium']),
    sources: z.array(
      z.object({
        title: z.string(),
        url: z.url(),
        dated: z.iso.date().nullable().openapi({ description: 'Day of the text that was read.' }),
      }),
    ),
    requirements: z.array(
      z.object({
        id: z.string(),
        state: z.enum(requirementStates).openapi({
          description:
            '`not-observable`: nothing here can see it, so it has not passed. `not-asked`: not of this mail.',
        }),
        word: z.string(),
        text: z.string().openapi({ description: 'What it asks, in one sentence.' }),
        force: z.enum(['required', 'advised']),
        from: z.union([z.enum(['everyone', 'bulk']), z.object({ perDay: z.int() })]).openapi({
          description: 'Of whom it is asked. `perDay`: of those who send more mails a day.',
        }),
        asked: z.string().openapi({ description: 'Of whom it is asked, in words.' }),
        note: z.string().nullable().openapi({
          description: 'Why it is not known, cannot be seen or is not asked; and where it can be seen.',
        }),
        rules: z.array(z.string()).openapi({ description: 'Checks that decided it.' }),
        code: z
          .string()
          .nullable()
          .openapi({ description: 'What its servers answer where it is not met, where that is published.' }),
      }),
    ),
  })
  .openapi('MailboxProvider');

export const reportFields = {
  decision: z.enum(decisions),
  partial: z.boolean().openapi({ description: 'Parts were left out by choice. Never earns a clearance.' }),
  simulated: z.boolean().openapi({
    description: 'DNS was not the real one, or sample data was filled in. Never earns a clearance.',
  }),
  sampled: z
    .literal(true)
    .optional()
    .openapi({ description: 'Merge fields were filled in with sample data.' }),
  score: z.number().min(0).max(100).openapi({
    description:
      'For people only: it opens nothing. Failures alone lower it, so it is too high while checks that can stop the mail have no answer; pages and texts show none then.',
  }),
  spam: z.object({ score: z.number().nullable(), threshold: z.number() }).openapi({
    description: 'Sum of the points of the checks that failed; null: one of them has no answer.',
  }),
  findings: z.array(finding),
  previews: z.array(
    z.object({
      view: z.string(),
      client: z.string(),
      scheme: z.enum(['light', 'dark']),
      width: z.number(),
      height: z.number(),
      cut: z.boolean(),
      dark: z.enum(['own', 'unchanged', 'changed']).nullable().openapi({
        description:
          "Whose the dark colours are: the mail's own, nobody's, or the client's. null: light mode.",
      }),
    }),
  ),
  /** null: it was not looked up. */
  sandboxed: z
    .boolean()
    .nullable()
    .openapi({ description: 'Whether the previews were drawn in a sandbox. null: none was drawn.' }),
  spf: spf.or(z.null()),
  zones: z
    .array(
      z.object({
        apex: z.string(),
        servers: z.array(z.string()),
        host: z
          .object({
            id: z.string(),
            name: z.string(),
            settings: z.object({ en: z.string(), sv: z.string() }).nullable(),
            terraform: z.string().nullable(),
          })
          .nullable()
          .openapi({ description: 'Who hosts the zone, by its name servers; null: nobody that we know.' }),
      }),
    )
    .openapi({ description: 'The zones that the records stand in, that of the From domain first.' }),
  spfRoutes: z
    .array(z.object({ route: z.string(), spf }))
    .optional()
    .openapi({
      description: 'The SPF tree of each sending server, where they are not all the same.',
    }),
  providers: z.array(providerReport).openapi({
    description:
      'How what the mailbox providers have published that they ask stands. Empty where it was not judged.',
  }),
  visits: z
    .object({
      links: z.number().int(),
      pictures: z.number().int(),
      left: z.partialRecord(z.enum(reasonsLeft), z.number().int()).openapi({
        description:
          'Addresses that nobody asked for, by why: they may act for a reader (`acting`) or be one reader’s own (`personal`), have a merge field (`unfinished`), are the template’s example (`placeholder`), cannot be read (`elsewhere`), or are more than are opened (`too-many`).',
      }),
    })
    .optional()
    .openapi({
      description: 'What of the links and pictures was opened. Absent: nothing was to be, or may be.',
    }),
};

/** Which mail it is. */
export const mailFields = {
  from: z.string().nullable(),
  subject: z.string().nullable(),
  mailFrom: z.string().nullable(),
  filename: z.string().nullable(),
  class: z.enum(mailClasses),
};

export const reportSchema = z
  .object({
    audited: z
      .object({
        id: z.string().nullable().openapi({ description: 'Id of the audit.' }),
        at: z.iso.datetime().openapi({ description: 'When it was judged.' }),
        ...mailFields,
      })
      .openapi({ description: 'Which mail the report is about.' }),
    ...reportFields,
  })
  .openapi('Report');
