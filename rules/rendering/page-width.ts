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
    const [failed] = rendering.failed;
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
      why: 'Readers must scroll sideways or zoom out until the text is too small.',
      fix: 'Give tables and images max-width:100% instead of a fixed width, and let columns stack on narrow screens with a media query.',
      problems: {
        wide: ({ client, contentWidth, viewportWidth }) =>
          `The mail is ${contentWidth} pixels wide on a screen of ${viewportWidth} (${client}).`,
      },
    },
    sv: {
      title: 'Bredd i telefoner',
      why: 'Läsarna måste rulla i sidled eller zooma ut tills texten blir för liten.',
      fix: 'Ge tabeller och bilder max-width:100% i stället för fast bredd, och låt spalter läggas under varandra på smala skärmar med en media query.',
      problems: {
        wide: ({ client, contentWidth, viewportWidth }) =>
          `Mejlet är ${contentWidth} bildpunkter brett på en skärm med ${viewportWidth} (${client}).`,
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
