import { defineRule, notApplicable, problem, unknown } from '#rule';

export default defineRule({
  id: 'element-nesting',
  severity: 'minor',
  reference: 'WHATWG HTML section 13.1.2.4 (optional tags) and 13.2.6 (tree construction)',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    // A form is to leave the mail as a whole, which another check tells of.
    const unclosed = markup.unclosed.filter(({ element }) => element !== 'form');
    // Two beginnings to choose between, and one end: what is sent has one of each.
    if (markup.conditional && unclosed.length > 0) return unknown('not-given', 'sent-message');
    return unclosed.map(({ element, at }) => problem('unclosed', { element }, { at }));
  },
  words: {
    en: {
      title: 'Elements that are closed',
      heading: {
        unclosed: ({ element }, count) =>
          count > 1
            ? `${count} elements are not closed as they should be`
            : `A <${element}> is not closed as it should be`,
      },
      mend: 'Close each element where it ends',
      why: 'Each mail program guesses where the element ends, and they guess differently: text can turn bold, become part of a link, or fall out of its column.',
      fix: {
        unclosed: ({ element }) =>
          `Write </${element}> where the element ends, before the end of the element around it. If it is there, look inside: in a table, everything must be in a <td>.`,
      },
      problems: {
        unclosed: ({ element }) =>
          `<${element}> never meets its end tag: that is missing, comes too late, or something inside is where it may not be.`,
      },
    },
    sv: {
      title: 'Element som stängs',
      heading: {
        unclosed: ({ element }, count) =>
          count > 1 ? `${count} element stängs inte som de ska` : `Ett <${element}> stängs inte som det ska`,
      },
      mend: 'Stäng varje element där det slutar',
      why: 'Varje mejlprogram gissar var elementet slutar, och de gissar olika: text kan bli fet, bli en del av en länk eller hamna utanför sin spalt.',
      fix: {
        unclosed: ({ element }) =>
          `Skriv </${element}> där elementet slutar, före slutet av det som det står i. Finns den redan, se efter inuti: i en tabell måste allt stå i en <td>.`,
      },
      problems: {
        unclosed: ({ element }) =>
          `<${element}> möter aldrig sin sluttagg: den saknas, kommer för sent, eller så står något inuti där det inte får stå.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<table><form action="https://example.se/"><tr><td><input name="a"></td></tr></form></table>' },
      { html: '<ul><li>Hej<li>du</ul><p>Ja<p>Nej<table><tr><td>1<td>2</table>' },
      {
        html: '<!--[if mso]><table><tr><td><![endif]--><div>Hej!</div><!--[if mso]></td></tr></table><![endif]-->',
      },
    ],
    bad: [
      { world: { html: '<p><a href="https://example.se/">Läs</p><p>Hej!</p>' }, finds: 'unclosed' },
      { world: { html: '<table><tr><table><tr><td>Hej!</td></tr></table></tr></table>' }, finds: 'unclosed' },
    ],
  },
});
