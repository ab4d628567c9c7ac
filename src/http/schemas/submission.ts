/** The shapes of what is handed in. */
import { z } from '@hono/zod-openapi';
import { formats, mailClasses, sampleLength } from '../../submission.ts';

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
  audience: text.optional().openapi({
    description:
      'Mail programs that the readers use, of 100: name=share with commas between. What they lack is weighed by it.',
    example: 'outlook-windows=45, gmail=30, apple-mail=25',
  }),
  filename: z
    .string()
    .max(255)
    .refine(isFileName)
    .optional()
    .openapi({ description: 'Its ending (html, mjml, eml) decides the format.' }),
};

const sendingAddressesText =
  'IP addresses of the servers that send the mail, at most 10. What can be known of them alone is checked then.';

const sampleText =
  'A value for each merge field of another sending tool: an object of names and values, or text in JSON or CSV. The mail is judged with them in place, an empty one as well, since lists have gaps; its digest does not change, and the audit never earns a clearance.';

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
    sampleData: z
      .union([z.record(z.string(), z.any()), z.string().max(sampleLength)])
      .optional()
      .openapi({ description: sampleText, example: { first_name: 'Anna' } }),
    requiredFields: z
      .array(text)
      .max(100)
      .optional()
      .openapi({ description: 'Merge fields that the mail must have, by name, at most 50.' }),
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
    sampleData: z
      .string()
      .max(sampleLength)
      .optional()
      .openapi({ description: 'The same in JSON or CSV, as text.' }),
    requiredFields: text.optional().openapi({ description: 'Several: separated by commas.' }),
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
