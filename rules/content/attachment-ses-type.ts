import { defineRule, notApplicable, problem } from '#rule';
import { attached, called, samples } from '../wordings/attached.ts';
import { refusedBySes } from '../wordings/file-endings.ts';

const routes = [{ transport: 'ses', mailFrom: 'mejl.example.se' }];

export default defineRule({
  id: 'attachment-ses-type',
  severity: 'major',
  reference:
    'Amazon SES Developer Guide, “Amazon SES unsupported attachment types”, docs.aws.amazon.com/ses/latest/dg/mime-types.html, read 2026-11',
  needs: ['attachments'],
  check({ attachments: { files, viaSes } }) {
    if (!viaSes) return notApplicable('not-ses');
    if (files.length === 0) return notApplicable('nothing-attached');
    return files
      .filter(({ ending }) => refusedBySes.has(ending))
      .map((file) => problem('refused', { name: called(file), ending: file.ending }));
  },
  words: {
    en: {
      title: 'Attached files that Amazon SES refuses',
      heading: {
        refused: ({ ending }, count) =>
          count > 1
            ? `${count} attached files are refused by Amazon SES`
            : `Files of the type .${ending} are refused by Amazon SES`,
      },
      mend: 'Link to the file instead of attaching it',
      why: 'The mail is sent by Amazon SES, which refuses it for such a file before it has left: no reader gets it.',
      fix: 'Put the file on your website and link to it, or send what it holds as a PDF. Renaming the file does not help: readers’ programs go by the ending too.',
      problems: { refused: ({ name }) => `${name} is attached.` },
    },
    sv: {
      title: 'Bifogade filer som Amazon SES vägrar',
      heading: {
        refused: ({ ending }, count) =>
          count > 1
            ? `${count} bifogade filer tar Amazon SES inte emot`
            : `Filer av typen .${ending} tar Amazon SES inte emot`,
      },
      mend: 'Länka till filen i stället för att bifoga den',
      why: 'Mejlet skickas med Amazon SES, som vägrar ta emot det för en sådan fil innan det ens har lämnat oss: ingen läsare får det.',
      fix: 'Lägg filen på din webbplats och länka till den, eller skicka innehållet som PDF. Att döpa om filen hjälper inte: läsarnas program går också efter ändelsen.',
      problems: { refused: ({ name }) => `${name} är bifogad.` },
    },
  },
  examples: {
    good: [{ eml: attached('program.pdf', 'application/pdf', samples.pdf), routes }],
    bad: [
      {
        world: { eml: attached('lista.mdb', 'application/octet-stream', samples.text), routes },
        finds: 'refused',
      },
    ],
  },
});
