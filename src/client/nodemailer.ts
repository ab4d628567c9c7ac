/**
 * A plugin for nodemailer: `transport.use('compile', await klarsignal({ … }))`. Each message is then
 * `{ to, klarsignal: { fields, unsubscribeUrl } }` and nothing else; finished mail is refused.
 */
import { type ClearedComposerOptions, createClearedComposer } from './composer.ts';
import { coversOneClick } from './headers.ts';
import { attachmentToSend, subjectToSend } from './outgoing.ts';
import { ClearanceRefused } from './refused.ts';

export { ClearanceRefused } from './refused.ts';

export interface KlarsignalOptions extends ClearedComposerOptions {
  /**
   * Address that bounces go to. Its domain must be the MAIL FROM that was audited; without one the From address is
   * taken, which fits where nobody named a MAIL FROM or it is From's own domain.
   */
  returnPath?: string | undefined;
}

/** What a message carries beside `to`. */
export interface KlarsignalData {
  fields?: Record<string, string>;
  unsubscribeUrl?: string;
}

/** As much of nodemailer's message as is used. */
interface MailMessage {
  mailer?: { options?: unknown };
  data: object;
}
interface TransportSettings {
  attachDataUrls?: unknown;
  dkim?: { headerFieldNames?: unknown; skipFields?: unknown } | undefined;
}
type Plugin = (mail: MailMessage, callback: (error?: Error | null) => void) => void;

/** Of the transport itself, and what changes nothing that a reader sees. */
const allowed = new Set([
  'to',
  'klarsignal',
  'messageId',
  'date',
  'dsn',
  'disableFileAccess',
  'disableUrlAccess',
  'maxRecipients',
]);

/**
 * Verifies the clearance and makes the plugin; every message that it lets through was composed by it.
 * @throws ClearanceRefused as createClearedComposer does, or with `return-path` when that is not the audited one.
 */
export async function klarsignal({ returnPath, ...options }: KlarsignalOptions): Promise<Plugin> {
  const composer = await createClearedComposer(options);
  const { template } = composer;
  const bounces = returnPath ?? template.headers.from.address;
  const domain = bounces.slice(bounces.lastIndexOf('@') + 1).toLowerCase();
  const audited = template.routes.map((route) => route.mail_from);
  if (!audited.some((mailFrom) => mailFrom === null || mailFrom === domain)) {
    throw new ClearanceRefused('return-path', 'returnPath');
  }

  return (mail, callback) => {
    try {
      const data = mail.data as Record<string, unknown>;
      const { to, klarsignal: order } = data as { to?: unknown; klarsignal?: KlarsignalData };
      for (const [name, value] of Object.entries(data)) {
        if (!allowed.has(name) && !isNothing(value)) throw new ClearanceRefused('finished-mail', name);
      }
      // It would turn pictures of the audited HTML into attachments.
      const { attachDataUrls, dkim } = (mail.mailer?.options ?? {}) as TransportSettings;
      if (attachDataUrls) throw new ClearanceRefused('finished-mail', 'attachDataUrls');
      if (template.class === 'marketing' && dkim && !signsUnsubscribing(dkim)) {
        throw new ClearanceRefused('dkim-header-fields', 'dkim');
      }
      if (typeof to !== 'string') throw new ClearanceRefused('recipient-invalid', 'to');
      const { fields, unsubscribeUrl } = order ?? {};
      const composed = composer.compose({ to, fields, unsubscribeUrl });
      Object.assign(data, {
        from: composed.from,
        replyTo: [...composed.replyTo],
        subject: subjectToSend(composed.subject),
        html: composed.html ?? undefined,
        text: composed.text ?? undefined,
        headers: composed.headers.map(({ name, value }) => ({ key: name, value })),
        attachments: composed.attachments.map(attachmentToSend).map((attachment) => ({
          filename: attachment.filename ?? false,
          contentType: attachment.contentType,
          contentDisposition: attachment.disposition ?? 'attachment',
          content: attachment.bytes,
          ...(attachment.contentId === null ? {} : { cid: attachment.contentId }),
        })),
        envelope: { from: bounces, to: [to] },
      });
      callback();
    } catch (error) {
      callback(error instanceof Error ? error : new Error('not sent'));
    }
  };
}

/** Whether the signature covers both fields of the one click; nodemailer's own list has only one of them. */
function signsUnsubscribing({
  headerFieldNames,
  skipFields,
}: NonNullable<TransportSettings['dkim']>): boolean {
  const listed = (names: unknown) =>
    String(names ?? '')
      .toLowerCase()
      .split(/\s*:\s*/);
  const left = listed(skipFields);
  return coversOneClick(listed(headerFieldNames).filter((name) => !left.includes(name)));
}

/** Nodemailer gives every message an empty object of headers. */
function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
    ? Object.keys(value).length === 0
    : false;
}
