/** A signature of a message, read and verified (RFC 6376 sections 3.5 and 6.1). No DNS here. */
import {
  bytesOf,
  type Canonicalization,
  canonicalBody,
  canonicalField,
  type RawField,
  type splitMessage,
} from './canonical.ts';
import type { KeyReading } from './key.ts';
import { colonList, fromBase64, parseTags } from './tags.ts';

const domainForm =
  /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.){1,126}[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** A-labels as they stand (RFC 6376 section 3.5): what would first have to be mapped to a domain is none. */
function writtenDomain(text: string): string | null {
  return text.length <= 253 && domainForm.test(text) ? text.toLowerCase() : null;
}

/** A DKIM-Signature field as far as it can be read. */
export interface WrittenSignature {
  field: RawField;
  /** null: it cannot be read, and receivers pass it over. */
  domain: string | null;
  selector: string | null;
  /** Names of the fields that it covers, in small letters, in their order. */
  signed: readonly string[];
  /** `l=`: what follows in the body is not signed. */
  bodyLength: number | null;
  /** Seconds from when it was made to when it is no longer to be used (x= after t=); null without both. */
  life: number | null;
  /** What makes it worthless whatever the key says. `algorithm`: SHA-1, or one that nobody knows. */
  fault: 'syntax' | 'algorithm' | 'from' | 'expiry' | null;
  type: 'rsa' | 'ed25519';
  header: Canonicalization;
  body: Canonicalization;
  /** Domain of i=; that of d= when there is none. */
  identity: string;
  bodyHash: string;
  signature: string;
}

/**
 * `signature`: the headers are not what was signed, or another key signed them. `body`: the text is not. `identity`:
 * i= names a subdomain, and the key is for its own domain alone (t=s).
 */
export type SignatureFailure =
  | Exclude<WrittenSignature['fault'], null>
  | 'body'
  | 'signature'
  | 'key'
  | 'identity';

const fieldName = 'DKIM-Signature';

/** Each one is a question to DNS and a look at the whole body. */
export const signaturesAtMost = 10;

/** So many are read to choose from. */
const consideredAtMost = 100;

/**
 * Reads the signatures of a message, of many those that matter most: `rank` says how much, by domain, and the
 * lowest goes first. They come in their order in the message. `omitted`: how many more there are.
 */
export function readSignatures(
  fields: readonly RawField[],
  rank: (domain: string | null) => number = () => 0,
): { read: WrittenSignature[]; omitted: number } {
  const all = fields.filter(({ name }) => name === fieldName.toLowerCase());
  const read = all
    .slice(0, consideredAtMost)
    .map(readSignature)
    .map((signature) => ({ signature, rank: rank(signature.domain) }))
    .sort((one, other) => one.rank - other.rank)
    .slice(0, signaturesAtMost)
    .map(({ signature }) => signature)
    .sort((one, other) => one.field.line - other.field.line);
  return { read, omitted: all.length - read.length };
}

function readSignature(field: RawField): WrittenSignature {
  const { tags, fault } = parseTags(field.raw.slice(field.raw.indexOf(':') + 1));
  const value = (name: string) => tags.get(name)?.value ?? '';
  const bare = (name: string) => value(name).replace(/[ \t\r\n]+/g, '');
  const algorithm = value('a').toLowerCase();
  const forms = tags.has('c') ? value('c').toLowerCase().split('/') : [];
  const [header = 'simple', body = 'simple', ...more] = forms;
  const domain = writtenDomain(value('d'));
  const selector = selectorForm.test(value('s')) ? value('s').toLowerCase() : null;
  const identity = tags.has('i') ? writtenDomain(bare('i').split('@').at(-1) ?? '') : domain;
  const signed = colonList(value('h'));
  const isForm = (text: string): text is Canonicalization => text === 'simple' || text === 'relaxed';
  const numbers = ['l', 't', 'x'].every((name) => !tags.has(name) || /^\d{1,76}$/.test(value(name)));
  const within = domain && identity && (identity === domain || identity.endsWith(`.${domain}`));
  const readable =
    !fault &&
    ['a', 'b', 'bh', 'd', 'h', 's'].every((name) => value(name) !== '') &&
    value('v') === '1' &&
    selector !== null &&
    within &&
    numbers &&
    isForm(header) &&
    isForm(body) &&
    more.length === 0 &&
    (!tags.has('q') || colonList(value('q')).includes('dns/txt'));
  const dated = numbers && tags.has('x') && tags.has('t');
  const life = dated ? Number(value('x')) - Number(value('t')) : null;
  return {
    field,
    domain,
    selector,
    signed,
    bodyLength: tags.has('l') && numbers ? Number(value('l')) : null,
    life,
    fault: !readable
      ? 'syntax'
      : !/^(?:rsa|ed25519)-sha256$/.test(algorithm)
        ? 'algorithm'
        : !signed.includes('from')
          ? 'from'
          : life !== null && life <= 0
            ? 'expiry'
            : null,
    type: algorithm.startsWith('ed25519') ? 'ed25519' : 'rsa',
    header: isForm(header) ? header : 'simple',
    body: isForm(body) ? body : 'simple',
    identity: identity ?? '',
    bodyHash: bare('bh'),
    signature: bare('b'),
  };
}

const selectorForm = /^[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63})*$/i;

