import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'event-attributes',
  severity: 'advice',
  reference:
    'WHATWG HTML section 8.1.8, event handlers are scripts; RFC 8621 section 9.2: whoever shows mail must let none run',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    return markup.controls.flatMap(({ kind, element, attribute, at }) =>
      kind === 'handler' ? [problem('idle', { element, attribute }, { at })] : [],
    );
  },
  words: {
    en: {
      title: 'Attributes that run scripts',
      heading: {
        idle: ({ attribute }, count) =>
          count > 1
            ? `${count} elements ask to run a script`
            : `${attribute.slice(0, 30)} does nothing in a mail`.replace(/^o/, 'O'),
      },
      mend: 'Delete the attributes',
      why: 'Mail programs remove scripts, so what they should do does not happen, and filters look twice at a mail that tries.',
      fix: {
        idle: ({ attribute }) =>
          `Delete ${attribute}="…". What it should do belongs on your site, and a change under the pointer in CSS (:hover).`,
      },
      problems: {
        idle: ({ element, attribute }) => `<${element}> has ${attribute}, which no mail program runs.`,
      },
    },
    sv: {
      title: 'Attribut som kör skript',
      heading: {
        idle: ({ attribute }, count) =>
          count > 1
            ? `${count} element vill köra skript`
            : `${attribute.slice(0, 30)} gör ingenting i ett mejl`.replace(/^o/, 'O'),
      },
      mend: 'Ta bort attributen',
      why: 'Mejlprogram tar bort skript, så det som skulle hända händer inte, och filter granskar ett mejl som försöker extra noga.',
      fix: {
        idle: ({ attribute }) =>
          `Ta bort ${attribute}="…". Det som skulle hända hör hemma på webbplatsen, och det som ändras under muspekaren i CSS (:hover).`,
      },
      problems: {
        idle: ({ element, attribute }) => `<${element}> har ${attribute}, som inget mejlprogram kör.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<a href="https://example.se/?onclick=1" data-onclick="x">Läs</a><p onclick="">Hej!</p>' },
    ],
    bad: [
      { world: { html: '<a href="https://example.se/" onclick="count()">Läs</a>' }, finds: 'idle' },
      { world: { html: '<svg onload="x()"></svg><p>Hej!</p>' }, finds: 'idle' },
    ],
  },
});
