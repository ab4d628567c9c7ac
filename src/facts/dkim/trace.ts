/** What only a message that has been sent carries. */
import type { HeaderField } from '../../submission.ts';

/**
 * `none`: a draft, or a copy that was kept before it was signed. `sent`: a server has written into it.
 * `delivered`: the receiving server has as well, and none says that it saw a DKIM signature which held.
 */
export type Trace = 'none' | 'sent' | 'delivered';

const onTheWay =
  /^(?:received|return-path|delivered-to|received-spf|x-received|(?:arc-)?authentication-results)$/;

/** Reads the header fields that servers write. */
export function readTrace(headers: readonly HeaderField[]): Trace {
  const written = headers
    .map(({ name, value }) => ({ name: name.toLowerCase(), value }))
    .filter(({ name }) => onTheWay.test(name));
  if (written.length === 0) return 'none';
  const has = (wanted: string) => written.some(({ name }) => name === wanted);
  // A signature that held and is gone was taken away later, as some lists do.
  const held = written.some(
    ({ name, value }) => name.endsWith('results') && /\bdkim\s{0,9}=\s{0,9}pass\b/i.test(value),
  );
  const arrived = has('authentication-results') || (has('received') && has('return-path'));
  return arrived && !held ? 'delivered' : 'sent';
}
