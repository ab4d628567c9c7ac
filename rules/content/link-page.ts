import { defineRule, notApplicable, problem, unknown } from '#rule';
import { eachPlace, namedLink, shownAddress } from '../wordings/link-names.ts';

export default defineRule({
  id: 'link-page',
  severity: 'major',
  reference:
    'RFC 9110 sections 15.5.5 (404 Not Found) and 15.5.11 (410 Gone); asked for by GET, which is safe by its section 9.2.1',
  needs: ['linkAnswers'],
  check({ linkAnswers: { answers, unasked } }) {
    if (unasked) return notApplicable('none-answered');
    if (answers.length === 0) return notApplicable('no-links');
    const judged = answers.filter(({ state }) => state !== 'absent' && state !== 'certificate');
    if (judged.length === 0) return notApplicable('none-answered');
    // One that gave no answer is told of by another check and holds no mail; where none did, nothing at all is known.
    if (judged.every(({ status }) => status === null)) return unknown('sites-silent');
    return eachPlace(
      answers.filter(({ state }) => state === 'gone'),
      ({ endUrl, status }, text, at) =>
        problem('gone', { text, address: shownAddress(endUrl), status: status ?? 404 }, { at }),
    );
  },
  words: {
    en: {
      title: 'Pages behind the links',
      heading: {
        gone: ({ text }, count) =>
          count > 1
            ? `${count} links lead to pages that do not exist`
            : `${namedLink.en(text)} leads to a page that does not exist`,
      },
      mend: 'Correct the address, or remove the link',
      why: 'Whoever taps the link gets an error instead of what you promised, and the mail cannot be changed once it is sent.',
      fix: 'Open the link in a window where you are not signed in. Correct the address, publish the page before you send, or remove the link.',
      problems: {
        gone: ({ text, address, status }) =>
          `${namedLink.en(text)} leads to ${address}, where the server says that there is no page (${status}).`,
      },
    },
    sv: {
      title: 'Sidorna bakom länkarna',
      heading: {
        gone: ({ text }, count) =>
          count > 1
            ? `${count} länkar leder till sidor som inte finns`
            : `${namedLink.sv(text)} leder till en sida som inte finns`,
      },
      mend: 'Rätta adressen, eller ta bort länken',
      why: 'Den som trycker på länken får ett felmeddelande i stället för det du lovade, och mejlet går inte att ändra när det väl är skickat.',
      fix: 'Öppna länken i ett fönster där du inte är inloggad. Rätta adressen, publicera sidan innan du skickar, eller ta bort länken.',
      problems: {
        gone: ({ text, address, status }) =>
          `${namedLink.sv(text)} leder till ${address}, men servern svarar att sidan inte finns (${status}).`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><a href="https://example.se/nyheter">Läs mer</a>',
        web: { 'https://example.se/nyheter': 'Nyheter' },
      },
      {
        html: '<p>Hej!</p><a href="https://example.se/a">Läs mer</a> <a href="https://example.se/b">Se</a>',
        web: { 'https://example.se/a': { location: '/c' }, 'https://example.se/c': 'Nyheter' },
      },
      {
        // It answers programs otherwise than people.
        html: '<p>Hej!</p><a href="https://www.linkedin.com/company/x">Följ oss</a>',
        zone: { 'www.linkedin.com': { A: ['192.0.2.1'] } },
        web: { 'https://www.linkedin.com/company/x': { status: 404 } },
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><a href="https://example.se/borta">Läs mer</a>',
          web: { 'https://example.se/borta': { status: 404 } },
        },
        finds: 'gone',
      },
      {
        world: {
          html: '<p>Hej!</p><a href="https://example.se/a">Läs mer</a>',
          web: { 'https://example.se/a': { location: '/b' }, 'https://example.se/b': { status: 410 } },
        },
        finds: 'gone',
      },
    ],
  },
});
