import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'duplicate-ids',
  severity: 'minor',
  reference:
    'WHATWG DOM, the id of an element is unique; HTML section 7.4.6.3: a link goes to the first that has it',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    return markup.ids.map(({ id, count, at }) => problem('shared', { id, count }, { at }));
  },
  words: {
    en: {
      title: 'Names of places in the mail',
      heading: {
        shared: ({ id }, count) =>
          count > 1 ? `${count} names belong to several places each` : `Several places are called “${id}”`,
      },
      mend: 'Give each place a name of its own',
      why: 'A link to it goes to the first of them, and whoever has the mail read aloud gets the wrong label.',
      fix: { shared: ({ id }) => `Change the second id="${id}", and what should point at it.` },
      problems: {
        shared: ({ id, count }) =>
          `${count} elements have id="${id}", and something in the mail points at it.`,
      },
    },
    sv: {
      title: 'Namn på platser i mejlet',
      heading: {
        shared: ({ id }, count) =>
          count > 1 ? `${count} namn används på flera platser` : `Flera platser heter ”${id}”`,
      },
      mend: 'Ge varje plats ett eget namn',
      why: 'En länk dit går till den första, och den som får mejlet uppläst hör fel etikett.',
      fix: { shared: ({ id }) => `Ändra det andra id="${id}", och det som ska peka på det.` },
      problems: {
        shared: ({ id, count }) => `${count} element har id="${id}", och något i mejlet pekar på det.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<p id="a">Ett</p><p id="a">Två</p>' },
      { html: '<a href="#b">Ner</a><p id="a">Ett</p><p id="b">Två</p>' },
    ],
    bad: [
      {
        world: { html: '<a href="#nytt">Nytt</a><h2 id="nytt">Ett</h2><h2 id="nytt">Två</h2>' },
        finds: 'shared',
      },
    ],
  },
});
