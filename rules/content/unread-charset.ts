import { defineRule, notApplicable, problem } from '#rule';

/** Written in mail, but without a place in the Encoding Standard: whoever reads mail knows which one is meant. */
const otherNames =
  /^(?:(?:cp|windows|ms|ibm)(?:932|936|949|950|874|51932|5022[012])|iso88598[ie]|shiftjis|windows31j|mskanji|eucjp|iso2022jp[12]?|junet|euckr|uhc|tis620)$/;

/** Whether text of this set has been read here as it is meant: by its own name, or by one that stands for it. */
function isRead(charset: string): boolean {
  const label = charset.trim().toLowerCase();
  const bare = label.replace(/^(?:x-ms-|x-|cs)/, '').replace(/[\s._-]+/g, '');
  return otherNames.test(bare) || [label, bare].some(isKnown);
}

function isKnown(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== 'replacement';
  } catch {
    return false;
  }
}

const mail = (type: string, body: string) => ({
  eml: `From: a@example.se\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`,
});

export default defineRule({
  id: 'unread-charset',
  severity: 'major',
  reference:
    'RFC 2046 section 4.1.2 (charset); WHATWG Encoding section 4.2 (names and labels), which leaves out UTF-7, HZ, ISO-2022-KR and EBCDIC',
  needs: ['message', 'mime'],
  check({ message, mime }) {
    if (!mime) return notApplicable('template');
    if (message.composed) return notApplicable('composed');
    return mime.parts.flatMap(({ type, charset, attached }) =>
      charset !== null && /^text\/(?:plain|html)$/.test(type) && !attached && !isRead(charset)
        ? [problem('charset', { type, charset: charset.slice(0, 40) })]
        : [],
    );
  },
  words: {
    en: {
      title: 'Character set that can be read',
      heading: 'The text has a character set that cannot be read here',
      mend: 'Write charset=utf-8 for the text',
      why: 'The same characters are another text in another character set. What is said of this text and its links may therefore be wrong, and many readers see something else than you wrote.',
      fix: 'Save the text as UTF-8, and write charset=utf-8 in the Content-Type of the part.',
      problems: {
        charset: ({ type, charset }) =>
          `The part ${type} says charset=${charset}, so what readers see in it has not been audited.`,
      },
    },
    sv: {
      title: 'Läsbar teckenuppsättning',
      heading: 'Texten har en teckenuppsättning som inte kan läsas här',
      mend: 'Ange charset=utf-8 för texten',
      why: 'Samma tecken blir en annan text i en annan teckenuppsättning. Det som sägs om texten och dess länkar kan därför vara fel, och många läsare ser något annat än det du skrev.',
      fix: 'Spara texten som UTF-8 och skriv charset=utf-8 i delens Content-Type.',
      problems: {
        charset: ({ type, charset }) =>
          `Delen ${type} säger charset=${charset}, så det som läsarna ser i den är inte granskat.`,
      },
    },
  },
  examples: {
    good: [
      mail('text/plain; charset="UTF-8"', 'Hej!'),
      mail('text/plain; charset=cp932', 'Hej!'),
      mail('text/plain; charset=x-windows-949', 'Hej!'),
      mail('text/plain', 'Hej!'),
      mail('text/plain; charset=cp850\r\nContent-Disposition: attachment; filename=a.txt', 'Hej!'),
    ],
    bad: [
      { world: mail('text/html; charset=utf-7', '<p>Hej +AHsAew-namn+AH0AfQ-</p>'), finds: 'charset' },
      { world: mail('text/html; name=a.html; charset=utf-7', '<p>Hej!</p>'), finds: 'charset' },
      { world: mail('text/plain; charset=hz-gb-2312', 'Hej!'), finds: 'charset' },
      { world: mail('text/plain; charset=cp037', 'Hej!'), finds: 'charset' },
      { world: mail('text/plain; charset=utf8mb4', 'Hej!'), finds: 'charset' },
    ],
  },
});
