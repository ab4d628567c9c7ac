/** What is to be published in DNS before a route works. */
import type { Keyring, RouteRow, TransportInfo } from '../ports.ts';
import { easyDkimRecord } from '../rule/easy-dkim.ts';
import type { RecordToPublish, RouteGap } from './sender.ts';

export interface RouteRecords {
  records: readonly RecordToPublish[];
  gaps: readonly RouteGap[];
}

/** Nothing is asked for, and no key made, before the domain is shown to be whose it is said to be. */
export const unproved: RouteRecords = { records: [], gaps: ['proof'] };

/**
 * The records of one route's sending subdomain and keys.
 * `receiver`: host that takes the bounces of SMTP routes; without one there is nowhere for them to go.
 */
export async function recordsOf(
  route: RouteRow,
  transport: TransportInfo | undefined,
  keyring: Pick<Keyring, 'makeDkimKey'>,
  receiver: string | undefined,
): Promise<RouteRecords> {
  if (!transport) return { records: [], gaps: ['transport'] };
  return transport.kind === 'ses'
    ? sesRecords(route, transport.place)
    : smtpRecords(route, transport.spf, keyring, receiver);
}

function sesRecords({ mailFrom, dkim }: RouteRow, region: string): RouteRecords {
  const keys = dkim.flatMap(({ d, s }): RecordToPublish[] => {
    const record = easyDkimRecord(s, d, region);
    return record ? [{ ...record, type: 'CNAME', why: 'dkim' }] : [];
  });
  return {
    records: [mx(mailFrom, feedbackHost(region)), spf(mailFrom, 'include:amazonses.com'), ...keys],
    gaps: keys.length === 0 ? ['ses-dkim'] : [],
  };
}

async function smtpRecords(
  { mailFrom, dkim }: RouteRow,
  mechanism: string | null,
  keyring: Pick<Keyring, 'makeDkimKey'>,
  receiver: string | undefined,
): Promise<RouteRecords> {
  const keys = dkim.map(async ({ d, s }): Promise<RecordToPublish> => {
    const data = `v=DKIM1; k=rsa; p=${await keyring.makeDkimKey(d, s)}`;
    return { name: `${s}._domainkey.${d}`, type: 'TXT', data, why: 'dkim' };
  });
  return {
    records: [
      ...(receiver === undefined ? [] : [mx(mailFrom, receiver)]),
      ...(mechanism === null ? [] : [spf(mailFrom, mechanism)]),
      ...(await Promise.all(keys)),
    ],
    gaps: [
      ...(receiver === undefined ? (['receiver'] as const) : []),
      ...(mechanism === null ? (['spf'] as const) : []),
    ],
  };
}

/** Where SES takes bounces of a MAIL FROM domain of one's own. */
export function feedbackHost(region: string): string {
  return `feedback-smtp.${region}.amazonses.com`;
}

function mx(name: string, host: string): RecordToPublish {
  return { name, type: 'MX', data: `10 ${host}`, why: 'mx' };
}

function spf(name: string, mechanism: string): RecordToPublish {
  return { name, type: 'TXT', data: `v=spf1 ${mechanism} ~all`, why: 'spf' };
}
