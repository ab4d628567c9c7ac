import { defineRule, notApplicable, problem } from '#rule';

/** Neither from a scheme or a host, nor within the page, nor a merge field. */
const relative = /^(?!\s*(?:[a-z][a-z0-9+.-]{0,30}:|\/\/|#|$|[[{*%<$]))/i;

export default defineRule({
  id: 'base-address',
  severity: 'minor',
  reference:
    'caniemail.com, html-base, tested 2021-12 to 2024-04: not in Outlook for Android, GMX, Web.de and laposte.net; removed by Gmail and Outlook.com',
  needs: ['markup', 'html'],
  check({ markup, html }) {
    if (!markup || !html) return notApplicable('no-html');
    const { base } = markup.head;
    if (!base) return [];
    const addresses = [...html.links.map(({ href }) => href), ...html.images.map(({ src }) => src)];
    const short = addresses.filter((address) => address !== null && relative.test(address));
    return short.length > 0
      ? [problem('leaning', { count: short.length, first: (short[0] ?? '').slice(0, 60) }, { at: base.at })]
      : [];
  },
  words: {
    en: {
      title: 'Addresses written in full',
      heading: {
        leaning: ({ count }) =>
          count > 1 ? `${count} addresses depend on a base address` : 'An address depends on a base address',
      },
      mend: 'Write each address in full',
      why: 'Several mail programs ignore <base>. There the links lead nowhere and the pictures are missing.',
      fix: 'Write every address from https:// on, both of links and of pictures, and delete <base>.',
      problems: { leaning: ({ first }) => `There is a <base>, and addresses such as “${first}” need it.` },
    },
    sv: {
      title: 'Fullständiga adresser',
      heading: {
        leaning: ({ count }) =>
          count > 1 ? `${count} adresser bygger på en basadress` : 'En adress bygger på en basadress',
      },
      mend: 'Skriv ut varje adress helt',
      why: 'Flera mejlprogram bryr sig inte om <base>. Där leder länkarna ingenstans och bilderna saknas.',
      fix: 'Skriv varje adress från https:// och framåt, både för länkar och bilder, och ta bort <base>.',
      problems: { leaning: ({ first }) => `Det finns en <base>, och adresser som ”${first}” behöver den.` },
    },
  },
  examples: {
    good: [
      {
        html: '<base href="https://example.se/"><a href="https://example.se/a">Läs</a> <a href="#b">Ner</a>',
      },
      { html: '<base target="_blank"><a href="https://example.se/a">Läs</a>' },
    ],
    bad: [{ world: { html: '<base href="https://example.se/"><a href="brev/1">Läs</a>' }, finds: 'leaning' }],
  },
});
