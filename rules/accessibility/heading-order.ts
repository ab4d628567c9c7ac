import { defineRule, notApplicable, problem } from '#rule';
import { shortened } from '../wordings/shortening.ts';

export default defineRule({
  id: 'heading-order',
  severity: 'advice',
  reference: 'W3C WAI, Page Structure Tutorial, Headings (heading ranks); axe-core 4.14, heading-order',
  needs: ['structure'],
  check({ structure }) {
    if (!structure) return notApplicable('no-html');
    const said = structure.headings.filter(({ text }) => text !== '');
    return said.flatMap(({ level, text, at }, i) => {
      const before = said[i - 1]?.level;
      // Which one comes first is another check’s matter.
      if (before === undefined || level <= before + 1) return [];
      return [problem('skipped', { before, level, text: shortened(text, 60) }, { at })];
    });
  },
  words: {
    en: {
      title: 'Order of headings',
      heading: {
        skipped: ({ before, level }, count) =>
          count > 1 ? `${count} headings skip a level` : `A heading goes from h${before} to h${level}`,
      },
      mend: 'Let headings go down one level at a time',
      why: 'People who listen take the level for the order of contents, and believe that they have missed a part.',
      fix: 'Choose the level by what the heading is a part of, and the size of its letters by style: the sections of h1 are h2, their parts h3.',
      problems: {
        skipped: ({ before, level, text }) =>
          `“${text}” is h${level}, but the heading before it is h${before}.`,
      },
    },
    sv: {
      title: 'Rubrikernas ordning',
      heading: {
        skipped: ({ before, level }, count) =>
          count > 1
            ? `${count} rubriker hoppar över en nivå`
            : `En rubrik går från h${before} till h${level}`,
      },
      mend: 'Låt rubrikerna gå ner en nivå i taget',
      why: 'Den som lyssnar tar nivån för innehållets ordning, och tror att en del saknas.',
      fix: 'Välj nivå efter vad rubriken är en del av, och bokstävernas storlek med style: avsnitten under h1 är h2, och deras delar h3.',
      problems: {
        skipped: ({ before, level, text }) => `”${text}” är h${level}, men rubriken före är h${before}.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<h1>Höstmöte</h1><h2>Tid</h2><h3>Lördag</h3><h2>Plats</h2>' },
      { html: '<h3>Höstmöte</h3><p>Vi ses.</p>' },
      { html: '<h1>Höstmöte</h1><h4></h4><h2>Tid</h2>' },
    ],
    bad: [{ world: { html: '<h1>Höstmöte</h1><h3>Tid</h3>' }, finds: 'skipped' }],
  },
});
