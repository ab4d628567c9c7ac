import { defineRule, notApplicable, problem } from '#rule';
import { linkShorteners } from '../providers/link-shorteners.ts';
import { linksOf } from '../wordings/link-names.ts';

export default defineRule({
  id: 'link-shortener',
  severity: 'minor',
  reference:
    'Spamhaus DBL, “abused legit” redirectors (dbl.spamhaus.org 127.0.1.103); SpamAssassin HAS_SHORT_URL',
  needs: ['html', 'message'],
  points: 1,
  check(facts) {
    const links = linksOf(facts);
    if (!links) return notApplicable('no-links');
    return links.flatMap(({ target, at }) =>
      target && linkShorteners.has(target.domain)
        ? [problem('shortened', { service: target.domain }, { at })]
        : [],
    );
  },
  words: {
    en: {
      title: 'Shortened links',
      heading: {
        shortened: ({ service }, count) =>
          count > 1 ? `${count} links are shortened` : `A link is shortened by ${service}`,
      },
      mend: 'Link straight to the page',
      why: 'Spammers hide their pages behind the same services, so filters put mails with such links in the spam folder more often, and readers cannot see where they will end up.',
      fix: 'Replace the short link with the full address of the page. Nobody sees how long it is behind the words of a link.',
      problems: { shortened: ({ service }) => `A link goes through ${service}, which anyone can use.` },
    },
    sv: {
      title: 'Förkortade länkar',
      heading: {
        shortened: ({ service }, count) =>
          count > 1 ? `${count} länkar är förkortade` : `En länk är förkortad av ${service}`,
      },
      mend: 'Länka direkt till sidan',
      why: 'Skräppostare döljer sina sidor bakom samma tjänster, så filter lägger oftare mejl med sådana länkar i skräpposten, och läsarna ser inte vart de kommer.',
      fix: 'Byt den korta länken mot sidans hela adress. Bakom orden i en länk ser ingen hur lång den är.',
      problems: { shortened: ({ service }) => `En länk går via ${service}, som vem som helst kan använda.` },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej!</p><a href="https://example.se/bit.ly">Läs</a> <a href="https://youtu.be/x">Se</a>' },
    ],
    bad: [
      {
        world: {
          eml: 'From: a@example.se\r\nSubject: Hej\r\n\r\nHej!\r\nAnmäl dig: https://bit.ly/3x.\r\n',
        },
        finds: 'shortened',
      },

      { world: { html: '<p>Hej!</p><a href="https://bit.ly/3x">Läs</a>' }, finds: 'shortened' },
      { world: { html: '<p>Hej!</p><a href="http://www.tinyurl.com/3x">Läs</a>' }, finds: 'shortened' },
    ],
  },
});
