/** What the checks about Amazon SES's own view of the domain have in common. */
import { easyDkimRecord, type Facts, type NotApplicable, notApplicable, type Unknown, unknown } from '#rule';

type Identity = Facts['identity'];
type Known = Exclude<Identity['identity'], string | null>;

export interface Seen {
  /** The identity that SES sends by; null: it knows none. */
  identity: Known | null;
  region: string;
}

/** What SES says, or the answer of a check that cannot or need not look. Silence is never a pass. */
export function seenBySes({ server, identity }: Identity): Seen | NotApplicable | Unknown {
  if (server === 'unknown') return unknown('no-server');
  if (server === null || identity === null) return notApplicable('not-ses');
  if (identity === 'unanswered') return unknown('provider-silent');
  return { identity: identity === 'none' ? null : identity, region: server.place };
}

/** The word of the good state, wherever SES names one. */
export const good = 'SUCCESS';

/** Those of an identity, as far as SES tells its tokens. */
export function dkimRecords({ domain, status }: Known, region: string): { name: string; data: string }[] {
  return status.selectors.flatMap((token) => easyDkimRecord(token, domain, region) ?? []);
}

/** Where a person finds the setting. */
export const place = {
  en: (domain: string, region: string) =>
    `In the Amazon SES console, region ${region}, open Identities and ${domain}`,
  sv: (domain: string, region: string) => `Öppna Identities och ${domain} i Amazon SES, region ${region}`,
};
