import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'font-fallback',
  severity: 'minor',
  reference:
    'CSS Fonts Level 4 section 2.1.1: end the list with a generic family; Gmail and Outlook load no typefaces (caniemail.com, css-at-font-face)',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    return markup.fonts.map(({ fonts, at }) => problem('alone', { fonts }, { at }));
  },
  words: {
    en: {
      title: 'Fallback typefaces',
      heading: {
        alone: ({ fonts }, count) =>
          count > 1
            ? `${count} places name only typefaces that few readers have`
            : `Few readers have the typeface ${fonts.slice(0, 40)}`,
      },
      mend: 'Name a common typeface after it',
      why: 'Where the typeface is missing, and Gmail and Outlook load none, the text is set in Times or another that does not go with the design.',
      fix: {
        alone: ({ fonts }) =>
          `After it, write a typeface that everybody has, and last the kind: font-family: ${fonts}, Arial, sans-serif.`,
      },
      problems: { alone: ({ fonts }) => `Only ${fonts} is named, with nothing to fall back on.` },
    },
    sv: {
      title: 'Reservtypsnitt',
      heading: {
        alone: ({ fonts }, count) =>
          count > 1
            ? `${count} ställen anger bara typsnitt som få läsare har`
            : `Få läsare har typsnittet ${fonts.slice(0, 40)}`,
      },
      mend: 'Ange ett vanligt typsnitt efter det',
      why: 'Där typsnittet saknas, och Gmail och Outlook hämtar inga, sätts texten i Times eller något annat som inte passar formgivningen.',
      fix: {
        alone: ({ fonts }) =>
          `Skriv efter det ett typsnitt som alla har, och sist sorten: font-family: ${fonts}, Arial, sans-serif.`,
      },
      problems: { alone: ({ fonts }) => `Bara ${fonts} är angivet, utan något i reserv.` },
    },
  },
  examples: {
    good: [
      {
        html: '<style>@font-face{font-family:Brand;src:url(https://example.se/b.woff2)}p{font-family:Brand,Georgia}</style><p>Hej!</p>',
      },
      { html: '<p style="font:16px/1.5 Lato, sans-serif">Hej <font face="Arial">du</font>!</p>' },
      { html: '<p style="font-size:16px;font-weight:bold;font-family:inherit">Hej!</p>' },
    ],
    bad: [
      { world: { html: '<p style="font-family: \'Open Sans\'">Hej!</p>' }, finds: 'alone' },
      {
        world: { html: '<style>td { font: bold 14px Lato }</style><table><tr><td>Hej!</td></tr></table>' },
        finds: 'alone',
      },
    ],
  },
});
