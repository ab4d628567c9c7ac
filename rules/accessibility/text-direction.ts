import { defineRule, notApplicable, problem } from '#rule';

const wholeFix = {
  en: 'Write dir="ltr" (left to right) on the outermost table or div in body, beside lang; in MJML on mjml itself.',
  sv: 'Skriv dir="ltr" (från vänster till höger) på den yttersta tabellen eller div:en i body, bredvid lang. I MJML står det på mjml självt.',
};

export default defineRule({
  id: 'text-direction',
  // Advice, since most mails lack it (97 % in the report below) and only readers whose program runs from right to left see it.
  severity: 'advice',
  reference:
    'Email Markup Consortium, Accessibility Report 2026 (2026-05-21), issue 1; WHATWG HTML section 3.2.6.4 (dir)',
  needs: ['structure'],
  check({ structure }) {
    if (!structure) return notApplicable('no-html');
    const { direction, heard } = structure;
    if (direction.inside || heard === 0) return [];
    const { written, partly, at } = direction;
    if (partly) return [problem('partly', {}, { at })];
    return [written ? problem('outside', { written }, { at }) : problem('missing', {}, { at })];
  },
  words: {
    en: {
      title: 'Reading direction',
      heading: {
        missing: () => 'The mail does not say which way it is read',
        outside: () => 'The reading direction stands where programs take it away',
        partly: () => 'Some of the text is not covered by dir',
      },
      mend: 'Write dir on what holds all the text',
      why: 'In a mail program that is set to Arabic or Hebrew, the mail is laid out from right to left: full stops and lists end up on the wrong side.',
      fix: {
        missing: () => wholeFix.en,
        outside: () => wholeFix.en,
        partly: () =>
          'Write dir="ltr" (left to right) on this part as well, beside lang. Or put one div round everything in body, and write both on that.',
      },
      problems: {
        missing: () => 'No dir is written on what holds the text.',
        outside: ({ written }) =>
          `dir="${written}" stands on html or body alone, which several mail programs take away.`,
        partly: () => 'The text from here on stands outside the elements in body that have dir.',
      },
    },
    sv: {
      title: 'Läsriktning',
      heading: {
        missing: () => 'Mejlet säger inte åt vilket håll det läses',
        outside: () => 'Läsriktningen står där mejlprogram tar bort den',
        partly: () => 'En del av texten omges inte av dir',
      },
      mend: 'Skriv dir på det som omger all text',
      why: 'I ett mejlprogram på arabiska eller hebreiska läggs mejlet ut från höger till vänster: punkter och listor hamnar på fel sida.',
      fix: {
        missing: () => wholeFix.sv,
        outside: () => wholeFix.sv,
        partly: () =>
          'Skriv dir="ltr" (från vänster till höger) på den här delen också, bredvid lang. Eller lägg en div runt allt i body och skriv båda på den.',
      },
      problems: {
        missing: () => 'Inget dir står på det som omger texten.',
        outside: ({ written }) =>
          `dir="${written}" står bara på html eller body, som flera mejlprogram tar bort.`,
        partly: () => 'Texten härifrån står utanför elementen i body som har dir.',
      },
    },
  },
  examples: {
    good: [
      { html: '<body><div lang="sv" dir="ltr"><p>Hej på er!</p></div>' },
      { html: '<body><div style="display:none">Förhandstext</div><div dir="auto"><p>Hej på er!</p></div>' },
      {
        mjml: '<mjml><mj-body><mj-section><mj-column><mj-text>Hej</mj-text></mj-column></mj-section></mj-body></mjml>',
      },
    ],
    bad: [
      { world: { html: '<body><p>Hej!</p>' }, finds: 'missing' },
      { world: { html: '<html dir="ltr"><body><p>Hej!</p>' }, finds: 'outside' },
      {
        world: { html: '<div dir="ltr"><p>Hej! Vi ses på höstmötet.</p></div><p>Välkommen!</p>' },
        finds: 'partly',
      },
    ],
  },
});
