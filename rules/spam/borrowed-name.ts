import { defineRule, problem } from '#rule';
import { brandInDomain, brandInName } from '../providers/brands.ts';

export default defineRule({
  id: 'borrowed-name',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, FROM_PAYPAL_SPOOF and PDS_FROM_NAME_TO_DOMAIN; Check Point, brand phishing ranking, 2025',
  needs: ['message'],
  points: 2.5,
  check({ message: { from } }) {
    const named = brandInName(from.name, from.domain);
    if (named) return [problem('name', { ...named, domain: from.domain })];
    const within = brandInDomain(from.domain);
    return within ? [problem('domain', { ...within, domain: from.domain })] : [];
  },
  words: {
    en: {
      title: 'Borrowed names',
      heading: {
        name: ({ brand }) => `The sender’s name is ${brand}, the domain is another’s`,
        domain: ({ brand }) => `The sender’s domain borrows the name of ${brand}`,
      },
      mend: { name: () => 'Send in your own name', domain: () => 'Send from a domain of your own name' },
      why: 'Phishing comes in the names of known companies from other domains, so filters and readers take the mail for that.',
      fix: {
        name: ({ official }) =>
          `Write the name of your own organisation as sender. The company’s own mail comes from ${official}.`,
        domain: ({ official }) =>
          `Use a domain that has your own name and not the company’s, whose mail comes from ${official}. Name the company in the text if the mail is about it.`,
      },
      problems: {
        name: ({ brand, domain }) => `The name shown is ${brand}, but the mail is from ${domain}.`,
        domain: ({ brand, domain }) => `The domain ${domain} has the name of ${brand} in it.`,
      },
    },
    sv: {
      title: 'Lånade namn',
      heading: {
        name: ({ brand }) => `Avsändarens namn är ${brand}, men domänen är någon annans`,
        domain: ({ brand }) => `Avsändarens domän lånar namnet ${brand}`,
      },
      mend: {
        name: () => 'Skicka i ditt eget namn',
        domain: () => 'Skicka från en domän med ditt eget namn',
      },
      why: 'Nätfiske kommer i kända företags namn från andra domäner, så filter och läsare tar mejlet för det.',
      fix: {
        name: ({ official }) =>
          `Skriv din egen organisations namn som avsändare. Företagets egna mejl kommer från ${official}.`,
        domain: ({ official }) =>
          `Använd en domän med ditt eget namn och inte företagets, vars mejl kommer från ${official}. Nämn företaget i texten om mejlet handlar om det.`,
      },
      problems: {
        name: ({ brand, domain }) => `Namnet som visas är ${brand}, men mejlet kommer från ${domain}.`,
        domain: ({ brand, domain }) => `Domänen ${domain} har namnet ${brand} i sig.`,
      },
    },
  },
  examples: {
    good: [
      {},
      { from: 'Microsoft user group Lund <brev@example.se>' },
      { from: 'Amazon.se <order@amazon.se>' },
      { from: 'PayPal <service@mail.paypal.com>' },
      { from: 'Amazonas vänner <brev@example.se>' },
    ],
    bad: [
      { world: { from: 'PayPal Support <help@example.se>' }, finds: 'name' },
      { world: { from: '"Amazon" <billing@gmail.com>' }, finds: 'name' },
      { world: { from: 'PostNord Sverige <paket@example.se>' }, finds: 'name' },
      { world: { from: 'Account Team <no-reply@abuse-twitter.com>' }, finds: 'domain' },
    ],
  },
});
