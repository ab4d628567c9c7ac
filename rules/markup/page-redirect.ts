import { defineRule, notApplicable, problem } from '#rule';
import { shortened } from '../wordings/shortening.ts';

export default defineRule({
  id: 'page-redirect',
  severity: 'minor',
  reference:
    'WHATWG HTML section 4.2.5.3, refresh: a page loads another; a mail is shown inside a page that is not its own',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    const { refresh } = markup.head;
    return refresh
      ? [problem('refresh', { address: shortened(refresh.address, 60) }, { at: refresh.at })]
      : [];
  },
  words: {
    en: {
      title: 'Redirects',
      heading: 'The mail tries to open another page by itself',
      mend: 'Remove the redirect and write a link',
      why: 'Mail programs do not follow it, so readers stay with what the mail shows. Fraudsters use the same trick, and filters know that.',
      fix: 'Delete <meta http-equiv="refresh" …>, and write an ordinary link to the page.',
      problems: { refresh: ({ address }) => `A meta element asks the program to open ${address}.` },
    },
    sv: {
      title: 'Omdirigeringar',
      heading: 'Mejlet försöker öppna en annan sida av sig självt',
      mend: 'Ta bort omdirigeringen och skriv en länk',
      why: 'Mejlprogram följer den inte, så läsaren stannar vid det som mejlet visar. Bedragare använder samma knep, och filtren känner till det.',
      fix: 'Ta bort <meta http-equiv="refresh" …> och skriv en vanlig länk till sidan.',
      problems: { refresh: ({ address }) => `Ett meta-element ber programmet öppna ${address}.` },
    },
  },
  examples: {
    good: [{ html: '<meta http-equiv="X-UA-Compatible" content="IE=edge"><p>Hej!</p>' }],
    bad: [
      {
        world: { html: '<meta http-equiv="refresh" content="0; url=https://example.se/"><p>Hej!</p>' },
        finds: 'refresh',
      },
    ],
  },
});
