import type { DnsQuestion, DnsRecord } from '../../ports.ts';
import { foldName } from './name.ts';

/** Follows CNAMEs from the question: only a record at the end of the chain answers it (RFC 1034, 3.6.2). */
export function followChain(
  records: readonly DnsRecord[],
  question: DnsQuestion,
): { found: boolean; aliases: number } | { fault: string } {
  const targets = new Map<string, string>();
  for (const { name, type, data } of records) {
    if (type !== 'CNAME') continue;
    if ((targets.get(name) ?? data) !== data) return { fault: `${name} has more than one CNAME` };
    targets.set(name, data);
  }
  const ends = new Set(records.filter(({ type }) => type === question.type).map((record) => record.name));
  const seen = new Set<string>();
  let name = foldName(question.name);
  for (;;) {
    if (ends.has(name)) {
      return { found: true, aliases: seen.size };
    }
    const target = targets.get(name);
    if (target === undefined) return { found: false, aliases: seen.size };
    seen.add(name);
    if (seen.has(target)) return { fault: `the CNAME chain comes back to ${target}` };
    name = target;
  }
}
