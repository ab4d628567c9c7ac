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
        direction: () => 'Part of an attached file’s name is shown backwards',
        double: () => 'An attached file has two endings',
        blanks: () => 'The end of an attached file’s name is out of sight',
      },
      mend: 'Give the file a plain name',
      why: 'Readers take it for another kind of file than the one they get. Fraudsters name files that way, so filters turn such mail away.',
      fix: {
        direction: () => 'Write the name again by hand: an invisible character in it turns the text round.',
        double: ({ ending }) =>
          `Many computers hide the last ending, here .${ending}, and show the one before. Keep only the true ending, or send the file as a PDF.`,
        blanks: () => 'Take the row of spaces out of the name.',
      },
      problems: {
        direction: ({ name, ending }) =>
          `An invisible character turns part of ${name} round. The file is in truth a .${ending} file.`,
        double: ({ name }) => `The name is ${name}.`,
        blanks: ({ name }) => `The name is ${name}, with a row of spaces.`,
      },
    },
    sv: {
      title: 'Namn på bifogade filer',
      heading: {
        direction: () => 'En del av en bifogad fils namn visas baklänges',
        double: () => 'En bifogad fil har två ändelser',
        blanks: () => 'Slutet av en bifogad fils namn är gömt',
      },
      mend: 'Ge filen ett vanligt namn',
      why: 'Läsarna tror att det är en annan sorts fil än den de får. Bedragare döper filer så, och därför avvisar filter sådana mejl.',
      fix: {
        direction: () => 'Skriv om namnet för hand: ett osynligt tecken i det vänder på texten.',
        double: ({ ending }) =>
          `Många datorer döljer den sista ändelsen, här .${ending}, och visar den före. Behåll bara den riktiga ändelsen, eller skicka filen som PDF.`,
        blanks: () => 'Ta bort raden av mellanslag ur namnet.',
      },
      problems: {
        direction: ({ name, ending }) =>
          `Ett osynligt tecken vänder på en del av ${name}. Egentligen är det en .${ending}-fil.`,
        double: ({ name }) => `Namnet är ${name}.`,
        blanks: ({ name }) => `Namnet är ${name}, med en rad mellanslag.`,
      },
    },
  },
  examples: {
    good: [
      { eml: attached('Program hösten 2026 (slutlig).v2.pdf', 'application/pdf', samples.pdf) },
      { eml: attached('protokoll.docx.pdf', 'application/pdf', samples.pdf) },
      { eml: attached('Verksamhet    2026.pdf', 'application/pdf', samples.pdf) },
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
