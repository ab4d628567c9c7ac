import { defineRule } from '#rule';
import { bulkTools } from '../wordings/spam/bulk-tools.ts';
import { offerOf } from '../wordings/spam/families.ts';
import { quoted, rewrite, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'bulk-mail-tools',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, phrases on lists and traffic (BULK_EMAIL, SEO_*, MILLION_EMAIL); integritetsskyddsmyndigheten on bought address lists, read 2026-11',
  needs: ['wording'],
  points: 2,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, bulkTools)),
  words: {
    en: {
      title: 'Offers of addresses and traffic',
      heading: { said: () => 'The mail offers addresses, traffic or search ranking' },
      mend: 'Say what you do for customers without these phrases',
      why: 'Filters know offers of address lists, visitors and search ranking from mass mail to companies, so the mail may go to spam.',
      fix: rewrite.en,
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Erbjudanden om adresser och trafik',
      heading: { said: () => 'Mejlet erbjuder adresser, trafik eller sökplacering' },
      mend: 'Säg vad du gör för kunderna utan dessa fraser',
      why: 'Filter känner igen erbjudanden om adresslistor, besökare och sökplacering från massutskick till företag, så mejlet kan hamna i skräpposten.',
      fix: rewrite.sv,
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [{ html: '<p>Our new website design is live. Thanks to all who helped.</p>' }],
    bad: [
      {
        world: {
          html: '<p>Buy 5 million fresh email addresses on CD and increase your website traffic. Bulk email works.</p>',
        },
        finds: 'said',
      },
      {
        world: {
          html: '<p>Vi sökmotoroptimerar er sida till första sidan på Google. Köp e-postadresser till hela branschen.</p>',
        },
        finds: 'said',
      },
    ],
  },
});
