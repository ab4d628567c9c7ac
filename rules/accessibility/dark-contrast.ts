import { defineRule, notApplicable, problem, unknown } from '#rule';
import { namesOf } from '../wordings/client-names.ts';
import { decimals, faintIn, where } from '../wordings/contrast.ts';
import { shortened } from '../wordings/shortening.ts';

export default defineRule({
  id: 'dark-contrast',
  severity: 'minor',
  reference:
    'WCAG 2.2, success criterion 1.4.3, measured in the drawing; what each mail program does in dark mode stands in rules/clients; Litmus, Trends in Email Engagement: 34 % of opens in August 2022 were dark',
  needs: ['html', 'rendering'],
  check({ html, rendering }, { policy, clients }) {
    if (!html) return notApplicable('no-html');
    // Where dark mode changes nothing, the light drawing has told it all.
    const views = rendering.views.filter(({ scheme, dark }) => scheme === 'dark' && dark !== 'unchanged');
    const light = faintIn(rendering.views.filter(({ scheme }) => scheme === 'light'));
    const told = new Set(light.flatMap(({ text, color, back }) => [text, `${color} ${back}`]));
    const ownViews = views.filter(({ dark }) => dark === 'own');
    const own = faintIn(ownViews).filter(({ color, back }) => !told.has(`${color} ${back}`));
    // What a program makes of colours is simulated, so only what is far off is told.
    const changedViews = views.filter(({ dark }) => dark === 'changed');
    const changed = faintIn(changedViews, policy.legibility.contrastLarge).filter(
      ({ text }) => !told.has(text),
    );
    const failed = rendering.failed.find(({ id }) => id.endsWith('-dark'));
    const looks = views.flatMap((view) => view.legibility.texts);
    if (own.length + changed.length === 0) {
      if (failed) return unknown(failed.reason);
      if (looks.some(({ contrast }) => contrast === null)) return unknown('over-picture');
      if (views.some((view) => !view.legibility.complete)) return unknown('too-much');
    }
    const ownProblems = own.map(({ clients: ids, at, text, ...data }) =>
      problem(
        'own',
        { ...data, text: shortened(text, 60), seen: where(ids, ownViews, namesOf(ids, clients)) },
        { at },
      ),
    );
    const changedProblems = changed.map(({ clients: ids, at, text, ...data }) =>
      problem('changed', { ...data, text: shortened(text, 60), seen: namesOf(ids, clients) }, { at }),
    );
    return [...ownProblems, ...changedProblems];
  },
  words: {
    en: {
      title: 'Contrast in dark mode',
      heading: {
        own: ({ text }, count) =>
          count > 1
            ? `${count} pairs of colours are too alike in your dark mode`
            : `The text “${shortened(text, 30)}” is hard to see in your dark mode`,
        changed: ({ text }, count) =>
          count > 1
            ? `${count} pairs of colours become too alike in dark mode`
            : `The text “${shortened(text, 30)}” becomes hard to see in dark mode`,
      },
      mend: {
        own: () => 'Set both colours in your dark mode',
        changed: () => 'Set text and background colour together',
      },
      why: 'About one reader in three has a dark mail program. They cannot read that text.',
      fix: {
        own: () =>
          'In your styles for dark mode (@media (prefers-color-scheme: dark)), give each text and what is behind it a colour each, with a contrast of at least 4.5:1. What you leave out keeps the colour of light mode, or gets the program’s.',
        changed: () =>
          'The program turns light colours dark by itself, and leaves others as they are. Give the text and what is behind it a colour on the same element, and avoid grey on grey.',
      },
      problems: {
        own: ({ text, count, color, back, ratio, wanted, remedy, of, seen }) =>
          `“${text}”${count > 1 ? ` and ${count - 1} more` : ''}: ${color} on ${back} is ${ratio.toFixed(1)}:1 in dark mode, and ${wanted}:1 is needed${seen}. ${of === 'text' ? 'Text in' : 'A background of'} ${remedy} would do.`,
        changed: ({ text, count, color, back, ratio, seen }) =>
          `“${text}”${count > 1 ? ` and ${count - 1} more` : ''} becomes ${color} on ${back}, which is ${ratio.toFixed(1)}:1 (${seen}, simulated).`,
      },
    },
    sv: {
      title: 'Kontrast i mörkt läge',
      heading: {
        own: ({ text }, count) =>
          count > 1
            ? `${count} färgpar är för lika i ditt mörka läge`
            : `Texten ”${shortened(text, 30)}” är svår att se i ditt mörka läge`,
        changed: ({ text }, count) =>
          count > 1
            ? `${count} färgpar blir för lika i mörkt läge`
            : `Texten ”${shortened(text, 30)}” blir svår att se i mörkt läge`,
      },
      mend: {
        own: () => 'Ange båda färgerna i ditt mörka läge',
        changed: () => 'Ange textens och bakgrundens färg tillsammans',
      },
      why: 'Ungefär var tredje läsare har mörkt läge. De kan inte läsa den texten.',
      fix: {
        own: () =>
          'Ge varje text och det bakom den var sin färg i dina stilar för mörkt läge (@media (prefers-color-scheme: dark)), med en kontrast på minst 4,5:1. Det du utelämnar behåller färgen från det ljusa läget, eller får programmets egen.',
        changed: () =>
          'Programmet gör själv om ljusa färger till mörka, men låter en del vara. Ge texten och det bakom den färg på samma element, och undvik grått på grått.',
      },
      problems: {
        own: ({ text, count, color, back, ratio, wanted, remedy, of, seen }) =>
          `”${text}”${count > 1 ? ` och ${count - 1} till` : ''}: ${color} på ${back} är ${decimals(ratio)}:1 i mörkt läge, och det behövs ${decimals(wanted)}:1${seen}. ${of === 'text' ? 'Text i' : 'Bakgrunden'} ${remedy} skulle duga.`,
        changed: ({ text, count, color, back, ratio, seen }) =>
          `”${text}”${count > 1 ? ` och ${count - 1} till` : ''} blir ${color} på ${back}, alltså ${decimals(ratio)}:1 (${seen}, simulerat).`,
      },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej på er alla!</p>' },
      {
        html: '<meta name="color-scheme" content="light dark"><style>.a{background:#fff;color:#222}@media (prefers-color-scheme:dark){.a{background:#111;color:#eee}}</style><div class="a">Hej!</div>',
      },
    ],
    bad: [
      {
        world: {
          html: '<meta name="color-scheme" content="light dark"><style>.a{background:#fff;color:#222}@media (prefers-color-scheme:dark){.a{background:#111}}</style><div class="a">Hej!</div>',
        },
        finds: 'own',
      },
      // A colour with five digits: browsers make something of it, and dark mode does not turn it.
      { world: { html: '<table bgcolor="#eeeee"><tr><td>Hej på er!</table>' }, finds: 'changed' },
    ],
  },
});
