/**
 * Whether the certificates of a file lead from one to the next (RFC 5280 section 6.1): each is signed by the one after
 * it, which is an authority. Whether anybody trusts the last of them is not looked at.
 */
import { judgeConstraints } from './constraints.ts';
import { first, hex, isSame, type Part, parts } from './der.ts';
import { type Certificate, validityOf } from './x509.ts';

/**
 * `alone`: there is no other beside the first. `broken`: one of them is not signed by the next. `excluded`: one of the
 * issuers may not certify the names. `open`: one is limited in a way that is not judged here.
 */
export type ChainState = 'held' | 'alone' | 'broken' | 'excluded' | 'open';

export interface Chain {
  chain: ChainState;
  /** When all that stand after the first are valid together, ISO 8601, UTC. null: there is none, or it cannot be read. */
  issuers: { validFrom: string; validTo: string } | null;
}

/** Looks at each link, from the first on. Never rejects. */
export async function judgeChain(certificates: readonly (Certificate | null)[]): Promise<Chain> {
  if (certificates.length < 2) return { chain: 'alone', issuers: null };
  const issuers = shared(certificates.slice(1));
  const links = await Promise.all(
    certificates.slice(1).map((issuer, i) => isLink(certificates[i] ?? null, issuer)),
  );
  if (!links.every(Boolean) || !issuers) return { chain: 'broken', issuers };
  return { chain: judgeConstraints(certificates.filter((one) => one !== null)), issuers };
}

/** The latest beginning and the earliest end: each has to be valid (RFC 5280 section 6.1.3 (a)(2)). */
function shared(certificates: readonly (Certificate | null)[]): Chain['issuers'] {
  const read = certificates.map((one) => one && validityOf(one));
  const known = read.filter((one) => one !== null);
  if (known.length < read.length) return null;
  const validFrom = known
    .map((one) => one.validFrom)
    .sort()
    .at(-1);
  const validTo = known.map((one) => one.validTo).sort()[0];
  return validFrom !== undefined && validTo !== undefined ? { validFrom, validTo } : null;
}

async function isLink(certificate: Certificate | null, issuer: Certificate | null): Promise<boolean> {
  if (!certificate || !issuer || !isAuthority(issuer) || !isSame(certificate.issuer, issuer.subject)) {
    return false;
  }
  try {
    return await verify(certificate, issuer.key);
  } catch {
    // A key or a signature that is none.
    return false;
  }
}

const basicConstraints = '551d13';

function isAuthority({ extensions }: Certificate): boolean {
  const value = extensions.get(basicConstraints);
  if (!value) return false;
  try {
    const [flag] = parts(first(value).value);
    return flag?.tag === 0x01 && flag.value[0] === 0xff;
  } catch {
    return false;
  }
}

type Hash = 'SHA-256' | 'SHA-384' | 'SHA-512';
const rsa: Readonly<Record<string, Hash>> = {
  '2a864886f70d01010b': 'SHA-256',
  '2a864886f70d01010c': 'SHA-384',
  '2a864886f70d01010d': 'SHA-512',
};
/** RSASSA-PSS (RFC 4055) names its hash beside: 2.16.840.1.101.3.4.2, and the salt is as long as that. */
const pss = /^2a864886f70d01010a.*?608648016503040(20[123])/;
const hashes: Readonly<Record<string, { hash: Hash; saltLength: number }>> = {
  '201': { hash: 'SHA-256', saltLength: 32 },
  '202': { hash: 'SHA-384', saltLength: 48 },
  '203': { hash: 'SHA-512', saltLength: 64 },
};
const ecdsa: Readonly<Record<string, Hash>> = {
  '2a8648ce3d040302': 'SHA-256',
  '2a8648ce3d040303': 'SHA-384',
  '2a8648ce3d040304': 'SHA-512',
};
/** Octets of each half of a signature. */
const curves: Readonly<Record<string, { namedCurve: string; octets: number }>> = {
  '2a8648ce3d030107': { namedCurve: 'P-256', octets: 32 },
  '2b81040022': { namedCurve: 'P-384', octets: 48 },
  '2b81040023': { namedCurve: 'P-521', octets: 66 },
};

/** By what mark certificates are signed with: RSA or ECDSA with SHA-2. @throws for a key or signature that is none. */
async function verify({ signed, algorithm, signature }: Certificate, key: Part): Promise<boolean> {
  const id = hex(first(algorithm.value).value);
  const [plain, curved] = [rsa[id], ecdsa[id]];
  if (plain) return check({ name: 'RSASSA-PKCS1-v1_5', hash: plain }, key, signature, signed);
  const salted = hashes[pss.exec(hex(algorithm.value.subarray(2)))?.[1] ?? ''];
  if (salted) return check({ name: 'RSA-PSS', ...salted }, key, signature, signed);
  const [, curve] = parts(first(key.value).value);
  const known = curve && curves[hex(curve.value)];
  if (!curved || !known) return false;
  const { namedCurve, octets } = known;
  return check({ name: 'ECDSA', namedCurve, hash: curved }, key, halves(signature, octets), signed);
}

async function check(
  algorithm: { name: string; hash: Hash; namedCurve?: string; saltLength?: number },
  key: Part,
  signature: Uint8Array,
  signed: Uint8Array,
): Promise<boolean> {
  const bytes = (view: Uint8Array) => new Uint8Array(view);
  const imported = await crypto.subtle.importKey('spki', bytes(key.raw), algorithm, false, ['verify']);
  return crypto.subtle.verify(algorithm, imported, bytes(signature), bytes(signed));
}

/** Two numbers of DER as WebCrypto wants them: of one length, one after the other. */
function halves(signature: Uint8Array, octets: number): Uint8Array {
  const joined = new Uint8Array(2 * octets);
  for (const [i, { value }] of parts(first(signature).value).slice(0, 2).entries()) {
    const number = value[0] === 0 ? value.subarray(1) : value;
    if (number.length > octets) throw new RangeError('too long');
    joined.set(number, (i + 1) * octets - number.length);
  }
  return joined;
}
