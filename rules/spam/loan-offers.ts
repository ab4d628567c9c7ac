import { defineRule } from '#rule';
import { offerOf } from '../wordings/spam/families.ts';
import { loanOffers } from '../wordings/spam/loan-offers.ts';
import { quoted, rewrite, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'loan-offers',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, phrases of 20_phrases.cf on loans, debts and insurance (BAD_CREDIT, REFINANCE_*, FIN_FREE)',
  needs: ['wording'],
  points: 2.5,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, loanOffers)),
  words: {
    en: {
      title: 'Offers of loans',
      heading: { said: () => 'The mail offers loans or debt relief' },
      mend: 'Say it without the phrases of loan offers',
      why: 'Filters know the phrases of loan, debt and insurance offers from mass mail, so a mail with several of them may go to spam. That hits a lender that people have asked to hear from as well.',
      fix: rewrite.en,
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Erbjudanden om lån',
      heading: { said: () => 'Mejlet erbjuder lån eller skuldsanering' },
      mend: 'Säg det utan låneerbjudandenas fraser',
      why: 'Filter känner igen fraserna i erbjudanden om lån, skulder och försäkringar från massutskick, så ett mejl med flera av dem kan hamna i skräpposten. Det drabbar även en långivare som läsarna vill höra från.',
      fix: rewrite.sv,
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [{ html: '<p>Räntan på föreningens lån sänks i maj. Årsmötet beslutar om budgeten.</p>' }],
    bad: [
      {
        world: {
          html: '<p>Lower your monthly payment: refinance your home loan, bad credit is no problem.</p>',
        },
        finds: 'said',
      },
      { world: { html: '<p>Snabblån utan kreditupplysning, pengarna samma dag.</p>' }, finds: 'said' },
    ],
  },
});
