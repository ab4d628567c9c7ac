/**
 * Unknown bytes become a Submission here, once: format, encoding, limits, addresses, digest. What cannot be
 * read is a value with codes, never an exception.
 */
import { digestTemplate } from './client/digest.ts';
import { headerFault } from './client/headers.ts';
import type { MergeField, Template, TemplateRoute } from './client/template.ts';
import { type MailProgram, readAudience, type Shares } from './submission/audience.ts';
import {
  type ContentLimits,
  type HandedFile,
  isBlank,
  readContent,
  unwritten,
} from './submission/content.ts';
import { fileFault, type InputError } from './submission/errors.ts';
import { type HandedFields, readFields, selectorsAtMost } from './submission/fields.ts';
import type { Format } from './submission/format.ts';
import type { Mailbox } from './submission/mailbox.ts';
import type { Markup } from './submission/markup.ts';
import { type HandedMerging, readMerging } from './submission/merging.ts';
import type { Attachment, HeaderField } from './submission/message.ts';
import { type CompileMjml, compileMjml, type MjmlWarning } from './submission/mjml.ts';
import { ownRoute, readTemplate, selectorsOf } from './submission/template.ts';
import { isOfTransport, withoutTransport } from './submission/transport-headers.ts';

export type { MergeField, Template, TemplateRoute } from './client/template.ts';
export { familiesOf, type MailProgram, readShares, type Shares } from './submission/audience.ts';
export { type InputError, type InputErrorCode, inputErrorCodes } from './submission/errors.ts';
export { type Format, formats } from './submission/format.ts';
export { type Mailbox, writeMailbox } from './submission/mailbox.ts';
export type { Markup } from './submission/markup.ts';
export type { Attachment, HeaderField } from './submission/message.ts';
export type { CompileMjml } from './submission/mjml.ts';
export { sampleLength } from './submission/sample-data.ts';
export { type HandedSender, readSender } from './submission/sender-part.ts';

export const mailClasses = ['marketing', 'transactional'] as const;
export type MailClass = (typeof mailClasses)[number];

/** What a person hands in: the file and the fields beside it. */
export interface Handed extends HandedFile, HandedFields, HandedMerging {
  class?: MailClass | undefined;
  /** Which mail programs the readers use: `gmail=40, outlook-windows=30`; else those of the policy. */
  audience?: string | undefined;
  /**
   * Of the registered sender, resolved by the intake and never by a caller. They hold unless the caller has named
   * a MAIL FROM: then the mail goes by a way of the caller's own.
   */
  routes?: readonly TemplateRoute[] | undefined;
}

export interface SubmissionLimits extends ContentLimits {
  subjectLength: number;
  /** Those that an audience may name. */
  mailPrograms: readonly MailProgram[];
}

/** What of a submission the facts about the sender domain rest on; without a message, this is all there is. */
export interface SenderPart {
  organisation: string;
  from: Mailbox;
  /** Domain of the Return-Path (RFC5321.MailFrom), A-labels; null when nobody has said. */
  mailFrom: string | null;
  dkimSelectors: readonly string[];
  /** IP addresses of sending servers that somebody has named, in their shortest form. */
  sendingAddresses: readonly string[];
  /** Of a submitted message; a template has none. */
  headers: readonly HeaderField[];
  /** The message as submitted, byte for byte; null for a template. */
  message: Uint8Array | null;
  routes: readonly [TemplateRoute, ...TemplateRoute[]];
}

export interface Submission extends SenderPart {
  format: Format;
  class: MailClass;
  /** Empty when answers go to the From address. */
  replyTo: readonly Mailbox[];
  subject: string | null;
  markup: Markup | null;
  text: string | null;
  attachments: readonly Attachment[];
  /** The template as submitted; null for a message. */
  source: string | null;
  /** `marked`: the same HTML with the place of each tag written in; null where that could not be made. */
  mjml: { warnings: readonly MjmlWarning[]; marked: string | null } | null;
  mergeFields: readonly MergeField[];
  /** Another tool's merge fields are filled in with sample data: it is judged, and never sent as it stands. */
  sampled: boolean;
  /** Required merge fields that stand nowhere in it. */
  lackingFields: readonly string[];
  /** How many were required. */
  requiredFields: number;
  /** Of 100 readers, by mail program; null: nobody has said, so those of the policy. */
  audience: Shares | null;
  /** The mail before merging: subject, markup and text above have the samples filled in. */
  template: Template;
  /** Of the template. */
  digest: string;
}

