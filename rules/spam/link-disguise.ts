import { defineRule, notApplicable, problem } from '#rule';

/** What stands before the host; a merge field there is none of the author's doing. */
const authority = /^\s{0,9}(?:https?:)?\/\/([^/?#\\]{1,500})/i;
const odd = /:(?!(?:80|443|8080|8443)?$)\d{1,5}$/;

/** How a link hides where it leads; undefined: it does not. */
function disguiseOf(href: string): 'escaped' | 'port' | undefined {
  const [, written = ''] = authority.exec(href.slice(0, 2000)) ?? [];
  if (/[{}[\]*|$<>]/.test(written)) return undefined;
  // A user name before the host is another check's matter.
  if (/%[0-9a-f]{2}/i.test(written)) return 'escaped';
  return odd.test(written) ? 'port' : undefined;
}

export default defineRule({
  id: 'link-disguise',
  severity: 'minor',
  reference:
    'SpamAssassin 4.0, HTTP_ESCAPED_HOST and WEIRD_PORT; rspamd, url_suspect (ports); RFC 3986 section 7.6',
  needs: ['html'],
  points: 1.5,
  check({ html }) {
    if (!html) return notApplicable('no-html');
    const found = html.links.flatMap(({ href: written, at }) => {
      const kind = disguiseOf(written ?? '');
      return kind ? [{ kind, data: { href: (written ?? '').trim().slice(0, 80) }, at }] : [];
    });
    return found.slice(0, 5).map(({ kind, data, at }) => {
      return kind === 'escaped' ? problem('escaped', data, { at }) : problem('port', data, { at });
    });
  },
  words: {
    en: {
      title: 'Disguised links',
      heading: {
        escaped: () => 'A link writes its host in code',
        port: () => 'A link leads to an unusual port',
      },
      mend: {
        escaped: () => 'Write the host in plain letters',
        port: () => 'Link to the usual port',
      },
      why: 'Fraudsters write addresses so that readers mistake where they lead. Filters know the ways, and hide the mail.',
      fix: {
        escaped: () => 'Write the host as it stands in the address field of the browser, without % signs.',
        port: () => 'Publish the page at the usual address, without a number behind the host.',
      },
      problems: {
        escaped: ({ href }) => `The host of this address is written in code: ${href}`,
        port: ({ href }) => `This address names a port of its own: ${href}`,
      },
    },
    sv: {
      title: 'Förklädda länkar',
      heading: {
        escaped: () => 'En länk skriver sin värd i kod',
        port: () => 'En länk leder till en ovanlig port',
      },
      mend: {
        escaped: () => 'Skriv värdnamnet med vanliga bokstäver',
        port: () => 'Länka till den vanliga porten',
      },
      why: 'Bedragare skriver adresser så att läsarna tar fel på vart de leder. Filter känner till sätten och gömmer mejlet.',
      fix: {
        escaped: () => 'Skriv värdnamnet så som det står i webbläsarens adressfält, utan procenttecken.',
        port: () => 'Publicera sidan på den vanliga adressen, utan nummer efter värdnamnet.',
      },
      problems: {
        escaped: ({ href }) => `Värdnamnet i adressen är skrivet i kod: ${href}`,
        port: ({ href }) => `Adressen har en egen port: ${href}`,
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
    bad: [
      { world: { html: '<p>Hej!</p><a href="http://%65vil.example/">Läs</a>' }, finds: 'escaped' },
      { world: { html: '<p>Hej!</p><a href="http://evil.example:8812/">Läs</a>' }, finds: 'port' },
    ],
  },
});
