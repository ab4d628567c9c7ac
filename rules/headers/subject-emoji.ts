import { defineRule, notApplicable, problem } from '#rule';

/** © ® ™ and arrows are pictures by their property and text by use. */
const picture = /(?![©®™↔-↪⌚-⏏▪-◾☎])\p{Extended_Pictographic}/gu;
/** Ours: one or two mark a mailing, from four on they are read aloud for longer than the words. */
const many = 4;

export default defineRule({
  id: 'subject-emoji',
  severity: 'advice',
  reference: 'Unicode CLDR, annotations of emoji (type tts): the name that a screen reader says for each',
  needs: ['message'],
  check({ message: { subject } }) {
    if (subject === null) return notApplicable('other-checks');
    const found = subject.match(picture) ?? [];
    return found.length >= many ? [problem('many', { count: found.length })] : [];
  },
  words: {
    en: {
      title: 'Emoji in the subject',
      heading: { many: ({ count }) => `The subject has ${count} emoji` },
      mend: 'Keep one emoji, or none',
      why: 'Whoever has the subject read aloud hears the name of every emoji, one after the other, before the words. They also take the place of words where the subject is cut.',
      fix: 'Keep the one that says something, last in the subject, and let words do the rest.',
      problems: { many: ({ count }) => `There are ${count} emoji in the subject.` },
    },
    sv: {
      title: 'Emojier i ämnesraden',
      heading: { many: ({ count }) => `Ämnesraden har ${count} emojier` },
      mend: 'Behåll en emoji, eller ingen',
      why: 'Den som får ämnesraden uppläst hör namnet på varje emoji, en efter en, före orden. De tar också plats från orden där ämnesraden kapas.',
      fix: 'Behåll den som säger något, sist i ämnesraden, och låt orden göra resten.',
      problems: { many: ({ count }) => `Det finns ${count} emojier i ämnesraden.` },
    },
  },
  examples: {
    good: [{ subject: 'Höstmöte 🍂' }, { subject: 'A™ B© C® 1 2 3 # * →' }],
    bad: [{ world: { subject: '🔥🔥 Rea 🔥🔥' }, finds: 'many' }],
  },
});
