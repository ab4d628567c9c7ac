import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'layout-width',
  severity: 'advice',
  reference:
    'Sending services ask for about 600 pixels: knowledgebase.webengage.com/docs/email-template-image-text-guidelines, read 2026-11-23; none of 123 published designs is wider than 700 (measured 2026-11-23)',
  needs: ['markup'],
  check({ markup }, { policy: { layout } }) {
    if (!markup) return notApplicable('no-html');
    const { widest } = markup;
    if (!widest || widest.width <= layout.widest) return [];
    return [problem('wide', { width: Math.round(widest.width), most: layout.widest }, { at: widest.at })];
  },
  words: {
    en: {
      title: 'Width of the layout',
      heading: { wide: ({ width }) => `The layout is ${width} pixels wide` },
      mend: 'Make the layout about 600 pixels wide',
      why: 'In mail programs with lists and folders beside the mail, its right side is outside the window, and readers must scroll sideways.',
      fix: 'Set the outermost table to width="600", with style="width:100%;max-width:600px" for phones.',
      problems: {
        wide: ({ width, most }) =>
          `A table is ${width} pixels wide. Above ${most}, many windows are too small.`,
      },
    },
    sv: {
      title: 'Layoutens bredd',
      heading: { wide: ({ width }) => `Layouten är ${width} pixlar bred` },
      mend: 'Gör layouten ungefär 600 pixlar bred',
      why: 'I mejlprogram med listor och mappar bredvid mejlet hamnar högerkanten utanför fönstret, och läsaren måste rulla i sidled.',
      fix: 'Sätt den yttersta tabellen till width="600", med style="width:100%;max-width:600px" för telefoner.',
      problems: {
        wide: ({ width, most }) =>
          `En tabell är ${width} pixlar bred. Över ${most} är många fönster för små.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<table width="100%"><tr><td><table width="640"><tr><td>Hej!</td></tr></table></td></tr></table>',
      },
      { html: '<table width="1200" style="width:600px"><tr><td>Hej!</td></tr></table>' },
    ],
    bad: [{ world: { html: '<table width="960"><tr><td>Hej!</td></tr></table>' }, finds: 'wide' }],
  },
});
