/** The digest that a clearance is bound to. */
import { canonical, sha256 } from './canonical.ts';
import type { Template } from './template.ts';

/** SHA-256 over the canonical JSON (RFC 8785) of a template in UTF-8, as lower-case hex. */
export async function digestTemplate(template: Template): Promise<string> {
  return sha256(new TextEncoder().encode(canonical(template)));
}
