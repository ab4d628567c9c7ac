import { defineRule, problem } from '#rule';
import { answers, listed } from '../repairs/listings.ts';

export default defineRule({
  id: 'listing-signs',
  severity: 'minor',
  reference: 'RFC 5782; the pages of each list, as rules/blocklists/ names them, as of 2026-11',
  needs: ['listings'],
  check({ listings }, { policy }) {
    const found = listed(listings, policy, false).map(({ data }) => problem('counted', data));
    if (found.length > 0) return found;
    return answers(listings, policy, [...listings.addresses, ...listings.domains], false) ?? [];
  },
  words: {
    en: {
      title: 'Lists that filters count',
      heading: { counted: ({ subject }) => `A list that filters count has ${subject} on it` },
      mend: 'Look for the cause before it spreads',
      why: 'Filters count such a list against the mail, among other things. Few turn mail away by it alone, but it is often the first sign of trouble.',
      fix: {
        counted: ({ list, delisting }) =>
          `See what ${list} says at ${delisting}. Most of these lists forget an address by themselves when the cause is gone.`,
      },
      problems: { counted: ({ subject, list, parts }) => `${subject} is on ${list} (${parts}).` },
    },
    sv: {
      title: 'Listor som filter räknar med',
      heading: { counted: ({ subject }) => `En lista som filter räknar med tar upp ${subject}` },
      mend: 'Leta efter orsaken innan det sprider sig',
      why: 'Filter räknar en sådan lista mejlet till last, tillsammans med annat. Få avvisar mejl bara för den, men den är ofta det första tecknet på problem.',
      fix: {
        counted: ({ list, delisting }) =>
          `Se vad ${list} säger på ${delisting}. De flesta sådana listor glömmer en adress av sig själva när orsaken är borta.`,
      },
      problems: { counted: ({ subject, list, parts }) => `${subject} står på ${list} (${parts}).` },
    },
  },
  examples: {
    good: [{}, { sendingAddresses: ['199.255.192.10'] }],
    bad: [
      { world: { zone: { 'example.se.dbl.spamhaus.org': { A: ['127.0.1.102'] } } }, finds: 'counted' },
      {
        world: {
          sendingAddresses: ['199.255.192.10'],
          zone: { '10.192.255.199.bl.spamcop.net': { A: ['127.0.0.2'] } },
        },
        finds: 'counted',
      },
    ],
  },
});
