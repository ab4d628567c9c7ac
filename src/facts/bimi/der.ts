/** The encoding of certificates (X.690, DER), read by hand: a part is cut out of what holds it, and never copied. */

export interface Part {
  tag: number;
  value: Uint8Array;
  /** With its tag and length: what a signature is made over. */
  raw: Uint8Array;
}

/** A field has fewer parts; a hostile one has as many as bytes. */
const partsRead = 500;

/** @throws RangeError for what does not fit into what holds it. */
export function first(bytes: Uint8Array): Part {
  const [tag, size] = bytes;
  if (tag === undefined || size === undefined) throw new RangeError('cut short');
  const more = size < 0x80 ? 0 : size & 0x7f;
  if (more > 3) throw new RangeError('too long');
  const length = more === 0 ? size : bytes.subarray(2, 2 + more).reduce((sum, octet) => sum * 256 + octet, 0);
  const from = 2 + more;
  if (from + length > bytes.length) throw new RangeError('cut short');
  return { tag, value: bytes.subarray(from, from + length), raw: bytes.subarray(0, from + length) };
}

/** Those that stand one after the other. @throws RangeError for what is cut short. */
export function parts(bytes: Uint8Array): Part[] {
  const found: Part[] = [];
  let left = bytes;
  while (left.length > 0 && found.length < partsRead) {
    const part = first(left);
    found.push(part);
    left = left.subarray(part.raw.length);
  }
  return found;
}

/** Of an object identifier, or anything as short. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 32), (octet) => octet.toString(16).padStart(2, '0')).join('');
}

/** Octet for octet. */
export function isSame(one: Part, other: Part): boolean {
  return one.raw.length === other.raw.length && one.raw.every((octet, i) => octet === other.raw[i]);
}
