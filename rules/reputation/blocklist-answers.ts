import { defineRule, type Unknown, unknown } from '#rule';
import { isUseful } from '../repairs/listings.ts';

export default defineRule({
  id: 'blocklist-answers',
  severity: 'minor',
  reference:
    'RFC 5782 section 5; Spamhaus, URIBL and SURBL on public DNS resolvers, Barracuda on registration, as of 2026-11',
  needs: ['listings'],
  check({ listings: { listings } }): Unknown | readonly [] {
    const lacking = listings.filter((one) => !isUseful(one));
    if (lacking.length === 0) return [];
    return { ...unknown('lists-silent'), about: lacking.map(({ name }) => name) };
  },
  words: {
    en: {
      title: 'Answers of the blocklists',
      heading: 'Some blocklists could not be asked',
      mend: 'Set up a DNS server of your own, or a key',
      why: 'A list that does not answer says nothing of your mail, and receivers that do get answers may turn it away all the same.',
      fix: 'Whoever runs this server can let it ask a DNS server of its own (KLARSIGNAL_RESOLVER), or get a key from the list (KLARSIGNAL_BLOCKLIST_KEYS).',
      problems: {},
    },
    sv: {
      title: 'Spärrlistornas svar',
      heading: 'Några spärrlistor gick inte att fråga',
      mend: 'Ställ in en egen DNS-server, eller en nyckel',
      why: 'En lista som inte svarar säger inget om ditt mejl, och mottagare som får svar kan avvisa det ändå.',
      fix: 'Den som sköter servern kan låta den fråga en egen DNS-server (KLARSIGNAL_RESOLVER), eller skaffa en nyckel från listan (KLARSIGNAL_BLOCKLIST_KEYS).',
      problems: {},
    },
  },
  examples: { good: [{}, { sendingAddresses: ['199.255.192.10'] }], bad: [] },
});
