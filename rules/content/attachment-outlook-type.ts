import { defineRule, notApplicable, problem } from '#rule';
import { attached, called, samples } from '../wordings/attached.ts';
import { hiddenByOutlook } from '../wordings/file-endings.ts';

export default defineRule({
  id: 'attachment-outlook-type',
  severity: 'minor',
  reference: 'Microsoft, “Blocked attachments in Outlook”, support.microsoft.com, read 2026-11',
  needs: ['attachments'],
  check({ attachments: { files } }) {
    if (files.length === 0) return notApplicable('nothing-attached');
    return files
      .filter(({ ending }) => hiddenByOutlook.has(ending))
      .map((file) => problem('hidden', { name: called(file), ending: file.ending }));
  },
  words: {
    en: {
      title: 'Attached files that Outlook hides',
      heading: {
        hidden: ({ ending }, count) =>
          count > 1
            ? `${count} attached files are hidden by Outlook`
            : `Files of the type .${ending} are hidden by Outlook`,
      },
      mend: 'Link to the file, or send it as a PDF',
      why: 'Outlook shows a warning in place of the file, and readers cannot open or save it.',
      fix: 'Put the file on your website and link to it, or send what it holds as a PDF.',
      problems: { hidden: ({ name }) => `${name} is attached.` },
    },
    sv: {
      title: 'Bifogade filer som Outlook döljer',
      heading: {
        hidden: ({ ending }, count) =>
          count > 1
            ? `${count} bifogade filer döljs av Outlook`
            : `Filer av typen .${ending} döljs av Outlook`,
      },
      mend: 'Länka till filen eller skicka den som PDF',
      why: 'Outlook visar en varning i stället för filen, och läsarna kan varken öppna eller spara den.',
      fix: 'Lägg filen på din webbplats och länka till den, eller skicka innehållet som PDF.',
      problems: { hidden: ({ name }) => `${name} är bifogad.` },
    },
  },
  examples: {
    good: [{ eml: attached('program.pdf', 'application/pdf', samples.pdf) }],
    bad: [
      { world: { eml: attached('register.mdb', 'application/octet-stream', samples.text) }, finds: 'hidden' },
      { world: { eml: attached('lank.url', 'text/plain', samples.text) }, finds: 'hidden' },
    ],
  },
});
