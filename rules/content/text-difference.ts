import { defineRule, notApplicable, problem } from '#rule';
import { likenessOf } from '../wordings/likeness.ts';
import { shortened } from '../wordings/shortening.ts';

const letter =
  'Kallelse till höstmöte lördagen femte december klockan tio bygdegården. Styrelsen berättar årets arbete, kassören visar räkenskaperna, revisorerna lämnar sin berättelse. Därefter väljer medlemmarna ordförande, sekreterare, ledamöter samt ersättare. Valberedningen presenterar förslagen. Kaffe serveras efteråt, barnen bjuds saft, musikskolan spelar visor. Anmäl gärna allergier senast måndagen innan. Välkomna önskar styrelsen genom Karin sekreterare, telefon finns hemsidan';
const other =
  'Sommarens läger flyttas till augusti. Packa regnkläder, sovsäck, stövlar, ficklampa, myggmedel och badkläder. Bussen avgår tidigt från skolan, föräldrar hämtar hemma igen söndag kväll. Avgiften betalas före midsommar';

/** A message with both parts. */
function both(text: string, html: string): string {
  const part = (type: string, body: string) =>
    `--x\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${body}\r\n`;
  return `From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n${part('text/plain', text)}${part('text/html', `<p>${html}</p>`)}--x--\r\n`;
}

export default defineRule({
  id: 'text-difference',
  severity: 'minor',
  reference:
    'RFC 2046 section 5.1.4 (the parts are versions of the same); SpamAssassin 4.0, MPART_ALT_DIFF (its idea, not its measure)',
  needs: ['message', 'html'],
  check({ message, html }) {
    if (!html) return notApplicable('no-html');
    if (message.text === null) return notApplicable(message.hasHeader ? 'other-checks' : 'template');
    const { kind, percent } = likenessOf(message.visibleText, html.text);
    return [
      ...(kind === 'other' ? [problem('other', { percent })] : []),
      ...(kind === 'stub' ? [problem('stub', { text: shortened(message.visibleText, 80) })] : []),
    ];
  },
  words: {
    en: {
      title: 'Text part and HTML say the same',
      heading: {
        other: () => 'The text part says something other than the HTML',
        stub: () => 'The text part says next to nothing',
      },
      mend: 'Make the text part from the HTML',
      why: 'Some watches and simple mail programs show the text part, so those readers get another mail. Filters know the trick from spam, and count it against the mail.',
      fix: 'Let the sending tool make the text version from the HTML, then read it through: it must say the same, with the links and the way to unsubscribe.',
      problems: {
        other: ({ percent }) =>
          `The two parts share few words (${percent} % of those in the HTML). The text may be left over from another mailing.`,
        stub: ({ text }) => `This is nearly all that it says: “${text}”`,
      },
    },
    sv: {
      title: 'Textdelen säger samma sak som HTML-delen',
      heading: {
        other: () => 'Textdelen säger något annat än HTML-delen',
        stub: () => 'Textdelen säger nästan ingenting',
      },
      mend: 'Gör textdelen av HTML-koden',
      why: 'En del klockor och enkla mejlprogram visar textdelen, så de läsarna får ett annat mejl. Filter känner igen knepet från skräppost och räknar det mejlet till last.',
      fix: 'Låt utskicksverktyget göra textversionen av HTML-koden och läs sedan igenom den: den ska säga samma sak, med länkarna och sättet att avregistrera sig.',
      problems: {
        other: ({ percent }) =>
          `Delarna har få ord gemensamt (${percent} % av dem i HTML-delen). Texten kan vara kvar från ett annat utskick.`,
        stub: ({ text }) => `Det här är i stort sett allt som står där: ”${text}”`,
      },
    },
  },
  examples: {
    good: [
      { eml: both(letter, letter) },
      { eml: both('Hej! Läs mer.', 'Hej! Läs mer hos oss.') },
      { eml: both(letter.slice(0, 200), letter) },
    ],
    bad: [
      { world: { eml: both(other, letter) }, finds: 'other' },
      { world: { eml: both('Ditt mejlprogram visar inte HTML.', letter) }, finds: 'stub' },
    ],
  },
});
