import { defineRule, problem } from '#rule';

export default defineRule({
  id: 'huge-letters',
  severity: 'advice',
  reference: 'SpamAssassin 4.0, HTML_FONT_SIZE_LARGE and HTML_FONT_SIZE_HUGE',
  needs: ['wording'],
  points: 0.7,
  check({ wording: { huge } }) {
    // One may be a heading of old.
    return huge.count > 1 ? [problem('huge', { count: huge.count }, { at: huge.at })] : [];
  },
  words: {
    en: {
      title: 'Huge letters by font tags',
      heading: { huge: () => 'Text is made huge with old font tags' },
      mend: 'Set sizes with CSS instead of font tags',
      why: 'Hardly anyone but mass mailers of old writes huge letters with <font size>, so filters count it.',
      fix: 'Use headings (<h1>, <h2>) and a font-size in CSS, and take away the <font> tags.',
      problems: { huge: ({ count }) => `${count} <font> tags ask for size 5 or more.` },
    },
    sv: {
      title: 'Jättebokstäver med font-taggar',
      heading: { huge: () => 'Text görs jättestor med gamla font-taggar' },
      mend: 'Sätt storlekar med CSS i stället för font-taggar',
      why: 'Knappt någon utom gamla tiders massutskickare skriver jättebokstäver med <font size>, så filter räknar det.',
      fix: 'Använd rubriker (<h1>, <h2>) och font-size i CSS, och ta bort <font>-taggarna.',
      problems: { huge: ({ count }) => `${count} <font>-taggar ber om storlek 5 eller mer.` },
    },
  },
  examples: {
    good: [{ html: '<h1 style="font-size:40px">Hej</h1><p><font size="2">Hej</font></p>' }],
    bad: [{ world: { html: '<font size="6">Köp</font> <font size="+3">nu</font>' }, finds: 'huge' }],
  },
});
