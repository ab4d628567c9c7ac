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
  /** All addresses as they were plainly meant, also those of a misspelt record: what to write anew. */
  meant: readonly string[];
}

const addressesKept = 20;
const mailto = /^mailto:[^\s@,!;?]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}(?:\?[^\s,!;]*)?$/i;
/** Without mailto: or with it misspelt, and the size of DMARC's reports behind it, which TLS-RPT does not know. */
const loose =
  /^(?:mailto(?:\s?:\s?|\s))?<?([^\s@,!;?<>:/]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63})>?(?:!\d{1,9}[kmgt]?)?$/i;
const web = /^https:\/\/[a-z0-9.-]{1,253}(?::\d{1,5})?(?:\/[^\s,!;]*)?$/i;

/** Asks for the record. Never fails. */
export async function gatherTlsReports({ submission, dns }: Gathering): Promise<TlsReportsFact> {
  const { domain } = submission.from;
  const record = readVersioned(await dns(`_smtp._tls.${domain}`, 'TXT'), 'v=TLSRPTv1');
  const [text = ''] = record.texts;
  const addresses = record.state === 'one' ? partsOf(fieldsOf(text).get('rua') ?? '') : [];
  const wanted =
    record.state === 'misspelt' ? partsOf(/\brua\s?=([^;"]*)/i.exec(text)?.[1] ?? '') : addresses;
  const isAddress = (part: string) => mailto.test(part) || web.test(part);
  return {
    domain,
    record,
    addresses: addresses.filter(isAddress),
    lost: addresses.filter((part) => !isAddress(part)),
    meant: [...new Set(wanted.flatMap((part) => (isAddress(part) ? part : (bare(part) ?? []))))],
  };
}

function partsOf(rua: string): string[] {
  return rua
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .slice(0, addressesKept);
}

function bare(part: string): string | null {
  const [, address] = loose.exec(part) ?? [];
  return address === undefined ? null : `mailto:${address}`;
}
