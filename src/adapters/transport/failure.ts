import type { Handover, Stage } from '../../ports.ts';

export type Failure = Extract<Handover, { kind: 'failed' }>;

/** @param response what the server said, in full; it is brought onto one line of at most 500 characters. */
export function failure(
  stage: Stage,
  permanent: boolean,
  code: string | number | undefined,
  response: string | undefined,
): Failure {
  const text = oneLine(response ?? '');
  const enhanced = /^[245]\d\d[ -]([245]\.\d{1,3}\.\d{1,3})(?!\S)/.exec(text)?.[1] ?? null;
  return { kind: 'failed', stage, permanent, code: String(code ?? 'UNKNOWN'), enhanced, response: text };
}

/** What a server says has no control characters, and an end. */
export function oneLine(text: string): string {
  return text
    .slice(0, 2000)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, 500);
}
