/** Who calls, as the routes know it. */
import type { Context } from 'hono';
import type { Caller } from '../access.ts';

export type { Caller } from '../access.ts';

export interface HttpEnv {
  Variables: { caller?: Caller };
}

/** @throws Error on a route that stands before sign-in. */
export function callerOf(c: Context<HttpEnv>): Caller {
  const caller = c.get('caller');
  if (!caller) throw new Error('a route without sign-in asks who calls');
  return caller;
}
