import { defineRule, notApplicable, problem, unknown } from '#rule';
import { decimals } from '../wordings/contrast.ts';
import { shortened } from '../wordings/shortening.ts';

export default defineRule({
  id: 'link-look',
  severity: 'advice',
  reference:
    'WCAG 2.2, success criterion 1.4.1 and technique G183 (3:1 to the words around); axe-core 4.14, link-in-text-block; measured in the drawing',
  needs: ['html', 'rendering'],
  check({ html, rendering }, { policy }) {
    if (!html) return notApplicable('no-html');
    const light = rendering.views.filter(({ scheme }) => scheme === 'light');
    if (light.length === 0) return rendering.failed[0] ? unknown(rendering.failed[0].reason) : [];
    const found = new Map<string, (typeof light)[number]['legibility']['targets'][number]>();
    for (const { legibility } of light) {
      for (const target of legibility.targets) {
        const { inline, marked, contrast, text, at } = target;
        if (!inline || marked || contrast >= policy.legibility.contrastLarge) continue;
        const key = `${at?.line}:${at?.column}:${text}`;
        if (!found.has(key)) found.set(key, target);
      }
    }
    return [...found.values()].map(({ text, contrast, at }) =>
      problem('hidden', { text: shortened(text, 60), contrast: Math.floor(contrast * 10) / 10 }, { at }),
    );
  },
  words: {
    en: {
      title: 'Links in running text',
      heading: {
        hidden: ({ text }, count) =>
          count > 1
            ? `${count} links can hardly be told from the words around`
            : `The link “${shortened(text, 40)}” can hardly be told from the words around`,
      },
      mend: 'Underline links in running text',
      why: 'Readers with weak colour vision do not notice that there is something to tap.',
      fix: 'Write text-decoration:underline on links inside text, or give them a colour that differs more (3:1).',
      problems: {
        hidden: ({ text, contrast }) =>
          `“${text}” is not underlined, and its contrast with the words around is only ${contrast}:1.`,
      },
    },
    sv: {
      title: 'Länkar i löpande text',
      heading: {
        hidden: ({ text }, count) =>
          count > 1
            ? `${count} länkar går knappt att skilja från orden runt om`
            : `Länken ”${shortened(text, 40)}” går knappt att skilja från orden runt om`,
      },
      mend: 'Stryk under länkar i löpande text',
      why: 'Den som har svårt att se färger märker inte att det finns något att trycka på.',
      fix: 'Skriv text-decoration:underline på länkar inne i text, eller ge dem en färg som skiljer sig mer (3:1).',
      problems: {
        hidden: ({ text, contrast }) =>
          `”${text}” är inte understruken, och kontrasten mot orden runt om är bara ${decimals(contrast)}:1.`,
      },
    },
  },
  examples: {
    good: [
      { html: '<p>Läs mer om <a href="https://example.se/a">mötet på lördag</a> här.</p>' },
      {
        html: '<p>Läs mer om <a href="https://example.se/a" style="text-decoration:none;font-weight:700;color:#000">mötet på lördag</a> här.</p>',
      },
      {
        html: '<p style="color:#000">Läs mer om <a href="https://example.se/a" style="text-decoration:none;color:#b35900">mötet på lördag</a> här.</p>',
      },
      {
        html: '<p><a href="https://example.se/a" style="text-decoration:none;color:#000">Möten</a> | <a href="https://example.se/b" style="text-decoration:none;color:#000">Avgifter</a></p>',
      },
    ],
    bad: [
      {
        world: {
          html: '<p style="color:#333">Läs mer om <a href="https://example.se/a" style="text-decoration:none;color:#036">mötet på lördag</a> här.</p>',
        },
        finds: 'hidden',
      },
    ],
  },
});
