/**
 * One recipient's mail from the template that was audited. Merging is plain replacement: that each field stands
 * where its value can do no harm was checked when the template was read, before its digest was made.
 */
import { headerFault, isCarried, isUnsubscribing } from './headers.ts';
import {
  anyPlaceholder,
  type Cut,
  checkValues,
  cut,
  escapeHtml,
  isPublicUrl,
  isReserved,
  join,
  type ValueFault,
} from './merge.ts';
import type { Template, TemplateAttachment } from './template.ts';

/** Raised when what is composed, or how, changes: an old clearance then fits no new message. */
export const composerVersion = 3;

export interface ComposeOrder {
  /** Address of the recipient, `local@domain` and nothing else. */
  to: string;
  /** A value for each declared merge field. */
  fields?: Readonly<Record<string, string>> | undefined;
  /** https at a public name, 900 characters at most. Takes POST as RFC 8058 has it; it stands in the header too. */
  unsubscribeUrl?: string | undefined;
}

export interface Composed {
  from: { name: string; address: string };
  replyTo: readonly { name: string; address: string }[];
  to: string;
  subject: string;
  html: string | null;
  text: string | null;
  /** Beside those above, in order. Never one that structures MIME or addresses people. */
  headers: readonly { name: string; value: string }[];
  attachments: readonly TemplateAttachment[];
}

export const composeFaults = [
  'composer-other',
  'undeclared',
  'encoded-word',
  'header-too-long',
  'recipient-invalid',
  'unsubscribe-url',
] as const;
export interface ComposeRefused {
  refused: (typeof composeFaults)[number] | ValueFault;
  /** Merge field, or part of the order; empty: the template itself. */
  field: string;
}

export type Compose = (order: ComposeOrder) => Composed | ComposeRefused;

/** A dot-atom at a domain of two labels or more, in ASCII (RFC 5321 section 4.1.2). */
const address =
  /^(?=.{1,64}@)(?=.{3,254}$)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;

/** Whether a mail can be addressed so: as A-labels, the domain of letters, digits and hyphens (RFC 5321 section 4.1.2). */
export function isRecipientAddress(text: string): boolean {
  return address.test(text);
}

/**
 * Cuts a template up once; what comes back is called for each recipient.
 * Marketing mail gets List-Unsubscribe and List-Unsubscribe-Post from `unsubscribeUrl`, in place of its own; one
 * that has none of its own needs it.
 */
export function createCompose(template: Template): Compose {
  const { headers, parts, merge_fields: fields } = template;
  const html = parts.html === null ? null : cut(parts.html);
  const text = parts.text === null ? null : cut(parts.text);
  const subject = cut(headers.subject ?? '');
  const used = new Set([html, text, subject].flatMap((part) => part?.names ?? []));
  const carried = headers.other
    .filter(([name]) => isCarried(name))
    .map(([name, value]) => ({ name: fieldName(name), value }));
  const others = carried.filter(({ name }) => !isUnsubscribing(name));
  const marketing = template.class === 'marketing';
  const unsubscribable = carried.some(
    ({ name, value }) => /^list-unsubscribe$/i.test(name) && !anyPlaceholder.test(value),
  );
  const needsUrl = used.has('unsubscribe_url') || (marketing && !unsubscribable);
  const fault = faultOf(template, [html, text, subject]);
  const fixed = { from: headers.from, replyTo: headers.reply_to, attachments: parts.attachments };

  return ({ to, fields: values = {}, unsubscribeUrl }) => {
    if (fault) return fault;
    if (!isRecipientAddress(to)) return { refused: 'recipient-invalid', field: 'to' };
    const wrong = checkValues(fields, values);
    if (wrong) return { refused: wrong.code, field: wrong.field };
    if (unsubscribeUrl === undefined ? needsUrl : !isPublicUrl(unsubscribeUrl)) {
      return { refused: 'unsubscribe-url', field: 'unsubscribeUrl' };
    }
    const value = (name: string): string =>
      name === 'unsubscribe_url'
        ? (unsubscribeUrl ?? '')
        : name === 'recipient_address'
          ? to
          : (values[name] as string);
    const escaped = (name: string) => escapeHtml(value(name));
    return {
      ...fixed,
      to,
      subject: join(subject, value),
      html: html && join(html, escaped),
      text: text && join(text, value),
      headers:
        marketing && unsubscribeUrl !== undefined
          ? [
              ...others,
              { name: 'List-Unsubscribe', value: `<${unsubscribeUrl}>` },
              { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
            ]
          : carried,
    };
  };
}

/** What makes every mail of it wrong. */
function faultOf(template: Template, parts: readonly (Cut | null)[]): ComposeRefused | undefined {
  if (template.composer !== composerVersion) return { refused: 'composer-other', field: '' };
  const unwritable = headerFault(template);
  if (unwritable) return { refused: unwritable, field: '' };
  for (const part of parts) {
    for (const name of part?.names ?? []) {
      const known = isReserved(name) || template.merge_fields.some((field) => field.name === name);
      if (!known) return { refused: 'undeclared', field: name };
    }
    const odd = anyPlaceholder.exec(part?.texts.join('\n') ?? '');
    if (odd) return { refused: 'undeclared', field: odd[0].slice(2, 62) };
  }
  return undefined;
}

/** As people write them: `list-id` is `List-Id`. */
function fieldName(name: string): string {
  return name.replace(/(?<![^-])[a-z]/g, (letter) => letter.toUpperCase());
}
