/** Character references that browsers do not read (`&nbps;`, `&euro` without `;`): readers see them as written. */
import type { Place } from '../../place.ts';
import {
  documentOf,
  type Element,
  type Markup,
  type MarkupLimits,
  parseMarkup,
} from '../../submission/markup.ts';
import type { Places } from '../html/places.ts';
import type { Spots } from './spots.ts';

export interface ReferenceFault {
  reference: string;
  /** It would be one with a semicolon after it. */
  unended: boolean;
  at: Place | undefined;
}

/**
 * Characters that people write by name in mail. The standard wants a semicolon after them; the old names of Latin 1
 * (`&copy`) do without. After a letter a name that is a word may be meant as text: "cow&bull".
 */
const names = `hellip|mdash|ndash|lsquo|rsquo|sbquo|ldquo|rdquo|bdquo|lsaquo|rsaquo|rarr|larr|uarr|darr|harr|rArr|lArr
|hArr|zwnj|zwj|ensp|emsp|thinsp|infin|asymp|permil|Dagger|OElig|oelig|Scaron|scaron|Yuml|fnof|radic|apos`;
const words = 'bull|trade|euro|dagger|hearts|diams|clubs|minus|prime|check|star|starf|phone';
/** Two letters are more often a name: "B&Bs;". A name before `=` is a field of an address. */
const written = new RegExp(
  `&(?:[A-Za-z][A-Za-z0-9]{2,30};|(?:${names.replaceAll('\n', '')}|(?<!\\p{L}&)(?:${words}))(?![A-Za-z0-9;=]))`,
  'gu',
);
/** The word that a reference stands in, when it is an address: there `&trade` is a field. */
const address = /(?:\/\/|www\.|=)\S*$/;
const wordLength = 200;
const atMost = 100;
/** The standard has 2 125 names: of so many that stay in the text, some are unknown. */
const namesAtMost = 3000;
/** Nothing that a reference stands for. */
const between = '\uE000';

/**
 * The first hundred of them, in the order of the elements. What is left of a reference in decoded text was not
 * known, or was written as `&amp;nbps;`: then it is not in the source. In MJML the element's place must do.
 */
export function unknownReferences(
  { html }: Markup,
  elements: readonly Element[],
  limits: MarkupLimits,
  places: Places,
  spots: Spots,
): ReferenceFault[] {
  const inSource = new Set(html.match(written));
  if (inSource.size === 0) return [];
  const left = new Set<string>();
  for (const { reference } of leftInText(elements)) {
    if (inSource.has(reference)) left.add(reference);
    if (left.size === namesAtMost) break;
  }
  const unknown = unknownOf([...left], limits);
  const found: ReferenceFault[] = [];
  const sought = new Map<object, number>();
  for (const { reference, element, text } of unknown.size > 0 ? leftInText(elements) : []) {
    if (!unknown.has(reference)) continue;
    const index = html.indexOf(reference, sought.get(text) ?? text.sourceCodeLocation?.startOffset);
    sought.set(text, index + 1);
    const at = (index === -1 ? undefined : spots(index)) ?? places(element);
    found.push({ reference, unended: !reference.endsWith(';'), at });
    if (found.length === atMost) break;
  }
  return found;
}

function* leftInText(elements: readonly Element[]) {
  for (const element of elements) {
    // Text of scripts and styles is not decoded.
    for (const text of element.type === 'tag' ? element.children : []) {
      if (text.type !== 'text') continue;
      for (const { 0: reference, index } of text.data.matchAll(written)) {
        const isField =
          !reference.endsWith(';') && address.test(text.data.slice(Math.max(0, index - wordLength), index));
        if (!isField) yield { reference, element, text };
      }
    }
  }
}

/** Decoded by the parser that reads the mail: what is unknown stays as it is. */
function unknownOf(references: readonly string[], limits: MarkupLimits): Set<string> {
  if (references.length === 0) return new Set();
  const read = parseMarkup(['a', ...references].join(between), limits);
  const decoded = read.ok ? documentOf(read.markup)('body').text().split(between).slice(1) : [];
  return new Set(references.filter((reference, i) => decoded[i] === reference));
}
