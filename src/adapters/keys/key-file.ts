/** keyring.json: every secret but the DKIM keys, in one file, so that it is whole or not there. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { PublicKey } from '../../ports.ts';
import { KeysError } from './keys-error.ts';

export interface ClearanceKey {
  public: PublicKey;
  private: KeyObject;
  madeAt: string;
  /** When another took its place; null: it signs. */
  retiredAt: string | null;
}

export interface Secrets {
  /** The last one signs. */
  clearance: readonly ClearanceKey[];
  /** 64 hexadecimal digits, as all that are hashed with. */
  address: string;
  /** The last one makes, all of them verify. */
  mac: readonly { madeAt: string; key: string }[];
}

export function newSecrets(now: Date): Secrets {
  const madeAt = now.toISOString();
  return {
    clearance: [newClearanceKey(madeAt)],
    address: newSecret(),
    mac: [{ madeAt, key: newSecret() }],
  };
}

/** The same with a new key that signs; the one before is kept, with the time at which it was replaced. */
export function withNewClearanceKey(secrets: Secrets, now: Date): Secrets {
  const at = now.toISOString();
  const earlier = secrets.clearance.map((key) => ({ ...key, retiredAt: key.retiredAt ?? at }));
  return { ...secrets, clearance: [...earlier, newClearanceKey(at)] };
}

export function withNewMacKey(secrets: Secrets, now: Date): Secrets {
  return { ...secrets, mac: [...secrets.mac, { madeAt: now.toISOString(), key: newSecret() }] };
}

export function writeSecrets({ clearance, address, mac }: Secrets): string {
  const keys = clearance.map(({ madeAt, retiredAt, private: key }) => {
    const { x, d } = key.export({ format: 'jwk' });
    return { madeAt, retiredAt, x, d };
  });
  return `${JSON.stringify({ version: 1, clearance: keys, address, mac }, null, 2)}\n`;
}

/** @throws KeysError `keys-damaged` when it is not what `writeSecrets` writes. */
export function readSecrets(text: string, path: string): Secrets {
  try {
    const file: unknown = JSON.parse(text);
    if (!isRecord(file) || file.version !== 1) throw new TypeError('not of version 1');
    const clearance = list(file.clearance).map(readClearanceKey);
    const mac = list(file.mac).map(({ madeAt, key }) => ({ madeAt: time(madeAt), key: secret(key) }));
    if (clearance.filter(({ retiredAt }) => retiredAt === null).length !== 1)
      throw new TypeError('not one key that signs');
    if (clearance.at(-1)?.retiredAt !== null) throw new TypeError('the last key does not sign');
    if (mac.length === 0) throw new TypeError('no mac key');
    return { clearance, address: secret(file.address), mac };
  } catch (error) {
    // Without its cause: a parser's message quotes what it read.
    const how = error instanceof TypeError ? error.message : 'not JSON';
    throw new KeysError('keys-damaged', `${path} is damaged (${how}). Restore it from a backup.`);
  }
}

function newClearanceKey(madeAt: string): ClearanceKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { public: publicKeyOf(privateKey), private: privateKey, madeAt, retiredAt: null };
}

function readClearanceKey({ madeAt, retiredAt, x, d }: Record<string, unknown>): ClearanceKey {
  const key = importKey(x, d);
  const found = publicKeyOf(key);
  if (found.x !== x) throw new TypeError('two halves of different keys');
  const at = retiredAt === null ? null : time(retiredAt);
  return { public: found, private: key, madeAt: time(madeAt), retiredAt: at };
}

function importKey(x: unknown, d: unknown): KeyObject {
  if (typeof x !== 'string' || typeof d !== 'string') throw new TypeError('a key is missing');
  try {
    return createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x, d } });
  } catch {
    throw new TypeError('a key cannot be read');
  }
}

/** Its kid is its thumbprint (RFC 7638), so that no two keys ever share one. */
function publicKeyOf(key: KeyObject): PublicKey {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  if (x === undefined) throw new TypeError('a key has no public half');
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
  return { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'Ed25519', use: 'sig' };
}

function newSecret(): string {
  return randomBytes(32).toString('hex');
}

function secret(value: unknown): string {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value)) throw new TypeError('a secret is missing');
  return value;
}

function time(value: unknown): string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value))
    throw new TypeError('a time is missing');
  return value;
}

function list(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isRecord))
    throw new TypeError('a list of keys is missing');
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
