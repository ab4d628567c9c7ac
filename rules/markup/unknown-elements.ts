import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'unknown-elements',
  severity: 'minor',
  reference:
    'WHATWG HTML section 3.2.6, HTMLUnknownElement; the elements that html-validate 11 knows, and the obsolete ones of section 16.2',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    const among = (holds: (name: string) => boolean) =>
      markup.unknown.filter(({ element }) => holds(element));
    const isComponent = (name: string) => name.startsWith('mj-');
    const isAddress = (name: string) => name.includes('@');
    return [
      ...among(isAddress).map(({ element, at }) => problem('address', { element }, { at })),
      ...among(isComponent).map(({ element, at }) => problem('component', { element }, { at })),
      ...among((name) => !isAddress(name) && !isComponent(name)).map(({ element, at }) =>
        problem('unknown', { element }, { at }),
      ),
    ];
  },
  words: {
    en: {
      title: 'Elements that HTML has',
      heading: {
        address: ({ element }, count) =>
          count > 1 ? `${count} addresses are not shown` : `The address ${element} is not shown`,
        component: ({ element }, count) =>
          count > 1 ? `${count} MJML components are sent as they are` : `A <${element}> is sent as it is`,
        unknown: ({ element }, count) =>
          count > 1 ? `${count} elements are not of HTML` : `The element <${element}> is not of HTML`,
      },
      mend: {
        address: () => 'Write &lt; in place of <',
        component: () => 'Move it out of the text, or write HTML',
        unknown: () => 'Correct the name, or take the tag away',
      },
      why: 'Mail programs do not know it: they show what stands inside as plain text in the line, or take it away.',
      fix: {
        address: ({ element }) =>
          `Write &lt;${element}&gt;, or leave the brackets out and link the address with mailto:.`,
        component: ({ element }) =>
          `MJML reads no components inside mj-text, mj-button, mj-table and mj-raw: write HTML there, or move <${element}> into a column. In a file of HTML, hand in the MJML instead.`,
        unknown: ({ element }) =>
          `Check the spelling of <${element}>; <div> and <span> do for most things. If your sending tool fills it in, hand in a mail as it is sent.`,
      },
      problems: {
        address: ({ element }) => `<${element}> is taken for a tag, so readers do not see it.`,
        component: ({ element }) => `<${element}> stands in the finished HTML, where nobody knows it.`,
        unknown: ({ element }) => `<${element}> is not among the elements that mail programs know.`,
      },
    },
    sv: {
      title: 'Element som finns i HTML',
      heading: {
        address: ({ element }, count) =>
          count > 1 ? `${count} adresser visas inte` : `Adressen ${element} visas inte`,
        component: ({ element }, count) =>
          count > 1 ? `${count} MJML-komponenter skickas som de är` : `En <${element}> skickas som den är`,
        unknown: ({ element }, count) =>
          count > 1 ? `${count} element finns inte i HTML` : `Elementet <${element}> finns inte i HTML`,
      },
      mend: {
        address: () => 'Skriv &lt; i stället för <',
        component: () => 'Flytta ut den ur texten, eller skriv HTML',
        unknown: () => 'Rätta namnet eller ta bort taggen',
      },
      why: 'Mejlprogrammen känner inte till det: de visar det som står inuti som vanlig text på raden, eller tar bort det.',
      fix: {
        address: ({ element }) =>
          `Skriv &lt;${element}&gt;, eller utelämna parenteserna och länka adressen med mailto:.`,
        component: ({ element }) =>
          `MJML läser inga komponenter inuti mj-text, mj-button, mj-table och mj-raw: skriv HTML där, eller flytta <${element}> till en kolumn. Är filen HTML, lämna in MJML-filen i stället.`,
        unknown: ({ element }) =>
          `Kontrollera stavningen av <${element}>; <div> och <span> räcker till det mesta. Fyller ditt utskicksverktyg i det, lämna in ett mejl så som det skickas.`,
      },
      problems: {
        address: ({ element }) => `<${element}> tas för en tagg, så läsarna ser den inte.`,
        component: ({ element }) => `<${element}> står i den färdiga HTML-koden, där ingen känner till den.`,
        unknown: ({ element }) => `<${element}> hör inte till de element som mejlprogram känner till.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<center><font color="#333333">Hej!</font><o:p></o:p><v:rect></v:rect></center><svg><path/><foo/></svg>',
      },
    ],
    bad: [
      { world: { html: '<p>Svara till Föreningen <info@example.se></p>' }, finds: 'address' },
      { world: { html: '<centre><p>Hej!</p></centre>' }, finds: 'unknown' },
      {
        world: {
          mjml: '<mjml><mj-body><mj-section><mj-column><mj-text>Hej!<mj-divider /></mj-text></mj-column></mj-section></mj-body></mjml>',
        },
        finds: 'component',
      },
    ],
  },
});
