/** The shapes of the API, from which openapi.json is made. */
import { z } from '@hono/zod-openapi';
import { exampleNames } from '../audits.ts';
import { areas, severities } from '../rule.ts';
import { formats, inputErrorCodes, mailClasses } from '../submission.ts';
import { decisions, outcomes, providerStates, requirementStates } from '../verdict.ts';

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

const reportFields = {
  decision: z.enum(decisions),
  partial: z.boolean().openapi({ description: 'Parts were left out by choice. Never earns a clearance.' }),
  simulated: z.boolean().openapi({ description: 'DNS was not the real one. Never earns a clearance.' }),
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
};

/** Which mail it is. */
const mailFields = {
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

/** A whole number out of a query. */
export function wholeNumber(least: number, most: number) {
  const fits = (text: string) => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most;
  return z
    .string()
    .refine(fits, { params: { expected: `${least}–${most}` } })
    .transform(Number)
    .openapi({ type: 'integer', minimum: least, maximum: most });
}

// Half a surrogate pair has no UTF-8 and no canonical JSON (RFC 8785 section 3.2.2.2), so no digest.
const wellFormed = z.string().refine((value) => value.isWellFormed());
/** Far above what a header line may have; the submission's own limits are stricter and say why. */
const text = z
  .string()
  .max(2000)
  .refine((value) => value.isWellFormed());

/** A name with a line break or a command to a terminal in it is a trap, not a name. */
export function isFileName(text: string): boolean {
  return text.isWellFormed() && !/\p{Cc}/u.test(text);
}

/** Loosely: what is wrong with a field is said with its name, by the submission. */
export const mergeFieldsJson = z.array(
  z
    .object({
      name: text.openapi({ example: 'first_name' }),
      type: z.enum(['text', 'url']),
      max_length: z.number().optional().openapi({
        description: 'Of a text: characters, 1 to 500; 100 when left out.',
      }),
      hosts: z.array(text).max(50).optional().openapi({
        description: 'Of a url: hosts that it may go to, such as example.se or *.example.se.',
      }),
      sample: text.openapi({ description: 'A value that the mail is audited with.', example: 'Åsa' }),
    })
    .strict(),
);

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
    .refine(isFileName)
    .optional()
    .openapi({ description: 'Its ending (html, mjml, eml) decides the format.' }),
};

const sendingAddressesText =
  'IP addresses of the servers that send the mail, at most 10. What can be known of them alone is checked then.';

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
    sendingAddresses: z
      .array(text)
      .max(100)
      .optional()
      .openapi({ description: sendingAddressesText, example: ['192.0.2.10'] }),
    mergeFields: mergeFieldsJson.optional().openapi({
      description: 'What is filled in for each recipient, at most 50; {{name}} stands for it in the mail.',
    }),
    standard: z.boolean().optional().openapi({
      description:
        'true: by the standard server that is registered for the domain, without being registered here.',
    }),
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
    sendingAddresses: text.optional().openapi({ description: 'Several: separated by commas or spaces.' }),
    mergeFields: z
      .string()
      .max(60_000)
      .optional()
      .openapi({ description: 'The same list as in JSON, as text.' }),
    standard: z.enum(['true', 'false', 'on']).optional(),
    previews: z.enum(['true', 'false', 'on']).optional(),
  })
  .strict()
  .openapi('SubmissionForm');

export const againJson = submissionJson
  .omit({ previews: true })
  .strict()
  .openapi('Changes', {
    description:
      'What is to be different; all else is as it was. A message in place of the one before brings its own ' +
      'From, Subject and Reply-To. An empty text in JSON takes away what was said.',
  });

export const againForm = submissionForm.omit({ previews: true }).strict().openapi('ChangesForm');

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
