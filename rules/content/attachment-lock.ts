import { defineRule, notApplicable, problem } from '#rule';
import { attached, called, samples } from '../wordings/attached.ts';

export default defineRule({
  id: 'attachment-lock',
  severity: 'minor',
  reference:
    'PKWARE APPNOTE 6.3.10 section 4.4.4 (encryption flag); ISO 32000-1 section 7.6 (Encrypt); [MS-OFFCRYPTO] section 2.3.4.4 (EncryptedPackage); Gmail, support.google.com/mail/answer/6590 (archives with a password), read 2026-11',
  needs: ['attachments'],
  check({ attachments: { files } }) {
    if (files.length === 0) return notApplicable('nothing-attached');
    return files
      .filter(({ encrypted }) => encrypted)
      .map((file) => problem(file.kind === 'pdf' ? 'pdf' : 'locked', { name: called(file) }));
  },
  words: {
    en: {
      title: 'Attached files with a password',
      heading: {
        locked: () => 'An attached file is locked with a password',
        pdf: () => 'An attached PDF is encrypted',
      },
      mend: 'Send it unlocked, or link to where one signs in',
      why: 'No virus scanner can look into it, ours no more than the receivers’. Locked files are a usual way to smuggle viruses, so such mail is turned away or ends up in spam.',
      fix: {
        locked: () =>
          'Send the file without a password. If only some may read it, put it where they sign in, and link there.',
        pdf: () =>
          'If it asks for a password, send it without, or put it where readers sign in. If it only forbids printing or copying, save it anew without that: the lock keeps scanners out as well.',
      },
      problems: {
        locked: ({ name }) => `${name} opens with a password only.`,
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
      why: 'Inget virusskydd kan titta i den, varken vårt eller mottagarnas. Låsta filer är ett vanligt sätt att smuggla virus, så sådana mejl avvisas eller hamnar i skräpposten.',
      fix: {
        locked: () =>
          'Skicka filen utan lösenord. Får bara vissa läsa den, lägg den där de loggar in och länka dit.',
        pdf: () =>
          'Frågar den efter ett lösenord, skicka den utan eller lägg den där läsarna loggar in. Förbjuder den bara utskrift eller kopiering, spara den på nytt utan det: låset stänger ute virusskydden också.',
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
