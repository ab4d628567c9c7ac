import type { MailboxProvider } from '#rule';
import {
  aligned,
  dkimPasses,
  dmarcPublished,
  oneOfEachHeader,
  reverseShown,
  spfPasses,
  together,
  unseen,
} from './passing.ts';

const bulk = { perDay: 1000 };

export const orange: MailboxProvider = {
  id: 'orange',
  name: 'Orange',
  mailboxes: ['orange.fr', 'wanadoo.fr'],
  date: '2026-11-23',
  sources: [
    { title: 'Postmaster', url: 'https://postmaster.orange.fr/', dated: '2026-05-15' },
    {
      title: 'Orange & Wanadoo Sender Requirements (egressif.io, which quotes the page)',
      url: 'https://egressif.io/resources/sender-requirements/orange',
      dated: '2026-06-22',
    },
  ],
  confidence: 'high',
  requirements: [
    {
      id: 'all-three',
      from: 'everyone',
      force: 'required',
      judged: { ways: [together(spfPasses, dkimPasses, dmarcPublished, aligned)] },
      code: 'Orange 535 (DKIM)',
      words: {
        en: 'Every mail must pass SPF, DKIM and DMARC, all three.',
        sv: 'Varje mejl måste klara både SPF, DKIM och DMARC.',
      },
    },
    {
      id: 'reverse-dns',
      from: 'everyone',
      force: 'required',
      judged: { unseen: unseen.reverse, shownBy: reverseShown },
      code: 'Orange 107',
      words: {
        en: 'The sending server’s address must have a name in DNS (PTR) that leads back to it.',
        sv: 'Utskicksserverns adress måste ha ett namn i DNS (PTR) som leder tillbaka till den.',
      },
    },
    {
      id: 'domain',
      from: 'everyone',
      force: 'required',
      judged: { ways: [{ needs: ['from-domain', 'from-exchanger'] }] },
      code: null,
      words: {
        en: 'The domain must have valid MX or A records.',
        sv: 'Domänen måste ha giltiga MX- eller A-poster.',
      },
    },
    {
      id: 'format',
      from: 'everyone',
      force: 'required',
      judged: { unseen: unseen.format, heeds: oneOfEachHeader },
      code: null,
      words: {
        en: 'The mail must follow the standards of internet mail (RFC 5321 and 5322).',
        sv: 'Mejlet måste följa standarderna för internetmejl (RFC 5321 och 5322).',
      },
    },
    {
      id: 'server',
      from: 'everyone',
      force: 'required',
      judged: {
        unseen: {
          en: 'How the sending server greets, and whether its address is its own, shows only when it sends. Whoever runs the server knows.',
          sv: 'Hur utskicksservern hälsar och om adressen är dess egen syns först när den skickar. Den som driver servern vet.',
        },
      },
      code: 'Orange 20x',
      words: {
        en: 'The sending server must have a fixed address and greet with its full name (HELO).',
        sv: 'Utskicksservern måste ha en fast adress och hälsa med sitt fullständiga namn (HELO).',
      },
    },
    {
      id: 'complaints',
      from: bulk,
      force: 'required',
      judged: {
        unseen: {
          en: 'Only Orange counts what its users report. Members of Signal Spam (signal-spam.fr) get the reports.',
          sv: 'Bara Orange räknar vad användarna anmäler. Medlemmar i Signal Spam (signal-spam.fr) får anmälningarna.',
        },
      },
      code: null,
      words: {
        en: 'Fewer than 0.6 % of the mails may be reported as spam; Orange means to lower that to 0.3 %.',
        sv: 'Färre än 0,6 % av mejlen får anmälas som skräppost. Orange tänker sänka det till 0,3 %.',
      },
    },
    {
      id: 'website',
      from: bulk,
      force: 'required',
      judged: {
        unseen: {
          en: 'We do not look at your website. Open the From domain in a browser: it must lead to a real site of yours.',
          sv: 'Vi ser inte på din webbplats. Öppna avsändardomänen i en webbläsare: den måste leda till en riktig webbplats som är din.',
        },
      },
      code: null,
      words: {
        en: 'There must be a real website on the From domain.',
        sv: 'Det måste finnas en riktig webbplats på avsändardomänen.',
      },
    },
    {
      id: 'feedback-id',
      from: bulk,
      force: 'required',
      judged: {
        unseen: {
          en: 'The sending service adds the header when the mail goes; ask it whether it does.',
          sv: 'Utskickstjänsten lägger till huvudet när mejlet går. Fråga den om den gör det.',
        },
        heeds: ['feedback-id'],
      },
      code: null,
      words: {
        en: 'The mail must have the header Feedback-ID, which tells your mailings apart.',
        sv: 'Mejlet måste ha huvudet Feedback-ID, som skiljer dina utskick åt.',
      },
    },
    {
      id: 'blocklists',
      from: 'everyone',
      force: 'advised',
      judged: {
        unseen: {
          en: 'Orange names Abusix, Spamhaus and Cloudmark. Look your domain and your server’s address up there.',
          sv: 'Orange nämner Abusix, Spamhaus och Cloudmark. Slå upp din domän och din servers adress där.',
        },
        heeds: ['address-listing', 'domain-listing'],
      },
      code: null,
      words: {
        en: 'Neither the address nor the domain should stand on a blocklist.',
        sv: 'Varken adressen eller domänen bör stå på en blocklista.',
      },
    },
    {
      id: 'tls',
      from: 'everyone',
      force: 'advised',
      judged: { unseen: unseen.tls },
      code: null,
      words: {
        en: 'The mail should be handed over encrypted (TLS 1.2 or later).',
        sv: 'Mejlet bör lämnas över krypterat (TLS 1.2 eller senare).',
      },
    },
  ],
};
