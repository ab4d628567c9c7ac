import { defineRule } from '#rule';
import { offerOf } from '../wordings/spam/families.ts';
import { quickProfit } from '../wordings/spam/quick-profit.ts';
import { quoted, rewrite, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'quick-profit',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, phrases on shares and STOX_*, BITCOIN_*; Finansinspektionen’s warning list, read 2026-11',
  needs: ['wording'],
  points: 2,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, quickProfit)),
  words: {
    en: {
      title: 'Promises of profit',
      heading: { said: () => 'The mail promises quick profit from shares or currencies' },
      mend: 'Leave out the promises of profit',
      why: 'Filters know tips about shares and crypto currencies with promises of profit as fraud, and put them in the spam folder.',
      fix: rewrite.en,
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Löften om vinst',
      heading: { said: () => 'Mejlet lovar snabb vinst på aktier eller valutor' },
      mend: 'Stryk löftena om vinst',
      why: 'Filter känner igen tips om aktier och kryptovalutor med löften om vinst som bedrägeri och lägger dem i skräpposten.',
      fix: rewrite.sv,
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [
      { html: '<p>Årsredovisningen visar en vinst på 3 procent. Investerare är välkomna till stämman.</p>' },
    ],
    bad: [
      {
        world: { html: '<p>Hot stock alert: strong buy, guaranteed profit of 300 % this week.</p>' },
        finds: 'said',
      },
      {
        world: { html: '<p>Investera i bitcoin nu: garanterad avkastning.</p>' },
        finds: 'said',
      },
    ],
  },
});
