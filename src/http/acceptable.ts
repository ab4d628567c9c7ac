import { parseAccept } from 'hono/utils/accept';

/**
 * The one of `offered` that Accept likes best (RFC 9110 section 12.5.1); the first of those it likes alike.
 * Without the header anything goes; undefined when it allows none.
 */
export function acceptable<T>(
  accept: string | undefined,
  offered: readonly T[],
  typeOf: (one: T) => string,
): T | undefined {
  if (!accept?.trim()) return offered[0];
  const ranges = parseAccept(accept).map(({ type, q }) => ({ type: type.toLowerCase(), q }));
  const liking = (type: string) => {
    // The most exact range decides, whatever stands beside it.
    for (const range of [type, `${type.split('/')[0]}/*`, '*/*']) {
      const found = ranges.find((one) => one.type === range);
      if (found) return found.q;
    }
    return 0;
  };
  const liked = offered.map((one) => ({ one, q: liking(typeOf(one)) })).filter(({ q }) => q > 0);
  return liked.sort((a, b) => b.q - a.q)[0]?.one;
}
