/** TLS-RPT (RFC 8460): where senders report that they could not deliver with encryption. */
import type { SenderGathering as Gathering } from './gather.ts';
import { fieldsOf, readVersioned, type VersionedRecord } from './versioned-record.ts';

export interface TlsReportsFact {
  domain: string;
  record: VersionedRecord;
  /** Addresses of the one record that reports can go to, as they stand there. */
  addresses: readonly string[];
  /** What stands in their place and is none. */
  lost: readonly string[];
}

const addressesKept = 20;
const mailto = /^mailto:[^\s@,!;?]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}(?:\?[^\s,!;]*)?$/i;
const web = /^https:\/\/[a-z0-9.-]{1,253}(?::\d{1,5})?(?:\/[^\s,!;]*)?$/i;

/** Asks for the record. Never fails. */
export async function gatherTlsReports({ submission, dns }: Gathering): Promise<TlsReportsFact> {
  const { domain } = submission.from;
  const record = readVersioned(await dns(`_smtp._tls.${domain}`, 'TXT'), 'v=TLSRPTv1');
  const rua = record.state === 'one' ? (fieldsOf(record.texts[0] ?? '').get('rua') ?? '') : '';
  const parts = rua
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .slice(0, addressesKept);
  const isAddress = (part: string) => mailto.test(part) || web.test(part);
  return {
    domain,
    record,
    addresses: parts.filter(isAddress),
    lost: parts.filter((part) => !isAddress(part)),
  };
}
