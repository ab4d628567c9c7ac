import { defineRule, notApplicable, problem } from '#rule';
import { linksOf } from '../wordings/link-names.ts';

const numeric = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/;

export default defineRule({
  id: 'link-address',
  severity: 'minor',
  reference: 'SpamAssassin 4.0, NUMERIC_HTTP_ADDR; RFC 3986 section 7.4 (rare IP address formats)',
  needs: ['html', 'message'],
  points: 2,
  check(facts) {
    const links = linksOf(facts);
    if (!links) return notApplicable('no-links');
    return links.flatMap(({ target, at }) =>
      target && numeric.test(target.host) ? [problem('numeric', { host: target.host }, { at })] : [],
    );
  },
  words: {
    en: {
      title: 'Links to numbers',
      heading: {
        numeric: ({ host }, count) =>
          count > 1 ? `${count} links lead to numbers, not names` : `A link leads to the number ${host}`,
      },
      mend: 'Link to a domain name',
      why: 'Sound sites have a name. Links to the bare number of a server are typical of fraud, so filters count them against the mail.',
      fix: 'Replace the number with the name of the site, as it stands in the address field when you visit it.',
      problems: { numeric: ({ host }) => `A link leads to ${host}, an IP address without a name.` },
    },
    sv: {
      title: 'Länkar till nummer',
      heading: {
        numeric: ({ host }, count) =>
          count > 1 ? `${count} länkar leder till nummer, inte namn` : `En länk leder till numret ${host}`,
      },
      mend: 'Länka till ett domännamn',
      why: 'Seriösa webbplatser har ett namn. Länkar till en servers nummer är typiska för bedrägerier, så filter räknar dem mejlet till last.',
      fix: 'Byt numret mot webbplatsens namn, så som det står i adressfältet när du besöker den.',
      problems: { numeric: ({ host }) => `En länk leder till ${host}, en IP-adress utan namn.` },
    },
  },
  examples: {
    good: [{ html: '<p>Hej!</p><a href="https://1.example.se/192.0.2.1">Läs</a>' }],
    bad: [
      {
        world: {
          eml: 'From: a@example.se\r\nSubject: Hej\r\n\r\nHej!\r\nAnmäl dig: http://192.0.2.1/a\r\n',
        },
        finds: 'numeric',
      },

      { world: { html: '<p>Hej!</p><a href="http://192.0.2.1/a">Läs</a>' }, finds: 'numeric' },
      { world: { html: '<p>Hej!</p><a href="http://[2001:db8::1]/">Läs</a>' }, finds: 'numeric' },
      { world: { html: '<p>Hej!</p><a href="//192.0.2.1/a">Läs</a>' }, finds: 'numeric' },
      { world: { html: '<p>Hej!</p><a href="http://0xc0000201/">Läs</a>' }, finds: 'numeric' },
    ],
  },
});
