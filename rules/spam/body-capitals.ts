import { defineRule, problem } from '#rule';

/** Of all letters; the 123 designs of the shared data have 5 in 100 in the middle, and 3 of them have more than this. */
const share = 0.25;
/** In a short mail a heading and a signature are most of it. */
const letters = 200;

export default defineRule({
  id: 'body-capitals',
  severity: 'advice',
  reference: 'SpamAssassin 4.0, UPPERCASE_50_75 and UPPERCASE_75_100 (share of capitals in the text)',
  needs: ['wording'],
  points: 1,
  check({ wording: { voice } }) {
    const many = voice.letters >= letters && voice.capitals > voice.letters * share;
    if (!many) return [];
    const percent = Math.round((100 * voice.capitals) / voice.letters);
    const [first] = voice.shouts;
    return [problem('capitals', { percent, quote: first?.quote ?? '' }, { at: first?.at })];
  },
  words: {
    en: {
      title: 'Capitals in the text',
      heading: { capitals: ({ percent }) => `${percent} of 100 letters are capitals` },
      mend: 'Write the text in lower case',
      why: 'Text in capitals is slow to read and sounds like shouting, and filters count it against the mail.',
      fix: 'Write usual sentences. Where a heading shall stand out, make it larger or bold, or let CSS write it in capitals (text-transform: uppercase).',
      problems: {
        capitals: ({ percent, quote }) =>
          `${percent} of 100 letters are capitals${quote ? `, as in “${quote}”` : ''}.`,
      },
    },
    sv: {
      title: 'Versaler i texten',
      heading: { capitals: ({ percent }) => `${percent} av 100 bokstäver är versaler` },
      mend: 'Skriv texten med gemener',
      why: 'Text i versaler är trög att läsa och låter som rop, och filter räknar den mejlet till last.',
      fix: 'Skriv vanliga meningar. Ska en rubrik synas, gör den större eller fet, eller låt CSS skriva den med versaler (text-transform: uppercase).',
      problems: {
        capitals: ({ percent, quote }) =>
          `${percent} av 100 bokstäver är versaler${quote ? `, som i ”${quote}”` : ''}.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<p>VÄLKOMMEN</p>' },
      { html: `<h1>ÅRSMÖTE PÅ LÖRDAG</h1>${'<p>Vi ses i föreningslokalen klockan tio.</p>'.repeat(8)}` },
    ],
    bad: [
      {
        world: { html: '<p>VÄLKOMMEN TILL ÅRETS STÖRSTA REA I HELA STADEN.</p>'.repeat(6) },
        finds: 'capitals',
      },
    ],
  },
});
