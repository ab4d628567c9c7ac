/** What somebody may do now, who is not there to be asked: by their id, long after they called. */
import type { OrganisationStore } from '../ports.ts';
import { type Scope, scopes } from './caller.ts';
import { scopesOf } from './role.ts';

/** Nothing for whoever has been removed, or whose key is revoked or has ended. */
export async function scopesNow(
  organisation: Pick<OrganisationStore, 'members' | 'keys'>,
  id: string,
  now: Date,
): Promise<readonly Scope[]> {
  const person = (await organisation.members.list()).find((one) => one.id === id);
  if (person) return person.endedAt === null ? scopesOf(person.role) : [];
  const key = (await organisation.keys()).find((one) => one.id === id);
  const lives = key?.revokedAt === null && (key.endsAt === null || Date.parse(key.endsAt) > now.getTime());
  return lives ? scopes.filter((scope) => key.scopes.includes(scope)) : [];
}
