import { defineRule, notApplicable, problem } from '#rule';

/** RFC 2045 section 6.1. */
const encodings = new Set(['7bit', '8bit', 'binary', 'quoted-printable', 'base64']);

function isKnown(charset: string): boolean {
  try {
    return new TextDecoder(charset).encoding !== 'replacement';
  } catch {
    return false;
  }
}

export default defineRule({
  id: 'text-charset',
  severity: 'minor',
  reference:
    'RFC 2046 section 4.1.2 (without charset a text is US-ASCII); RFC 2045 sections 6.1 and 6.2 (7bit, 8bit)',
  needs: ['message', 'mime'],
  check({ message, mime }) {
    if (!mime) return notApplicable('template');
    if (message.composed) return notApplicable('composed');
    const texts = mime.parts.filter(({ type, file }) => /^text\/(?:plain|html)$/.test(type) && !file);
    return texts.flatMap(({ type, charset, encoding, eightBit }) => [
      ...(eightBit && charset === null ? [problem('undeclared', { type })] : []),
      ...(charset !== null && !isKnown(charset)
        ? [problem('charset', { type, charset: charset.slice(0, 40) })]
        : []),
      ...(eightBit && encoding === '7bit' && charset !== null ? [problem('seven', { type })] : []),
      ...(encodings.has(encoding) ? [] : [problem('encoding', { type, encoding })]),
    ]);
  },
  words: {
    en: {
      title: 'Character set of the text',
      heading: {
        undeclared: () => 'The mail does not say which character set it has',
        charset: () => 'The mail has a character set that nobody knows',
        seven: () => 'The mail says 7bit, but has letters beyond A to Z',
        encoding: () => 'The mail is encoded in a way that nobody knows',
      },
      mend: {
        undeclared: () => 'Say charset=utf-8',
        charset: () => 'Say charset=utf-8',
        seven: () => 'Encode the text as quoted-printable',
        encoding: () => 'Use quoted-printable or base64',
      },
      why: 'Each mail program guesses, so å, ä and ö become other signs for some of your readers.',
      fix: {
        undeclared: () =>
          'Write Content-Type: text/html; charset=utf-8 for the part (text/plain for plain text), and save the text as UTF-8.',
        charset: () => 'Write charset=utf-8 in the Content-Type of the part, and save the text as UTF-8.',
        seven: () =>
          'Add Content-Transfer-Encoding: quoted-printable and encode the text so. As it is, servers on the way may change it, which also breaks the DKIM signature.',
        encoding: () =>
          'Content-Transfer-Encoding must be quoted-printable or base64 (7bit and 8bit exist too), and the text be encoded so.',
      },
      problems: {
        undeclared: ({ type }) =>
          `The part ${type} has letters beyond A to Z, and its Content-Type names no charset.`,
        charset: ({ type, charset }) => `The part ${type} says charset=${charset}.`,
        seven: ({ type }) => `The part ${type} has octets over 127, which 7bit rules out.`,
        encoding: ({ type, encoding }) =>
          `The part ${type} says Content-Transfer-Encoding: ${encoding || 'nothing'}.`,
      },
    },
    sv: {
      title: 'Textens teckenuppsättning',
      heading: {
        undeclared: () => 'Mejlet säger inte vilken teckenuppsättning det har',
        charset: () => 'Mejlet har en teckenuppsättning som ingen känner till',
        seven: () => 'Mejlet säger 7bit men har fler bokstäver än A till Z',
        encoding: () => 'Mejlet är kodat på ett sätt som ingen känner till',
      },
      mend: {
        undeclared: () => 'Ange charset=utf-8 för texten',
        charset: () => 'Ange charset=utf-8 för texten',
        seven: () => 'Koda texten som quoted-printable',
        encoding: () => 'Använd quoted-printable eller base64',
      },
      why: 'Varje mejlprogram gissar, så å, ä och ö blir andra tecken för en del av läsarna.',
      fix: {
        undeclared: () =>
          'Skriv Content-Type: text/html; charset=utf-8 för delen (text/plain för ren text) och spara texten som UTF-8.',
        charset: () => 'Skriv charset=utf-8 i delens Content-Type och spara texten som UTF-8.',
        seven: () =>
          'Lägg till Content-Transfer-Encoding: quoted-printable och koda texten så. Som den är får servrar på vägen ändra den, vilket också bryter DKIM-signaturen.',
        encoding: () =>
          'Content-Transfer-Encoding ska vara quoted-printable eller base64 (7bit och 8bit finns också), och texten kodad så.',
      },
      problems: {
        undeclared: ({ type }) =>
          `Delen ${type} har fler bokstäver än A till Z, och dess Content-Type anger ingen charset.`,
        charset: ({ type, charset }) => `Delen ${type} säger charset=${charset}.`,
        seven: ({ type }) => `Delen ${type} har byte över 127, vilket 7bit utesluter.`,
        encoding: ({ type, encoding }) =>
          `Delen ${type} säger Content-Transfer-Encoding: ${encoding || 'ingenting'}.`,
      },
    },
  },
  examples: {
    good: [
      { eml: 'From: a@example.se\r\n\r\nHej!\r\n' },
      {
        eml: 'From: a@example.se\r\nContent-Type: text/plain; charset="UTF-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHej då!\r\n',
      },
      {
        eml: 'From: a@example.se\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Hej d&aring;!</p>\r\n',
      },
    ],
    bad: [
      {
        world: { eml: 'From: a@example.se\r\nContent-Transfer-Encoding: 8bit\r\n\r\nHej då!\r\n' },
        finds: 'undeclared',
      },
      {
        world: { eml: 'From: a@example.se\r\nContent-Type: text/plain; charset=utf8mb4\r\n\r\nHej!\r\n' },
        finds: 'charset',
      },
      {
        world: { eml: 'From: a@example.se\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHej då!\r\n' },
        finds: 'seven',
      },
      {
        world: {
          eml: 'From: a@example.se\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: utf-8\r\n\r\nHej!\r\n',
        },
        finds: 'encoding',
      },
    ],
  },
});
