/**
 * What a receiver that still follows RFC 7489 concludes: two names in place of the tree walk (section 6.6.3), the
 * public suffix list (section 3.2), and none of the tags np, psd and t. No DNS here.
 */
import { getDomain } from 'tldts';
import type { DmarcPolicy, DmarcRecord } from './record.ts';
import type { DmarcStep } from './walk.ts';

/** Like `Alignment`, but nothing is walked: it is never unknown by itself. */
type OlderAlignment = 'aligned' | 'not-aligned';

export interface OlderDmarc {
  /** `several`: more than one record at the first name that has any, and then DMARC is left alone. */
  state: 'record' | 'none' | 'several';
  record: DmarcRecord | null;
  /** null: no record, or one that asks for nothing. */
  policy: DmarcPolicy | null;
  /** Of the mail that fails, the share that gets the policy; the rest gets the next lower one (pct). */
  percent: number;
  /** null when the MAIL FROM domain is not known. */
  spfAlignment: OlderAlignment | null;
  /** Of the same domains, in the same order, as RFC 9989 was asked about. */
  signers: readonly { domain: string; alignment: OlderAlignment }[];
}

/** By the public suffix list with its private part, so that two customers of one host are two. */
export function registeredDomain(domain: string): string {
  return getDomain(domain, { allowPrivateDomains: true }) ?? domain;
}

/**
 * @param steps what stands at the author domain and at its registered domain.
 * @returns `unknown` where a missing answer could change it.
 */
export function readOlder(
  [own, registered]: readonly [DmarcStep, DmarcStep],
  mailFrom: string | null,
  signing: readonly string[],
): OlderDmarc | 'unknown' {
  if (own.state === 'unanswered') return 'unknown';
  const found = own.state === 'none' ? registered : own;
  if (found.state === 'unanswered') return 'unknown';
  const { record } = found;
  const align = (domain: string, tag: 'aspf' | 'adkim'): OlderAlignment => {
    if (domain === own.domain) return 'aligned';
    const same = registeredDomain(domain) === registeredDomain(own.domain);
    return record?.[tag] !== 's' && same ? 'aligned' : 'not-aligned';
  };
  return {
    state: found.state,
    record,
    policy: record && policyOf(record, found === own),
    percent: record?.percent ?? 100,
    spfAlignment: mailFrom === null ? null : align(mailFrom, 'aspf'),
    signers: signing.map((domain) => ({ domain, alignment: align(domain, 'adkim') })),
  };
}

/** Section 6.6.3 step 6: np has no say, whether it can be read or not. */
function policyOf({ p, sp, wrong, rua }: DmarcRecord, isOwn: boolean): DmarcPolicy | null {
  const isFaulty = p === null || wrong.some((part) => part.startsWith('sp='));
  if (isFaulty) return rua.length > 0 ? 'none' : null;
  return isOwn ? p : (sp ?? p);
}
