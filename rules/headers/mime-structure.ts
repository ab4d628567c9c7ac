import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'mime-structure',
  severity: 'minor',
  reference:
    'RFC 2045 section 4 (MIME-Version); RFC 2046 sections 5.1 and 5.1.1 (boundaries); SpamAssassin 4.0, MISSING_MIME_HB_SEP (its idea)',
  needs: ['message', 'mime'],
  check({ message, mime }) {
    if (!mime) return notApplicable('template');
    if (message.composed) return notApplicable('composed');
    const version = message.headers.some(({ name }) => /^mime-version$/i.test(name));
    const [whole] = mime.parts;
    const type = whole?.type ?? '';
    const states = new Set(mime.parts.map(({ state }) => state));
    return [
      ...(whole?.declared && !version && type !== 'text/plain' ? [problem('version', { type })] : []),
      ...(states.has('open') ? [problem('open', {})] : []),
      ...(states.has('empty') ? [problem('empty', {})] : []),
    ];
  },
  words: {
    en: {
      title: 'How the mail is put together (MIME)',
      heading: {
        version: () => 'The MIME-Version header is missing',
        open: () => 'A part of the mail never ends',
        empty: () => 'A part of the mail that should hold others is empty',
      },
      mend: {
        version: () => 'Add MIME-Version: 1.0',
        open: () => 'End the parts, or save the whole mail',
        empty: () => 'Correct the boundary of the parts',
      },
      why: 'Mail programs guess where such a mail ends and what it is. Some show the code instead of the text, or lose attachments.',
      fix: {
        version: () =>
          'Add the header MIME-Version: 1.0. If your own code writes the mail, let a mail library put it together.',
        open: () =>
          'After the last part comes a line with --, the boundary and -- again. If the file was cut off, save it again whole. If your own code writes the mail, let a mail library put it together.',
        empty: () =>
          'Content-Type names a boundary that stands nowhere in the mail, or none at all. Let a mail library put the mail together.',
      },
      problems: {
        version: ({ type }) => `The mail says that it is ${type}, but not that it follows MIME.`,
        open: () => 'The boundary that ends the parts is missing.',
        empty: () => 'No part begins with the boundary that was named.',
      },
    },
    sv: {
      title: 'Hur mejlet är uppbyggt (MIME)',
      heading: {
        version: () => 'Huvudet MIME-Version saknas',
        open: () => 'En del av mejlet tar aldrig slut',
        empty: () => 'En del av mejlet som ska rymma andra är tom',
      },
      mend: {
        version: () => 'Lägg till MIME-Version: 1.0',
        open: () => 'Avsluta delarna, eller spara hela mejlet',
        empty: () => 'Rätta gränsen mellan delarna',
      },
      why: 'Mejlprogram gissar var ett sådant mejl slutar och vad det är. En del visar koden i stället för texten eller tappar bort bilagor.',
      fix: {
        version: () =>
          'Lägg till huvudet MIME-Version: 1.0. Skriver egen kod mejlet, låt ett mejlbibliotek sätta ihop det.',
        open: () =>
          'Efter den sista delen kommer en rad med --, gränsen (boundary) och -- igen. Har filen kapats, spara hela mejlet på nytt. Skriver egen kod mejlet, låt ett mejlbibliotek sätta ihop det.',
        empty: () =>
          'Content-Type anger en gräns som inte står någonstans i mejlet, eller ingen alls. Låt ett mejlbibliotek sätta ihop mejlet.',
      },
      problems: {
        version: ({ type }) => `Mejlet säger att det är ${type}, men inte att det följer MIME.`,
        open: () => 'Gränsen som avslutar delarna saknas.',
        empty: () => 'Ingen del börjar med den gräns som angavs.',
      },
    },
  },
  examples: {
    good: [
      { eml: 'From: a@example.se\r\n\r\nHej!\r\n' },
      {
        eml: 'From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="x y"\r\n\r\n--x y\r\n\r\nHej!\r\n--x y--\r\n',
      },
    ],
    bad: [
      {
        world: { eml: 'From: a@example.se\r\nContent-Type: text/html\r\n\r\n<p>Hej!</p>\r\n' },
        finds: 'version',
      },
      {
        world: {
          eml: 'From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nHej!\r\n',
        },
        finds: 'open',
      },
      {
        world: {
          eml: 'From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/alternative\r\n\r\n--x\r\n\r\nHej!\r\n--x--\r\n',
        },
        finds: 'empty',
      },
    ],
  },
});
