import { defineRule, notApplicable, problem } from '#rule';

/** A hostile page has thousands. */
const problemsAtMost = 100;

export default defineRule({
  id: 'layout-tables',
  // Advice, since two of three published designs do it (and 84 % of mail in the report below).
  severity: 'advice',
  reference:
    'Email Markup Consortium, Accessibility Report 2026 (2026-05-21), issue 3; WAI-ARIA 1.2 section 5.3.3 (presentation)',
  needs: ['structure'],
  check({ structure }) {
    if (!structure) return notApplicable('no-html');
    const announced = structure.tables.filter(({ kind, presented }) => kind === 'layout' && !presented);
    return announced.slice(0, problemsAtMost).map(({ at }) => problem('announced', {}, { at }));
  },
  words: {
    en: {
      title: 'Tables for layout',
      heading: {
        announced: (_, count) =>
          `${count === 1 ? 'A table' : `${count} tables`} for layout will be read out as data`,
      },
      mend: 'Write role="presentation" on layout tables',
      why: 'Whoever has the mail read aloud hears “table, row 1, column 1” again and again between the words.',
      fix: 'Write role="presentation" on every table that is only there for layout: <table role="presentation" …>. Search for “<table” in the source; tables that show figures in rows and columns stay as they are.',
      problems: {
        announced: () =>
          'The table is only there for layout, and nothing says so to programs that read aloud.',
      },
    },
    sv: {
      title: 'Tabeller för layout',
      heading: {
        announced: (_, count) =>
          `${count === 1 ? 'En tabell' : `${count} tabeller`} för layout läses upp som data`,
      },
      mend: 'Skriv role="presentation" på layouttabeller',
      why: 'Den som får mejlet uppläst hör ”tabell, rad 1, kolumn 1” gång på gång mellan orden.',
      fix: 'Skriv role="presentation" på varje tabell som bara används för layout: <table role="presentation" …>. Sök efter ”<table” i källan. Tabeller som visar uppgifter i rader och kolumner kan vara som de är.',
      problems: {
        announced: () => 'Tabellen används bara för layout, men inget säger det till program som läser upp.',
      },
    },
  },
  examples: {
    good: [
      { html: '<table role="presentation"><tr><td><table role="none"><tr><td>Hej!</table></table>' },
      {
        html: '<table><caption>Avgifter</caption><tr><th scope="col">Ålder<th scope="col">Kronor<tr><td>Barn<td>100</table>',
      },
      { html: '<table><tr><td>Barn<td>100<tr><td>Vuxen<td>200<tr><td>Familj<td>300</table>' },
      {
        html: '<p>Hej!</p><!--[if mso]><table><tr><td><![endif]--><p>Hej!</p><!--[if mso]></table><![endif]-->',
      },
      {
        mjml: '<mjml><mj-body><mj-section><mj-column><mj-text>Hej</mj-text><mj-button href="https://example.se">Ja</mj-button></mj-column></mj-section></mj-body></mjml>',
      },
    ],
    bad: [
      { world: { html: '<table><tr><td>Hej!</td></tr></table>' }, finds: 'announced' },
      {
        world: { html: '<table role="presentation"><tr><td><table><tr><td>Hej!</table></table>' },
        finds: 'announced',
      },
      {
        world: { html: '<table><tr><th><table role="none"><tr><td>Hej!</table><th>Hej!</table>' },
        finds: 'announced',
      },
    ],
  },
});
