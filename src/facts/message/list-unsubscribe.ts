/** The List-Unsubscribe header taken apart (RFC 2369 section 3.2, RFC 8058 section 3.1). */
import type { HeaderField } from '../../submission.ts';

export interface ListUnsubscribe {
  /** As written, unfolded; of several fields the first. */
  value: string;
  /** The addresses in angle brackets, in order. */
  addresses: readonly string[];
  /** Value of List-Unsubscribe-Post; null: there is no such field. */
  post: string | null;
  /** The receiver may unsubscribe the reader with one POST. */
  oneClick: boolean;
}

/** No list has a longer one; more than a few addresses no receiver reads. */
const valueLength = 10_000;
const addressesAtMost = 20;

/** null: the message has no such header. */
export function readListUnsubscribe(headers: readonly HeaderField[]): ListUnsubscribe | null {
  const value = fieldValue(headers, 'List-Unsubscribe');
  if (value === null) return null;
  const post = fieldValue(headers, 'List-Unsubscribe-Post');
  const addresses = [...value.slice(0, valueLength).matchAll(/<([^<>]*)>/g)]
    .slice(0, addressesAtMost)
    // A long address is folded with white space that does not belong to it.
    .map(([, address = '']) => address.replace(/\s+/g, ''))
    .filter((address) => /^(?:https?:\/\/[^/?#]|mailto:[^@?]+@)/i.test(address));
  return { value, addresses, post, oneClick: post?.toLowerCase() === 'list-unsubscribe=one-click' };
}

function fieldValue(headers: readonly HeaderField[], name: string): string | null {
  const key = name.toLowerCase();
  return headers.find((field) => field.name.toLowerCase() === key)?.value.trim() ?? null;
}
