import { defineRule, notApplicable, problem } from '#rule';

/**
 * It stops half of all published templates, and should: they are sold with text to be replaced. In the mail that is sent
 * each of them is one that somebody forgot.
 */
export default defineRule({
  id: 'filler-text',
  severity: 'major',
  reference:
    'Blind text and placeholders as templates of Mailchimp, Postmark, SendGrid and Colorlib have them where the sender’s own words belong, read 2026-11-23',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    return markup.odd.flatMap(({ kind, text, at }) =>
      kind === 'filler' ? [problem('left', { text: text.replace(/[\s,;:–-]{1,9}$/, '') }, { at })] : [],
    );
  },
  words: {
    en: {
      title: 'The template’s own text',
      heading: {
        left: (_, count) =>
          count > 1
            ? `${count} texts are left over from the template`
            : 'A text is left over from the template',
      },
      mend: 'Write your own text there',
      why: 'Readers get text that means nothing, and take the mail for a mistake or for spam. In the first lines of the mail it is also what they see beside the subject.',
      fix: 'Write your own text in its place, or delete it. Look at the preview text too: it is often hidden at the top of the mail.',
      problems: { left: ({ text }) => `It says “${text}”.` },
    },
    sv: {
      title: 'Mallens egen text',
      heading: {
        left: (_, count) =>
          count > 1 ? `${count} texter är kvar från mallen` : 'En text är kvar från mallen',
      },
      mend: 'Skriv din egen text där',
      why: 'Läsarna får text som inte betyder något och tror att mejlet är ett misstag eller skräppost. Står den i mejlets första rader syns den dessutom bredvid ämnesraden.',
      fix: 'Skriv din egen text i stället, eller ta bort den. Titta på förhandstexten också: den är ofta dold högst upp i mejlet.',
      problems: { left: ({ text }) => `Det står ”${text}”.` },
    },
  },
  examples: {
    good: [
      { html: '<p>Vi byter ut lorem ipsum mot riktig text.</p>' },
      { html: '<p>Vi söker en typograf som vet vad lorem ipsum är.</p><!-- Lorem ipsum dolor sit amet -->' },
      {
        html: '<p>Höstmöte [1], program [PDF]. Alla är “välkomna” [sic].</p><a href="https://example.se/">[Läs mer]</a>',
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Maecenas sed ante pellentesque, posuere leo id. Class aptent taciti sociosqu.</p>',
        },
        finds: 'left',
      },
      { world: { html: '<p>Lorem ipsum dolor sit amet, consectetur adipiscing elit.</p>' }, finds: 'left' },
      {
        world: {
          html: '<p>Hej!</p><!--[if mso]><p>Lorem ipsum dolor sit amet, consectetur.</p><![endif]-->',
        },
        finds: 'left',
      },
      { world: { html: '<p>Thanks,<br>[Sender Name] and the [Product Name] team</p>' }, finds: 'left' },
      { world: { html: '<p>Vänliga hälsningar<br>[Ditt namn], [Företagsnamn]</p>' }, finds: 'left' },
      {
        world: {
          html: '<span style="display:none">This is preheader text. Some clients will show this text as a preview.</span><p>Hej!</p>',
        },
        finds: 'left',
      },
    ],
  },
});
