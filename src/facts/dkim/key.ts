/** One DKIM key record (RFC 6376 section 3.6.1, RFC 8463 section 4). No DNS here. */
import { type RsaKey, readRsaKey } from './rsa-key.ts';
import { colonList, fromBase64, parseTags } from './tags.ts';

/**
 * Why receivers cannot use it. `version`: v is not DKIM1. `first`: v does not come first. `stray` and `repeated`:
 * the list of tags is broken. `bare`: a key without any tag. `absent`: there is no p. `base64` and `key`: what p holds is no key, or a part of one.
 * `type`: a k that nobody knows. `hash`: it allows no hash that is safe. `service`: it is not for mail. `quotes`:
 * marks of a zone file, quotes or backslashes, stand in it. `halves`: the key goes on in a record of its own.
 */
export type KeyFault =
  | 'version'
  | 'first'
  | 'stray'
  | 'repeated'
  | 'bare'
  | 'absent'
  | 'base64'
  | 'key'
  | 'type'
  | 'hash'
  | 'service'
  | 'quotes'
  | 'halves';

export interface KeyReading {
  /** `revoked`: p is empty. */
  state: 'usable' | 'revoked' | 'faulty';
  fault: KeyFault | null;
  /** The faulty part as written, shortened. */
  value: string;
  /** null unless it is usable. */
  type: 'rsa' | 'ed25519' | null;
  /** Of an RSA modulus. */
  bits: number | null;
  /** `t=y`: receivers are to treat a failure as if the mail were not signed. */
  testing: boolean;
  /** `t=s`: the domain of i= in a signature must be that of d=, no subdomain. */
  strict: boolean;
  /**
   * What to publish in place of a record that was plainly meant as this; null where nobody can tell. Of a usable one:
   * the same key as SubjectPublicKeyInfo, where it is an RSAPublicKey alone, which OpenDKIM does not read.
   */
  repair: { old: string; new: string } | null;
  /** To verify with: an RSA key as SubjectPublicKeyInfo, an Ed25519 key as it is. Not for reports. */
  material: Uint8Array<ArrayBuffer> | null;
}

/** True when a TXT record was meant as a key: what a wildcard answers with, often SPF, is none. */
export function isKeyRecord(text: string): boolean {
  if (/^\s*v\s{0,9}=\s{0,9}(?:spf|dmarc|bimi|tlsrpt|sts)/i.test(text)) return false;
  if (isBareKey(text)) return true;
  return /^\W{0,9}v\s{0,9}=\s{0,9}dkim/i.test(text) || /(?:^|[;\s])[pk]\s{0,9}=/i.test(text);
}

