/** Gmail: its pages name the personal mailboxes alone. Mail to Google Workspace is not under these requirements (FAQ). */
import type { MailboxProvider } from '#rule';
import {
  aligned,
  alignedWithoutDmarc,
  dkimPassesByRsa,
  dmarcPublished,
  oneOfEachHeader,
  reverseShown,
  spfPasses,
  together,
  unseen,
} from './passing.ts';

const bulk = { perDay: 5000 };

export const gmail: MailboxProvider = {
  id: 'gmail',
  name: 'Gmail',
  mailboxes: ['gmail.com', 'googlemail.com'],
  date: '2026-11-23',
  sources: [
    {
      title: 'Email sender guidelines',
      url: 'https://support.google.com/a/answer/81126',
      dated: '2026-03-11',
    },
    {
      title: 'Email sender guidelines FAQ',
      url: 'https://support.google.com/a/answer/14229414',
      dated: '2026-03-11',
    },
    {
      title: 'Gmail SMTP errors and codes',
      url: 'https://support.google.com/a/answer/3726730',
      dated: '2026-02-12',
    },
  ],
  confidence: 'high',
  requirements: [
    {
      id: 'authentication',
      from: 'everyone',
      force: 'required',
      judged: { ways: [spfPasses, dkimPassesByRsa] },
      code: '550 5.7.26',
      words: {
        en: 'The mail must pass SPF or DKIM.',
        sv: 'Mejlet måste klara SPF eller DKIM.',
      },
    },
    {
      id: 'key-length',
      from: 'everyone',
      force: 'required',
      judged: { ways: [{ needs: ['dkim-key-strength'] }] },
      code: null,
      words: {
        en: 'The DKIM key must have 1024 bits or more.',
        sv: 'DKIM-nyckeln måste ha minst 1024 bitar.',
      },
    },
    {
      id: 'reverse-dns',
      from: 'everyone',
      force: 'required',
      judged: { unseen: unseen.reverse, shownBy: reverseShown },
      code: '550 5.7.25',
      words: {
        en: 'The sending server’s address must have a name in DNS (PTR) that leads back to it.',
        sv: 'Utskicksserverns adress måste ha ett namn i DNS (PTR) som leder tillbaka till den.',
      },
    },
    {
      id: 'tls',
      from: 'everyone',
      force: 'required',
      judged: { unseen: unseen.tls },
      code: '550 5.7.29',
      words: {
        en: 'The mail must be handed over encrypted (TLS).',
        sv: 'Mejlet måste lämnas över krypterat (TLS).',
      },
    },
    {
      id: 'format',
      from: 'everyone',
      force: 'required',
      judged: { unseen: unseen.format, heeds: oneOfEachHeader },
      code: '550 5.7.1',
      words: {
        en: 'The mail must follow the format of internet mail (RFC 5322), with each single header only once.',
        sv: 'Mejlet måste följa formatet för internetmejl (RFC 5322), med varje enskilt huvud bara en gång.',
      },
    },
    {
      id: 'spam-rate',
      from: 'everyone',
      force: 'required',
      judged: {
        unseen: {
          en: 'Only Gmail counts what its users report. Add your domain to Google Postmaster Tools (postmaster.google.com) and look at the user-reported spam rate.',
          sv: 'Bara Gmail räknar vad användarna anmäler. Lägg till din domän i Google Postmaster Tools (postmaster.google.com) och se på andelen spamanmälningar.',
        },
      },
      code: '550 5.7.28',
      words: {
        en: 'Fewer than 0.1 % of the mails may be reported as spam, and never 0.3 % or more.',
        sv: 'Färre än 0,1 % av mejlen får anmälas som skräppost, och aldrig 0,3 % eller fler.',
      },
    },
    {
      id: 'both',
      from: bulk,
      force: 'required',
      judged: { ways: [together(spfPasses, dkimPassesByRsa)] },
      code: '550 5.7.27 (SPF), 550 5.7.30 (DKIM)',
      words: {
        en: 'The mail must pass both SPF and DKIM.',
        sv: 'Mejlet måste klara både SPF och DKIM.',
      },
    },
    {
      id: 'dmarc',
      from: bulk,
      force: 'required',
      judged: { ways: [dmarcPublished] },
      code: '550 5.7.40',
      words: {
        en: 'The From domain must have a DMARC policy; p=none is enough.',
        sv: 'Avsändardomänen måste ha en DMARC-policy. p=none räcker.',
      },
    },
    {
      id: 'alignment',
      from: bulk,
      force: 'required',
      judged: { ways: [aligned, alignedWithoutDmarc] },
      code: '421 4.7.32',
      words: {
        en: 'The From domain must be that of SPF or of DKIM.',
        sv: 'Avsändardomänen måste vara densamma som för SPF eller DKIM.',
      },
    },
    {
      id: 'one-click',
      from: bulk,
      force: 'required',
      judged: { ways: [{ needs: ['list-unsubscribe', 'unsubscribe-link'] }] },
      code: null,
      words: {
        en: 'Newsletters and marketing must be unsubscribed with one click (RFC 8058), and have a visible link in the mail too.',
        sv: 'Nyhetsbrev och marknadsföring måste gå att avregistrera med ett klick (RFC 8058), och ha en synlig länk i mejlet också.',
      },
    },
    {
      id: 'honoured',
      from: bulk,
      force: 'required',
      judged: { unseen: unseen.promptly },
      code: null,
      words: {
        en: 'An unsubscription must take effect within 48 hours.',
        sv: 'En avregistrering måste slå igenom inom 48 timmar.',
      },
    },
  ],
};
