/** The fields of a certificate (RFC 5280 section 4.1) as they stand, and the certificates of a PEM file. */
import { first, hex, isSame, type Part, parts } from './der.ts';

export interface Certificate {
  whole: Part;
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

/** In their order, up to the first that cannot be read, which is null. What repeats one before it is left out. */
export function readPem(text: string): (Certificate | null)[] {
  const found: (Certificate | null)[] = [];
  for (const [, base64 = ''] of text.matchAll(block)) {
    if (found.length === certificatesRead || found.at(-1) === null) break;
    const read = readOne(base64);
    if (!found.some((one) => one && read && isSame(one.whole, read.whole))) found.push(read);
  }
  return found;
}

/** null: what is cut short, or is no base64, is no certificate. */
function readOne(base64: string): Certificate | null {
  try {
    const whole = first(fromBase64(base64));
    const [body, algorithm, bits] = parts(whole.value);
    if (!body) return null;
    const fields = parts(body.value);
    // The version stands before the rest, in a tag of its own; then serial and algorithm.
    const at = fields[0]?.tag === 0xa0 ? 3 : 2;
    const [issuer, validity, subject, key] = fields.slice(at);
    if (!issuer || !validity || !subject || !key) return null;
    const signature = bits?.value.subarray(1) ?? new Uint8Array();
    const own = { signed: body.raw, algorithm: algorithm ?? body, signature };
    return { ...own, whole, issuer, validity, subject, key, extensions: readExtensions(fields) };
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

/** From when and until when. ISO 8601, UTC. null: it cannot be read. */
export function validityOf({
  validity,
}: Pick<Certificate, 'validity'>): { validFrom: string; validTo: string } | null {
  try {
    const [validFrom, validTo] = parts(validity.value).map(timeOf);
    return validFrom && validTo ? { validFrom, validTo } : null;
  } catch {
    // Cut short.
    return null;
  }
}

/** UTCTime or GeneralizedTime, in UTC (RFC 5280 section 4.1.2.5). */
function timeOf({ tag, value }: Part): string | null {
  const written = text(value);
  // Two digits from 50 on are of the last century.
  const full = tag === 0x17 ? `${Number(written.slice(0, 2)) < 50 ? '20' : '19'}${written}` : written;
  const [, ...digits] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full) ?? [];
  const [year, month, day, hour, minute, second] = digits;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** Of RSA and of RSASSA-PSS (RFC 4055). */
const rsaKeys = new Set(['2a864886f70d010101', '2a864886f70d01010a']);

/** Bits of its key's modulus. null: it is no RSA key. 0: it is one that cannot be read. */
export function rsaBits({ key }: Pick<Certificate, 'key'>): number | null {
  try {
    const [algorithm, bits] = parts(key.value);
    if (!algorithm || !rsaKeys.has(hex(first(algorithm.value).value))) return null;
    const modulus = bits && parts(first(bits.value.subarray(1)).value)[0]?.value;
    const from = modulus?.findIndex((octet) => octet !== 0) ?? -1;
    const lead = modulus?.[from];
    if (!modulus || lead === undefined) return 0;
    return (modulus.length - from - 1) * 8 + (32 - Math.clz32(lead));
  } catch {
    return 0;
  }
}

/** Octets as letters, one each. */
export function text(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
