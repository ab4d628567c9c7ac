/** The signed permit: a compact JWS (RFC 7515) whose header leaves nothing to choose. */
import { compactVerify, errors, importJWK } from 'jose';
import type { Keyring, PublicKey } from '../ports.ts';
import type { Claims } from './clearance.ts';

export const audience = 'klarsignal-send';
const type = 'klarsignal-clearance+jwt';
// RFC 9864: EdDSA names a family of algorithms, this one names one.
const algorithm = 'Ed25519';
/** Bytes. A clearance with every rule waived has a quarter of it. */
const longest = 8192;

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Signs claims with the key that is current. */
export async function signClaims(claims: Claims, keyring: Keyring, kid: string): Promise<string> {
  const part = (value: unknown) => encode(bytesOf(JSON.stringify(value)));
  const input = `${part({ alg: algorithm, typ: type, kid })}.${part(claims)}`;
  return `${input}.${encode(await keyring.sign(kid, bytesOf(input)))}`;
}

export type Opened =
  | { code: 'malformed' | 'signature' }
  /** Ours; what it says has not been looked at beyond its shape. */
  | { code: 'ours'; claims: Claims; kid: string };

/** Checks form and signature, nothing else. */
export async function openToken(token: string, keys: readonly PublicKey[]): Promise<Opened> {
  if (token.length > longest) return { code: 'malformed' };
  const parts = token.split('.');
  const decoded = parts.map(decode);
  // One way to write each: else a byte could change without a trace.
  if (parts.length !== 3 || decoded.some((part) => part === undefined)) return { code: 'malformed' };
  const header = readJson(decoded[0]);
  if (!header || typeof header.kid !== 'string') return { code: 'malformed' };
  const { alg, typ, kid, ...more } = header;
  // Neither a key of its own (jwk, jku, x5c, x5u) nor an extension (crit, b64) has a place here.
  if (alg !== algorithm || typ !== type || Object.keys(more).length > 0) return { code: 'signature' };
  const key = keys.find((one) => one.kid === kid);
  if (!key) return { code: 'signature' };
  try {
    await compactVerify(token, await importJWK({ ...key }, algorithm), { algorithms: [algorithm] });
  } catch (error) {
    if (error instanceof errors.JOSEError) return { code: 'signature' };
    throw error;
  }
  const claims = readClaims(readJson(decoded[1]));
  return claims ? { code: 'ours', claims, kid: key.kid } : { code: 'malformed' };
}

function readClaims(value: Record<string, unknown> | undefined): Claims | undefined {
  if (!value) return undefined;
  const { iss, aud, sub, jti, iat, exp, digest, rule_set, waivers, ...more } = value;
  const texts = [iss, aud, sub, jti, digest, rule_set];
  const sound =
    Object.keys(more).length === 0 &&
    texts.every((text) => typeof text === 'string' && text !== '') &&
    [iat, exp].every(
      (seconds) => Number.isInteger(seconds) && Number(seconds) >= 0 && Number(seconds) < 1e11,
    ) &&
    Array.isArray(waivers) &&
    waivers.every((one) => typeof one?.rule === 'string' && typeof one?.until === 'string');
  return sound ? (value as unknown as Claims) : undefined;
}

function readJson(bytes: Uint8Array | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const plain = typeof value === 'object' && value !== null && !Array.isArray(value);
    return plain ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 7515 appendix C. */
function encode(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** undefined for what `encode` would write in another way. */
function decode(part: string): Uint8Array | undefined {
  if (!/^[\w-]+$/.test(part) || part.length % 4 === 1) return undefined;
  const text = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  return encode(bytes) === part ? bytes : undefined;
}
