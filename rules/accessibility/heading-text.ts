import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'heading-text',
  severity: 'advice',
  reference: 'WCAG 2.2, success criteria 1.3.1 and 2.4.6; axe-core 4.14, empty-heading',
  needs: ['structure'],
  check({ structure }) {
    if (!structure) return notApplicable('no-html');
    return structure.headings.flatMap(({ text, level, at }) =>
      text === '' ? [problem('empty', { level }, { at })] : [],
    );
  },
  words: {
    en: {
      title: 'Text of headings',
      heading: {
        empty: ({ level }, count) =>
          count > 1 ? `${count} headings have no text` : `A heading (h${level}) has no text`,
      },
      mend: 'Remove empty headings',
      why: 'People who listen are told that there is a heading, and hear nothing.',
      fix: 'Remove the element and make room with padding instead. If it holds a picture, write what the picture says in its alt text.',
      problems: { empty: ({ level }) => `h${level} holds nothing that can be read aloud.` },
    },
    sv: {
      title: 'Rubrikernas text',
      heading: {
        empty: ({ level }, count) =>
          count > 1 ? `${count} rubriker saknar text` : `En rubrik (h${level}) saknar text`,
      },
      mend: 'Ta bort tomma rubriker',
      why: 'Den som lyssnar får veta att här är en rubrik, men hör ingenting.',
      fix: 'Ta bort elementet och skapa luft med padding i stället. Rymmer det en bild, skriv i alt-texten vad bilden säger.',
      problems: { empty: ({ level }) => `h${level} rymmer inget som kan läsas upp.` },
    },
  },
  examples: {
    good: [
      { html: '<h1>Höstmöte</h1>' },
      { html: '<h1><img src="a.png" alt="Höstmöte"></h1>' },
      { html: '<h2 aria-hidden="true"></h2><h2 style="display:none"></h2><h2 role="presentation"></h2>' },
    ],
    bad: [
      { world: { html: '<h1>&nbsp;</h1><p>Hej!</p>' }, finds: 'empty' },
      { world: { html: '<h1><img src="a.png" alt=""></h1><p>Hej!</p>' }, finds: 'empty' },
    ],
  },
});
