import type { Keyring } from '../../../ports.ts';

/** Of RFC 6376 section 5.4.1, and both of RFC 8058 section 4, which mailauth’s own list lacks one of. */
const signed = [
  'From',
  'Sender',
  'Reply-To',
  'Subject',
  'Date',
  'Message-ID',
  'To',
  'Cc',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'In-Reply-To',
  'References',
  'List-Id',
  'List-Help',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'List-Subscribe',
  'List-Post',
  'List-Owner',
  'List-Archive',
  'Feedback-ID',
  'Auto-Submitted',
  'Precedence',
];

/**
 * Named once more than they stand there (RFC 6376 section 8.15): a second one, put in on the way, breaks the signature
 * instead of standing under it.
 */
const closed = ['From', 'Reply-To', 'To', 'Cc', 'Subject', 'Date', 'Message-ID', 'Content-Type'];
/** Only where they stand: a provider may well add them to mail that has none, and a rehearsal would not show it. */
const closedWhereTheyStand = ['List-Unsubscribe', 'List-Unsubscribe-Post'];

/** Nothing may leave unsigned that was to be signed. */
export class SigningError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SigningError';
  }
}

/**
 * Signs with each key, relaxed/relaxed, over the header fields above and the whole body.
 * @returns the message with its DKIM-Signature fields (RFC 6376) before it.
 * @throws SigningError when a key is missing or a signature could not be made.
 */
export async function sign(
  raw: Uint8Array,
  keys: readonly { d: string; s: string }[],
  keyring: Pick<Keyring, 'dkimKey'>,
  at: Date,
): Promise<Buffer> {
  const message = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  if (keys.length === 0) return message;
  const signatureData = keys.map(({ d, s }) => {
    const privateKey = keyring.dkimKey(d, s);
    if (privateKey === undefined) throw new SigningError(`there is no DKIM key ${s}._domainkey.${d}`);
    return { signingDomain: d, selector: s, privateKey };
  });
  // Large, and a service that sends by SES alone never needs it.
  const { dkimSign } = await import('mailauth/lib/dkim/sign.js');
  const { signatures, errors } = await dkimSign(message, {
    // The type wants one key here too; what is signed with is signatureData alone.
    ...(signatureData[0] as (typeof signatureData)[number]),
    canonicalization: 'relaxed/relaxed',
    headerList: signed,
    signTime: at,
    strict: true,
    signatureData,
    getARChain: close,
  } as Parameters<typeof dkimSign>[1]);
  const made = signatures.match(/^DKIM-Signature:/gim)?.length ?? 0;
  if (errors.length > 0 || made !== keys.length) {
    const [first] = errors;
    throw new SigningError(
      `the message could not be signed: ${first?.err.message ?? 'no signature was made'}`,
    );
  }
  return Buffer.concat([Buffer.from(signatures, 'latin1'), message]);
}

const signedKeys = new Set(signed.map((name) => name.toLowerCase()));

/** Header fields as mailauth has read them; `casedKey` is what it writes into h=. */
interface ReadHeaders {
  parsed: { key: string; casedKey: string }[];
}

/**
 * mailauth names in h= what is there. It asks for an ARC chain before it does, and there is none: what it shows then are
 * the fields that it will sign. A name too many stands for nothing (section 5.4.2), so the hash stays the same.
 */
function close({ parsed }: ReadHeaders): false {
  const there = new Set(parsed.map(({ key }) => key));
  const names = [...closed, ...closedWhereTheyStand.filter((name) => there.has(name.toLowerCase()))];
  // It names them from below: after the uppermost one nothing follows that a further name could be taken for.
  const last = parsed.find(({ key }) => signedKeys.has(key));
  if (last) last.casedKey = [last.casedKey, ...names].join(': ');
  return false;
}
