import { defineRule, notApplicable, problem, unknown } from '#rule';
import { eachPlace, namedLink, shownAddress } from '../wordings/link-names.ts';

/**
 * It gates nothing, and the checks that do say nothing of these links: a site that is down for a moment, one that lets
 * no program in, or a server that may not visit anything, would hold the mail for ever. None of them passes.
 */
const untold = ['error', 'silent', 'closed'] as const;

export default defineRule({
  id: 'link-silence',
  severity: 'minor',
  reference:
    'RFC 9110 sections 15.5.4 (403), 15.6 (5xx); RFC 6585 section 4 (429): what a server says that a reader may not meet',
  needs: ['linkAnswers'],
  check({ linkAnswers: { answers, unasked } }) {
    if (unasked === 'dns-alone') return notApplicable('dns-alone');
    if (unasked) return unknown(unasked);
    if (answers.length === 0) return notApplicable('no-links');
    const open = answers.filter(({ state }) => untold.some((one) => one === state));
    // A page that only turns programs away has nothing wrong with it, as far as anybody knows.
    if (open.length > 0 && open.every(({ state }) => state === 'closed')) return unknown('links-closed');
    return eachPlace(open, ({ state, endUrl, status }, text, at) => {
      const data = { text, address: shownAddress(endUrl), status: status ?? 0 };
      if (state === 'error') return problem('error', data, { at });
      return state === 'closed' ? problem('closed', data, { at }) : problem('silent', data, { at });
    });
  },
  words: {
    en: {
      title: 'Links that gave no page',
      heading: {
        error: ({ text }, count) => heading.en(text, count),
        silent: ({ text }, count) => heading.en(text, count),
        closed: ({ text }, count) => heading.en(text, count),
      },
      mend: 'Open the links by hand before you send',
      why: 'If readers meet the same, they get nowhere. The site may also have been slow just then, or keep programs out; then nothing is wrong.',
      fix: 'Open each of them in a window where you are not signed in. If the page is shown, all is well. If not, ask whoever runs the site, and wait with the mail until it answers.',
      problems: {
        error: ({ text, address, status }) =>
          `${namedLink.en(text)}: the server of ${address} answered with an error of its own (${status}).`,
        silent: ({ text, address }) =>
          `${namedLink.en(text)} could not be checked: ${address} gave no answer when we asked.`,
        closed: ({ text, address, status }) =>
          `${namedLink.en(text)} could not be checked: ${address} ${shut.en(status)}.`,
      },
    },
    sv: {
      title: 'Länkar som inte gav någon sida',
      heading: {
        error: ({ text }, count) => heading.sv(text, count),
        silent: ({ text }, count) => heading.sv(text, count),
        closed: ({ text }, count) => heading.sv(text, count),
      },
      mend: 'Öppna länkarna för hand innan du skickar',
      why: 'Möts läsarna av samma sak kommer de ingenstans. Webbplatsen kan också ha varit trög just då, eller hålla program ute; då är inget fel.',
      fix: 'Öppna var och en i ett fönster där du inte är inloggad. Visas sidan är allt bra. Annars: fråga den som sköter webbplatsen, och vänta med mejlet tills den svarar.',
      problems: {
        error: ({ text, address, status }) =>
          `${namedLink.sv(text)}: servern för ${address} svarade med ett eget fel (${status}).`,
        silent: ({ text, address }) =>
          `${namedLink.sv(text)} kunde inte kontrolleras: ${address} svarade inte när vi frågade.`,
        closed: ({ text, address, status }) =>
          `${namedLink.sv(text)} kunde inte kontrolleras: ${address} ${shut.sv(status)}.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><a href="https://example.se/">Läs mer</a>',
        web: { 'https://example.se/': 'Hej' },
      },
      {
        // Another check tells of it.
        html: '<p>Hej!</p><a href="https://example.se/">Läs mer</a>',
        web: { 'https://example.se/': { status: 404 } },
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><a href="https://example.se/">Läs mer</a>',
          web: { 'https://example.se/': { status: 500 } },
        },
        finds: 'error',
      },
      {
        world: {
          html: '<p>Hej!</p><a href="https://example.se/">Läs mer</a>',
          web: { 'https://example.se/': { failure: 'ETIMEDOUT' } },
        },
        finds: 'silent',
      },
      {
        world: {
          html: '<p>Hej!</p><a href="https://example.se/a">Läs mer</a> <a href="https://example.se/b">Se</a>',
          web: { 'https://example.se/a': { status: 403 }, 'https://example.se/b': { status: 502 } },
        },
        finds: 'closed',
      },
    ],
  },
});

const heading = {
  en: (text: string, count: number) =>
    count > 1 ? `${count} links gave no page when we tried them` : `${namedLink.en(text)} gave no page`,
  sv: (text: string, count: number) =>
    count > 1 ? `${count} länkar gav ingen sida när vi provade dem` : `${namedLink.sv(text)} gav ingen sida`,
};

/** Without an answer it is we who go no further: a circle of redirects, an odd port, an address of no public network. */
const shut = {
  en: (status: number) =>
    status > 0 ? `does not let programs in (${status})` : 'cannot be followed from here',
  sv: (status: number) =>
    status > 0 ? `släpper inte in program (${status})` : 'går inte att följa härifrån',
};
