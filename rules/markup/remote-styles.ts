import { defineRule, notApplicable, problem } from '#rule';
import { shortened } from '../wordings/shortening.ts';

export default defineRule({
  id: 'remote-styles',
  severity: 'minor',
  reference:
    'caniemail.com, html-link and css-at-import, tested 2019-02 to 2023-12: not in Gmail, Outlook.com, Outlook on phones, Yahoo',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    return markup.head.sheets.map(({ address, at }) =>
      problem('away', { address: shortened(address, 60) }, { at }),
    );
  },
  words: {
    en: {
      title: 'Styles that are in the mail',
      heading: {
        away: (_, count) =>
          count > 1 ? `${count} style sheets are not fetched` : 'A style sheet is not fetched',
      },
      mend: 'Put the styles into the mail',
      why: 'Gmail, Outlook on the web and most others fetch no style sheets, so the mail is shown there without those colours, sizes and widths.',
      fix: 'Write what the style sheet says into the style attributes of the elements (your tool may call it inlining), and the rest into <style> in the head.',
      problems: {
        away: ({ address }) => `The styles at ${address} are to be fetched when the mail is opened.`,
      },
    },
    sv: {
      title: 'Stilar som finns i mejlet',
      heading: {
        away: (_, count) => (count > 1 ? `${count} stilmallar hämtas inte` : 'En stilmall hämtas inte'),
      },
      mend: 'Lägg stilarna i mejlet',
      why: 'Gmail, Outlook på webben och de flesta andra hämtar inga stilmallar, så där visas mejlet utan de färgerna, storlekarna och bredderna.',
      fix: 'Skriv in det som stilmallen säger i elementens style-attribut (verktyg kallar det ofta inlining), och resten i <style> i huvudet.',
      problems: { away: ({ address }) => `Stilarna på ${address} ska hämtas när mejlet öppnas.` },
    },
  },
  examples: {
    good: [
      {
        html: '<link rel="stylesheet" href="https://fonts.googleapis.com/css?family=Lato"><p style="font-family:Lato,Arial">Hej!</p>',
      },
      { html: '<style>p{color:#333}</style><link rel="icon" href="https://example.se/a.ico"><p>Hej!</p>' },
    ],
    bad: [
      {
        world: { html: '<link rel="stylesheet" href="https://example.se/brev.css"><p>Hej!</p>' },
        finds: 'away',
      },
      {
        world: { html: '<style>@import url("https://example.se/brev.css");</style><p>Hej!</p>' },
        finds: 'away',
      },
    ],
  },
});
