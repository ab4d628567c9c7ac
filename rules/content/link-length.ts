import { defineRule, notApplicable, problem } from '#rule';
import { mergeField } from '../wordings/addresses.ts';
import { namedLink } from '../wordings/link-names.ts';
import { shortened } from '../wordings/shortening.ts';

/** Windows hands no longer one to the browser (INTERNET_MAX_URL_LENGTH). */
const longest = 2083;

export default defineRule({
  id: 'link-length',
  severity: 'minor',
  reference:
    'Microsoft KB 263909: ShellExecute takes INTERNET_MAX_URL_LENGTH, 2083 characters; RFC 9110 section 4.1 (8000 octets at the least elsewhere)',
  needs: ['html'],
  check({ html }) {
    if (!html) return notApplicable('no-html');
    return html.links.flatMap(({ href, text, at }) => {
      const address = href?.trim() ?? '';
      if (address.length <= longest || !/^https?:/i.test(address) || mergeField.test(address)) return [];
      return [problem('long', { text: shortened(text, 60), length: address.length }, { at })];
    });
  },
  words: {
    en: {
      title: 'Length of the links',
      heading: {
        long: ({ text }, count) =>
          count > 1
            ? `${count} links have addresses that are too long`
            : `${namedLink.en(text)} has an address that is too long`,
      },
      mend: 'Use a shorter address',
      why: 'Outlook and other programs for Windows cut the address off, and the reader gets an error page.',
      fix: 'Remove what the page does not need from the address, most often what stands after the question mark, or make a short address for the page on your own site.',
      problems: {
        long: ({ text, length }) =>
          `${namedLink.en(text)} has an address of ${length} characters. Windows takes ${longest} at most.`,
      },
    },
    sv: {
      title: 'Länkarnas längd',
      heading: {
        long: ({ text }, count) =>
          count > 1 ? `${count} länkar har för långa adresser` : `${namedLink.sv(text)} har för lång adress`,
      },
      mend: 'Använd en kortare adress',
      why: 'Outlook och andra program för Windows kapar adressen, och läsaren får en felsida.',
      fix: 'Ta bort det ur adressen som sidan inte behöver, oftast det som står efter frågetecknet, eller gör en kort adress till sidan på din egen webbplats.',
      problems: {
        long: ({ text, length }) =>
          `${namedLink.sv(text)} har en adress på ${length} tecken. Windows klarar högst ${longest}.`,
      },
    },
  },
  examples: {
    good: [{ html: '<p>Hej!</p><a href="https://example.se/a?b=c">Läs</a>' }],
    bad: [
      {
        world: { html: `<p>Hej!</p><a href="https://example.se/?q=${'ord-'.repeat(600)}">Läs</a>` },
        finds: 'long',
      },
    ],
  },
});
