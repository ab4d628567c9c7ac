import { defineRule, notApplicable, problem } from '#rule';

/** © ® ™ and arrows are pictures by their property and text by use. Several that are joined are read as one. */
const picture =
  /\p{RI}{2}|(?![©®™↔-↪⌚-⏏▪-◾☎])\p{ExtPict}(?:\p{EMod}|\ufe0f)?(?:\u200d\p{ExtPict}(?:\p{EMod}|\ufe0f)?)*/gu;
/** Ours: one or two mark a mailing, from four on they are read aloud for longer than the words. */
const many = 4;

export default defineRule({
  id: 'subject-emoji',
  severity: 'advice',
  reference: 'Unicode CLDR, annotations of emoji (type tts): the name that a screen reader says for each',
  needs: ['message'],
  check({ message: { subject, headerPlaces } }) {
    if (subject === null) return notApplicable('other-checks');
    const found = subject.match(picture) ?? [];
    const [at] = headerPlaces.get('subject') ?? [];
    return found.length >= many ? [problem('many', { count: found.length }, { at })] : [];
  },
  words: {
    en: {
      title: 'Emoji in the subject',
      heading: { many: () => 'The subject has many emoji' },
      mend: 'Keep one emoji, or none',
      why: 'Whoever has the subject read aloud hears the name of every emoji, one after the other, before the words. They also take room from the words where the subject is cut off.',
      fix: 'Keep the one that says something, last in the subject, and let words do the rest.',
      problems: { many: ({ count }) => `There are ${count} emoji in the subject.` },
    },
    sv: {
      title: 'Emojier i ämnesraden',
      heading: { many: () => 'Ämnesraden har många emojier' },
      mend: 'Behåll en emoji, eller ingen',
      why: 'Den som får ämnesraden uppläst hör namnet på varje emoji, en efter en, före orden. De tar också plats från orden där ämnesraden kapas.',
      fix: 'Behåll den som säger något, sist i ämnesraden, och låt orden göra resten.',
      problems: { many: ({ count }) => `Det finns ${count} emojier i ämnesraden.` },
    },
  },
  examples: {
    good: [
      { subject: 'Höstmöte 🍂' },
      { subject: 'A™ B© C® 1 2 3 # * →' },
      { subject: 'Familjedag 👨‍👩‍👧‍👦 👍🏽 ❤️‍🔥' },
    ],
    bad: [
      { world: { subject: '🔥🔥 Rea 🔥🔥' }, finds: 'many' },
      { world: { subject: 'Landskamp 🇸🇪🇫🇮🇳🇴🇩🇰' }, finds: 'many' },
    ],
  },
});
