/**
 * Endings of domains that cost next to nothing, as of 2026-11: what stands both in SpamAssassin's list of suspicious
 * new endings (enlist_addrlist SUSP_NTLD, Apache-2.0) or Spamhaus's most abused ones and in Interisle's reports on
 * phishing (“Cybercrime reported in June 2025”). None that small firms like as well (.online, .site, .shop, .info).
 */
export const cheapEndings: ReadonlySet<string> = new Set(
  `accountant bid bond buzz cf cfd click cricket cyou date download faith ga gdn gq icu loan lol men ml mom monster
  party quest racing rest review sbs science stream tk top trade webcam win work xyz`.split(/\s+/),
);

/** Of a host. */
export function isCheap(host: string): boolean {
  return cheapEndings.has(host.slice(host.lastIndexOf('.') + 1));
}
