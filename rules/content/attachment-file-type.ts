import { defineRule, notApplicable, problem } from '#rule';
import { attached, called, samples } from '../wordings/attached.ts';
import { refusedByGmail } from '../wordings/file-endings.ts';

export default defineRule({
  id: 'attachment-file-type',
  severity: 'major',
  reference:
    'Gmail, “File types blocked in Gmail”, support.google.com/mail/answer/6590, read 2026-11 (in archives too)',
  needs: ['attachments'],
  check({ attachments: { files } }) {
    if (files.length === 0) return notApplicable('nothing-attached');
    const judged = files.map((file) => ({
      name: called(file),
      ending: file.ending,
      inside: file.inside.find(({ ending }) => refusedByGmail.has(ending))?.name.slice(-60),
      why: refusedByGmail.has(file.ending) ? 'blocked' : file.kind === 'program' ? 'program' : 'inside',
    }));
    return judged.flatMap(({ name, ending, inside, why }) => [
      ...(why === 'blocked' ? [problem('blocked', { name, ending })] : []),
      ...(why === 'program' ? [problem('program', { name })] : []),
      ...(why === 'inside' && inside !== undefined ? [problem('inside', { name, inside })] : []),
    ]);
  },
  words: {
    en: {
      title: 'Attached files that receivers refuse',
      heading: {
        blocked: ({ ending }) => `Files of the type .${ending} are turned away`,
        program: () => 'An attached file is a program',
        inside: () => 'An attached archive holds a file that is turned away',
      },
      mend: 'Link to the file instead of attaching it',
      why: 'Gmail turns the whole mail away because of such a file, and so do most companies: your readers get nothing, since programs are how viruses travel.',
      fix: 'Put the file on your website and link to the page. A document is best sent as a PDF.',
      problems: {
        blocked: ({ name }) => `The mail has ${name}.`,
        program: ({ name }) => `${name} begins as programs do, whatever its name says.`,
        inside: ({ name, inside }) => `${name} holds ${inside}.`,
      },
    },
    sv: {
      title: 'Bifogade filer som mottagare vägrar',
      heading: {
        blocked: ({ ending }) => `Filer av typen .${ending} avvisas`,
        program: () => 'En bifogad fil är ett program',
        inside: () => 'Ett bifogat arkiv innehåller en fil som avvisas',
      },
      mend: 'Länka till filen i stället för att bifoga den',
      why: 'Gmail avvisar hela mejlet för en sådan fil, och det gör de flesta företag: läsarna får ingenting, eftersom virus färdas i program.',
      fix: 'Lägg filen på din webbplats och länka till sidan. Ett dokument skickas bäst som PDF.',
      problems: {
        blocked: ({ name }) => `Mejlet har ${name}.`,
        program: ({ name }) => `${name} börjar så som program gör, vad namnet än säger.`,
        inside: ({ name, inside }) => `${name} innehåller ${inside}.`,
      },
    },
  },
  examples: {
    good: [
      { eml: attached('program.pdf', 'application/pdf', samples.pdf) },
      { eml: attached('program.zip', 'application/zip', samples.zip) },
      { eml: attached('brev.docx', 'application/octet-stream', samples.docx) },
    ],
    bad: [
      { world: { eml: attached('kort.EXE', 'application/octet-stream', samples.text) }, finds: 'blocked' },
      { world: { eml: attached('kort.js', 'text/plain', samples.text) }, finds: 'blocked' },
      { world: { eml: attached('kort.pdf', 'application/pdf', samples.program) }, finds: 'program' },
      { world: { eml: attached('kort.zip', 'application/zip', samples.zipWithProgram) }, finds: 'inside' },
    ],
  },
});
