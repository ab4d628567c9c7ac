import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'message-clipping',
  severity: 'major',
  reference:
    'Gmail cuts a message at about 102 KB: github.com/hteumeuleu/email-bugs, issue 41, read 2026-11-22',
  needs: ['message', 'html'],
  check({ message, html }, { policy: { clipping } }) {
    if (!html) return notApplicable('no-html');
    const kilobytes = (bytes: number) => Math.ceil(bytes / 1024);
    // A finished message has its tracking and footer already.
    const bytes = html.bytes + (message.hasHeader ? 0 : clipping.addedBytes);
    const data = { size: kilobytes(bytes), limit: kilobytes(clipping.limitBytes) };
    return bytes > clipping.limitBytes ? [problem('clipped', data)] : [];
  },
  words: {
    en: {
      title: 'Message size',
      heading: 'The mail is so large that Gmail cuts it off',
      mend: 'Make the mail smaller',
      why: 'In Gmail the end of the mail disappears behind a link, and the way to unsubscribe with it.',
      fix: 'Remove styles that nothing uses, comments and empty rows, and shorten the text. Link to the rest on your site.',
      problems: {
        clipped: ({ size, limit }) =>
          `The HTML is about ${size} KB as it is sent. Gmail shows the first ${limit} KB and hides the rest.`,
      },
    },
    sv: {
      title: 'Mejlets storlek',
      heading: 'Mejlet är så stort att Gmail kapar det',
      mend: 'Gör mejlet mindre',
      why: 'I Gmail göms slutet av mejlet bakom en länk, och avregistreringen med det.',
      fix: 'Ta bort stilar som inget använder, kommentarer och tomma rader, och korta texten. Länka till resten på webbplatsen.',
      problems: {
        clipped: ({ size, limit }) =>
          `HTML-koden är ungefär ${size} kB när mejlet skickas. Gmail visar de första ${limit} kB och gömmer resten.`,
      },
    },
  },
  examples: {
    good: [{ html: `<p>${'Hej! '.repeat(1000)}</p>` }],
    bad: [{ world: { html: `<p>${'Hej! '.repeat(21_000)}</p>` }, finds: 'clipped' }],
  },
});
