import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'filler-text',
  severity: 'major',
  reference:
    'Blind text and placeholders as templates of Mailchimp, Postmark, SendGrid and Colorlib have them where the sender’s own words belong, read 2026-11-23',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    return markup.odd.flatMap(({ kind, text, at }) =>
      kind === 'filler' ? [problem('left', { text }, { at })] : [],
    );
  },
  words: {
    en: {
      title: 'Text left over from the template',
      heading: {
        left: (_, count) =>
          count > 1
            ? `${count} texts of the template stand where yours should`
            : 'A text of the template stands where yours should',
      },
      mend: 'Write your own text there',
      why: 'Readers get text that means nothing, and take the mail for a mistake or for spam. In the first lines it is what they see beside the subject.',
      fix: 'Write your own text in its place, or delete the part. The preview text is often hidden at the top of the page: look there too.',
      problems: { left: ({ text }) => `It says “${text}”.` },
    },
    sv: {
      title: 'Text som är kvar från mallen',
      heading: {
        left: (_, count) =>
          count > 1
            ? `${count} av mallens texter står där dina ska stå`
            : 'En av mallens texter står där din ska stå',
      },
      mend: 'Skriv din egen text där',
      why: 'Läsarna får text som inte betyder något och tror att mejlet är ett misstag eller skräppost. I de första raderna är det den som syns bredvid ämnesraden.',
      fix: 'Skriv din egen text i stället, eller ta bort delen. Förhandstexten är ofta dold högst upp på sidan: titta även där.',
      problems: { left: ({ text }) => `Det står ”${text}”.` },
    },
  },
  examples: {
    good: [
      { html: '<p>Vi söker en typograf som vet vad lorem ipsum är.</p><!-- Lorem ipsum dolor sit amet -->' },
    ],
    bad: [
      { world: { html: '<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit.</p>' }, finds: 'left' },
      {
        world: {
          html: '<span style="display:none">This is preheader text. Some clients will show this text as a preview.</span><p>Hej!</p>',
        },
        finds: 'left',
      },
    ],
  },
});
