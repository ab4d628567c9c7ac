/** The tags of a DMARC record one by one: their names, values and addresses. */

export const dmarcPolicies = ['none', 'quarantine', 'reject'] as const;
export type DmarcPolicy = (typeof dmarcPolicies)[number];

/** Tags that say a policy. */
export const policyTags = ['p', 'sp', 'np'] as const;
/** Of RFC 7489, taken away by RFC 9989. */
export const retiredTags = ['pct', 'rf', 'ri'];
/** Those of RFC 9989. */
export const knownTags = new Set(['v', ...policyTags, 'adkim', 'aspf', 'fo', 'psd', 'rua', 'ruf', 't']);

/** Whether a value is one of the three. */
export const isPolicy = (value: string | undefined) =>
  dmarcPolicies.some((policy) => policy === value?.toLowerCase());

/** One part between semicolons. */
export function readTag(part: string): { name: string; value: string } {
  const equals = Math.max(part.indexOf('='), 0);
  return { name: trimmed(part.slice(0, equals)), value: trimmed(part.slice(equals + 1)) };
}

/** Without the size limit (`!10m`) that RFC 9989 retired. */
export function withoutSize(uri: string): string {
  return trimmed(uri).replace(/!\d+[kmgt]?$/i, '');
}

/** Without spaces and tabs at the ends, and nothing else: a no-break space is a fault that receivers see too. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  const blank = (at: number) => text[at] === ' ' || text[at] === '\t';
  while (start < end && blank(start)) start += 1;
  while (end > start && blank(end - 1)) end -= 1;
  return text.slice(start, end);
}

/** RFC 3986, with `,` and `!` encoded as section 4.8 wants; a mailto has an address (RFC 6068 section 2). */
export function isUri(text: string): boolean {
  if (!/^[a-z][a-z0-9+.-]*:(?:[a-z0-9._~:/?#[\]@$&'()*+;=-]|%[0-9a-f]{2})+$/i.test(text)) return false;
  return !/^mailto:/i.test(text) || /^mailto:[^@?]+@[^@?]+(?:\?|$)/i.test(text);
}
