import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'page-zoom',
  severity: 'advice',
  reference:
    'WCAG 2.2, success criterion 1.4.4; W3C ACT rule b4f0c3, “Meta viewport allows for zoom”; axe-core 4.14, meta-viewport',
  needs: ['structure'],
  check({ structure }) {
    if (!structure) return notApplicable('no-html');
    const { fixedZoom } = structure;
    return fixedZoom
      ? [problem('fixed', { content: fixedZoom.content.slice(0, 120) }, { at: fixedZoom.at })]
      : [];
  },
  words: {
    en: {
      title: 'Zooming',
      heading: { fixed: () => 'The mail forbids readers to zoom in' },
      mend: 'Let readers zoom in',
      why: 'In programs that obey, people who see badly cannot make the text larger with their fingers.',
      fix: 'Remove user-scalable=no and maximum-scale from the viewport element: <meta name="viewport" content="width=device-width, initial-scale=1">.',
      problems: { fixed: ({ content }) => `The viewport element says: ${content}` },
    },
    sv: {
      title: 'Zoomning',
      heading: { fixed: () => 'Mejlet hindrar läsaren från att zooma' },
      mend: 'Låt läsaren zooma',
      why: 'I program som lyder kan den som ser dåligt inte förstora texten med fingrarna.',
      fix: 'Ta bort user-scalable=no och maximum-scale ur viewport-elementet: <meta name="viewport" content="width=device-width, initial-scale=1">.',
      problems: { fixed: ({ content }) => `I viewport-elementet står: ${content}` },
    },
  },
  examples: {
    good: [{ html: '<meta name="viewport" content="width=device-width, initial-scale=1"><p>Hej!</p>' }],
    bad: [
      {
        world: { html: '<meta name="viewport" content="width=device-width,user-scalable=no"><p>Hej!</p>' },
        finds: 'fixed',
      },
      {
        world: { html: '<meta name="viewport" content="width=device-width, maximum-scale=1"><p>Hej!</p>' },
        finds: 'fixed',
      },
    ],
  },
});
