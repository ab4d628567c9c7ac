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
    const isAmp = (name: string) => name.startsWith('amp-');
    const amp = among(isAmp);
    return [
      ...among(isAddress).map(({ element, at }) => problem('address', { element }, { at })),
      ...among(isComponent).map(({ element, at }) => problem('component', { element }, { at })),
      ...amp.slice(0, 1).map(({ element, at }) => problem('amp', { element, count: amp.length }, { at })),
      ...among((name) => !isAddress(name) && !isComponent(name) && !isAmp(name)).map(({ element, at }) =>
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
        amp: () => 'The HTML is written as AMP',
        unknown: ({ element }, count) =>
          count > 1 ? `${count} elements are not HTML` : `The element <${element}> is not HTML`,
      },
      mend: {
        address: () => 'Write &lt; in place of <',
        component: () => 'Move it out of the text, or write HTML',
        amp: () => 'Send AMP as a part of its own',
        unknown: () => 'Correct the name, or remove the tag',
      },
      why: 'Mail programs do not know it: they show what is inside as plain text in the line, or remove it.',
      fix: {
        address: ({ element }) =>
          `Write &lt;${element}&gt;, or leave the brackets out and link the address with mailto:.`,
        component: ({ element }) =>
          `MJML reads no components inside mj-text, mj-button, mj-table and mj-raw: write HTML there, or move <${element}> into a column. In a file of HTML, hand in the MJML instead.`,
        amp: () =>
          'AMP belongs in a part of its own (text/x-amp-html), beside the ordinary HTML that most programs show. Write this part without AMP, or hand in the ordinary one.',
        unknown: () =>
          'Check the spelling. <div> and <span> do for most things. If your sending tool fills it in, hand in a mail as it is sent.',
      },
      problems: {
        address: ({ element }) => `<${element}> is taken for a tag, so readers do not see it.`,
        component: ({ element }) => `<${element}> stands in the finished HTML, where no program knows it.`,
        amp: ({ element, count }) =>
          `${count > 1 ? `There are ${count} AMP elements, the first of them <${element}>` : `There is an AMP element, <${element}>`}. No mail program knows them in HTML.`,
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
        amp: () => 'HTML-koden är skriven som AMP',
        unknown: ({ element }, count) =>
          count > 1 ? `${count} element finns inte i HTML` : `Elementet <${element}> finns inte i HTML`,
      },
      mend: {
        address: () => 'Skriv &lt; i stället för <',
        component: () => 'Flytta ut den ur texten, eller skriv HTML',
        amp: () => 'Skicka AMP som en egen del',
        unknown: () => 'Rätta namnet eller ta bort taggen',
      },
      why: 'Mejlprogrammen känner inte till det: de visar det som står inuti som vanlig text på raden, eller tar bort det.',
      fix: {
        address: ({ element }) =>
          `Skriv &lt;${element}&gt;, eller utelämna parenteserna och länka adressen med mailto:.`,
        component: ({ element }) =>
          `MJML läser inga komponenter inuti mj-text, mj-button, mj-table och mj-raw: skriv HTML där, eller flytta <${element}> till en kolumn. Är filen HTML, lämna in MJML-filen i stället.`,
        amp: () =>
          'AMP hör hemma i en egen del (text/x-amp-html), bredvid den vanliga HTML-del som de flesta program visar. Skriv den här delen utan AMP, eller lämna in den vanliga.',
        unknown: () =>
          'Kontrollera stavningen. <div> och <span> räcker till det mesta. Fyller ditt utskicksverktyg i det, lämna in ett mejl så som det skickas.',
      },
      problems: {
        address: ({ element }) => `<${element}> tas för en tagg, så läsarna ser den inte.`,
        component: ({ element }) =>
          `<${element}> står i den färdiga HTML-koden, där inget program känner till den.`,
        amp: ({ element, count }) =>
          `${count > 1 ? `Här finns ${count} AMP-element, det första är <${element}>` : `Här finns ett AMP-element, <${element}>`}. I HTML känner inget mejlprogram till dem.`,
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
        world: { html: '<p>Hej!</p><amp-img src="https://example.se/a.png" alt="Höst"></amp-img>' },
        finds: 'amp',
      },
      {
        world: {
          mjml: '<mjml><mj-body><mj-section><mj-column><mj-text>Hej!<mj-divider /></mj-text></mj-column></mj-section></mj-body></mjml>',
        },
        finds: 'component',
      },
    ],
  },
});
