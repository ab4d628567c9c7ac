/** The one walk over a page, for all facts that read it. */
import { keptOn } from '../../submission/kept.ts';
import type { Markup } from '../../submission/markup.ts';
import { hidingOf } from './hidden.ts';
import { type Walk, walkHtml } from './walk.ts';

const known = keptOn<Markup, Walk>('walk');

/** Walks a page the first time it is asked for. Never fails. */
export function walked(markup: Markup): Walk {
  let walk = known.get(markup);
  if (!walk) {
    walk = walkHtml(markup.root, hidingOf(markup));
    known.set(markup, walk);
  }
  return walk;
}
