import { defineRule, notApplicable, problem } from '#rule';

export default defineRule({
  id: 'button-elements',
  severity: 'minor',
  reference:
    'WHATWG HTML section 4.5.1: no interactive content in a link; 4.10.6: a button acts on its form; caniemail.com, html-button-submit and html-button-reset',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    // HTML section 13.2.4.4: a form that is out of place in a table has the buttons after it all the same.
    const owned = markup.unclosed.some(({ element }) => element === 'form');
    return markup.controls.flatMap(({ kind, at }) =>
      kind === 'linked' || (kind === 'idle' && !owned) ? [problem(kind, {}, { at })] : [],
    );
  },
  words: {
    en: {
      title: 'Buttons that lead somewhere',
      heading: {
        idle: (_, count) => (count > 1 ? `${count} buttons do nothing` : 'A button does nothing'),
        linked: (_, count) =>
          count > 1
            ? `${count} links have a button inside, which some programs do not follow`
            : 'A link has a button inside, which some programs do not follow',
      },
      mend: {
        idle: () => 'Make the button a link',
        linked: () => 'Let the link itself look like a button',
      },
      why: 'Readers tap it and nothing happens: a <button> needs a form or a script, and mail has neither.',
      fix: {
        idle: () =>
          'Write <a href="https://…"> in place of <button>, and give it the colour and padding of a button, best in a table cell with a background.',
        linked: () =>
          'Delete <button> inside the link, and move its style to <a>: colour, padding and display:inline-block.',
      },
      problems: {
        idle: () => 'A <button> stands in no form and in no link.',
        linked: () =>
          'A <button> stands in a link. In some programs the button takes the tap, and the link is not opened.',
      },
    },
    sv: {
      title: 'Knappar som leder någonstans',
      heading: {
        idle: (_, count) => (count > 1 ? `${count} knappar gör ingenting` : 'En knapp gör ingenting'),
        linked: (_, count) =>
          count > 1
            ? `${count} länkar har en knapp i sig, som en del program inte följer`
            : 'En länk har en knapp i sig, som en del program inte följer',
      },
      mend: {
        idle: () => 'Gör knappen till en länk',
        linked: () => 'Låt länken själv se ut som en knapp',
      },
      why: 'Läsaren trycker och inget händer: en <button> behöver ett formulär eller ett skript, och mejl har inget av det.',
      fix: {
        idle: () =>
          'Skriv <a href="https://…"> i stället för <button>, och ge länken knappens färg och luft, helst i en tabellcell med bakgrund.',
        linked: () =>
          'Ta bort <button> i länken och flytta dess stil till <a>: färg, padding och display:inline-block.',
      },
      problems: {
        idle: () => 'En <button> står varken i ett formulär eller i en länk.',
        linked: () =>
          'En <button> står i en länk. I en del program tar knappen emot trycket, och länken öppnas inte.',
      },
    },
  },
  examples: {
    good: [
      {
        html: '<table><form action="https://example.se/"><tr><td><button>Skicka</button></td></tr></form></table>',
      },
      { html: '<a href="https://example.se/" role="button">Anmäl dig</a>' },
      { html: '<form action="https://example.se/"><button>Skicka</button></form>' },
    ],
    bad: [
      { world: { html: '<p>Hej!</p><button>Anmäl dig</button>' }, finds: 'idle' },
      { world: { html: '<a href="https://example.se/"><button>Anmäl dig</button></a>' }, finds: 'linked' },
    ],
  },
});
