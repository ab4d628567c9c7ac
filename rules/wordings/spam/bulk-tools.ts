/**
 * Offers of addresses, visitors and search ranking. After SpamAssassin 4.0 (72_active.cf; Apache-2.0), in phrases
 * of our own.
 */
import { phrases } from '../phrases.ts';

export const bulkTools = phrases({
  list: [
    'bulk (?:e-?mail|mail|friendly)~',
    'email address(?:es)? (?:for|on|list|in|cd|extract)~',
    'e-mail address(?:es)? (?:for|on|list|in|cd|extract)~',
    'million~ (?:of )?(?:fresh |new |targeted |opt-?in |verified |active )?(?:e-?mail|address|people|prospect|lead|customer|buyer)~',
    '#[\\d,.]{1,12} (?:million )?(?:fresh |new |targeted |opt-?in |verified )?(?:e-?mail addresses|emails|leads)',
    'targeted (?:e-?mail|traffic|lead|list|visitor|address|mailing)~',
    'e-mail (?:marketing|list|blast|extractor|advertising|broadcast|campaign)~',
    'email (?:marketing|list|blast|extractor|advertising|broadcast|campaign)~',
    'mass (?:mail|e-?mail)~',
    'direct e-?mail~',
    'opt-?in (?:e-?mail|list|lead|address)~',
    'mailing lists? (?:for sale|of)',
    'stealth mail~',
    'harvest~ (?:e-?mail|address)~',
    'qualified leads?',
    'köp (?:e-?post|mejl|adress)~',
    'adressregister',
  ],
  rank: [
    'search engine (?:submission|ranking|placement|optimi[sz]|position|marketing|traffic)~',
    'first page (?:of|on) (?:google|bing|the search)',
    'top (?:\\d{1,2} )?(?:rank|position|placement)~',
    'seo (?:service|compan|expert|proposal|package|audit|ranking)~',
    'back-?links?',
    'web ?site (?:traffic|design|hits|promotion|ranking|visitors)~',
    'website (?:traffic|design|hits|promotion|ranking|visitors|redesign)~',
    'web (?:site|page) (?:traffic|design|hits|promotion|hosting)~',
    'more (?:traffic|hits|visitors|customers|sales|leads)',
    'increase (?:your |my )?(?:web ?site |online |search )?(?:traffic|sales|hits|ranking|visitor|visibility|business|profit)~',
    'promote your',
    'advertise (?:your|on|to|here)',
    'guest post~',
    'buy (?:followers|likes|reviews)',
    'your (?:web ?site|site|business|product|company) (?:to|seen|on|in front)',
    'sökmotoroptimer~',
    'första sidan på google',
    'köp~ följare',
  ],
});
