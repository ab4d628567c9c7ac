/** What a server or a mail program stumbles over in the lines of the header (RFC 5322 section 2, RFC 2047). */
import type { Place } from '../../place.ts';
import { type RawField, readFields } from './fields.ts';

/** `words`: an encoded word that mail programs read differently, or not at all. */
export interface HeaderFault {
  /** Name of the field; what stands there, where it is none. */
  field: string;
  at: Place;
}

export interface WordFault extends HeaderFault {
  /** `long`: over 75 characters; `blank`: white space within; `charset`: nobody knows it; `octets`: they are no text in it. */
  why: 'long' | 'blank' | 'charset' | 'octets';
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
/** Where readers see what an encoded word says. */
const seen = /^(?:from|sender|reply-to|to|cc|subject)$/i;
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
  const words = [...field.value.slice(0, 20_000).matchAll(word)];
  const found = words.flatMap(([all, charset = '', encoding = '', text = '']) => {
    const why = whyOf(all, charset, encoding.toLowerCase(), text);
    return why ? [{ ...faultOf(field), why, word: all.slice(0, shownLength) }] : [];
  });
  // One of a kind tells all.
  return [...new Map(found.map((one) => [one.why, one])).values()];
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
