/** What an answer does and does not say. */
import type { DnsAnswer, DnsRecord } from '../ports.ts';

/** True when DNS gave no answer, which never means that there is no record. */
export function unanswered({ status }: Pick<DnsAnswer, 'status'>): boolean {
  return status !== 'answered' && status !== 'nodata' && status !== 'nxdomain';
}

/**
 * The records that answer the question: of its type, at the end of the CNAME chain (RFC 1034 section 3.6.2).
 * What else a server puts into the answer section says nothing.
 */
export function recordsOf({ name, type, status, records }: DnsAnswer): DnsRecord[] {
  if (status !== 'answered') return [];
  const targets = new Map(
    records.filter((record) => record.type === 'CNAME').map((record) => [record.name, record.data]),
  );
  let owner = name;
  // Each alias is followed once, so a chain that closes on itself ends.
  for (let target = targets.get(owner); target !== undefined; target = targets.get(owner)) {
    targets.delete(owner);
    owner = target;
  }
  return records.filter((record) => record.name === owner && record.type === type);
}

/**
 * False for what no DNS question can carry: an empty or too long label, over 253 characters in all (RFC 1035
 * section 2.3.4), or other characters than visible ASCII. Such a name does not exist; nobody has to be asked.
 */
export function askable(name: string): boolean {
  const labels = name.split('.');
  return (
    name.length <= 253 &&
    /^[\x21-\x5b\x5d-\x7e]+$/.test(name) &&
    labels.every(({ length }) => length > 0 && length <= 63)
  );
}
