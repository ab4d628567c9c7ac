/** What the checks about Amazon SES's own view of the domain have in common. */
import { type Facts, type NotApplicable, notApplicable, type Unknown, unknown } from '#rule';

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

/** Selectors of Easy DKIM; others are of a key that the customer brought along. */
const easyDkim = /^[a-z0-9]{32}$/;

/** The CNAME record of an Easy DKIM token; null for another key, and in regions whose records SES alone can name. */
export function easyDkimRecord(
  selector: string,
  domain: string,
  region: string,
): { name: string; data: string } | null {
  return easyDkim.test(selector) && plainRegions.has(region)
    ? { name: `${selector}._domainkey.${domain}`, data: `${selector}.dkim.amazonses.com` }
    : null;
}

/** Those of an identity, as far as SES tells its tokens. */
export function dkimRecords({ domain, status }: Known, region: string): { name: string; data: string }[] {
  return status.selectors.flatMap((token) => easyDkimRecord(token, domain, region) ?? []);
}

/** AWS general reference, “Amazon SES endpoints and quotas”, DKIM domains, as of 2026-11. */
const plainRegions: ReadonlySet<string> = new Set([
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-central-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);

/** Where a person finds the setting. */
export const place = {
  en: (domain: string, region: string) =>
    `In the Amazon SES console, region ${region}, open Identities and ${domain}`,
  sv: (domain: string, region: string) => `Öppna Identities och ${domain} i Amazon SES, region ${region}`,
};
