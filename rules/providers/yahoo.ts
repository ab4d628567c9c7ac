import type { MailboxProvider } from '#rule';
import {
  aligned,
  dkimPassesByRsa,
  dmarcPublished,
  oneOfEachHeader,
  reverseShown,
  spfPasses,
  together,
  unseen,
} from './passing.ts';

export const yahoo: MailboxProvider = {
  id: 'yahoo',
  name: 'Yahoo Mail',
  mailboxes: ['yahoo.com', 'ymail.com', 'rocketmail.com', 'aol.com'],
  date: '2026-11-23',
  sources: [
    {
      title: 'Sender Requirements & Recommendations',
      url: 'https://senders.yahooinc.com/best-practices/',
      dated: '2025-04-10',
    },
    { title: 'SMTP Error Codes', url: 'https://senders.yahooinc.com/smtp-error-codes/', dated: null },
    { title: 'FAQs', url: 'https://senders.yahooinc.com/faqs/', dated: null },
  ],
  // Who counts as a bulk sender it will not say.
  confidence: 'medium',
  requirements: [
    {
      id: 'authentication',
      from: 'everyone',
      force: 'required',
      judged: { ways: [spfPasses, dkimPassesByRsa] },
      code: '553, 554',
      words: {
        en: 'The mail must pass SPF or DKIM.',
        sv: 'Mejlet måste klara SPF eller DKIM.',
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
      id: 'format',
      from: 'everyone',
      force: 'required',
      judged: { unseen: unseen.format, heeds: oneOfEachHeader },
      code: '554',
      words: {
        en: 'The mail must follow the standards of internet mail (RFC 5321 and 5322).',
        sv: 'Mejlet måste följa standarderna för internetmejl (RFC 5321 och 5322).',
      },
    },
    {
      id: 'spam-rate',
      from: 'everyone',
      force: 'required',
      judged: {
        unseen: {
          en: 'Only Yahoo counts what its users report. Join its Complaint Feedback Loop at senders.yahooinc.com to get the reports.',
          sv: 'Bara Yahoo räknar vad användarna anmäler. Gå med i Complaint Feedback Loop på senders.yahooinc.com för att få anmälningarna.',
        },
      },
      code: '421, 451',
      words: {
        en: 'Fewer than 0.3 % of the mails may be reported as spam.',
        sv: 'Färre än 0,3 % av mejlen får anmälas som skräppost.',
      },
    },
    {
      id: 'both',
      from: 'bulk',
      force: 'required',
      judged: { ways: [together(spfPasses, dkimPassesByRsa)] },
      code: '553, 554',
      words: {
        en: 'The mail must pass both SPF and DKIM.',
        sv: 'Mejlet måste klara både SPF och DKIM.',
      },
    },
    {
      id: 'dmarc',
      from: 'bulk',
      force: 'required',
      judged: {
        ways: [
          together(dmarcPublished, aligned, spfPasses),
          together(dmarcPublished, aligned, dkimPassesByRsa),
        ],
      },
      code: '553, 554',
      words: {
        en: 'The From domain must have a DMARC policy (p=none is enough), and the mail must pass it.',
        sv: 'Avsändardomänen måste ha en DMARC-policy (p=none räcker), och mejlet måste klara den.',
      },
    },
    {
      id: 'list-unsubscribe',
      from: 'bulk',
      force: 'required',
      // Its page takes a mail address for an answer, and advises the web address of RFC 8058.
      judged: {
        ways: [{ needs: [{ rule: 'list-unsubscribe', except: ['mailOnly'] }, 'unsubscribe-link'] }],
      },
      code: null,
      words: {
        en: 'Newsletters and marketing must have a List-Unsubscribe header that works, and a visible link in the mail too.',
        sv: 'Nyhetsbrev och marknadsföring måste ha huvudet List-Unsubscribe som fungerar, och en synlig länk i mejlet också.',
      },
    },
    {
      id: 'honoured',
      from: 'bulk',
      force: 'required',
      judged: { unseen: unseen.promptly },
      code: null,
      words: {
        en: 'An unsubscription must take effect within 2 days.',
        sv: 'En avregistrering måste slå igenom inom 2 dagar.',
      },
    },
    {
      id: 'key-length',
      from: 'everyone',
      force: 'advised',
      judged: { ways: [{ needs: ['dkim-key-strength'] }] },
      code: null,
      words: {
        en: 'The DKIM key should have 1024 bits or more.',
        sv: 'DKIM-nyckeln bör ha minst 1024 bitar.',
      },
    },
  ],
};
