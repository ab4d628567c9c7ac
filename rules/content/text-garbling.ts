import { defineRule, notApplicable, problem } from '#rule';
import { garbledIn } from '../wordings/garbling.ts';

/** Of a longer text the beginning is read: what garbles one letter garbles all. */
const readLength = 200_000;
const plain = (text: string) =>
  `From: a@example.se\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}\r\n`;

export default defineRule({
  id: 'text-garbling',
  severity: 'major',
  reference:
    'Unicode Standard, section 3.9 (UTF-8), against the code page Windows-1252 of the WHATWG Encoding Standard',
  needs: ['message'],
  check({ message: { text, hasHeader } }) {
    if (text === null) return notApplicable(hasHeader ? 'other-checks' : 'template');
    const read = text.slice(0, readLength);
    const found = garbledIn(read);
    if (found === undefined) return [];
    const line = read.slice(0, read.indexOf(found.slice(1, -1))).split('\n').length;
    return [
      problem('garbled', { text: found.replace(/\s+/g, ' ') }, { at: { part: 'text', line, column: 1 } }),
    ];
  },
  words: {
    en: {
      title: 'Garbled letters in the text part',
      heading: 'The plain text has garbled letters',
      mend: 'Save the text as UTF-8',
      why: 'Readers of the text part see signs such as Ã¥ where å should be, in every such word.',
      fix: 'Write the text anew, or paste it anew from where it is right. If it comes out the same, a program on the way reads UTF-8 as another encoding: save its file as UTF-8.',
      problems: { garbled: ({ text }) => `It reads “${text}”.` },
    },
    sv: {
      title: 'Förvanskade bokstäver i textdelen',
      heading: 'Den rena texten har förvanskade bokstäver',
      mend: 'Spara texten som UTF-8',
      why: 'De som läser textdelen ser tecken som Ã¥ där det ska stå å, i vartenda sådant ord.',
      fix: 'Skriv texten på nytt eller klistra in den igen därifrån där den är rätt. Blir den likadan läser ett program på vägen UTF-8 som en annan kodning: spara dess fil som UTF-8.',
      problems: { garbled: ({ text }) => `Det står ”${text}”.` },
    },
  },
  examples: {
    good: [{ eml: plain('Höstmöte – på Åland. It’s “nu”. NÃO, Â.') }],
    bad: [
      { world: { eml: plain('Hej!\r\nHÃ¶stmÃ¶tet Ã¤r pÃ¥ lördag.') }, finds: 'garbled' },
      { world: { eml: plain('Itâ€™s autumn.') }, finds: 'garbled' },
    ],
  },
});
