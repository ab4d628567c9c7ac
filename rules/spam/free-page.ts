import { defineRule, notApplicable, problem } from '#rule';
import { freeHostOf } from '../providers/free-hosting.ts';
import { linksOf } from '../wordings/link-names.ts';

export default defineRule({
  id: 'free-page',
  severity: 'minor',
  reference: 'Interisle Consulting Group, “Phishing Landscape 2024”, subdomain service providers',
  needs: ['html', 'message'],
  points: 1.5,
  check(facts) {
    const links = linksOf(facts);
    if (!links) return notApplicable('no-links');
    const found = links.flatMap(({ target, at }) => {
      const service = target ? freeHostOf(target.host) : undefined;
      return service && target ? [problem('free', { host: target.host.slice(0, 80), service }, { at })] : [];
    });
    return found.slice(0, 5);
  },
  words: {
    en: {
      title: 'Links to free pages',
      heading: {
        free: ({ service }, count) =>
          count > 1 ? `${count} links lead to free pages` : `A link leads to a free page at ${service}`,
      },
      mend: 'Put the page under your own domain',
      why: 'Much phishing lives on pages that anyone opens for nothing, so filters count links to them, and now and then the whole service is blocked.',
      fix: 'Connect the page to your own domain, which these services offer as “custom domain”, and link to that address.',
      problems: {
        free: ({ host, service }) => `A link leads to ${host}, a page that anyone can open at ${service}.`,
      },
    },
    sv: {
      title: 'Länkar till gratissidor',
      heading: {
        free: ({ service }, count) =>
          count > 1
            ? `${count} länkar leder till gratissidor`
            : `En länk leder till en gratissida hos ${service}`,
      },
      mend: 'Lägg sidan på din egen domän',
      why: 'Mycket nätfiske ligger på sidor som vem som helst öppnar gratis, så filter räknar länkar dit, och ibland spärras hela tjänsten.',
      fix: 'Koppla sidan till din egen domän, vilket tjänsterna kallar ”custom domain” eller egen domän, och länka till den adressen.',
      problems: {
        free: ({ host, service }) =>
          `En länk leder till ${host}, en sida som vem som helst kan öppna hos ${service}.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><a href="https://example.se/web.app">Läs</a> <a href="https://forms.gle/x">Anmäl</a>',
      },
    ],
    bad: [
      {
        world: {
          eml: 'From: a@example.se\r\nSubject: Hej\r\n\r\nHej!\r\nAnmäl dig: https://anmalan.pages.dev/\r\n',
        },
        finds: 'free',
      },

      { world: { html: '<p>Hej!</p><a href="https://konto-123.web.app/in">Logga in</a>' }, finds: 'free' },
    ],
  },
});
