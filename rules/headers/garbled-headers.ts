import { defineRule, problem } from '#rule';
import { garbledIn, lostIn } from '../wordings/garbling.ts';

export default defineRule({
  id: 'garbled-headers',
  severity: 'major',
  reference:
    'Unicode Standard, section 3.9 (UTF-8), against the code page Windows-1252 of the WHATWG Encoding Standard',
  needs: ['message', 'mime'],
  check({ message: { subject, from }, mime }) {
    // What is not encoded at all is read in many ways, and is the matter of a check of its own.
    const open = new Set(
      [...(mime?.raw ?? []), ...(mime?.words ?? [])].map(({ field }) => field.toLowerCase()),
    );
    const lost = (part: string, text: string) => (open.has(part) ? undefined : lostIn(text));
    const read = [
      ['subject', garbledIn(subject ?? '') ?? lost('subject', subject ?? '')],
      ['from', garbledIn(from.name) ?? lost('from', from.name)],
    ] as const;
    return read.flatMap(([part, text]) => (text === undefined ? [] : [problem('garbled', { part, text })]));
  },
  words: {
    en: {
      title: 'Garbled letters in the inbox',
      heading: {
        garbled: ({ part }) =>
          part === 'subject' ? 'The subject has garbled letters' : 'The sender’s name has garbled letters',
      },
      mend: 'Write the letters anew',
      why: 'Readers see signs such as Ã¥ where å should be, before they have opened the mail. It looks careless at best, and like fraud at worst.',
      fix: 'Write the text anew in the sending tool. If it comes out the same, the text passes a program on the way that does not read UTF-8, often a file or a spreadsheet: save it as UTF-8 there.',
      problems: { garbled: ({ text }) => `It reads ${text}` },
    },
    sv: {
      title: 'Förvanskade bokstäver i inkorgen',
      heading: {
        garbled: ({ part }) =>
          part === 'subject'
            ? 'Ämnesraden har förvanskade bokstäver'
            : 'Avsändarens namn har förvanskade bokstäver',
      },
      mend: 'Skriv om bokstäverna',
      why: 'Läsarna ser tecken som Ã¥ där det ska stå å, innan de ens har öppnat mejlet. Det ser slarvigt ut i bästa fall och som bedrägeri i värsta.',
      fix: 'Skriv om texten i utskicksverktyget. Blir den likadan igen går texten genom ett program som inte läser UTF-8, ofta en fil eller ett kalkylark: spara den som UTF-8 där.',
      problems: { garbled: ({ text }) => `Det står ${text}` },
    },
  },
  examples: {
    good: [
      { subject: 'Höstmöte – på Åland “nu”' },
      { subject: 'SÃO PAULO: NÃO PERCA', from: '"Â, B & C" <a@example.se>' },
    ],
    bad: [
      { world: { subject: 'HÃ¶stmÃ¶te' }, finds: 'garbled' },
      { world: { subject: 'Itâ€™s autumn' }, finds: 'garbled' },
      { world: { from: '"FÃ¶reningen" <a@example.se>' }, finds: 'garbled' },
      { world: { subject: 'H\ufffdstm\ufffdte' }, finds: 'garbled' },
    ],
  },
});
