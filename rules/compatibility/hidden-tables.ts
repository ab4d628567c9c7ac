import { defineRule, notApplicable, problem, unknown } from '#rule';

export default defineRule({
  id: 'hidden-tables',
  severity: 'minor',
  reference:
    'caniemail.com, css-display-none (note 1), data of 2026-06-29; github.com/mjmlio/mjml, issue 1182, 2018-05-09 (mso-hide on every table)',
  needs: ['css'],
  check({ css }, { clients }) {
    if (!css) return notApplicable('no-html');
    const showing = clients.filter(({ reading }) => reading.hidingStopsAt.includes('table'));
    if (showing.length === 0) return [];
    if (!css.uncovered) return unknown('too-much');
    if (css.uncovered.count === 0) return [];
    const data = { clients: showing.map(({ name }) => name).join(', '), places: css.uncovered.count };
    const [first] = css.uncovered.places;
    return [problem('shown', data, { at: first })];
  },
  words: {
    en: {
      title: 'Hidden parts with tables in them',
      heading: { shown: ({ clients }) => `Hidden content shows in ${clients}` },
      mend: 'Hide the tables inside as well',
      why: 'Readers there see what was meant for others: often the whole mail once more, made for phones. The program hides text, but not tables inside the hidden part.',
      fix: 'Give every table inside the hidden part style="display:none;mso-hide:all" too. Or write <!--[if !mso]><!--> before the part and <!--<![endif]--> after it: then Outlook skips it.',
      problems: {
        shown: ({ clients, places }) =>
          places === 1
            ? `A hidden part has a table in it that is not hidden itself, so ${clients} shows the table.`
            : `${places} hidden parts have tables in them that are not hidden themselves, so ${clients} shows the tables.`,
      },
    },
    sv: {
      title: 'Dolda delar med tabeller',
      heading: { shown: ({ clients }) => `Dolt innehåll syns i ${clients}` },
      mend: 'Dölj tabellerna inuti också',
      why: 'Läsarna där ser det som var tänkt för andra: ofta hela mejlet en gång till, gjort för mobilen. Programmet döljer text, men inte tabellerna i den dolda delen.',
      fix: 'Ge varje tabell inuti den dolda delen style="display:none;mso-hide:all" också. Eller skriv <!--[if !mso]><!--> före delen och <!--<![endif]--> efter den: då hoppar Outlook över den.',
      problems: {
        shown: ({ clients, places }) =>
          places === 1
            ? `En dold del har en tabell i sig som inte själv är dold, så ${clients} visar tabellen.`
            : `${places} dolda delar har tabeller i sig som inte själva är dolda, så ${clients} visar tabellerna.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<div style="display:none">Hej!</div><p>Hej!</p>' },
      {
        html: '<p>Hej!</p><div style="display:none"><table style="display:none;mso-hide:all"><tr><td>Hej!</table></div>',
      },
      {
        html: '<p>Hej!</p><!--[if !mso]><!--><div style="display:none"><table><tr><td>Hej!</table></div><!--<![endif]-->',
      },
      { html: '<p>Hej!</p><div style="display:none"><table><tr><td>&nbsp;</table></div>' },
      {
        html: '<style>.m, .m table{mso-hide:all}</style><p>Hej!</p><div class="m"><table><tr><td>Hej!</table></div>',
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><div style="display:none"><table><tr><td>Bara för mobilen</table></div>',
        },
        finds: 'shown',
      },
      {
        world: {
          html: '<style>.m{display:none}@media (max-width:600px){.m{display:block}}</style><p>Hej!</p><div class="m"><table><tr><td>Bara för mobilen</table></div>',
        },
        finds: 'shown',
      },
      {
        world: {
          html: '<p>Hej!</p><table><tr style="max-height:0; MSO-hide: all"><td><table><tr><td><img src="https://example.se/a.png" alt="Höst"></table></table>',
        },
        finds: 'shown',
      },
    ],
  },
});
