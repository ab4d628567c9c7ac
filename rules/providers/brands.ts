/**
 * Names that phishing borrows most, and the domains that they send from, as of 2026-11: after the brands of rspamd's
 * and SpamAssassin's rules (PDS_FROM_NAME_TO_DOMAIN, enlist_addrlist PAYPAL), Check Point's brand phishing ranking of
 * 2025, and warnings of Swedish banks, PostNord and Skatteverket. None that is a usual word or name (Visa, Chase, Ica).
 */
const brands: Readonly<Record<string, readonly string[]>> = {
  adobe: ['adobe.com'],
  airbnb: ['airbnb.com'],
  aliexpress: ['aliexpress.com', 'alibaba.com'],
  amazon: ['amazon.com', 'amazonses.com', 'primevideo.com'],
  'american express': ['americanexpress.com', 'aexp.com'],
  apple: ['apple.com', 'icloud.com'],
  'bank of america': ['bankofamerica.com', 'bofa.com'],
  bankid: ['bankid.com'],
  binance: ['binance.com'],
  'booking.com': ['booking.com'],
  coinbase: ['coinbase.com'],
  dhl: ['dhl.com', 'dpdhl.com'],
  docusign: ['docusign.com', 'docusign.net'],
  dropbox: ['dropbox.com', 'dropboxmail.com'],
  ebay: ['ebay.com'],
  facebook: ['facebook.com', 'facebookmail.com', 'meta.com'],
  fedex: ['fedex.com'],
  försäkringskassan: ['forsakringskassan.se'],
  google: ['google.com', 'youtube.com'],
  handelsbanken: ['handelsbanken.se', 'handelsbanken.com'],
  instagram: ['instagram.com', 'facebookmail.com', 'meta.com'],
  klarna: ['klarna.com', 'klarna.se'],
  linkedin: ['linkedin.com'],
  mastercard: ['mastercard.com'],
  metamask: ['metamask.io'],
  microsoft: ['microsoft.com', 'office.com', 'outlook.com', 'live.com', 'microsoftonline.com'],
  netflix: ['netflix.com'],
  'office 365': ['microsoft.com', 'office.com', 'microsoftonline.com'],
  office365: ['microsoft.com', 'office.com', 'microsoftonline.com'],
  onedrive: ['microsoft.com', 'live.com', 'onedrive.com'],
  paypal: ['paypal.com'],
  postnord: ['postnord.com', 'postnord.se'],
  robinhood: ['robinhood.com'],
  sharepoint: ['microsoft.com', 'sharepointonline.com', 'sharepoint.com'],
  skatteverket: ['skatteverket.se'],
  spotify: ['spotify.com'],
  swedbank: ['swedbank.se', 'swedbank.com'],
  transportstyrelsen: ['transportstyrelsen.se'],
  twitter: ['twitter.com', 'x.com'],
  ups: ['ups.com'],
  'wells fargo': ['wellsfargo.com'],
  whatsapp: ['whatsapp.com'],
  yahoo: ['yahoo.com', 'yahooinc.com'],
};

/** What stands beside the brand in a name that means the brand itself; “Microsoft user group” is somebody else. */
const beside =
  /^(?:[\s:|,.\-–—®™]|account|alert|billing|business|card|care|center|centre|com|customer|department|help ?desk|id|inc|info|kontot?|kund\p{L}{0,10}|ltd|mail|message|messages|no-?reply|notice|notification|notifications|online|order|orders|pay|prime|reply|security|service|services|store|sverige|support|säkerhet|team|the|tjänst|update|updates)*$/u;

export interface Borrowed {
  brand: string;
  official: string;
}

/** The brand that a sender's name means while the domain is another's. */
export function brandInName(name: string, domain: string): Borrowed | undefined {
  const small = name.toLowerCase().slice(0, 100);
  for (const [brand, domains] of Object.entries(brands)) {
    const at = small.indexOf(brand);
    if (at === -1 || isOf(brand, domains, domain)) continue;
    if (/\p{L}/u.test(small[at - 1] ?? '') || /\p{L}/u.test(small[at + brand.length] ?? '')) continue;
    if (beside.test(small.slice(0, at)) && beside.test(small.slice(at + brand.length)))
      return { brand: name.slice(at, at + brand.length), official: domains[0] ?? '' };
  }
  return undefined;
}

/** Too short, or part of too many other words, to be looked for within a domain. */
const unclear = new Set(['ups', 'dhl', 'apple', 'adobe', 'yahoo', 'amazon', 'google', 'bankid']);

/** The brand that a domain has as a part of a label, as abuse-twitter.com has. */
export function brandInDomain(domain: string): Borrowed | undefined {
  for (const [brand, domains] of Object.entries(brands)) {
    if (!/^[a-z]+$/.test(brand) || isOf(brand, domains, domain)) continue;
    const part = unclear.has(brand)
      ? new RegExp(`(?:^|[.-])${brand}[.-](?:.*[.-])?(?:account|billing|login|secur|service|support|verif)`)
      : new RegExp(`(?:^|[.-])${brand}(?:[.-]|$)`);
    if (part.test(domain))
      return { brand: `${brand[0]?.toUpperCase()}${brand.slice(1)}`, official: domains[0] ?? '' };
  }
  return undefined;
}

/** Its own domain, a subdomain of it, or its name under the ending of a country. */
function isOf(brand: string, domains: readonly string[], domain: string): boolean {
  const own = domains.some((one) => domain === one || domain.endsWith(`.${one}`));
  const label = brand.replace(/[ .]|\.com$/g, '');
  return own || new RegExp(`(?:^|\\.)${label}(?:\\.com?|\\.org)?\\.[a-z]{2,3}$`).test(domain);
}
