import { defineRule } from '#rule';
import { offerOf } from '../wordings/spam/families.ts';
import { medicines } from '../wordings/spam/medicines.ts';
import { quoted, rewrite, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'medicine-shop',
  severity: 'minor',
  reference: 'SpamAssassin 4.0, 20_drugs.cf (DRUGS_*, IMPOTENCE, ONLINE_PHARMACY)',
  needs: ['wording'],
  points: 2.5,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, medicines)),
  words: {
    en: {
      title: 'Offers of medicine',
      heading: { said: () => 'The mail offers medicine' },
      mend: 'Leave out the names and offers of medicine',
      why: 'Filters hide nearly all mail that offers prescription medicine or potency pills, whoever sends it.',
      fix: rewrite.en,
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Erbjudanden om läkemedel',
      heading: { said: () => 'Mejlet erbjuder läkemedel' },
      mend: 'Stryk namnen på läkemedel och erbjudandena om dem',
      why: 'Filter gömmer nästan alla mejl som erbjuder receptbelagd medicin eller potensmedel, vem som än skickar dem.',
      fix: rewrite.sv,
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [{ html: '<p>Föreläsning på torsdag: så förnyar du dina recept på apoteket.</p>' }],
    bad: [
      {
        world: { html: '<p>Cheap Viagra and Cialis, no prescription needed, shipped discreetly.</p>' },
        finds: 'said',
      },
      { world: { html: '<p>Köp Viagra utan recept. Potensmedel direkt hem.</p>' }, finds: 'said' },
    ],
  },
});
