import { defineRule, notApplicable, problem } from '#rule';
import { shortened } from '../wordings/shortening.ts';

export default defineRule({
  id: 'main-heading',
  severity: 'advice',
  reference:
    'Email Markup Consortium, Accessibility Report 2026 (2026-05-21), issue 4: a short mail needs none; WCAG 2.2, success criterion 1.3.1',
  needs: ['structure'],
  check({ structure }, { policy }) {
    if (!structure) return notApplicable('no-html');
    const { headings, heard } = structure;
    const said = headings.filter(({ text }) => text !== '');
    const [first, second] = said.filter(({ level }) => level === 1);
    if (first && second) {
      const count = said.filter(({ level }) => level === 1).length;
      return [problem('several', { count }, { at: second.at })];
    }
    if (first || heard < policy.legibility.headingsFrom) return [];
    const [top] = said;
    if (!top) return [problem('none', {})];
    return [problem('lower', { level: top.level, text: shortened(top.text, 60) }, { at: top.at })];
  },
  words: {
    en: {
      title: 'Main heading',
      heading: {
        none: () => 'The mail has no headings for those who listen',
        lower: () => 'No heading is marked as the main one',
        several: ({ count }) => `${count} headings are marked as the main one`,
      },
      mend: {
        none: () => 'Mark the headings as headings',
        lower: () => 'Make the first heading h1',
        several: () => 'Keep one h1',
      },
      why: 'People who listen jump from heading to heading to find what the mail is about. Large letters alone are not a heading to their program.',
      fix: {
        none: () =>
          'Write the main heading as <h1>, and those of the sections as <h2>; their look is set by style as before. In MJML they stand inside mj-text.',
        lower: () => 'Write the mail’s main heading as <h1> and keep its look with style.',
        several: () => 'Let the heading of the whole mail be <h1>, and write those of its sections as <h2>.',
      },
      problems: {
        none: () => 'No text is marked as a heading (h1 to h6).',
        lower: ({ level, text }) => `The first heading, “${text}”, is h${level}. There is no h1.`,
        several: ({ count }) => `There are ${count} h1 elements. Here is the second.`,
      },
    },
    sv: {
      title: 'Huvudrubrik',
      heading: {
        none: () => 'Mejlet saknar rubriker för den som lyssnar',
        lower: () => 'Ingen rubrik är märkt som huvudrubrik',
        several: ({ count }) => `${count} rubriker är märkta som huvudrubrik`,
      },
      mend: {
        none: () => 'Märk rubrikerna som rubriker',
        lower: () => 'Gör den första rubriken till h1',
        several: () => 'Behåll en enda h1',
      },
      why: 'Den som lyssnar hoppar från rubrik till rubrik för att hitta vad mejlet handlar om. Bara stora bokstäver är ingen rubrik för ett uppläsningsprogram.',
      fix: {
        none: () =>
          'Skriv huvudrubriken som <h1> och avsnittens rubriker som <h2>. Utseendet styr du med style som förut. I MJML står de inne i mj-text.',
        lower: () => 'Skriv mejlets huvudrubrik som <h1>, och behåll utseendet med style.',
        several: () => 'Låt hela mejlets rubrik vara <h1>, och skriv avsnittens rubriker som <h2>.',
      },
      problems: {
        none: () => 'Ingen text är märkt som rubrik (h1 till h6).',
        lower: ({ level, text }) => `Den första rubriken, ”${text}”, är h${level}. Någon h1 finns inte.`,
        several: ({ count }) => `h1 finns ${count} gånger. Här är den andra.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<p>Hej! Vi ses på lördag.</p>' },
      { html: `<h1>Höstmöte</h1><h2>Tid</h2>${'<p>Vi ses i lokalen.</p>'.repeat(60)}` },
      { html: `<p role="heading" aria-level="1">Höstmöte</p>${'<p>Vi ses i lokalen.</p>'.repeat(60)}` },
      { html: '<h2>Höstmöte</h2><p>Vi ses.</p>' },
    ],
    bad: [
      { world: { html: '<p>Vi ses i lokalen.</p>'.repeat(60) }, finds: 'none' },
      { world: { html: `<h3>Höstmöte</h3>${'<p>Vi ses i lokalen.</p>'.repeat(60)}` }, finds: 'lower' },
      { world: { html: '<h1>Höstmöte</h1><p>Hej</p><h1>Årsavgift</h1>' }, finds: 'several' },
    ],
  },
});
