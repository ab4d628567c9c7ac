/**
 * What a mark certificate says (Mark Certificate Requirements; RFC 5280, RFC 9399): a few of its fields, and whether the
 * file leads from it to an authority. Whether providers trust that authority is not looked at.
 */
import { type Chain, type ChainState, judgeChain } from './chain.ts';
import { first, hex, type Part, parts } from './der.ts';
import { readLogotype } from './logotype.ts';
import { type Certificate, readPem, rsaBits, text, validityOf } from './x509.ts';

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
   * government. `common`: CMC, of a mark in use. `other`: one that is not known here. null: it names none.
   */
  kind: 'verified' | 'common' | 'other' | null;
  chain: ChainState;
  /** When all that stand after it in the file are valid together. null: there is none, or it cannot be read. */
  issuers: Chain['issuers'];
  /** Bits of the shortest RSA key in the file, by which somebody else could sign. null: there is none. */
  rsaBits: number | null;
  /** It holds a logo (logotype extension 1.3.6.1.5.5.7.1.12) that can be read. */
  hasLogo: boolean;
  /** That logo as text; null: there is none, or it has more than is read. */
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

/** The first certificate of a PEM file. null: there is none that can be read. */
export async function readCertificate(pem: string): Promise<BimiCertificate | null> {
  const certificates = readPem(pem);
  const [own] = certificates;
  if (!own) return null;
  try {
    const read = await readFields(own);
    if (!read) return null;
    const lengths = certificates.flatMap((one) => (one && rsaBits(one)) ?? []);
    const shortest = lengths.length > 0 ? Math.min(...lengths) : null;
    return { ...read, rsaBits: shortest, ...(await judgeChain(certificates)) };
  } catch {
    // A field that is cut short.
    return null;
  }
}

async function readFields(
  certificate: Certificate,
): Promise<Omit<BimiCertificate, keyof Chain | 'rsaBits'> | null> {
  const { subject, extensions } = certificate;
  const dates = validityOf(certificate);
  if (!dates) return null;
  const names = extensions.get(oids.names);
  const uses = extensions.get(oids.uses);
  const extension = extensions.get(oids.logo);
  const logo = extension && (await readLogotype(extension));
  return {
    ...dates,
    names: names
      ? parts(first(names).value)
          .filter(({ tag }) => tag === 0x82)
          .slice(0, namesRead)
          .map(({ value }) => text(value).toLowerCase())
      : [],
    forBimi: uses ? parts(first(uses).value).some(({ value }) => hex(value) === oids.bimi) : false,
    kind: kindOf(subject),
    hasLogo: logo !== undefined,
    logo: logo ?? null,
  };
}

/** The name is a row of sets, each with pairs of a field's identifier and its text. */
function kindOf(subject: Part): BimiCertificate['kind'] {
  for (const set of parts(subject.value)) {
    for (const pair of parts(set.value)) {
      const [id, value] = parts(pair.value);
      if (id && value && hex(id.value) === oids.mark)
        return kinds[text(value.value).toLowerCase()] ?? 'other';
    }
  }
  return null;
}
