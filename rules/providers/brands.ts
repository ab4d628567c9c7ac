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
  'amazon prime': ['amazon.com', 'primevideo.com'],
  'american express': ['americanexpress.com', 'aexp.com'],
  apple: ['apple.com', 'icloud.com'],
  avanza: ['avanza.se'],
  'bank of america': ['bankofamerica.com', 'bofa.com'],
  bankid: ['bankid.com'],
  barclays: ['barclays.co.uk', 'barclays.com'],
  binance: ['binance.com'],
  'booking.com': ['booking.com'],
  'capital one': ['capitalone.com'],
  'cash app': ['cash.app', 'square.com'],
  citibank: ['citi.com', 'citibank.com'],
  coinbase: ['coinbase.com'],
  costco: ['costco.com'],
  'danske bank': ['danskebank.se', 'danskebank.com'],
  dhl: ['dhl.com', 'dpdhl.com'],
  'disney+': ['disneyplus.com', 'disney.com'],
  docusign: ['docusign.com', 'docusign.net'],
  dropbox: ['dropbox.com', 'dropboxmail.com'],
  ebay: ['ebay.com'],
  evri: ['evri.com'],
  facebook: ['facebook.com', 'facebookmail.com', 'meta.com'],
  fedex: ['fedex.com'],
  försäkringskassan: ['forsakringskassan.se'],
  'geek squad': ['geeksquad.com', 'bestbuy.com'],
  gov: ['gov.uk', 'usa.gov'],
  google: ['google.com', 'youtube.com'],
  handelsbanken: ['handelsbanken.se', 'handelsbanken.com'],
  'hm revenue & customs': ['hmrc.gov.uk', 'gov.uk'],
  'hm revenue': ['hmrc.gov.uk', 'gov.uk'],
  hmrc: ['hmrc.gov.uk', 'gov.uk'],
  hsbc: ['hsbc.com', 'hsbc.co.uk'],
  icloud: ['apple.com', 'icloud.com'],
  instagram: ['instagram.com', 'facebookmail.com', 'meta.com'],
  kivra: ['kivra.com', 'kivra.se'],
  klarna: ['klarna.com', 'klarna.se'],
  kronofogden: ['kronofogden.se'],
  linkedin: ['linkedin.com'],
  'lloyds bank': ['lloydsbank.com', 'lloydsbank.co.uk'],
  länsförsäkringar: ['lansforsakringar.se', 'lansforsakringarbank.se'],
  mastercard: ['mastercard.com'],
  mcafee: ['mcafee.com'],
  metamask: ['metamask.io'],
  microsoft: ['microsoft.com', 'office.com', 'outlook.com', 'live.com', 'microsoftonline.com'],
  'microsoft 365': ['microsoft.com', 'office.com', 'microsoftonline.com'],
  natwest: ['natwest.com'],
  netflix: ['netflix.com'],
  nordea: ['nordea.com', 'nordea.se'],
  norton: ['norton.com', 'nortonlifelock.com', 'gendigital.com'],
  'office 365': ['microsoft.com', 'office.com', 'microsoftonline.com'],
  office365: ['microsoft.com', 'office.com', 'microsoftonline.com'],
  onedrive: ['microsoft.com', 'live.com', 'onedrive.com'],
  paypal: ['paypal.com'],
  postnord: ['postnord.com', 'postnord.se'],
  robinhood: ['robinhood.com'],
  'royal mail': ['royalmail.com', 'royalmail.co.uk'],
  santander: ['santander.com', 'santander.co.uk', 'santanderconsumer.se'],
  sharepoint: ['microsoft.com', 'sharepointonline.com', 'sharepoint.com'],
  skatteverket: ['skatteverket.se'],
  spotify: ['spotify.com'],
  swedbank: ['swedbank.se', 'swedbank.com'],
  swish: ['swish.nu', 'getswish.se'],
  telenor: ['telenor.se', 'telenor.com'],
  telia: ['telia.se', 'telia.com', 'teliacompany.com'],
  transportstyrelsen: ['transportstyrelsen.se'],
  'trust wallet': ['trustwallet.com'],
  twitter: ['twitter.com', 'x.com'],
  ups: ['ups.com'],
  usps: ['usps.com', 'usps.gov'],
  venmo: ['venmo.com'],
  'wells fargo': ['wellsfargo.com'],
  wetransfer: ['wetransfer.com'],
  whatsapp: ['whatsapp.com'],
  yahoo: ['yahoo.com', 'yahooinc.com'],
  zelle: ['zellepay.com'],
};

const official: ReadonlySet<string> = new Set(Object.values(brands).flat());

/** What stands beside the brand in a name that means the brand itself; “Microsoft user group” is somebody else. */
const beside =
  /^(?:[\s:|,.\-–—®™]|account|alert|billing|business|card|care|claims|delivery|document|documents|electronic|inkasso|center|centre|com|customer|department|help ?desk|id|inc|info|kontot?|kund\p{L}{0,10}|ltd|mail|message|messages|no-?reply|notice|notification|notifications|online|order|orders|pay|prime|återbäring|återbetalning|betalning(?:ar)?|faktura|paket|leverans|avi|ärenden?|skatt|refunds?|payments?|parcels?|drive|docs|teams|outlook|office|365|share|sharing|files?|members?|membership|medlem|konton|reply|security|service|services|signature|store|sverige|support|säkerhet|team|the|tjänst|via|update|updates)*$/u;

