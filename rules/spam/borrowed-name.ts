import { defineRule, problem } from '#rule';
import { brandInDomain, brandInName, brandSigned } from '../providers/brands.ts';
import { mentionsOf, placeAt, together } from '../wordings/phrases.ts';
import { alarms } from '../wordings/spam/alarms.ts';
import { warns } from '../wordings/spam/warnings.ts';

/** Characters: a paragraph or two. */
const close = 700;

export default defineRule({
  id: 'borrowed-name',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, FROM_PAYPAL_SPOOF and PDS_FROM_NAME_TO_DOMAIN; Check Point, brand phishing ranking, 2025',
  needs: ['message', 'wording'],
  points: 2.5,
  check({ message: { from }, wording: { passages } }) {
    const named = brandInName(from.name, from.domain);
    if (named) return [problem('name', { ...named, domain: from.domain })];
    const within = brandInDomain(from.domain);
    if (within) return [problem('domain', { ...within, domain: from.domain })];
    const pressed =
      !warns(passages) && together(mentionsOf(passages, alarms), 2, undefined, close).length > 0;
    for (const passage of passages) {
      if (passage.part === 'from' || passage.part === 'subject') continue;
      const signed = brandSigned(passage, from.domain, pressed);
      if (!signed) continue;
      const { brand, official, index } = signed;
      const quote = passage.text.slice(Math.max(0, index - 8), index + brand.length + 24).trim();
      return [
        problem('signed', { brand, official, quote, domain: from.domain }, { at: placeAt(passage, index) }),
      ];
    }
    return [];
  },
  words: {
    en: {
      title: 'Borrowed names',
      heading: {
        name: ({ brand }) => `The sender’s name is ${brand}, the domain is another’s`,
        domain: ({ brand }) => `The sender’s domain borrows the name of ${brand}`,
        signed: ({ brand }) => `The text speaks for ${brand}`,
      },
      mend: {
        name: () => 'Send in your own name',
        domain: () => 'Send from a domain of your own name',
        signed: () => 'Speak for yourself alone',
      },
      why: 'Phishing comes in the names of known companies from other domains, so filters and readers take the mail for that.',
      fix: {
        name: ({ official }) =>
          `Write the name of your own organisation as sender. The company’s own mail comes from ${official}.`,
        domain: ({ official }) =>
          `Use a domain that has your own name and not the company’s, whose mail comes from ${official}. Name the company in the text if the mail is about it.`,
        signed: ({ official }) =>
          `Sign with the name of your own organisation, and ask for no login but your own. The company’s own mail comes from ${official}.`,
      },
      problems: {
        name: ({ brand, domain }) => `The name shown is ${brand}, but the mail is from ${domain}.`,
        domain: ({ brand, domain }) => `The domain ${domain} has the name of ${brand} in it.`,
        signed: ({ quote, domain }) => `The text says “${quote}”, but the mail is from ${domain}.`,
      },
    },
    sv: {
      title: 'Lånade namn',
      heading: {
        name: ({ brand }) => `Avsändarens namn är ${brand}, men domänen är någon annans`,
        domain: ({ brand }) => `Avsändarens domän lånar namnet ${brand}`,
        signed: ({ brand }) => `Texten talar för ${brand}`,
      },
      mend: {
        name: () => 'Skicka i ditt eget namn',
        domain: () => 'Skicka från en domän med ditt eget namn',
        signed: () => 'Tala bara för dig själv',
      },
      why: 'Nätfiske kommer i kända företags namn från andra domäner, så filter och läsare tar mejlet för det.',
      fix: {
        name: ({ official }) =>
          `Skriv din egen organisations namn som avsändare. Företagets egna mejl kommer från ${official}.`,
        domain: ({ official }) =>
          `Använd en domän med ditt eget namn och inte företagets, vars mejl kommer från ${official}. Nämn företaget i texten om mejlet handlar om det.`,
        signed: ({ official }) =>
          `Underteckna med din egen organisations namn, och be inte om någon annan inloggning än din egen. Företagets egna mejl kommer från ${official}.`,
      },
      problems: {
        name: ({ brand, domain }) => `Namnet som visas är ${brand}, men mejlet kommer från ${domain}.`,
        domain: ({ brand, domain }) => `Domänen ${domain} har namnet ${brand} i sig.`,
        signed: ({ quote, domain }) => `Texten säger ”${quote}”, men mejlet kommer från ${domain}.`,
      },
    },
  },
  examples: {
    good: [
      {},
      { from: 'Microsoft user group Lund <brev@example.se>' },
      { from: 'Amazon.se <order@amazon.se>' },
      { from: 'PayPal <service@mail.paypal.com>' },
      { html: '<p>Logga in med ditt Google-konto på kursplatsen.</p>' },
      { html: '<p>Kurs i Microsoft 365 och Teams. Dela i OneDrive.</p>' },
      { from: 'Amazonas vänner <brev@example.se>' },
    ],
    bad: [
      { world: { from: 'PayPal Support <help@example.se>' }, finds: 'name' },
      { world: { from: '"Amazon" <billing@gmail.com>' }, finds: 'name' },
      { world: { from: 'PostNord Sverige <paket@example.se>' }, finds: 'name' },
      { world: { from: 'Account Team <no-reply@abuse-twitter.com>' }, finds: 'domain' },
      { world: { html: '<p>Ditt konto är låst.</p><p>The Twitter Abuse Team</p>' }, finds: 'signed' },
      { world: { html: '<p>Betala frakten.</p><p>© 2026 PostNord Sverige AB</p>' }, finds: 'signed' },
    ],
  },
});
