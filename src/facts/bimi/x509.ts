/** The fields of a certificate (RFC 5280 section 4.1) as they stand, and the certificates of a PEM file. */
import { first, hex, type Part, parts } from './der.ts';

export interface Certificate {
  /** What the signature is made over. */
  signed: Uint8Array;
  algorithm: Part;
  signature: Uint8Array;
  issuer: Part;
  validity: Part;
  subject: Part;
  /** SubjectPublicKeyInfo. */
  key: Part;
  /** By their object identifiers, in hexadecimal. */
  extensions: ReadonlyMap<string, Uint8Array>;
}

/** Certificates of one file that are read; a chain has three or four. */
const certificatesRead = 8;
const block = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g;

/** In their order, up to the first that cannot be read, which is null. */
export function readPem(text: string): (Certificate | null)[] {
  const found: (Certificate | null)[] = [];
  for (const [, base64 = ''] of text.matchAll(block)) {
    if (found.length === certificatesRead || found.at(-1) === null) break;
    found.push(readOne(base64));
  }
  return found;
}

/** null: what is cut short, or is no base64, is no certificate. */
function readOne(base64: string): Certificate | null {
  try {
    const [body, algorithm, bits] = parts(first(fromBase64(base64)).value);
    if (!body) return null;
    const fields = parts(body.value);
    // The version stands before the rest, in a tag of its own; then serial and algorithm.
    const at = fields[0]?.tag === 0xa0 ? 3 : 2;
    const [issuer, validity, subject, key] = fields.slice(at);
    if (!issuer || !validity || !subject || !key) return null;
    const signature = bits?.value.subarray(1) ?? new Uint8Array();
    const own = { signed: body.raw, algorithm: algorithm ?? body, signature };
    return { ...own, issuer, validity, subject, key, extensions: readExtensions(fields) };
  } catch {
    return null;
  }
}

function readExtensions(fields: readonly Part[]): Map<string, Uint8Array> {
  const extensions = new Map<string, Uint8Array>();
  const wrapped = fields.find(({ tag }) => tag === 0xa3);
  for (const one of wrapped ? parts(first(wrapped.value).value) : []) {
    const [id, ...rest] = parts(one.value);
    const value = rest.at(-1);
    if (id && value) extensions.set(hex(id.value), value.value);
  }
  return extensions;
}

/** @throws DOMException for what is none. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replace(/\s+/g, '')), (letter) => letter.charCodeAt(0));
}
