import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'idle-attributes',
  severity: 'advice',
  reference:
    'WHATWG HTML, rules for parsing dimension values: a size that is no number is ignored; github.com/mjmlio/mjml, issue 2578, 2022-11-17 (drafts in Apple Mail)',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    return markup.values.flatMap(({ kind, element, attribute, value, at }) => {
      if (kind !== 'idle') return [];
      const key = attribute === 'valign' ? 'middle' : 'auto';
      return [problem(key, { element, attribute, value }, { at })];
    });
  },
  words: {
    en: {
      title: 'Attributes that do nothing',
      heading: {
        auto: ({ attribute, value }, count) =>
          count > 1 ? `${count} sizes are given as auto` : `The value ${attribute}="${value}" does nothing`,
        middle: ({ attribute, value }, count) =>
          count > 1
            ? `${count} cells have ${attribute}="${value}"`
            : `The value ${attribute}="${value}" does nothing`,
      },
      mend: {
        auto: () => 'Move auto into style',
        middle: () => 'Write middle',
      },
      why: 'Browsers ignore the value, and it looks right only because it would look the same without it. Not every mail program copes with a value that HTML does not have.',
      fix: {
        auto: ({ attribute, value }) =>
          `Delete ${attribute}="${value}" and write ${attribute}:auto in style. A picture keeps its proportions when only its width is a number.`,
        middle: () => 'Write valign="middle".',
      },
      problems: {
        auto: ({ element, attribute, value }) =>
          `<${element}> has ${attribute}="${value}". The attribute takes numbers; auto is CSS.`,
        middle: ({ element, attribute, value }) =>
          `<${element}> has ${attribute}="${value}". The word for it is middle.`,
      },
    },
    sv: {
      title: 'Attribut utan verkan',
      heading: {
        auto: ({ attribute, value }, count) =>
          count > 1 ? `${count} mått är angivna som auto` : `Värdet ${attribute}="${value}" gör ingenting`,
        middle: ({ attribute, value }, count) =>
          count > 1
            ? `${count} celler har ${attribute}="${value}"`
            : `Värdet ${attribute}="${value}" gör ingenting`,
      },
      mend: {
        auto: () => 'Flytta auto till style',
        middle: () => 'Skriv middle',
      },
      why: 'Webbläsare bryr sig inte om värdet, och det ser rätt ut bara för att det blir likadant utan. Alla mejlprogram klarar inte ett värde som inte finns i HTML.',
      fix: {
        auto: ({ attribute, value }) =>
          `Ta bort ${attribute}="${value}" och skriv ${attribute}:auto i style. En bild behåller sina proportioner när bara bredden är ett tal.`,
        middle: () => 'Skriv valign="middle".',
      },
      problems: {
        auto: ({ element, attribute, value }) =>
          `<${element}> har ${attribute}="${value}". Attributet tar tal; auto är CSS.`,
        middle: ({ element, attribute, value }) =>
          `<${element}> har ${attribute}="${value}". Ordet för det är middle.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<img src="https://example.se/a.png" alt="En katt" width="600" style="height:auto">' },
      { html: '<table><tr><td valign="middle">Hej!</td></tr></table>' },
      {
        mjml: '<mjml><mj-body><mj-section><mj-column><mj-image src="https://example.se/a.png" alt="En katt" /></mj-column></mj-section></mj-body></mjml>',
      },
    ],
    bad: [
      {
        world: { html: '<img src="https://example.se/a.png" alt="En katt" width="600" height="auto">' },
        finds: 'auto',
      },
      { world: { html: '<table><tr><td valign="center">Hej!</td></tr></table>' }, finds: 'middle' },
    ],
  },
});
