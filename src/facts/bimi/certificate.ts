/**
 * What a mark certificate says (Mark Certificate Requirements; RFC 5280, RFC 9399): a few of its fields, and whether the
 * file leads from it to an authority. Whether providers trust that authority is not looked at.
 */
import { type ChainState, judgeChain } from './chain.ts';
import { first, hex, type Part, parts } from './der.ts';
import { type Certificate, fromBase64, readPem } from './x509.ts';

export type { ChainState } from './chain.ts';

export interface BimiCertificate {
  /** ISO 8601, UTC. */
  validFrom: string;
  validTo: string;
  /** Of the subject alternative name, in lower case. */
  names: readonly string[];
  /** It may be used for BIMI (extended key usage 1.3.6.1.5.5.7.3.31). */
  forBimi: boolean;
  /**
   * By the type of its mark (subject field 1.3.6.1.4.1.53087.1.13). `verified`: VMC, of a registered mark or one of a
   * government. `common`: CMC, of a mark in use. null: it names none that is known.
   */
  kind: 'verified' | 'common' | null;
  chain: ChainState;
  /** It holds a logo (logotype extension 1.3.6.1.5.5.7.1.12). */
  hasLogo: boolean;
  /** That logo as text; null: it is not within, or cannot be read. */
  logo: string | null;
}

const oids = {
  names: '551d11',
  uses: '551d25',
  bimi: '2b0601050507031f',
  logo: '2b0601050507010c',
  mark: '2b06010401839e5f010d',
};
/** Mark Certificate Requirements, subject:markType. */
const kinds: Readonly<Record<string, 'verified' | 'common'>> = {
  'registered mark': 'verified',
  'government mark': 'verified',
  'prior use mark': 'common',
  'modified registered mark': 'common',
};
const namesRead = 100;
const logoBytes = 128 * 1024;

/** The first certificate of a PEM file. null: there is none that can be read. */
export async function readCertificate(pem: string): Promise<BimiCertificate | null> {
  const certificates = readPem(pem);
  const [own] = certificates;
  if (!own) return null;
  try {
    const read = await readFields(own);
    return read && { ...read, chain: await judgeChain(certificates) };
  } catch {
    // A field that is cut short.
    return null;
  }
}

async function readFields({
  validity,
  subject,
  extensions,
}: Certificate): Promise<Omit<BimiCertificate, 'chain'> | null> {
  const [from, to] = parts(validity.value).map(timeOf);
  if (!from || !to) return null;
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
    kind: kindOf(subject),
    hasLogo: logo !== undefined,
    logo: logo ? await readEmbedded(logo) : null,
  };
}

/** The name is a row of sets, each with pairs of a field's identifier and its text. */
function kindOf(subject: Part): BimiCertificate['kind'] {
  for (const set of parts(subject.value)) {
    for (const pair of parts(set.value)) {
      const [id, value] = parts(pair.value);
      if (id && value && hex(id.value) === oids.mark) return kinds[text(value.value).toLowerCase()] ?? null;
    }
  }
  return null;
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
