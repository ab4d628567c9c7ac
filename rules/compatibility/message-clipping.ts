import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'message-clipping',
  severity: 'major',
  reference:
    'Gmail cuts a message at about 102 KB: github.com/hteumeuleu/email-bugs, issue 41, read 2026-11-22',
  needs: ['html'],
  check({ html }, { policy: { clipping } }) {
    if (!html) return notApplicable('no-html');
    const kilobytes = (bytes: number) => Math.ceil(bytes / 1024);
    const data = { size: kilobytes(html.bytes + clipping.addedBytes), limit: kilobytes(clipping.limitBytes) };
    return html.bytes + clipping.addedBytes > clipping.limitBytes ? [problem('clipped', data)] : [];
  },
  words: {
    en: {
      title: 'Message size',
      why: 'The end of the mail disappears behind a link, and the way to unsubscribe with it.',
      fix: 'Take away styles that nothing uses, comments and empty rows, and shorten the text. Link to the rest on your site.',
      problems: {
        clipped: ({ size, limit }) =>
          `The HTML will be about ${size} KB when it is sent. Gmail shows the first ${limit} KB and hides the rest.`,
      },
    },
    sv: {
      title: 'Mejlets storlek',
      why: 'Slutet av mejlet göms bakom en länk, och avregistreringen med det.',
      fix: 'Ta bort stilar som inget använder, kommentarer och tomma rader, och korta texten. Länka till resten på er webbplats.',
      problems: {
        clipped: ({ size, limit }) =>
          `HTML-koden blir ungefär ${size} kB när mejlet skickas. Gmail visar de första ${limit} kB och gömmer resten.`,
      },
    },
  },
  examples: {
    good: [{ html: `<p>${'Hej! '.repeat(1000)}</p>` }],
    bad: [{ world: { html: `<p>${'Hej! '.repeat(21_000)}</p>` }, finds: 'clipped' }],
  },
});
