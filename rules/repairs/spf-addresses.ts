/** Sending addresses that a person has named, as parts of the SPF record that the mail uses. */
import type { Facts } from '#rule';
import { isFeedbackHost } from '../providers/amazon-ses.ts';

/** What lets one address send. */
export function termOf(address: string): string {
  return `${address.includes(':') ? 'ip6' : 'ip4'}:${address}`;
}

/** A registered route through Amazon SES sends from Amazon's addresses: those that are named are another's. */
export function areOthers({ spf, mailFrom }: Pick<Facts, 'spf' | 'mailFrom'>): boolean {
  return spf.transport !== null && (mailFrom.mx?.exchangers ?? []).some(({ host }) => isFeedbackHost(host));
}

/**
 * Of the named addresses those that the record lets in only by what ends it, or not at all. An address that a part
 * before the end turns away stays away: somebody has written that.
 */
export function missingAddresses(facts: Pick<Facts, 'spf' | 'mailFrom'>): string[] {
  if (areOthers(facts)) return [];
  const isMissing = ({ result, by, eachMail }: Facts['spf']['addresses'][number]['judgement']) =>
    result === 'none' ||
    (!eachMail &&
      /^(?:pass|fail|softfail|neutral)$/.test(result) &&
      (by === null || /^[+\-~?]?all$/i.test(by.term)));
  return facts.spf.addresses.flatMap(({ address, judgement }) =>
    isMissing(judgement) ? [termOf(address)] : [],
  );
}
