import { defineRule, notApplicable, problem } from '#rule';

/** The facts keep the beginning. */
const cut = (word: string) => (word.endsWith('?=') ? word : `${word}…`);

export default defineRule({
  id: 'header-encoding',
  severity: 'minor',
  reference:
    'RFC 5322 section 2.2 (a header is US-ASCII); RFC 2047 sections 2 and 5 (encoded words; rule 3: none within quotation marks, none within an address); RFC 6532 (UTF-8, only between servers that have agreed on it)',
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
      title: 'Letters beyond A to Z in headers',
      heading: {
        raw: ({ field }) => `${field.slice(0, 40)} has letters that are not encoded`,
        word: ({ field }) => `${field.slice(0, 40)} is encoded the wrong way`,
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
            quoted:
              'Remove the quotation marks around the encoded word: From: =?utf-8?Q?F=C3=B6reningen?= <a@example.se>',
            address:
              'Only the name before an address may be encoded. Write the address itself with A to Z, and a domain with å, ä or ö in the form that begins with xn--.',
          })[why],
      },
      problems: {
        raw: ({ field }) => `${field} has letters beyond A to Z as they are.`,
        word: ({ field, why, word }) =>
          `${field} has “${cut(word)}”, which ${{ long: 'is longer than 75 characters', blank: 'has a space in it', charset: 'names a character set that few mail programs know', octets: 'ends in the middle of a letter, or is not in the character set it names', quoted: 'stands within quotation marks, so some mail programs show it as it is', address: 'stands within an address, where nothing may be encoded' }[why]}.`,
      },
    },
    sv: {
      title: 'Bokstäver utöver A till Z i huvudet',
      heading: {
        raw: ({ field }) => `${field.slice(0, 40)} har bokstäver som inte är kodade`,
        word: ({ field }) => `${field.slice(0, 40)} är kodat på fel sätt`,
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
            quoted:
              'Ta bort citattecknen runt det kodade ordet: From: =?utf-8?Q?F=C3=B6reningen?= <a@example.se>',
            address:
              'Bara namnet före en adress får vara kodat. Skriv själva adressen med A till Z, och en domän med å, ä eller ö i formen som börjar med xn--.',
          })[why],
      },
      problems: {
        raw: ({ field }) => `${field} innehåller bokstäver utöver A till Z som de är.`,
        word: ({ field, why, word }) =>
          `${field} har ”${cut(word)}”, som ${{ long: 'är längre än 75 tecken', blank: 'har ett mellanslag i sig', charset: 'anger en teckenuppsättning som få mejlprogram kan', octets: 'slutar mitt i en bokstav eller inte är i den teckenuppsättning som anges', quoted: 'står inom citattecken, så en del mejlprogram visar det som det är', address: 'står inuti en adress, där inget får vara kodat' }[why]}.`,
      },
    },
  },
  examples: {
    good: [
      {
        eml: 'From: =?utf-8?Q?F=C3=B6reningen?= <a@example.se>\r\nSubject: =?utf-8?B?SMO2c3Q=?=\r\n =?iso-8859-1?q?m=F6te?=\r\n\r\nHej!\r\n',
      },
      {
        eml: 'From: a@example.se (=?utf-8?Q?F=C3=B6reningen?=)\r\nSubject: "=?utf-8?Q?H=C3=B6st?="\r\n\r\nHej!\r\n',
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
      {
        world: { eml: 'From: "=?utf-8?Q?F=C3=B6reningen?=" <a@example.se>\r\n\r\nHej!\r\n' },
        finds: 'word',
      },
      {
        world: { eml: 'From: a@example.se\r\nTo: <=?utf-8?Q?=C3=A5sa?=@example.se>\r\n\r\nHej!\r\n' },
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
