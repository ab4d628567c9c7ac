import { defineRule, notApplicable, problem } from '#rule';
import { brandInDomain } from '../providers/brands.ts';
import { linksOf } from '../wordings/link-names.ts';

export default defineRule({
  id: 'borrowed-link',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, __URI_PHISH and PDS_*; Check Point, brand phishing ranking, 2025 (names of brands in the addresses of phishing pages)',
  needs: ['html', 'message'],
  points: 2,
  check(facts) {
    const links = linksOf(facts);
    if (!links) return notApplicable('no-links');
    const known = new Map<string, ReturnType<typeof brandInDomain>>();
    const found = links.flatMap(({ target, at }) => {
      if (!target) return [];
      const { host } = target;
      if (!known.has(host)) known.set(host, brandInDomain(host));
      const borrowed = known.get(host);
      return borrowed ? [problem('host', { ...borrowed, host: host.slice(0, 80) }, { at })] : [];
    });
    return found.slice(0, 5);
  },
  words: {
    en: {
      title: 'Links with borrowed names',
      heading: {
        host: ({ brand }, count) =>
          count > 1
            ? `${count} links have borrowed names in their addresses`
            : `A link’s address borrows the name of ${brand}`,
      },
      mend: 'Link to the company’s own site',
      why: 'Pages of phishing have names of known companies in their addresses, so filters take such links for that.',
      fix: {
        host: ({ official }) =>
          `Check where the link leads. The company’s own site is ${official}; a page of your own needs an address with your name.`,
      },
      problems: {
        host: ({ host, brand }) => `A link leads to ${host}, which has the name of ${brand} in it.`,
      },
    },
    sv: {
      title: 'Länkar med lånade namn',
      heading: {
        host: ({ brand }, count) =>
          count > 1 ? `${count} länkar har lånade namn i adressen` : `En länks adress lånar namnet ${brand}`,
      },
      mend: 'Länka till företagets egen webbplats',
      why: 'Sidor för nätfiske har kända företags namn i sina adresser, så filter tar sådana länkar för det.',
      fix: {
        host: ({ official }) =>
          `Kontrollera vart länken leder. Företagets egen webbplats är ${official}; en egen sida behöver en adress med ditt namn.`,
      },
      problems: { host: ({ host, brand }) => `En länk leder till ${host}, som har namnet ${brand} i sig.` },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej!</p><a href="https://tracking.postnord.com/se/">Spåra</a>' },
      { html: '<p>Hej!</p><a href="https://www.example.se/paypal">Betala</a>' },
      { html: '<p>Hej!</p><a href="https://googletagmanager.example.se/">Läs</a>' },
    ],
    bad: [
      { world: { html: '<p>Hej!</p><a href="https://postnord-leverans.example/">Spåra</a>' }, finds: 'host' },
      {
        world: { html: '<p>Hej!</p><a href="https://paypal.inloggning.example/">Logga in</a>' },
        finds: 'host',
      },
    ],
  },
});
