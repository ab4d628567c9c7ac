/** The digest of everything that shapes what a reader gets, before merging (law 2). */
import canonicalize from 'canonicalize';

/** Raised when what is composed, or how, changes: an old clearance then fits no new message. */
export const composerVersion = 1;

/** SHA-256 of bytes as lower-case hex. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** SHA-256 over the canonical JSON (RFC 8785) of a plain value, as lower-case hex. */
export async function digestOf(value: unknown): Promise<string> {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('only plain JSON values have a digest');
  return sha256(new TextEncoder().encode(text));
}
