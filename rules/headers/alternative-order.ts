import { defineRule, type Facts, notApplicable, problem } from '#rule';

type Parts = NonNullable<Facts['mime']>['parts'];

/** Whether the part is HTML, or holds it with its pictures. */
function holdsHtml(parts: Parts, index: number): boolean {
  const type = parts[index]?.type;
  return (
    type === 'text/html' ||
    (type === 'multipart/related' && parts.some((part) => part.within === index && part.type === 'text/html'))
  );
}

export default defineRule({
  id: 'alternative-order',
  severity: 'minor',
  reference: 'RFC 2046 section 5.1.4: the best one last',
  needs: ['message', 'mime'],
  check({ message, mime }) {
    if (!mime) return notApplicable('template');
    if (message.composed) return notApplicable('composed');
    const { parts } = mime;
    const turned = parts.some((part, choice) => {
      if (part.type !== 'multipart/alternative') return false;
      const within = parts.flatMap((one, index) => (one.within === choice && !one.file ? [index] : []));
      const html = within.findIndex((index) => holdsHtml(parts, index));
      const text = within.findLastIndex((index) => parts[index]?.type === 'text/plain');
      return html >= 0 && text > html;
    });
    return turned ? [problem('turned', {})] : [];
  },
  words: {
    en: {
      title: 'Order of text and HTML',
      heading: 'The plain text comes after the HTML',
      mend: 'Put the plain text before the HTML',
      why: 'Mail programs show the last version that they can, so many readers get the plain text and never see your design.',
      fix: 'Within multipart/alternative the plain text comes first and the HTML last. Change the order in the code or tool that puts the mail together.',
      problems: { turned: () => 'In multipart/alternative, text/plain stands after text/html.' },
    },
    sv: {
      title: 'Ordningen mellan text och HTML',
      heading: 'Den rena texten kommer efter HTML-delen',
      mend: 'Lägg den rena texten före HTML-delen',
      why: 'Mejlprogram visar den sista versionen som de klarar, så många läsare får den rena texten och ser aldrig din design.',
      fix: 'Inom multipart/alternative kommer den rena texten först och HTML-delen sist. Ändra ordningen i den kod eller det verktyg som sätter ihop mejlet.',
      problems: { turned: () => 'I multipart/alternative står text/plain efter text/html.' },
    },
  },
  examples: {
    good: [
      {
        eml: 'From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n\r\nHej!\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>Hej!</p>\r\n--x--\r\n',
      },
      {
        eml: 'From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>Hej!</p>\r\n--x\r\nContent-Type: text/plain\r\n\r\nSidfot\r\n--x--\r\n',
      },
    ],
    bad: [
      {
        world: {
          eml: 'From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>Hej!</p>\r\n--x\r\n\r\nHej!\r\n--x--\r\n',
        },
        finds: 'turned',
      },
      {
        world: {
          eml: 'From: a@example.se\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/related; boundary=y\r\n\r\n--y\r\nContent-Type: text/html\r\n\r\n<p>Hej!</p>\r\n--y--\r\n--x\r\n\r\nHej!\r\n--x--\r\n',
        },
        finds: 'turned',
      },
    ],
  },
});
