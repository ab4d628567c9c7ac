import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'text-part',
  severity: 'minor',
  reference: 'RFC 2046 section 5.1.4 (multipart/alternative); SpamAssassin 4.0, MIME_HTML_ONLY',
  needs: ['message', 'html'],
  points: 0.5,
  check({ message, html }) {
    if (!html) return notApplicable('no-html');
    if (!message.hasHeader) return notApplicable('template');
    if (message.visibleText !== '') return [];
    return [message.text === null ? problem('missing', {}) : problem('empty', {})];
  },
  words: {
    en: {
      title: 'Text part',
      heading: {
        missing: () => 'The mail has HTML but no plain text',
        empty: () => 'The text part of the mail is empty',
      },
      mend: 'Send a plain text part along',
      why: 'Some watches and simple mail programs show the text part, and filters count it against a mail when it is not there.',
      fix: 'Turn on the plain text version in your sending tool. Most tools make it from the HTML. Read it through: it should say the same, and have the links.',
      problems: {
        missing: () => 'There is no text/plain part beside the HTML.',
        empty: () => 'There is a text/plain part, but nothing is in it.',
      },
    },
    sv: {
      title: 'Textdel',
      heading: {
        missing: () => 'Mejlet har HTML men ingen ren text',
        empty: () => 'Mejlets textdel är tom',
      },
      mend: 'Skicka med en textdel',
      why: 'En del klockor och enkla mejlprogram visar textdelen, och filter räknar det mejlet till last när den saknas.',
      fix: 'Slå på textversionen i utskicksverktyget. De flesta verktyg gör den av HTML-koden. Läs igenom den: den ska säga samma sak och ha med länkarna.',
      problems: {
        missing: () => 'Det finns ingen del av typen text/plain bredvid HTML-delen.',
        empty: () => 'Det finns en del av typen text/plain, men det står ingenting i den.',
      },
    },
  },
  examples: {
    good: [
      {
        eml: 'From: a@example.se\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n\r\nHej!\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>Hej!</p>\r\n--x--\r\n',
      },
    ],
    bad: [
      {
        world: { eml: 'From: a@example.se\r\nContent-Type: text/html\r\n\r\n<p>Hej!</p>\r\n' },
        finds: 'missing',
      },
      {
        world: {
          eml: 'From: a@example.se\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n\r\n \r\n--x\r\nContent-Type: text/html\r\n\r\n<p>Hej!</p>\r\n--x--\r\n',
        },
        finds: 'empty',
      },
    ],
  },
});
