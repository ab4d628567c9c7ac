import { defineRule, problem } from '#rule';

export default defineRule({
  id: 'garbled-headers',
  severity: 'major',
  reference:
    'Unicode Standard, section 3.9 (UTF-8), against the code page Windows-1252 of the WHATWG Encoding Standard',
  needs: ['message', 'mime'],
  check({ message: { odd, headerPlaces }, mime }) {
    // What is not encoded at all is read in many ways, and is the matter of a check of its own.
    const open = new Set(
      [...(mime?.raw ?? []), ...(mime?.words ?? [])].map(({ field }) => field.toLowerCase()),
    );
    return (['subject', 'from'] as const).flatMap((part) => {
      const [found] = odd.filter((one) => one.part === part && !(one.kind === 'lost' && open.has(part)));
      const [at] = headerPlaces.get(part) ?? [];
      return found ? [problem('garbled', { part, text: found.text }, { at })] : [];
    });
  },
  words: {
    en: {
      title: 'Garbled letters in the inbox',
      heading: {
        garbled: ({ part }) =>
          part === 'subject' ? 'The subject has garbled letters' : 'The sender’s name has garbled letters',
      },
      mend: 'Write the letters again',
      why: 'Readers see Ã¥, � or the like where å should be, even before they open the mail. It looks careless at best, and like fraud at worst.',
      fix: 'Write the text again in the sending tool. If it comes out the same, the text comes from a file or a spreadsheet that is not saved as UTF-8: save that as UTF-8 and fetch the text from it again.',
      problems: { garbled: ({ text }) => `It reads “${text}”.` },
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
      why: 'Läsarna ser Ã¥, � eller liknande där det ska stå å, innan de ens har öppnat mejlet. Det ser slarvigt ut i bästa fall och som bedrägeri i värsta.',
      fix: 'Skriv om texten i utskicksverktyget. Blir den likadan igen kommer den från en fil eller ett kalkylark som inte är sparat som UTF-8: spara det som UTF-8 och hämta texten därifrån på nytt.',
      problems: { garbled: ({ text }) => `Det står ”${text}”.` },
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
