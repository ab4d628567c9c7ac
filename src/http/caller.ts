/** Who calls, as the routes know it. */
import type { Context } from 'hono';

/** A scope says what a caller may do; a signed-in person has them all. */
export const scopes = ['audits:read', 'audits:write'] as const;
export type Scope = (typeof scopes)[number];

export interface Caller {
  organisation: string;
  kind: 'person' | 'key';
  /** Of the person or the key. */
  id: string;
  scopes: readonly Scope[];
}

export interface HttpEnv {
  Variables: { caller?: Caller };
}

/** @throws Error on a route that stands before sign-in. */
export function callerOf(c: Context<HttpEnv>): Caller {
  const caller = c.get('caller');
  if (!caller) throw new Error('a route without sign-in asks who calls');
  return caller;
}
