import { defineRule, notApplicable, problem, unknown } from '#rule';
import { attached, called, samples } from '../wordings/attached.ts';

/** Office files that are named for their macros. */
const named = /^(?:docm|dotm|xlsm|xltm|xlam|pptm|potm|ppam|ppsm|sldm)$/;

export default defineRule({
  id: 'attachment-macros',
  severity: 'minor',
  reference:
    'Microsoft’s announcement of 2022-03-03 (Office on Windows blocks macros in files from the internet, attachments among them), as github.com/nmantani/archiver-MOTW-support-comparison has it; [MS-OVBA] section 2.2; ISO 32000-1 section 12.6.4.16 (JavaScript actions)',
  needs: ['attachments'],
  check({ attachments: { files } }) {
    if (files.length === 0) return notApplicable('nothing-attached');
    const found = files.flatMap((file) => {
      const data = { name: called(file), ending: file.ending };
      return [
        ...(file.macros ? [problem('macros', data)] : []),
        ...(!file.macros && named.test(file.ending) ? [problem('named', data)] : []),
        ...(file.acts.includes('script') ? [problem('script', data)] : []),
      ];
    });
    const isOpen = files.every(({ unread }) => !unread.includes('code'));
    return found.length > 0 || isOpen ? found : unknown('file-closed');
  },
  words: {
    en: {
      title: 'Attached files with macros or scripts',
      heading: {
        macros: () => 'An attached Office file has macros',
        named: ({ ending }) => `Files of the type .${ending} are there for macros`,
        script: () => 'An attached PDF has scripts',
      },
      mend: 'Save the file without macros, or as a PDF',
      why: 'Office on Windows does not run macros of files that came by mail, and many companies turn such mail away: viruses have come that way for thirty years.',
      fix: 'Save it as .docx, .xlsx or .pptx, which have no macros, or as a PDF when it is only to be read.',
      problems: {
        macros: ({ name }) => `${name} has macros.`,
        named: ({ name }) => `We found no macros in ${name}, but filters go by its name.`,
        script: ({ name }) => `${name} holds JavaScript.`,
      },
    },
    sv: {
      title: 'Bifogade filer med makron eller skript',
      heading: {
        macros: () => 'En bifogad Office-fil har makron',
        named: ({ ending }) => `Filer av typen .${ending} är till för makron`,
        script: () => 'En bifogad PDF har skript',
      },
      mend: 'Spara filen utan makron eller som PDF',
      why: 'Office i Windows kör inte makron i filer som kom med mejl, och många företag avvisar sådana mejl: virus har kommit den vägen i trettio år.',
      fix: 'Spara den som .docx, .xlsx eller .pptx, som inte har makron, eller som PDF när den bara ska läsas.',
      problems: {
        macros: ({ name }) => `${name} har makron.`,
        named: ({ name }) => `Vi hittade inga makron i ${name}, men filter går efter namnet.`,
        script: ({ name }) => `${name} innehåller JavaScript.`,
      },
    },
  },
  examples: {
    good: [
      { eml: attached('brev.docx', 'application/octet-stream', samples.docx) },
      { eml: attached('register.xlsb', 'application/octet-stream', samples.docx) },
    ],
    bad: [
      { world: { eml: attached('brev.docx', 'application/octet-stream', samples.docm) }, finds: 'macros' },
      {
        world: { eml: attached('lista.xls', 'application/vnd.ms-excel', samples.macroOffice) },
        finds: 'macros',
      },
      { world: { eml: attached('program.pdf', 'application/pdf', samples.scriptPdf) }, finds: 'script' },
      { world: { eml: attached('lista.XLSM', 'application/octet-stream', samples.docx) }, finds: 'named' },
    ],
  },
});
