import { defineRule } from '#rule';
import { charges } from '../wordings/spam/charges.ts';
import { offerOf } from '../wordings/spam/families.ts';
import { quoted, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'charge-alarm',
  severity: 'minor',
  reference: 'FTC and NCSC on false renewals and support calls, read 2026-11',
  needs: ['wording'],
  points: 2.5,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, charges)),
  words: {
    en: {
      title: 'Words of false charges',
      heading: { said: () => 'The mail sounds like a charge that nobody agreed to' },
      mend: 'Tell of the charge without alarm',
      why: 'Fraudsters write that a subscription was renewed and that whoever did not agree must call a number at once. Filters know the letter by these phrases together.',
      fix: 'Say what was bought, when and by whom, and let readers change it in their account on your site. Ask nobody to call at once.',
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Ord ur falska debiteringar',
      heading: { said: () => 'Mejlet låter som en debitering som ingen har godkänt' },
      mend: 'Berätta om debiteringen utan larm',
      why: 'Bedragare skriver att ett abonnemang har förnyats och att den som inte har godkänt det genast måste ringa ett nummer. Filter känner igen brevet på de här fraserna tillsammans.',
      fix: 'Säg vad som är köpt, när och av vem, och låt läsarna ändra det på sitt konto på din webbplats. Be ingen att ringa genast.',
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Your plan renews on 3 December. To cancel, open your account. Questions? Call our support team.</p>',
      },
      { html: '<p>Tack för din beställning! Ring oss om du vill ändra något.</p>' },
    ],
    bad: [
      {
        world: {
          html: '<p>Your subscription has been renewed. If you did not authorize this, call our billing department.</p>',
        },
        finds: 'said',
      },
      {
        world: {
          html: '<p>Abonnemanget har förnyats. Har du inte godkänt köpet? Ring vår kundtjänst för att avbryta.</p>',
        },
        finds: 'said',
      },
    ],
  },
});
