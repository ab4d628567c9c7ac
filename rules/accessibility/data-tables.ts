import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'data-tables',
  severity: 'advice',
  reference: 'WCAG 2.2, success criterion 1.3.1; W3C technique H51 and H63 (table markup, scope)',
  needs: ['structure'],
  check({ structure }) {
    if (!structure) return notApplicable('no-html');
    const wrong = structure.tables.filter(({ kind, presented }) => kind === (presented ? 'data' : 'grid'));
    return wrong.map(({ presented, at }) =>
      presented ? problem('presented', {}, { at }) : problem('headless', {}, { at }),
    );
  },
  words: {
    en: {
      title: 'Tables with figures',
      heading: {
        headless: (_, count) => `${count === 1 ? 'A table has' : `${count} tables have`} no header cells`,
        presented: () => 'A table with headers says that it is not a table',
      },
      mend: {
        headless: () => 'Mark the header cells',
        presented: () => 'Remove the role',
      },
      why: 'Whoever has the mail read aloud hears one figure after another, and not what they belong to.',
      fix: {
        headless: () =>
          'Write th instead of td in the cells that say what a column or row is about, with scope="col" or scope="row". If the table is only there for layout, write role="presentation" on it.',
        presented: () =>
          'Remove role="presentation" from the table, so that its headers are read with each cell. If it is only there for layout, write td in place of th and no scope.',
      },
      problems: {
        headless: () => 'The table has words in rows and columns, but no cell is marked as a header.',
        presented: () =>
          'The table has header cells, but role="presentation" hides them from those who listen.',
      },
    },
    sv: {
      title: 'Tabeller med uppgifter',
      heading: {
        headless: (_, count) => `${count === 1 ? 'En tabell' : `${count} tabeller`} saknar rubrikceller`,
        presented: () => 'En tabell med rubriker säger att den inte är någon tabell',
      },
      mend: {
        headless: () => 'Märk ut rubrikcellerna',
        presented: () => 'Ta bort rollen',
      },
      why: 'Den som får mejlet uppläst hör en uppgift efter en annan, men inte vad de hör till.',
      fix: {
        headless: () =>
          'Skriv th i stället för td i cellerna som säger vad en kolumn eller rad handlar om, med scope="col" eller scope="row". Används tabellen bara för layout, skriv role="presentation" på den.',
        presented: () =>
          'Ta bort role="presentation" från tabellen, så läses rubrikerna upp med varje cell. Används den bara för layout, skriv td i stället för th och inget scope.',
      },
      problems: {
        headless: () => 'Tabellen har ord i rader och kolumner, men ingen cell är märkt som rubrik.',
        presented: () => 'Tabellen har rubrikceller, men role="presentation" döljer dem för den som lyssnar.',
      },
    },
  },
  examples: {
    good: [
      {
        html: '<table><tr><th scope="col">Ålder<th scope="col">Kronor<tr><td>Barn<td>100<tr><td>Vuxen<td>200</table>',
      },
      {
        html: '<table role="presentation"><tr><td>Barn<td>100<tr><td>Vuxen<td>200<tr><td>Familj<td>300</table>',
      },
      { html: '<table role="none"><tr><th>Hej!<th>Hej!</table>' },
    ],
    bad: [
      {
        world: { html: '<table><tr><td>Ålder<td>Kronor<tr><td>Barn<td>100<tr><td>Vuxen<td>200</table>' },
        finds: 'headless',
      },
      {
        world: {
          html: '<table role="presentation"><tr><th scope="col">Ålder<th scope="col">Kronor<tr><td>Barn<td>100</table>',
        },
        finds: 'presented',
      },
    ],
  },
});