export type SubmissionResult =
  | { ok: true; submission: Submission }
  | { ok: false; errors: readonly [InputError, ...InputError[]] };

/**
 * Reads what was handed in for an organisation. All errors of the fields are returned together.
 * `compile`: a host with threads passes one that can be stopped (hosts/mjml-thread.ts).
 */
export async function readSubmission(
  handed: Handed,
  organisation: string,
  limits: SubmissionLimits,
  compile: CompileMjml = compileMjml,
): Promise<SubmissionResult> {
  const content = await readContent(handed, limits, compile);
  // Where nothing was handed in, nothing can say of itself who it is from.
  const written = content.ok ? content.value.written : isBlank(handed.bytes) ? unwritten : undefined;
  const fields = readFields(handed, written, limits.subjectLength);
  const readers = readAudience(handed.audience, limits.mailPrograms);
  if (!content.ok || !fields.ok || !readers.ok) {
    const errors = [
      ...(content.ok ? [] : [content.error]),
      ...(fields.ok ? [] : fields.errors),
      ...(readers.ok ? [] : [readers.error]),
    ];
    const [first, ...rest] = errors;
    if (!first) throw new Error('a fault without an error');
    return { ok: false, errors: [first, ...rest] };
  }
  const mailClass = handed.class ?? 'marketing';
  const { written: _, ...parts } = content.value;
  const route = routed(handed, parts, fields.value);
  const composed = route.routes.some(({ transport }) => transport !== null);
  const merging = readMerging(handed, content.value, fields.value, { mailClass, composed }, limits);
  if (!merging.ok) {
    const [first, ...rest] = merging.errors;
    if (!first) throw new Error('a fault without an error');
    return { ok: false, errors: [first, ...rest] };
  }
  const { unfilled, filled, fields: mergeFields, sampled, lacking: lackingFields, required } = merging.value;
  const submission = {
    ...parts,
    ...fields.value,
    ...filled,
    ...route,
    class: mailClass,
    organisation,
    mergeFields,
    sampled,
    lackingFields,
    requiredFields: required,
    audience: readers.audience,
  };
  const template = await readTemplate({ ...submission, ...unfilled });
  const unwritable = headerFault(template);
  if (unwritable) return { ok: false, errors: [fileFault(unwritable).error] };
  return { ok: true, submission: { ...submission, template, digest: await digestTemplate(template) } };
}

/** The way the mail is to take. By our own routes it is sent anew, so what servers wrote into it is left out. */
function routed(
  { mailFrom: named, routes = [] }: Handed,
  { headers, message }: Pick<Submission, 'headers' | 'message'>,
  fields: Pick<Submission, 'from' | 'mailFrom' | 'dkimSelectors'>,
): Pick<Submission, 'headers' | 'message' | 'mailFrom' | 'dkimSelectors' | 'routes'> {
  const [first, ...rest] = routes;
  if (!first || named?.trim()) {
    const { mailFrom, dkimSelectors } = fields;
    return { headers, message, mailFrom, dkimSelectors, routes: [ownRoute({ ...fields, headers })] };
  }
  const selectors = selectorsOf(routes, fields.from.domain);
  return {
    headers: headers.filter((field) => !isOfTransport(field)),
    message: message && withoutTransport(message),
    mailFrom: first.mail_from,
    // Routes whose provider signs by itself may not say with which keys.
    dkimSelectors: selectors.length > 0 ? selectors.slice(0, selectorsAtMost) : fields.dkimSelectors,
    routes: [first, ...rest],
  };
}
