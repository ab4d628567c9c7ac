import { defineRule, notApplicable, problem, unknown } from '#rule';

export default defineRule({
  id: 'end-tags',
  severity: 'minor',
  reference: 'WHATWG HTML section 13.2.2, end-tag-without-matching-open-element',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    // Two ends to choose between, and one beginning: what is sent has one of each.
    if (markup.conditional && markup.strays.length > 0) return unknown('not-given', 'sent-message');
    // Then what is missing is a quotation mark.
    if (markup.swallowed.length > 0) return [];
    // One that met no end is told of by itself: its end may be this one, in the wrong place.
    const open = new Set(markup.unclosed.map(({ element }) => element));
    return markup.strays.flatMap(({ element, at }) =>
      open.has(element) ? [] : [problem('stray', { element }, { at })],
    );
  },
  words: {
    en: {
      title: 'End tags',
      heading: {
        stray: ({ element }, count) =>
          count > 1 ? `${count} end tags end nothing` : `A </${element}> ends nothing`,
      },
      mend: 'Remove them, or write what they end',
      why: 'One end too many often means that something above it was ended too early: columns and backgrounds stop there, and mail programs guess differently.',
      fix: {
        stray: ({ element }) =>
          `Look above it for the <${element}> that it should end. If there is one, an earlier </${element}> ended it: delete the one too many. If not, delete this one.`,
      },
      problems: { stray: ({ element }) => `No <${element}> is open where this </${element}> is.` },
    },
    sv: {
      title: 'Sluttaggar',
      heading: {
        stray: ({ element }, count) =>
          count > 1 ? `${count} sluttaggar avslutar ingenting` : `En </${element}> avslutar ingenting`,
      },
      mend: 'Ta bort dem, eller skriv det som de avslutar',
      why: 'Ett slut för mycket betyder ofta att något ovanför slutade för tidigt: spalter och bakgrunder tar slut där, och mejlprogrammen gissar olika.',
      fix: {
        stray: ({ element }) =>
          `Leta ovanför efter den <${element}> som den skulle avsluta. Finns den, har en tidigare </${element}> avslutat den: ta bort den som är för mycket. Annars, ta bort den här.`,
      },
      problems: { stray: ({ element }) => `Ingen <${element}> är öppen där denna </${element}> står.` },
    },
  },
  examples: {
    good: [
      {
        html: '<ul><li>Ett<li>Två</ul><img src="https://example.se/a.png" alt="En katt"></img><br></br><b><p>Hej</b>!</p>',
      },
      {
        html: '<!--[if mso]></td></tr></table><![endif]--><style>/* </div> */</style><p title="</b>">Hej!</p>',
      },
    ],
    bad: [
      { world: { html: '<table><tr><td>Hej!</td></tr></table></td></tr></table>' }, finds: 'stray' },
      { world: { html: '<div><p>Hej!</p></div></div>' }, finds: 'stray' },
    ],
  },
});
