import { defineRule, notApplicable, type Place, problem, unknown } from '#rule';
import { shortened } from '../wordings/shortening.ts';

/** What is nearly high enough serves as well. */
const nearly = 0.8;
/** A hostile page has hundreds. */
const problemsAtMost = 50;

export default defineRule({
  id: 'button-height',
  severity: 'advice',
  reference:
    'WCAG 2.2, success criterion 2.5.5 (44 by 44 CSS pixels, level AAA); Apple, Human Interface Guidelines, Accessibility: 44 points; measured in the drawing',
  needs: ['html', 'rendering'],
  check({ html, rendering }, { policy, clients }) {
    if (!html) return notApplicable('no-html');
    const phones = new Set(clients.filter(({ device }) => device === 'phone').map(({ id }) => id));
    const view = rendering.views.find(({ client, scheme }) => phones.has(client) && scheme === 'light');
    const failed = rendering.failed.find(({ client }) => phones.has(client));
    if (!view) return failed ? unknown(failed.reason) : [];
    // Without words it is an icon or a field to write in, and those have no padding to move. One of a form is no link.
    const isLink = (at: Place | undefined) => !/^<button\b/i.test(at?.snippet ?? '');
    const low = view.legibility.targets.filter(
      ({ text, button, inline, guessed, height, at }) =>
        text !== '' &&
        button &&
        !inline &&
        !guessed &&
        isLink(at) &&
        height < policy.legibility.easyTarget * nearly,
    );
    return low
      .slice(0, problemsAtMost)
      .map(({ text, height, at }) => problem('low', { text, height: Math.round(height) }, { at }));
  },
  words: {
    en: {
      title: 'Height of buttons',
      heading: {
        low: ({ text, height }, count) =>
          count > 1
            ? `${count} buttons are far lower than 44 pixels where they can be tapped`
            : `The button “${shortened(text, 30)}” is only ${height} pixels high where it can be tapped`,
      },
      mend: 'Let the whole button be the link',
      why: 'On a phone a finger beside the words of the button does nothing, and the reader believes that it does not work.',
      fix: 'Move the padding from the cell to the link itself: display:inline-block;padding:12px 24px;mso-padding-alt:0 on the a element, so that at least 44 pixels in height can be tapped. Outlook takes no padding on links, so write mso-padding-alt:12px 24px on the cell.',
      problems: {
        low: ({ text, height }) =>
          `“${text}”: ${height} pixels in height can be tapped, and 44 are easy to hit.`,
      },
    },
    sv: {
      title: 'Knapparnas höjd',
      heading: {
        low: ({ text, height }, count) =>
          count > 1
            ? `${count} knappar är långt under 44 pixlar höga där de går att trycka på`
            : `Knappen ”${shortened(text, 30)}” är bara ${height} pixlar hög där den går att trycka på`,
      },
      mend: 'Låt hela knappen vara länken',
      why: 'I en telefon händer inget när fingret hamnar bredvid knappens ord, och läsaren tror att den inte fungerar.',
      fix: 'Flytta padding från cellen till själva länken: display:inline-block;padding:12px 24px;mso-padding-alt:0 på a-elementet, så att det går att trycka på minst 44 pixlar i höjd. Outlook godtar ingen padding på länkar, så skriv mso-padding-alt:12px 24px på cellen.',
      problems: {
        low: ({ text, height }) =>
          `”${text}”: ${height} pixlar på höjden går att trycka på, och 44 är lätta att träffa.`,
      },
    },
  },
  examples: {
    good: [
      {
        html: '<p>Hej!</p><a href="https://example.se/a" style="display:inline-block;padding:14px 24px;background:#036;color:#fff">Anmäl dig</a>',
      },
      { html: '<p>Hej! <a href="https://example.se/a">Anmäl dig</a></p>' },
      {
        // Nobody knows how high the picture is: it was not there to be drawn.
        html: '<p>Hej!</p><a href="https://example.se/a" style="display:inline-block;background:#036"><img src="a.png" alt="Anmäl dig"></a>',
      },
      // Told of by itself.
      { html: '<p>Hej!</p><button style="padding:2px">Anmäl dig</button>' },
      {
        html: '<form action="https://example.se/a"><input type="text" name="a" style="height:20px;background:#eee"></form><p>Hej!</p>',
      },
    ],
    bad: [
      {
        world: {
          html: '<p>Hej!</p><table><tr><td bgcolor="#003366" style="padding:14px 24px"><a href="https://example.se/a" style="color:#fff">Anmäl dig</a></table>',
        },
        finds: 'low',
      },
    ],
  },
});
