import { defineRule, notApplicable, problem } from '#rule';

const plain = (text: string) =>
  `From: a@example.se\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}\r\n`;

export default defineRule({
  id: 'text-garbling',
  severity: 'major',
  reference:
    'Unicode Standard, section 3.9 (UTF-8), against the code page Windows-1252 of the WHATWG Encoding Standard',
  needs: ['message'],
  check({ message: { text, hasHeader, odd } }) {
    if (text === null) return notApplicable(hasHeader ? 'other-checks' : 'template');
    return odd.flatMap(({ part, kind, text, at }) =>
      part === 'text' ? [problem(kind, { text }, { at })] : [],
    );
  },
  words: {
    en: {
      title: 'Letters of the text part',
      heading: {
        garbled: () => 'The plain text has garbled letters',
        lost: () => 'The plain text has lost letters',
      },
      mend: {
        garbled: () => 'Save the text as UTF-8',
        lost: () => 'Save the text as UTF-8, and say so',
      },
      why: 'Readers of the text part see Ã¥, � or the like where å should be, in every such word.',
      fix: {
        lost: () =>
          'The part says that its text is in one encoding, but the text is in another. Let the program that writes the mail save the text as UTF-8, and say charset=utf-8 in the Content-Type of the part.',
        garbled: () =>
          'Write the text again, or copy it again from where it is right. If it comes out the same, a program on the way reads UTF-8 as another encoding: save its file as UTF-8.',
      },
      problems: {
        garbled: ({ text }) => `It reads “${text}”.`,
        lost: ({ text }) => `It reads “${text}”; the character � stands where a letter could not be read.`,
      },
    },
    sv: {
      title: 'Bokstäverna i textdelen',
      heading: {
        garbled: () => 'Den rena texten har förvanskade bokstäver',
        lost: () => 'Den rena texten har tappat bokstäver',
      },
      mend: {
        garbled: () => 'Spara texten som UTF-8',
        lost: () => 'Spara texten som UTF-8, och ange det',
      },
      why: 'De som läser textdelen ser Ã¥, � eller liknande där det ska stå å, i vartenda sådant ord.',
      fix: {
        lost: () =>
          'Delen uppger en kodning, men texten har en annan. Låt programmet som skriver mejlet spara texten som UTF-8, och ange charset=utf-8 i delens Content-Type.',
        garbled: () =>
          'Skriv texten på nytt, eller kopiera den igen från ett ställe där den är rätt. Blir den likadan läser ett program på vägen UTF-8 som en annan kodning: spara dess fil som UTF-8.',
      },
      problems: {
        garbled: ({ text }) => `Det står ”${text}”.`,
        lost: ({ text }) => `Det står ”${text}”. Tecknet � står där en bokstav inte gick att läsa.`,
      },
    },
  },
  examples: {
    good: [{ eml: plain('Höstmöte – på Åland. It’s “nu”. NÃO, Â.') }],
    bad: [
      { world: { eml: plain('Hej!\r\nHÃ¶stmÃ¶tet Ã¤r pÃ¥ lördag.') }, finds: 'garbled' },
      { world: { eml: plain('Itâ€™s autumn.') }, finds: 'garbled' },
      { world: { eml: plain('H\ufffdstm\ufffdte') }, finds: 'lost' },
    ],
  },
});
