/**
 * Attribute values that HTML reads as nothing, or as something else. html-validate knows which values the standard
 * allows; of those it does not, only the ones count that browsers cannot read either: "600px" is 600 to them.
 */
import type { MetaDataTable } from 'html-validate';
import html5 from 'html-validate/elements/html5';
import type { Place } from '../../place.ts';
import type { Element } from '../../submission/markup.ts';
import type { Places } from '../html/places.ts';

export interface ValueFault {
  /** `unread`: as if it were not there. `idle`: the same, and what it asks for comes anyway. */
  kind: 'unread' | 'idle' | 'border' | 'colour';
  element: string;
  attribute: string;
  value: string;
  /** Words it may be; none: it is a number. */
  allowed: readonly string[];
  /** The colour that browsers make of it. */
  read?: string;
  at: Place | undefined;
}

type Judged = { kind: ValueFault['kind']; allowed?: readonly string[]; read?: string } | undefined;
type Reading = { words: readonly string[]; number?: RegExp };

/** Digits first (WHATWG HTML, Numbers); what follows them is passed over. */
const dimension = /^\s*\d/;
const wholeNumber = /^\s*[-+]?\d/;

/** Attributes of the standard whose unknown values leave the mail as it would be without them. */
const standard: Record<string, RegExp | null> = {
  dir: null,
  scope: null,
  type: null,
  width: dimension,
  height: dimension,
  colspan: wholeNumber,
  rowspan: wholeNumber,
  span: wholeNumber,
  start: wholeNumber,
};
const standardElements = ['*', 'img', 'td', 'th', 'col', 'colgroup', 'ol'];

const sides = ['left', 'center', 'right'];
/** Obsolete and needed in mail all the same (WHATWG HTML, Rendering); any alignment is let through on a cell. */
const older: Record<string, Reading> = {
  'table align': { words: sides },
  ...each('td th tr tbody thead tfoot p div h1 h2 h3 h4 h5 h6', 'align', {
    words: [...sides, 'justify', 'middle', 'char', 'absmiddle', 'abscenter'],
  }),
  ...each('td th tr tbody thead tfoot', 'valign', { words: ['top', 'middle', 'bottom', 'baseline'] }),
  ...each('table td th col hr', 'width', { words: [], number: dimension }),
  ...each('table td th tr', 'height', { words: [], number: dimension }),
};

/** By attribute, then by element; `*` is any. */
const readings = new Map<string, Map<string, Reading>>();
for (const [key, reading] of [...Object.entries(older), ...standardReadings()]) {
  const [element = '', attribute = ''] = key.split(' ');
  const ofAttribute = readings.get(attribute) ?? new Map<string, Reading>();
  readings.set(attribute, ofAttribute.set(element, reading));
}
const coloured = /^(?:body|table|tbody|thead|tfoot|tr|td|th)$/;
/** Filled in when the mail is sent, whatever the tool. */
const mergeField = /[{}[\]|<>@$]|%[^%\s,]*%|##|__/;
const valueLength = 60;
/** Nearly all attributes of a mail are these, and any text will do. */
const unread: ReadonlySet<string> = new Set(['style', 'class', 'href', 'src', 'alt', 'id', 'title']);

/** The faults of one element; in MJML only of what stands there as HTML: the compiler's own are nobody's to mend. */
export function valueFaultsOf(element: Element, mjml: boolean, places: Places): ValueFault[] {
  const { name, attribs } = element;
  const found: Omit<ValueFault, 'at'>[] = [];
  for (const attribute in attribs) {
    if (unread.has(attribute)) continue;
    const value = attribs[attribute] ?? '';
    const judged = judge(name, attribute, value);
    if (!judged || value.trim() === '' || mergeField.test(value)) continue;
    const shown = value.slice(0, valueLength).trim();
    found.push({ allowed: [], ...judged, element: name, attribute, value: shown });
  }
  if (found.length === 0) return [];
  const at = places(element);
  if (mjml && !at?.snippet?.toLowerCase().startsWith(`<${name}`)) return [];
  return found.map((one) => ({ ...one, at }));
}

function judge(name: string, attribute: string, value: string): Judged {
  // An error makes it 1, where none would be 0 (WHATWG HTML, Rendering, Tables).
  if (attribute === 'border')
    return name === 'table' && !/^\s*\+?\d/.test(value) ? { kind: 'border' } : undefined;
  if (attribute === 'bgcolor') return coloured.test(name) ? judgeColour(value) : undefined;
  const ofAttribute = readings.get(attribute);
  const reading = ofAttribute?.get(name) ?? ofAttribute?.get('*');
  if (!reading || reading.number?.test(value) || reading.words.includes(value.toLowerCase()))
    return undefined;
  const idle = reading.number ? 'auto' : attribute === 'valign' ? 'center' : undefined;
  return { kind: value.trim().toLowerCase() === idle ? 'idle' : 'unread', allowed: reading.words };
}

/** Words that CSS has for colours and bgcolor does not: "inherit" is a green. */
const cssWords = /^(?:none|auto|inherit|initial|unset|revert|currentcolor)$/;

/** Other words are let through: a name of a colour that does not exist is seen by whoever writes it. */
function judgeColour(value: string): Judged {
  const text = value.trim().toLowerCase();
  if (/^[a-z]+$/.test(text) && !/^[a-f]+$/.test(text) && !cssWords.test(text)) return undefined;
  const [, mark, digits = ''] = /^(#?)([\da-f]{3,8})$/.exec(text) ?? [];
  const short = [...digits].slice(0, 3).map((one) => one + one);
  const meant = digits.length < 6 ? short.join('') : digits.slice(0, 6);
  const read = mark === '#' && digits.length === 3 ? meant : legacyColour(text);
  return meant === read ? undefined : { kind: 'colour', read: `#${read}` };
}

/** What browsers make of any text (WHATWG HTML, rules for parsing a legacy color value). */
function legacyColour(text: string): string {
  const plain = text
    .slice(0, 128)
    .replace(/[\u{10000}-\u{10ffff}]/gu, '00')
    .slice(0, 128)
    .replace(/^#/, '');
  const hex = plain.replace(/[^\da-f]/g, '0');
  const size = Math.max(1, Math.ceil(hex.length / 3));
  const padded = hex.padEnd(size * 3, '0');
  let parts = [0, 1, 2].map((i) => padded.slice(i * size, (i + 1) * size).slice(-8));
  while (parts.every((part) => part.length > 2 && part.startsWith('0')))
    parts = parts.map((part) => part.slice(1));
  return parts.map((part) => part.slice(0, 2).padStart(2, '0')).join('');
}

function each(elements: string, attribute: string, reading: Reading): Record<string, Reading> {
  return Object.fromEntries(elements.split(' ').map((name) => [`${name} ${attribute}`, reading]));
}

function standardReadings(): [string, Reading][] {
  // Its types are those of a CommonJS module, which it is not.
  const elements = html5 as unknown as MetaDataTable;
  return standardElements.flatMap((name) =>
    Object.entries(elements[name]?.attributes ?? {}).flatMap(([attribute, rule]): [string, Reading][] => {
      const number = standard[attribute];
      if (number === undefined || !rule || !('enum' in rule) || !rule.enum) return [];
      const words = rule.enum.filter((one) => typeof one === 'string').map((one) => one.toLowerCase());
      return [[`${name} ${attribute}`, number ? { words: [], number } : { words: [...new Set(words)] }]];
    }),
  );
}
