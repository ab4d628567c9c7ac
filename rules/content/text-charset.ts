import { defineRule, notApplicable, problem } from '#rule';

/** RFC 2045 section 6.1. */
const encodings = new Set(['7bit', '8bit', 'binary', 'quoted-printable', 'base64']);

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
      ...(eightBit && encoding === '7bit' && charset !== null ? [problem('seven', { type })] : []),
      ...(encodings.has(encoding) ? [] : [problem('encoding', { type, encoding })]),
    ]);
  },
  words: {
    en: {
      title: 'Character set of the text',
      heading: {
        undeclared: () => 'The mail does not say which character set it has',
        seven: () => 'Letters beyond A to Z are sent without an encoding',
        encoding: () => 'The mail is encoded in a way that mail programs cannot read',
      },
      mend: {
        undeclared: () => 'Write charset=utf-8 for the text',
        seven: () => 'Encode the text as quoted-printable',
        encoding: () => 'Use quoted-printable or base64',
      },
      why: 'Each mail program guesses, so å, ä and ö become other characters for some of your readers.',
      fix: {
        undeclared: () =>
          'Write Content-Type: text/html; charset=utf-8 for the part (text/plain for plain text), and save the text as UTF-8.',
        seven: () =>
          'Write Content-Transfer-Encoding: quoted-printable for the part, and encode the text that way: without that header a part is 7bit. As it is, servers on the way may change it, which also breaks the DKIM signature.',
        encoding: () =>
          'Content-Transfer-Encoding must be quoted-printable or base64 (7bit and 8bit exist too), and the text be encoded so.',
      },
      problems: {
        undeclared: ({ type }) =>
          `The part ${type} has letters beyond A to Z, but its Content-Type names no charset.`,
        seven: ({ type }) =>
          `The part ${type} has letters beyond A to Z, but counts as 7bit, which has none of them.`,
        encoding: ({ type, encoding }) =>
          `The part ${type} says Content-Transfer-Encoding: ${encoding || 'nothing'}.`,
      },
    },
    sv: {
      title: 'Textens teckenuppsättning',
      heading: {
        undeclared: () => 'Mejlet anger inte vilken teckenuppsättning det har',
        seven: () => 'Bokstäver utöver A till Z skickas utan kodning',
        encoding: () => 'Mejlet är kodat på ett sätt som mejlprogram inte kan',
      },
      mend: {
        undeclared: () => 'Ange charset=utf-8 för texten',
        seven: () => 'Koda texten som quoted-printable',
        encoding: () => 'Använd quoted-printable eller base64',
      },
      why: 'Varje mejlprogram gissar, så å, ä och ö blir andra tecken för en del av läsarna.',
      fix: {
        undeclared: () =>
          'Skriv Content-Type: text/html; charset=utf-8 för delen (text/plain för ren text) och spara texten som UTF-8.',
        seven: () =>
          'Skriv Content-Transfer-Encoding: quoted-printable för delen och koda texten så: utan det huvudet är en del 7bit. Som texten är kan servrar på vägen ändra den, och då går också DKIM-signaturen sönder.',
        encoding: () =>
          'Content-Transfer-Encoding ska vara quoted-printable eller base64 (7bit och 8bit finns också), och texten kodad så.',
      },
      problems: {
        undeclared: ({ type }) =>
          `Delen ${type} har bokstäver utöver A till Z, men dess Content-Type anger ingen charset.`,
        seven: ({ type }) =>
          `Delen ${type} har bokstäver utöver A till Z men räknas som 7bit, som saknar dem.`,
        encoding: ({ type, encoding }) =>
          `Delen ${type} säger Content-Transfer-Encoding: ${encoding || 'ingenting'}.`,
      },
    },
  },
  examples: {
    good: [
      { eml: 'From: a@example.se\r\n\r\nHej!\r\n' },
      {
        eml: 'From: a@example.se\r\nContent-Type: text/plain; charset=(e)iso-8859-15\r\nContent-Transfer-Encoding: 8bit (hello)\r\n\r\nHej!\r\n',
      },
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
