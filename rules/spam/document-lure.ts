import { defineRule } from '#rule';
import { documentLures } from '../wordings/spam/document-lures.ts';
import { offerOf } from '../wordings/spam/families.ts';
import { quoted, said } from '../wordings/spam/said.ts';

export default defineRule({
  id: 'document-lure',
  severity: 'minor',
  reference: 'CERT-SE and NCSC on phishing for logins to mail and files, read 2026-11',
  needs: ['wording'],
  points: 2,
  check: ({ wording: { passages } }) => quoted(offerOf(passages, documentLures)),
  words: {
    en: {
      title: 'Words of false documents',
      heading: { said: () => 'The mail sounds like a document that is shared to steal a login' },
      mend: 'Tell what the document is, and ask for no login',
      why: 'Much phishing says that a document, fax or voice message waits and that the reader must log in to see it. Filters and readers take a mail that sounds like it for that.',
      fix: 'Name the document and who wrote it, link to the page on your own domain where it lies, and leave out the demand to log in and the deadline.',
      problems: { said: (mention) => said.en(mention) },
    },
    sv: {
      title: 'Ord ur falska dokument',
      heading: { said: () => 'Mejlet låter som ett dokument som delas för att stjäla en inloggning' },
      mend: 'Berätta vad dokumentet är, och begär ingen inloggning',
      why: 'Mycket nätfiske säger att ett dokument, fax eller röstmeddelande väntar och att läsaren måste logga in för att se det. Filter och läsare tar ett mejl som låter så för det.',
      fix: 'Berätta vad dokumentet heter och vem som har skrivit det, länka till sidan på din egen domän där det ligger, och stryk kravet på inloggning och tidsgränsen.',
      problems: { said: (mention) => said.sv(mention) },
    },
  },
  examples: {
    good: [
      { html: '<p>Anna has shared a document with you: Minutes 12 November.</p>' },
      { html: '<p>Protokollet är klart. Logga in på medlemssidan för att läsa det.</p>' },
    ],
    bad: [
      {
        world: { html: '<p>A file was shared with you. Sign in with your email to view the document.</p>' },
        finds: 'said',
      },
      {
        world: {
          html: '<p>Karin har delat ett dokument med dig. Logga in med ditt Microsoft-konto för att läsa dokumentet.</p>',
        },
        finds: 'said',
      },
    ],
  },
});
