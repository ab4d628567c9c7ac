/** Whether a record stands in DNS as it is to be published. */
import type { DnsRecord, Resolver } from '../ports.ts';
import type { RecordState, RecordToPublish } from './sender.ts';

/** Changes nothing, and arms nothing: it tells a person what is left to do. */
export async function askRecord(
  resolver: Resolver,
  { name, type, data, why }: RecordToPublish,
  signal: AbortSignal,
): Promise<RecordState> {
  const { status, records } = await resolver.ask({ name, type }, signal);
  if (status === 'nodata' || status === 'nxdomain') return 'missing';
  if (status !== 'answered') return 'unanswered';
  const said = records.filter((record: DnsRecord) => record.type === type).map((one) => one.data.trim());
  // Other TXT records may stand beside it; of these there is one.
  const rivals = type === 'TXT' ? said.filter((text) => begins[why].test(text)) : said;
  if (rivals.some((text) => holds[why](text, data))) return 'found';
  return rivals.length > 0 ? 'other' : 'missing';
}

const begins: Record<RecordToPublish['why'], RegExp> = {
  proof: /^klarsignal-sender=/,
  spf: /^v=spf1(\s|$)/i,
  dkim: /(^|;)\s*p\s*=/i,
  mx: /./,
};

const holds: Record<RecordToPublish['why'], (said: string, wanted: string) => boolean> = {
  proof: (said, wanted) => said === wanted,
  // It may name more than this one.
  spf: (said, wanted) => {
    const terms = new Set(said.toLowerCase().split(/\s+/));
    const [, mechanism = ''] = wanted.toLowerCase().split(/\s+/);
    return terms.has(mechanism) || terms.has(`+${mechanism}`);
  },
  dkim: (said, wanted) => keyOf(said) === keyOf(wanted),
  mx: (said, wanted) => hostOf(said) === hostOf(wanted),
};

/** The key of a TXT record, or the name that a CNAME leads to. */
function keyOf(data: string): string {
  const [, key] = /(?:^|;)\s*p\s*=([^;]*)/i.exec(data) ?? [];
  return key === undefined ? hostOf(data) : key.replace(/\s/g, '');
}

function hostOf(data: string): string {
  return (data.split(/\s+/).at(-1) ?? '').toLowerCase().replace(/\.$/, '');
}
