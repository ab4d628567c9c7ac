/** What works on a web page and not in a mail: handlers of events, and buttons that lead nowhere. */
import type { Place } from '../../place.ts';
import { type Element, isElement } from '../../submission/markup.ts';
import type { Places } from '../html/places.ts';

export interface Control {
  /** `idle`: a button in no form and in no link. `linked`: a button inside a link. */
  kind: 'handler' | 'idle' | 'linked';
  element: string;
  /** Of a handler: the attribute. */
  attribute: string;
  at: Place | undefined;
}

const handler = /^on[a-z]{3,30}$/;
const none: readonly Control[] = [];

/** Of one element; a handler is told once for it. */
export function controlsOf(element: Element, places: Places): readonly Control[] {
  const { name, attribs } = element;
  const found: Omit<Control, 'at'>[] = [];
  for (const attribute in attribs) {
    if (!attribute.startsWith('on') || !handler.test(attribute) || !attribs[attribute]?.trim()) continue;
    found.push({ kind: 'handler', element: name, attribute });
    break;
  }
  if (name === 'button') {
    const around = aroundButton(element);
    if (around !== 'form')
      found.push({ kind: around === 'a' ? 'linked' : 'idle', element: name, attribute: '' });
  }
  if (found.length === 0) return none;
  return found.map((one) => ({ ...one, at: places(element) }));
}

function aroundButton({ parent }: Element): 'form' | 'a' | null {
  for (let at = parent; at && isElement(at); at = at.parent)
    if (at.name === 'form' || at.name === 'a') return at.name;
  return null;
}
