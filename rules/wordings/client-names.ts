import type { Client } from '#rule';

/** Names of mail programs by their ids, as a sentence lists them. */
export function namesOf(ids: Iterable<string>, clients: readonly Client[]): string {
  return [...new Set(ids)].map((one) => clients.find(({ id }) => id === one)?.name ?? one).join('; ');
}
