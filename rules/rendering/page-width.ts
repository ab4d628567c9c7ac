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
    return wide.map(({ client, contentWidth, viewportWidth }) =>
      problem('wide', {
        client: clients.find(({ id }) => id === client)?.name ?? client,
        contentWidth,
        viewportWidth,
      }),
    );
  },
  words: {
    en: {
      title: 'Width on phones',
      heading: 'The mail is too wide for phones',
      mend: 'Fit the mail to the phone’s width',
      why: 'Readers on phones must scroll sideways, or zoom out until the text is too small.',
      fix: 'Choose one of your tool’s designs for phones. In code: give tables and images max-width:100% instead of a fixed width, and let columns stack on narrow screens with a media query (styles for one width of screen).',
      problems: {
        wide: ({ client, contentWidth, viewportWidth }) =>
          `The mail is ${contentWidth} pixels wide on a screen of ${viewportWidth} (${client}).`,
      },
    },
    sv: {
      title: 'Bredd i telefoner',
      heading: 'Mejlet är för brett för telefoner',
      mend: 'Anpassa mejlet till telefonens bredd',
      why: 'Den som läser i telefonen måste rulla i sidled, eller zooma ut tills texten blir för liten.',
      fix: 'Välj en mobilanpassad mall i ditt verktyg. I kod: ge tabeller och bilder max-width:100% i stället för en fast bredd, och låt spalterna hamna under varandra på smala skärmar med en media query (stilar för en viss skärmbredd).',
      problems: {
        wide: ({ client, contentWidth, viewportWidth }) =>
          `Mejlet är ${contentWidth} pixlar brett på en skärm som är ${viewportWidth} (${client}).`,
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
