import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'character-references',
  severity: 'minor',
  reference: 'WHATWG HTML section 13.2.2, unknown-named-character-reference, and 13.5 (the names there are)',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    return markup.references.map(({ reference, unended, at }) =>
      unended ? problem('unended', { reference }, { at }) : problem('shown', { reference }, { at }),
    );
  },
  words: {
    en: {
      title: 'Codes for characters',
      heading: {
        shown: ({ reference }, count) =>
          count > 1
            ? `${count} codes for characters show as code`
            : `Readers see ${reference} as it is written`,
        unended: ({ reference }, count) =>
          count > 1
            ? `${count} codes for characters lack their semicolon`
            : `Readers see ${reference} as code`,
      },
      mend: {
        shown: () => 'Correct the code, or write the character',
        unended: ({ reference }) => `Put a semicolon after ${reference}`,
      },
      why: 'Mail programs know a fixed list of such codes. One that is not among them stands in the text, letter for letter.',
      fix: {
        shown: () =>
          'Compare with the right spelling: &nbsp; is a space that does not break, &copy; is ©, &euro; is €. Small and capital letters matter. Or write the character itself. If the text should read so, write &amp; instead of the first character.',
        unended: ({ reference }) =>
          `Write a semicolon after it, ${reference};, or write the character itself. If the text should read so, write &amp; instead of the first character.`,
      },
      problems: {
        unended: ({ reference }) => `${reference} has no semicolon after it, so it shows as it is written.`,
        shown: ({ reference }) => `${reference} is not a code in HTML, so it shows in the text.`,
      },
    },
    sv: {
      title: 'Koder för tecken',
      heading: {
        shown: ({ reference }, count) =>
          count > 1 ? `${count} koder för tecken syns som kod` : `Läsaren ser ${reference} så som det står`,
        unended: ({ reference }, count) =>
          count > 1 ? `${count} koder för tecken saknar semikolon` : `Läsaren ser ${reference} som kod`,
      },
      mend: {
        shown: () => 'Rätta koden eller skriv tecknet',
        unended: ({ reference }) => `Sätt ett semikolon efter ${reference}`,
      },
      why: 'Mejlprogrammen kan en bestämd lista med sådana koder. En som inte finns där står kvar i texten, bokstav för bokstav.',
      fix: {
        shown: () =>
          'Jämför med rätt stavning: &nbsp; är ett mellanslag som inte bryts, &copy; är ©, &euro; är €. Stora och små bokstäver har betydelse. Eller skriv tecknet självt. Om texten ska se ut så, skriv &amp; i stället för det första tecknet.',
        unended: ({ reference }) =>
          `Skriv ett semikolon efter, ${reference};, eller skriv tecknet självt. Om texten ska se ut så, skriv &amp; i stället för det första tecknet.`,
      },
      problems: {
        unended: ({ reference }) => `${reference} har inget semikolon efter sig, så det syns som det står.`,
        shown: ({ reference }) => `${reference} är ingen kod som finns i HTML, så den syns i texten.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej&nbsp;du &amp; jag &copy; &ouml; &#8211; kaffe &amp;nbps; B&Bs; och Q&A;</p>' },
      {
        html: '<p title="&hellip">&copy 2026 &nbsp&middot https://example.se/?a=1&trade &amp;euro cow&bull /?euro=1&euro=2</p>',
      },
      { html: '<p>Hej!</p><style>/* &nbps; */</style><!-- &nbps; -->' },
    ],
    bad: [
      { world: { html: '<p>Hej&nbps;du!</p>' }, finds: 'shown' },
      { world: { html: '<p>&Nbsp;Hej!</p>' }, finds: 'shown' },
      { world: { html: '<p>20 &euro och 30&euro till</p>' }, finds: 'unended' },
      { world: { html: '<p>Läs mer&hellip <b>Hit &rarr</b></p>' }, finds: 'unended' },
    ],
  },
});
