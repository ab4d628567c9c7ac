import { defineRule, notApplicable, problem } from '#rule';
import { shortened } from '../wordings/shortening.ts';

export default defineRule({
  id: 'list-look',
  severity: 'advice',
  reference:
    'WCAG 2.2, success criterion 1.3.1; W3C technique H48 and failure F2 (looks in place of structure)',
  needs: ['structure'],
  check({ structure }) {
    if (!structure) return notApplicable('no-html');
    return structure.typed.map(({ text, lines, at }) =>
      problem('typed', { text: shortened(text, 60), lines }, { at }),
    );
  },
  words: {
    en: {
      title: 'Lists in the text',
      heading: {
        typed: ({ lines }, count) =>
          count > 1
            ? `${count} lists are typed, not marked as lists`
            : `A list of ${lines} lines is not marked as one`,
      },
      mend: 'Mark the list as a list',
      why: 'Whoever has the mail read aloud hears the signs, “dash” or “bullet”, but not that a list begins, how long it is, or where it ends.',
      fix: 'Write <ul> around the list and <li> around each line, or <ol> where they are numbered, and delete the typed signs. In the editor of your tool: choose the button for lists.',
      problems: {
        typed: ({ text, lines }) => `“${text}” is the first of ${lines} lines that begin with a typed sign.`,
      },
    },
    sv: {
      title: 'Listor i texten',
      heading: {
        typed: ({ lines }, count) =>
          count > 1
            ? `${count} listor är bara skrivna, inte märkta som listor`
            : `En lista på ${lines} rader är inte märkt som lista`,
      },
      mend: 'Märk listan som en lista',
      why: 'Den som får mejlet uppläst hör tecknen, ”streck” eller ”punkt”, men inte att en lista börjar, hur lång den är eller var den slutar.',
      fix: 'Skriv <ul> runt listan och <li> runt varje rad, eller <ol> när raderna är numrerade, och ta bort de skrivna tecknen. I verktygets redigerare: välj knappen för listor.',
      problems: {
        typed: ({ text, lines }) =>
          `”${text}” är den första av ${lines} rader som börjar med ett skrivet tecken.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<ul><li>Kaffe</li><li>Te</li><li>Saft</li></ul>' },
      { html: '<p>Vi ses <b>lördag</b> - ta med kaffe - och kopp<br>- Anna</p>' },
      { html: '<p>– Hej!<br>– Hej på dig!<br>– Ska vi gå på höstmötet?<br>– Ja.</p>' },
      { html: '<p>1. Kaffe</p><p>Hej!</p><p>2. Te</p><p>Hej!</p><p>3. Saft</p>' },
    ],
    bad: [
      { world: { html: '<p>Ta med:<br>- Kaffe<br>- Te<br>- Saft</p>' }, finds: 'typed' },
      { world: { html: '<p>• Kaffe</p><p>• Te</p><p>•Saft</p>' }, finds: 'typed' },
      { world: { html: '<p>1) Kaffe<br>2) Te<br>3) Saft</p>' }, finds: 'typed' },
    ],
  },
});
