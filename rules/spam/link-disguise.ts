import { defineRule, notApplicable, problem } from '#rule';

/** What stands before the host; a merge field there is none of the author's doing. */
const authority = /^\s{0,9}(?:https?:)?\/\/([^/?#\\]{1,500})/i;

/** The host is written in code. A user name before it, or a port after it, is another check's matter. */
function isEscaped(href: string): boolean {
  const [, written = ''] = authority.exec(href.slice(0, 2000)) ?? [];
  return /%[0-9a-f]{2}/i.test(written) && !/[{}[\]*|$<>]/.test(written);
}

export default defineRule({
  id: 'link-disguise',
  severity: 'minor',
  reference: 'SpamAssassin 4.0, HTTP_ESCAPED_HOST; RFC 3986 section 7.6',
  needs: ['html'],
  points: 1.5,
  check({ html }) {
    if (!html) return notApplicable('no-html');
    const found = html.links.filter(({ href }) => isEscaped(href ?? ''));
    return found
      .slice(0, 5)
      .map(({ href, at }) => problem('escaped', { href: (href ?? '').trim().slice(0, 80) }, { at }));
  },
  words: {
    en: {
      title: 'Disguised links',
      heading: {
        escaped: () => 'A link has the name of its site in code',
      },
      mend: {
        escaped: () => 'Write the name of the site in plain letters',
      },
      why: 'Fraudsters write addresses so that readers mistake where they lead. Filters know the ways, and hide the mail.',
      fix: {
        escaped: () =>
          'Write the name of the site as it stands in the address field of the browser, without % signs.',
      },
      problems: {
        escaped: ({ href }) => `The name of the site is written in code: ${href}`,
      },
    },
    sv: {
      title: 'Förklädda länkar',
      heading: {
        escaped: () => 'En länk har webbplatsens namn i kod',
      },
      mend: {
        escaped: () => 'Skriv webbplatsens namn med vanliga bokstäver',
      },
      why: 'Bedragare skriver adresser så att läsarna tar fel på vart de leder. Filter känner till sätten och gömmer mejlet.',
      fix: {
        escaped: () =>
          'Skriv webbplatsens namn så som det står i webbläsarens adressfält, utan procenttecken.',
      },
      problems: {
        escaped: ({ href }) => `Webbplatsens namn är skrivet i kod: ${href}`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><a href="https://example.se/@anna?a=b@c">Läs</a> <a href="https://example.se:443/">Läs</a>',
      },
      { html: '<p>Hej!</p><a href="https://{{host}}:8081/">Läs</a>' },
    ],
    bad: [{ world: { html: '<p>Hej!</p><a href="http://%65vil.example/">Läs</a>' }, finds: 'escaped' }],
  },
});
