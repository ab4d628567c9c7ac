/** Web pages and drawings (HTML, SVG) as attached files: what they do where a browser opens them. */

import { readTags } from '../../submission/page-tags.ts';
import type { Look } from './look.ts';
import { readXml } from './xml.ts';

const textAtMost = 16 * 1024 * 1024;
/** Data for search engines and parts for scripts are no programs. */
const dataTypes = /^\s*(?:application\/(?:ld\+)?json|text\/(?:plain|template))\s*$/i;
/** They ask for something, or show another page. */
const asking = /^(?:form|iframe|object|embed|applet|foreignobject)$/i;
const addresses = ['href', 'xlink:href', 'src', 'action', 'formaction', 'data'];
/** What an animation of a drawing sets an address to, one or several. */
const animated = ['values', 'to', 'from', 'by'];
const running = /^[\0-\x20]*(?:javascript|vbscript|data:text\/html)/i;

/**
 * Only what its author has let run, asked for, or led on: not styles, pictures and links.
 * @param asXml it may be opened as XML as well, where other signs begin a tag.
 */
export function lookIntoPage(bytes: Uint8Array, look: Look, asXml = false): void {
  if (bytes.length > textAtMost) look.unread.add('code');
  const read = bytes.subarray(0, textAtMost);
  for (const encoding of encodingsOf(bytes)) {
    const { whole, found } = readTags(new TextDecoder(encoding).decode(read), acts, look.budget);
    if (found) return void look.acts.add('page');
    if (!whole) look.unread.add('code');
  }
  if (!asXml) return;
  const { tags, instructions, whole } = readXml(read);
  // A style sheet of that kind makes another page of it.
  const isMadeAnew = instructions.some((one) => /^xml-stylesheet\b.*xsl/is.test(one));
  if (isMadeAnew || tags.some(({ name, attributes }) => acts(name, attributes))) look.acts.add('page');
  else if (!whole) look.unread.add('code');
}

function acts(name: string, attributes: ReadonlyMap<string, string>): boolean {
  const value = (key: string) => attributes.get(key) ?? '';
  return (
    (name === 'script' && !dataTypes.test(value('type'))) ||
    asking.test(name) ||
    (name === 'meta' && /refresh/i.test(value('http-equiv'))) ||
    [...attributes.keys()].some((key) => /^on[a-z]{3}/.test(key)) ||
    addresses.some((key) => runs(value(key))) ||
    animated.some((key) => value(key).split(';').some(runs))
  );
}

/** A browser leaves tabs and line ends out of an address (WHATWG URL, section 4.4). */
function runs(address: string): boolean {
  return running.test(address.replace(/[\t\n\r]/g, ''));
}

/** A page of UTF-16 without a mark has a zero at every other octet, if it is no trick; then both are read. */
function encodingsOf([first, second]: Uint8Array): string[] {
  if (first === 0xff && second === 0xfe) return ['utf-16le'];
  if (first === 0xfe && second === 0xff) return ['utf-16be'];
  if (second === 0) return ['utf-8', 'utf-16le'];
  return first === 0 ? ['utf-8', 'utf-16be'] : ['utf-8'];
}
