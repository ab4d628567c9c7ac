import { defineRule, notApplicable, problem, unknown } from '#rule';
import { shortened } from '../wordings/shortening.ts';

/** Times the size of most text, and CSS pixels, from which letters look like a heading; and how long one may be. */
const timesBody = 1.3;
const leastSize = 20;
const longest = 100;
const shortest = 4;
const linesAtMost = 3;

export default defineRule({
  id: 'heading-look',
  severity: 'advice',
  reference:
    'WCAG 2.2, success criterion 1.3.1 and failure F2 (looks in place of structure); measured in the drawing',
  needs: ['structure', 'rendering'],
  check({ structure, rendering }) {
    if (!structure) return notApplicable('no-html');
    // Where nothing is a heading, that is told once.
    if (structure.headings.length === 0) return [];
    const view = rendering.views.find(({ scheme }) => scheme === 'light');
    if (!view) return rendering.failed[0] ? unknown(rendering.failed[0].reason) : [];
    const { texts } = view.legibility;
    const [body] = [...texts].sort((one, other) => other.length - one.length);
    const least = Math.max(leastSize, (body?.size ?? 0) * timesBody);
    const like = texts.filter(
      ({ heading, linked, size, lines, length, count }) =>
        !heading &&
        !linked &&
        size >= least &&
        lines <= linesAtMost &&
        length <= longest * count &&
        length >= shortest * count,
    );
    return like
      .flatMap(({ samples, size }) => samples.map((sample) => ({ ...sample, size })))
      .filter(({ text }) => /\p{L}{3}/u.test(text))
      .map(({ text, size, at }) => problem('unmarked', { text, size: Math.round(size) }, { at }));
  },
  words: {
    en: {
      title: 'Text that looks like a heading',
      heading: {
        unmarked: ({ text }, count) =>
          count > 1
            ? `${count} texts look like headings but are not`
            : `The text “${shortened(text, 40)}” looks like a heading`,
      },
      mend: 'Mark them as headings',
      why: 'People who listen jump from heading to heading, and miss these parts, since other headings are marked.',
      fix: 'Write h2 or h3 around the text and keep its look with style, margin:0 included. If it is a figure or a slogan, leave it.',
      problems: {
        unmarked: ({ text, size }) => `“${text}” is ${size} pixels high, but not a heading element.`,
      },
    },
    sv: {
      title: 'Text som ser ut som rubrik',
      heading: {
        unmarked: ({ text }, count) =>
          count > 1
            ? `${count} texter ser ut som rubriker utan att vara det`
            : `Texten ”${shortened(text, 40)}” ser ut som en rubrik`,
      },
      mend: 'Märk dem som rubriker',
      why: 'Den som lyssnar hoppar från rubrik till rubrik och missar de här delarna, eftersom andra rubriker är märkta.',
      fix: 'Skriv h2 eller h3 runt texten och behåll utseendet med style, även margin:0. Är det en siffra eller slogan kan den vara som den är.',
      problems: { unmarked: ({ text, size }) => `”${text}” är ${size} pixlar hög, men inget rubrikelement.` },
    },
  },
  examples: {
    good: [
      { html: '<h1>Höstmöte</h1><h2>Tid</h2><p>Vi ses på lördag klockan tio i lokalen.</p>' },
      { html: '<h1>Höstmöte</h1><p>Vi ses på lördag i lokalen.</p><p style="font-size:30px">50 %</p>' },
      { html: '<p style="font-size:30px">Höstmöte</p><p>Vi ses på lördag klockan tio i lokalen.</p>' },
    ],
    bad: [
      {
        world: {
          html: '<h1>Höstmöte</h1><p>Vi ses på lördag klockan tio i lokalen.</p><p style="font-size:26px">Årsavgiften</p>',
        },
        finds: 'unmarked',
      },
    ],
  },
});
