import { defineRule, notApplicable, problem } from '#rule';
import { linksOf } from '../wordings/link-names.ts';

const port = /^\s*https?:\/\/(?:[^\s/?#@]*@)?(?:\[[^\]]{1,60}\]|[^\s/?#:]{1,253}):(\d{1,5})(?=[/?#]|\s*$)/i;
const usual = new Set(['80', '443']);

export default defineRule({
  id: 'link-port',
  severity: 'minor',
  points: 1.5,
  reference: 'SpamAssassin 4.0, WEIRD_PORT; RFC 9110 sections 4.2.1 and 4.2.2 (the ports of http and https)',
  needs: ['html', 'message'],
  check(facts) {
    const links = linksOf(facts);
    if (!links) return notApplicable('no-links');
    return links.flatMap(({ href, target, at }) => {
      const found = port.exec(href ?? '')?.[1];
      if (!found || !target || usual.has(found)) return [];
      return [problem('odd', { port: found, host: target.host.slice(0, 80) }, { at })];
    });
  },
  words: {
    en: {
      title: 'Ports in links',
      heading: {
        odd: ({ host }, count) =>
          count > 1 ? `${count} links have port numbers` : `A link to ${host} has a port number`,
      },
      mend: 'Link to the site without a port number',
      why: 'Networks of companies and schools often let nothing through but the usual ports, so readers there get nowhere. Filters look at odd ports as well.',
      fix: 'Link to the address of the published site, without a colon and a number. Addresses with a number are mostly those of a test.',
      problems: { odd: ({ port, host }) => `A link leads to ${host} at port ${port}.` },
    },
    sv: {
      title: 'Portar i länkar',
      heading: {
        odd: ({ host }, count) =>
          count > 1 ? `${count} länkar har portnummer` : `En länk till ${host} har ett portnummer`,
      },
      mend: 'Länka till webbplatsen utan portnummer',
      why: 'Nätverk på företag och skolor släpper ofta bara igenom de vanliga portarna, så läsare där kommer ingenstans. Filter tittar också på udda portar.',
      fix: 'Länka till den publicerade webbplatsens adress, utan kolon och nummer. Adresser med nummer är mest från ett test.',
      problems: { odd: ({ port, host }) => `En länk leder till ${host} på port ${port}.` },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><a href="https://example.se:443/">Läs</a> <a href="https://example.se/a:8080">Se</a>',
      },
    ],
    bad: [
      {
        world: {
          eml: 'From: a@example.se\r\nSubject: Hej\r\n\r\nHej!\r\nAnmäl dig: https://test.example.se:8080/\r\n',
        },
        finds: 'odd',
      },
      { world: { html: '<p>Hej!</p><a href="https://test.example.se:8080/">Läs</a>' }, finds: 'odd' },
    ],
  },
});
