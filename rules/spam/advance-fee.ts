import { defineRule } from '#rule';
import { advanceFee } from '../wordings/spam/advance-fee.ts';
import { offerOf } from '../wordings/spam/families.ts';
import { quoted, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'advance-fee',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, 20_advance_fee.cf and MONEY_FRAUD_*; the FTC’s consumer advice on “Nigerian” letters and advance fees, read 2026-11',
  needs: ['wording'],
  points: 2.5,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, advanceFee)),
  words: {
    en: {
      title: 'Words of advance-fee letters',
      heading: { said: () => 'The mail sounds like a letter about a fortune to share' },
      mend: 'Rewrite what sounds like a fortune to share',
      why: 'Filters take letters about money to be moved, inherited or won for fraud, and put them in the spam folder. They know them by several such phrases together.',
      fix: 'Say plainly who you are, what the money is for and where it can be checked, and leave out the phrases below. A fund-raising mail needs no secrecy and no account numbers.',
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Ord ur brev om förskottsbetalning',
      heading: { said: () => 'Mejlet låter som ett brev om en förmögenhet att dela' },
      mend: 'Skriv om det som låter som en förmögenhet att dela',
      why: 'Filter tar brev om pengar som ska flyttas, ärvas eller har vunnits för bedrägeri och lägger dem i skräpposten. De känns igen på flera sådana fraser tillsammans.',
      fix: 'Säg rakt ut vem du är, vad pengarna ska gå till och var man kan kontrollera det, och stryk fraserna nedan. Ett insamlingsmejl behöver varken hemlighet eller kontonummer.',
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [
      { html: '<p>Insamlingen gav 2 miljoner kronor. Styrelsen överför pengarna till fonden i maj.</p>' },
      { html: '<p>The grant was one million dollars, from the central bank of Norway.</p>' },
    ],
    bad: [
      {
        world: {
          html: '<p>Dear friend, my late husband left 12 million US dollars with a security company. I need your bank account details. Keep this transaction confidential.</p>',
        },
        finds: 'said',
      },
      {
        world: {
          html: '<p>Jag är advokat för en avliden kund. Vi ska överföra pengarna, 8 miljoner dollar, strikt konfidentiellt.</p>',
        },
        finds: 'said',
      },
    ],
  },
});
