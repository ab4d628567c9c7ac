import type { MailboxProvider } from '#rule';
import { dkimPasses, dmarcPublished, reverseShown, spfPasses, unseen } from './passing.ts';

export const laposte: MailboxProvider = {
  id: 'laposte',
  name: 'laposte.net',
  mailboxes: ['laposte.net'],
  date: '2026-11-23',
  sources: [
    {
      title:
        'Quelles sont les spécifications techniques à respecter pour émettre des emails vers laposte.net ?',
      url: 'https://postmaster.laposte.net/contents/quelles-sont-les-specifications-techniques-a-respecter-pour-emettre-des-emails-vers-laposte-net?t=p',
      dated: null,
    },
  ],
  confidence: 'high',
  requirements: [
    {
      id: 'spf',
      from: 'everyone',
      force: 'required',
      judged: { ways: [spfPasses] },
      code: null,
      words: {
        en: 'A mail that SPF does not allow, or whose SPF record is not valid, is turned away.',
        sv: 'Ett mejl som SPF inte tillåter, eller vars SPF-post inte är giltig, avvisas.',
      },
    },
    {
      id: 'reverse-dns',
      from: 'everyone',
      force: 'required',
      judged: { unseen: unseen.reverse, shownBy: reverseShown },
      code: null,
      words: {
        en: 'The sending server’s address must have a name in DNS (PTR) that leads back to it.',
        sv: 'Utskicksserverns adress måste ha ett namn i DNS (PTR) som leder tillbaka till den.',
      },
    },
    {
      id: 'any',
      from: 'everyone',
      force: 'required',
      judged: { ways: [spfPasses, dkimPasses, dmarcPublished] },
      code: null,
      words: {
        en: 'At least one of SPF, DKIM and DMARC must be there, or the mail is put with the spam at best.',
        sv: 'Minst en av SPF, DKIM och DMARC måste finnas. Annars hamnar mejlet i skräpposten, i bästa fall.',
      },
    },
    {
      id: 'dmarc',
      from: 'everyone',
      force: 'required',
      // A policy that asks for more than p=none needs no address.
      judged: {
        ways: [
          {
            needs: [
              'dmarc-policy',
              'dmarc-aggregate-reports',
              // It asks for rua; of reports of single mails (ruf) it says nothing.
              { rule: 'dmarc-reports', except: ['lostCopies'] },
            ],
          },
          { needs: ['dmarc-policy', 'dmarc-strength'] },
        ],
      },
      code: null,
      words: {
        en: 'The From domain must have a DMARC policy, with an address for reports (rua) where it is p=none.',
        sv: 'Avsändardomänen måste ha en DMARC-policy, med en adress för rapporter (rua) om den är p=none.',
      },
    },
    {
      id: 'dkim',
      from: 'everyone',
      force: 'advised',
      judged: { ways: [dkimPasses] },
      code: null,
      words: { en: 'The mail should be signed with DKIM.', sv: 'Mejlet bör vara signerat med DKIM.' },
    },
  ],
};
