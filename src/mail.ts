/** One recipient's mail: composed from what was audited and the recipient's own data, by the module that others use too. */
import { createCompose } from './client/compose.ts';
import { checkValues, type ValueFault } from './client/merge.ts';
import type { Template } from './client/template.ts';
import type { ComposedMessage } from './ports.ts';
import type { Submission } from './submission.ts';

export interface MailOrder {
  /** Normalised already: `local@domain`, the domain as A-labels. */
  to: string;
  /** null: there are none. */
  fields: Readonly<Record<string, string>> | null;
  /** https; needed by marketing mail. */
  unsubscribeUrl?: string | null | undefined;
  /** As its header has it: `<attempt@mail-from>`. */
  messageId: string;
  date: Date;
}

export interface MailRefused {
  /** Stable code: of a merge value, or of the order. */
  refused: string;
  /** Which field it is about; may be empty. */
  field: string;
}

export interface Mail {
  /** Names of those declared. */
  readonly fields: readonly string[];
  /** The value that each was audited with. */
  readonly samples: Readonly<Record<string, string>>;
  /** The first fault of one recipient's values, before anything is composed; undefined: none. */
  fault(values: Readonly<Record<string, unknown>> | null): { code: ValueFault; field: string } | undefined;
  compose(order: MailOrder): ComposedMessage | MailRefused;
}

/** What the clearance is bound to. */
export function templateOf(submission: Submission): Template {
  return submission.template;
}

/**
 * Prepares what is the same for every recipient.
 * @param attachments bytes, in the order of the template's.
 * @throws Error when their number differs: that is a bug of the caller's.
 */
export function createMail(template: Template, attachments: readonly Uint8Array[]): Mail {
  const { merge_fields: fields, parts, headers } = template;
  if (attachments.length !== parts.attachments.length) throw new Error('an attachment is missing');
  const attached = parts.attachments.map(({ sha256: _, ...attachment }, index) => ({
    ...attachment,
    bytes: attachments[index] as Uint8Array,
  }));
  const compose = createCompose(template);
  const replyTo = headers.reply_to;
  const marketing = template.class === 'marketing';

  return {
    fields: fields.map(({ name }) => name),
    samples: Object.fromEntries(fields.map(({ name, sample }) => [name, sample])),
    fault: (values) => checkValues(fields, values ?? {}),
    compose({ to, fields: values, unsubscribeUrl: url, messageId, date }) {
      const unsubscribeUrl = url ?? undefined;
      // Ours always says how to leave it, whatever the template says of that itself.
      if (marketing && unsubscribeUrl === undefined) {
        return { refused: 'unsubscribe-url', field: 'unsubscribeUrl' };
      }
      const composed = compose({ to, fields: values ?? {}, unsubscribeUrl });
      if ('refused' in composed) return composed;
      const { from, subject, html, text } = composed;
      const same = { from, replyTo, attachments: attached };
      return { ...same, to, subject, messageId, date, html, text, headers: composed.headers };
    },
  };
}
