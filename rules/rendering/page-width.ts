import { defineRule, notApplicable, problem, unknown } from '#rule';

export default defineRule({
  id: 'page-width',
  severity: 'minor',
  reference: 'WCAG 2.2, success criterion 1.4.10; measured in the drawing itself',
  needs: ['html', 'rendering'],
  check({ html, rendering }, { policy, clients }) {
    if (!html) return notApplicable('no-html');
    const phones = new Set(clients.filter(({ device }) => device === 'phone').map(({ id }) => id));
    const seen = rendering.views.filter(({ client, scheme }) => phones.has(client) && scheme === 'light');
    const wide = seen.filter(
      ({ contentWidth, viewportWidth }) => contentWidth > viewportWidth + policy.rendering.overflow,
    );
    const failed = rendering.failed.find(({ client }) => phones.has(client));
    if (wide.length === 0 && failed) return unknown(failed.reason);
    return wide.map(({ client, contentWidth, viewportWidth, legibility: { widest } }) => {
      const name = clients.find(({ id }) => id === client)?.name ?? client;
      const element =
        widest?.at.snippet && /^<([a-z][\w:-]{0,20})/i.exec(widest.at.snippet)?.[1]?.toLowerCase();
      const data = {
        client: name,
        contentWidth,
        viewportWidth,
        element: element ?? '',
        width: widest?.width ?? 0,
      };
      return problem('wide', data, { at: widest?.at });
    });
  },
  words: {
    en: {
      title: 'Width on phones',
      heading: 'The mail is too wide for phones',
      mend: 'Fit the mail to the phone’s width',
      why: 'Readers on phones must scroll sideways, or zoom out until the text is too small.',
      fix: 'Choose one of your tool’s designs for phones. In code: give tables and images max-width:100% instead of a fixed width, and let columns stack on narrow screens with a media query (styles for one width of screen). If it is a long address that is shown as text, write words in its place.',
      problems: {
        wide: ({ client, contentWidth, viewportWidth, element, width }) =>
          `The mail is ${contentWidth} pixels wide on a screen of ${viewportWidth} (${client}).${element ? ` What sticks out is <${element}>, ${width} pixels.` : ''}`,
      },
    },
    sv: {
      title: 'Bredd i telefoner',
      heading: 'Mejlet är för brett för telefoner',
      mend: 'Anpassa mejlet till telefonens bredd',
      why: 'Den som läser i telefonen måste rulla i sidled, eller zooma ut tills texten blir för liten.',
      fix: 'Välj en mobilanpassad mall i ditt verktyg. I kod: ge tabeller och bilder max-width:100% i stället för en fast bredd, och låt spalterna hamna under varandra på smala skärmar med en media query (stilar för en viss skärmbredd). Är det en lång adress som visas som text, skriv ord i stället.',
      problems: {
        wide: ({ client, contentWidth, viewportWidth, element, width }) =>
          `Mejlet är ${contentWidth} pixlar brett på en skärm som är ${viewportWidth} (${client}).${element ? ` Det som sticker ut är <${element}>, ${width} pixlar.` : ''}`,
      },
    },
  },
  examples: {
    good: [{ html: '<meta name="viewport" content="width=device-width"><p>Hej!</p>' }],
    bad: [
      {
        world: {
          html: '<meta name="viewport" content="width=device-width"><table width="900"><tr><td>Hej!</td></tr></table>',
        },
        finds: 'wide',
      },
    ],
  },
});
