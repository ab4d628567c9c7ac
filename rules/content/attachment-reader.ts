import { defineRule, notApplicable, problem } from '#rule';
import { attached, called, samples } from '../wordings/attached.ts';
import { opensRarely } from '../wordings/file-endings.ts';

const names = { pdf: 'PDF', jpeg: 'JPEG', zip: 'ZIP' };

export default defineRule({
  id: 'attachment-reader',
  severity: 'advice',
  reference:
    'slipstick.com, “winmail.dat”, and support.hdeone.com, 2024-01 (what becomes of TNEF outside Outlook), read 2026-11; IANA, media types (application/ms-tnef)',
  needs: ['attachments'],
  check({ attachments: { files } }) {
    if (files.length === 0) return notApplicable('nothing-attached');
    return files.flatMap((file) => {
      const [name, better] = [called(file), opensRarely[file.ending]];
      const tnef = file.kind === 'tnef' || file.contentType === 'application/ms-tnef';
      return [
        ...(tnef ? [problem('tnef', { name })] : []),
        ...(better && !tnef ? [problem('rare', { name, ending: file.ending, better: names[better] })] : []),
      ];
    });
  },
  words: {
    en: {
      title: 'Attached files that readers can open',
      heading: {
        tnef: () => 'Only Outlook can open what is attached (winmail.dat)',
        rare: ({ ending }) => `Few readers can open files of the type .${ending}`,
      },
      mend: {
        tnef: () => 'Send in HTML, not in Rich Text',
        rare: ({ better }) => `Send it as ${better}`,
      },
      why: 'Readers without the same program see a file that they cannot open, and write to ask what it was.',
      fix: {
        tnef: () =>
          'In Outlook: File, Options, Mail, and choose HTML where messages are composed, and to convert to HTML when mail is sent to the Internet.',
        rare: ({ better }) =>
          `Export the file as ${better} and attach that, or put it on your website and link to it.`,
      },
      problems: {
        tnef: ({ name }) =>
          `${name} is in a format of Outlook’s own; readers with other programs cannot get at the files within it.`,
        rare: ({ name }) => `${name} is attached.`,
      },
    },
    sv: {
      title: 'Bifogade filer som läsarna kan öppna',
      heading: {
        tnef: () => 'Bara Outlook kan öppna det som är bifogat (winmail.dat)',
        rare: ({ ending }) => `Få läsare kan öppna filer av typen .${ending}`,
      },
      mend: {
        tnef: () => 'Skicka i HTML och inte i RTF',
        rare: ({ better }) => `Skicka den som ${better}`,
      },
      why: 'Den som inte har samma program får en fil som inte går att öppna, och hör av sig och undrar vad det var.',
      fix: {
        tnef: () =>
          'I Outlook: Arkiv, Alternativ, E-post. Välj HTML som format för nya meddelanden, och att konvertera till HTML när mejl skickas till internet.',
        rare: ({ better }) =>
          `Exportera filen som ${better} och bifoga den i stället, eller lägg den på din webbplats och länka till den.`,
      },
      problems: {
        tnef: ({ name }) =>
          `${name} har ett format som är Outlooks eget. Den som läser i ett annat program kommer inte åt filerna i den.`,
        rare: ({ name }) => `${name} är bifogad.`,
      },
    },
  },
  examples: {
    good: [{ eml: attached('program.pdf', 'application/pdf', samples.pdf) }],
    bad: [
      { world: { eml: attached('winmail.dat', 'application/ms-tnef', 'eJ8+IgEA') }, finds: 'tnef' },
      { world: { eml: attached('inbjudan.pages', 'application/octet-stream', samples.zip) }, finds: 'rare' },
      { world: { eml: attached('bild.HEIC', 'image/heic', samples.text) }, finds: 'rare' },
    ],
  },
});
