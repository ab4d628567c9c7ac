/** What comments hold that Outlook for Windows alone reads: `<!--[if mso]> … <![endif]-->`. */

import { FactError } from '../facts.ts';

export interface OutlookPart {
  content: string;
  /** Where it begins in the page. */
  start: number;
}

const opening = /^\s*\[if([\s(!][^\]]{0,200})\]>/i;
const ending = '<![endif]';
/** Of all of them in a page; those of templates have some kilobytes. */
const lengthAtMost = 500_000;

/**
 * In the order of the page. Comments for other programs of old, and those of the author, are left out.
 * @throws FactError `too-much`: what nobody has read is not known.
 */
export function partsForOutlook(html: string): OutlookPart[] {
  const found: OutlookPart[] = [];
  let length = 0;
  let at = html.indexOf('<!--');
  while (at !== -1) {
    const end = html.indexOf('-->', at);
    const data = html.slice(at + 4, end === -1 ? html.length : end);
    const [head, condition = ''] = opening.exec(data.slice(0, 300)) ?? [];
    const closed = data.lastIndexOf(ending);
    if (head !== undefined && closed >= head.length && isMet(condition)) {
      const content = data.slice(head.length, closed);
      length += content.length;
      if (length > lengthAtMost) throw new FactError('too-much', 'parts that Outlook alone shows');
      found.push({ content, start: at + 4 + head.length });
    }
    at = end === -1 ? -1 : html.indexOf('<!--', end);
  }
  return found;
}

/** `!mso 9` is every Outlook since 2003. In doubt, of `!(mso 9)` and the like, it is not. */
function isMet(condition: string): boolean {
  if (/^\s*\(?\s*true\s*\)?\s*$/i.test(condition)) return true;
  if (!/\b(?:mso|vml)\b/i.test(condition)) return false;
  return !/!\s*(?:(?:mso|vml)\b(?!\s*\d)|\()/i.test(condition);
}
