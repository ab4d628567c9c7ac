import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'subject-length',
  severity: 'advice',
  reference:
    'emailtooltester.com, “Email subject lines character limit” (measured in inboxes; read 2026-11): Gmail on Android 33, Apple Mail on iPhone 48, Gmail on the web 70',
  needs: ['message'],
  check({ message: { subject, headerPlaces } }, { policy }) {
    if (subject === null) return notApplicable('other-checks');
    const { phone, screen } = policy.subject;
    const signs = Array.from(subject.trim());
    return signs.length > screen
      ? [
          problem(
            'long',
            {
              length: signs.length,
              phone,
              screen,
              shown: signs.slice(0, phone).join('').trim(),
            },
            { at: headerPlaces.get('subject')?.[0] },
          ),
        ]
      : [];
  },
  words: {
    en: {
      title: 'Length of the subject',
      heading: { long: () => 'The subject is longer than inboxes show' },
      mend: 'Shorten it, with the most important first',
      why: 'Inboxes show only the beginning, and that is what readers go by when they choose what to open.',
      fix: 'Say what matters in the first words. What must be said but need not be seen at once fits in the preview text.',
      problems: {
        long: ({ length, phone, screen, shown }) =>
          `The subject has ${length} characters. Wide screens show about ${screen}, small phones about ${phone}: “${shown}”`,
      },
    },
    sv: {
      title: 'Ämnesradens längd',
      heading: { long: () => 'Ämnesraden är längre än vad inkorgar visar' },
      mend: 'Korta den, med det viktigaste först',
      why: 'Inkorgen visar bara början, och det är den läsarna går efter när de väljer vad de öppnar.',
      fix: 'Säg det viktiga med de första orden. Det som måste sägas men inte behöver synas direkt får plats i förhandstexten.',
      problems: {
        long: ({ length, phone, screen, shown }) =>
          `Ämnesraden har ${length} tecken. Breda skärmar visar ungefär ${screen}, små telefoner ungefär ${phone}: ”${shown}”`,
      },
    },
  },
  examples: {
    good: [{ subject: 'Höstmöte 5 december' }, { subject: 'å'.repeat(70) }],
    bad: [
      {
        world: {
          subject: 'Välkommen till föreningens höstmöte lördagen den 5 december klockan tio i bygdegården',
        },
        finds: 'long',
      },
    ],
  },
});
