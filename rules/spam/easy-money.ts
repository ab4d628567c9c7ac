import { defineRule } from '#rule';
import { easyMoney } from '../wordings/spam/easy-money.ts';
import { offerOf } from '../wordings/spam/families.ts';
import { quoted, rewrite, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'easy-money',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, phrases of 20_phrases.cf and 72_active.cf on earning at home (MONEY_*, INCOME, HOME_WORK)',
  needs: ['wording'],
  points: 2.5,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, easyMoney)),
  words: {
    en: {
      title: 'Promises of easy money',
      heading: { said: () => 'The mail promises easy money' },
      mend: 'Leave out the promises of easy money',
      why: 'Filters count promises of income, freedom and sure methods against a mail, since mass mail has made them for decades. Several together may put it in the spam folder.',
      fix: rewrite.en,
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Löften om lätta pengar',
      heading: { said: () => 'Mejlet lovar lätta pengar' },
      mend: 'Stryk löftena om lätta pengar',
      why: 'Filter räknar löften om inkomst, frihet och säkra metoder mejlet till last, eftersom massutskick har gett dem i årtionden. Flera tillsammans kan lägga det i skräpposten.',
      fix: rewrite.sv,
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [
      { html: '<p>Så tjänar föreningen pengar på loppisen: 12 000 kronor på en dag.</p>' },
      { html: '<p>Our entrepreneurs meet on Friday. Bring a friend.</p>' },
    ],
    bad: [
      { world: { html: '<p>Earn up to $5,000 per week from home. Be your own boss!</p>' }, finds: 'said' },
      {
        world: { html: '<p>Tjäna upp till 30 000 i månaden med en bevisad metod. Jobba hemifrån.</p>' },
        finds: 'said',
      },
    ],
  },
});
