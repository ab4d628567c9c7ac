/** What runs, or loads a page of its own. */
import type { Place } from '../../place.ts';
import type { Element } from '../../submission/markup.ts';
import type { Places } from '../html/places.ts';

export interface Active {
  /** `address`: it runs a script. `page`: a link whose target is written into it. */
  kind: 'script' | 'address' | 'page' | 'frame';
  element: string;
  at: Place | undefined;
}

const frames = new Set(['iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'portal']);
/** Data for programs such as Gmail's actions; it does not run. */
const dataType = /^(?:application|text)\/(?:ld\+json|json|html|x-[\w.-]+|amp)/i;

/** Control characters and spaces before it do not count, nor do tabs and new lines anywhere (WHATWG URL). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a browser takes away
const runs = /^[\u0000- ]*(?:java|vb)script:/i;
const passedOver = /[\t\n\r]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a browser takes away
const pages = /^[\u0000- ]*(?:data|blob):/i;

const running = ['href', 'src', 'action', 'formaction'];
const none: readonly Active[] = [];

function isRun(address: string | undefined): boolean {
  return address !== undefined && runs.test(address.replace(passedOver, ''));
}

/** Links that run a script, or hold a page, in what Outlook alone reads: it runs nothing else of it. */
export function addressesThatRun(element: Element, places: Places): readonly Active[] {
  return activeOf(element, places).filter(({ kind }) => kind === 'address' || kind === 'page');
}

export function activeOf(element: Element, places: Places): readonly Active[] {
  const { name, attribs } = element;
  const found: Active['kind'][] = [];
  if (name === 'script' && !dataType.test(attribs.type?.trim() ?? '')) found.push('script');
  if (frames.has(name)) found.push('frame');
  const { href } = attribs;
  if (name === 'a' && href !== undefined && pages.test(href.replace(passedOver, ''))) found.push('page');
  if (running.some((one) => isRun(attribs[one]))) found.push('address');
  if (found.length === 0) return none;
  return found.map((kind) => ({ element: name, kind, at: places(element) }));
}
