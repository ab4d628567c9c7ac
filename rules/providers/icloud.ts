import type { MailboxProvider } from '#rule';
import {
  dkimPasses,
  dmarcPublished,
  oneOfEachHeader,
  reverseShown,
  spfPasses,
  together,
  unseen,
} from './passing.ts';

export const icloud: MailboxProvider = {
  id: 'icloud',
  name: 'iCloud Mail',
  mailboxes: ['icloud.com', 'me.com', 'mac.com'],
  date: '2026-11-23',
  sources: [
    {
      title: 'Postmaster information for iCloud Mail',
      url: 'https://support.apple.com/en-us/102322',
      dated: '2025-02-25',
    },
  ],
  // It says that mail which falls short is rejected, without a number or a code for anything.
  confidence: 'medium',
  requirements: [
    {
      id: 'both',
      from: 'bulk',
      force: 'required',
      judged: { ways: [together(spfPasses, dkimPasses)] },
      code: null,
      words: { en: 'The mail must use SPF and DKIM.', sv: 'Mejlet måste använda SPF och DKIM.' },
    },
    {
      id: 'dmarc',
      from: 'bulk',
      force: 'required',
      judged: { ways: [dmarcPublished] },
      code: null,
      words: {
        en: 'The sending domain must publish a DMARC policy.',
        sv: 'Domänen som skickar måste ha en DMARC-policy.',
      },
    },
    {
      id: 'reverse-dns',
      from: 'bulk',
      force: 'required',
      judged: { unseen: unseen.reverse, shownBy: reverseShown },
      code: null,
      words: {
        en: 'The sending server’s address must have a name in DNS (PTR).',
        sv: 'Utskicksserverns adress måste ha ett namn i DNS (PTR).',
      },
    },
    {
      id: 'unsubscribe',
      from: 'bulk',
      force: 'required',
      judged: { ways: [{ needs: ['unsubscribe-link'] }] },
      code: null,
      words: {
        en: 'The mail must have a link to unsubscribe.',
        sv: 'Mejlet måste ha en länk för avregistrering.',
      },
    },
    {
      id: 'honoured',
      from: 'bulk',
      force: 'required',
      judged: { unseen: unseen.promptly },
      code: null,
      words: {
        en: 'An unsubscription must take effect at once.',
        sv: 'En avregistrering måste slå igenom genast.',
      },
    },
    {
      id: 'format',
      from: 'bulk',
      force: 'required',
      judged: { unseen: unseen.format, heeds: oneOfEachHeader },
      code: null,
      words: {
        en: 'The mail must follow the standards of internet mail (RFC 5321 and 5322).',
        sv: 'Mejlet måste följa standarderna för internetmejl (RFC 5321 och 5322).',
      },
    },
    {
      id: 'consent',
      from: 'bulk',
      force: 'required',
      judged: { unseen: unseen.consent },
      code: null,
      words: {
        en: 'Only those who have signed up themselves may get the mail: no bought or rented lists.',
        sv: 'Bara de som själva har anmält sig får få mejlet: inga köpta eller hyrda listor.',
      },
    },
    {
      id: 'consistent',
      from: 'bulk',
      force: 'required',
      judged: {
        unseen: {
          en: 'Whether mailing after mailing comes from the same name, domain and server a single mail does not tell.',
          sv: 'Om utskick efter utskick kommer från samma namn, domän och server syns inte på ett enda mejl.',
        },
      },
      code: null,
      words: {
        en: 'Mailings must always come from the same name, address, domain and server.',
        sv: 'Utskick måste alltid komma från samma namn, adress, domän och server.',
      },
    },
    {
      id: 'bounces',
      from: 'bulk',
      force: 'required',
      judged: {
        unseen: {
          en: 'How bounces are handled shows only after a mailing. Klarsignal handles those of the mail that it sends itself.',
          sv: 'Hur studsar hanteras syns först efter ett utskick. Klarsignal hanterar dem för mejl som det skickar självt.',
        },
      },
      code: null,
      words: {
        en: 'Addresses that bounce, or whose owners no longer read the mail, must be taken off the list.',
        sv: 'Adresser som studsar, eller vars ägare inte längre läser mejlen, måste tas bort från listan.',
      },
    },
  ],
};
