/** What can be wrong with what was handed in. Words for each code stand in words.ts. */
import { hiddenMarks } from '../words/marks.ts';

export const inputErrorCodes = [
  'message-empty',
  'message-too-large',
  'message-not-text',
  'message-unreadable',
  'format-unknown',
  'encoding-unclear',
  'encoding-unknown',
  'encoding-wrong',
  'nesting-too-deep',
  'elements-too-many',
  'attributes-too-many',
  'text-too-long',
  'mjml-too-large',
  'mjml-too-complex',
  'mjml-include',
  'mjml-invalid',
  'from-missing',
  'from-differs',
  'address-invalid',
  'address-several',
  'address-comma',
  'address-name-comma',
  'address-domain',
  'address-local-part',
  'header-control-characters',
  'encoded-word',
  'header-too-long',
  'attachment-type',
  'subject-too-long',
  'mail-from-invalid',
  'dkim-selector-invalid',
  'dkim-selectors-too-many',
  'sending-address-invalid',
  'sending-addresses-too-many',
  'merge-field-invalid',
  'merge-field-place',
  'merge-field-unused',
  'merge-fields-too-many',
  'sample-data-invalid',
  'required-field-invalid',
  'audience-invalid',
] as const;
export type InputErrorCode = (typeof inputErrorCodes)[number];

export interface InputError {
  code: InputErrorCode;
  /** Which field of the form or request. */
  field:
    | 'file'
    | 'from'
    | 'replyTo'
    | 'subject'
    | 'mailFrom'
    | 'dkimSelectors'
    | 'sendingAddresses'
    | 'mergeFields'
    | 'sampleData'
    | 'requiredFields'
    | 'audience';
  data: Record<string, string | number>;
}

export type Step<T> = { ok: true; value: T } | { ok: false; error: InputError };

/** A fault of the file itself. */
export function fileFault(
  code: InputErrorCode,
  data: InputError['data'] = {},
): { ok: false; error: InputError } {
  return { ok: false, error: { code, field: 'file', data } };
}

const shownLength = 120;

/** Text of the caller's, safe to show: no control or direction characters, not long. */
export function shown(text: string): string {
  const start = Array.from(text.slice(0, 2 * shownLength)).slice(0, shownLength);
  const cut = start.join('').length < text.length ? [...start.slice(0, -1), '…'] : start;
  return cut.join('').replace(hiddenMarks, '␣');
}
