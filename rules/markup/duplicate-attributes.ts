import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'duplicate-attributes',
  severity: 'minor',
  reference: 'WHATWG HTML section 13.2.2, duplicate-attribute: all but the first are ignored',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    return markup.repeated.map(({ element, attribute, at }) =>
      problem('twice', { element, attribute }, { at }),
    );
  },
  words: {
    en: {
      title: 'Attributes written once',
      heading: {
        twice: ({ element, attribute }, count) =>
          count > 1
            ? `${count} tags have an attribute twice`
            : `${attribute.slice(0, 30)} stands twice in a <${element.slice(0, 20)}>`.replace(/^./, (first) =>
                first.toUpperCase(),
              ),
      },
      mend: 'Write them together as one',
      why: 'Mail programs use the first and drop the second, so a style, a link or a text that you wrote has no effect.',
      fix: {
        twice: ({ attribute }) =>
          `Put both values into one ${attribute} and remove the other: style="color:#333; padding:8px".`,
      },
      problems: {
        twice: ({ element, attribute }) =>
          `<${element}> has ${attribute} twice, with two values. Only the first counts.`,
      },
    },
    sv: {
      title: 'Attribut som står en gång',
      heading: {
        twice: ({ element, attribute }, count) =>
          count > 1
            ? `${count} taggar har ett attribut två gånger`
            : `${attribute.slice(0, 30)} står två gånger i en <${element.slice(0, 20)}>`.replace(
                /^./,
                (first) => first.toUpperCase(),
              ),
      },
      mend: 'Skriv ihop dem till ett',
      why: 'Mejlprogrammen använder det första och släpper det andra, så en stil, en länk eller en text som du har skrivit får ingen verkan.',
      fix: {
        twice: ({ attribute }) =>
          `Samla båda värdena i ett ${attribute} och ta bort det andra: style="color:#333; padding:8px".`,
      },
      problems: {
        twice: ({ element, attribute }) =>
          `<${element}> har ${attribute} två gånger, med två värden. Bara det första räknas.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<p class="a" style="color:#333" title="b=c">Hej!</p>' },
      { html: '<p style="color:#333" style="color: #333;">Hej!</p>' },
      { html: '<p {{#if a}}class="a"{{else}}class="b"{{/if}}>Hej!</p>' },
    ],
    bad: [{ world: { html: '<p style="color:#333" class="a" style="margin:0">Hej!</p>' }, finds: 'twice' }],
  },
});
