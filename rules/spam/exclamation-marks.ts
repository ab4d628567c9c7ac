import { defineRule, problem } from '#rule';

export default defineRule({
  id: 'exclamation-marks',
  severity: 'advice',
  reference: 'SpamAssassin 4.0, phrases with BANG_ in their names (several exclamation marks beside a lure)',
  needs: ['wording'],
  points: 0.7,
  check({ wording }) {
    return wording.voice.cries.slice(0, 5).map(({ quote, at }) => problem('cries', { quote }, { at }));
  },
  words: {
    en: {
      title: 'Exclamation marks',
      heading: { cries: () => 'Several exclamation marks stand in a row' },
      mend: 'Use one exclamation mark at most',
      why: 'Two or more in a row read as shouting, and filters count them since spam shouts.',
      fix: 'Keep one of the marks, or none.',
      problems: { cries: ({ quote }) => `The text says “${quote}”.` },
    },
    sv: {
      title: 'Utropstecken',
      heading: { cries: () => 'Flera utropstecken står i rad' },
      mend: 'Använd högst ett utropstecken',
      why: 'Två eller fler i rad läses som rop, och filter räknar dem eftersom skräppost ropar.',
      fix: 'Behåll ett av tecknen, eller inget.',
      problems: { cries: ({ quote }) => `Texten säger ”${quote}”.` },
    },
  },
  examples: {
    good: [{ html: '<p>Hej! Välkomna! Vi ses!</p>' }],
    bad: [{ world: { html: '<p>Kom hit!!! Nu!</p>' }, finds: 'cries' }],
  },
});
