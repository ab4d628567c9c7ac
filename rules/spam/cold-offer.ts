import { defineRule } from '#rule';
import { coldOffers } from '../wordings/spam/cold-offers.ts';
import { offerOf } from '../wordings/spam/families.ts';
import { quoted, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'cold-offer',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, phrases on offers by strangers (WEBDESIGN, SEO_*); rspamd, on outreach mail, read 2026-11',
  needs: ['wording'],
  points: 2,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, coldOffers)),
  words: {
    en: {
      title: 'Words of offers by strangers',
      heading: { said: () => 'The mail sounds like an offer by a stranger' },
      mend: 'Say how you know the reader',
      why: 'Offers to firms by people they do not know all begin, boast and end alike, so filters know them.',
      fix: 'Write only to those who have asked for it, say in the first line how you know each other, and leave out the phrases below.',
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Ord ur främlingars erbjudanden',
      heading: { said: () => 'Mejlet låter som ett erbjudande från en främling' },
      mend: 'Berätta hur du känner läsaren',
      why: 'Erbjudanden till företag från folk de inte känner börjar, skryter och slutar likadant, så filter känner igen dem.',
      fix: 'Skriv bara till dem som har bett om det, säg på första raden hur ni känner varandra, och stryk fraserna nedan.',
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [{ html: '<p>We offer courses in pottery. Let us know if you have questions.</p>' }],
    bad: [
      {
        world: {
          html: '<p>Hope you are doing well. We are a team of designers. May I share our portfolio?</p>',
        },
        finds: 'said',
      },
      {
        world: {
          html: '<p>Jag tittade på er hemsida. Vi kan få upp er på Google. Ska jag skicka ett förslag?</p>',
        },
        finds: 'said',
      },
    ],
  },
});
