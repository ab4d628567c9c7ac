/** Shapes that Outlook for Windows draws (VML): to programs that read aloud they are pictures. */
import type { Place } from '../../place.ts';
import type { Markup } from '../../submission/markup.ts';
import { spotsOf } from '../markup/spots.ts';

export interface Shape {
  /** `v:rect`, in small letters. */
  element: string;
  /** The shape itself is the link. */
  linked: boolean;
  /** It has an alternative text, were it empty. */
  told: boolean;
  at: Place | undefined;
}

const shape = /<(v:(?:rect|roundrect|oval|shape|image))(?=[\s/>])([^<>]{0,4000})>/gi;
const forOutlook = /^<!--\s{0,9}\[if\s+\(?\s?(?!!)/i;
const shapesAtMost = 50;
/** Looked at for what a condition says. */
const conditionLength = 40;

/** In the order of the source; what stands in a comment that Outlook passes over is not there. */
export function shapesOf(markup: Markup, part: Place['part']): Shape[] {
  const { html } = markup;
  const spots = spotsOf(markup, part);
  const found: Shape[] = [];
  for (const { index, 1: name = '', 2: attributes = '' } of html.matchAll(shape)) {
    if (found.length >= shapesAtMost) break;
    const comment = html.lastIndexOf('<!--', index);
    const inside = comment > html.lastIndexOf('-->', index);
    if (inside && !forOutlook.test(html.slice(comment, comment + conditionLength))) continue;
    found.push({
      element: name.toLowerCase(),
      linked: /\shref\s*=\s*["']?[^"'\s>]/i.test(attributes),
      told: /\salt\s*=/i.test(attributes),
      at: spots(index),
    });
  }
  return found;
}
