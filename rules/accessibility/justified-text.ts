import { defineRule, notApplicable, problem, unknown } from '#rule';
import { shortened } from '../wordings/shortening.ts';

/** Lines from which the gaps are seen: the last one is never stretched. */
const leastLines = 3;

export default defineRule({
  id: 'justified-text',
  severity: 'advice',
  reference: 'WCAG 2.2, success criterion 1.4.8 and failure F88; measured in the drawing',
  needs: ['html', 'rendering'],
  check({ html, rendering }, { clients }) {
    if (!html) return notApplicable('no-html');
    const phones = new Set(clients.filter(({ device }) => device === 'phone').map(({ id }) => id));
    const view = rendering.views.find(({ client, scheme }) => phones.has(client) && scheme === 'light');
    const failed = rendering.failed.find(({ client }) => phones.has(client));
    if (!view) return failed ? unknown(failed.reason) : [];
    const stretched = view.legibility.texts.filter(
      ({ justified, lines }) => justified && lines >= leastLines,
    );
    const [first] = stretched.flatMap(({ samples }) => samples);
    return first ? [problem('stretched', { text: shortened(first.text, 60) }, { at: first.at })] : [];
  },
  words: {
    en: {
      title: 'Straight right edge',
      heading: { stretched: () => 'Text is stretched to a straight right edge' },
      mend: 'Let the right edge be uneven',
      why: 'On narrow screens wide gaps open between the words, which makes reading slow, above all with dyslexia.',
      fix: 'Write text-align:left in place of text-align:justify.',
      problems: { stretched: ({ text }) => `“${text}” is stretched (text-align:justify).` },
    },
    sv: {
      title: 'Rak högerkant',
      heading: { stretched: () => 'Text dras ut till en rak högerkant' },
      mend: 'Låt högerkanten vara ojämn',
      why: 'På smala skärmar blir det stora luckor mellan orden. Det gör läsningen långsam, framför allt för den som har dyslexi.',
      fix: 'Skriv text-align:left i stället för text-align:justify.',
      problems: { stretched: ({ text }) => `”${text}” dras ut (text-align:justify).` },
    },
  },
  examples: {
    good: [
      { html: `<p>${'Hej på er alla! '.repeat(30)}</p>` },
      { html: '<p style="text-align:justify">Hej på er!</p>' },
    ],
    bad: [
      {
        world: { html: `<p style="text-align:justify">${'Hej på er alla! '.repeat(30)}</p>` },
        finds: 'stretched',
      },
    ],
  },
});
