import { defineRule } from '#rule';
import { cures } from '../wordings/spam/cures.ts';
import { offerOf } from '../wordings/spam/families.ts';
import { quoted, rewrite, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'miracle-cures',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, phrases of 20_phrases.cf and 20_drugs.cf on diets and cures (DIET_1, SUBJECT_DIET, BODY_ENHANCEMENT)',
  needs: ['wording'],
  points: 2.5,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, cures)),
  words: {
    en: {
      title: 'Promises of cures',
      heading: { said: () => 'The mail promises a cure' },
      mend: 'Leave out the promises about the body',
      why: 'Filters count promises about weight, age and health against a mail when a product comes with them, so the mail may go to spam.',
      fix: rewrite.en,
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Löften om hälsa',
      heading: { said: () => 'Mejlet lovar underverk för hälsan' },
      mend: 'Stryk löftena om hälsan',
      why: 'Filter räknar löften om vikt, ålder och hälsa mejlet till last när en produkt följer med, så mejlet kan hamna i skräpposten.',
      fix: rewrite.sv,
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [
      { html: '<p>Vårens kurser: stavgång, yoga och matlagning.</p>' },
      { html: '<p>The patch fixes a memory leak. Diet and exercise are on the programme of Tuesday.</p>' },
    ],
    bad: [
      {
        world: { html: '<p>Lose 20 pounds in a month with our herbal diet pills. No exercise!</p>' },
        finds: 'said',
      },
      { world: { html: '<p>Gå ner 10 kilo utan träning med vårt kosttillskott.</p>' }, finds: 'said' },
    ],
  },
});
