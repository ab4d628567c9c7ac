/** What of all that was asked goes into a report: a hostile zone fills 64 KB for each question. */
import type { DnsAnswer, Fetched, IdentityStatus, ServerGreeting, SpamOpinion, Visited } from '../ports.ts';

/** One answer of the world, as a finding shows it. */
export type Evidence =
  | DnsEvidence
  | {
      kind: 'web';
      url: string;
      status: number | null;
      failure: string | null;
      /** The first of what came. */
      excerpt: string;
      at: string;
    }
  | {
      kind: 'smtp';
      host: string;
      address: string | null;
      state: ServerGreeting['state'];
      said: string;
      at: string;
    }
  | {
      kind: 'provider';
      transport: string;
      domain: string;
      /** null: it could not be asked. */
      status: IdentityStatus | null;
      at: string;
    }
  | SpamEvidence;

/** Of a spam engine. */
export type SpamEvidence = {
  kind: 'spam-engine';
  engine: string;
  /** null: it gave none. */
  opinion: Omit<Extract<SpamOpinion, { known: true }>, 'known' | 'engine'> | null;
  /** Why it gave none. */
  detail?: string;
  at: string;
};

export type DnsEvidence = { kind: 'dns' } & DnsAnswer;

/** Of one answer. */
const keptRecords = 50;
const keptCharacters = 4000;
/** Of one fact: a sound SPF tree of ten records has about 3000. */
export const keptOfFact = 8_000;
const excerptLength = 600;

/** Shortens to what is allowed, and says so. */
export function dnsEvidence(answer: DnsAnswer, allowed: number): DnsEvidence {
  const { records } = answer;
  let left = Math.min(keptCharacters, allowed);
  let cut = records.length > keptRecords;
  const kept = records.slice(0, keptRecords).flatMap(({ strings: _, octets: __, ...record }) => {
    if (left <= 0 || record.data.length > left) cut = true;
    if (left <= 0) return [];
    const data = record.data.length > left ? `${record.data.slice(0, left)} …` : record.data;
    left -= record.data.length;
    return [{ ...record, data }];
  });
  const detail = cut ? { detail: `shortened, of ${records.length} records` } : {};
  return { kind: 'dns', ...answer, records: kept, ...detail };
}

export function webEvidence({ url, status, failure, body, at }: Fetched): Evidence {
  const text = body.replace(/\p{C}+/gu, ' ').trim();
  const excerpt = text.length > excerptLength ? `${text.slice(0, excerptLength)} …` : text;
  return { kind: 'web', url, status, failure, excerpt, at };
}

/** Of a mail's many links and pictures those that answered as they should need no proof. */
export function visitEvidence({ url, status, failure, location, at }: Visited): Evidence | undefined {
  if (status !== null && status >= 200 && status < 300) return undefined;
  return { kind: 'web', url, status, failure, excerpt: location ?? '', at };
}

export function smtpEvidence({ host, address, state, said, at }: ServerGreeting): Evidence {
  return { kind: 'smtp', host, address, state, said, at };
}
