import { defineRule, notApplicable, problem } from '#rule';
import { attached, called, samples } from '../wordings/attached.ts';

export default defineRule({
  id: 'attachment-name',
  severity: 'major',
  reference:
    'MITRE ATT&CK T1036.002 (right-to-left override) and T1036.007 (double file extension), read 2026-11; RFC 2183 section 2.3',
  needs: ['attachments'],
  check({ attachments: { files } }) {
    if (files.length === 0) return notApplicable('nothing-attached');
    return files.flatMap((file) => {
      const data = { name: called(file), ending: file.ending };
      return file.deceit === null ? [] : [problem(file.deceit, data)];
    });
  },
  words: {
    en: {
      title: 'Names of attached files',
      heading: {
        direction: () => 'The name of an attached file is turned round',
        double: () => 'An attached file has two endings',
        blanks: () => 'The end of a file’s name is pushed out of sight',
      },
      mend: 'Give the file a plain name',
      why: 'Readers see the name of another file than the one they get. Only fraudsters name files so, and filters turn the mail away for it.',
      fix: {
        direction: () => 'Write the name anew by hand; it holds a mark that turns the text round.',
        double: ({ ending }) =>
          `Many computers hide the last ending, here .${ending}, and show the one before. Keep one ending, the true one, or send the file as a PDF.`,
        blanks: () => 'Take the row of spaces out of the name.',
      },
      problems: {
        direction: ({ name, ending }) =>
          `The name of ${name} holds a mark that turns text round; it truly ends in .${ending}.`,
        double: ({ name }) => `The name is ${name}.`,
        blanks: ({ name }) => `The name is ${name}, with a row of spaces.`,
      },
    },
    sv: {
      title: 'Namn på bifogade filer',
      heading: {
        direction: () => 'Namnet på en bifogad fil är vänt bak och fram',
        double: () => 'En bifogad fil har två ändelser',
        blanks: () => 'Slutet av en fils namn är gömt',
      },
      mend: 'Ge filen ett vanligt namn',
      why: 'Läsarna ser namnet på en annan fil än den de får. Bara bedragare namnger filer så, och filter avvisar mejlet för det.',
      fix: {
        direction: () => 'Skriv om namnet för hand; det har ett märke som vänder på texten.',
        double: ({ ending }) =>
          `Många datorer döljer den sista ändelsen, här .${ending}, och visar den före. Behåll en ändelse, den sanna, eller skicka filen som PDF.`,
        blanks: () => 'Ta bort raden av mellanslag ur namnet.',
      },
      problems: {
        direction: ({ name, ending }) =>
          `Namnet på ${name} har ett märke som vänder på text; det slutar egentligen på .${ending}.`,
        double: ({ name }) => `Namnet är ${name}.`,
        blanks: ({ name }) => `Namnet är ${name}, med en rad mellanslag.`,
      },
    },
  },
  examples: {
    good: [
      { eml: attached('Program hösten 2026 (slutlig).v2.pdf', 'application/pdf', samples.pdf) },
      { eml: attached('protokoll.docx.pdf', 'application/pdf', samples.pdf) },
      { eml: attached('arkiv.tar.gz', 'application/gzip', samples.text) },
    ],
    bad: [
      {
        world: { eml: attached('faktura\u202efdp.scr', 'application/octet-stream', samples.text) },
        finds: 'direction',
      },
      { world: { eml: attached('faktura.pdf.html', 'text/html', samples.text) }, finds: 'double' },
      { world: { eml: attached('faktura.pdf      .txt', 'text/plain', samples.text) }, finds: 'blanks' },
    ],
  },
});
