import { defineRule, notApplicable, problem } from '#rule';
import { garbledIn, lostIn } from '../wordings/garbling.ts';

export default defineRule({
  id: 'garbled-text',
  severity: 'major',
  reference:
    'WHATWG Encoding: UTF-8 read as windows-1252 turns å into Ã¥; the replacement character U+FFFD stands for what could not be read (Unicode 17, section 23.8)',
  needs: ['markup', 'message'],
  check({ markup, message }) {
    // A text part is another check's.
    if (!markup) return notApplicable('no-html');
    const seen = markup.odd.flatMap(({ kind, text, at }) =>
      kind === 'filler' ? [] : [problem(kind, { text }, { at })],
    );
    // What runs across elements has no place of its own.
    const unplaced = (key: 'garbled' | 'lost', text: string | undefined) =>
      text === undefined || seen.some((one) => one.key === key) ? [] : [problem(key, { text })];
    return [
      ...seen,
      ...unplaced('garbled', garbledIn(message.visibleText)),
      ...unplaced('lost', lostIn(message.visibleText)),
    ];
  },
  words: {
    en: {
      title: 'Letters of the mail',
      heading: {
        garbled: (_, count) =>
          count > 1
            ? `In ${count} places letters have turned into other signs`
            : 'Letters have turned into other signs',
        lost: (_, count) =>
          count > 1 ? `In ${count} places letters are lost` : 'Letters are lost in the text',
      },
      mend: {
        garbled: () => 'Write the text again, and save as UTF-8',
        lost: () => 'Write the letters again, and save as UTF-8',
      },
      why: 'Every reader sees the odd signs in place of the letters. It happened when the text was copied or saved in another encoding.',
      fix: {
        garbled: () =>
          'Fetch the text from where it was right, or write it again, and save the file as UTF-8. If a program makes the mail, let it read its text as UTF-8.',
        lost: () => 'What stood there cannot be read back: write it again, and save the file as UTF-8.',
      },
      problems: {
        garbled: ({ text }) => `It says “${text}”.`,
        lost: ({ text }) => `It says “${text}”; the sign � stands where a letter could not be read.`,
      },
    },
    sv: {
      title: 'Bokstäverna i mejlet',
      heading: {
        garbled: (_, count) =>
          count > 1
            ? `På ${count} ställen har bokstäver blivit andra tecken`
            : 'Bokstäver har blivit andra tecken',
        lost: (_, count) =>
          count > 1
            ? `På ${count} ställen har bokstäver gått förlorade`
            : 'Bokstäver har gått förlorade i texten',
      },
      mend: {
        garbled: () => 'Skriv om texten och spara som UTF-8',
        lost: () => 'Skriv bokstäverna igen och spara som UTF-8',
      },
      why: 'Varje läsare ser de konstiga tecknen i stället för bokstäverna. Det hände när texten kopierades eller sparades i en annan teckenkodning.',
      fix: {
        garbled: () =>
          'Hämta texten därifrån den var rätt, eller skriv om den, och spara filen som UTF-8. Görs mejlet av ett program, låt det läsa sin text som UTF-8.',
        lost: () => 'Det som stod där går inte att få tillbaka: skriv det igen och spara filen som UTF-8.',
      },
      problems: {
        garbled: ({ text }) => `Det står ”${text}”.`,
        lost: ({ text }) => `Det står ”${text}”; tecknet � står där en bokstav inte gick att läsa.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<p>Höstmötet på Åland är gratis – “à la carte”, São Paulo, AMANHÃ, NÃO, Âncora © 2026</p>' },
    ],
    bad: [
      { world: { html: '<p>HÃ¶stmÃ¶te pÃ¥ fredag</p>' }, finds: 'garbled' },
      { world: { html: '<p>Vi sesâ€¦ itâ€™s free</p>' }, finds: 'garbled' },
      { world: { html: '<p>Vi ses p<b>Ã</b>¥ mötet!</p>' }, finds: 'garbled' },
      { world: { html: '<p>H\ufffdstm\ufffdte</p>' }, finds: 'lost' },
    ],
  },
});
