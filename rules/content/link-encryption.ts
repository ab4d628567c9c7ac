import { defineRule, notApplicable, problem } from '#rule';
import { eachPlace, eachPlaceOfHost, linksOfHost, namedLink, shownAddress } from '../wordings/link-names.ts';

export default defineRule({
  id: 'link-encryption',
  severity: 'minor',
  reference:
    'Google Security Blog, “HTTPS by default”, 2025-10-28 (Chrome 154 asks before it opens a public site without https); RFC 9110 section 4.2.2',
  needs: ['linkAnswers'],
  check({ linkAnswers: { answers, unasked } }) {
    const seen = answers.filter(({ state }) => state === 'answered');
    if (unasked || (seen.length === 0 && answers.length > 0)) return notApplicable('none-answered');
    if (seen.length === 0) return notApplicable('no-links');
    const plain = seen.filter(({ endUrl }) => endUrl.startsWith('http:'));
    // What was begun with encryption, and lost it on the way, nobody sees in the mail.
    const isLost = ({ chain }: (typeof seen)[number]) => chain[0]?.startsWith('https:') === true;
    return [
      ...eachPlaceOfHost(
        plain.filter((one) => !isLost(one)),
        (of, text, at) => problem('plain', { ...of, text: of.links > 1 ? '' : text }, { at }),
      ),
      ...eachPlace(plain.filter(isLost), ({ endUrl }, text, at) =>
        problem('lost', { text, address: shownAddress(endUrl) }, { at }),
      ),
    ];
  },
  words: {
    en: {
      title: 'Encryption of the linked pages',
      heading: {
        plain: ({ text }, count) => heading.en(text, count),
        lost: ({ text }, count) => heading.en(text, count),
      },
      mend: {
        plain: () => 'Link with https:// if the site has it',
        lost: () => 'Let the redirect lead to https://',
      },
      why: 'Browsers call such a page not secure, and Chrome asks readers whether they really want to open it. Anyone on the same network can also read and change what is on it.',
      fix: {
        plain: () =>
          'Try the address with https:// in place of http://, and write that in the mail if it works. If not, ask whoever runs the site to turn on https.',
        lost: () => 'Ask whoever runs the site to let its redirect lead to an address with https://.',
      },
      problems: {
        plain: ({ text, ...of }) => `${linksOfHost.en(text, of)} to ${of.host} by http instead of https.`,
        lost: ({ text, address }) => `${namedLink.en(text)} begins with https, but is sent on to ${address}`,
      },
    },
    sv: {
      title: 'De länkade sidornas kryptering',
      heading: {
        plain: ({ text }, count) => heading.sv(text, count),
        lost: ({ text }, count) => heading.sv(text, count),
      },
      mend: {
        plain: () => 'Länka med https:// om webbplatsen har det',
        lost: () => 'Låt omdirigeringen leda till https://',
      },
      why: 'Webbläsare kallar en sådan sida osäker, och Chrome frågar läsarna om de verkligen vill öppna den. Alla på samma nätverk kan dessutom läsa och ändra det som står där.',
      fix: {
        plain: () =>
          'Prova adressen med https:// i stället för http://, och skriv den så i mejlet om det fungerar. Annars: be den som sköter webbplatsen att slå på https.',
        lost: () => 'Be den som sköter webbplatsen att låta omdirigeringen leda till en adress med https://.',
      },
      problems: {
        plain: ({ text, ...of }) =>
          `${linksOfHost.sv(text, of)} till ${of.host} via http i stället för https.`,
        lost: ({ text, address }) =>
          `${namedLink.sv(text)} börjar med https men skickas vidare till ${address}`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><a href="http://example.se/">Läs mer</a>',
        web: {
          'http://example.se/': { location: 'https://example.se/' },
          'https://example.se/': 'Hej',
        },
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><a href="http://example.se/">Läs mer</a>',
          web: { 'http://example.se/': 'Hej' },
        },
        finds: 'plain',
      },
      {
        world: {
          html: '<p>Hej!</p><a href="https://example.se/">Läs mer</a>',
          web: {
            'https://example.se/': { location: 'http://example.se/hem' },
            'http://example.se/hem': 'Hej',
          },
        },
        finds: 'lost',
      },
    ],
  },
});

const heading = {
  en: (text: string, count: number) =>
    count > 1
      ? `${count} links lead to pages without encryption`
      : `${namedLink.en(text)} leads to a page without encryption`,
  sv: (text: string, count: number) =>
    count > 1
      ? `${count} länkar leder till sidor utan kryptering`
      : `${namedLink.sv(text)} leder till en sida utan kryptering`,
};
