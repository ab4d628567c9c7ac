/**
 * Domains to which a service has the bounces of all its customers’ newsletters sent: no customer can choose another, so
 * SPF there is the service’s own, and what makes the mail the sender’s is the DKIM signature.
 */
const services: readonly (readonly [domain: string, name: string, source: string])[] = [
  ['mcsv.net', 'Mailchimp', 'dmarc.wiki/mailchimp, read 2026-11-23: not capable of SPF-aligned mail'],
  ['mcdlv.net', 'Mailchimp', 'dmarc.wiki/mailchimp, read 2026-11-23'],
  ['rsgsv.net', 'Mailchimp', 'dmarc.wiki/mailchimp, read 2026-11-23'],
];

/** Whose such a MAIL FROM is; null: it is not known to be a service’s that lets nobody choose. */
export function bounceService(domain: string): string | null {
  const found = services.find(([name]) => domain === name || domain.endsWith(`.${name}`));
  return found?.[1] ?? null;
}
