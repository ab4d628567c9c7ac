/** What a server or a mail program stumbles over in the lines of the header (RFC 5322 section 2, RFC 2047). */
import type { Place } from '../../place.ts';
import { spansOf, withoutComments } from './comments.ts';
import { type RawField, readFields } from './fields.ts';

/** `words`: an encoded word that mail programs read differently, or not at all. */
export interface HeaderFault {
  /** Name of the field; what stands there, where it is none. */
  field: string;
  at: Place;
}

export interface WordFault extends HeaderFault {
  /**
   * `long`: over 75 characters; `blank`: white space within; `charset`: nobody knows it; `octets`: they are no text in
   * it; `quoted`: within quotation marks; `address`: within an address.
   */
  why: 'long' | 'blank' | 'charset' | 'octets' | 'quoted' | 'address';
  word: string;
}

export interface HeaderLines {
  /** Lines that are no field and belong to none. */
  strays: readonly HeaderFault[];
  /** Fields with octets over 127 as they are. */
  raw: readonly HeaderFault[];
  /** Fields with a line that is longer than servers take. */
  long: readonly (HeaderFault & { octets: number })[];
  words: readonly WordFault[];
}

/** Of the submission's limits; the rest of a header no reader sees. */
const headerBytes = 256 * 1024;
/** Octets of a line without its end (RFC 5322 section 2.1.1). */
const longestLine = 998;
/** RFC 2047 section 2. */
const longestWord = 75;
const faultsAtMost = 20;
const shownLength = 60;
/** Of one header. */
const placesKept = 5;
const valuesKept = 50;
/** Where readers see what an encoded word says. */
const seen = /^(?:from|sender|reply-to|to|cc|subject)$/i;
/** Of those, where addresses stand. */
const addressed = /^(?:from|sender|reply-to|to|cc)$/i;
const word = /=\?([^?\s]{1,40})\?([bq])\?([^?]{0,1000})\?=/gi;

export function readHeaderLines(message: Uint8Array): HeaderLines {
  const fields = readFields(headerOf(message), 1);
  const faulty = <T>(of: (field: RawField) => T[]): T[] => fields.flatMap(of).slice(0, faultsAtMost);
  return {
    // A mailbox file begins each message with such a line.
    strays: faulty((field) =>
      field.name === '' && !(field.line === 1 && /^>?From /.test(field.value)) ? [faultOf(field)] : [],
    ),
    raw: faulty((field) => (/[^ -~\t]/.test(field.value) ? [faultOf(field)] : [])),
    long: faulty((field) =>
      field.longest > longestLine ? [{ ...faultOf(field), octets: field.longest }] : [],
    ),
    words: faulty((field) => (seen.test(field.name) ? wordFaults(field) : [])),
  };
}

/** Where each header of the message begins, by its name in small letters; the first few of each. */
export function headerPlaces(message: Uint8Array): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>();
  for (const { name, line } of readFields(headerOf(message), 1)) {
    const key = name.toLowerCase();
    const known = places.get(key) ?? [];
    if (known.length < placesKept) known.push({ part: 'headers', line, column: 1 });
    places.set(key, known);
  }
  return places;
}

/** Of each header its values without their comments, by its name in small letters; the first few of each. */
export function headerValues(message: Uint8Array): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const { name, value } of readFields(headerOf(message), 1)) {
    const key = name.toLowerCase();
    const known = values.get(key) ?? [];
    if (known.length < valuesKept) known.push(withoutComments(value));
    values.set(key, known);
  }
  return values;
}

function headerOf(message: Uint8Array): string[] {
  const text = new TextDecoder('latin1').decode(message.subarray(0, headerBytes)).replaceAll('\r\n', '\n');
  const end = text.startsWith('\n') ? 0 : text.indexOf('\n\n');
  return end === 0 ? [] : text.slice(0, end === -1 ? text.length : end).split('\n');
}

function faultOf({ name, value, line }: RawField): HeaderFault {
  const ascii = (text: string) => text.replace(/[^ -~]/g, '␣').slice(0, shownLength);
  return { field: ascii(name || value), at: { part: 'headers', line, column: 1 } };
}

function wordFaults(field: RawField): WordFault[] {
  const value = field.value.slice(0, 20_000);
  const words = [...value.matchAll(word)];
  const placed = words.length > 0 && addressed.test(field.name) ? placeFaults(value) : () => undefined;
  const found = words.flatMap(({ 0: all, 1: charset = '', 2: encoding = '', 3: text = '', index }) => {
    const why = whyOf(all, charset, encoding.toLowerCase(), text) ?? placed(index, index + all.length);
    return why ? [{ ...faultOf(field), why, word: all.slice(0, shownLength) }] : [];
  });
  // One of a kind tells all.
  return [...new Map(found.map((one) => [one.why, one])).values()];
}

/** Where no encoded word may stand (RFC 2047 section 5, rule 3); a comment may hold one. */
function placeFaults(value: string): (from: number, to: number) => WordFault['why'] | undefined {
  const spans = spansOf(value);
  const pieces = spans.map(
    ({ from, to }, i) => value.slice(spans[i - 1]?.to ?? 0, from) + ' '.repeat(to - from),
  );
  const plain = pieces.join('') + value.slice(spans.at(-1)?.to ?? 0);
  const brackets = [...plain.matchAll(/<[^<>]*>/g)].map(({ 0: all, index }) => [index, index + all.length]);
  return (from, to) => {
    const around = spans.find((span) => span.from < from && to < span.to);
    if (around) return around.kind === 'quoted' ? 'quoted' : undefined;
    const within = brackets.some(([start = 0, end = 0]) => start < from && to < end);
    return within || value[from - 1] === '@' || value[to] === '@' ? 'address' : undefined;
  };
}

function whyOf(all: string, charset: string, encoding: string, text: string): WordFault['why'] | undefined {
  if (/\s/.test(text)) return 'blank';
  let decoder: TextDecoder;
  try {
    // RFC 2231 section 5: a language may follow.
    decoder = new TextDecoder(charset.split('*')[0] ?? '', { fatal: true });
  } catch {
    return 'charset';
  }
  const octets = encoding === 'b' ? fromBase64(text) : fromQ(text);
  if (!octets) return 'octets';
  try {
    decoder.decode(octets);
  } catch {
    return 'octets';
  }
  return all.length > longestWord ? 'long' : undefined;
}

function fromBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function fromQ(text: string): Uint8Array | undefined {
  if (/=(?![\dA-Fa-f]{2})/.test(text)) return undefined;
  const plain = text
    .replaceAll('_', ' ')
    .replace(/=([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}
