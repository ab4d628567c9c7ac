import { defineRule, type Facts, notApplicable, problem } from '#rule';

type Parts = NonNullable<Facts['mime']>['parts'];

/** What is read as text here, wherever it stands; a calendar has a check of its own. */
const read = new Set(['text/plain', 'text/html', 'text/calendar', 'application/ics']);
/** Mail programs show them in place, beside what is read. */
const shown = new Set(['message/rfc822', 'application/xhtml+xml', 'text/enriched', 'text/richtext']);

/** Whether the part is one of the versions that a reader gets one of, itself or within what holds it together. */
function isVersion(parts: Parts, index: number): boolean {
  for (let at = parts[index]?.within ?? null; at !== null; at = parts[at]?.within ?? null) {
    const type = parts[at]?.type;
    if (type === 'multipart/alternative') return true;
    // What a page shows, and what lies beside a version, is no version.
    if (type === 'multipart/related' && !parts[index]?.type.startsWith('text/')) return false;
    if (type === 'message/rfc822') return false;
  }
  return false;
}

function letter(version: string): { eml: string } {
  return {
    eml: `From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHej!\r\n--b\r\n${version}\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hej!</p>\r\n--b--\r\n`,
  };
}

export default defineRule({
  id: 'unread-parts',
  severity: 'major',
  reference:
    'RFC 2046 sections 5.1.4 (the reader’s program chooses among the versions) and 5.2.1; Gmail shows text/x-amp-html in place of HTML (developers.google.com, AMP for Gmail, as of 2026-11)',
  needs: ['message', 'mime'],
  check({ message, mime }) {
    if (!mime) return notApplicable('template');
    if (message.composed) return notApplicable('composed');
    const { parts } = mime;
    return parts.flatMap(({ type, attached }, index) => {
      if (type.startsWith('multipart/')) return [];
      if (shown.has(type) && !attached) return [problem('version', { type: type.slice(0, 60) })];
      if (!isVersion(parts, index)) return [];
      if (read.has(type) && !(attached && type === 'text/html')) return [];
      return [problem('version', { type: type.slice(0, 60) })];
    });
  },
  words: {
    en: {
      title: 'Versions of the mail that are not audited',
      heading: 'Some readers see a version of the mail that is not audited',
      mend: 'Remove the version that is not audited',
      why: 'A mail program chooses which version it shows. What stands in this one, its links and merge fields too, nobody here has looked at.',
      fix: 'Send the mail with text/plain and text/html alone. If you need the other version and have read it through yourself, let the owner make an exception.',
      problems: {
        version: ({ type }) =>
          `The mail has a part of the type ${type}, which mail programs may show in place of the HTML or beside it.`,
      },
    },
    sv: {
      title: 'Versioner av mejlet som inte granskas',
      heading: 'En del läsare ser en version av mejlet som inte granskas',
      mend: 'Ta bort versionen som inte granskas',
      why: 'Mejlprogrammet väljer vilken version det visar. Det som står i den här, också länkarna och kopplingsfälten, har ingen här tittat på.',
      fix: 'Skicka mejlet med bara text/plain och text/html. Behöver du den andra versionen, och har läst igenom den själv, kan ägaren göra ett undantag.',
      problems: {
        version: ({ type }) =>
          `Mejlet har en del av typen ${type}, som mejlprogram kan visa i stället för HTML-delen eller bredvid den.`,
      },
    },
  },
  examples: {
    good: [
      letter('Content-Type: text/plain\r\n\r\nHej igen'),
      letter('Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR'),
      letter(
        'Content-Type: multipart/related; boundary=c\r\n\r\n--c\r\nContent-Type: text/html\r\n\r\n<img src="cid:a@example.se" alt="">\r\n--c\r\nContent-Type: image/png\r\nContent-ID: <a@example.se>\r\n\r\nx\r\n--c--',
      ),
      {
        eml: 'From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hej!</p>\r\n--b\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; filename=a.eml\r\n\r\nSubject: x\r\n\r\nHej\r\n--b--\r\n',
      },
    ],
    bad: [
      {
        world: letter('Content-Type: text/x-amp-html\r\n\r\n<!doctype html><html amp4email></html>'),
        finds: 'version',
      },
      {
        world: letter('Content-Type: application/xhtml+xml\r\n\r\n<html><body>Hej</body></html>'),
        finds: 'version',
      },
      {
        world: letter('Content-Type: text/html\r\nContent-Disposition: attachment\r\n\r\n<p>Något annat</p>'),
        finds: 'version',
      },
      {
        world: {
          eml: 'From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Hej!</p>\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nHej\r\n--b--\r\n',
        },
        finds: 'version',
      },
    ],
  },
});
