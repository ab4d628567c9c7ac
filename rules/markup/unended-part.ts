import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'unended-part',
  severity: 'major',
  reference:
    'WHATWG HTML sections 13.2.5.2 to 13.2.5.44: eof-in-comment, and text of title, style, textarea and script up to their own end tags',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    if (!markup.unended) return [];
    const { part, at } = markup.unended;
    return [part === 'comment' ? problem('comment', {}, { at }) : problem('element', { part }, { at })];
  },
  words: {
    en: {
      title: 'Parts that hide the rest',
      heading: {
        comment: () => 'A comment never ends and hides the rest of the mail',
        element: ({ part }) => `A <${part}> never ends and hides the rest of the mail`,
      },
      mend: {
        comment: () => 'Write --> where the comment ends',
        element: ({ part }) => `Write </${part}> where it ends`,
      },
      why: 'Readers get the mail only up to there. What follows is not shown, and that is often the way to unsubscribe as well.',
      fix: {
        comment: () => 'Write --> where the comment should end, or delete <!-- where it begins.',
        element: ({ part }) =>
          `Write </${part}> after its last line. Check that it is spelt right, with both < and >.`,
      },
      problems: {
        comment: () => '<!-- begins a comment here, and no --> follows.',
        element: ({ part }) => `<${part}> begins here, and no </${part}> follows.`,
      },
    },
    sv: {
      title: 'Delar som döljer resten',
      heading: {
        comment: () => 'En kommentar tar aldrig slut och döljer resten av mejlet',
        element: ({ part }) => `En <${part}> tar aldrig slut och döljer resten av mejlet`,
      },
      mend: {
        comment: () => 'Skriv --> där kommentaren slutar',
        element: ({ part }) => `Skriv </${part}> där den slutar`,
      },
      why: 'Läsarna får bara mejlet fram till dess. Det som följer visas inte, och ofta försvinner avregistreringen med det.',
      fix: {
        comment: () => 'Skriv --> där kommentaren ska sluta, eller ta bort <!-- där den börjar.',
        element: ({ part }) =>
          `Skriv </${part}> efter sista raden. Kontrollera stavningen, och att både < och > är med.`,
      },
      problems: {
        comment: () => 'Här börjar en kommentar med <!--, och inget --> följer.',
        element: ({ part }) => `Här börjar <${part}>, och inget </${part}> följer.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<style>p{color:#333}</style><p>Hej!</p><!-- slut -->' },
      { html: '<p>Hej!</p></body></html><!--' },
    ],
    bad: [
      { world: { html: '<p>Hej!</p><!-- rubrik -- ><h1>Höstmöte</h1><p>Välkommen!</p>' }, finds: 'comment' },
      { world: { html: '<p>Hej!</p><style>p{color:#333}<style><p>Välkommen!</p>' }, finds: 'element' },
    ],
  },
});
