import { defineStep } from '#rule';
import { isAbsent } from '../repairs/absent-domain.ts';

export default defineStep({
  id: 'register',
  needs: ['author', 'zone'],
  byRoute: false,
  optional: false,
  after: [],
  waitDays: 0,
  checks: ['from-domain'],
  source: 'RFC 8020 (what NXDOMAIN says); RFC 1034 section 4.2.1 (a registered domain has name servers)',
  read({ author, zone }) {
    return {
      state: isAbsent({ author, zone }) ? 'open' : 'idle',
      records: [],
      data: { domain: author.domain },
    };
  },
  words: {
    en: {
      name: 'The domain itself',
      title: ({ domain }) => `Check the spelling of ${domain}, or register it`,
      why: 'DNS knows no such domain, so nothing can be published for it, and receivers turn away mail that says it comes from there.',
      how: ({ domain }) =>
        `Check first that ${domain} is spelt as you mean it. If it is, register it with a registrar or web host, or renew it if it was yours and has run out. Use a domain that you already have if you can: receivers trust a new one less.`,
      until: 'DNS answers for the domain. After a registration that takes from some minutes to a day.',
    },
    sv: {
      name: 'Själva domänen',
      title: ({ domain }) => `Kontrollera stavningen av ${domain}, eller registrera den`,
      why: 'DNS känner inte till någon sådan domän. Då går det inte att publicera något för den, och mottagare avvisar mejl som säger sig komma därifrån.',
      how: ({ domain }) =>
        `Kontrollera först att ${domain} är stavad som du menar. Är den det, registrera den hos ett webbhotell eller en domänregistrator, eller förnya den om den var din och har gått ut. Använd hellre en domän som du redan har: mottagare litar mindre på en ny.`,
      until: 'DNS svarar för domänen. Efter en registrering tar det från några minuter upp till ett dygn.',
    },
  },
});
