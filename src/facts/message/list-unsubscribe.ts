/** The List-Unsubscribe header taken apart (RFC 2369 section 3.2, RFC 8058 section 3.1). */
import { parse } from 'tldts';
import type { HeaderField } from '../../submission.ts';
import { webHost } from './web-host.ts';

export interface ListUnsubscribe {
  /** As written, unfolded; of several fields the first. */
  value: string;
  /** How many fields there are of each name; a message may have one. */
  fields: number;
  posts: number;
  /** The addresses in angle brackets, in order; what stands in a comment is none. */
  addresses: readonly string[];
  /** Of the web addresses, those of hosts that only a network of one's own knows. */
  unreachable: readonly string[];
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
  const [value, ...more] = fieldValues(headers, 'List-Unsubscribe');
  if (value === undefined) return null;
  const posts = fieldValues(headers, 'List-Unsubscribe-Post');
  const post = posts[0] ?? null;
  const addresses = bracketed(value.slice(0, valueLength))
    .slice(0, addressesAtMost)
    // A long address is folded with white space that does not belong to it.
    .map((address) => address.replace(/\s+/g, ''))
    .filter((address) => /^(?:https?:\/\/[^/?#]|mailto:[^@?]+@)/i.test(address));
  return {
    value,
    fields: more.length + 1,
    posts: posts.length,
    addresses,
    unreachable: addresses.filter(isUnreachable),
    post,
    oneClick: post?.toLowerCase() === 'list-unsubscribe=one-click',
  };
}

/** What stands in angle brackets outside comments, which may hold others (RFC 5322 section 3.2.2). */
function bracketed(value: string): string[] {
  const found: string[] = [];
  let depth = 0;
  for (let at = 0; at < value.length; at += 1) {
    const sign = value[at];
    if (sign === '\\') at += 1;
    else if (sign === '(') depth += 1;
    else if (sign === ')') depth = Math.max(0, depth - 1);
    else if (sign === '<' && depth === 0) {
      const end = value.indexOf('>', at);
      if (end === -1) break;
      const inside = value.slice(at + 1, end);
      found.push(inside.slice(inside.lastIndexOf('<') + 1));
      at = end;
    }
  }
  return found;
}

/** RFC 6761, 6762, 8375, 1918, 3927, 4193: names and numbers that mean another host, or none, elsewhere. */
const localName = /(?:^|\.)(?:local|localhost|internal|intranet|lan|test|invalid|home\.arpa)$/;
const localAddress =
  /^(?:0|10|127)\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\.|^\[(?:::1?\]|f[cd]|fe[89ab])/;

function isUnreachable(address: string): boolean {
  const host = webHost(address)?.host.replace(/\.$/, '');
  if (host === undefined) return false;
  return localName.test(host) || localAddress.test(host) || (!host.includes('.') && !parse(host).isIp);
}

function fieldValues(headers: readonly HeaderField[], name: string): string[] {
  const key = name.toLowerCase();
  return headers.filter((field) => field.name.toLowerCase() === key).map(({ value }) => value.trim());
}
