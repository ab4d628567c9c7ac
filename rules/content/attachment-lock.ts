import { defineRule, notApplicable, problem, unknown } from '#rule';
import { attached, called, samples } from '../wordings/attached.ts';

export default defineRule({
  id: 'attachment-lock',
  severity: 'minor',
  reference:
    'PKWARE APPNOTE 6.3.10 section 4.4.4 (encryption flag); ISO 32000-1 section 7.6 (Encrypt); [MS-OFFCRYPTO] section 2.3.4.4 (EncryptedPackage); Gmail, support.google.com/mail/answer/6590 (archives with a password), read 2026-11',
  needs: ['attachments'],
  check({ attachments: { files } }) {
    if (files.length === 0) return notApplicable('nothing-attached');
    const locked = files
      .filter(({ encrypted }) => encrypted)
      .map((file) => problem(file.kind === 'pdf' ? 'pdf' : 'locked', { name: called(file) }));
    const isOpen = files.every(({ unread }) => !unread.includes('lock'));
    return locked.length > 0 || isOpen ? locked : unknown('file-closed');
  },
  words: {
    en: {
      title: 'Attached files with a password',
      heading: {
        locked: () => 'An attached file is locked with a password',
        pdf: () => 'An attached PDF is encrypted',
      },
      mend: 'Send it unlocked, or link to a page with sign-in',
      why: 'No virus scanner can look into a locked file, ours no more than the receivers’. Viruses are often smuggled in that way, so some filters turn such mail away or send it to spam.',
      fix: {
        locked: () =>
          'Send the file without a password. If only some may read it, put it where they sign in, and link there.',
        pdf: () =>
          'If it asks for a password, send it without, or put it where readers sign in. If it only forbids printing or copying, readers can open it all the same; save it without that too if you can, since some filters count every encrypted PDF as locked.',
      },
      problems: {
        locked: ({ name }) => `${name} only opens with a password.`,
        pdf: ({ name }) => `${name} is encrypted: it asks for a password, or forbids printing or copying.`,
      },
    },
    sv: {
      title: 'Bifogade filer med lösenord',
      heading: {
        locked: () => 'En bifogad fil är låst med lösenord',
        pdf: () => 'En bifogad PDF är krypterad',
      },
      mend: 'Skicka den olåst, eller länka till en inloggning',
      why: 'Inget virusskydd kan titta i en låst fil, varken vårt eller mottagarnas. Virus smugglas ofta in på det sättet, så en del filter avvisar sådana mejl eller lägger dem i skräpposten.',
      fix: {
        locked: () =>
          'Skicka filen utan lösenord. Får bara vissa läsa den, lägg den där de loggar in och länka dit.',
        pdf: () =>
          'Frågar den efter ett lösenord, skicka den utan eller lägg den där läsarna loggar in. Förbjuder den bara utskrift eller kopiering kan läsarna öppna den ändå; spara den gärna utan det också, eftersom en del filter räknar varje krypterad PDF som låst.',
      },
      problems: {
        locked: ({ name }) => `${name} går bara att öppna med lösenord.`,
        pdf: ({ name }) =>
          `${name} är krypterad: den frågar efter lösenord, eller förbjuder utskrift eller kopiering.`,
      },
    },
  },
  examples: {
    good: [
      { eml: attached('program.pdf', 'application/pdf', samples.pdf) },
      { eml: attached('program.zip', 'application/zip', samples.zip) },
    ],
    bad: [
      { world: { eml: attached('a.zip', 'application/zip', samples.lockedZip) }, finds: 'locked' },
      {
        world: { eml: attached('a.docx', 'application/octet-stream', samples.lockedOffice) },
        finds: 'locked',
      },
      {
        world: { eml: attached('a.rar', 'application/octet-stream', 'UmFyIRoHAQAAAAAAIQQA') },
        finds: 'locked',
      },
      { world: { eml: attached('a.pdf', 'application/pdf', samples.lockedPdf) }, finds: 'pdf' },
    ],
  },
});
