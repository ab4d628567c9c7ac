/** What a person may do, by their role. */
import type { Role } from '../ports.ts';
import { type Scope, scopes } from './caller.ts';

export const roles = ['owner', 'editor', 'viewer'] as const satisfies readonly Role[];

/** Members, keys and waivers are no scopes: they are an owner's alone, and never a key's. */
export function scopesOf(role: Role): readonly Scope[] {
  return role === 'viewer' ? scopes.filter((scope) => scope.endsWith(':read')) : scopes;
}