/** True for the base64 of a key with no p= before it: an RSA key, also a cut one, or 32 bytes. */
function isBareKey(text: string): boolean {
  const bare = text.replace(/["'\s]+/g, '');
  return /^MI[A-Za-z0-9+/]{80,}={0,2}$/.test(bare) || /^[A-Za-z0-9+/]{43}=$/.test(bare);
}

/**
 * Reads a record that isKeyRecord accepted, as a receiver that follows the standard does. `beside`: other TXT records
 * at its name, of which one may be the rest of it.
 */
export function readKey(text: string, beside: readonly string[] = []): KeyReading {
  const reading = readAsWritten(text);
  if (reading.state !== 'faulty' || text.length > longest) return reading;
  const whole = beside
    .filter((rest) => rest.length < longest && /^["'A-Za-z0-9+/=\s]+$/.test(rest))
    .map((rest) => sound(meant(text + rest)))
    .find((one) => one !== null);
  if (whole !== undefined) return { ...reading, fault: 'halves', repair: { old: text, new: whole } };
  const next = sound(meant(text));
  const repair = next === null ? null : { old: text, new: next };
  return { ...reading, fault: repair && marks.test(text) ? 'quotes' : reading.fault, repair };
}

/** A record as every receiver reads it; null when it is none that can be used. */
function sound(text: string): string | null {
  const { state, repair } = readAsWritten(text);
  return state === 'usable' ? (repair?.new ?? text) : null;
}

/** No key is longer, and nothing longer is mended. */
const longest = 4000;
const marks = /["'\\\u2018-\u201f]/;

/** Without the marks of a zone file, with the version first and a tag before a bare key. */
function meant(text: string): string {
  const clean = text.replace(new RegExp(marks, 'g'), '').trim();
  if (isBareKey(clean)) {
    const key = clean.replace(/\s+/g, '');
    return `v=DKIM1; k=${key.startsWith('MI') ? 'rsa' : 'ed25519'}; p=${key}`;
  }
  const parts = clean
    .replace(/\s+(?=[vkptshn]\s*=)/gi, ';')
    .split(';')
    .map((part) => part.trim().replace(/^[A-Z]+(?=\s*=)/, (name) => name.toLowerCase()))
    .map((part) => (/^p\s*=/.test(part) ? part.replace(/\s+/g, '') : part))
    .filter((part) => part !== '' && !/^v\s*=/i.test(part));
  return ['v=DKIM1', ...new Set(parts)].join('; ');
}

function readAsWritten(text: string): KeyReading {
  const { tags, fault } = parseTags(text);
  const value = (name: string) => tags.get(name)?.value;
  const flags = colonList(value('t') ?? '');
  const nothing = { type: null, bits: null, material: null, repair: null };
  const common = { testing: flags.includes('y'), strict: flags.includes('s') };
  const faulty = (what: KeyFault, written: string): KeyReading => {
    return { ...common, ...nothing, state: 'faulty', fault: what, value: short(written) };
  };
  if (isBareKey(text)) return faulty('bare', text.trim());
  const version = value('v');
  if (version !== undefined && version !== 'DKIM1') return faulty('version', `v=${version}`);
  if (fault) return faulty(fault.what, fault.value);
  const [first] = tags.keys();
  if (version !== undefined && first !== 'v') return faulty('first', `${first}=`);
  const p = value('p');
  if (p === undefined) return faulty('absent', text);
  if (p === '') return { ...common, ...nothing, state: 'revoked', fault: null, value: '' };
  const services = value('s');
  if (services !== undefined && !colonList(services).some((one) => one === 'email' || one === '*')) {
    return faulty('service', `s=${services}`);
  }
  const hashes = value('h');
  // RFC 8301 section 3.1: SHA-1 must not be used any more.
  if (hashes !== undefined && !colonList(hashes).includes('sha256')) return faulty('hash', `h=${hashes}`);
  const type = value('k')?.toLowerCase() ?? 'rsa';
  if (type !== 'rsa' && type !== 'ed25519') return faulty('type', `k=${type}`);
  const bytes = fromBase64(p);
  if (!bytes) return faulty('base64', `p=${p}`);
  const usable = { ...common, state: 'usable', fault: null, value: '', repair: null } as const;
  if (type === 'ed25519') {
    if (bytes.length !== 32) return faulty('key', `p=${p}`);
    return { ...usable, type, bits: null, material: bytes };
  }
  const rsa: RsaKey | null = readRsaKey(bytes);
  if (!rsa) return faulty('key', `p=${p}`);
  const repair = rsa.isBare && text.length <= longest ? { old: text, new: wrapped(text, rsa) } : null;
  return { ...usable, type, bits: rsa.bits, material: rsa.spki, repair };
}

/** RFC 6376 section 3.6.1 names the bare key and appendix C shows the other, which is what the world publishes. */
function wrapped(text: string, { spki }: RsaKey): string {
  const p = btoa(String.fromCharCode(...spki));
  return text.replace(/((?:^|;)\s{0,9}p\s{0,9}=)[^;]*/, `$1${p}`);
}

/** A hostile record has 64 KB. */
function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
