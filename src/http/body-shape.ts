/**
 * Whether a body is of a shape that any request here can have, told from its bytes in one pass: to parse
 * millions of tiny values takes seconds, in which nobody else is answered.
 */

/** An object that holds a list is two deep; every field and item there is makes thirty marks. */
const usual: JsonShape = { deepest: 3, mostMarks: 100 };
/** Parts of a form; there are eleven fields. */
const mostParts = 50;

// ASCII. As constants, since a set that is asked for each byte takes ten times as long.
const [quote, backslash, newline, space, tab, ampersand] = [0x22, 0x5c, 0x0a, 0x20, 0x09, 0x26];
const [comma, colon, openList, closeList, openObject, closeObject] = [0x2c, 0x3a, 0x5b, 0x5d, 0x7b, 0x7d];

export interface JsonShape {
  deepest: number;
  /** Commas and colons. */
  mostMarks: number;
}

/** JSON whose nesting and number of values are bounded; what stands within strings is anybody's. */
export function isPlainJson(bytes: Uint8Array, { deepest, mostMarks }: JsonShape = usual): boolean {
  let depth = 0;
  let count = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (inString) {
      if (byte === backslash) i += 1;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === openList || byte === openObject) {
      depth += 1;
      if (depth > deepest) return false;
    } else if (byte === closeList || byte === closeObject) depth -= 1;
    else if (byte === comma || byte === colon) {
      count += 1;
      if (count > mostMarks) return false;
    }
  }
  return true;
}

const partHeader = 'content-disposition:form-data';

/**
 * A form of few parts. Counted are the headers that every part must have, since how a boundary is written
 * can be read in several ways.
 */
export function isShortForm(bytes: Uint8Array): boolean {
  let parts = 0;
  for (let start = 0; start < bytes.length; ) {
    if (isPartHeader(bytes, start)) parts += 1;
    if (parts > mostParts) return false;
    // By hand: for short lines indexOf takes ten times as long.
    while (start < bytes.length && bytes[start] !== newline) start += 1;
    start += 1;
  }
  return true;
}

/** White space beside its words counts for nothing. */
function isPartHeader(bytes: Uint8Array, start: number): boolean {
  let matched = 0;
  for (let i = start; i < bytes.length && matched < partHeader.length; i++) {
    const byte = bytes[i] as number;
    if (byte === space || byte === tab) continue;
    if (lower(byte) !== partHeader.charCodeAt(matched)) return false;
    matched += 1;
  }
  return matched === partHeader.length;
}

/** The same for a form without files. */
export function isShortQuery(bytes: Uint8Array): boolean {
  let fields = 0;
  for (let i = 0; i < bytes.length && fields <= mostParts; i++) if (bytes[i] === ampersand) fields += 1;
  return fields <= mostParts;
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}
