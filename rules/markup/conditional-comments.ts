import { defineRule, notApplicable, problem } from '#rule';

const table = '<table><tr><td>Hej!</td></tr></table>';

export default defineRule({
  id: 'conditional-comments',
  severity: 'minor',
  reference:
    'Microsoft, About conditional comments; WHATWG HTML section 13.1.6: comments do not nest, the first --> ends them',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    // Told as what it is: the rest of the mail is gone.
    if (markup.unended) return [];
    return markup.conditions.flatMap(({ kind, condition: written, at }) => {
      const condition = written.slice(0, 30);
      return kind === 'nobody' ? [] : [problem(kind, { condition }, { at })];
    });
  },
  words: {
    en: {
      title: 'Parts for Outlook alone',
      heading: {
        nested: () => 'A part for Outlook ends too early',
        unended: () => 'A part for Outlook never ends',
        stray: () => 'The end of a part for Outlook has no beginning',
        unread: ({ condition }) => `The condition ${condition} means nothing to Outlook`,
      },
      mend: {
        nested: () => 'Remove the comment inside',
        unended: () => 'Write the end of the part',
        stray: () => 'Remove the end, or write the beginning',
        unread: () => 'Write the condition as Outlook knows it',
      },
      why: 'Parts meant for one program reach another: readers in Outlook lose what follows, or everybody else gets tables that were made for Outlook.',
      fix: {
        nested: () =>
          'Delete the comment (<!-- … -->) or the second [if …] inside the part. Only one comment can be open at a time, so the first --> ends them both.',
        unended: ({ condition }) =>
          `Write <![endif]--> where the part ends. One that began with <!--[if ${condition}]><!--> ends with <!--<![endif]-->.`,
        stray: () =>
          'Look above it for the <!--[if mso]> that it should end: it may be missing, misspelt, or ended once already.',
        unread: () =>
          'Write for instance [if mso] for all of Outlook on Windows, or [if gte mso 9] for some versions.',
      },
      problems: {
        nested: ({ condition }) =>
          `In [if ${condition}] stands another comment, and its --> ends the part. What follows is for everybody.`,
        unended: ({ condition }) => `[if ${condition}] has no <![endif] of its own.`,
        stray: () => 'Here is an <![endif] that ends nothing.',
        unread: ({ condition }) =>
          `[if ${condition}] is not a condition that Outlook reads, so the part is left out there.`,
      },
    },
    sv: {
      title: 'Delar för Outlook',
      heading: {
        nested: () => 'En del för Outlook slutar för tidigt',
        unended: () => 'En del för Outlook tar aldrig slut',
        stray: () => 'Slutet på en del för Outlook saknar början',
        unread: ({ condition }) => `Villkoret ${condition} förstås inte av Outlook`,
      },
      mend: {
        nested: () => 'Ta bort kommentaren inuti',
        unended: () => 'Skriv slutet på delen',
        stray: () => 'Ta bort slutet, eller skriv en början',
        unread: () => 'Skriv villkoret så som Outlook känner det',
      },
      why: 'Delar som är gjorda för ett program når ett annat: den som läser i Outlook går miste om det som följer, eller så får alla andra tabeller som var gjorda för Outlook.',
      fix: {
        nested: () =>
          'Ta bort kommentaren (<!-- … -->) eller den andra [if …] inuti delen. Bara en kommentar kan vara öppen åt gången, så första --> avslutar båda.',
        unended: ({ condition }) =>
          `Skriv <![endif]--> där delen slutar. En som började med <!--[if ${condition}]><!--> slutar med <!--<![endif]-->.`,
        stray: () =>
          'Leta ovanför efter den <!--[if mso]> som den skulle avsluta: den kan saknas, vara felstavad eller redan vara avslutad.',
        unread: () =>
          'Skriv till exempel [if mso] för alla Outlook i Windows, eller [if gte mso 9] för vissa versioner.',
      },
      problems: {
        nested: ({ condition }) =>
          `I [if ${condition}] står en annan kommentar, och dess --> avslutar delen. Det som följer är för alla.`,
        unended: ({ condition }) => `[if ${condition}] har ingen egen <![endif].`,
        stray: () => 'Här finns en <![endif] som inte avslutar något.',
        unread: ({ condition }) =>
          `[if ${condition}] är inget villkor som Outlook läser, så delen utelämnas där.`,
      },
    },
  },
  examples: {
    good: [
      { html: `<!--[if mso]>${table}<![endif]--><!--[if !mso]><!-->${table}<!--<![endif]-->` },
      { html: `<![if !mso]>${table}<![endif]><!--[if (gte mso 9)|(IE)]>${table}<![endif]-->` },
      { html: '<!--[if !mso]> <!-- --><p>Hej!</p><!-- <![endif]-->' },
      { html: '<p><!--[if !supportLists]-->1.<!--[endif]--> Hej!</p>' },
    ],
    bad: [
      { world: { html: `<!--[if mso]><!-- knapp -->${table}<![endif]-->` }, finds: 'nested' },
      {
        world: { html: `<!--[if mso]><!--[if gte mso 9]><p>1</p><![endif]--><p>2</p><![endif]-->` },
        finds: 'stray',
      },
      { world: { html: `<!--[if mso]>${table}--><p>Hej!</p>` }, finds: 'unended' },
      { world: { html: `<!--[if !mso]><!--><p>Hej!</p>` }, finds: 'unended' },
      { world: { html: `<p>Hej!</p><![endif]-->` }, finds: 'stray' },
      { world: { html: `<!--[if outlook]>${table}<![endif]--><p>Hej!</p>` }, finds: 'unread' },
    ],
  },
});
