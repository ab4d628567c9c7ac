import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'declared-encoding',
  severity: 'minor',
  reference:
    'RFC 2045 section 5.1 (charset of Content-Type); WHATWG HTML section 4.2.5.4: a page says its own encoding, and utf-8 alone is allowed',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    const { encoding } = markup;
    if (!encoding || encoding.named === encoding.sent) return [];
    const { written, sentAs, at } = encoding;
    return [problem('other', { written, sent: sentAs }, { at })];
  },
  words: {
    en: {
      title: 'Encoding that the page names',
      heading: {
        other: ({ written }) => `The page says that it is ${written}, and is sent as something else`,
      },
      mend: 'Write <meta charset="utf-8">',
      why: 'Programs that believe the page show å, ä and ö as other signs. It happens where a mail is saved, forwarded or opened as a web page.',
      fix: 'Change the meta element to <meta charset="utf-8">, and save the file as UTF-8.',
      problems: {
        other: ({ written, sent }) => `The meta element says ${written}, but the mail is sent as ${sent}.`,
      },
    },
    sv: {
      title: 'Teckenkodning som sidan anger',
      heading: { other: ({ written }) => `Sidan säger att den är ${written} men skickas som något annat` },
      mend: 'Skriv raden <meta charset="utf-8">',
      why: 'Program som litar på sidan visar å, ä och ö som andra tecken. Det händer där ett mejl sparas, vidarebefordras eller öppnas som webbsida.',
      fix: 'Ändra meta-elementet till <meta charset="utf-8"> och spara filen som UTF-8.',
      problems: {
        other: ({ written, sent }) => `Meta-elementet säger ${written}, men mejlet skickas som ${sent}.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<meta charset="UTF-8"><p>Höstmöte</p>' },
      { html: '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>Hello!</p>' },
      {
        eml: 'From: a@example.se\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<meta charset=utf8><p>Höstmöte</p>',
      },
    ],
    bad: [
      {
        world: {
          eml: 'From: a@example.se\r\nContent-Type: text/html;\r\n charset="utf-8"\r\n\r\n<meta charset="iso-8859-1"><p>Höstmöte</p>',
        },
        finds: 'other',
      },
    ],
  },
});
