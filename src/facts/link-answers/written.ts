/** Addresses in a mail of text alone, which mail programs make links of. */
import type { Link } from '../html.ts';

/** Each run has an end, so that the search is linear. */
const address = /https?:\/\/[^\s<>"'´`|\\^{}]{1,2000}/gi;
/** Closes a sentence or a bracket, and not the address. */
const closing = /[.,;:!?)\]»”*_]{1,3}$/u;
/** No mail of text has more. */
const most = 500;

type Written = Pick<Link, 'href' | 'text' | 'span' | 'at'>;

/** In order. They have no text of their own: what stands round them says what they do. */
export function writtenLinks(text: string): Written[] {
  const found: Written[] = [];
  let [line, start, seen] = [1, 0, 0];
  for (const { 0: match, index } of text.matchAll(address)) {
    for (let at = text.indexOf('\n', seen); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) {
      line += 1;
      start = at + 1;
    }
    seen = index;
    const href = match.replace(closing, '');
    const at = { part: 'text', line, column: index - start + 1 } as const;
    found.push({ href, text: '', span: [index, index + href.length], at });
    if (found.length === most) break;
  }
  return found;
}
