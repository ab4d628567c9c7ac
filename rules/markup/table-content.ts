import { defineRule, notApplicable, problem, unknown } from '#rule';

export default defineRule({
  id: 'table-content',
  severity: 'minor',
  reference:
    'WHATWG HTML section 13.2.6.1, foster parenting: what stands in a table but in no cell is moved before it',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    if (markup.conditional && markup.moved.length > 0) return unknown('not-given', 'sent-message');
    return markup.moved.map(({ what, element, at }) =>
      element ? problem('element', { what }, { at }) : problem('text', { what }, { at }),
    );
  },
  words: {
    en: {
      title: 'Content of tables',
      heading: {
        element: ({ what }, count) =>
          count > 1
            ? `${count} elements jump out of their tables`
            : `A <${what.slice(0, 20)}> jumps out of its table`,
        text: (_, count) =>
          count > 1 ? `${count} texts jump out of their tables` : 'A text jumps out of its table',
      },
      mend: 'Put it in a cell (td)',
      why: 'Mail programs show it above the table, not where you wrote it, so the order of the mail changes.',
      fix: 'In a table, everything that shows must be in a cell: <tr><td>…</td></tr>. Check that no </td> comes too early.',
      problems: {
        element: ({ what }) => `A <${what}> is in a table but not in a cell, and is moved above the table.`,
        text: ({ what }) => `“${what}” is in a table but not in a cell, and is moved above the table.`,
      },
    },
    sv: {
      title: 'Tabellernas innehåll',
      heading: {
        element: ({ what }, count) =>
          count > 1
            ? `${count} element hoppar ur sina tabeller`
            : `En <${what.slice(0, 20)}> hoppar ur sin tabell`,
        text: (_, count) =>
          count > 1 ? `${count} texter hoppar ur sina tabeller` : 'En text hoppar ur sin tabell',
      },
      mend: 'Lägg det i en cell (td)',
      why: 'Mejlprogrammen visar det ovanför tabellen, inte där du skrev det, så ordningen i mejlet blir en annan.',
      fix: 'I en tabell måste allt som syns stå i en cell: <tr><td>…</td></tr>. Kontrollera att ingen </td> står för tidigt.',
      problems: {
        element: ({ what }) =>
          `En <${what}> står i en tabell men inte i någon cell, och flyttas ovanför tabellen.`,
        text: ({ what }) => `”${what}” står i en tabell men inte i någon cell, och flyttas ovanför tabellen.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<table>*|RADER|*<tr><td>Hej!</td></tr></table>' },
      { html: '<p>Hej!</p>Hej<table>\n<caption>Möten</caption><tr><td>Hej!</td></tr></table>' },
    ],
    bad: [
      { world: { html: '<table><tr><div>Hej!</div><td>Hej!</td></tr></table>' }, finds: 'element' },
      { world: { html: '<p>Möte</p><table><tr>Välkommen!<td>Hej!</td></tr></table>' }, finds: 'text' },
    ],
  },
});
