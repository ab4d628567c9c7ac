import { defineRule, notApplicable, problem } from '#rule';
import { attached, called, samples } from '../wordings/attached.ts';

/** Office files that are named for their macros. */
const named = /^(?:docm|dotm|xlsm|xltm|xlam|xlsb|pptm|potm|ppam|ppsm|sldm)$/;

export default defineRule({
  id: 'attachment-macros',
  severity: 'minor',
  reference:
    'Microsoft’s announcement of 2022-03-03 (Office on Windows blocks macros in files from the internet, attachments among them), as github.com/nmantani/archiver-MOTW-support-comparison has it; [MS-OVBA] section 2.2',
  needs: ['attachments'],
  check({ attachments: { files } }) {
    if (files.length === 0) return notApplicable('nothing-attached');
    return files
      .filter(({ macros, ending }) => macros || named.test(ending))
      .map((file) => problem('macros', { name: called(file) }));
  },
  words: {
    en: {
      title: 'Attached files with macros',
      heading: { macros: () => 'An attached Office file has macros' },
      mend: 'Save the file without macros, or as a PDF',
      why: 'Office on Windows does not run macros of files that came by mail, and many companies turn such mail away: viruses have come that way for thirty years.',
      fix: 'Save it as .docx, .xlsx or .pptx, which have no macros, or as a PDF when it is only to be read.',
      problems: { macros: ({ name }) => `${name} has macros.` },
    },
    sv: {
      title: 'Bifogade filer med makron',
      heading: { macros: () => 'En bifogad Office-fil har makron' },
      mend: 'Spara filen utan makron eller som PDF',
      why: 'Office i Windows kör inte makron i filer som kom med mejl, och många företag avvisar sådana mejl: virus har kommit den vägen i trettio år.',
      fix: 'Spara den som .docx, .xlsx eller .pptx, som inte har makron, eller som PDF när den bara ska läsas.',
      problems: { macros: ({ name }) => `${name} har makron.` },
    },
  },
  examples: {
    good: [{ eml: attached('brev.docx', 'application/octet-stream', samples.docx) }],
    bad: [
      { world: { eml: attached('brev.docx', 'application/octet-stream', samples.docm) }, finds: 'macros' },
      {
        world: { eml: attached('lista.xls', 'application/vnd.ms-excel', samples.macroOffice) },
        finds: 'macros',
      },
      { world: { eml: attached('lista.XLSM', 'application/octet-stream', samples.docx) }, finds: 'macros' },
    ],
  },
});
