/** Where the answers of DNS lead to. */
import type { DnsAnswer } from '../../ports.ts';
import { askable, recordsOf } from '../dns.ts';

/** Servers of one name that are looked at. */
const hostsAsked = 10;

/** The servers of MX records, each once. */
export function hostsOf(answer: DnsAnswer): string[] {
  const hosts = recordsOf(answer).map(({ data }) =>
    (data.split(' ')[1] ?? '').replace(/\.$/, '').toLowerCase(),
  );
  return [...new Set(hosts)].filter(askable).slice(0, hostsAsked);
}

/** The last name of a CNAME chain that ends in NXDOMAIN (RFC 6604); null: there is none, or its end is there. */
export function endOf({ name, status, records }: DnsAnswer): string | null {
  if (status !== 'nxdomain') return null;
  const targets = new Map(
    records.filter(({ type }) => type === 'CNAME').map((record) => [record.name, record.data]),
  );
  let end = name;
  for (let target = targets.get(end); target !== undefined; target = targets.get(end)) {
    targets.delete(end);
    end = target.replace(/\.$/, '').toLowerCase();
  }
  return end === name ? null : end;
}
