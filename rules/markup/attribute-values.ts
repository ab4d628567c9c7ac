import { defineRule, notApplicable, problem } from '#rule';

/** `width="wide"`, as it may stand in a headline. */
const short = (attribute: string, value: string) => `${attribute}="${value.slice(0, 24)}"`;

export default defineRule({
  id: 'attribute-values',
  severity: 'minor',
  reference:
    'WHATWG HTML, rules for parsing dimension values, non-negative integers and legacy colours; Rendering, Tables (border); seen in Chromium, November 2026',
  needs: ['markup'],
  check({ markup }) {
    if (!markup) return notApplicable('no-html');
    const faults = markup.values.filter(({ kind }) => kind !== 'idle');
    return faults.map(({ kind, element, attribute, value, allowed, read = '', at }) => {
      if (kind === 'border') return problem('border', { attribute, value }, { at });
      if (kind === 'colour') return problem('colour', { attribute, value, read }, { at });
      return problem('unread', { element, attribute, value, allowed }, { at });
    });
  },
  words: {
    en: {
      title: 'Attribute values',
      heading: {
        border: ({ attribute, value }, count) =>
          count > 1 ? `${count} tables get a border` : `The value ${short(attribute, value)} gives a border`,
        colour: ({ attribute, value }, count) =>
          count > 1
            ? `${count} colours turn into others`
            : `The colour ${short(attribute, value)} becomes another`,
        unread: ({ attribute, value }, count) =>
          count > 1
            ? `${count} attributes have no effect`
            : `The value ${short(attribute, value)} has no effect`,
      },
      mend: {
        border: () => 'Write border="0"',
        colour: () => 'Write the colour as # and six digits',
        unread: () => 'Give the attribute a value it takes',
      },
      why: 'Attributes take other values than CSS does. One that is not understood is ignored or read as something else, and the mail looks different from what you meant.',
      fix: {
        border: () => 'Write border="0" on the table for no border, or a number of pixels.',
        colour: () =>
          'Write # and six digits, such as bgcolor="#336699". What CSS alone knows, such as rgb() or inherit, belongs in style.',
        unread: ({ attribute, allowed }) =>
          allowed.length > 0
            ? `Give ${attribute} one of these values: ${allowed.join(', ')}. Or remove it.`
            : `Give ${attribute} a number without a unit, such as ${attribute}="2". Or remove it.`,
      },
      problems: {
        border: ({ attribute, value }) =>
          `${attribute}="${value}" is not a number. It is read as a border of 1 pixel.`,
        colour: ({ attribute, value, read }) =>
          `${attribute}="${value}" is not a colour here. Browsers make it ${read}.`,
        unread: ({ element, attribute, value }) =>
          `<${element}> has ${attribute}="${value}", which is ignored.`,
      },
    },
    sv: {
      title: 'Attributens värden',
      heading: {
        border: ({ attribute, value }, count) =>
          count > 1 ? `${count} tabeller får en ram` : `Värdet ${short(attribute, value)} ger en ram`,
        colour: ({ attribute, value }, count) =>
          count > 1 ? `${count} färger blir till andra` : `Färgen ${short(attribute, value)} blir en annan`,
        unread: ({ attribute, value }, count) =>
          count > 1
            ? `${count} attribut har ingen verkan`
            : `Värdet ${short(attribute, value)} har ingen verkan`,
      },
      mend: {
        border: () => 'Skriv border="0"',
        colour: () => 'Skriv färgen som # och sex siffror',
        unread: () => 'Ge attributet ett värde som det tar emot',
      },
      why: 'Attribut tar andra värden än CSS. Ett värde som inte förstås ignoreras eller läses som något annat, och mejlet ser inte ut som du tänkt.',
      fix: {
        border: () => 'Skriv border="0" på tabellen om du inte vill ha någon ram, annars ett antal pixlar.',
        colour: () =>
          'Skriv # och sex siffror, till exempel bgcolor="#336699". Det som bara CSS kan, som rgb() och inherit, hör hemma i style.',
        unread: ({ attribute, allowed }) =>
          allowed.length > 0
            ? `Ge ${attribute} ett av dessa värden: ${allowed.join(', ')}. Eller ta bort det.`
            : `Ge ${attribute} ett tal utan enhet, till exempel ${attribute}="2". Eller ta bort det.`,
      },
      problems: {
        border: ({ attribute, value }) =>
          `${attribute}="${value}" är inget tal. Det läses som en ram på 1 pixel.`,
        colour: ({ attribute, value, read }) =>
          `${attribute}="${value}" är ingen färg här. Webbläsare gör ${read} av det.`,
        unread: ({ element, attribute, value }) => `<${element}> har ${attribute}="${value}", som ignoreras.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<table border="0" width="100%" align="center" bgcolor="#FFF"><tr><td valign="top" width="292.5">Hej!</td></tr></table>',
      },
      {
        html: '<table border="{{b}}" bgcolor="[$f]"><tr><td width="*|W|*" height="%%h%%">Hej!</td></tr></table>',
      },
      { html: '<img src="https://example.se/a.png" alt="En katt" width="600px" height="auto">' },
    ],
    bad: [
      { world: { html: '<table border="none"><tr><td>Hej!</td></tr></table>' }, finds: 'border' },
      { world: { html: '<body bgcolor="rgb(255, 255, 255)"><p>Hej!</p></body>' }, finds: 'colour' },
      { world: { html: '<table><tr><td align="centre">Hej!</td></tr></table>' }, finds: 'unread' },
      { world: { html: '<table><tr><td colspan="all">Hej!</td></tr></table>' }, finds: 'unread' },
    ],
  },
});
