import { defineRule, notApplicable, problem } from '#rule';

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
    const across = message.odd.filter(
      ({ part, kind }) => part === 'html' && !seen.some(({ key }) => key === kind),
    );
    return [...seen, ...across.map(({ kind, text, at }) => problem(kind, { text }, at ? { at } : {}))];
  },
  words: {
    en: {
      title: 'Letters of the mail',
      heading: {
        garbled: (_, count) =>
          count > 1
            ? `In ${count} places letters have turned into other characters`
            : 'Letters have turned into other characters',
        lost: (_, count) =>
          count > 1 ? `In ${count} places letters are lost` : 'Letters are lost in the text',
      },
      mend: {
        garbled: () => 'Write the text again, and save as UTF-8',
        lost: () => 'Write the letters again, and save as UTF-8',
      },
      why: 'Every reader sees odd characters in place of the letters. It happened when the text was copied or saved in another encoding.',
      fix: {
        garbled: () =>
          'Copy the text again from where it is right, or write it again, and save the file as UTF-8. If a program makes the mail, let it read its text as UTF-8.',
        lost: () => 'What stood there cannot be read back: write it again, and save the file as UTF-8.',
      },
      problems: {
        garbled: ({ text }) => `It says “${text}”.`,
        lost: ({ text }) => `It says “${text}”; the character � stands where a letter could not be read.`,
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
          'Kopiera texten igen från ett ställe där den är rätt, eller skriv om den, och spara filen som UTF-8. Görs mejlet av ett program, låt det läsa sin text som UTF-8.',
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
      { html: '<p>Ser du Ã¥ i stället för å är filen sparad fel.</p>' },
      { html: '<p>AMANHÃ… e AMANHÃ – NÃO. PÂNICO</p>' },
      {
        // The text part is told of by another check.
        eml: 'From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHÃ¶stmÃ¶te\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>Höstmöte</p>\r\n--x--\r\n',
      },
      { html: '<p>Höstmötet på Åland är gratis – “à la carte”, São Paulo, AMANHÃ, NÃO, Âncora © 2026</p>' },
    ],
    bad: [
      { world: { html: '<p>HÃ¶stmÃ¶te pÃ¥ fredag</p>' }, finds: 'garbled' },
      { world: { html: '<p>Vi sesâ€¦ itâ€™s free</p>' }, finds: 'garbled' },
      { world: { html: '<p>Ã…re och Ã–stersund</p>' }, finds: 'garbled' },
      { world: { html: '<p>Vi ses p<b>Ã</b>¥ mötet!</p>' }, finds: 'garbled' },
      { world: { html: '<p>H\ufffdstm\ufffdte</p>' }, finds: 'lost' },
    ],
  },
});
