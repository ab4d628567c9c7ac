/** Whether a clearance is genuine, without asking anybody: a compact JWS (RFC 7515) by Ed25519 (RFC 8037, 9864). */

export interface ClearanceClaims {
  iss: string;
  aud: 'klarsignal-send';
  /** Organisation. */
  sub: string;
  jti: string;
  /** Seconds. */
  iat: number;
  exp: number;
  digest: string;
  rule_set: string;
  waivers: { rule: string; until: string }[];
}

/** As /.well-known/jwks.json gives it. */
export interface KeySet {
  keys: readonly { kty?: string; crv?: string; x?: string; kid?: string }[];
}

export const clearanceFaults = [
  'malformed',
  'algorithm',
  'key-unknown',
  'signature',
  'other-issuer',
  'other-organisation',
  'not-yet',
  'expired',
] as const;
export type ClearanceFault = (typeof clearanceFaults)[number];

export interface VerifyOptions {
  keys: KeySet;
  /** Origin of the service that grants, as in `iss`. */
  issuer: string;
  /** Id; left out: any. */
  organisation?: string | undefined;
  now: Date;
}

export type VerifiedClearance =
  | { valid: true; claims: ClearanceClaims }
  | { valid: false; code: ClearanceFault };

const tokenLength = 8192;
const keysAtMost = 100;
/** Clocks differ; the end is the end. */
const skewSeconds = 60;
const headerNames = new Set(['alg', 'typ', 'kid']);

/**
 * Checks form, algorithm, signature, claims, issuer, organisation and time; in that order. Revocation is known to the
 * service alone: a clearance lives 24 hours at most.
 * @returns the claims, or the first fault. Never rejects for what a token says.
 */
export async function verifyClearance(
  token: string,
  { keys, issuer, organisation, now }: VerifyOptions,
): Promise<VerifiedClearance> {
  const refused = (code: ClearanceFault) => ({ valid: false, code }) as const;
  if (typeof token !== 'string' || token.length > tokenLength) return refused('malformed');
  const [head, body, mark, ...more] = token.split('.');
  const signature = decode(mark);
  const header = parse(head);
  if (!head || !body || !signature || !header || more.length > 0) return refused('malformed');
  // Only these three: crit, b64, jwk, jku and x5u would let the token say how it is to be checked.
  if (Object.keys(header).some((name) => !headerNames.has(name))) return refused('malformed');
  if (header.alg !== 'Ed25519') return refused('algorithm');
  if (header.typ !== 'klarsignal-clearance+jwt' || typeof header.kid !== 'string')
    return refused('malformed');
  const key = keys.keys.slice(0, keysAtMost).find(({ kid }) => kid === header.kid);
  if (key?.kty !== 'OKP' || key.crv !== 'Ed25519' || typeof key.x !== 'string') return refused('key-unknown');
  const input = new TextEncoder().encode(`${head}.${body}`);
  if (!(await isSigned(key.x, signature, input))) return refused('signature');
  const claims = claimsOf(parse(body));
  if (!claims) return refused('malformed');
  if (claims.iss !== issuer) return refused('other-issuer');
  if (organisation !== undefined && claims.sub !== organisation) return refused('other-organisation');
  const seconds = now.getTime() / 1000;
  if (claims.iat > seconds + skewSeconds) return refused('not-yet');
  // Written so that a time that is no number ends it.
  return seconds < claims.exp ? { valid: true, claims } : refused('expired');
}

async function isSigned(
  x: string,
  signature: Uint8Array<ArrayBuffer>,
  input: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x };
    const key = await crypto.subtle.importKey('jwk', jwk, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, signature, input);
  } catch {
    return false;
  }
}

function claimsOf(claims: Record<string, unknown> | undefined): ClearanceClaims | undefined {
  if (!claims) return undefined;
  const { iss, aud, sub, jti, iat, exp, digest, rule_set, waivers } = claims;
  const texts = [iss, sub, jti, digest, rule_set].every((text) => typeof text === 'string' && text !== '');
  const times = [iat, exp].every((time) => typeof time === 'number' && Number.isFinite(time));
  const excepted =
    Array.isArray(waivers) &&
    waivers.every((one) => typeof one?.rule === 'string' && typeof one?.until === 'string');
  if (aud !== 'klarsignal-send' || !texts || !times || !excepted) return undefined;
  return /^[0-9a-f]{64}$/.test(digest as string) ? (claims as unknown as ClearanceClaims) : undefined;
}

function parse(part: string | undefined): Record<string, unknown> | undefined {
  const bytes = decode(part);
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const plain = typeof value === 'object' && value !== null && !Array.isArray(value);
    return plain ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** base64url without padding, in its one spelling (RFC 7515 section 2). */
function decode(part: string | undefined): Uint8Array<ArrayBuffer> | undefined {
  if (!part || !/^[A-Za-z0-9_-]+$/.test(part)) return undefined;
  try {
    const text = part.replaceAll('-', '+').replaceAll('_', '/');
    const binary = atob(text);
    if (btoa(binary).replace(/=+$/, '') !== text) return undefined;
    return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
  } catch {
    return undefined;
  }
}
