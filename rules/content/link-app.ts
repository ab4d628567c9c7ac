import { defineRule, notApplicable, problem } from '#rule';
import { isOfApp, mergeField, onDisk } from '../wordings/addresses.ts';
import { namedLink } from '../wordings/link-names.ts';
import { shortened } from '../wordings/shortening.ts';

/** Mail programs know them, or nothing is known of them; and a web address that is misspelt is another check's matter. */
const others = /^(?:geo|webcals?|cid|mid|facetime|whatsapp|x-apple-data-detectors):|^[htps]{2,8}:/i;

export default defineRule({
  id: 'link-app',
  severity: 'minor',
  reference:
    'msol.io, “Sending links with custom URL schemes through e-mail”, and stackoverflow.com/questions/38778618 (Gmail takes them away, on the web and in its apps), read 2026-11-23',
  needs: ['html'],
  check({ html }) {
    if (!html) return notApplicable('no-html');
    return html.links.flatMap(({ href, text, at }) => {
      const address = href?.trim() ?? '';
      if (!isOfApp(address) || others.test(address) || mergeField.test(address) || onDisk(address)) return [];
      return [problem('app', { text: shortened(text, 60), scheme: address.split(':')[0] ?? '' }, { at })];
    });
  },
  words: {
    en: {
      title: 'Links that open an app',
      heading: {
        app: ({ text }, count) =>
          count > 1
            ? `${count} links are taken away by Gmail`
            : `${namedLink.en(text)} is taken away by Gmail`,
      },
      mend: 'Link to a web address that opens the app',
      why: 'In Gmail, and for readers without the app, nothing happens when they tap the link.',
      fix: 'Use the web address (https://) that the maker of the app has for the same thing: it opens the app where there is one, and a page elsewhere. Swish and BankID have such addresses.',
      problems: {
        app: ({ text, scheme }) =>
          `${namedLink.en(text)} begins with ${scheme}: and opens an app instead of a page.`,
      },
    },
    sv: {
      title: 'Länkar som öppnar en app',
      heading: {
        app: ({ text }, count) =>
          count > 1 ? `${count} länkar tas bort av Gmail` : `${namedLink.sv(text)} tas bort av Gmail`,
      },
      mend: 'Länka till en webbadress som öppnar appen',
      why: 'I Gmail, och för läsare som inte har appen, händer ingenting när de trycker på länken.',
      fix: 'Använd den webbadress (https://) som appens leverantör har för samma sak: den öppnar appen där den finns, och annars en sida. Swish och BankID har sådana adresser.',
      problems: {
        app: ({ text, scheme }) =>
          `${namedLink.sv(text)} börjar med ${scheme}: och öppnar en app i stället för en sida.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<a href="https://app.swish.nu/1/p/sw/?sw=1">Swisha</a> <a href="mailto:a@example.se">Skriv</a> <a href="tel:08123">Ring</a> <a href="webcal://example.se/a.ics">Kalender</a> <a href="x-apple-data-detectors://1">5 maj</a>',
      },
      { html: '<p>Hej!</p><a href="localhost:3000/a">Läs</a> <a href="htps://example.se/">Läs</a>' },
    ],
    bad: [{ world: { html: '<p>Hej!</p><a href="swish://payment?data=1">Swisha</a>' }, finds: 'app' }],
  },
});
