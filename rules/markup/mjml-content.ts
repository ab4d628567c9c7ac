import { defineRule, notApplicable, problem } from '#rule';

const mjml = (inside: string) => `<mjml><mj-body><mj-section>${inside}</mj-section></mj-body></mjml>`;

export default defineRule({
  id: 'mjml-content',
  severity: 'major',
  reference:
    'documentation.mjml.io, Components: text stands in mj-text, mj-button or mj-raw; compiled with MJML 5.4.1, November 2026: the rest is left out without a warning',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    const outside = markup.mjml.flatMap((fault) =>
      fault.kind === 'outside'
        ? [problem('outside', { tag: fault.tag, text: fault.text }, { at: fault.at })]
        : [],
    );
    const unclosed = markup.mjml.flatMap((fault) =>
      fault.kind === 'unclosed' && fault.content
        ? [problem('unclosed', { tag: fault.tag }, { at: fault.at })]
        : [],
    );
    return [...outside, ...unclosed];
  },
  words: {
    en: {
      title: 'Text that MJML leaves out',
      heading: {
        outside: (_, count) =>
          count > 1
            ? `${count} pieces of text are missing from the mail`
            : 'A piece of text is missing from the mail',
        unclosed: ({ tag }, count) =>
          count > 1
            ? `${count} components lose what stands in them`
            : `What stands in <${tag}> is missing from the mail`,
      },
      mend: {
        outside: () => 'Put the text in an mj-text',
        unclosed: ({ tag }) => `Close <${tag}>`,
      },
      why: 'The compiler says nothing about it: the text is simply not there when readers get the mail.',
      fix: {
        outside: () =>
          'Write text in <mj-text>, and code for your sending tool, such as {{#if}}, in <mj-raw>. If it is a stray letter, delete it.',
        unclosed: ({ tag }) =>
          `Write </${tag}> where the text ends, before the component around it is closed.`,
      },
      problems: {
        outside: ({ tag, text }) => `“${text}” stands directly in <${tag}>, which shows no text of its own.`,
        unclosed: ({ tag }) => `A <${tag}> is not closed, so its content is left out.`,
      },
    },
    sv: {
      title: 'Text som MJML utelämnar',
      heading: {
        outside: (_, count) =>
          count > 1 ? `${count} textbitar saknas i mejlet` : 'En textbit saknas i mejlet',
        unclosed: ({ tag }, count) =>
          count > 1 ? `${count} komponenter tappar sitt innehåll` : `Innehållet i <${tag}> saknas i mejlet`,
      },
      mend: {
        outside: () => 'Lägg texten i en mj-text',
        unclosed: ({ tag }) => `Stäng <${tag}>`,
      },
      why: 'Kompilatorn säger inget om det: texten finns helt enkelt inte där när läsarna får mejlet.',
      fix: {
        outside: () =>
          'Skriv text i <mj-text>, och kod för ditt utskicksverktyg, till exempel {{#if}}, i <mj-raw>. Är det ett tecken som hamnat där av misstag, ta bort det.',
        unclosed: ({ tag }) => `Skriv </${tag}> där texten slutar, innan komponenten runt om stängs.`,
      },
      problems: {
        outside: ({ tag, text }) => `”${text}” står direkt i <${tag}>, som inte visar någon egen text.`,
        unclosed: ({ tag }) => `En <${tag}> är inte stängd, så innehållet utelämnas.`,
      },
    },
  },
  examples: {
    good: [
      { mjml: mjml('<mj-column><mj-text>Hej <b>du</b>!<br>Hej!</mj-text></mj-column>') },
      { html: '<p>Hej!</p>' },
    ],
    bad: [
      { world: { mjml: mjml('Höstmöte<mj-column><mj-text>Hej!</mj-text></mj-column>') }, finds: 'outside' },
      { world: { mjml: mjml('<mj-column><mj-text>Hej!</mj-column>') }, finds: 'unclosed' },
    ],
  },
});
