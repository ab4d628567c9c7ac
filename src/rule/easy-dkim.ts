/** Amazon SES's Easy DKIM, as far as its records can be told without asking it. What sends and what judges both need it. */

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

/** Selectors of Easy DKIM; others are of a key that the customer brought along (BYODKIM). */
const token = /^[a-z0-9]{32}$/;

/**
 * The CNAME record of an Easy DKIM token; null for another key, and in regions whose records have a region's own name,
 * which SES alone can tell.
 */
export function easyDkimRecord(
  selector: string,
  domain: string,
  region: string,
): { name: string; data: string } | null {
  return token.test(selector) && plainRegions.has(region)
    ? { name: `${selector}._domainkey.${domain}`, data: `${selector}.dkim.amazonses.com` }
    : null;
}
