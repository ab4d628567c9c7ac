/** Tokens: random, told apart by their beginning, and kept as a hash alone. */
import { sha256 } from '../digest.ts';

/** So that people, logs and scanners for secrets know what they see. */
const prefixes = { loginLink: 'ksl_', session: 'kss_', key: 'ksk_' } as const;
export type TokenKind = keyof typeof prefixes;

// RFC 4648 section 6 in lower case: letters and digits alone, so that a double click takes the whole token.
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const randomBytes = 32;
const length = Math.ceil((randomBytes * 8) / 5);

/** 256 random bits after the prefix of their kind. */
export function newToken(kind: TokenKind): string {
  const bytes = crypto.getRandomValues(new Uint8Array(randomBytes));
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = Array.from({ length }, (_, i) =>
    alphabet.charAt(Number.parseInt(bits.slice(i * 5, i * 5 + 5).padEnd(5, '0'), 2)),
  );
  return prefixes[kind] + letters.join('');
}

/** Whether it can be one of ours, before anything is computed over what somebody sent. */
export function isToken(kind: TokenKind, text: string): boolean {
  const prefix = prefixes[kind];
  return text.length === prefix.length + length && text.startsWith(prefix) && /^[a-z2-7_]+$/.test(text);
}

/**
 * What is stored of it and looked up by. No salt and one round: 256 random bits are not guessed, and a look-up
 * by hash tells nothing by the time it takes.
 */
export function hashOf(token: string): Promise<string> {
  return sha256(new TextEncoder().encode(token));
}
