/** Where the pictures behind a mail are, and what its shorter addresses can mean. */
import type { Place } from '../../place.ts';
import type { Element } from '../../submission/markup.ts';
import type { Attachment } from '../../submission.ts';
import type { Places } from './places.ts';

export interface Background {
  /** As written, entities decoded. */
  address: string;
  at: Place | undefined;
}

/** Where HTML's attribute of that name is read. */
const backing = new Set(['body', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th']);
/** Each run has an end, so that the search is linear. */
const inStyle = /background(?:-image)?\s{0,9}:[^;]{0,200}?\burl\(\s{0,9}["']?([^"')\s][^"')]{0,2000})/gi;
/** RFC 2557: a message may say itself which address stands for which of its parts. */
const located = /^content-(?:location|base)[ \t]{0,9}:/im;
const ofOwnDisk = /^\s*(?:file:|[a-z]:[\\/]|$)/i;

/** Each picture once for each line: a compiler writes the same one several times. */
export function backgroundsOf(elements: readonly Element[], places: Places): Background[] {
  const found = new Map<string, Background>();
  for (const element of elements) {
    for (const address of addressesOf(element)) {
      const at = places(element);
      const key = `${at?.line}:${at?.column} ${address}`;
      if (!found.has(key)) found.set(key, { address, at });
    }
  }
  return [...found.values()];
}

function addressesOf({ name, attribs: { background, style } }: Element): string[] {
  const found = background?.trim() && backing.has(name) ? [background.trim()] : [];
  if (!style || !/url\(/i.test(style)) return found;
  return [...found, ...[...style.matchAll(inStyle)].map(([, address = '']) => address.trim())];
}

/** `base`: of the page's base element. A message can give its parts addresses as well. */
export function hasBase(base: string | null, message: Uint8Array | null): boolean {
  if (base !== null && !ofOwnDisk.test(base)) return true;
  return message !== null && located.test(new TextDecoder('latin1').decode(message));
}

/** RFC 2392: the Content-ID without its angle brackets. */
export function partNames(attachments: readonly Attachment[]): ReadonlySet<string> {
  return new Set(attachments.flatMap(({ contentId }) => (contentId ? [contentId.toLowerCase()] : [])));
}
