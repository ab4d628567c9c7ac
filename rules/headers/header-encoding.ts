import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'header-encoding',
  severity: 'minor',
  reference:
    'RFC 5322 section 2.2 (a header is US-ASCII); RFC 2047 sections 2 and 5 (encoded words); RFC 6532 (UTF-8, only between servers that have agreed on it)',
  needs: ['message', 'mime'],
  check({ message, mime }) {
    if (!mime) return notApplicable('template');
    if (message.composed) return notApplicable('composed');
    return [
      ...mime.raw.map(({ field, at }) => problem('raw', { field }, { at })),
      ...mime.words.map(({ field, why, word, at }) => problem('word', { field, why, word }, { at })),
    ];
  },
  words: {
    en: {
      title: 'Letters beyond A to Z in the header',
      heading: {
        raw: ({ field }) => `${field.slice(0, 40)} has letters that are not encoded`,
        word: ({ field }) => `${field.slice(0, 40)} is encoded in a way that breaks`,
      },
      mend: 'Let the tool encode the header by RFC 2047',
      why: 'Some mail programs and servers show Ã¥ or =?utf-8?… in the inbox instead of your letters, and filters count it against the mail.',
      fix: {
        raw: () =>
          'Letters such as å, ä and ö must stand in a header as encoded words: =?utf-8?Q?H=C3=B6stm=C3=B6te?=. Sending tools do it by themselves; if your own code writes the header, let a mail library do it.',
        word: ({ why }) =>
          ({
            long: 'Split it into encoded words of at most 75 characters each, with a space between, never in the middle of a letter.',
            blank: 'Within an encoded word no space may stand; in the Q form it is written as _.',
            charset: 'Use UTF-8, which every mail program reads.',
            octets:
              'Encode the text anew as UTF-8, and split long texts between letters, not in the middle of one.',
          })[why],
      },
      problems: {
        raw: ({ field }) => `${field} holds letters as they are.`,
        word: ({ field, why, word }) =>
          `${field} has ${word}: ${{ long: 'longer than 75 characters', blank: 'with a space in it', charset: 'in a character set that nobody knows', octets: 'which is no whole text' }[why]}.`,
      },
    },
    sv: {
      title: 'Andra bokstäver än A till Z i huvudet',
      heading: {
        raw: ({ field }) => `${field.slice(0, 40)} har bokstäver som inte är kodade`,
        word: ({ field }) => `${field.slice(0, 40)} är kodat på ett sätt som går sönder`,
      },
      mend: 'Låt verktyget koda huvudet enligt RFC 2047',
      why: 'En del mejlprogram och servrar visar Ã¥ eller =?utf-8?… i inkorgen i stället för dina bokstäver, och filter räknar det mejlet till last.',
      fix: {
        raw: () =>
          'Bokstäver som å, ä och ö ska stå i ett huvud som kodade ord: =?utf-8?Q?H=C3=B6stm=C3=B6te?=. Utskicksverktyg gör det själva; skriver egen kod huvudet, låt ett mejlbibliotek göra det.',
        word: ({ why }) =>
          ({
            long: 'Dela det i kodade ord på högst 75 tecken vardera, med mellanslag emellan och aldrig mitt i en bokstav.',
            blank: 'Inuti ett kodat ord får inget mellanslag stå; i Q-formen skrivs det som _.',
            charset: 'Använd UTF-8, som alla mejlprogram läser.',
            octets: 'Koda texten på nytt som UTF-8, och dela långa texter mellan bokstäver, inte mitt i en.',
          })[why],
      },
      problems: {
        raw: ({ field }) => `${field} innehåller bokstäverna som de är.`,
        word: ({ field, why, word }) =>
          `${field} har ${word}: ${{ long: 'längre än 75 tecken', blank: 'med ett mellanslag i', charset: 'i en teckenuppsättning som ingen känner till', octets: 'som inte är en hel text' }[why]}.`,
      },
    },
  },
  examples: {
    good: [
      {
        eml: 'From: =?utf-8?Q?F=C3=B6reningen?= <a@example.se>\r\nSubject: =?utf-8?B?SMO2c3Q=?=\r\n =?iso-8859-1?q?m=F6te?=\r\n\r\nHej!\r\n',
      },
      { eml: 'From: a@example.se\r\nSubject: Varför skriver ni =?\r\n\r\nHej!\r\n'.replace('ö', 'o') },
    ],
    bad: [
      { world: { eml: 'From: a@example.se\r\nSubject: Höstmöte\r\n\r\nHej!\r\n' }, finds: 'raw' },
      {
        world: { eml: `From: a@example.se\r\nSubject: =?utf-8?Q?${'H=C3=B6st'.repeat(9)}?=\r\n\r\nHej!\r\n` },
        finds: 'word',
      },
      {
        world: { eml: 'From: a@example.se\r\nSubject: =?utf-8?Q?H=C3=B6st m?=\r\n\r\nHej!\r\n' },
        finds: 'word',
      },
      { world: { eml: 'From: a@example.se\r\nSubject: =?utf-9?Q?Hej?=\r\n\r\nHej!\r\n' }, finds: 'word' },
      {
        world: {
          eml: 'From: a@example.se\r\nSubject: =?utf-8?Q?H=C3?=\r\n =?utf-8?Q?=B6st?=\r\n\r\nHej!\r\n',
        },
        finds: 'word',
      },
    ],
  },
});
