/** What a mail server showed in its TLS handshake, as far as anybody compares it with something. */
import { createHash, type X509Certificate } from 'node:crypto';
import type { ServerCertificate } from '../../ports.ts';

/** Certificates of one chain that are looked at. */
const chainAtMost = 8;
const namesAtMost = 100;
const textAtMost = 300;
/** A certificate or key longer than this is not told in full (matching type 0), only its digests. */
const fullBytesAtMost = 4096;

/**
 * The server's own certificate first, then what it sent along, as far as each is signed by the next: what is not
 * part of that path proves nothing.
 */
export function readChain(own: X509Certificate): ServerCertificate[] {
  const chain = [own];
  for (let one = own; chain.length < chainAtMost; ) {
    const issuer = one.issuerCertificate;
    if (!issuer || !isSignedBy(one, issuer)) break;
    chain.push(issuer);
    one = issuer;
  }
  return chain.map(readCertificate);
}

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

function readCertificate(certificate: X509Certificate): ServerCertificate {
  return {
    names: namesOf(certificate.subjectAltName ?? ''),
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    validFrom: timeOf(certificate.validFrom),
    validTo: timeOf(certificate.validTo),
    matches: { ...digests('0', certificate.raw), ...digests('1', keyOf(certificate)) },
  };
}

/** Node writes `DNS:a, DNS:b`, and puts what holds anything unusual in quotes. */
function namesOf(text: string): string[] {
  const found = text.matchAll(/(?:^|, )DNS:("(?:[^"\\]|\\.)*"|[^,]*)/g);
  const names: string[] = [];
  for (const [, name = ''] of found) {
    if (names.length === namesAtMost) break;
    names.push(oneLine(name.replace(/^"|"$/g, '')).toLowerCase());
  }
  return names;
}

/** By matching type (RFC 6698 section 2.1.3): in full, SHA-256, SHA-512. */
function digests(selector: string, bytes: Uint8Array | undefined): Record<string, string> {
  if (!bytes) return {};
  const hash = (name: string) => createHash(name).update(bytes).digest('hex');
  const full =
    bytes.length > fullBytesAtMost ? {} : { [`${selector} 0`]: Buffer.from(bytes).toString('hex') };
  return { ...full, [`${selector} 1`]: hash('sha256'), [`${selector} 2`]: hash('sha512') };
}

/** SubjectPublicKeyInfo; undefined for a kind of key that nobody here knows. */
function keyOf({ publicKey }: { publicKey: X509Certificate['publicKey'] }): Uint8Array | undefined {
  try {
    return publicKey.export({ type: 'spki', format: 'der' });
  } catch {
    return undefined;
  }
}

/** What no calendar knows counts as the beginning of time: long run out. */
function timeOf(text: string): string {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? new Date(0).toISOString() : time.toISOString();
}

function oneLine(text: string | undefined): string {
  const line = (text ?? '').replace(/\n/g, ', ').replace(/\p{C}+/gu, ' ');
  return line.length > textAtMost ? `${line.slice(0, textAtMost)} …` : line;
}
