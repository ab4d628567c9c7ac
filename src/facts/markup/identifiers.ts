/** Ids that several elements have, where something in the mail points at them. */
import type { Place } from '../../place.ts';
import type { Element } from '../../submission/markup.ts';
import type { Places } from '../html/places.ts';

export interface SharedId {
  id: string;
  /** How many elements have it. */
  count: number;
  /** Of the second. */
  at: Place | undefined;
}

const atMost = 100;
const pointing = ['for', 'aria-labelledby', 'aria-describedby', 'headers'];

export function sharedIds(elements: readonly Element[], places: Places): SharedId[] {
  const owners = new Map<string, { count: number; second: Element | undefined }>();
  let shared = false;
  for (const element of elements) {
    const { id } = element.attribs;
    if (!id) continue;
    const owner = owners.get(id);
    if (!owner) {
      owners.set(id, { count: 1, second: undefined });
      continue;
    }
    owner.count += 1;
    owner.second ??= element;
    shared = true;
  }
  if (!shared) return [];
  const wanted = pointedAt(elements);
  const found: SharedId[] = [];
  for (const [id, { count, second }] of owners) {
    if (!second || !wanted.has(id)) continue;
    found.push({ id: id.slice(0, 60), count, at: places(second) });
    if (found.length === atMost) break;
  }
  return found;
}

function pointedAt(elements: readonly Element[]): Set<string> {
  const wanted = new Set<string>();
  for (const { attribs } of elements) {
    if (attribs.href?.startsWith('#')) wanted.add(decoded(attribs.href.slice(1)));
    for (const name of pointing) for (const one of attribs[name]?.split(/\s+/, atMost) ?? []) wanted.add(one);
  }
  return wanted;
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
