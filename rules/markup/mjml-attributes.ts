import { defineRule, notApplicable, problem } from '#rule';

const mjml = (inside: string) =>
  `<mjml><mj-body><mj-section><mj-column>${inside}</mj-column></mj-section></mj-body></mjml>`;

export default defineRule({
  id: 'mjml-attributes',
  severity: 'minor',
  reference:
    'The validator of MJML 5.4.1 (soft level); documentation.mjml.io lists what each component takes',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    const unread = markup.mjml.flatMap((fault) =>
      fault.kind === 'attribute'
        ? [problem('unread', { tag: fault.tag, attribute: fault.attribute }, { at: fault.at })]
        : [],
    );
    const wrong = markup.mjml.flatMap((fault) => {
      if (fault.kind !== 'value') return [];
      const { tag, attribute, value, at } = fault;
      return [problem('value', { tag, attribute, value }, { at })];
    });
    return [...unread, ...wrong];
  },
  words: {
    en: {
      title: 'Attributes of MJML components',
      heading: {
        unread: ({ tag, attribute }, count) =>
          count > 1
            ? `${count} attributes in the MJML have no effect`
            : `A <${tag}> takes no ${attribute}`.slice(0, 80),
        value: ({ attribute }, count) =>
          count > 1
            ? `${count} attributes in the MJML have a value that does not work`
            : `The value of ${attribute} in the MJML does not work`,
      },
      mend: {
        unread: () => 'Use an attribute that the component has',
        value: () => 'Give the attribute a value it takes',
      },
      why: 'The attribute changes nothing, so the mail looks different from what you meant.',
      fix: {
        unread: ({ tag, attribute }) =>
          `Check how ${attribute} is spelt, or delete it. What <${tag}> takes is listed at documentation.mjml.io. For a style of your own, give the component a css-class.`,
        value: ({ attribute }) =>
          `Sizes need a unit, such as ${attribute}="20px"; colours are written as # and six digits, such as #336699, or by an English name.`,
      },
      problems: {
        unread: ({ tag, attribute }) =>
          `<${tag}> has the attribute ${attribute}, which MJML does not know on it.`,
        value: ({ tag, attribute, value }) => `<${tag}> has ${attribute}="${value}".`,
      },
    },
    sv: {
      title: 'MJML-komponenternas attribut',
      heading: {
        unread: ({ tag, attribute }, count) =>
          count > 1
            ? `${count} attribut i MJML-koden har ingen verkan`
            : `En <${tag}> tar inte emot ${attribute}`.slice(0, 80),
        value: ({ attribute }, count) =>
          count > 1
            ? `${count} attribut i MJML-koden har värden som inte fungerar`
            : `Värdet på ${attribute} i MJML-koden fungerar inte`,
      },
      mend: {
        unread: () => 'Använd ett attribut som komponenten har',
        value: () => 'Ge attributet ett värde som det tar emot',
      },
      why: 'Attributet ändrar ingenting, så mejlet ser inte ut som du tänkt.',
      fix: {
        unread: ({ tag, attribute }) =>
          `Kontrollera stavningen av ${attribute}, eller ta bort det. Vad <${tag}> tar emot står på documentation.mjml.io. Vill du ha en egen stil, ge komponenten en css-class.`,
        value: ({ attribute }) =>
          `Mått behöver en enhet, till exempel ${attribute}="20px"; färger skrivs som # och sex siffror, till exempel #336699, eller med engelskt namn.`,
      },
      problems: {
        unread: ({ tag, attribute }) =>
          `<${tag}> har attributet ${attribute}, som MJML inte känner till där.`,
        value: ({ tag, attribute, value }) => `<${tag}> har ${attribute}="${value}".`,
      },
    },
  },
  examples: {
    good: [
      { mjml: mjml('<mj-text font-size="20px" color="#336699" padding="10px 5px">Hej!</mj-text>') },
      { mjml: mjml('<mj-text color="{{colour}}">Hej!</mj-text>') },
    ],
    bad: [
      { world: { mjml: mjml('<mj-text colour="#336699">Hej!</mj-text>') }, finds: 'unread' },
      { world: { mjml: mjml('<mj-text font-size="stor">Hej!</mj-text>') }, finds: 'value' },
    ],
  },
});
