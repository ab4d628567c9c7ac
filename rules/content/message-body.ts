import { defineRule, problem } from '#rule';

export default defineRule({
  id: 'message-body',
  severity: 'blocker',
  reference: 'RFC 5322 section 3.5',
  needs: ['message', 'html'],
  check({ message, html }) {
    const text = html ? html.text : message.visibleText;
    const shown = html?.images.some(({ hidden }) => !hidden) ?? false;
    const attached = message.attachments.some(({ contentType }) => contentType.startsWith('image/'));
    return text !== '' || shown || attached ? [] : [problem('empty', {})];
  },
  words: {
    en: {
      title: 'Message body',
      heading: 'The mail is empty',
      mend: 'Hand in the whole template',
      why: 'Readers would get an empty mail, and filters take empty mail for spam.',
      fix: 'Check that you handed in the whole template, and that its text is not all hidden or commented out.',
      problems: { empty: () => 'The message has no text and no images that a reader can see.' },
    },
    sv: {
      title: 'Mejlets innehåll',
      heading: 'Mejlet är tomt',
      mend: 'Lämna in hela mallen',
      why: 'Läsarna skulle få ett tomt mejl, och filter tar tomma mejl för skräppost.',
      fix: 'Kontrollera att du lämnade in hela mallen och att texten inte är dold eller bortkommenterad.',
      problems: { empty: () => 'Mejlet har varken text eller bilder som en läsare kan se.' },
    },
  },
  examples: {
    good: [
      { eml: 'From: a@example.se\r\n\r\nHej!' },
      { html: '<p>Hej!</p>' },
      { html: '<img src="https://example.se/a.png" alt="" role="presentation">' },
    ],
    bad: [
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
