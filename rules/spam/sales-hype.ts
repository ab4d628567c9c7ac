import { defineRule } from '#rule';
import { offerOf } from '../wordings/spam/families.ts';
import { hype } from '../wordings/spam/hype.ts';
import { quoted, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'sales-hype',
  severity: 'advice',
  reference:
    'SpamAssassin 4.0, phrases of 20_phrases.cf (RISK_FREE, BANG_GUAR, LOW_PRICE, FREE_QUOTE_INSTANT and others)',
  needs: ['wording'],
  points: 1,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, hype)),
  words: {
    en: {
      title: 'Loud selling',
      heading: { said: () => 'The mail sells with phrases that filters know' },
      mend: 'Tone the selling down',
      why: 'One such phrase does no harm, but several close together are how mass mail sounds, and filters count them.',
      fix: 'Keep the one that matters most, and say the rest in plain words: what it costs, until when, for whom.',
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Högljudd försäljning',
      heading: { said: () => 'Mejlet säljer med fraser som filter känner igen' },
      mend: 'Tona ner försäljningen',
      why: 'En sådan fras gör ingen skada, men flera tätt tillsammans är hur massutskick låter, och filter räknar dem.',
      fix: 'Behåll den som är viktigast och säg resten med enkla ord: vad det kostar, till när och för vem.',
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [
      { html: '<p>20 % off all books until Friday.</p>' },
      { html: '<p>Endast 200 kr för medlemmar. Anmäl dig på webbplatsen.</p>' },
    ],
    bad: [
      {
        world: { html: '<p>Congratulations! Risk-free offer, absolutely free gift, act now!</p>' },
        finds: 'said',
      },
      { world: { html: '<p>Grattis! Helt gratis och pengarna tillbaka. Beställ nu!</p>' }, finds: 'said' },
    ],
  },
});
