/** MTA-STS (RFC 8461): whether the domain asks senders for encryption, and whether they can do as it asks. */
import type { Fetched } from '../ports.ts';
import { recordsOf, unanswered } from './dns.ts';
import { isUnasked } from './facts.ts';
import type { SenderGathering as Gathering } from './gather.ts';
import { readExchangers } from './mail-servers/exchangers.ts';
import { isNamed, type MtaStsPolicy, parsePolicy } from './mta-sts/policy.ts';
import { fieldsOf, readVersioned, type VersionedRecord } from './versioned-record.ts';

export type { MtaStsPolicy, PolicyFault } from './mta-sts/policy.ts';

/** Why senders get no policy. `no-host`: its host has no address. `closed`: nothing listens there. */
export type PolicyFailure =
  | 'no-host'
  | 'closed'
  | 'certificate'
  | 'redirect'
  | 'status'
  | 'type'
  | 'too-long';

export interface MtaStsFact {
  domain: string;
  record: VersionedRecord;
  /** Of the one record; null: it has none that is valid. */
  id: string | null;
  url: string;
  /**
   * `none`: nothing points there, so nobody looked. `unreached`: no answer, which may be the way there. `failed`: there
   * is something else in its place.
   */
  policy:
    | { state: 'none' }
    | { state: 'unreached' }
    | { state: 'failed'; failure: PolicyFailure; status: number | null; type: string }
    | ({ state: 'read' } & MtaStsPolicy);
  /** Mail servers that the policy does not name, the first few. */
  unnamed: readonly string[];
  /** All mail servers that were compared. null: DNS did not answer. */
  hosts: readonly string[] | null;
}

/** Of a policy (RFC 8461 section 3.3). */
const policyBytes = 64 * 1024;

/**
 * Asks for the record and the policy's host at once, and fetches where either is there.
 * @throws FactError where there is something to fetch and no way out to the web.
 */
export async function gatherMtaSts(gathering: Gathering): Promise<MtaStsFact> {
  const { domain } = gathering.submission.from;
  const { dns } = gathering;
  const host = `mta-sts.${domain}`;
  const url = `https://${host}/.well-known/mta-sts.txt`;
  const [txt, mx, ...addresses] = await Promise.all([
    dns(`_mta-sts.${domain}`, 'TXT'),
    dns(domain, 'MX'),
    dns(host, 'A'),
    dns(host, 'AAAA'),
  ]);
  const record = readVersioned(txt, 'v=STSv1');
  const id = record.state === 'one' ? (fieldsOf(record.texts[0] ?? '').get('id') ?? '') : '';
  const hasHost = addresses.some((answer) => recordsOf(answer).length > 0);
  const isSilent = addresses.some(unanswered);
  const policy =
    record.state === 'none' && !hasHost
      ? ({ state: 'none' } as const)
      : !hasHost
        ? isSilent
          ? ({ state: 'unreached' } as const)
          : ({ state: 'failed', failure: 'no-host', status: null, type: '' } as const)
        : await readPolicy(url, record, gathering);
  const hosts = unanswered(mx)
    ? null
    : readExchangers(mx)
        .named.map((one) => one.host)
        .filter(Boolean);
  const patterns = policy.state === 'read' && policy.mode !== 'none' ? policy.mx : null;
  return {
    domain,
    record,
    id: /^[a-z0-9]{1,32}$/i.test(id) ? id : null,
    url,
    policy,
    hosts,
    unnamed: patterns === null ? [] : (hosts ?? []).filter((one) => !isNamed(one, patterns)),
  };
}

async function readPolicy(
  url: string,
  record: VersionedRecord,
  { fetch }: Gathering,
): Promise<MtaStsFact['policy']> {
  const fetched = await fetch(url, policyBytes).catch((error: unknown) => {
    // A domain that does not use it is nothing to be unsure about.
    if (isUnasked(error) && record.state === 'none') return null;
    throw error;
  });
  if (fetched === null) return { state: 'none' };
  const { status, type, cut, body } = fetched;
  const failure = failureOf(fetched);
  if (failure === 'unreached') return { state: 'unreached' };
  if (failure) return { state: 'failed', failure, status, type: type.slice(0, 100) };
  if (cut) return { state: 'failed', failure: 'too-long', status, type };
  return { state: 'read', ...parsePolicy(body) };
}

/** Codes of OpenSSL and Node about certificates. */
const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|HOSTNAME_MISMATCH/;
/** What says of the host itself that it takes no such request. */
const closedCodes = /^(?:ECONNREFUSED|address-refused|ERR_SSL_|EPROTO)/;

function failureOf({ status, type, failure }: Fetched): PolicyFailure | 'unreached' | null {
  if (failure !== null || status === null) {
    const code = failure ?? '';
    if (certificateCodes.test(code)) return 'certificate';
    return closedCodes.test(code) ? 'closed' : 'unreached';
  }
  // Senders must not follow it (RFC 8461 section 3.3).
  if (status >= 300 && status < 400) return 'redirect';
  if (status !== 200) return 'status';
  return type === 'text/plain' ? null : 'type';
}
