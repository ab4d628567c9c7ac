/** Outlook.com, the consumer service. What business customers of Microsoft 365 get each of them decides. */
import type { MailboxProvider } from '#rule';
import { aligned, dkimPassesByRsa, dmarcPublished, spfPasses, together, unseen } from './passing.ts';

const bulk = { perDay: 5000 };
const code = '550 5.7.515';

export const outlook: MailboxProvider = {
  id: 'outlook',
  name: 'Outlook.com',
  mailboxes: ['outlook.com', 'hotmail.com', 'live.com'],
  date: '2026-11-23',
  sources: [
    {
      title: 'Strengthening Email Ecosystem: Outlook’s New Requirements for High‐Volume Senders',
      url: 'https://techcommunity.microsoft.com/blog/microsoftdefenderforoffice365blog/strengthening-email-ecosystem-outlook%E2%80%99s-new-requirements-for-high%E2%80%90volume-senders/4399730',
      dated: '2025-04-30',
    },
  ],
  confidence: 'high',
  requirements: [
    {
      id: 'spf',
      from: bulk,
      force: 'required',
      judged: { ways: [spfPasses] },
      code,
      words: { en: 'The mail must pass SPF.', sv: 'Mejlet måste klara SPF.' },
    },
    {
      id: 'dkim',
      from: bulk,
      force: 'required',
      judged: { ways: [dkimPassesByRsa] },
      code,
      words: { en: 'The mail must pass DKIM.', sv: 'Mejlet måste klara DKIM.' },
    },
    {
      id: 'dmarc',
      from: bulk,
      force: 'required',
      judged: { ways: [together(dmarcPublished, aligned)] },
      code,
      words: {
        en: 'The From domain must have a DMARC policy (p=none is enough), and be that of SPF or of DKIM.',
        sv: 'Avsändardomänen måste ha en DMARC-policy (p=none räcker), och vara densamma som för SPF eller DKIM.',
      },
    },
    {
      id: 'reachable',
      from: bulk,
      force: 'advised',
      judged: { ways: [{ needs: ['from-domain', 'from-exchanger'] }] },
      code: null,
      words: {
        en: 'The From address should be able to receive answers.',
        sv: 'Avsändaradressen bör kunna ta emot svar.',
      },
    },
    {
      id: 'unsubscribe',
      from: bulk,
      force: 'advised',
      judged: { ways: [{ needs: ['unsubscribe-link'] }] },
      code: null,
      words: {
        en: 'Readers should easily see how to unsubscribe.',
        sv: 'Läsarna bör lätt se hur de avregistrerar sig.',
      },
    },
    {
      id: 'list',
      from: bulk,
      force: 'advised',
      judged: {
        unseen: {
          en: `${unseen.consent.en} For how your server’s address stands at Microsoft, ask for access to SNDS (sendersupport.olc.protection.outlook.com/snds).`,
          sv: `${unseen.consent.sv} Hur din servers adress står sig hos Microsoft visar SNDS (sendersupport.olc.protection.outlook.com/snds).`,
        },
      },
      code: null,
      words: {
        en: 'Addresses that do not work should be removed, and the recipients should have agreed to your mail.',
        sv: 'Adresser som inte fungerar bör tas bort, och mottagarna bör ha sagt ja till dina mejl.',
      },
    },
  ],
};
