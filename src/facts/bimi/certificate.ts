/**
 * What a mark certificate says (VMC Requirements; RFC 5280, RFC 9399): read from DER by hand, since all that is asked is
 * a few of its fields. Whether its chain leads to an authority that providers trust is not looked at.
 */

export interface BimiCertificate {
  /** ISO 8601, UTC. */
  validFrom: string;
  validTo: string;
  /** Of the subject alternative name, in lower case. */
  names: readonly string[];
  /** It may be used for BIMI (extended key usage 1.3.6.1.5.5.7.3.31). */
  forBimi: boolean;
  /** It holds a logo (logotype extension 1.3.6.1.5.5.7.1.12). */
  hasLogo: boolean;
  /** That logo as text; null: it is not within, or cannot be read. */
  logo: string | null;
}

const oids = { names: '551d11', uses: '551d25', bimi: '2b0601050507031f', logo: '2b0601050507010c' };
const namesRead = 100;
/** A field has fewer parts; a hostile one has as many as bytes. */
const partsRead = 500;
const logoBytes = 128 * 1024;

/** The first certificate of a PEM file. null: there is none that can be read. */
export async function readCertificate(pem: string): Promise<BimiCertificate | null> {
  const start = pem.indexOf(begin);
  const stop = pem.indexOf(end, start);
  if (start < 0 || stop < 0) return null;
  try {
    const bytes = fromBase64(pem.slice(start + begin.length, stop));
    return await readFields(bytes);
  } catch {
    // What is cut short, or is no base64, is no certificate.
    return null;
  }
}

const begin = '-----BEGIN CERTIFICATE-----';
const end = '-----END CERTIFICATE-----';

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replace(/\s+/g, '')), (letter) => letter.charCodeAt(0));
}

async function readFields(bytes: Uint8Array): Promise<BimiCertificate | null> {
  const body = parts(first(bytes).value)[0];
  if (!body) return null;
  const fields = parts(body.value);
  // The version stands before the rest, in a tag of its own; validity follows serial, algorithm and issuer.
  const validity = fields[fields[0]?.tag === 0xa0 ? 4 : 3];
  const [from, to] = validity ? parts(validity.value).map(timeOf) : [];
  if (!from || !to) return null;
  const extensions = new Map<string, Uint8Array>();
  const wrapped = fields.find(({ tag }) => tag === 0xa3);
  for (const one of wrapped ? parts(first(wrapped.value).value) : []) {
    const [id, ...rest] = parts(one.value);
    const value = rest.at(-1);
    if (id && value) extensions.set(hex(id.value), value.value);
  }
  const names = extensions.get(oids.names);
  const uses = extensions.get(oids.uses);
  const logo = extensions.get(oids.logo);
  return {
    validFrom: from,
    validTo: to,
    names: names
      ? parts(first(names).value)
          .filter(({ tag }) => tag === 0x82)
          .slice(0, namesRead)
          .map(({ value }) => text(value).toLowerCase())
      : [],
    forBimi: uses ? parts(first(uses).value).some(({ value }) => hex(value) === oids.bimi) : false,
    hasLogo: logo !== undefined,
    logo: logo ? await readEmbedded(logo) : null,
  };
}

interface Part {
  tag: number;
  value: Uint8Array;
}

/** @throws RangeError for what does not fit into what holds it. */
function first(bytes: Uint8Array): Part & { length: number } {
  const [tag, size] = bytes;
  if (tag === undefined || size === undefined) throw new RangeError('cut short');
  const more = size < 0x80 ? 0 : size & 0x7f;
  if (more > 3) throw new RangeError('too long');
  const length = more === 0 ? size : bytes.subarray(2, 2 + more).reduce((sum, octet) => sum * 256 + octet, 0);
  const from = 2 + more;
  if (from + length > bytes.length) throw new RangeError('cut short');
  return { tag, value: bytes.subarray(from, from + length), length: from + length };
}

function parts(bytes: Uint8Array): Part[] {
  const found: Part[] = [];
  let left = bytes;
  while (left.length > 0 && found.length < partsRead) {
    const { length, ...part } = first(left);
    found.push(part);
    left = left.subarray(length);
  }
  return found;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 32), (octet) => octet.toString(16).padStart(2, '0')).join('');
}

function text(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
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

/** The logo stands as a data: address of compressed SVG (RFC 6170 section 4); a bomb is stopped at its bound. */
async function readEmbedded(extension: Uint8Array): Promise<string | null> {
  const found = /data:image\/svg\+xml[^,]{0,80};base64,([A-Za-z0-9+/=]+)/.exec(text(extension));
  const data = found?.[1];
  if (data === undefined) return null;
  try {
    const source = new Blob([fromBase64(data) as BlobPart]).stream();
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of source.pipeThrough(new DecompressionStream('gzip'))) {
      chunks.push(chunk);
      length += chunk.length;
      // Leaving the loop cancels the stream.
      if (length > logoBytes) return null;
    }
    return await new Blob(chunks as BlobPart[]).text();
  } catch {
    return null;
  }
}
