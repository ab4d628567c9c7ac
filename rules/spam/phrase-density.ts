import { defineRule } from '#rule';
import { counted } from '../wordings/spam/families.ts';
import { quoted, rewrite, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'phrase-density',
  severity: 'advice',
  reference:
    'SpamAssassin 4.0, MONEY_FRAUD_3, _5 and _8 and ADVANCE_FEE_2 to _5 (the more phrases of one subject, the more points)',
  needs: ['wording'],
  points: 1.2,
  check: ({ wording: { passages } }) => quoted(counted(passages).crowd),
  words: {
    en: {
      title: 'Many such phrases',
      heading: { said: (_, count) => `${count} or more phrases of one offer stand close together` },
      mend: 'Say it with fewer of these phrases',
      why: 'One or two phrases of an offer are in many letters; five and more in a short mail are in mass mail alone, so filters give points for the number.',
      fix: rewrite.en,
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Många sådana fraser',
      heading: { said: (_, count) => `${count} eller fler fraser ur samma slags erbjudande står tätt` },
      mend: 'Säg det med färre av de här fraserna',
      why: 'En eller två fraser ur ett erbjudande finns i många brev; fem eller fler i ett kort mejl finns bara i massutskick, så filter ger poäng för antalet.',
      fix: rewrite.sv,
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [
      { html: '<p>Föreläsning: så förnyar du dina recept, och varför du aldrig köper Viagra på nätet.</p>' },
    ],
    bad: [
      {
        world: {
          html: '<p>Cheap Viagra, Cialis and Levitra. No prescription needed, shipped discreetly, generic quality.</p>',
        },
        finds: 'said',
      },
      {
        world: {
          html: '<p>Snabblån utan UC: låna upp till 50 000 kr, svar direkt, pengarna samma dag, låg ränta.</p>',
        },
        finds: 'said',
      },
    ],
  },
});
