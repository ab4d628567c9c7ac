/** Just enough of DER (X.690) to find an RSA key within what `p=` holds, and to write it as WebCrypto reads it. */

export interface RsaKey {
  /** Of the modulus. */
  bits: number;
  /** As SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7). */
  spki: Uint8Array<ArrayBuffer>;
  /** It was an RSAPublicKey alone. */
  isBare: boolean;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** rsaEncryption, 1.2.840.113549.1.1.1. */
const rsaOid = '2a864886f70d010101';
const sequence = 0x30;
const integer = 0x02;
const bitString = 0x03;
const objectId = 0x06;

/** Reads a SubjectPublicKeyInfo or a bare RSAPublicKey (RFC 8017 appendix A.1.1); null when it is neither. */
export function readRsaKey(der: Bytes): RsaKey | null {
  const [outer, ...more] = readAll(der);
  if (outer?.tag !== sequence || more.length > 0) return null;
  const [first, second, ...others] = readAll(outer.content);
  if (!first || !second || others.length > 0) return null;
  if (first.tag === sequence && second.tag === bitString) {
    const [oid] = readAll(first.content);
    // The first octet of a bit string counts its unused bits.
    if (oid?.tag !== objectId || hex(oid.content) !== rsaOid || second.content[0] !== 0) return null;
    const key = readRsaKey(second.content.slice(1));
    return key && { ...key, isBare: false };
  }
  const modulus = positive(first);
  const exponent = positive(second);
  if (!modulus || !exponent || (modulus.at(-1) ?? 0) % 2 === 0) return null;
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  const key = write(sequence, write(integer, signed(modulus)), write(integer, signed(exponent)));
  const algorithm = write(sequence, write(objectId, fromHex(rsaOid)), Uint8Array.of(5, 0));
  const spki = write(sequence, algorithm, write(bitString, Uint8Array.of(0), key));
  return { bits, spki, isBare: true };
}

interface Element {
  tag: number;
  content: Bytes;
}

/** The elements that lie side by side; none when the lengths do not add up, as in a key that was cut off. */
function readAll(bytes: Bytes): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [tag = 0, short = 0] = bytes.subarray(at, at + 2);
    const octets = short < 0x80 ? 0 : short & 0x7f;
    if (octets > 3 || short === 0x80 || at + 2 + octets > bytes.length) return [];
    const long = bytes.subarray(at + 2, at + 2 + octets).reduce((sum, octet) => sum * 256 + octet, 0);
    const start = at + 2 + octets;
    const end = start + (octets === 0 ? short : long);
    if (end > bytes.length) return [];
    found.push({ tag, content: bytes.slice(start, end) });
    at = end;
  }
  return found;
}

/** Without leading zeros; null for anything but a positive integer. */
function positive({ tag, content }: Element): Bytes | null {
  const start = content.findIndex((octet) => octet !== 0);
  if (tag !== integer || start === -1 || (content[0] ?? 0) >= 0x80) return null;
  return content.slice(start);
}

/** A first bit that is set would make it negative. */
function signed(magnitude: Bytes): Bytes {
  return (magnitude[0] ?? 0) >= 0x80 ? join([Uint8Array.of(0), magnitude]) : magnitude;
}

function write(tag: number, ...parts: Bytes[]): Bytes {
  const content = join(parts);
  const { length } = content;
  const octets = [length >> 16, (length >> 8) & 0xff, length & 0xff];
  const long = octets.slice(octets.findIndex((octet) => octet !== 0));
  const header = length < 0x80 ? [tag, length] : [tag, 0x80 | long.length, ...long];
  return join([Uint8Array.from(header), content]);
}

function join(parts: readonly Bytes[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function hex(bytes: Bytes): string {
  return Array.from(bytes, (octet) => octet.toString(16).padStart(2, '0')).join('');
}

function fromHex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
