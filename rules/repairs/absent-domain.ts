/** Whether DNS knows the From domain at all, down from the name that is registered. */
import type { Facts } from '#rule';

/**
 * True where neither it nor what lies above it is there: nothing can be published for it. A subdomain that is missing
 * is the work of its own zone.
 */
export function isAbsent({ author: { exists }, zone: { absent } }: Pick<Facts, 'author' | 'zone'>): boolean {
  return exists === false && absent;
}
