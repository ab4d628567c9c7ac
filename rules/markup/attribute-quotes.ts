import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'attribute-quotes',
  severity: 'major',
  reference:
    'WHATWG HTML sections 13.2.5.36 and 13.2.5.37: a value goes on to the next quotation mark, whatever is between',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    return markup.swallowed.map(({ element, attribute, at }) =>
      problem('swallowed', { element, attribute }, { at }),
    );
  },
  words: {
    en: {
      title: 'Quotation marks in the code',
      heading: {
        swallowed: ({ element }, count) =>
          count > 1
            ? `${count} quotation marks are missing, and text with them`
            : `A quotation mark is missing in a <${element}>, and text with it`,
      },
      mend: 'Write the quotation mark that is missing',
      why: 'All that stands up to the next quotation mark becomes part of the attribute: readers do not see that text, and a link there leads nowhere.',
      fix: {
        swallowed: ({ attribute }) =>
          `Write a straight quotation mark (") where the value of ${attribute} ends. Curly ones (”) do not count.`,
      },
      problems: {
        swallowed: ({ element, attribute }) =>
          `The value of ${attribute} in a <${element}> holds whole tags, so it does not end where it should.`,
      },
    },
    sv: {
      title: 'Citattecken i koden',
      heading: {
        swallowed: ({ element }, count) =>
          count > 1
            ? `${count} citattecken saknas, och text med dem`
            : `Ett citattecken saknas i en <${element}>, och text med det`,
      },
      mend: 'Skriv citattecknet som saknas',
      why: 'Allt fram till nästa citattecken blir en del av attributet: läsarna ser inte den texten, och en länk där leder ingenstans.',
      fix: {
        swallowed: ({ attribute }) =>
          `Skriv ett rakt citattecken (") där värdet på ${attribute} slutar. Böjda (”) räknas inte.`,
      },
      problems: {
        swallowed: ({ element, attribute }) =>
          `Värdet på ${attribute} i en <${element}> rymmer hela taggar, så det slutar inte där det ska.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<p title="a &lt;b&gt; c"><a href="https://example.se/?a=<%= id %>">Läs</a></p>' },
      { html: '<p data-mall="<b>x</b>">Hej!</p>' },
    ],
    bad: [
      {
        world: {
          html: '<p><a href="https://example.se/>Läs mer</a></p><p>Hej! <a href="https://example.se/2">Två</a></p>',
        },
        finds: 'swallowed',
      },
    ],
  },
});
