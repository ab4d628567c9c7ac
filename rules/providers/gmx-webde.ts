import type { MailboxProvider } from '#rule';
import { dkimOwn, dmarcPublished, oneOfEachHeader, reverseShown, spfPasses, unseen } from './passing.ts';

export const gmxWebde: MailboxProvider = {
  id: 'gmx-webde',
  name: 'GMX / WEB.DE',
  mailboxes: ['gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch', 'web.de'],
  date: '2026-11-23',
  sources: [
    {
      title: 'Requirements and Recommendations (WEB.DE)',
      url: 'https://postmaster.web.de/en/requirements-and-recommendations',
      dated: null,
    },
    {
      title: 'Best practices (GMX)',
      url: 'https://postmaster.gmx.net/en/best-practices',
      dated: null,
    },
    {
      title: 'GMX & WEB.DE Sender Requirements (egressif.io, which quotes the pages)',
      url: 'https://egressif.io/resources/sender-requirements/gmx-webde',
      dated: '2026-06-22',
    },
  ],
  confidence: 'high',
  requirements: [
    {
      id: 'dkim',
      from: 'everyone',
      force: 'required',
      judged: { ways: [dkimOwn] },
      code: null,
      words: {
        en: 'The mail must be signed with DKIM by the From domain. SPF alone is not enough.',
        sv: 'Mejlet måste vara signerat med DKIM av avsändardomänen. Bara SPF räcker inte.',
      },
    },
    {
      id: 'reverse-dns',
      from: 'everyone',
      force: 'required',
      judged: { unseen: unseen.reverse, shownBy: [...reverseShown, 'address-name'] },
      code: '554',
      words: {
        en: 'The sending server’s address must have a name of its own in DNS (PTR), not a general one of the host’s.',
        sv: 'Utskicksserverns adress måste ha ett eget namn i DNS (PTR), inte ett allmänt från leverantören.',
      },
    },
    {
      id: 'domain',
      from: 'everyone',
      force: 'required',
      judged: { ways: [{ needs: ['from-domain', 'from-exchanger'] }] },
      code: null,
      words: {
        en: 'The domain must have valid MX or A records, so that people can answer.',
        sv: 'Domänen måste ha giltiga MX- eller A-poster, så att det går att svara.',
      },
    },
    {
      id: 'blocklists',
      from: 'everyone',
      force: 'required',
      judged: {
        unseen: {
          en: 'Which blocklists GMX and WEB.DE ask is not said. Look your domain and your server’s address up at check.spamhaus.org.',
          sv: 'Vilka blocklistor GMX och WEB.DE frågar sägs inte. Slå upp din domän och din servers adress på check.spamhaus.org.',
        },
        heeds: ['address-listing', 'domain-listing'],
      },
      code: '554',
      words: {
        en: 'Neither the address nor the domain may stand on a known blocklist, such as Spamhaus.',
        sv: 'Varken adressen eller domänen får stå på en känd blocklista, som Spamhaus.',
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
      code: null,
      words: {
        en: 'The sending server must have a fixed address and greet with its full name (HELO).',
        sv: 'Utskicksservern måste ha en fast adress och hälsa med sitt fullständiga namn (HELO).',
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
      id: 'one-click',
      from: 'bulk',
      force: 'required',
      judged: { ways: [{ needs: ['list-unsubscribe'] }] },
      code: null,
      words: {
        en: 'Newsletters must be unsubscribed with one click (RFC 8058).',
        sv: 'Nyhetsbrev måste gå att avregistrera med ett klick (RFC 8058).',
      },
    },
    {
      id: 'consent',
      from: 'bulk',
      force: 'required',
      judged: { unseen: unseen.consent },
      code: null,
      words: {
        en: 'Only those who have agreed may get newsletters; it advises to let them confirm by mail.',
        sv: 'Bara de som har sagt ja får få nyhetsbrev. Rådet är att låta dem bekräfta via mejl.',
      },
    },
    {
      id: 'imprint',
      from: 'bulk',
      force: 'required',
      judged: {
        unseen: {
          en: 'Whether what stands there names you rightly only a person can tell.',
          sv: 'Om det som står där verkligen pekar ut dig kan bara en människa avgöra.',
        },
      },
      code: null,
      words: {
        en: 'Every newsletter must tell clearly who sends it.',
        sv: 'Varje nyhetsbrev måste tydligt visa vem som skickar det.',
      },
    },
    {
      id: 'spf',
      from: 'everyone',
      force: 'advised',
      judged: { ways: [spfPasses] },
      code: null,
      words: { en: 'The domain should have an SPF record.', sv: 'Domänen bör ha en SPF-post.' },
    },
    {
      id: 'dmarc',
      from: 'everyone',
      force: 'advised',
      judged: { ways: [dmarcPublished] },
      code: null,
      words: { en: 'The domain should have a DMARC policy.', sv: 'Domänen bör ha en DMARC-policy.' },
    },
  ],
};
