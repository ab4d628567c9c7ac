import { defineRule, notApplicable, problem } from '#rule';

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
    const { written, at } = direction;
    return [written ? problem('outside', { written }, { at }) : problem('missing', {}, { at })];
  },
  words: {
    en: {
      title: 'Reading direction',
      heading: {
        missing: () => 'The mail does not say which way it is read',
        outside: () => 'The reading direction stands where programs take it away',
      },
      mend: 'Write dir on what holds the mail',
      why: 'In a mail program that is set to Arabic or Hebrew, the mail is laid out from right to left: full stops and lists end up on the wrong side.',
      fix: 'Write dir="ltr" (left to right) on the outermost table or div in body, beside lang; in MJML on mjml itself.',
      problems: {
        missing: () => 'No dir is written on what holds the text.',
        outside: ({ written }) =>
          `dir="${written}" stands on html or body alone, which several mail programs take away.`,
      },
    },
    sv: {
      title: 'Läsriktning',
      heading: {
        missing: () => 'Mejlet säger inte åt vilket håll det läses',
        outside: () => 'Läsriktningen står där mejlprogram tar bort den',
      },
      mend: 'Skriv dir på det som omger mejlet',
      why: 'I ett mejlprogram på arabiska eller hebreiska läggs mejlet ut från höger till vänster: punkter och listor hamnar på fel sida.',
      fix: 'Skriv dir="ltr" (från vänster till höger) på den yttersta tabellen eller div:en i body, bredvid lang. I MJML står det på mjml självt.',
      problems: {
        missing: () => 'Inget dir står på det som omger texten.',
        outside: ({ written }) =>
          `dir="${written}" står bara på html eller body, som flera mejlprogram tar bort.`,
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
      { world: { html: '<div dir="ltr"><p>Hej!</p></div><p>Vi ses på höstmötet.</p>' }, finds: 'outside' },
    ],
  },
});
