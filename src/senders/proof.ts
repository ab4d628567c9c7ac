/** The TXT record by which an organisation shows that a domain is its own. */
import type { DnsAnswer, Resolver, SenderRow } from '../ports.ts';
import type { RecordToPublish } from './sender.ts';

/** Bytes of a token: nobody guesses it, and the record stays short. */
const tokenBytes = 20;

/** What an organisation's record for one domain says: 40 hex digits. */
export function newProofToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(tokenBytes));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Where the record stands. */
export function proofName(domain: string): string {
  return `_klarsignal.${domain}`;
}

/** The record to publish. */
export function proofOf({ domain, token }: Pick<SenderRow, 'domain' | 'token'>): RecordToPublish {
  return { name: proofName(domain), type: 'TXT', data: saying(token), why: 'proof' };
}

/** The tokens that a domain's record names; undefined when DNS gave no definite answer. */
export async function askProof(
  resolver: Resolver,
  domain: string,
  signal: AbortSignal,
): Promise<{ names(token: string): boolean } | undefined> {
  const answer = await resolver.ask({ name: proofName(domain), type: 'TXT' }, signal);
  if (!definite.has(answer.status)) return undefined;
  const texts = new Set(textsOf(answer));
  return { names: (token) => texts.has(saying(token)) };
}

function saying(token: string): string {
  return `klarsignal-sender=${token}`;
}

const definite: ReadonlySet<string> = new Set(['answered', 'nodata', 'nxdomain']);

/** Of the name itself: behind an alias, a wildcard CNAME say, whoever owns its target could write the record. */
function textsOf({ name, status, records }: DnsAnswer): string[] {
  if (status !== 'answered') return [];
  const own = records.filter((record) => record.type === 'TXT' && record.name.toLowerCase() === name);
  return own.map(({ data }) => data.trim());
}
