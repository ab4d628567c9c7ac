import { defineRule, notApplicable, problem, unknown } from '#rule';
import { decimals } from '../wordings/contrast.ts';
import { shortened } from '../wordings/shortening.ts';

/** Lines from which their distance matters. */
const leastLines = 3;

export default defineRule({
  id: 'line-spacing',
  severity: 'advice',
  reference:
    'WCAG 2.2, success criteria 1.4.8 (1.5 within paragraphs, level AAA) and 1.4.12; measured in the drawing',
  needs: ['html', 'rendering'],
  check({ html, rendering }, { policy, clients }) {
    if (!html) return notApplicable('no-html');
    const phones = new Set(clients.filter(({ device }) => device === 'phone').map(({ id }) => id));
    const view = rendering.views.find(({ client, scheme }) => phones.has(client) && scheme === 'light');
    const failed = rendering.failed.find(({ client }) => phones.has(client));
    if (!view) return failed ? unknown(failed.reason) : [];
    const tight = view.legibility.texts.flatMap(({ lineHeight, size, lines, samples }) => {
      const share = (lineHeight ?? Number.POSITIVE_INFINITY) / size;
      return lines >= leastLines && share < policy.legibility.lineHeight
        ? [{ share, sample: samples[0] }]
        : [];
    });
    const [worst] = tight.sort((one, other) => one.share - other.share);
    if (!worst) return [];
    const data = { text: shortened(worst.sample?.text ?? '', 60), share: Math.floor(worst.share * 10) / 10 };
    return [problem('tight', data, { at: worst.sample?.at })];
  },
  words: {
    en: {
      title: 'Distance between lines',
      heading: { tight: () => 'Lines of running text stand too close' },
      mend: 'Give the lines more room',
      why: 'People with dyslexia or weak sight lose their line, and read the same one twice.',
      fix: 'Give running text line-height:1.5, without a unit so that it follows the size of the letters.',
      problems: {
        tight: ({ text, share }) =>
          `The lines of “${text}” are ${share.toFixed(1)} times as high as the letters. 1.5 is easy to read.`,
      },
    },
    sv: {
      title: 'Avstånd mellan rader',
      heading: { tight: () => 'Raderna i löpande text står för tätt' },
      mend: 'Ge raderna mer luft',
      why: 'Den som har dyslexi eller ser dåligt tappar raden, och läser samma rad två gånger.',
      fix: 'Ge löpande text line-height:1.5, utan enhet så att det följer bokstävernas storlek.',
      problems: {
        tight: ({ text, share }) =>
          `Raderna i ”${text}” är ${decimals(share)} gånger bokstävernas höjd. 1,5 är lätt att läsa.`,
      },
    },
  },
  examples: {
    good: [
      { html: `<p style="line-height:1.4">${'Hej på er alla! '.repeat(30)}</p>` },
      { html: '<p style="line-height:1">Hej på er!</p>' },
    ],
    bad: [
      { world: { html: `<p style="line-height:1">${'Hej på er alla! '.repeat(30)}</p>` }, finds: 'tight' },
    ],
  },
});
