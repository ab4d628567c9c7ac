import { defineRule, problem } from '#rule';
import { shown } from '../wordings/phrases.ts';
import { counted } from '../wordings/spam/families.ts';

export default defineRule({
  id: 'subject-words',
  severity: 'advice',
  reference:
    'SpamAssassin 4.0, SUBJECT_DIET, SUBJ_YOUR_DEBT, ENGLISH_UCE_SUBJECT and others of 20_head_tests.cf',
  needs: ['wording'],
  points: 1,
  check: ({ wording: { passages } }) =>
    shown(counted(passages).subject).map(({ quote }) => problem('said', { quote })),
  words: {
    en: {
      title: 'Words of the subject',
      heading: { said: ({ quote }) => `The subject says “${quote}”` },
      mend: 'Choose other words for the subject',
      why: 'The subject is what filters weigh most. Phrases there that mass mail lives on count more than in the text.',
      fix: 'Say in the subject what is in the mail, in words you would use to somebody you know, and leave out the phrase below.',
      problems: { said: ({ quote }) => `The subject says “${quote}”.` },
    },
    sv: {
      title: 'Ämnesradens ord',
      heading: { said: ({ quote }) => `Ämnesraden säger ”${quote}”` },
      mend: 'Välj andra ord i ämnesraden',
      why: 'Ämnesraden är det som filter väger tyngst. Fraser som massutskick lever på räknas mer där än i texten.',
      fix: 'Säg i ämnesraden vad mejlet innehåller, med ord som du skulle säga till någon du känner, och stryk frasen nedan.',
      problems: { said: ({ quote }) => `Ämnesraden säger ”${quote}”.` },
    },
  },
  examples: {
    good: [{ subject: 'Kallelse till årsmöte' }, { subject: '20 % på höstens kurser' }],
    bad: [
      { world: { subject: 'Snabblån direkt' }, finds: 'said' },
      { world: { subject: 'Your account has been suspended' }, finds: 'said' },
    ],
  },
});