/** Verifies signatures of one message; a form of its body is hashed once, whoever needs it. */
export function createVerifier(message: ReturnType<typeof splitMessage>) {
  const bodies = new Map<string, Uint8Array<ArrayBuffer>>();
  const hashes = new Map<string, Promise<string | null>>();

  function bodyIn(form: Canonicalization): Uint8Array<ArrayBuffer> {
    const canonical = bodies.get(form) ?? canonicalBody(message.body, form);
    bodies.set(form, canonical);
    return canonical;
  }

  function bodyHash(form: Canonicalization, length: number | null): Promise<string | null> {
    const canonical = bodyIn(form);
    if (length !== null && length > canonical.length) return Promise.resolve(null);
    const key = `${form} ${length}`;
    const hash = hashes.get(key) ?? digest(canonical.subarray(0, length ?? canonical.length)).then(toBase64);
    hashes.set(key, hash);
    return hash;
  }

  /** null: it verifies. `unknown`: this runtime cannot work with the key. */
  async function verify(
    signature: WrittenSignature,
    key: KeyReading,
  ): Promise<SignatureFailure | 'unknown' | null> {
    if (signature.fault) return signature.fault;
    const { domain, identity, type } = signature;
    if (!key.material || key.type !== type) return 'key';
    if (key.strict && identity !== domain) return 'identity';
    const bytes = fromBase64(signature.signature);
    if (!bytes) return 'signature';
    const header = bytesOf(signedHeader(message.fields, signature));
    try {
      if (!(await verifyWith(type, key.material, bytes, header))) return 'signature';
    } catch {
      return 'unknown';
    }
    return (await bodyHash(signature.body, signature.bodyLength)) === signature.bodyHash ? null : 'body';
  }

  /** How many bytes the body has that `l=` counts of. */
  const bodyBytes = (form: Canonicalization): number => bodyIn(form).length;
  return { verify, bodyBytes };
}

/** What the signature was made of (section 3.7): the fields that h= names, from below, and itself without b=. */
function signedHeader(fields: readonly RawField[], { signed, header, field }: WrittenSignature): string {
  const left = new Map<string, RawField[]>();
  for (const one of fields) {
    if (one === field) continue;
    const same = left.get(one.name);
    if (same) same.push(one);
    else left.set(one.name, [one]);
  }
  const named = signed.flatMap((name) => left.get(name)?.pop() ?? []);
  const offset = field.raw.indexOf(':') + 1;
  const b = parseTags(field.raw.slice(offset)).tags.get('b');
  const own = b ? field.raw.slice(0, offset + b.start) + field.raw.slice(offset + b.end) : field.raw;
  const text = [...named, { raw: own }].map((one) => canonicalField(one, header)).join('');
  return text.slice(0, -2);
}

async function verifyWith(
  type: 'rsa' | 'ed25519',
  material: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
  header: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const { subtle } = crypto;
  if (type === 'rsa') {
    const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const key = await subtle.importKey('spki', material, rsa, false, ['verify']);
    return subtle.verify(rsa.name, key, signature, header);
  }
  const key = await subtle.importKey('raw', material, 'Ed25519', false, ['verify']);
  // RFC 8463 section 3: the hash is what is signed.
  return subtle.verify('Ed25519', key, signature, await digest(header));
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
