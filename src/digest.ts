/** Digests of bytes and of plain values. */
import { canonical, sha256 } from './client/canonical.ts';

export { sha256 };

/** SHA-256 over the canonical JSON (RFC 8785) of a plain value, as lower-case hex. */
export async function digestOf(value: unknown): Promise<string> {
  return sha256(new TextEncoder().encode(canonical(value)));
}
