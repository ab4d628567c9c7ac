/** What stands in a table but in no cell: programs move it out, in front of the table (WHATWG HTML, foster parenting). */
import type { Place } from '../../place.ts';
import type { Element } from '../../submission/markup.ts';
import type { Places } from '../html/places.ts';

export interface Moved {
  /** The element, or the first words. */
  what: string;
  element: boolean;
  at: Place | undefined;
}

const atMost = 100;
const textLength = 60;
/** Signs of a template's language between rows are gone when the mail is sent. */
const fields =
  /\{\{[^{}]{0,200}\}\}|\{%[^{}]{0,200}%\}|<%[^<>]{0,200}%>|\*\|[^|]{0,200}\|\*|%%[^%]{0,200}%%|\[\$[^\]]{0,100}\]/g;
const fieldElements = new Set(['unsubscribe', 'preferences', 'webversion', 'forwardtoafriend']);

/** Looks back from each table over what was put before it although it is written inside. */
export function movedOut(elements: readonly Element[], html: string, places: Places): Moved[] {
  const found: Moved[] = [];
  for (const table of elements) {
    const start = table.name === 'table' ? table.sourceCodeLocation?.startOffset : undefined;
    if (start === undefined) continue;
    for (let node = table.prev; node; node = node.prev) {
      const location = node.sourceCodeLocation;
      if (!location) break;
      if (location.startOffset < start && !(node.type === 'text' && location.endOffset > start)) break;
      if (node.type === 'text') {
        // Text that was there before grows by what is moved.
        const before = location.startOffset < start ? html.slice(location.startOffset, start).length : 0;
        const words = node.data.slice(before).replace(fields, '').trim();
        if (words)
          found.push({ what: words.slice(0, textLength).toWellFormed(), element: false, at: places(table) });
      } else if ('name' in node && !fieldElements.has(node.name))
        found.push({ what: node.name, element: true, at: places(node as Element) });
      if (found.length === atMost) return found;
    }
  }
  return found;
}
