/** Element names that HTML does not have, by html-validate's list of those it has, the obsolete ones included. */
import html5 from 'html-validate/elements/html5';
import type { Element } from '../../submission/markup.ts';

const known: ReadonlySet<string> = new Set(Object.keys(html5));
/** Obsolete names that programs know and the list lacks (WHATWG HTML, Obsolete features). */
const older = new Set(
  'image nobr listing plaintext noembed noframes xmp multicol nextid spacer keygen command content menuitem bgsound rb rtc'.split(
    ' ',
  ),
);
/** Merge fields that are written as elements, and what mail programs know beside HTML. */
const own = new Set(
  'unsubscribe preferences webversion forwardtoafriend fblike tweet currentday currentdayname currentmonth currentmonthname currentyear singleline multiline repeater layout editable center font'.split(
    ' ',
  ),
);

/** Names with a colon are Word's; those in MathML and SVG have lists of their own. */
export function isUnknownName({ name, namespace }: Element): boolean {
  if (known.has(name) || older.has(name) || own.has(name) || name.includes(':')) return false;
  return namespace === undefined || namespace === 'http://www.w3.org/1999/xhtml';
}
