import { defineRule, problem } from '#rule';

/** Blanks that push what follows out of sight; a long subject may be folded, and then has one or two. */
const gap = /\S[ \t\u00a0]{5,200}(\S{1,60})/u;

export default defineRule({
  id: 'subject-gap',
  severity: 'minor',
  reference: 'SpamAssassin 3.0, SUBJ_HAS_SPACES and SUBJ_HAS_UNIQ_ID (blanks before a mark of one’s own)',
  needs: ['message'],
  points: 2,
  check({ message: { subject } }) {
    const [, after] = gap.exec(subject ?? '') ?? [];
    return after ? [problem('gap', { after })] : [];
  },
  words: {
    en: {
      title: 'Gaps in the subject',
      heading: { gap: () => 'The subject has a gap of many blanks' },
      mend: 'Take the blanks out of the subject',
      why: 'Spammers push a number out of sight with blanks, so that no two mails are alike. Filters take the gap for that.',
      fix: 'Delete the blanks, and what stands behind them if readers have no use for it. If a tool adds it, turn it off there.',
      problems: { gap: ({ after }) => `“${after}” stands far behind the rest of the subject.` },
    },
    sv: {
      title: 'Mellanrum i ämnesraden',
      heading: { gap: () => 'Ämnesraden har ett långt mellanrum' },
      mend: 'Ta bort mellanrummet i ämnesraden',
      why: 'Skräppostare skjuter ett nummer utom synhåll med blanksteg så att inga två mejl blir lika. Filter tar mellanrummet för det.',
      fix: 'Ta bort blankstegen, och det som står efter dem om läsarna inte har nytta av det. Lägger ett verktyg dit det, stäng av det där.',
      problems: { gap: ({ after }) => `”${after}” står långt efter resten av ämnesraden.` },
    },
  },
  examples: {
    good: [{ subject: 'Höstmöte  5 december' }, { subject: 'Höstmöte' }],
    bad: [{ world: { subject: 'Höstmöte                 kx83qz' }, finds: 'gap' }],
  },
});
