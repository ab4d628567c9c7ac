import { defineRule } from '#rule';
import { adult } from '../wordings/spam/adult.ts';
import { offerOf } from '../wordings/spam/families.ts';
import { quoted, rewrite, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'adult-content',
  severity: 'minor',
  reference: 'SpamAssassin 4.0, 20_porn.cf and phrases on dating (MORE_SEX, HOT_NASTY)',
  needs: ['wording'],
  points: 2.5,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, adult)),
  words: {
    en: {
      title: 'Adult content',
      heading: { said: () => 'The mail reads like an offer of sex' },
      mend: 'Leave out the words of such offers',
      why: 'Filters hide mail that offers pornography or lures with people to meet, and many work places refuse it.',
      fix: rewrite.en,
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Vuxeninnehåll',
      heading: { said: () => 'Mejlet läses som ett erbjudande om sex' },
      mend: 'Stryk orden ur sådana erbjudanden',
      why: 'Filter gömmer mejl som erbjuder pornografi eller lockar med människor att träffa, och många arbetsplatser avvisar dem.',
      fix: rewrite.sv,
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [{ html: '<p>Kursen är för dig över 18. Vi talar om relationer och sexualitet.</p>' }],
    bad: [
      { world: { html: '<p>Hot girls live on webcam, free pics, must be 18.</p>' }, finds: 'said' },
      { world: { html: '<p>Heta singlar nära dig på vår sexdejtsajt. Porr gratis.</p>' }, finds: 'said' },
    ],
  },
});
