import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'conditional-content',
  severity: 'major',
  reference:
    'Microsoft, About conditional comments: to all other programs a downlevel-hidden one is a comment; WHATWG HTML section 13.1.6',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    return markup.conditions.flatMap(({ kind, condition, at }) =>
      kind === 'nobody' ? [problem('nobody', { condition: condition.slice(0, 30) }, { at })] : [],
    );
  },
  words: {
    en: {
      title: 'Parts for all but Outlook',
      heading: {
        nobody: (_, count) =>
          count > 1
            ? `${count} parts of the mail are shown to nobody`
            : 'A part of the mail is shown to nobody',
      },
      mend: 'Open the part to the other mail programs',
      why: 'It was meant for all mail programs but Outlook. Outlook leaves it out, and the others take it for a comment, so no reader sees it.',
      fix: {
        nobody: ({ condition }) =>
          `Begin the part with <!--[if ${condition}]><!--> and end it with <!--<![endif]-->. The extra arrows end the comment at once for all other programs.`,
      },
      problems: {
        nobody: ({ condition }) =>
          `What stands in <!--[if ${condition}]> … <![endif]--> is seen in no mail program.`,
      },
    },
    sv: {
      title: 'Delar för alla utom Outlook',
      heading: {
        nobody: (_, count) =>
          count > 1
            ? `${count} delar av mejlet visas inte för någon`
            : 'En del av mejlet visas inte för någon',
      },
      mend: 'Öppna delen för de andra mejlprogrammen',
      why: 'Den var tänkt för alla mejlprogram utom Outlook. Outlook hoppar över den och de andra tar den för en kommentar, så ingen läsare ser den.',
      fix: {
        nobody: ({ condition }) =>
          `Börja delen med <!--[if ${condition}]><!--> och avsluta med <!--<![endif]-->. De extra pilarna avslutar kommentaren direkt för alla andra program.`,
      },
      problems: {
        nobody: ({ condition }) =>
          `Det som står i <!--[if ${condition}]> … <![endif]--> syns inte i något mejlprogram.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<!--[if !mso]><!--><p>Hej!</p><!--<![endif]-->' },
      { html: '<![if !mso]><p>Hej!</p><![endif]>' },
      { html: '<!--[if mso]><p>Hej, Outlook!</p><![endif]--><p>Hej!</p>' },
      { html: '<!--[if !mso]><style>p{color:#333}</style><![endif]--><p>Hej!</p>' },
    ],
    bad: [{ world: { html: '<p>Hej!</p><!--[if !mso]><p>Välkommen!</p><![endif]-->' }, finds: 'nobody' }],
  },
});
