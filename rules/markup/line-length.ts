import { defineRule, notApplicable, problem } from '#rule';

/** 12345 as people write it. */
const grouped = (count: number, mark: string) => String(count).replace(/\B(?=(?:\d{3})+$)/g, mark);

export default defineRule({
  id: 'line-length',
  severity: 'minor',
  reference:
    'RFC 5322 section 2.1.1 and RFC 5321 section 4.5.3.1.6: at most 998 octets a line; Exim 4.95 and later send no longer ones (support.mailcleaner.net, SMTP Long Lines, read 2026-11-23)',
  needs: ['lines', 'message'],
  check({ lines, message }) {
    if (!message.hasHeader) return notApplicable('template');
    if (!lines) return notApplicable('composed');
    const { long, longest, line, limit } = lines;
    return long > 0 ? [problem('long', { long, longest, line, limit })] : [];
  },
  words: {
    en: {
      title: 'Length of lines in the file',
      heading: {
        long: ({ long }) =>
          long > 1 ? `${long} lines are too long to be sent` : 'A line is too long to be sent',
      },
      mend: 'Encode the part as quoted-printable',
      why: 'Servers on the way cut such lines, in the middle of a word or a tag, or refuse the mail. A cut breaks the DKIM signature as well.',
      fix: 'Let your tool send the part with Content-Transfer-Encoding: quoted-printable or base64, not 7bit or 8bit. Both have short lines, and readers see no difference.',
      problems: {
        long: ({ longest, line, limit }) =>
          `Line ${grouped(line, ',')} of the file has ${grouped(longest, ',')} bytes. A mail may have ${limit} in a line.`,
      },
    },
    sv: {
      title: 'Radernas längd i filen',
      heading: {
        long: ({ long }) =>
          long > 1 ? `${long} rader är för långa för att skickas` : 'En rad är för lång för att skickas',
      },
      mend: 'Koda delen som quoted-printable',
      why: 'Servrar på vägen klipper sådana rader, mitt i ett ord eller en tagg, eller tar inte emot mejlet. Ett klipp förstör DKIM-signaturen också.',
      fix: 'Låt ditt verktyg skicka delen med Content-Transfer-Encoding: quoted-printable eller base64, inte 7bit eller 8bit. Båda har korta rader, och läsarna märker ingen skillnad.',
      problems: {
        long: ({ longest, line, limit }) =>
          `Rad ${grouped(line, '\u00a0')} i filen har ${grouped(longest, '\u00a0')} byte. Ett mejl får ha ${limit} på en rad.`,
      },
    },
  },
  examples: {
    good: [
      {
        eml: `From: a@example.se\r\nContent-Type: text/html\r\n\r\n<p>${'a'.repeat(991)}</p>\r\n<p>Hej!</p>`,
      },
    ],
    bad: [
      { world: { eml: `From: a@example.se\r\n\r\n${'Hej! '.repeat(200)}` }, finds: 'long' },
      {
        world: {
          eml: `From: a@example.se\r\nContent-Type: text/html\r\n\r\n<p>${'Hej! '.repeat(200)}</p>\r\n`,
        },
        finds: 'long',
      },
    ],
  },
});