/** How a mail is signed in a brand’s name. */
const signed =
  /^(?: (?:account|abuse|billing|security|support|help|mail|customer)){0,2} team(?![\p{L}])|^-?teamet(?![\p{L}])/u;
/** What is the reader’s at the brand, where somebody else speaks of it: “your Apple ID”, “ditt Klarna-konto”. */
const yours = /(?:^|[^\p{L}])(?:your|ditt|din)(?: e-?mail| work)? $/u;
const held =
  /^(?:(?: 365)? (?:account|e-?mail|credentials|login|id|page|wallet|subscription|membership)|(?: 365)?-(?:konto|inloggning|abonnemang|sida))(?!\p{L})/u;
/** Before a brand at the end of a letter. */
const greeted = /(?:hälsningar|mvh|regards|sincerely)[,!]?\s{1,3}(?:from |från )?(?:the )?$/;
const ending =
  /^(?: (?:ab|sverige|support|kundtjänst|kundservice|customer service|security|billing|team))?(?:[.,!]|\s*$|\n| ©)/;
/** “We at PayPal”. */
const spoken = /(?:^|[^\p{L}])(?:we at|here at|vi på|vi hos) $/u;
const claimed = /(?:©|\(c\)|copyright) ?(?:\d{4} ?)?(?:by )?$/;

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
    if (isBeside(small.slice(0, at)) && isBeside(small.slice(at + brand.length)))
      return { brand: name.slice(at, at + brand.length), official: domains[0] ?? '' };
  }
  return undefined;
}

/** Nothing there but what may stand beside a brand, other brands too: “Microsoft OneDrive”. */
function isBeside(text: string): boolean {
  if (beside.test(text)) return true;
  const others = [...brandNames].filter((one) => text.includes(one));
  if (others.length === 0) return false;
  return beside.test(others.reduce((left, one) => left.replaceAll(one, ' '), text));
}

/** Too short, or part of too many other words, to be looked for within a domain. */
const unclear = new Set([
  ...[
    'ups',
    'gov',
    'dhl',
    'apple',
    'adobe',
    'yahoo',
    'amazon',
    'google',
    'evri',
    'norton',
    'swish',
    'telia',
    'hmrc',
  ],
]);
/** What stands beside such a name in a domain that borrows it. */
const lure =
  'account|betal|claim|billing|deliver|konto|login|notice|paket|parcel|refund|secur|service|support|tax|track|updat|uppdat|utbetal|verif';

/** The brand that a domain has as a part of a label, as abuse-twitter.com has. */
export function brandInDomain(domain: string): Borrowed | undefined {
  for (const [brand, domains] of Object.entries(brands)) {
    if (!domain.includes(brand) || !/^[a-z]+$/.test(brand) || isOf(brand, domains, domain)) continue;
    const part = unclear.has(brand)
      ? new RegExp(`(?:^|[.-])${brand}[.-](?:.*[.-])?(?:${lure})`)
      : new RegExp(`(?:^|[.-])${brand}(?:[.-]|$)`);
    if (part.test(domain))
      return { brand: `${brand[0]?.toUpperCase()}${brand.slice(1)}`, official: domains[0] ?? '' };
  }
  return undefined;
}

/**
 * A brand that a text speaks for, “The Twitter Team”, “© 2026 PostNord”, and where, while the domain is another's.
 * Where the mail presses its reader (`pressed`), “your Apple ID” is such a word as well.
 */
export function brandSigned(
  { small, starts }: { small: string; starts: ReadonlyMap<string, readonly number[]> },
  domain: string,
  pressed: boolean,
): (Borrowed & { index: number }) | undefined {
  for (const [brand, domains] of Object.entries(brands)) {
    for (const index of starts.get(brand.slice(0, 3)) ?? []) {
      const end = index + brand.length;
      if (!small.startsWith(brand, index) || isOf(brand, domains, domain)) continue;
      const after = small.slice(end, end + 60);
      const before = small.slice(Math.max(0, index - 24), index);
      const speaks =
        signed.test(after) ||
        (greeted.test(before) && ending.test(after)) ||
        (spoken.test(before) && !/^\p{L}/u.test(after)) ||
        (claimed.test(before) && !/^\p{L}/u.test(after)) ||
        (pressed && yours.test(before) && held.test(after));
      if (!speaks) continue;
      return { brand: small.slice(index, end), official: domains[0] ?? '', index };
    }
  }
  return undefined;
}

/** The domains of known brands, and their names where those are letters that a domain can have. */
export const brandDomains: ReadonlySet<string> = official;
export const brandNames: ReadonlySet<string> = new Set(Object.keys(brands));

/** Its own domain, a subdomain of it, or its name under the ending of a country. */
function isOf(brand: string, domains: readonly string[], domain: string): boolean {
  const own = domains.some((one) => domain === one || domain.endsWith(`.${one}`));
  const label = brand.replace(/[ .]|\.com$/g, '');
  return own || new RegExp(`(?:^|\\.)${label}(?:\\.com?|\\.org)?\\.[a-z]{2,3}$`).test(domain);
}
