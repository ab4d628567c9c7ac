import { defineRule, problem } from '#rule';
import { attached, samples } from '../wordings/attached.ts';

export default defineRule({
  id: 'message-body',
  severity: 'blocker',
  reference:
    'Ours: a mail that shows nothing tells its reader nothing (RFC 5322 section 3.5 lets it be sent, its body is optional)',
  needs: ['message', 'html'],
  check({ message, html }) {
    const text = html ? html.text : message.visibleText;
    // How far a background shows nobody can tell; that a mail is only images is another check's matter.
    const shown = html ? html.images.some(({ hidden }) => !hidden) || html.backgrounds.length > 0 : false;
    const pictures = message.attachments.some(({ contentType }) => contentType.startsWith('image/'));
    if (text !== '' || shown || pictures) return [];
    const count = message.attachments.length;
    return [count > 0 ? problem('files', { count }) : problem('empty', {})];
  },
  words: {
    en: {
      title: 'Message body',
      heading: {
        empty: () => 'The mail is empty',
        files: () => 'The mail has no text, only what is attached',
      },
      mend: {
        empty: () => 'Hand in the whole template',
        files: () => 'Write in the mail what is attached',
      },
      why: 'Readers see nothing when they open the mail, and many of them, like many filters, take such mail for spam.',
      fix: {
        empty: () =>
          'Check that you handed in the whole template, and that its text is neither hidden nor commented out.',
        files: () =>
          'Write in the mail itself what it is about, what the file is and what the reader is to do. If there is a text, check that it is neither hidden nor commented out.',
      },
      problems: {
        empty: () => 'There is neither text nor an image that a reader can see.',
        files: ({ count }) =>
          `The mail has ${count === 1 ? 'an attached file' : `${count} attached files`}, but neither text nor an image that a reader can see.`,
      },
    },
    sv: {
      title: 'Mejlets innehåll',
      heading: {
        empty: () => 'Mejlet är tomt',
        files: () => 'Mejlet har ingen text, bara det som är bifogat',
      },
      mend: {
        empty: () => 'Lämna in hela mallen',
        files: () => 'Skriv i mejlet vad som är bifogat',
      },
      why: 'Läsarna ser ingenting när de öppnar mejlet, och många av dem, liksom många filter, tar sådana mejl för skräppost.',
      fix: {
        empty: () =>
          'Kontrollera att du lämnade in hela mallen och att texten varken är dold eller bortkommenterad.',
        files: () =>
          'Skriv i själva mejlet vad det handlar om, vad filen är och vad läsaren ska göra. Finns det en text, kontrollera att den varken är dold eller bortkommenterad.',
      },
      problems: {
        empty: () => 'Det finns varken text eller bilder som en läsare kan se.',
        files: ({ count }) =>
          `Mejlet har ${count === 1 ? 'en bifogad fil' : `${count} bifogade filer`} men varken text eller bilder som en läsare kan se.`,
      },
    },
  },
  examples: {
    good: [
      { eml: 'From: a@example.se\r\n\r\nHej!' },
      { html: '<p>Hej!</p>' },
      { html: '<table><tr><td background="https://example.se/a.png" width="600" height="800"></table>' },
      { html: '<img src="https://example.se/a.png" alt="" role="presentation">' },
    ],
    bad: [
      {
        world: { eml: attached('kallelse.pdf', 'application/pdf', samples.pdf, '', '') },
        finds: 'files',
      },
      {
        world: { eml: 'From: a@example.se\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\u200b\u00ad' },
        finds: 'empty',
      },
      {
        world: { html: '<div style="display:none"><p>Hej</p><img src="a.png" alt=""></div>' },
        finds: 'empty',
      },
      {
        world: { html: '<html><head><title>Hej</title></head><body><!-- text --> &nbsp;</body></html>' },
        finds: 'empty',
      },
    ],
  },
});
