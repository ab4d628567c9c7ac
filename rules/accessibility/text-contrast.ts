import { defineRule, notApplicable, problem, unknown } from '#rule';
import { namesOf } from '../wordings/client-names.ts';
import { decimals, faintIn, where } from '../wordings/contrast.ts';
import { shortened } from '../wordings/shortening.ts';

export default defineRule({
  id: 'text-contrast',
  // More than half of the published designs have such a text (and 58 % of mail in the report below): each is measured, none is
  // a guess, and what is told first is the worst.
  severity: 'minor',
  reference:
    'WCAG 2.2, success criterion 1.4.3, measured in the drawing; Email Markup Consortium, Accessibility Report 2026 (2026-05-21), issue 7',
  needs: ['html', 'rendering'],
  check({ html, rendering }, { clients }) {
    if (!html) return notApplicable('no-html');
    const views = rendering.views.filter(({ scheme }) => scheme === 'light');
    const found = faintIn(views);
    const failed = rendering.failed.find(({ id }) => id.endsWith('-light'));
    if (found.length === 0 && failed) return unknown(failed.reason);
    const looks = views.flatMap(({ legibility }) => legibility.texts);
    if (found.length === 0 && looks.some(({ contrast }) => contrast === null)) return unknown('over-picture');
    if (found.length === 0 && views.some(({ legibility }) => !legibility.complete))
      return unknown('too-much');
    return found.map(({ clients: ids, at, text, ...data }) =>
      problem(
        'faint',
        { ...data, text: shortened(text, 60), seen: where(ids, views, namesOf(ids, clients)) },
        { at },
      ),
    );
  },
  words: {
    en: {
      title: 'Contrast of text',
      heading: {
        faint: ({ text }, count) =>
          count > 1
            ? `${count} pairs of colours are too alike for text`
            : `The text “${shortened(text, 40)}” is hard to see`,
      },
      mend: 'Raise the contrast between text and background',
      why: 'Readers with weak sight, or with the sun on the screen, cannot read it.',
      fix: 'Choose colours with a contrast of at least 4.5:1, or 3:1 for large text (24 pixels, or 18.66 in bold). Where text stands on a picture, give the cell a background colour (bgcolor) too: several programs do not show the picture.',
      problems: {
        faint: ({ text, count, color, back, ratio, wanted, remedy, of, seen }) =>
          `“${text}”${count > 1 ? ` and ${count - 1} more` : ''}: ${color} on ${back} is ${ratio.toFixed(1)}:1, and ${wanted}:1 is needed${seen}. ${of === 'text' ? 'Text in' : 'A background of'} ${remedy} would do.`,
      },
    },
    sv: {
      title: 'Textens kontrast',
      heading: {
        faint: ({ text }, count) =>
          count > 1
            ? `${count} färgpar är för lika för text`
            : `Texten ”${shortened(text, 40)}” är svår att se`,
      },
      mend: 'Öka kontrasten mellan text och bakgrund',
      why: 'Den som ser dåligt, eller har solen på skärmen, kan inte läsa texten.',
      fix: 'Välj färger med en kontrast på minst 4,5:1, eller 3:1 för stor text (24 pixlar, eller 18,66 i fetstil). Där text står på en bild, ge cellen en bakgrundsfärg också (bgcolor): flera program visar inte bilden.',
      problems: {
        faint: ({ text, count, color, back, ratio, wanted, remedy, of, seen }) =>
          `”${text}”${count > 1 ? ` och ${count - 1} till` : ''}: ${color} på ${back} är ${decimals(ratio)}:1, och det behövs ${decimals(wanted)}:1${seen}. ${of === 'text' ? 'Text i' : 'Bakgrunden'} ${remedy} skulle duga.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p style="color:#595959">Hej på er alla!</p><h1 style="color:#949494;font-size:32px">Höstmöte</h1>',
      },
      {
        html: '<p>Hej!</p><div style="display:none;color:#fff">Förhandstext</div><p style="color:#ccc">|</p>',
      },
      { html: '<table bgcolor="#003366"><tr><td style="color:#fff">Hej på er!</td></tr></table>' },
    ],
    bad: [
      { world: { html: '<p style="color:#999">Hej på er alla!</p>' }, finds: 'faint' },
      {
        world: {
          html: '<style>.a{color:#fff}</style><table bgcolor="#eeeeee"><tr><td class="a">Hej!</table>',
        },
        finds: 'faint',
      },
      // Outlook shows no background picture, so white is on white.
      {
        world: {
          html: '<table><tr><td style="color:#fff;background-image:url(https://example.se/a.png)">Hej på er!</table>',
        },
        finds: 'faint',
      },
      { world: { html: '<p style="opacity:0.4">Hej på er alla!</p>' }, finds: 'faint' },
    ],
  },
});
