import { defineRule, problem, unknown } from '#rule';

/** Short words may be abbreviations (SPF, UNICEF, HSB); long ones are not, and nor are many in a row. */
const enough = [
  { letters: 7, words: 1, ofAll: 3 },
  { letters: 7, words: 2, ofAll: 2 },
  { letters: 4, words: 4, ofAll: 4 },
];
const share = 0.7;

/** True when most of it is written in capitals, and that is no matter of abbreviations. */
function shouts(subject: string): boolean {
  const words = subject.match(/\p{L}+/gu) ?? [];
  const loud = words.filter((word) => /^\p{Lu}+$/u.test(word));
  const isLoud = enough.some(
    ({ letters, words: least, ofAll }) =>
      loud.length >= ofAll && loud.filter(({ length }) => length >= letters).length >= least,
  );
  const letters = words.join('').match(/[\p{Lu}\p{Ll}]/gu) ?? [];
  const upper = letters.filter((letter) => /\p{Lu}/u.test(letter));
  return isLoud && upper.length >= letters.length * share;
}

export default defineRule({
  id: 'subject-capitals',
  severity: 'minor',
  reference: 'SpamAssassin 4.0, SUBJ_ALL_CAPS: a subject all in capitals (its idea, not its expression)',
  needs: ['message'],
  points: 1,
  check({ message: { subject, hasHeader, headerPlaces } }) {
    if (subject === null && !hasHeader) return unknown('not-given', 'subject');
    const [at] = headerPlaces.get('subject') ?? [];
    return shouts(subject ?? '')
      ? [problem('capitals', { subject: (subject ?? '').slice(0, 80) }, { at })]
      : [];
  },
  words: {
    en: {
      title: 'Capitals in the subject',
      heading: { capitals: () => 'The subject is written in capitals' },
      mend: 'Write the subject in lower case',
      why: 'Capitals are read as shouting, and filters count them against the mail since spam often shouts.',
      fix: 'Write the subject as an ordinary sentence. A single word in capitals does no harm.',
      problems: { capitals: ({ subject }) => `It reads “${subject}”.` },
    },
    sv: {
      title: 'Versaler i ämnesraden',
      heading: { capitals: () => 'Ämnesraden är skriven med versaler' },
      mend: 'Skriv ämnesraden med gemener',
      why: 'Versaler läses som att du ropar, och filter räknar dem mejlet till last eftersom skräppost ofta ropar.',
      fix: 'Skriv ämnesraden som en vanlig mening. Ett enstaka ord med versaler gör ingen skada.',
      problems: { capitals: ({ subject }) => `Den lyder ”${subject}”.` },
    },
  },
  examples: {
    good: [
      { subject: 'Höstmöte' },
      { subject: 'SPF, DKIM & DMARC' },
      { subject: 'HSB BRF NORRA: STÄMMA' },
      { subject: 'UNICEF UNESCO' },
      { subject: 'ICA KVANTUM' },
      { subject: 'ÅRSMÖTE på lördag klockan tio' },
      { subject: '秋の会議のお知らせ' },
    ],
    bad: [
      { world: { subject: 'KALLELSE TILL ÅRSMÖTE' }, finds: 'capitals' },
      { world: { subject: 'SISTA CHANSEN: 50 % REA' }, finds: 'capitals' },
      { world: { subject: 'NY KOLLEKTION UTE NU' }, finds: 'capitals' },
      { world: { subject: 'BOKA NU: SISTA DAGEN INNAN JUL' }, finds: 'capitals' },
      { world: { subject: 'СРОЧНО: ПОСЛЕДНИЙ ШАНС' }, finds: 'capitals' },
    ],
  },
});
